"""The measures of one moment, by name: relative to the person's neutral, with their speed and steadiness."""

from __future__ import annotations

import statistics
from collections import deque
from collections.abc import Iterable, Mapping

from poise.core.body import OTHER, SIDE_ON_DEG, SIDES, Body, Side
from poise.core.geometry import NAN
from poise.core.measures.catalogue import Measure
from poise.core.neutral import NeutralFinder
from poise.core.refs import MeasureRef

SPEED_WINDOW_S = 0.2  # a speed is a mean over this time, so it trails by half of it
SPEED_GAP_S = 0.6
STEADINESS_WINDOW_S = 1.0

Key = tuple[str, Side]


class Reading:
    """All measures of one moment, each worked out when it is first asked for.

    Values are in the unit of their catalogue row, NaN where they cannot be seen or trusted.
    """

    def __init__(self, body: Body, reader: Reader) -> None:
        self.body = body
        self._reader = reader
        self._meanings: dict[tuple[MeasureRef, Side | None], tuple[float, ...]] = {}

    @property
    def t_s(self) -> float:
        """Seconds, as in the frame."""
        return self.body.t_s

    def of_body(self, body: Body) -> Reading:
        """The same measures, by the same neutral, of another body."""
        return Reading(body, self._reader)

    def of(self, name: str, side: Side) -> float:
        """A measure of one side of the body (any side, for one that has none), relative to neutral if it is so."""
        key = self._reader.stored((name, side))
        value = self.raw(key)
        finder = self._reader.neutrals.get(key)
        return value - finder.zero if finder else value

    def raw(self, key: Key) -> float:
        """A measure before its neutral is taken off."""
        measure, measured = self._reader.measures[key[0]], self.body.measured
        value = measured.get((measure.read, key[1]))
        if value is None:
            value = measured[measure.read, key[1]] = measure.value(self.body, key[1])
        return value

    def values(self, ref: MeasureRef, side: Side | None) -> tuple[float, ...]:
        """What a reference means now: one value, or two for ``both.`` and ``either.``.

        Args:
            ref: As the spec names it.
            side: The working side, or None when both sides work together.
        """
        meaning = self._meanings.get((ref, side))
        if meaning is None:
            meaning = self._meanings[ref, side] = self._meaning(ref, side)
        return meaning

    def _meaning(self, ref: MeasureRef, side: Side | None) -> tuple[float, ...]:
        if ref.transform == "difference":
            return (abs(self.of(ref.name, "left") - self.of(ref.name, "right")),)
        sides = self._sides(ref, side)
        if len(sides) == 1:
            return (self._transformed(ref, sides[0]),)
        left, right = self._transformed(ref, "left"), self._transformed(ref, "right")
        if ref.whose == "both" and self._hidden(left, right):
            return (left if self.body.near == "left" else right,)
        if ref.whose != "working":
            return left, right
        if left != left or right != right:
            return (right if left != left else left,)
        return ((left + right) / 2,)

    def _hidden(self, left: float, right: float) -> bool:
        """Whether the near side hides the far one, seen from the side: then it speaks for both."""
        near, far = (left, right) if self.body.near == "left" else (right, left)
        return self.body.yaw_deg >= SIDE_ON_DEG and near == near and far != far

    def value(self, ref: MeasureRef, side: Side | None) -> float:
        """The reference as one number; the mean of the two for ``both.`` and ``either.``."""
        values = self.values(ref, side)
        return sum(values) / len(values)

    def speed(self, ref: MeasureRef, side: Side | None) -> float:
        """How fast the reference changes now, per second, unsigned; NaN when it is not tracked or just began."""
        speeds = [self._reader.speed((ref.name, one), self) for one in self._sides(ref, side)]
        known = [speed for speed in speeds if speed == speed]
        return max(known) if known else NAN

    def _sides(self, ref: MeasureRef, side: Side | None) -> tuple[Side, ...]:
        if not self._reader.measures[ref.name].sided:
            return ("left",)
        if ref.whose in ("left", "right"):
            return ("left",) if ref.whose == "left" else ("right",)
        if ref.whose in ("both", "either"):
            return SIDES
        if side is not None:
            return (OTHER[side] if ref.whose == "other" else side,)
        return (self.body.near,) if self.body.yaw_deg >= SIDE_ON_DEG else SIDES

    def _transformed(self, ref: MeasureRef, side: Side) -> float:
        if ref.transform == "speed":
            return self._reader.speed((ref.name, side), self)
        if ref.transform == "steadiness":
            return self._reader.steadiness((ref.name, side))
        return self.of(ref.name, side)


