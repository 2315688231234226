"""How far each measure is from the truth on rendered people. Written by benchmarks/accuracy.py."""

from __future__ import annotations

from poise.core.spec import View

#: Mean absolute error of each measure and view, in the measure's unit; what no clip shows is left out.
MEASURED: dict[str, dict[View, float]] = {
    "neck_tilt": {"front": 4.6},
    "neck_turn": {"front": 3.9},
    "neck_nod": {"front": 5.7, "side": 9.4},
    "chin_drop": {"front": 4.5},
    "neck_flexion": {"side": 12.8},
    "head_forward": {"side": 2.7},
    "shoulder_raise": {"front": 5.5, "oblique": 3.5, "side": 4.8},
    "shoulder_back": {"oblique": 2.6, "side": 2.3},
    "shoulder_line": {"front": 2.1},
    "shoulder_abduction": {"front": 4.3},
    "shoulder_flexion": {"side": 7.0},
    "elbow_height": {"front": 4.0, "oblique": 5.5, "side": 3.9},
    "shoulder_retraction": {"side": 5.9, "oblique": 5.0},
    "shoulder_opening": {"side": 5.2},
    "shoulder_span": {"front": 3.0},
    "elbow_flexion": {"front": 5.9, "oblique": 12.0, "side": 7.2},
    "wrist_height": {"front": 5.1, "oblique": 6.3, "side": 6.1},
    "forearm_across": {"front": 3.6},
    "hand_to_head": {"front": 5.8, "oblique": 9.5, "side": 11.6},
    "elbow_gap": {"front": 12.9},
    "trunk_lean": {"front": 1.1},
    "trunk_pitch": {"side": 4.2},
    "trunk_incline": {"front": 2.0, "oblique": 2.3, "side": 2.8},
    "trunk_turn": {"front": 6.9, "oblique": 15.5},
    "body_sag": {"front": 4.8, "oblique": 5.9, "side": 5.7},
    "shoulder_roll": {"side": 5.8},
    "trunk_rise": {"front": 12.1},
    "hip_flexion": {"side": 8.4},
    "knee_flexion": {"side": 6.0, "oblique": 5.0},
    "hip_drop": {"front": 3.9, "oblique": 7.2, "side": 4.9},
    "heel_gap": {"side": 22.6, "oblique": 26.0},
    "leg_raise": {"side": 2.7},
    "foot_gap": {"front": 5.3},
    "foot_ahead": {"side": 13.1},
    "head_height": {"front": 8.1, "oblique": 17.2, "side": 12.1},
}
