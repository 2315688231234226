"""Readings of made-up measures that follow a function of time, for tests of what stands on readings."""

from __future__ import annotations

from collections.abc import Callable

from poise.core.body import Body, Side
from poise.core.geometry import MISSING
from poise.core.landmarks import LANDMARK_COUNT
from poise.core.measures import Measure, Neutral
from poise.core.reading import Reader, Reading
from poise.core.refs import MeasureRef

Signal = Callable[[float], float]


def signal_measure(
    name: str, left: Signal, right: Signal | None = None, *, noise: float = 1.0, neutral: Neutral | None = None
) -> Measure:
    """A measure seen from the front; without a right signal it has no sides."""

    def read(body: Body, side: Side) -> float:
        return right(body.t_s) if right and side == "right" else left(body.t_s)

    return Measure(name, "", "degrees", ("front",), right is not None, (), noise, read, neutral)


def moment(t_s: float, *, yaw_deg: float = 0.0, near: Side = "left") -> Body:
    """A body of which only the time and the view matter."""
    return Body(t_s, (640, 480), [MISSING] * LANDMARK_COUNT, yaw_deg=yaw_deg, near=near)


def reader(*measures: Measure, moving: tuple[str, ...] = ()) -> Reader:
    """A reader of these measures, with a past for the references in ``moving``."""
    refs = [MeasureRef(measure.name) for measure in measures]
    return Reader({measure.name: measure for measure in measures}, refs, [MeasureRef.parse(text) for text in moving])


def read_until(reader: Reader, t_s: float, fps: float = 30.0, *, at_rest: bool = True, start_s: float = 0.0) -> Reading:
    """The reading at a time, after all those before it."""
    count = round((t_s - start_s) * fps)
    for i in range(count):
        reader.read(moment(start_s + i / fps), at_rest)
    return reader.read(moment(t_s), at_rest)