class Reader:
    """Reads bodies in order of time: keeps the neutrals, and the recent past of what speeds are asked for.

    Args:
        measures: The catalogue, with the spec's own measures.
        relative: References whose neutral is to be followed.
        moving: References whose speed or steadiness will be asked for.

    Attributes:
        measures: As given.
        neutrals: What finds the zero of each measure that is relative to the person's own.
    """

    def __init__(
        self, measures: Mapping[str, Measure], relative: Iterable[MeasureRef], moving: Iterable[MeasureRef]
    ) -> None:
        self.measures = measures
        self.neutrals = {
            key: NeutralFinder(measures[ref.name])
            for ref in relative
            if measures[ref.name].neutral
            for key in self._keys(ref)
        }
        self._past: dict[Key, deque[tuple[float, float]]] = {key: deque() for ref in moving for key in self._keys(ref)}

    def read(self, body: Body, at_rest: bool, settling: bool = False) -> Reading:
        """The reading of the next body.

        Args:
            body: The body.
            at_rest: No repetition is under way.
            settling: The work has not begun: the neutral follows quickly.
        """
        reading = Reading(body, self)
        for key, finder in self.neutrals.items():
            if finder.due(body.t_s):
                finder.see(body.t_s, reading.raw(key), at_rest, settling)
        for key, past in self._past.items():
            value = reading.raw(key)
            if value == value:
                past.append((body.t_s, value))
            while past and past[0][0] < body.t_s - STEADINESS_WINDOW_S:
                past.popleft()
        return reading

    def blink(self) -> None:
        """Nobody was watched until now: how far the next body is from the last one is no speed."""
        for past in self._past.values():
            past.clear()

    def come_back(self) -> None:
        """Nobody was there until now: how they sit, or who they are, may have changed."""
        self.blink()
        for finder in self.neutrals.values():
            finder.come_back()

    @property
    def neutral_found(self) -> bool:
        """Whether the person's own zero of every relative measure is known by now."""
        return all(finder.found for finder in self.neutrals.values())

    def speed(self, key: Key, now: Reading) -> float:
        """Mean speed over the last moments, per second, unsigned."""
        key = self.stored(key)
        past = self._past.get(key)
        value = now.raw(key)  # finding the neutral shifts a measure, and is no movement
        if not past or value != value:
            return NAN
        for t_s, before in reversed(past):
            gap_s = now.t_s - t_s
            if gap_s > SPEED_GAP_S:
                break
            if gap_s >= SPEED_WINDOW_S - 1e-6:
                change = abs(value - before)
                # An arm that circles jumps from 270 to -90 degrees: the same place, and no movement.
                wraps = change > 180.0 and self.measures[key[0]].unit == "degrees"
                return (360.0 - change if wraps else change) / gap_s
        return NAN

    def steadiness(self, key: Key) -> float:
        """Standard deviation over the last second."""
        past = self._past.get(self.stored(key))
        return statistics.pstdev(value for _, value in past) if past and len(past) > 2 else NAN

    def stored(self, key: Key) -> Key:
        """Under which side a measure is kept: one that has no sides is kept on the left."""
        return key if self.measures[key[0]].sided else (key[0], "left")

    def _keys(self, ref: MeasureRef) -> tuple[Key, ...]:
        return tuple((ref.name, side) for side in SIDES) if self.measures[ref.name].sided else ((ref.name, "left"),)
