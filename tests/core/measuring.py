"""Reading one measure from one figure or pose."""

from __future__ import annotations

from figures import Figure

from poise.core.body import Body, BodyTracker, Side
from poise.core.measures import CATALOGUE
from poise.core.types import Pose


def body_of(shown: Figure | Pose) -> Body:
    """The body that a tracker sees when it sees nothing else."""
    return BodyTracker().track(shown if isinstance(shown, Pose) else shown.pose())


def measure(name: str, shown: Figure | Pose, side: Side = "left") -> float:
    """The value of a measure as the catalogue gives it, before any neutral is taken off."""
    return CATALOGUE[name].value(body_of(shown), side)
