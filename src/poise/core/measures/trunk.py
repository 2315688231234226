"""Measures of the trunk."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from poise.core.body import OTHER, Body, Side
from poise.core.geometry import NAN, UP, angle_between, cross, distance, is_missing, sub, turn, unit
from poise.core.measures.arms import ANY_VIEW
from poise.core.measures.catalogue import Measure, Neutral
from poise.core.measures.neck import toward
from poise.core.types import FloatArray


def trunk_lean(body: Body, side: Side) -> float:
    """Side bend of the trunk seen from the front, toward the side positive; needs the hips."""
    return NAN if is_missing(body.hips) else toward(body, side) * turn(UP, body.trunk_up)


def trunk_pitch(body: Body, side: Side) -> float:  # noqa: ARG001 (every measure is asked for a side)
    """Forward lean of the trunk seen from the side: 0 upright, 90 level."""
    if is_missing(body.hips):
        return NAN
    return math.copysign(1.0, cross(body.trunk_up, body.forward)) * turn(UP, body.trunk_up)


def trunk_extension(body: Body, side: Side) -> float:
    """How far the trunk leans back seen from the side, forward negative."""
    return -trunk_pitch(body, side)


def trunk_incline(body: Body, side: Side) -> float:  # noqa: ARG001
    """Angle of the trunk against the vertical, whichever way it leans: 0 upright, 90 lying or on all fours."""
    return angle_between(UP, body.trunk_up)


def trunk_turn(body: Body, side: Side) -> float:
    """Turn of the shoulders about the trunk, toward the side positive, from the depth of the shoulders."""
    return body.shoulder_turn_deg if side == "left" else -body.shoulder_turn_deg


def body_sag(body: Body, side: Side) -> float:  # noqa: ARG001
    """How far the hips are below the line from the shoulders to the ankles, above it negative, from any view.

    Meant for a body that is held like a beam; on somebody who stands it says little.
    """
    ankles = body.middle("ankle")
    if is_missing(ankles):
        ankles = body.joint(body.near, "ankle")
    line = unit(sub(body.shoulders, ankles))
    below = cross(line, sub(body.hips, ankles))
    return 100.0 * math.copysign(1.0, line[0]) * below / body.torso_px


def shoulder_roll(body: Body, side: Side) -> float:
    """How much higher this shoulder is than the other one, seen from the side: a trunk that twists shows both."""
    return 100.0 * (body.joint(OTHER[side], "shoulder")[1] - body.joint(side, "shoulder")[1]) / body.torso_px


def back_round(body: Body, side: Side) -> float:  # noqa: ARG001
    """How far the middle of the back's outline bulges beyond its ends, hollow negative, as % of the torso length."""
    middle, ends = _depths(body, (0.4, 0.5, 0.6)), _depths(body, (0.05, 0.15, 0.85, 0.95))
    return 100.0 * float(np.mean(middle) - np.mean(ends))


def back_depth(body: Body, side: Side) -> float:  # noqa: ARG001
    """How far the outline of the back lies behind the line from hip to shoulder, as % of the torso length.

    The whole of a rounded back moves away from that line.
    """
    return 100.0 * float(np.median(_depths(body, (0.4, 0.5, 0.6, 0.7))))


def _depths(body: Body, levels: Sequence[float]) -> FloatArray:
    """How far the silhouette lies behind the line from hip to shoulder, in torso lengths, away from the chest.

    Args:
        body: Seen from the side.
        levels: Where, from 0 at the hips to 1 at the shoulders.

    Returns:
        (L,) NaN where the outline, the hips or the shoulders cannot be seen, or the outline is not closed there.
    """
    if body.outline is None or is_missing(body.shoulders) or is_missing(body.hips):
        return np.full(len(levels), NAN)
    from_hips = np.vstack([body.outline, body.outline[:1]]) - np.asarray(body.hips)
    up = from_hips @ np.asarray(body.trunk_up) / body.torso_px
    back = -(from_hips @ np.asarray(body.forward)) / body.torso_px
    return np.array([_farthest_crossing(up, back, level) for level in levels])


def _farthest_crossing(up: FloatArray, back: FloatArray, level: float) -> float:
    """How far back a closed outline crosses a level, NaN where it does not; its corners may lie far apart."""
    over, under = np.maximum(up[:-1], up[1:]), np.minimum(up[:-1], up[1:])
    edges = np.flatnonzero((under <= level) & (over > level))
    share = (level - up[edges]) / (up[edges + 1] - up[edges])
    crossings = back[edges] + share * (back[edges + 1] - back[edges])
    return float(crossings.max()) if len(crossings) else NAN


def trunk_rise(body: Body, side: Side) -> float:
    """Length of the side of the trunk in the picture, as % of the shoulder width: short when it bends forward."""
    return 100.0 * distance(body.joint(side, "shoulder"), body.joint(side, "hip")) / body.shoulder_width_px


MEASURES = (
    Measure("trunk_lean", "side bend of the trunk from the person's own upright, toward the side positive", "degrees",
            ("front", "back"), True, ("shoulders", "hips"), 0.5, trunk_lean, Neutral(0.0, 10.0),
            at=("up", "trunk", "neck")),
    Measure("trunk_pitch", "forward lean of the trunk, 0 upright, 90 level", "degrees", ("side",),
            False, ("shoulders", "hips"), 1.0, trunk_pitch, at=("up", "trunk", "neck")),
    Measure("trunk_extension", "trunk leant back from the person's own upright, forward negative", "degrees",
            ("side",), False, ("shoulders", "hips"), 1.0, trunk_extension, Neutral(0.0, 15.0),
            at=("up", "trunk", "neck")),
    Measure("trunk_incline", "trunk against the vertical, unsigned: 0 upright, 90 level", "degrees",
            ANY_VIEW, False, ("shoulders",), 0.5, trunk_incline, at=("up", "trunk", "neck")),
    Measure("trunk_turn", "turn of the shoulders, toward the side positive", "degrees",
            ("front", "oblique"), True, ("shoulders",), 2.0, trunk_turn, Neutral(0.0, 15.0), at=("neck",)),
    Measure("body_sag", "hips below the line from shoulders to ankles, above it negative", "% of torso length",
            ANY_VIEW, False, ("shoulders", "hips", "feet"), 1.0, body_sag, at=("trunk",)),
    Measure("shoulder_roll", "this shoulder higher than the other from the person's own rest, seen from the side",
            "% of torso length", ("side",), True, ("shoulders", "hips"), 1.5, shoulder_roll, Neutral(0.0, 25.0),
            at=("shoulder",)),
    Measure("back_round", "bulge of the back's outline, hollow negative", "% of torso length",
            ("side",), False, ("shoulders", "hips"), 1.0, back_round, Neutral(0.0, 12.0, assumed=False), at=("trunk",)),
    Measure("back_depth", "outline of the back behind the line from hip to shoulder, from the person's own rest",
            "% of torso length", ("side",), False, ("shoulders", "hips"), 1.0, back_depth,
            Neutral(20.0, 12.0, assumed=False), at=("trunk",)),
    Measure("trunk_rise", "trunk longer in the picture than in the person's own forward bend: it has come up",
            "% of shoulder width", ("front",), True, ("shoulders", "hips"), 1.5, trunk_rise,
            Neutral(90.0, 32.0, assumed=False), at=("trunk",)),
)  # fmt: skip
