"""Personal targets: as far as this person goes without pain, and never farther.

A target is 80 % of the range that ``poise calibrate`` measured, within the bounds of the exercise file. Where it hurt,
the painless range ends: the target comes down to 80 % of that for four weeks, or until the range is measured again.
Where even the nearest bound lies beyond the painless range, the exercise cannot be judged without asking for pain, and
is left out.
"""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from poise.core.body import SIDES, Side
from poise.core.coach import Snapshot
from poise.core.history.past import Pang, Past, Range
from poise.core.measures import measures_of
from poise.core.peaks import measure_of_peak, peaks_of
from poise.core.refs import MeasureRef
from poise.core.results.review import sign, words_of
from poise.core.session import Session
from poise.core.spec import Personal, Spec, Step
from poise.core.words import ENGLISH, Words

SHARE = 0.8  # of the painless range: a stretch is felt well before it hurts
REMEMBERED = timedelta(days=28)  # how long a pang lowers the target
REPETITIONS = 3  # for each side, in a calibration
FEWEST = 2  # of which so many must be seen
HOLD_S = 1.0  # at the end of the range, in a calibration

#: What is said of a fit: because of what, and whether there is a target; and the name of a side.
WORDS = {
    "range": "aim for {target}, not {usual}; you reached {painless} without pain on {day}",
    "pang": "aim for {target}, not {usual}; it hurt on {day}",
    "range, none": "you reached {painless} without pain on {day}, less than the camera can judge",
    "pang, none": "it hurt on {day}, and of less the camera can judge nothing",
    "side": "{side}",
}


@dataclass(frozen=True, slots=True)
class Fit:
    """What one step asks of this person on one side.

    Attributes:
        step: The step's id.
        side: The side, or None where both work together.
        usual: The target of the exercise file.
        target: The person's own; None when nothing that can be judged is painless.
        painless: How far it goes without pain.
        because: What says so: a measured range, or a pang.
        at: When that was.
        measure: What leads the step, as its peaks are called.
        unit: Its unit, as a sign.
    """

    step: str
    side: Side | None
    usual: float
    target: float | None
    painless: float
    because: Literal["range", "pang"]
    at: datetime
    measure: str
    unit: str

    def say(self, words: Words = ENGLISH) -> str:
        """One line for the person."""
        said = words(
            WORDS[self.because if self.target is not None else f"{self.because}, none"],
            target=self._figure(self.target or 0.0),
            usual=self._figure(self.usual),
            painless=self._figure(self.painless),
            day=words.day(self.at, year=True),
        )
        if self.side:
            return f"{words.with_side(words.translate(WORDS['side']), self.side)}: {said}"
        name = words_of(self.measure, words)  # which tells the two ways of a nod apart
        return f"{name[:1].upper()}{name[1:]}: {said}"

    def _figure(self, value: float) -> str:
        """How far, whichever way: nobody looks up by less than nothing."""
        return f"{abs(value):.0f}{self.unit}"


@dataclass(frozen=True, slots=True)
class Fitted:
    """An exercise as it is asked of this person.

    Attributes:
        spec: With the person's own targets.
        fits: What differs from the exercise file, and why.
    """

    spec: Spec
    fits: tuple[Fit, ...] = ()

    @property
    def left_out(self) -> tuple[Fit, ...]:
        """Why it cannot be done without pain now; empty when it can."""
        return tuple(fit for fit in self.fits if fit.target is None)


def personalised(spec: Spec, past: Past, now: datetime) -> Fitted:
    """The exercise with the targets of this person.

    Args:
        spec: The exercise as its file has it.
        past: All that is remembered.
        now: The present moment; pangs fade.
    """
    sides: tuple[Side | None, ...] = SIDES if spec.sided else (None,)
    fits: list[Fit] = []
    steps = []
    for step in spec.steps:
        own = [fit for side in sides if (fit := _fit(spec, step, side, past, now))] if step.personal else []
        changes: dict[str, float] = {fit.side or "both": fit.target for fit in own if fit.target is not None}
        if step.personal and changes:
            step = step.model_copy(update={"personal": step.personal.model_copy(update=changes)})
        steps.append(step)
        fits += own
    return Fitted(spec.model_copy(update={"steps": steps}) if fits else spec, tuple(fits))


