"""Every measure of a clip over time."""

from __future__ import annotations

from collections.abc import Sequence

from poise.core.body import SIDES, BodyTracker, Side
from poise.core.curves import Curve, Curves
from poise.core.measures import CATALOGUE
from poise.core.reading import Reader, Reading
from poise.core.refs import MeasureRef
from poise.core.types import Pose

DIGITS = 6  # what is less is arithmetic, and a picture would scale it up


def curves_of(poses: Sequence[Pose]) -> Curves:
    """All measures of the catalogue as an exercise would judge them, so that thresholds can be read off.

    A measure that is relative to the person's own rest counts from the first half second of stillness in the clip; it
    is NaN throughout where there is none.
    """
    tracker = BodyTracker()
    bodies = [tracker.track(pose) for pose in poses]
    reader = Reader(CATALOGUE, map(MeasureRef, CATALOGUE), ())
    for body in bodies:
        reader.read(body, at_rest=False)  # finds rest, which then stays where it is
    readings = [Reading(body, reader) for body in bodies]
    curves = []
    for name, measure in CATALOGUE.items():
        sides: tuple[Side | None, ...] = SIDES if measure.sided else (None,)
        for side in sides:
            values = (round(one.of(name, side or "left"), DIGITS) for one in readings)
            curves.append(Curve(measure, side, tuple(values)))
    return Curves([pose.t_s for pose in poses], tuple(curves))
