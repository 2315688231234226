"""Things held in hands: they follow the hand, or stretch from one hand to the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import numpy as np

from studio.body import SIDES, Body, Floats
from studio.limbs import SUFFIX, hand_rest
from studio.room import Box, box_mesh
from studio.rotation import Vector
from studio.surface import Surface

HeldName = Literal["phone", "cup", "dumbbell", "stick"]
HandName = Literal["left", "right", "both"]

DARK, STEEL, WHITE, WOOD = (0.07, 0.07, 0.08), (0.55, 0.56, 0.58), (0.90, 0.89, 0.86), (0.62, 0.46, 0.30)

#: Things in one hand, in its own frame: toward the fingers, out of the back of the hand, across it; from the palm.
IN_ONE_HAND: Mapping[str, list[Box]] = {
    "phone": [Box((0.02, -0.020, 0), (0.15, 0.009, 0.072), DARK), Box((0.02, -0.025, 0), (0.14, 0.002, 0.066), STEEL)],
    "cup": [Box((0, -0.045, 0), (0.078, 0.052, 0.095), WHITE), Box((0, -0.045, 0), (0.052, 0.078, 0.095), WHITE)],
    "dumbbell": [
        Box((0, -0.020, 0), (0.030, 0.030, 0.16), STEEL),
        *(Box((0, -0.020, end), (0.085, 0.085, 0.055), DARK) for end in (-0.085, 0.085)),
    ],
}
STICK_M = 0.026


def palm(body: Body, side: str) -> Vector:
    """The middle of a hand at rest."""
    joints = [body.joint(bone + SUFFIX[side]) for bone in ("wrist", "finger3-1")]
    return np.asarray((joints[0] + 2 * joints[1]) / 3)


def held(body: Body, things: Mapping[HandName, HeldName]) -> Iterator[Surface]:
    """The surfaces of what is held.

    Args:
        body: Whose hands.
        things: What the left, the right or both hands hold; a stick needs both and joins them.
    """
    for where, thing in things.items():
        if thing == "stick":
            yield _stick(body)
            continue
        for side in SIDES if where == "both" else (where,):
            points, paint, faces = box_mesh(IN_ONE_HAND[thing], hand_rest(body, side), palm(body, side))
            yield Surface(f"{side}-{thing}", "plain", points, faces, _follows(body, side, len(points)), paint)


def _follows(body: Body, side: str, count: int) -> Floats:
    """(count, B) weights of points that follow one hand."""
    weights = np.zeros((count, len(body.bones)))
    weights[:, body.index["wrist" + SUFFIX[side]]] = 1
    return weights


def _stick(body: Body) -> Surface:
    """A stick whose ends follow one hand each: it becomes as long as the hands are apart."""
    points, paint, faces = box_mesh([Box((0, 0, 0), (2.0, STICK_M, STICK_M), WOOD)], np.eye(3), (0, 0, 0))
    at_left = points[:, 0] > 0
    thick = points * (0, 1, 1)
    ends = np.where(at_left[:, None], palm(body, "left"), palm(body, "right"))
    weights = np.where(at_left[:, None], _follows(body, "left", 1), _follows(body, "right", 1))
    return Surface("stick", "plain", ends + thick, faces, weights, paint)
