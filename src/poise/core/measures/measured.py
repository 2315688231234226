"""How far each measure is from the truth on rendered people. Written by benchmarks/accuracy.py."""

from __future__ import annotations

from poise.core.spec import View

#: Mean absolute error of each measure and view, in the measure's unit; what no clip shows is left out.
MEASURED: dict[str, dict[View, float]] = {
    "neck_tilt": {"front": 5.8},
    "neck_turn": {"front": 4.3},
    "neck_nod": {"front": 8.3},
    "chin_drop": {"front": 4.4},
    "neck_flexion": {"side": 10.6},
    "head_forward": {"side": 8.8},
    "shoulder_raise": {"front": 6.4},
    "shoulder_line": {"front": 2.9},
    "shoulder_abduction": {"front": 3.3},
    "shoulder_flexion": {"side": 4.9},
    "shoulder_retraction": {"side": 4.1, "oblique": 4.2},
    "elbow_flexion": {"front": 6.3, "oblique": 4.0, "side": 5.4},
    "wrist_height": {"front": 5.4, "oblique": 6.2, "side": 5.3},
    "forearm_across": {"front": 3.0},
    "hand_to_head": {"front": 5.3, "oblique": 11.1, "side": 11.1},
    "elbow_gap": {"front": 10.1},
    "trunk_lean": {"front": 0.8},
    "trunk_pitch": {"side": 4.1},
    "trunk_incline": {"front": 1.9, "oblique": 2.8, "side": 2.5},
    "hip_flexion": {"side": 8.3},
    "knee_flexion": {"side": 4.7, "oblique": 4.0},
    "hip_drop": {"front": 4.3, "oblique": 8.6, "side": 3.2},
    "heel_gap": {"side": 19.8, "oblique": 30.1},
    "leg_raise": {"side": 2.4},
    "foot_gap": {"front": 6.0},
}
