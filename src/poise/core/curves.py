"""Measures over time, as the coach read them: what a report draws, a table holds and a comparison lays side by side."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from poise.core.body import SIDES, Side
from poise.core.coach import Snapshot
from poise.core.measures import Measure, measures_of
from poise.core.refs import MeasureRef, Transform
from poise.core.spec import Fault, Spec, Step


@dataclass(frozen=True, slots=True)
class Curve:
    """One measure over a clip.

    Attributes:
        measure: Its row in the catalogue.
        side: Left or right, or None for a measure that has no side.
        values: One per frame in the measure's unit, NaN where it could not be seen.
        transform: The value itself, or its speed (per second), steadiness or difference.
    """

    measure: Measure
    side: Side | None
    values: Sequence[float]
    transform: Transform = "value"

    @property
    def name(self) -> str:
        """The measure as a spec names it, without a side."""
        return str(MeasureRef(self.measure.name, self.transform))

    @property
    def title(self) -> str:
        """Column name: the measure, with its side in front."""
        return f"{self.side}.{self.name}" if self.side else self.name


@dataclass(frozen=True, slots=True)
class Curves:
    """The measures of one session.

    Attributes:
        times_s: One per frame, in seconds on the source's clock.
        curves: All of the same length as the times.
    """

    times_s: Sequence[float]
    curves: tuple[Curve, ...]

    def of(self, name: str, side: Side | None) -> Curve | None:
        """The curve of a measure as a spec names it, on one side or (where it has no sides) on none."""
        return next((one for one in self.curves if one.name == name and one.side in (side, None)), None)


class CurveLog:
    """Keeps what a spec asks for from every snapshot: four bytes a value, so that an hour takes a few megabytes.

    Args:
        spec: The exercise; every measure of its steps is kept, then every one of its faults.
    """

    def __init__(self, spec: Spec) -> None:
        measures = measures_of(spec)
        self._times_s = array("d")
        # Each side by its own name: of both together, the near one may speak for a far one that it hides.
        self._kept = [
            (MeasureRef(ref.name, ref.transform, side or "both"), measures[ref.name], side, array("f"))
            for ref in asked_for(spec)
            for side in _sides_of(ref, measures)
        ]

    def add(self, snapshot: Snapshot) -> None:
        """Take the next moment."""
        self._times_s.append(snapshot.t_s)
        for ref, *_, kept in self._kept:
            (value,) = snapshot.reading.values(ref, None)
            kept.append(value)

    def close(self) -> Curves:
        """What was kept."""
        return Curves(self._times_s, tuple(Curve(m, side, kept, ref.transform) for ref, m, side, kept in self._kept))


def asked_for(spec: Spec) -> list[MeasureRef]:
    """Every measure that the spec names, once, in order: for both sides of the body, whichever the spec means."""
    blocks: Iterable[Step | Fault] = (*spec.steps, *spec.faults)
    refs = [MeasureRef.parse(name) for block in blocks for name in block.where]
    return list(dict.fromkeys(MeasureRef(ref.name, ref.transform, "both") for ref in refs))


def _sides_of(ref: MeasureRef, measures: Mapping[str, Measure]) -> tuple[Side | None, ...]:
    return SIDES if measures[ref.name].sided and ref.transform != "difference" else (None,)
