"""Every measure of a clip over time."""

from __future__ import annotations

from collections.abc import Sequence

from poise.core.body import SIDES, BodyTracker, Side
from poise.core.curves import Curve, Curves
from poise.core.measures import CATALOGUE
from poise.core.types import Pose


def curves_of(poses: Sequence[Pose]) -> Curves:
    """All measures of the catalogue, absolute (no neutral taken off)."""
    tracker = BodyTracker()
    bodies = [tracker.track(pose) for pose in poses]
    curves = []
    for measure in CATALOGUE.values():
        sides: tuple[Side | None, ...] = SIDES if measure.sided else (None,)
        curves += [
            Curve(measure, side, tuple(measure.value(body, side or "left") for body in bodies)) for side in sides
        ]
    return Curves([pose.t_s for pose in poses], tuple(curves))
