"""First words for the steps of a draft, from the measure that it is judged by: to be made better by its author."""

from __future__ import annotations

from poise.core.author.draft import Draft
from poise.core.author.motion import Motion

REST = ("start", "Back to where you started")
STAY = ("stay", "Get into place and stay there")

#: What a person is asked to do for a measure to grow, and for it to shrink.
ASKED: dict[str, tuple[str, str]] = {
    "neck_tilt": ("Ear toward your {side} shoulder", "Ear away from your {side} shoulder"),
    "neck_turn": ("Look over your {side} shoulder", "Look away from your {side} shoulder"),
    "neck_nod": ("Chin down", "Look up"),
    "chin_drop": ("Chin to the chest", "Lift the chin"),
    "neck_flexion": ("Chin to the chest", "Lift the chin"),
    "head_forward": ("Head forward", "Head back"),
    "shoulder_raise": ("Shoulders up", "Shoulders down"),
    "shoulder_back": ("Shoulders back", "Shoulders forward"),
    "shoulder_line": ("Lower your {side} shoulder", "Lift your {side} shoulder"),
    "shoulder_abduction": ("Arm up and out", "Arm down to the side"),
    "shoulder_flexion": ("Arm forward and up", "Arm down and back"),
    "elbow_height": ("Elbow up", "Elbow down"),
    "shoulder_retraction": ("Elbow back", "Elbow forward"),
    "elbow_flexion": ("Bend the elbow", "Straighten the elbow"),
    "wrist_height": ("Hand up", "Hand down"),
    "forearm_across": ("Hand across the body", "Hand out to the side"),
    "hand_to_head": ("Hand away from the head", "Hand to the head"),
    "elbow_gap": ("Elbows apart", "Elbows together"),
    "trunk_lean": ("Lean to your {side}", "Lean away from your {side}"),
    "trunk_turn": ("Turn to your {side}", "Turn away from your {side}"),
    "trunk_pitch": ("Lean forward", "Lean back"),
    "trunk_extension": ("Lean back", "Come up"),
    "hip_flexion": ("Bend the hip", "Stretch the hip"),
    "knee_flexion": ("Bend the knee", "Straighten the knee"),
    "hip_drop": ("Lower the hips", "Lift the hips"),
    "leg_raise": ("Lift the leg", "Lower the leg"),
    "foot_gap": ("Feet apart", "Feet together"),
}


#: The same where each side moves for itself, and that is something else.
ASKED_APART: dict[str, tuple[str, str]] = {
    "hip_drop": ("Bring the {side} thigh level", "Stretch the {side} hip"),
}


def step_words(found: Draft) -> list[tuple[str, str]]:
    """The id of each step, and what is said on the way to it, with the side where there is one."""
    if found.motion is None:
        return [STAY]
    words = _words(found.motion, found.motion.sense)
    if len(found.steps) == 2:
        return [REST, ("there", words)]
    sided = found.motion.kind == "mirror"
    across = "On to the {other} side" if sided else _words(found.motion, -found.motion.sense)
    return [REST, ("first", words), ("across", across)]


def _words(motion: Motion, sense: int) -> str:
    asked = ASKED_APART | ASKED if not motion.sided else ASKED | ASKED_APART
    more, less = asked.get(motion.measure.name, ("Into the position", "Into the position"))
    words = more if sense > 0 else less
    return f"{words}, {{side}} side" if motion.sided and "{side}" not in words else words
