"""How near a measure came to what was asked of it, in words and as a course to be drawn."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from poise.core.body import Side
from poise.core.conditions import Target
from poise.core.explain.witness import Judged, Seen, Stand
from poise.core.faults import HOLD_SHORT
from poise.core.measures import measures_of
from poise.core.results.review import sign, target_words, whose_words, words_of
from poise.core.words import ENGLISH

AROUND_S = 3.0  # what is drawn before and after
AFTER_S = 1.2  # a hold that was cut short is told when its grace is over


@dataclass(frozen=True, slots=True)
class Check:
    """One condition over a time: what was asked, and the nearest that the measure came.

    Attributes:
        asked: In words.
        value: The nearest value, in words; "not seen" where it was not.
        at_s: When; NaN where it was not seen.
        met: Whether it was met then; None where nobody saw.
        remark: How far off, or for how long; empty when there is nothing to add.
    """

    asked: str
    value: str
    at_s: float
    met: bool | None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """One measure over a time, to be drawn.

    Attributes:
        title: The measure and what was asked of it.
        unit: As a sign.
        times_s, values: Of equal length; NaN where it was not seen.
        target: What was asked.
        best: Time and value of the nearest moment; NaN where it was not seen.
    """

    title: str
    unit: str
    times_s: Sequence[float]
    values: Sequence[float]
    target: Target
    best: tuple[float, float]


Pick = Callable[[Stand], Seen]


def step_evidence(
    told: Judged, side: Side | None, step: int, moments: Sequence[int]
) -> tuple[tuple[Check, ...], tuple[Strip, ...]]:
    """Every condition of a step over some moments."""
    checks, strips = [], []
    for j, target in enumerate(told.steps[side][step].position.targets):

        def pick(stand: Stand, j: int = j) -> Seen:
            return stand.steps[step][j]

        check, strip = _evidence(told, side, target, pick, moments)
        checks.append(check)
        strips.append(strip)
    return tuple(checks), tuple(strips)


def fault_evidence(told: Judged, side: Side | None, moments: Sequence[int]) -> Iterable[Check]:
    """Every fault that was watched for over some moments: how near it came to being one."""
    steps = [step.id for step in told.steps[side]]
    from_s, to_s = told.times_s[moments[0]], told.times_s[moments[-1]]
    seen = [one for one in told.session.faults if one.side == side and from_s <= one.t_s <= to_s + AFTER_S]
    for number, compiled in enumerate(told.faults):
        fault = compiled.fault
        when = [i for i in moments if fault.during == "rep" or told.stands[side][i].index == steps.index(fault.during)]
        event = next((one for one in seen if one.id == fault.id), None)
        worst = [_worst(told, side, number, i) for i in when]
        nearest = min((gap for gap in worst if gap == gap), default=math.nan)
        lasted = longest(told, [i for i, gap in zip(when, worst, strict=True) if gap == 0])
        asked = " and ".join(_asked(told, target) for target in compiled.position.targets)
        unit = unit_of(told, compiled.position.leading)
        if event:
            remark = "told"
        elif nearest == 0:
            remark = f"for {lasted:.1f} s; told from {fault.for_s:g} s on"
        elif not when:
            remark = f"watched in step {steps.index(fault.during) + 1}, which was not reached"
        else:
            remark = f"stayed {nearest:.0f}{unit} away" if nearest == nearest else "not seen"
        say = ENGLISH.with_side(fault.say, side)
        yield Check(f"{say} ({asked})", remark, event.t_s if event else math.nan, event is not None)
    for one in seen:
        if one.id == HOLD_SHORT:
            yield Check(one.say, "told", one.t_s, True)


def _asked(told: Judged, target: Target) -> str:
    return f"{words_of(str(target.ref))}{whose_words(target.ref)} {target_words(target, unit_of(told, target))}"


def _worst(told: Judged, side: Side | None, number: int, i: int) -> float:
    """The largest gap of a fault's conditions at a moment; NaN when one cannot be seen."""
    gaps = [seen.gap for seen in told.stands[side][i].faults[number]]
    return math.nan if any(gap != gap for gap in gaps) else max(gaps)


def longest(told: Judged, moments: Sequence[int]) -> float:
    """Seconds of the longest run of moments that follow one another."""
    best = begin = 0.0
    for before, i in zip([None, *moments], moments, strict=False):
        if before is None or i != before + 1:
            begin = told.times_s[i]
        best = max(best, told.times_s[i] - begin)
    return best


def unit_of(told: Judged, target: Target) -> str:
    """The unit of a condition as a sign."""
    per_second = "/s" if target.ref.transform == "speed" else ""
    return sign(measures_of(told.spec)[target.ref.name]) + per_second


def _evidence(
    told: Judged, side: Side | None, target: Target, pick: Pick, moments: Sequence[int]
) -> tuple[Check, Strip]:
    stands, unit = told.stands[side], unit_of(told, target)
    asked = _asked(told, target)
    begin, end = told.at(told.times_s[moments[0]] - AROUND_S), told.at(told.times_s[moments[-1]] + AROUND_S) + 1
    known = [i for i in moments if pick(stands[i]).gap == pick(stands[i]).gap]

    def nearness(i: int) -> tuple[float, float]:
        seen = pick(stands[i])
        return seen.gap, -target.depth(seen.value)

    nearest = min(known, key=nearness, default=None)
    best = (math.nan, math.nan) if nearest is None else (told.times_s[nearest], pick(stands[nearest]).value)
    values = [pick(stands[i]).value for i in range(begin, end)]
    strip = Strip(asked, unit, told.times_s[begin:end], values, target, best)
    if nearest is None:
        return Check(asked, "not seen", math.nan, None), strip
    gap = pick(stands[nearest]).gap
    value = f"{best[1]:.0f}{unit}" if best[1] == best[1] else "not seen, taken as met"
    return Check(asked, value, best[0], gap <= 0, f"{gap:.0f}{unit} short" if gap > 0 else ""), strip
