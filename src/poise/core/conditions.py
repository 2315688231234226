"""Whether a condition is met: reaching it takes the threshold, leaving it takes a margin more (hysteresis).

Every answer is True, False, or None when a measure is missing: what cannot be seen is neither met nor left.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from poise.core.body import Side
from poise.core.geometry import NAN
from poise.core.measures.catalogue import Measure
from poise.core.reading import Reading
from poise.core.refs import MeasureRef
from poise.core.spec import Condition

CHANGE_MARGIN = 0.15  # of the threshold: the noise of a position says nothing about its speed or steadiness


@dataclass(frozen=True, slots=True)
class Target:
    """One compiled line under ``where``.

    Attributes:
        ref: The measure.
        low, high: The condition is met between them (either may be infinite).
        inverted: Met outside low and high instead.
        margin: Hysteresis in the measure's unit.
        if_seen: Counts as met while the measure cannot be seen.
    """

    ref: MeasureRef
    low: float
    high: float
    inverted: bool
    margin: float
    if_seen: bool = False

    @classmethod
    def compile(cls, name: str, condition: Condition, measures: Mapping[str, Measure]) -> Target:
        """From a line of the spec.

        Raises:
            ValueError: The name has an unknown prefix.
            KeyError: The measure is not in the catalogue.
        """
        ref = MeasureRef.parse(name)
        low, high = condition.between or condition.outside or (-math.inf, math.inf)
        if condition.above is not None:
            low = condition.above
        if condition.below is not None:
            high = condition.below
        margin = condition.margin or measures[ref.name].margin
        if condition.margin is None and ref.transform in ("speed", "steadiness"):
            margin = CHANGE_MARGIN * min(abs(value) for value in (low, high) if math.isfinite(value))
        return cls(ref, low, high, condition.outside is not None, margin, condition.if_seen)

    def met(self, reading: Reading, side: Side | None, was_met: bool) -> bool | None:
        """Whether it is met now, given whether it was met before; None when it cannot be seen."""
        margin = self.margin if was_met else 0.0
        values = reading.values(self.ref, side)
        if len(values) == 1:
            return self._holds(values[0], margin)
        answers = [self._holds(value, margin) for value in values]
        if self.ref.whose == "either":
            return True if True in answers else None if None in answers else False
        return False if False in answers else None if None in answers else True

    def gap(self, reading: Reading, side: Side | None) -> float:
        """How far the measure is from meeting it, in its unit; 0 when met, NaN when it cannot be seen."""
        values = reading.values(self.ref, side)
        if len(values) == 1:  # mostly, and asked for many times a frame
            return self._gap_or_unseen(values[0])
        gaps = [self._gap_or_unseen(value) for value in values]
        known = [gap for gap in gaps if gap == gap]
        if self.ref.whose == "either":
            return min(known, default=NAN)
        return max(gaps) if len(known) == len(gaps) else NAN

    def _holds(self, value: float, margin: float) -> bool | None:
        if value != value:
            return True if self.if_seen else None
        if self.inverted:
            return value < self.low + margin or value > self.high - margin
        return self.low - margin < value < self.high + margin

    def _gap_or_unseen(self, value: float) -> float:
        return self.gap_at(value) if value == value or not self.if_seen else 0.0

    def gap_at(self, value: float) -> float:
        """How far a value is from meeting it; NaN for NaN."""
        if value != value:
            return NAN
        depth = self.depth(value)
        return -depth if depth < 0.0 else 0.0

    @property
    def sense(self) -> int:
        """Whether it asks for more of its measure (1), for less (-1), or for neither (0)."""
        return (self.high == math.inf) - (self.low == -math.inf)

    def depth(self, value: float) -> float:
        """How far a value lies within what meets it; negative when it does not, NaN for NaN."""
        if self.inverted:
            return max(self.low - value, value - self.high)
        return min(value - self.low, self.high - value)


@dataclass(frozen=True, slots=True)
class Position:
    """All conditions of one step or fault."""

    targets: tuple[Target, ...]

    @classmethod
    def compile(cls, where: Mapping[str, Condition], measures: Mapping[str, Measure]) -> Position:
        """From a ``where`` block of the spec."""
        return cls(tuple(Target.compile(name, condition, measures) for name, condition in where.items()))

    @property
    def leading(self) -> Target:
        """The first condition: the one that a hold, an overlay and a report are about."""
        return self.targets[0]

    def met(self, reading: Reading, side: Side | None, was_met: bool) -> bool | None:
        """Whether all conditions are met."""
        answer: bool | None = True
        for target in self.targets:
            one = target.met(reading, side, was_met)
            if one is False:
                return False
            if one is None:
                answer = None
        return answer
