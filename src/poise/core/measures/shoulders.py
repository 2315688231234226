"""Measures of the shoulder girdle and of the upper arm against the trunk."""

from __future__ import annotations

import math

from poise.core.body import OTHER, Body, Side
from poise.core.geometry import NAN, UP, Point, cross, distance, dot, sub, turn
from poise.core.measures.arms import ANY_VIEW
from poise.core.measures.catalogue import Measure, Neutral
from poise.core.measures.neck import toward, upright

TOP_BENDS = 1.5  # times the lean of the trunk: 26 over 17 degrees in rendered people, 2 on an arc, 1 on a stick
LONGEST_TORSO_PER_SHOULDERS = 1.7  # a torso longer than this many shoulder widths is seen from the side
LEAN_SEEN_UNTIL_DEG = 25.0  # of yaw
SHORTEST_TRUNK = 0.5  # of the shoulder width: one bent about 70 degrees toward the camera
FORWARD_AS_UP = 0.12  # % of the torso length for each % of the shoulder width: shrugs of rendered people, 0.05 to 0.18


def _top_up(body: Body) -> Point:
    """Up along the top of the trunk, which has bent farther than the line from the hips to it.

    Seen half from the side that line leans with the trunk's pitch and with shoulders drawn back: the vertical serves.
    """
    up = upright(body) if body.yaw_deg < LEAN_SEEN_UNTIL_DEG else UP
    bent = TOP_BENDS * math.atan2(up[0], -up[1])
    return (math.sin(bent), -math.cos(bent))


def width_px(body: Body) -> float:
    """Width of the shoulders in pixels, also where they are seen from the side: from the length of the torso then."""
    return max(body.shoulder_width_px, body.torso_px / LONGEST_TORSO_PER_SHOULDERS)


def shoulder_raise(body: Body, side: Side) -> float:
    """How high a shoulder is carried, as % of the shoulder width, up positive.

    The distance from the shoulders to the ears says how much both are raised, whatever way the head is tilted; the
    slope of the shoulder line, against the top of the trunk where the hips are seen, says how much more one is raised
    than the other: a trunk that bends to the side raises no shoulder.
    """
    gap = distance(body.middle("ear"), body.shoulders)
    higher = dot(sub(body.joint(side, "shoulder"), body.joint(OTHER[side], "shoulder")), _top_up(body)) / 2
    return 100.0 * (higher - gap) / width_px(body)


def shoulder_back(body: Body, side: Side) -> float:  # noqa: ARG001 (every measure is asked for a side)
    """How far the shoulders are behind the ears, as % of the torso length: more as they are drawn back.

    Where they are drawn straight up, the model moves them forward too: that share of the way up is taken off.
    """
    gap = sub(body.middle("ear"), body.shoulders)
    up = 100.0 * distance(body.middle("ear"), body.shoulders) / width_px(body)
    return 100.0 * dot(gap, body.forward) / body.torso_px - FORWARD_AS_UP * up


def shoulder_line(body: Body, side: Side) -> float:
    """Slope of the line between the shoulders, positive when this side is lower."""
    line = sub(body.joint(side, "shoulder"), body.joint(OTHER[side], "shoulder"))
    return toward(body, side) * turn((toward(body, side), 0.0), line)


def _raised(down: Point, arm: Point, outward: Point) -> float:
    """Angle of the arm from hanging (0) through level (90) to overhead (180), negative on the other way."""
    sense = math.copysign(1.0, cross(down, outward))
    angle = sense * turn(down, arm)
    return angle + 360.0 if angle < -90.0 else angle


def shoulder_abduction(body: Body, side: Side) -> float:
    """The upper arm out to the side, against the trunk: 0 hanging, 90 level, 180 overhead.

    Who bows to the camera, to tie a shoe or to pick something up, has a trunk that points nowhere in the picture, or
    down: the arms that hang from it would read as raised.
    """
    if body.torso_px < SHORTEST_TRUNK * body.shoulder_width_px or body.trunk_up[1] > 0.0:
        return NAN
    down = (-body.trunk_up[0], -body.trunk_up[1])
    outward = (body.trunk_right[0] * toward(body, side), body.trunk_right[1] * toward(body, side))
    return _raised(down, sub(body.joint(side, "elbow"), body.joint(side, "shoulder")), outward)


