"""What a session says about a movement: how far, how evenly, how alike left and right, what to work on, how sure.

Report, comparison and history all show these figures; they are worked out here and nowhere else.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from poise.core.body import SIDES, Side
from poise.core.conditions import Position, Target
from poise.core.curves import Curves
from poise.core.measures import Measure, measures_of
from poise.core.peaks import measure_of_peak, peaks_of
from poise.core.refs import MeasureRef
from poise.core.results.spread import Pair, Spread, pair_of
from poise.core.session import Repetition, Session
from poise.core.spec import Spec, Step, View
from poise.core.words import ENGLISH, Words

WORDS = {
    "speed": "speed of {measure}",
    "steadiness": "wobble of {measure}",
    "difference": "left-right gap of {measure}",
    "left": "left side",
    "right": "right side",
    "both": "both sides",
    "either": "either side",
    "steady": "steady",
    "fairly steady": "fairly steady",
    "uneven": "uneven",
}
#: Deviation of the durations, as a share of their mean, up to which a tempo is called steady and fairly steady.
STEADY, FAIRLY_STEADY = 0.10, 0.20

#: Mean errors on rendered clips (docs/accuracy.md): of a hold, and of a start and an end together.
HELD_ERROR_S, DURATION_ERROR_S = 0.18, 0.15


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the repetitions of one side went in one measure.

    Attributes:
        measure: As a repetition's ``peak`` names it.
        side: The side, or None where both work together.
        spread: Over the repetitions, in the unit.
        unit: As a sign, such as "°".
        error: Mean error of the measure against rendered truth; None where it was never measured.
    """

    measure: str
    side: Side | None
    spread: Spread
    unit: str
    error: float | None


@dataclass(frozen=True, slots=True)
class Tempo:
    """How long the repetitions took, in seconds."""

    spread: Spread

    @property
    def variation(self) -> float:
        """Standard deviation as a share of the mean."""
        return self.spread.deviation / self.spread.mean if self.spread.mean > 0 else 0.0

    @property
    def words(self) -> str:
        """How steady it is; nothing where too few repetitions say."""
        if self.spread.count < 3:
            return ""
        return (
            "steady" if self.variation <= STEADY else "fairly steady" if self.variation <= FAIRLY_STEADY else "uneven"
        )


@dataclass(frozen=True, slots=True)
class Review:
    """What a session says about a movement.

    Attributes:
        reached: How far, for each measure and side.
        tempo: None without a repetition.
        balance: Left beside right; empty where the sides cannot be told apart.
        held: Over the repetitions with a hold; None without.
        hold_target_s: Seconds that were asked for, 0 without a hold.
    """

    reached: tuple[Reached, ...]
    tempo: Tempo | None
    balance: tuple[Pair, ...]
    held: Spread | None
    hold_target_s: float


def review(session: Session, spec: Spec | None = None, curves: Curves | None = None, words: Words = ENGLISH) -> Review:
    """The figures of a session.

    Args:
        session: The result.
        spec: The exercise, where it is known; without it, measures of its own have no error and no unit.
        curves: The measures over time; with them, left and right are told apart in a movement of both sides, too.
        words: The reader's language, in which the pairs are named.
    """
    reached = tuple(_reached(session, spec))
    held = Spread.of(rep.held_s for rep in session.repetitions if rep.held_s)
    return Review(
        reached=reached,
        tempo=_tempo(session),
        balance=tuple(_balance(session, spec, curves, reached, words)),
        held=held,
        hold_target_s=max((hold.target_s for hold in session.holds), default=0.0),
    )


def sign(measure: Measure | None) -> str:
    """The unit of a measure as a short sign; without a measure, nothing."""
    if measure is None:
        return ""
    return "°" if measure.unit == "degrees" else " %"


def words_of(name: str, words: Words = ENGLISH) -> str:
    """A measure as a spec names it, in words: ``both.hip_drop (down)`` is "hip drop (down)"."""
    text, _, step = name.partition(" (")
    ref = MeasureRef.parse(text)
    said = words.translate(ref.name.replace("_", " "))
    if ref.whose == "other":
        said = words("other {measure}", measure=said)
    if ref.transform != "value":
        said = words(WORDS[ref.transform], measure=said)
    return said + (f" ({words.translate(step.rstrip(')').replace('-', ' '))})" if step else "")


def whose_words(ref: MeasureRef, words: Words = ENGLISH) -> str:
    """Whose measure is meant, where that is not the working side's: ", both sides"."""
    return "" if ref.whose in ("working", "other") else f", {words(WORDS[ref.whose])}"


def target_words(target: Target, unit: str, words: Words = ENGLISH) -> str:
    """What a condition asks of its measure: "above 20°"."""
    low, high = f"{target.low:g}", f"{target.high:g}{unit}"
    if math.isfinite(target.low) and math.isfinite(target.high):
        if target.inverted:
            return words("outside {low} and {high}", low=low, high=high)
        return words("between {low} and {high}", low=low, high=high)
    if math.isfinite(target.low):
        return words("above {bound}", bound=low + unit)
    return words("below {bound}", bound=high)


