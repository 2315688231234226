"""Measures of where somebody is in the picture."""

from __future__ import annotations

from poise.core.body import Body, Side
from poise.core.geometry import is_missing
from poise.core.measures.arms import ANY_VIEW
from poise.core.measures.catalogue import Measure, Neutral
from poise.core.measures.shoulders import width_px


def in_view(body: Body, side: Side) -> float:  # noqa: ARG001 (every measure is asked for a side)
    """100 while anybody is seen, 0 while nobody is: the one measure that is never missing."""
    return 0.0 if all(is_missing(point) for point in body.points) else 100.0


def head_height(body: Body, side: Side) -> float:  # noqa: ARG001
    """How high the ears are in the picture, as % of the shoulder width: slumping lowers them."""
    return -100.0 * body.middle("ear")[1] / width_px(body)


MEASURES = (
    Measure("in_view", "whether anybody is in the picture: 100, or 0", "% of the time", ANY_VIEW,
            False, (), 2.0, in_view),
    Measure("head_height", "height of the head in the picture from the person's own rest", "% of shoulder width",
            ANY_VIEW, False, ("head", "shoulders"), 1.0, head_height, Neutral(0.0, 1e5, assumed=False), at=("neck",)),
)  # fmt: skip