def shoulder_flexion(body: Body, side: Side) -> float:
    """The upper arm to the front, against the trunk: 0 hanging, 90 level, 180 overhead, negative behind."""
    down = (-body.trunk_up[0], -body.trunk_up[1])
    return _raised(down, sub(body.joint(side, "elbow"), body.joint(side, "shoulder")), body.forward)


def elbow_height(body: Body, side: Side) -> float:
    """How far the elbow is above the shoulder, as % of the torso length: level is 0, hanging about -60."""
    return 100.0 * (body.joint(side, "shoulder")[1] - body.joint(side, "elbow")[1]) / body.torso_px


def shoulder_retraction(body: Body, side: Side) -> float:
    """How far the elbow is behind the shoulder, as % of the torso length."""
    return -100.0 * dot(sub(body.joint(side, "elbow"), body.joint(side, "shoulder")), body.forward) / body.torso_px


def shoulder_opening(body: Body, side: Side) -> float:
    """How far this shoulder is behind the other one, as % of the torso length: the trunk turns toward its side."""
    behind = sub(body.joint(OTHER[side], "shoulder"), body.joint(side, "shoulder"))
    return 100.0 * dot(behind, body.forward) / body.torso_px


def shoulder_span(body: Body, side: Side) -> float:  # noqa: ARG001 (every measure is asked for a side)
    """Distance of the shoulders in the picture, as % of the torso length: it shrinks with the cosine of their turn."""
    return 100.0 * body.shoulder_width_px / body.torso_px


MEASURES = (
    Measure("shoulder_raise", "height of the shoulder from the person's own rest, up positive", "% of shoulder width",
            ANY_VIEW, True, ("head", "shoulders"), 1.0, shoulder_raise,
            Neutral(-62.0, 25.0, assumed=False), at=("shoulder",)),
    Measure("shoulder_back", "shoulders behind the ears from the person's own rest, drawn back positive",
            "% of torso length", ("oblique", "side"), False, ("head", "shoulders"), 0.4, shoulder_back,
            Neutral(-2.0, 25.0, assumed=False), at=("shoulder",)),
    Measure("shoulder_line", "slope of the shoulder line, this side lower positive", "degrees",
            ("front", "back"), True, ("shoulders",), 0.5, shoulder_line, Neutral(0.0, 8.0), at=("shoulder",)),
    Measure("shoulder_abduction", "upper arm out to the side: 0 hanging, 90 level, 180 overhead", "degrees",
            ("front", "back"), True, ("shoulders", "elbows"), 1.5, shoulder_abduction,
            at=("down", "shoulder", "elbow")),
    Measure("shoulder_flexion", "upper arm to the front: 0 hanging, 90 level, 180 overhead, behind negative", "degrees",
            ("side",), True, ("shoulders", "elbows"), 1.5, shoulder_flexion,
            at=("down", "shoulder", "elbow")),
    Measure("elbow_height", "elbow above the shoulder, level 0, hanging about -60", "% of torso length", ANY_VIEW,
            True, ("shoulders", "elbows"), 1.5, elbow_height, at=("elbow",)),
    Measure("shoulder_retraction", "elbow behind the shoulder positive", "% of torso length",
            ("side", "oblique"), True, ("shoulders", "elbows"), 1.5, shoulder_retraction, at=("elbow",)),
    Measure("shoulder_opening", "this shoulder behind the other one, from the person's own rest", "% of torso length",
            ("side",), True, ("shoulders",), 2.0, shoulder_opening, Neutral(0.0, 25.0), at=("shoulder",)),
    Measure("shoulder_span", "shoulders seen wider than at the person's own rest positive; they narrow as they turn",
            "% of torso length", ("front", "back"), False, ("shoulders", "hips"), 1.0, shoulder_span,
            Neutral(68.0, 18.0, assumed=False, rest=1), at=("neck",)),
)  # fmt: skip
