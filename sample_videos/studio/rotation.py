"""Rotation matrices and directions: (3, 3) and (3,) float64 arrays, angles in degrees, right-handed."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

_PARALLEL = 1e-8


def unit(vector: ArrayLike) -> Vector:
    """The direction of a vector, length 1; a zero vector stays zero."""
    v = np.asarray(vector, dtype=np.float64)
    return v / max(float(np.linalg.norm(v)), 1e-12)


def about(axis: ArrayLike, degrees: float) -> Matrix:
    """Rotation about an axis by the right-hand rule."""
    x, y, z = unit(axis)
    cross = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    radians = np.radians(degrees)
    return np.asarray(np.eye(3) + np.sin(radians) * cross + (1 - np.cos(radians)) * cross @ cross)


def pitch(degrees: float) -> Matrix:
    """Rotation about x: positive bends what points up toward the front."""
    return about((1, 0, 0), degrees)


def turn(degrees: float) -> Matrix:
    """Rotation about y: positive turns the front toward the person's left."""
    return about((0, 1, 0), degrees)


def tilt(degrees: float) -> Matrix:
    """Rotation about z: positive leans what points up toward the person's left."""
    return about((0, 0, 1), -degrees)


def shortest(start: ArrayLike, end: ArrayLike) -> Matrix:
    """The smallest rotation that takes one direction to another."""
    a, b = unit(start), unit(end)
    axis = np.cross(a, b)
    sine, cosine = float(np.linalg.norm(axis)), float(a @ b)
    if sine > _PARALLEL:
        return about(axis, float(np.degrees(np.arctan2(sine, cosine))))
    if cosine > 0:
        return np.eye(3)
    other = np.array([1.0, 0, 0]) if abs(a[0]) < 0.9 else np.array([0.0, 1, 0])
    return about(np.cross(a, other), 180)


def basis(along: ArrayLike, normal: ArrayLike) -> Matrix:
    """A right-handed basis whose first column is ``along`` and whose second is ``normal`` made square to it."""
    a = unit(along)
    n = np.asarray(normal, dtype=np.float64)
    n = unit(n - a * (a @ n))
    return np.stack([a, n, np.cross(a, n)], axis=1)


def fraction(rotation: Matrix, share: float) -> Matrix:
    """A rotation about the same axis by a share of the angle (0: none, 1: the whole)."""
    angle = float(np.degrees(np.arccos(np.clip((np.trace(rotation) - 1) / 2, -1, 1))))
    axis = np.array([rotation[2, 1] - rotation[1, 2], rotation[0, 2] - rotation[2, 0], rotation[1, 0] - rotation[0, 1]])
    if angle < 1e-6 or float(np.linalg.norm(axis)) < 1e-9:
        return np.eye(3)
    return about(axis, angle * share)


def angle_between(a: ArrayLike, b: ArrayLike) -> float:
    """The angle between two directions, 0 to 180 degrees."""
    return float(np.degrees(np.arccos(np.clip(unit(a) @ unit(b), -1, 1))))


def two_bone(reach: Vector, pole: ArrayLike, upper_m: float, lower_m: float) -> tuple[Vector, Vector]:
    """Directions of the two bones of a limb whose end is ``reach`` away from its root.

    Args:
        reach: (3,) from the root of the limb to its end, metres; shortened when the limb cannot reach so far.
        pole: (3,) roughly where the middle joint points.
        upper_m: Length of the first bone.
        lower_m: Length of the second bone.

    Returns:
        Directions of the first and the second bone.
    """
    length = min(float(np.linalg.norm(reach)), (upper_m + lower_m) * 0.9995)
    length = max(length, abs(upper_m - lower_m) * 1.0005)
    along = unit(reach)
    side = np.asarray(pole, dtype=np.float64)
    side = unit(side - along * (along @ side))
    cosine = np.clip((upper_m**2 + length**2 - lower_m**2) / (2 * upper_m * length), -1, 1)
    upper = along * cosine + side * np.sqrt(1 - cosine**2)
    return upper, unit(along * length - upper * upper_m)
