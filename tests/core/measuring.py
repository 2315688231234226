"""Reading one measure from one figure or pose."""

from __future__ import annotations

from figures import Figure

from poise.core.body import Body, BodyTracker, Side
from poise.core.measures import CATALOGUE
from poise.core.types import Pose


def body_of(shown: Figure | Pose) -> Body:
    """The body that a tracker sees when it sees nothing else."""
    return BodyTracker().track(shown if isinstance(shown, Pose) else shown.pose())


def measure(name: str, shown: Figure | Pose, side: Side | None = None) -> float:
    """The value of a measure as the catalogue gives it, before any neutral is taken off.

    Without a side it is that of the near side where the body is seen side on, else of the left. Figures have their
    landmarks in the joints, unlike the model: what it reads too much is not taken off them.
    """
    body = body_of(shown)
    row = CATALOGUE[name]
    return row.value(body, side or (body.near if body.yaw_deg > 45 else "left")) + row.bias
