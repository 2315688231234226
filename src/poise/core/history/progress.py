"""What practice came to: days in a row, minutes by week, range of motion and balance over time."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from poise.core.body import Side
from poise.core.history.past import Past, Practice
from poise.core.measures import measures_of
from poise.core.peaks import peaks_of
from poise.core.refs import MeasureRef
from poise.core.spec import Spec

_SIDES: Final[tuple[Side | None, ...]] = ("left", "right", None)
BALANCED_OVER = timedelta(days=28)
COVERAGE = 2.0  # standard errors within which a mean lies in nineteen cases of twenty


@dataclass(frozen=True, slots=True)
class Week:
    """One week of practice.

    Attributes:
        monday: Its first day.
        sessions: How many there were.
        seconds: Of work.
    """

    monday: date
    sessions: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Streak:
    """Days of practice in a row.

    Attributes:
        now: Up to today, or to yesterday while today is not over.
        longest: The most there ever were.
    """

    now: int
    longest: int


@dataclass(frozen=True, slots=True)
class Point:
    """How far the repetitions of one session went on one side.

    Attributes:
        at: When.
        value: Mean of their farthest points.
        give: The mean lies within this of the value, in nineteen cases of twenty; NaN for a single repetition.
        count: Of how many repetitions.
    """

    at: datetime
    value: float
    give: float
    count: int


@dataclass(frozen=True, slots=True)
class Balance:
    """Left against right over the last four weeks.

    Attributes:
        left: Mean of the farthest points.
        right: The same.
        give: What the difference may be off by, in nineteen cases of twenty: by chance, and by the measure's own
            error, which may favour a side the same way every time; NaN where nobody measured that.
    """

    left: float
    right: float
    give: float

    @property
    def differs(self) -> bool:
        """Whether the sides differ by more than chance and the measure's own error together, as in reports."""
        return abs(self.left - self.right) > self.give


@dataclass(frozen=True, slots=True)
class Motion:
    """The range of motion of one measure in one exercise.

    Attributes:
        exercise: Its id.
        measure: The measure, with the step in brackets where two steps share one.
        unit: Its unit.
        error: Mean error of the measure itself, in its unit, the same way every time; NaN where nobody measured it.
        less: Whether less is farther, as with the gap between two elbows.
        painless: Whether these are painless ranges that were measured, rather than what was done in sessions.
        sides: For each side (None where both work together) a point for each session, oldest first.
        balance: Left against right, or None where there are not two sides, or too little to say.
    """

    exercise: str
    measure: str
    unit: str
    error: float
    less: bool
    sides: Mapping[Side | None, tuple[Point, ...]]
    balance: Balance | None
    painless: bool = False


def streak(days: Iterable[date], today: date) -> Streak:
    """Days in a row among the days of practice."""
    known = set(days)
    longest, run = 0, 0
    for day in sorted(known):
        run = run + 1 if day - timedelta(days=1) in known else 1
        longest = max(longest, run)
    last = today if today in known else today - timedelta(days=1)
    now = 0
    while last - timedelta(days=now) in known:
        now += 1
    return Streak(now, longest)


def weeks(past: Past, today: date, count: int) -> tuple[Week, ...]:
    """The last weeks up to today, oldest first, from the first session on; also those without practice."""
    this = today - timedelta(days=today.weekday())
    begun = min((session.at.date() for session in past.sessions), default=today)
    mondays = (this - timedelta(weeks=back) for back in reversed(range(count)))
    return tuple(_week(past, monday) for monday in mondays if monday + timedelta(weeks=1) > begun)


def _week(past: Past, monday: date) -> Week:
    inside = [s for s in past.sessions if monday <= s.at.date() < monday + timedelta(weeks=1)]
    return Week(monday, len(inside), sum(practice.seconds for s in inside for practice in s.practices))


def motions(past: Past, specs: Mapping[str, Spec], now: datetime) -> tuple[Motion, ...]:
    """The range of motion of every exercise that was done or measured, in order of the ids.

    Only what a step asks to reach is a range: an exercise's rest, and exercises that are not known any more, are not.

    Args:
        past: All that is remembered.
        specs: The exercises that are known, by id.
        now: The present moment, from which balance looks back.
    """
    found: list[Motion] = []
    there = {practice.exercise for practice in past.practices} | {r.exercise for r in past.ranges}
    for name in sorted(there & set(specs)):
        found += _painless(past, specs[name])
        practices = past.of(name)
        for target in _targets(specs[name]):
            sides = _sides(practices, target)
            if sides:
                unit, error = _known(specs[name], target.measure)
                balance = _balance(practices, target, error, now)
                found.append(Motion(name, target.peak, unit, error, target.less, sides, balance))
    return tuple(found)


def _painless(past: Past, spec: Spec) -> Iterator[Motion]:
    """The painless ranges that were measured, step by step."""
    for step in spec.steps:
        sides: dict[Side | None, list[Point]] = defaultdict(list)
        for one in past.ranges:
            if (one.exercise, one.step) == (spec.id, step.id):
                give = COVERAGE * one.spread / math.sqrt(one.count)
                sides[one.side].append(Point(one.at, abs(one.reached), give, one.count))
        if sides:
            lead = next(iter(step.where))
            unit, error = _known(spec, lead)
            ordered = {side: tuple(sides[side]) for side in _SIDES if side in sides}
            yield Motion(spec.id, peaks_of(spec).get(step.id, lead), unit, error, False, ordered, None, painless=True)


class _Target(NamedTuple):
    """What a step asks to reach: what sessions call it, its measure, its sign, and whether less is farther."""

    peak: str
    measure: str
    sign: float
    less: bool


def _targets(spec: Spec) -> Iterator[_Target]:
    peaks = peaks_of(spec)
    for step in spec.steps[1:]:
        if step.target is not None:
            lead = next(iter(step.where))
            backward = step.target < 0 and step.where[lead].above is None  # bending away counts as far as bending to
            less = step.where[lead].above is None and not backward
            yield _Target(peaks[step.id], lead, -1.0 if backward else 1.0, less)


def _known(spec: Spec, measure: str) -> tuple[str, float]:
    row = measures_of(spec)[MeasureRef.parse(measure).name]
    return row.unit, row.error_from(spec.camera.views)


def _sides(practices: Iterable[Practice], target: _Target) -> dict[Side | None, tuple[Point, ...]]:
    points: dict[Side | None, list[Point]] = defaultdict(list)
    for practice in practices:
        for side, values in _values([practice], target).items():
            points[side].append(Point(practice.at, statistics.fmean(values), _give(values), len(values)))
    return {side: tuple(points[side]) for side in _SIDES if side in points}


def _values(practices: Iterable[Practice], target: _Target) -> dict[Side | None, list[float]]:
    values: dict[Side | None, list[float]] = defaultdict(list)
    for practice in practices:
        for one in practice.peaks:
            if one.measure == target.peak:
                values[one.side].append(target.sign * one.value)
    return values


def _give(values: list[float]) -> float:
    return COVERAGE * statistics.stdev(values) / math.sqrt(len(values)) if len(values) > 1 else math.nan


def _balance(practices: Iterable[Practice], target: _Target, error: float, now: datetime) -> Balance | None:
    values = _values((p for p in practices if p.at > now - BALANCED_OVER), target)
    left, right = values.get("left", []), values.get("right", [])
    if len(left) < 2 or len(right) < 2:
        return None
    return Balance(statistics.fmean(left), statistics.fmean(right), math.hypot(_give(left), _give(right), error))
