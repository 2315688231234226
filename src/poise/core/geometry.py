"""Plane geometry on pixel coordinates (x right, y down), in plain floats.

Plain floats because a body has 33 points and a frame needs a handful of angles: calling numpy for each costs ten
times as much. Every function takes NaN for a missing point and then returns NaN; none raises on a zero length.
"""

from __future__ import annotations

import math

Point = tuple[float, float]

NAN = float("nan")
MISSING: Point = (NAN, NAN)
UP: Point = (0.0, -1.0)


def is_missing(point: Point) -> bool:
    """Whether a point is NaN."""
    return point[0] != point[0]


def sub(a: Point, b: Point) -> Point:
    """The vector from b to a."""
    return a[0] - b[0], a[1] - b[1]


def mid(a: Point, b: Point) -> Point:
    """The point half way; NaN when either is missing."""
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def dot(a: Point, b: Point) -> float:
    """Scalar product."""
    return a[0] * b[0] + a[1] * b[1]


def cross(a: Point, b: Point) -> float:
    """Positive when the turn from a to b is clockwise on the screen (y down)."""
    return a[0] * b[1] - a[1] * b[0]


def length(a: Point) -> float:
    """Length of a vector; NaN when missing."""
    return math.hypot(a[0], a[1]) if a[0] == a[0] else NAN


def distance(a: Point, b: Point) -> float:
    """Distance between two points, in the unit of the points."""
    return length(sub(a, b))


def unit(a: Point) -> Point:
    """The vector scaled to length 1; missing when it has no length."""
    size = length(a)
    return (a[0] / size, a[1] / size) if size > 0 else MISSING


def turn(a: Point, b: Point) -> float:
    """Signed angle from a to b in degrees, -180 to 180, clockwise on the screen positive."""
    if not (length(a) > 0 and length(b) > 0):
        return NAN
    return math.degrees(math.atan2(cross(a, b), dot(a, b)))


def angle_between(a: Point, b: Point) -> float:
    """Unsigned angle between two vectors in degrees, 0 to 180."""
    return abs(turn(a, b))


def inner_angle(a: Point, vertex: Point, c: Point) -> float:
    """The angle at the vertex in degrees, 0 to 180: 180 when the three lie on a line."""
    return angle_between(sub(a, vertex), sub(c, vertex))


def clockwise(a: Point) -> Point:
    """The vector turned by 90 degrees clockwise on the screen: up becomes right."""
    return -a[1], a[0]
