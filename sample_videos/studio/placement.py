"""What a stance is: where it puts the pelvis and the legs, and what touches floor or chair.

A stance is made once for a body and then places it for any pose. It works in its own frame: the person faces +z
(lying on the back: the feet do), the floor is y = 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from studio.body import Body
from studio.limbs import Limb
from studio.rotation import Matrix, Vector

Channels = Mapping[str, float]

ACROSS = np.array([1.0, 0, 0])
UP = np.array([0.0, 1, 0])
AHEAD = np.array([0.0, 0, 1])


@dataclass(frozen=True, eq=False)
class Placement:
    """How a stance holds a body.

    Attributes:
        root: Rotation of the pelvis.
        hip_centre: (3,) where the point between the hip joints is.
        legs: Both legs, by side.
        arms: Arms that the stance itself holds (hands on the floor); a missing one is free.
    """

    root: Matrix
    hip_centre: Vector
    legs: Mapping[str, Limb]
    arms: Mapping[str, Limb] = field(default_factory=dict)


class Stance(Protocol):
    """Places a body for a pose."""

    #: Words at rest; a motion file's own ``rest`` is laid over them.
    rest: Mapping[str, float]
    #: Furniture that belongs to the stance.
    props: tuple[str, ...]
    #: Height of the hips on the stance's seat, metres; 0 where there is none.
    seat_m: float

    def __init__(self, body: Body) -> None: ...

    def place(self, channels: Channels) -> Placement:
        """The placement for a pose, given as channels."""
        ...


def solve(value: Callable[[float], float], low: float, high: float) -> float:
    """Where a growing function is 0, by bisection."""
    for _ in range(16):
        middle = (low + high) / 2
        low, high = (low, middle) if value(middle) > 0 else (middle, high)
    return (low + high) / 2
