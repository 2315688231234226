"""Spine, neck and shoulder girdle: from words to local rotations of their bones."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from studio.body import SIDES, Body, Transforms
from studio.limbs import SUFFIX, arm_directions
from studio.rotation import Matrix, Vector, angle_between, pitch, tilt, turn

#: Bones from the bottom up, with the share of the whole movement that each takes.
SPINE = {"spine05": 0.15, "spine04": 0.20, "spine03": 0.22, "spine02": 0.23, "spine01": 0.20}
NECK = {"neck01": 0.32, "neck02": 0.26, "neck03": 0.22, "head": 0.20}
#: Half of a turn of the head happens between the two uppermost vertebrae.
NECK_TURN = {"neck01": 0.14, "neck02": 0.18, "neck03": 0.20, "head": 0.48}

#: Scapulohumeral rhythm: beyond this arm elevation the shoulder girdle rises along.
RHYTHM_FROM_DEG = 35.0
RHYTHM_SHARE = 0.30
RHYTHM_MOST_DEG = 38.0


def sided(channels: Mapping[str, float], side: str) -> dict[str, float]:
    """The channels of one side, without prefix."""
    prefix = f"{side}."
    return {name[len(prefix) :]: value for name, value in channels.items() if name.startswith(prefix)}


def raise_degrees(body: Body, percent: float) -> float:
    """How far a clavicle turns to lift the shoulder joint by a share of the shoulder width.

    Args:
        body: Whose shoulder.
        percent: Of the shoulder width; negative lowers.
    """
    across, up = (body.joint("upperarm01.L") - body.joint("clavicle.L"))[:2]
    height = np.clip(
        up + percent / 100 * body.shoulder_width_m, -0.99 * np.hypot(across, up), 0.99 * np.hypot(across, up)
    )
    return float(np.degrees(np.arcsin(height / np.hypot(across, up)) - np.arctan2(up, across)))


def girdle(body: Body, channels: Mapping[str, float]) -> dict[str, Matrix]:
    """Local rotations of the clavicles: raised, drawn back, and following the arms."""
    local: dict[str, Matrix] = {}
    for side, sign in SIDES.items():
        words = sided(channels, side)
        elevation = angle_between(arm_directions(side, words, np.eye(3)).upper, (0, -1, 0))
        follow = float(np.clip((elevation - RHYTHM_FROM_DEG) * RHYTHM_SHARE, 0, RHYTHM_MOST_DEG))
        lifted = raise_degrees(body, words.get("shoulder_raise", 0.0)) + follow
        local["clavicle" + SUFFIX[side]] = tilt(-sign * lifted) @ turn(sign * words.get("shoulder_retraction", 0.0))
    return local


def trunk(body: Body, channels: Mapping[str, float]) -> dict[str, Matrix]:
    """Local rotations of spine, neck, head and clavicles."""
    local = girdle(body, channels)
    value = {name: channels.get(name, 0.0) for name in (
        "trunk_turn", "trunk_lean", "back_round", "neck_turn", "neck_tilt", "neck_nod", "head_forward",
    )}  # fmt: skip
    for bone, share in SPINE.items():
        local[bone] = (
            turn(value["trunk_turn"] * share) @ tilt(value["trunk_lean"] * share) @ pitch(value["back_round"] * share)
        )
    for bone, share in NECK.items():
        local[bone] = (
            turn(value["neck_turn"] * NECK_TURN[bone])
            @ tilt(value["neck_tilt"] * share)
            @ pitch(value["neck_nod"] * share)
        )
    local["neck01"] = pitch(value["head_forward"]) @ local["neck01"]
    local["head"] = local["head"] @ pitch(-value["head_forward"])
    return local


def shoulder_centre(body: Body, transforms: Transforms) -> Vector:
    """The point between the shoulder joints of a posed skeleton."""
    left, right = (body.joint_at(transforms, f"upperarm01{SUFFIX[side]}") for side in SIDES)
    return np.asarray((left + right) / 2)