def _fit(spec: Spec, step: Step, side: Side | None, past: Past, now: datetime) -> Fit | None:
    """What is known of a step on a side; None when nothing is."""
    usual, personal = step.target, step.personal
    assert usual is not None  # which the checks of a spec hold
    assert personal is not None
    ranges = [r for r in past.ranges if (r.exercise, r.step, r.side) == (spec.id, step.id, side)]
    fit = None
    named = peaks_of(spec)[step.id], sign(measure_of_peak(next(iter(step.where)), spec))
    since = now - REMEMBERED
    if ranges:
        last = ranges[-1]
        fit = Fit(step.id, side, usual, _target(last.reached, usual, personal), last.reached, "range", last.at, *named)
        since = max(since, last.at)
    for pang in past.pangs:
        asked = fit.target if fit else usual
        if asked is not None and pang.exercise == spec.id and pang.at >= since and (pang.side or side) == side:
            painless = _painless(step, pang, asked)
            beyond = abs(painless) <= abs(personal.from_)  # it hurt at the nearest target, or before
            target = None if beyond else _target(painless, usual, personal)
            fit = Fit(step.id, side, usual, target, painless, "pang", pang.at, *named)
    return fit


def _painless(step: Step, pang: Pang, asked: float) -> float:
    """Where the painless range ends after a pang: where it hurt, at most what was asked for.

    A pang of which nobody saw where it was, or that came in another direction, is taken to be there, too.
    """
    there = pang.measure == next(iter(step.where)) and pang.value is not None and pang.value * asked > 0
    return min(pang.value, asked, key=abs) if there and pang.value is not None else asked


def _target(painless: float, usual: float, personal: Personal) -> float | None:
    """80 % of a painless range within the bounds; None when even the nearest of them is beyond it."""
    sign = math.copysign(1.0, usual)
    near, far = sign * personal.from_, sign * personal.to
    if sign * painless < near:
        return None
    return sign * round(min(max(SHARE * sign * painless, near), far), 1)


class Depth(NamedTuple):
    """How far into a movement a moment is.

    Attributes:
        share: Of the target, 1 where it is reached.
        measure: The measure that got farthest.
        value: Its value.
    """

    share: float
    measure: str
    value: float


def depth(snapshot: Snapshot, spec: Spec) -> Depth | None:
    """How far into the movement a moment is, by the step whose target is nearest; None when that cannot be seen."""
    side = snapshot.state.side
    found = []
    for step in spec.steps[1:]:
        target, name = step.of(side).target, next(iter(step.where))
        value = snapshot.reading.value(MeasureRef.parse(name), side)
        if target and value == value:
            found.append(Depth(value / target, name, value))
    return max(found, default=None)


def calibration(spec: Spec, words: Words = ENGLISH) -> Spec:
    """The exercise as it is done to measure the painless range: three slow repetitions a side, as far as they go.

    Args:
        spec: The exercise, in the person's language.
        words: That language.
    """
    steps = [_as_far_as_it_goes(step, step.personal, words) if step.personal else step for step in spec.steps]
    held = [step.model_copy(update={"hold": HOLD_S if step.hold else None, "personal": None}) for step in steps]
    dose = spec.dose.model_copy(update={"sets": 1, "reps": REPETITIONS, "hold": HOLD_S, "rest": 0.0})
    kept = [fault for fault in spec.faults if fault.severity == "stop"]
    return spec.model_copy(update={"steps": held, "dose": dose, "faults": kept})


def _as_far_as_it_goes(step: Step, personal: Personal, words: Words) -> Step:
    say = words("{move}, slowly, as far as it goes without pain", move=step.say)
    return step.aimed_at(personal.from_).model_copy(update={"say": say})


def measured_ranges(session: Session, spec: Spec, at: datetime) -> tuple[Range, ...]:
    """The ranges that a calibration shows; a side with fewer than two repetitions has none.

    Args:
        session: Of ``calibration(spec)``.
        spec: The exercise as its file has it.
        at: When it was done.
    """
    measures = measures_of(spec)
    found: list[Range] = []
    peaks = peaks_of(spec)
    for step in (step for step in spec.steps[1:] if step.personal):
        name = next(iter(step.where))
        error = measures[MeasureRef.parse(name).name].error_from(spec.camera.views)
        for side, values in _by_side(session, peaks[step.id]):
            if len(values) >= FEWEST:
                spread = round(statistics.stdev(values), 2)
                middle = round(statistics.median(values), 2)
                found.append(Range(at, spec.id, step.id, name, side, middle, spread, error, len(values)))
    return tuple(found)


def _by_side(session: Session, peak: str) -> Iterator[tuple[Side | None, list[float]]]:
    values: dict[Side | None, list[float]] = defaultdict(list)
    for repetition in session.repetitions:
        if peak in repetition.peak:
            values[repetition.side].append(repetition.peak[peak])
    yield from values.items()


def can_be_calibrated(spec: Spec) -> bool:
    """Whether any step of an exercise is fitted to the person."""
    return any(step.personal for step in spec.steps)
