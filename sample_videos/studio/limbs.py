"""Arms and legs: from directions of their two bones to rotations of all their bones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from studio.body import SIDES, Body, Transforms
from studio.rotation import Matrix, Vector, about, basis, fraction, pitch, shortest, tilt, turn, two_bone, unit

#: Bones of a limb: the two halves of the upper bone, the two halves of the lower bone, and its end.
ARM = ("upperarm01", "upperarm02", "lowerarm01", "lowerarm02", "wrist")
LEG = ("upperleg01", "upperleg02", "lowerleg01", "lowerleg02", "foot")
SUFFIX = {"left": ".L", "right": ".R"}

#: Degrees by which each finger segment is bent in a relaxed hand, from the knuckle outward.
RELAXED_FINGER = (16.0, 24.0, 14.0)


@dataclass(frozen=True, eq=False)
class Limb:
    """Where an arm or a leg is, in the world.

    Attributes:
        upper: Direction of the upper arm or thigh.
        lower: Direction of the forearm or shank.
        hinge: Axis about which the middle joint bends the lower bone.
        end: Rotation of the hand or foot from rest, or None to follow the lower bone.
        end_turn: Degrees by which the end is turned about the lower bone (pronation of the forearm).
    """

    upper: Vector
    lower: Vector
    hinge: Vector
    end: Matrix | None = None
    end_turn: float = 0.0


def reach(start: Vector, end: Vector, pole: Vector, lengths: tuple[float, float]) -> Limb:
    """A limb that ends at a given point.

    Args:
        start: Shoulder or hip.
        end: Wrist or ankle.
        pole: Direction in which the elbow or knee points.
        lengths: Of the upper and lower bone, metres.
    """
    upper, lower = two_bone(end - start, pole, *lengths)
    return Limb(upper, lower, unit(np.cross(pole, end - start)))


def arm_directions(side: str, words: Mapping[str, float], trunk: Matrix) -> Limb:
    """An arm described by its joint angles.

    Args:
        side: ``left`` or ``right``.
        words: Values of the arm's words, without prefix; a missing one is 0.
        trunk: Rotation of the upper trunk.
    """
    sign = SIDES[side]
    down = np.array([0.0, -1, 0])
    swing = (
        turn(-sign * words.get("arm_forward", 0.0))
        @ pitch(-words.get("shoulder_flexion", 0.0))
        @ tilt(-sign * words.get("shoulder_abduction", 0.0))
    )
    hinge = about(down, -sign * words.get("arm_rotation", 0.0)) @ np.array([-1.0, 0, 0])
    forearm = about(hinge, words.get("elbow_flexion", 0.0)) @ down
    whole = trunk @ swing
    return Limb(whole @ down, whole @ forearm, whole @ hinge, end_turn=words.get("forearm_turn", 0.0))


def arm_bones(body: Body, side: str, limb: Limb, shoulder: Matrix) -> dict[str, Matrix]:
    """Rotations from rest to world of the bones of an arm, the twist spread over both halves of each bone."""
    upper01, upper02, lower01, lower02, wrist = (bone + SUFFIX[side] for bone in ARM)
    upper_rest = body.joint(lower01) - body.joint(upper01)
    lower_rest = body.joint(wrist) - body.joint(lower01)
    hinge_rest = np.cross(upper_rest, lower_rest)
    upper = basis(limb.upper, limb.hinge) @ basis(upper_rest, hinge_rest).T
    lower = basis(limb.lower, limb.hinge) @ basis(lower_rest, hinge_rest).T
    swung = shortest(shoulder @ unit(upper_rest), limb.upper) @ shoulder
    twist = upper @ swung.T
    turned = SIDES[side] * limb.end_turn
    if limb.end is None:
        half, hand = about(limb.lower, turned * 0.6) @ lower, about(limb.lower, turned) @ lower
    else:
        hand = limb.end
        relative = hand @ lower.T
        bend = shortest(limb.lower, relative @ limb.lower)
        half = fraction(bend.T @ relative, 0.6) @ lower
    return {upper01: fraction(twist, 0.5) @ swung, upper02: upper, lower01: lower, lower02: half, wrist: hand}


def leg_bones(body: Body, side: str, limb: Limb, hip: Matrix) -> dict[str, Matrix]:
    """Rotations from rest to world of the bones of a leg; the end of the limb is the foot."""
    upper01, upper02, lower01, lower02, foot = (bone + SUFFIX[side] for bone in LEG)
    upper_rest = body.joint(lower01) - body.joint(upper01)
    lower_rest = body.joint(foot) - body.joint(lower01)
    across = np.array([1.0, 0, 0])
    upper = basis(limb.upper, limb.hinge) @ basis(upper_rest, across).T
    lower = basis(limb.lower, limb.hinge) @ basis(lower_rest, across).T
    swung = shortest(hip @ unit(upper_rest), limb.upper) @ hip
    end = lower if limb.end is None else limb.end
    return {
        upper01: fraction(upper @ swung.T, 0.5) @ swung,
        upper02: upper,
        lower01: lower,
        lower02: lower,
        foot: end,
    }


def hand_rest(body: Body, side: str) -> Matrix:
    """Basis of a hand at rest: columns toward the fingers, out of the back of the hand, and across."""
    wrist, middle, index, little = (
        body.joint(bone + SUFFIX[side]) for bone in ("wrist", "finger3-1", "finger2-1", "finger5-1")
    )
    palm = np.cross(index - wrist, little - wrist) * SIDES[side]
    return basis(middle - wrist, palm)


def fingers(body: Body, side: str, grip: float) -> dict[str, Matrix]:
    """Local rotations that curl the fingers: 0 is a flat hand, 1 relaxed, 3.5 a fist."""
    curled: dict[str, Matrix] = {}
    across = -hand_rest(body, side)[:, 2]
    for finger in range(2, 6):
        for segment, degrees in enumerate(RELAXED_FINGER, start=1):
            curled[f"finger{finger}-{segment}{SUFFIX[side]}"] = about(across, degrees * grip)
    return curled


def limb_lengths(body: Body, side: str, bones: tuple[str, ...]) -> tuple[float, float]:
    """Lengths of the upper and lower bone of an arm (``ARM``) or leg (``LEG``), metres."""
    upper, middle, end = bones[0] + SUFFIX[side], bones[2] + SUFFIX[side], bones[4] + SUFFIX[side]
    return body.length(upper, middle), body.length(middle, end)


def end_of(body: Body, side: str, limb: Limb, start: Vector, bones: tuple[str, ...]) -> Vector:
    """Where a limb ends that begins at ``start``."""
    upper_m, lower_m = limb_lengths(body, side, bones)
    return start + limb.upper * upper_m + limb.lower * lower_m


def root_of(body: Body, transforms: Transforms, side: str, bones: tuple[str, ...]) -> Vector:
    """Where a limb begins in a posed skeleton."""
    return body.joint_at(transforms, bones[0] + SUFFIX[side])
