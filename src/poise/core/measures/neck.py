"""Measures of the neck.

Tilt, turn and nod come from the face: the lines between the eyes, between the ears, and from the mouth to the eyes
together give the head's own axes, whichever way it looks. The line from the shoulders to the ears does not serve,
because how far it moves depends on how high in the neck a person bends.
"""

from __future__ import annotations

import math

from poise.core.body import Body, Side
from poise.core.geometry import NAN, UP, Point, clockwise, cross, dot, is_missing, sub, turn
from poise.core.measures.catalogue import Measure, Neutral

TILT_GAIN = 1.4  # the model draws a tilted face less tilted than it is: slope 0.7 against rendered truth
NOD_GAIN = 1.5  # and a face that nods less, too: slope 0.6 from the front, up and down, in all rendered people
SIDE_NOD_FROM_DEG = 45.0  # of yaw: from here on the line from the near ear to the nose tells more than the face
NOSE_AHEAD = 1.5  # how far the nose lies ahead of the ears, in half head widths


def toward(body: Body, side: Side) -> float:
    """1 when that side of the person is at the right of an upright picture, else -1."""
    return 1.0 if (side == "left") != body.back else -1.0


def upright(body: Body) -> Point:
    """Up along the trunk, or the vertical where the hips are hidden."""
    return UP if is_missing(body.hips) else body.trunk_up


def neck_tilt(body: Body, side: Side) -> float:
    """Side bend of the neck, positive toward the side: against the trunk, or the vertical where the hips are hidden."""
    return toward(body, side) * TILT_GAIN * turn(clockwise(upright(body)), body.head_right)


def _head_axes(body: Body) -> tuple[Point, Point, float]:
    """Up and right of the head in the picture, and half the head's width in pixels as it appears now."""
    right = body.head_right
    up = (right[1], -right[0])
    ears = sub(body.joint("left", "ear"), body.joint("right", "ear"))
    return up, right, dot(ears, right) / 2


def neck_turn(body: Body, side: Side) -> float:
    """Turn of the head, positive toward the side."""
    _, right, half_width = _head_axes(body)
    offset = dot(sub(body.nose, body.middle("ear")), right) / NOSE_AHEAD
    return (1.0 if side == "left" else -1.0) * math.degrees(math.atan2(offset, half_width))


def neck_nod(body: Body, side: Side) -> float:  # noqa: ARG001 (every measure is asked for a side)
    """Nod of the head, chin down positive: from the front by how low the nose is, from the side against the trunk."""
    if body.yaw_deg >= SIDE_NOD_FROM_DEG:
        return _bend_forward(body, body.forward, sub(body.nose, body.joint(body.near, "ear")))
    up, right, half_width = _head_axes(body)
    nose = sub(body.nose, body.middle("ear"))
    reach = math.hypot(dot(nose, right), NOSE_AHEAD * half_width)
    drop = -dot(nose, up)
    return NOD_GAIN * math.degrees(math.asin(max(-1.0, min(1.0, drop / reach)))) if reach > 0 else NAN


def chin_drop(body: Body, side: Side) -> float:  # noqa: ARG001
    """How far the nose has come down toward the shoulders, as % of the shoulder width.

    Coarser than a nod, and steadier: it holds when a hand rests on the head and hides half the face.
    """
    return 100.0 * (body.nose[1] - body.shoulders[1]) / body.shoulder_width_px


def neck_flexion(body: Body, side: Side) -> float:  # noqa: ARG001
    """Bend of the neck against the trunk seen from the side: chin to chest positive, looking up negative."""
    neck = sub(body.joint(body.near, "ear"), body.joint(body.near, "shoulder"))
    return _bend_forward(body, body.trunk_up, neck)


def head_forward(body: Body, side: Side) -> float:  # noqa: ARG001
    """How far the ear is ahead of the shoulder seen from the side, as an angle against the vertical."""
    neck = sub(body.joint(body.near, "ear"), body.joint(body.near, "shoulder"))
    return _bend_forward(body, UP, neck)


def _bend_forward(body: Body, axis: Point, vector: Point) -> float:
    """Angle from an axis to a vector, positive to where the chest faces."""
    sense = math.copysign(1.0, cross(body.trunk_up, body.forward))
    return sense * turn(axis, vector)


MEASURES = (
    Measure("neck_tilt", "side bend of the neck, toward the side positive", "degrees", ("front",),
            True, ("head", "shoulders"), 1.0, neck_tilt, Neutral(0.0, 14.0), at=("neck",)),
    Measure("neck_turn", "turn of the head, toward the side positive", "degrees", ("front",),
            True, ("head", "shoulders"), 1.5, neck_turn, Neutral(0.0, 28.0), at=("neck",)),
    Measure("neck_nod", "nod of the head, chin down positive", "degrees", ("front", "side"),
            False, ("head", "shoulders"), 1.5, neck_nod, Neutral(10.0, 36.0), at=("neck",)),
    Measure("chin_drop", "nose come down toward the shoulders from the person's own rest", "% of shoulder width",
            ("front",), False, ("head", "shoulders"), 1.0, chin_drop, Neutral(-60.0, 25.0, assumed=False, rest=-1),
            at=("neck",)),
    Measure("neck_flexion", "bend of the neck against the trunk seen from the side, chin to chest positive", "degrees",
            ("side",), False, ("head", "shoulders"), 1.5, neck_flexion, at=("neck",), bias=12.0),
    Measure("head_forward", "ear ahead of the shoulder from the person's own rest, as an angle", "degrees", ("side",),
            False, ("head", "shoulders"), 1.0, head_forward, Neutral(12.0, 15.0), at=("neck",)),
)  # fmt: skip
