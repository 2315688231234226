"""How far each measure is from the truth on rendered people. Written by benchmarks/accuracy.py."""

from __future__ import annotations

from poise.core.spec import View

#: Mean absolute error of each measure and view, in the measure's unit; what no clip shows is left out.
MEASURED: dict[str, dict[View, float]] = {
    "neck_tilt": {"front": 8.6},
    "neck_turn": {"front": 4.1},
    "neck_nod": {"front": 6.6, "side": 8.6},
    "chin_drop": {"front": 4.2},
    "neck_flexion": {"side": 5.8},
    "head_forward": {"side": 3.3},
    "shoulder_raise": {"front": 5.3, "oblique": 3.7, "side": 4.7, "back": 3.8},
    "shoulder_back": {"oblique": 2.6, "side": 2.6},
    "shoulder_line": {"front": 2.5, "back": 4.5},
    "shoulder_abduction": {"front": 4.4, "back": 22.6},
    "shoulder_flexion": {"side": 6.9},
    "elbow_height": {"front": 3.8, "oblique": 7.9, "side": 4.3, "back": 2.7},
    "shoulder_retraction": {"side": 6.0, "oblique": 6.2},
    "shoulder_opening": {"side": 4.6},
    "shoulder_span": {"front": 3.1, "back": 13.7},
    "elbow_flexion": {"front": 5.7, "oblique": 16.5, "side": 8.1, "back": 18.1},
    "wrist_height": {"front": 5.2, "oblique": 6.9, "side": 6.2, "back": 5.4},
    "forearm_across": {"front": 3.8, "back": 11.0},
    "hand_to_head": {"front": 6.0, "oblique": 9.7, "side": 11.6, "back": 8.8},
    "elbow_gap": {"front": 12.4, "back": 16.0},
    "trunk_lean": {"front": 1.1, "back": 1.7},
    "trunk_pitch": {"side": 3.8},
    "trunk_incline": {"front": 1.7, "oblique": 2.2, "side": 2.9, "back": 1.4},
    "trunk_turn": {"front": 6.5, "oblique": 17.1},
    "body_sag": {"front": 4.3, "oblique": 5.9, "side": 5.7, "back": 1.2},
    "shoulder_roll": {"side": 5.5},
    "back_round": {"side": 0.7},
    "back_depth": {"side": 2.4},
    "trunk_rise": {"front": 10.7},
    "hip_flexion": {"side": 4.8},
    "knee_flexion": {"side": 5.6, "oblique": 5.0},
    "hip_drop": {"front": 4.0, "oblique": 7.2, "side": 4.3, "back": 3.8},
    "heel_gap": {"side": 8.8, "oblique": 11.0},
    "leg_raise": {"side": 2.7},
    "foot_gap": {"front": 5.4, "back": 6.7},
    "foot_ahead": {"side": 12.3},
    "head_height": {"front": 7.6, "oblique": 16.6, "side": 12.7, "back": 16.2},
}
