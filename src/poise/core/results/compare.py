"""Two sessions of one exercise beside each other: before and after, left and right, a patient and a reference."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from statistics import fmean

from poise.core.body import Side
from poise.core.curves import Curves
from poise.core.faults import HOLD_SHORT
from poise.core.measures import measures_of
from poise.core.peaks import measure_of_peak, ref_of_peak
from poise.core.refs import MeasureRef
from poise.core.results.review import (
    DURATION_ERROR_S,
    HELD_ERROR_S,
    Reached,
    Review,
    farthest,
    leading_targets,
    review,
    sign,
    words_of,
)
from poise.core.results.spread import Pair, Spread, pair_of
from poise.core.session import Repetition, Session
from poise.core.spec import Spec
from poise.core.words import ENGLISH, Words

LINE_POINTS = 60  # of one repetition that is drawn over the others


@dataclass(frozen=True, slots=True)
class Taken:
    """One of the two that are compared.

    Attributes:
        name: What the reader calls it.
        session: The result.
        spec: The exercise, where it is known.
        curves: The measures over time, where they were kept.
    """

    name: str
    session: Session
    spec: Spec | None = None
    curves: Curves | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One repetition's leading measure.

    Attributes:
        n: Its number.
        side: Its side.
        t_s: Seconds since it set out.
        values: In the measure's unit, NaN where it could not be seen.
    """

    n: int
    side: Side | None
    t_s: list[float]
    values: list[float]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two sessions have and have not in common.

    Attributes:
        first, second: The two.
        reviews: What each says by itself.
        pairs: Figure by figure.
        leading: The measure that is drawn, as a repetition's ``peak`` names it; None without a repetition.
        unit: Its unit as a sign.
        lines: Its course in every repetition of each; empty where no measures were kept.
    """

    first: Taken
    second: Taken
    reviews: tuple[Review, Review]
    pairs: tuple[Pair, ...]
    leading: str | None
    unit: str
    lines: tuple[list[Line], list[Line]]


def compare(first: Taken, second: Taken, words: Words = ENGLISH) -> Comparison:
    """Lay two sessions of one exercise side by side.

    Args:
        first, second: The two.
        words: The reader's language, in which their exercise and their corrections are.

    Raises:
        ValueError: They are not of the same exercise.
    """
    if first.session.exercise != second.session.exercise:
        raise ValueError(f"{first.session.exercise} and {second.session.exercise} are two exercises")
    both = (first, second)
    one, two = (review(taken.session, taken.spec, taken.curves, words) for taken in both)
    reps = [*first.session.repetitions, *second.session.repetitions]
    leading = next((name for rep in reps for name in rep.peak), None)
    return Comparison(
        first=first,
        second=second,
        reviews=(one, two),
        pairs=tuple(_pairs(first, second, one, two, words)),
        leading=leading,
        unit=sign(measure_of_peak(leading, first.spec)) if leading else "",
        lines=(_lines(first, leading), _lines(second, leading)),
    )


def sides_of(taken: Taken, words: Words = ENGLISH) -> tuple[Taken, Taken]:
    """The left and the right repetitions of a session as two of their own, to be compared, and called so.

    Raises:
        ValueError: The sides of this exercise work together.
    """
    if not (taken.session.reps.left or taken.session.reps.right):
        raise ValueError(f"{taken.session.exercise} has no repetitions of one side")
    return _only(taken, "left", words), _only(taken, "right", words)


def usual_moment(taken: Taken) -> tuple[Repetition, float] | None:
    """The first repetition that went about as far as most, and when it was farthest; None where nobody can tell."""
    if taken.spec is None or taken.curves is None:
        return None
    target = next(iter(leading_targets(taken.spec.steps[-1:], measures_of(taken.spec)).values()))
    name = str(MeasureRef(target.ref.name, target.ref.transform))
    moments = []
    for rep in taken.session.repetitions:
        curve = taken.curves.of(name, rep.side or "left")
        if curve:
            moments.append((rep, *farthest(target, taken.curves.times_s, curve.values, rep.start_s, rep.end_s)))
    spread = Spread.of(value for *_, value in moments)
    if spread is None:
        return None
    near = [(rep, t_s) for rep, t_s, value in moments if abs(value - spread.mean) <= max(spread.deviation, 1e-3)]
    return near[0]


def _only(taken: Taken, side: Side, words: Words) -> Taken:
    session = taken.session
    mine = session.model_copy(
        update={
            name: [one.model_copy(update={"side": None}) for one in getattr(session, name) if one.side == side]
            for name in ("repetitions", "holds", "faults", "near_misses")
        }
    )
    mine.reps = session.reps.model_copy(update={"total": len(mine.repetitions), "left": 0, "right": 0})
    curves = taken.curves and Curves(
        taken.curves.times_s,
        tuple(replace(curve, side=None) for curve in taken.curves.curves if curve.side in (side, None)),
    )
    return Taken(words(side), mine, taken.spec, curves)


def _pairs(first: Taken, second: Taken, one: Review, two: Review, words: Words) -> Iterable[Pair]:
    yield Pair(words("repetitions"), first.session.reps.total, second.session.reps.total, "")
    yield from _reached_pairs(one.reached, two.reached, words)
    if one.held and two.held:
        yield pair_of(words("seconds held"), one.held, two.held, " s", HELD_ERROR_S)
    if one.tempo and two.tempo:
        paces = (one.tempo.spread, two.tempo.spread)
        yield pair_of(words("seconds for a repetition"), *paces, " s", DURATION_ERROR_S)
        uneven = words("unevenness of the tempo")
        yield Pair(uneven, 100 * one.tempo.variation, 100 * two.tempo.variation, " %", None)
    yield from _fault_pairs(first.session, second.session, words)
    misses = [len(taken.session.near_misses) for taken in (first, second)]
    if any(misses):
        yield Pair(words("near misses"), misses[0], misses[1], "")


def _reached_pairs(one: Iterable[Reached], two: Iterable[Reached], words: Words) -> Iterable[Pair]:
    others = {(reached.measure, reached.side): reached for reached in two}
    for reached in one:
        other = others.get((reached.measure, reached.side))
        if other:
            what = words_of(reached.measure, words) + (f", {words(reached.side)}" if reached.side else "")
            errors = [error for error in (reached.error, other.error) if error is not None]
            error = max(errors) if len(errors) == 2 else None
            yield pair_of(what, reached.spread, other.spread, reached.unit, error)


def _fault_pairs(first: Session, second: Session, words: Words) -> Iterable[Pair]:
    """How often each correction was called for; those of one fault that name different sides stand together."""
    kinds: dict[tuple[str, Side | None], list[str]] = {}
    for fault in [*first.faults, *second.faults]:
        kinds.setdefault((fault.id, fault.side), []).append(fault.say)
    counts = [Counter((fault.id, fault.side) for fault in session.faults) for session in (first, second)]
    for kind, said in kinds.items():
        what = words("Hold longer") if kind[0] == HOLD_SHORT else " / ".join(dict.fromkeys(said))
        yield Pair(words("to correct: {what}", what=what), counts[0][kind], counts[1][kind], "")


def _lines(taken: Taken, leading: str | None) -> list[Line]:
    if taken.curves is None or leading is None:
        return []
    ref = ref_of_peak(leading)
    name = str(MeasureRef(ref.name, ref.transform))
    found = (_line(taken.curves, name, rep) for rep in taken.session.repetitions)
    return [line for line in found if line]


def _line(curves: Curves, name: str, rep: Repetition) -> Line | None:
    """The measure in a repetition: of its side, or the mean of both where they work together."""
    sides = [curve for curve in curves.curves if curve.name == name and rep.side in (curve.side, None)]
    sides = sides or [curve for curve in curves.curves if curve.name == name]
    if not sides:
        return None
    begin, end = bisect_left(curves.times_s, rep.start_s), bisect_right(curves.times_s, rep.end_s)
    every = max(1, math.ceil((end - begin) / LINE_POINTS))
    times_s = [round(t - rep.start_s, 3) for t in curves.times_s[begin:end:every]]
    values = (fmean(moment) for moment in zip(*(curve.values[begin:end:every] for curve in sides), strict=True))
    return Line(rep.n, rep.side, times_s, list(values))


def mean_line(lines: list[Line], points: int = LINE_POINTS) -> list[float]:
    """The mean over all repetitions at equal shares of each, from setting out to coming to rest; NaN where unseen."""
    means = []
    for i in range(points + 1):
        known = [value for line in lines if (value := _at_share(line, i / points)) == value]
        means.append(fmean(known) if known else math.nan)
    return means


def _at_share(line: Line, share: float) -> float:
    if not line.t_s:
        return math.nan
    t_s = share * line.t_s[-1]
    after = min(max(bisect_left(line.t_s, t_s), 1), len(line.t_s) - 1)
    if after == 0:
        return line.values[0]
    part = (t_s - line.t_s[after - 1]) / (line.t_s[after] - line.t_s[after - 1])
    return line.values[after - 1] + part * (line.values[after] - line.values[after - 1])
