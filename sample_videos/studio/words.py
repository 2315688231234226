"""The words in which a motion file describes a pose, and the channels that they set.

A pose is a flat mapping from channel to number, so that moving from one pose to the next is one interpolation.
Words follow the product's measures, and so do their units and signs. A word is one of three kinds:

- ``whole``: one number for the body (``neck_nod``).
- ``toward``: signed toward a side. ``neck_tilt: 30`` leans to the working side, ``right.neck_tilt: 30`` to the right.
- ``pair``: one number on each side. Bare it means the working side, or both where no side works.

Prefixes: ``left.``, ``right.``, ``other.`` (the opposite of the working side), ``both.``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Channels = dict[str, float]
Side = Literal["left", "right"]

OPPOSITE: Mapping[str, Side] = {"left": "right", "right": "left"}


class MotionError(ValueError):
    """A motion file is wrong; the message names the field, what was found and what was expected."""


@dataclass(frozen=True)
class Word:
    """One word: its kind, its unit and what a growing number does."""

    kind: Literal["whole", "toward", "pair"]
    unit: str
    meaning: str


WORDS: Mapping[str, Word] = {
    "neck_tilt": Word("toward", "deg", "ear toward the shoulder"),
    "neck_turn": Word("toward", "deg", "face toward the side"),
    "neck_nod": Word("whole", "deg", "chin down"),
    "head_forward": Word("whole", "deg", "head ahead of the shoulders, face level"),
    "shoulder_raise": Word("pair", "% of shoulder width", "shoulder toward the ear"),
    "shoulder_retraction": Word("pair", "deg", "shoulder backward"),
    "shoulder_abduction": Word("pair", "deg", "arm away from the trunk, sideways"),
    "shoulder_flexion": Word("pair", "deg", "arm away from the trunk, forward"),
    "arm_forward": Word("pair", "deg", "raised arm drawn forward, level with the floor"),
    "arm_rotation": Word("pair", "deg", "upper arm turned outward; 90 makes a goalpost of a level arm"),
    "elbow_flexion": Word("pair", "deg", "elbow bent"),
    "forearm_turn": Word("pair", "deg", "palm turned inward and back"),
    "hand_on_knee": Word("pair", "0 to 1", "hand rests on the thigh"),
    "hand_on_shin": Word("pair", "0 to 1", "hand on the shin, under the knee"),
    "hand_on_hip": Word("pair", "0 to 1", "hand on the hip"),
    "hand_on_head": Word("pair", "0 to 1", "hand on the far side of the head"),
    "hand_behind_head": Word("pair", "0 to 1", "hand behind the head"),
    "hand_at_mouth": Word("pair", "0 to 1", "hand at the mouth, as for drinking"),
    "hand_at_ear": Word("pair", "0 to 1", "hand at the ear, as for a telephone"),
    "hand_at_chest": Word("pair", "0 to 1", "hand before the breastbone"),
    "hand_on_other_knee": Word("pair", "0 to 1", "hand on the inside of the other knee"),
    "hand_on_backrest": Word("pair", "0 to 1", "sideways on the chair: hand on the backrest beside this hand"),
    "hand_across_backrest": Word("pair", "0 to 1", "sideways on the chair: hand on the backrest at the other side"),
    "elbow_ahead": Word("pair", "0 to 1", "elbow of a hand that touches drawn to the front"),
    "trunk_lean": Word("toward", "deg", "trunk bent sideways"),
    "trunk_turn": Word("toward", "deg", "trunk turned over the hips"),
    "trunk_pitch": Word("whole", "deg", "trunk bent forward in the hips"),
    "back_round": Word("whole", "deg", "spine rounded; negative arches it"),
    "hip_shift": Word("toward", "% of shoulder width", "hips moved sideways"),
    "hip_lift": Word("whole", "deg", "lying on the back: trunk raised off the floor"),
    "hip_flexion": Word("pair", "deg", "thigh forward; the leg leaves the floor"),
    "hip_abduction": Word("pair", "deg", "leg sideways"),
    "knee_flexion": Word("pair", "deg", "knee bent"),
    "knee_in": Word("pair", "deg", "knee falls inward over a standing foot"),
    "step_ahead": Word("pair", "m", "standing foot set ahead of the hips; negative behind"),
    "step_lift": Word("pair", "m", "foot lifted on its way to where it is set"),
    "grip": Word("pair", "0 to 3.5", "fingers curled: 0 flat, 1 relaxed, 3.5 a fist"),
    "arm_reach": Word("pair", "of the way", "on all fours: arm lifted level with the back"),
    "leg_reach": Word("pair", "of the way", "on all fours and face down: leg lifted level with the back"),
    "hips_back": Word("whole", "deg", "on all fours: thighs leaned back, hips toward the heels"),
    "chest_down": Word("whole", "m", "on all fours: shoulders lowered over the hands"),
    "hand_ahead": Word("pair", "m", "on all fours: hand slid forward on the floor"),
    "hand_across": Word("pair", "m", "on all fours: hand slid under the body to the other side"),
    "knees_to_side": Word("toward", "deg", "lying on the back: both knees lowered to a side"),
    "foot_away": Word("pair", "m", "lying on the back: foot farther from the hips"),
    "roll_along": Word("whole", "m", "lying on a roller: body moved toward the feet"),
    "shoulders_back": Word("whole", "deg", "hips high: upper arms leaned toward the feet"),
    "propped": Word("pair", "0 to 1", "side support: on the forearm of this side"),
    "hip_sag": Word("whole", "deg", "in support: hips below the straight line; negative above"),
    "rise": Word("whole", "0 to 1", "seated: risen from the seat; 1 stands before it"),
    "jump": Word("whole", "m", "height of the jump"),
    "facing": Word("toward", "deg", "whole person turned away from where the stance faces"),
    "away": Word("whole", "m", "person moved backward, away from the camera"),
    "aside": Word("toward", "m", "person moved to the side, as the person sees it"),
    "stride": Word("whole", "deg", "walking: how far the legs swing"),
    "steps": Word("whole", "count", "walking: steps taken so far"),
    "blink": Word("whole", "0 to 1", "eyes closed"),
}


def channels(word: str, value: float, side: Side | None) -> Channels:
    """The channels that a word sets.

    Args:
        word: A word, with or without a prefix.
        value: In the word's own unit.
        side: The working side, or None where no side works.

    Returns:
        One or two channels: ``left.NAME`` and ``right.NAME`` for a pair; NAME, positive to the left, else.

    Raises:
        MotionError: The word or its prefix is unknown.
    """
    prefix, _, name = word.rpartition(".")
    if name not in WORDS:
        near = get_close_matches(name, WORDS, n=1)
        raise MotionError(f"unknown word {word!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
    if prefix not in ("", "left", "right", "other", "both"):
        raise MotionError(f"unknown prefix in {word!r}: expected left, right, other or both")
    kind = WORDS[name].kind
    if kind == "whole":
        return {name: value}
    if prefix == "other" and side is None:
        raise MotionError(f"{word!r} needs a working side")
    chosen: str | None = OPPOSITE[side] if prefix == "other" and side else prefix or side
    if kind == "toward":
        return {name: -value if chosen == "right" else value}
    sides = ("left", "right") if chosen in (None, "both") else (chosen,)
    return {f"{each}.{name}": value for each in sides}


def pose_channels(pose: Mapping[str, float], side: Side | None) -> Channels:
    """The channels that all words of a pose set, in order; later words win."""
    merged: Channels = {}
    for word, value in pose.items():
        merged.update(channels(word, value, side))
    return merged