def error_of(measure: Measure | None, spec: Spec | None, view: View | None = None) -> float | None:
    """The mean error of a measure against rendered truth; None where it was never measured.

    Args:
        measure: The measure; None when it is not known.
        spec: The exercise, where it is known.
        view: From where the person was seen; where that is not known, or nothing was measured from there, the largest
            error of the views from which the exercise may be seen.
    """
    if measure is None:
        return None
    if view and view in measure.errors:
        return measure.errors[view]
    views = spec.camera.views if spec else measure.views
    return max((measure.errors[view] for view in views if view in measure.errors), default=None)


def movements(session: Session) -> list[Repetition]:
    """The repetitions, each movement once: one that both sides made together is there for each side."""
    return list({rep.n: rep for rep in session.repetitions}.values())


def _reached(session: Session, spec: Spec | None) -> Iterable[Reached]:
    names = dict.fromkeys(name for rep in session.repetitions for name in rep.peak)
    for name in names:
        measure = measure_of_peak(name, spec)
        for side in (*SIDES, None):
            spread = Spread.of(rep.peak[name] for rep in session.repetitions if rep.side == side and name in rep.peak)
            if spread:
                yield Reached(name, side, spread, sign(measure), error_of(measure, spec, session.view))


def _tempo(session: Session) -> Tempo | None:
    spread = Spread.of(rep.end_s - rep.start_s for rep in movements(session))
    return Tempo(spread) if spread else None


def _balance(
    session: Session, spec: Spec | None, curves: Curves | None, reached: Sequence[Reached], words: Words
) -> Iterable[Pair]:
    by_side: Mapping[Side | None, list[Repetition]] = {
        side: [rep for rep in session.repetitions if rep.side == side] for side in SIDES
    }
    left, right = by_side["left"], by_side["right"]
    if not (left or right):
        # From the side one half of the body hides the other: what the model says of it is a guess.
        if spec and curves and session.view in ("front", "back"):
            yield from _working_together(session, spec, curves, words)
        return
    yield Pair(words("repetitions"), len(left), len(right), "")
    for one in reached:
        if one.side == "left":
            other = next((r for r in reached if r.measure == one.measure and r.side == "right"), None)
            if other:
                farther = _farther(one.measure, spec)
                yield pair_of(words_of(one.measure, words), one.spread, other.spread, one.unit, one.error, farther)
    for what, error, values in (
        (words("seconds held"), HELD_ERROR_S, [[rep.held_s for rep in reps if rep.held_s] for reps in (left, right)]),
        (
            words("seconds for a repetition"),
            DURATION_ERROR_S,
            [[rep.end_s - rep.start_s for rep in reps] for reps in (left, right)],
        ),
    ):
        spreads = [Spread.of(one) for one in values]
        if spreads[0] and spreads[1]:
            yield pair_of(what, spreads[0], spreads[1], " s", error)


def _working_together(session: Session, spec: Spec, curves: Curves, words: Words) -> Iterable[Pair]:
    """Left and right of a movement that both make together: how far each went in each repetition."""
    measures = measures_of(spec)
    for name, target in leading_targets(spec.steps[1:], measures).items():
        sides = [curves.of(target.ref.name, side) for side in SIDES]
        if not all(one and one.side for one in sides) or target.ref.transform != "value":
            continue
        spreads = [
            Spread.of(
                farthest(target, curves.times_s, one.values, rep.start_s, rep.end_s)[1] for rep in movements(session)
            )
            for one in sides
            if one
        ]
        if spreads[0] and spreads[1]:
            measure = measures[target.ref.name]
            error = error_of(measure, spec, session.view)
            yield pair_of(words_of(name, words), spreads[0], spreads[1], sign(measure), error, target.sense)


def _farther(name: str, spec: Spec | None) -> int:
    """Whether more (1) or less (-1) of what a peak is about is farther into the movement; 0 where neither is."""
    if spec is None:
        return 0
    step = dict(zip(peaks_of(spec).values(), spec.steps[1:], strict=True)).get(name)
    return Position.compile(step.where, measures_of(spec)).leading.sense if step else 0


def leading_targets(steps: Iterable[Step], measures: Mapping[str, Measure]) -> dict[str, Target]:
    """By measure, the first condition of each step that is about it."""
    targets: dict[str, Target] = {}
    for step in steps:
        name, condition = next(iter(step.where.items()))
        targets.setdefault(name, Target.compile(name, condition, measures))
    return targets


def farthest(
    target: Target, times_s: Sequence[float], values: Sequence[float], from_s: float, to_s: float
) -> tuple[float, float]:
    """When, and at which value, a measure lay deepest within what a target asks for; NaN where nothing was seen."""
    between = slice(bisect_left(times_s, from_s), bisect_right(times_s, to_s))
    seen = [(t, v) for t, v in zip(times_s[between], values[between], strict=True) if v == v]
    return max(seen, key=lambda moment: target.depth(moment[1]), default=(math.nan, math.nan))
