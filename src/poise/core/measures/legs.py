"""Measures of the hips, knees and feet."""

from __future__ import annotations

import math

from poise.core.body import OTHER, Body, Side
from poise.core.geometry import NAN, cross, distance, inner_angle, sub, turn
from poise.core.measures.arms import ANY_VIEW
from poise.core.measures.catalogue import Measure, Neutral


def hip_flexion(body: Body, side: Side) -> float:
    """Bend of the hip seen from the side: 0 straight, knee to the chest positive, arched negative."""
    thigh = sub(body.joint(side, "knee"), body.joint(side, "hip"))
    trunk = sub(body.joint(side, "hip"), body.joint(side, "shoulder"))
    bend = math.copysign(1.0, cross(trunk, body.forward)) * turn(trunk, thigh)
    return bend + 360.0 if bend < -90.0 else bend


def knee_flexion(body: Body, side: Side) -> float:
    """Bend of the knee: 0 straight."""
    return 180.0 - inner_angle(body.joint(side, "hip"), body.joint(side, "knee"), body.joint(side, "ankle"))


def hip_drop(body: Body, side: Side) -> float:
    """How far the hip has come down toward the knee from standing, as % of the torso length.

    Works from any view, because a thigh that points at the camera looks as short as one that is level.
    """
    return 100.0 * (body.joint(side, "hip")[1] - body.joint(side, "knee")[1]) / body.torso_px


def heel_gap(body: Body, side: Side) -> float:
    """Distance from hip to ankle, as % of the torso length: small when one sits on the heels."""
    return 100.0 * distance(body.joint(side, "hip"), body.joint(side, "ankle")) / body.torso_px


def leg_raise(body: Body, side: Side) -> float:
    """The leg above the level: -90 hanging down, 0 level with the hip."""
    leg = sub(body.joint(side, "ankle"), body.joint(side, "hip"))
    reach = math.hypot(*leg)
    return math.degrees(math.asin(max(-1.0, min(1.0, -leg[1] / reach)))) if reach > 0 else NAN


def foot_gap(body: Body, side: Side) -> float:  # noqa: ARG001 (every measure is asked for a side)
    """Distance between the ankles across the picture, as % of the torso length."""
    return 100.0 * abs(body.joint("left", "ankle")[0] - body.joint("right", "ankle")[0]) / body.torso_px


def foot_ahead(body: Body, side: Side) -> float:
    """How far this ankle is ahead of the other one, to where the chest faces, as % of the torso length."""
    step = body.joint(side, "ankle")[0] - body.joint(OTHER[side], "ankle")[0]
    return 100.0 * math.copysign(1.0, body.forward[0]) * step / body.torso_px


MEASURES = (
    Measure("hip_flexion", "bend of the hip, 0 straight, knee to the chest positive", "degrees",
            ("side",), True, ("shoulders", "hips", "knees"), 1.0, hip_flexion, at=("shoulder", "hip", "knee"),
            bias=-7.0),
    Measure("knee_flexion", "bend of the knee, 0 straight", "degrees", ("side", "oblique"),
            True, ("hips", "knees", "feet"), 1.0, knee_flexion, at=("hip", "knee", "ankle")),
    Measure("hip_drop", "hip lower than in standing: 0 standing, about 80 with the thighs level", "% of torso length",
            ANY_VIEW, True, ("shoulders", "hips", "knees"), 1.0, hip_drop, Neutral(-80.0, 20.0), at=("hip",)),
    Measure("heel_gap", "distance from hip to ankle", "% of torso length", ("side", "oblique"),
            True, ("hips", "feet"), 1.5, heel_gap, at=("ankle",), bias=-20.0),
    Measure("leg_raise", "leg above the level: -90 hanging, 0 level with the hip", "degrees", ("side",),
            True, ("hips", "feet"), 1.0, leg_raise, at=("hip",)),
    Measure("foot_gap", "distance between the ankles across the picture", "% of torso length", ("front", "back"),
            False, ("feet",), 2.0, foot_gap, at=("ankle",)),
    Measure("foot_ahead", "this ankle ahead of the other one positive", "% of torso length", ("side",),
            True, ("shoulders", "feet"), 2.0, foot_ahead, at=("ankle",)),
)  # fmt: skip
