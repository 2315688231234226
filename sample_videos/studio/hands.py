"""Hands that touch the own body: where the wrist goes, where the elbow points, how the hand lies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from studio.body import SIDES, Body, Transforms
from studio.limbs import ARM, SUFFIX, Limb, arm_bones, end_of, hand_rest, limb_lengths, reach, root_of
from studio.rotation import Matrix, Vector, basis, fraction
from studio.words import OPPOSITE

#: How far a hand on its way bows out in front of the body, share of the arm's length.
DETOUR = 0.28
#: What drawing the elbow to the front adds to where it points, for the left side.
ELBOW_AHEAD = (-0.75, -0.35, 1.1)


@dataclass(frozen=True)
class Touch:
    """Where a hand rests, for the left side, in the rest space of a bone; the right side is its mirror image.

    Attributes:
        bone: The bone that carries the place; a trailing ``?`` stands for the side, ``!`` for the other one.
        point: Wrist as (sideways, up, forward) metres from the bone's landmark.
        fingers: Direction of the fingers.
        back: Direction of the back of the hand.
        pole: Direction of the elbow, in the frame of the upper trunk.
    """

    bone: str
    point: tuple[float, float, float]
    fingers: tuple[float, float, float]
    back: tuple[float, float, float]
    pole: tuple[float, float, float]


#: Points are measured from the beginning of the bone.
TOUCHES: Mapping[str, Touch] = {
    "hand_on_knee": Touch("upperleg02?", (0.01, -0.14, 0.105), (-0.12, -1, 0.05), (0.1, 0.2, 1), (0.8, -0.2, -0.7)),
    "hand_on_shin": Touch("lowerleg01?", (-0.03, -0.10, 0.085), (-0.9, -0.3, 0.1), (0.1, 0.2, 1), (0.9, -0.3, 0.2)),
    "hand_on_hip": Touch("pelvis?", (0.14, 0.10, 0.03), (-0.6, -0.5, 0.6), (0.8, 0.3, 0.5), (1, 0, -0.4)),
    "hand_on_head": Touch("head", (0.0, 0.205, -0.03), (-0.8, -0.5, -0.3), (-0.45, 0.85, -0.15), (1, 0.5, 0.0)),
    "hand_behind_head": Touch("head", (0.085, 0.05, -0.10), (-0.85, 0.25, -0.2), (-0.2, 0.1, -1), (1, 0.35, -0.05)),
    "hand_at_mouth": Touch("head", (0.075, -0.135, 0.165), (-0.55, 0.75, 0.0), (0.6, 0.2, 0.8), (0.7, -1, 0.3)),
    "hand_at_ear": Touch("head", (0.135, -0.035, 0.06), (-0.05, 1, -0.15), (1, 0.1, 0.2), (0.6, -1, 0.4)),
    "hand_on_other_knee": Touch("upperleg02!", (0.075, -0.17, 0.02), (-0.1, -1, 0.3), (-0.9, 0.1, 0.3), (1, 0.1, 0.2)),
    "hand_on_backrest": Touch("root", (0.275, 0.36, -0.14), (0.2, 0.3, -1), (-0.3, 1, 0.2), (0.7, -0.5, -0.8)),
    "hand_across_backrest": Touch("root", (-0.275, 0.36, 0.16), (-1, 0.3, -0.1), (-0.2, 1, 0.3), (0.6, -1, 0.4)),
    "hand_at_chest": Touch("spine01", (0.03, -0.06, 0.22), (-0.6, 0.5, 0.1), (0.2, 0.1, 1), (1, -0.7, 0.2)),
}


def mirrored(vector: tuple[float, float, float], side: str) -> Vector:
    """A left-side vector for the given side."""
    return np.array([SIDES[side] * vector[0], vector[1], vector[2]])


def touching_arm(body: Body, side: str, free: Limb, words: Mapping[str, float], posed: Transforms) -> Limb:
    """The arm on its way to, or at, the places that its words name.

    Args:
        body: Whose arm.
        side: ``left`` or ``right``.
        free: The arm as its joint angles alone have it.
        words: Weight of each touch, 0 to 1, without prefix; others are ignored.
        posed: Trunk, head and legs, already posed.

    Returns:
        ``free`` itself where no hand touches anything.
    """
    weights = {word: words.get(word, 0.0) for word in TOUCHES}
    ahead = words.get("elbow_ahead", 0.0)
    total = sum(weights.values())
    if total < 1e-3:
        return free
    shoulder = root_of(body, posed, side, ARM)
    trunk = body.rotation_at(posed, "spine01")
    wrist = end_of(body, side, free, shoulder, ARM)
    elbow = free.upper - free.lower
    target, pole = wrist.copy(), elbow * max(0.0, 1 - total)
    hand = free_hand(body, side, free, posed)
    lengths = limb_lengths(body, side, ARM)
    for word, weight in weights.items():
        if weight <= 0:
            continue
        touch = TOUCHES[word]
        carrier = touch.bone.replace("?", SUFFIX[side]).replace("!", SUFFIX[OPPOSITE[side]])
        rotation = body.rotation_at(posed, carrier)
        point = body.joint_at(posed, carrier) + rotation @ mirrored(touch.point, side)
        detour = 4 * weight * max(0.0, 1 - weight) * DETOUR * sum(lengths) / 2
        target = target + weight * (point - wrist) + detour * trunk @ np.array([0.4 * SIDES[side], 0, 1.0])
        pole = pole + weight * (trunk @ (mirrored(touch.pole, side) + ahead * mirrored(ELBOW_AHEAD, side)))
        lie = rotation @ basis(mirrored(touch.fingers, side), mirrored(touch.back, side)) @ hand_rest(body, side).T
        hand = fraction(lie @ hand.T, weight) @ hand
    arm = reach(shoulder, target, pole, lengths)
    return Limb(arm.upper, arm.lower, arm.hinge, end=hand)


def free_hand(body: Body, side: str, free: Limb, posed: Transforms) -> Matrix:
    """Rotation of the hand of an arm that touches nothing."""
    clavicle = body.rotation_at(posed, "shoulder01" + SUFFIX[side])
    return arm_bones(body, side, free, clavicle)["wrist" + SUFFIX[side]]
