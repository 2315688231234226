"""Measures of the arms and hands."""

from __future__ import annotations

from poise.core.body import Body, Side
from poise.core.geometry import distance, dot, inner_angle, sub
from poise.core.measures.catalogue import Measure
from poise.core.measures.neck import toward
from poise.core.spec import View

ANY_VIEW: tuple[View, ...] = ("front", "oblique", "side", "back")


def elbow_flexion(body: Body, side: Side) -> float:
    """Bend of the elbow: 0 straight."""
    return 180.0 - inner_angle(body.joint(side, "shoulder"), body.joint(side, "elbow"), body.joint(side, "wrist"))


def wrist_height(body: Body, side: Side) -> float:
    """Wrist above the shoulder, as % of the torso length."""
    return 100.0 * (body.joint(side, "shoulder")[1] - body.joint(side, "wrist")[1]) / body.torso_px


def forearm_across(body: Body, side: Side) -> float:
    """How far the forearm reaches from the elbow toward the other side of the body, as % of the torso length."""
    forearm = sub(body.joint(side, "wrist"), body.joint(side, "elbow"))
    return -100.0 * toward(body, side) * dot(forearm, body.trunk_right) / body.torso_px


def hand_to_head(body: Body, side: Side) -> float:
    """Distance of the wrist from the ear of the same side, as % of the torso length."""
    return 100.0 * distance(body.joint(side, "wrist"), body.joint(side, "ear")) / body.torso_px


def elbow_gap(body: Body, side: Side) -> float:  # noqa: ARG001 (every measure is asked for a side)
    """Distance between the elbows, as % of the shoulder width."""
    return 100.0 * distance(body.joint("left", "elbow"), body.joint("right", "elbow")) / body.shoulder_width_px


MEASURES = (
    Measure("elbow_flexion", "bend of the elbow, 0 straight", "degrees", ANY_VIEW,
            True, ("shoulders", "elbows", "hands"), 2.0, elbow_flexion, at=("shoulder", "elbow", "wrist")),
    Measure("wrist_height", "wrist above the shoulder positive", "% of torso length", ANY_VIEW,
            True, ("shoulders", "hands"), 1.5, wrist_height, at=("wrist",)),
    Measure("forearm_across", "forearm from the elbow toward the other side positive", "% of torso length",
            ("front", "back"), True, ("shoulders", "elbows", "hands"), 2.0, forearm_across, at=("wrist",)),
    Measure("hand_to_head", "distance of the wrist from the ear of the same side", "% of torso length", ANY_VIEW,
            True, ("head", "hands"), 1.5, hand_to_head, at=("wrist",)),
    Measure("elbow_gap", "distance between the elbows", "% of shoulder width", ("front", "back"),
            False, ("shoulders", "elbows"), 2.0, elbow_gap, at=("elbow",)),
)  # fmt: skip
