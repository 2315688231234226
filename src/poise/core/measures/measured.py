"""How far each measure is from the truth on rendered people. Written by benchmarks/accuracy.py."""

from __future__ import annotations

from poise.core.spec import View

#: Mean absolute error of each measure and view, in the measure's unit; what no clip shows is left out.
MEASURED: dict[str, dict[View, float]] = {
    "neck_tilt": {"front": 7.6},
    "neck_turn": {"front": 4.1},
    "neck_nod": {"front": 5.2, "side": 9.3},
    "chin_drop": {"front": 4.1},
    "neck_flexion": {"side": 5.7},
    "head_forward": {"side": 3.3},
    "shoulder_raise": {"front": 5.4, "oblique": 3.3, "side": 5.0, "back": 3.7},
    "shoulder_back": {"oblique": 2.4, "side": 2.8},
    "shoulder_line": {"front": 2.3, "back": 3.8},
    "shoulder_abduction": {"front": 4.8, "back": 21.3},
    "shoulder_flexion": {"side": 7.2},
    "elbow_height": {"front": 3.9, "oblique": 8.6, "side": 4.4, "back": 2.8},
    "shoulder_retraction": {"side": 6.0, "oblique": 6.2},
    "shoulder_opening": {"side": 4.2},
    "shoulder_span": {"front": 3.2, "back": 13.7},
    "elbow_flexion": {"front": 6.0, "oblique": 17.3, "side": 8.3, "back": 16.9},
    "wrist_height": {"front": 5.5, "oblique": 6.7, "side": 6.0, "back": 5.3},
    "forearm_across": {"front": 4.0, "back": 10.4},
    "hand_to_head": {"front": 5.9, "oblique": 9.9, "side": 11.3, "back": 8.6},
    "elbow_gap": {"front": 11.1, "back": 15.9},
    "trunk_lean": {"front": 1.7, "back": 1.4},
    "trunk_pitch": {"side": 3.8},
    "trunk_extension": {"side": 1.6},
    "trunk_incline": {"front": 1.7, "oblique": 2.1, "side": 3.1, "back": 1.1},
    "trunk_turn": {"front": 6.7, "oblique": 15.3},
    "body_sag": {"front": 4.1, "oblique": 5.9, "side": 5.8, "back": 1.2},
    "shoulder_roll": {"side": 4.9},
    "back_round": {"side": 0.6},
    "back_depth": {"side": 2.0},
    "trunk_rise": {"front": 7.0},
    "hip_flexion": {"side": 4.8},
    "knee_flexion": {"side": 5.3, "oblique": 5.0},
    "hip_drop": {"front": 3.8, "oblique": 5.9, "side": 4.4, "back": 3.8},
    "heel_gap": {"side": 8.6, "oblique": 11.6},
    "leg_raise": {"side": 2.5},
    "foot_gap": {"front": 5.2, "back": 6.7},
    "foot_ahead": {"side": 12.3},
    "head_height": {"front": 7.6, "oblique": 14.7, "side": 13.2, "back": 15.5},
}
