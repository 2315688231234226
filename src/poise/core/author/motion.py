"""Where the movement of a demonstration shows: each measure that goes away from rest and comes back."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from poise.core.author.attempts import (
    APART,
    BACK,
    HALF_DONE,
    LOWEST,
    SET_OUT,
    Excursion,
    between,
    excursions,
    shared,
    where_targets_begin,
)
from poise.core.author.demonstration import MEASURES, SEEN, Demonstration
from poise.core.body import SIDES, Side
from poise.core.measures.catalogue import Measure
from poise.core.spec import View
from poise.core.types import FloatArray

Kind = Literal["one", "both", "each", "mirror"]

NEAREST = 0.1  # to rest: nobody comes back to it more exactly
UNKNOWN_ERROR = 12.0  # of a measure whose error from this view was never measured
OTHER_PEOPLE = 8.0  # degrees or %: how far people differ in what is not taken from their own rest
WHOLE = 0.4  # of what else moves: if so much goes the whole way, a repetition is done, if badly
TOGETHER = 0.6  # share of what both sides move, by which they may differ
BOTH_WAYS = 0.5  # of its way: a measure that goes so far to the other side too, starts from its middle


@dataclass(frozen=True, slots=True)
class Motion:
    """One measure that shows the movement.

    Attributes:
        measure: Its row in the catalogue.
        kind: Without sides ("one"), the mean of both ("both"), each side for itself ("each"), or one number whose
            sign is the side ("mirror").
        sense: 1 when it grows toward the target, -1 when it shrinks.
        rest: Its value at rest, in its unit.
        reach: How far it usually goes from there, unsigned.
        enter: Share of that reach at which the target begins.
        back: Share of it at which rest begins, on the way back.
        excursions: The repetitions.
        signal: The reach in units of the measure's uncertainty.
    """

    measure: Measure
    kind: Kind
    sense: int
    rest: float
    reach: float
    enter: float
    back: float
    excursions: tuple[Excursion, ...]
    signal: float

    @property
    def sided(self) -> bool:
        """Whether it tells the sides apart."""
        return self.kind in ("each", "mirror")

    def at(self, share: float) -> float:
        """The value at a share of the way from rest to the usual reach."""
        return self.rest + self.sense * share * self.reach

    @property
    def still_s(self) -> float:
        """How long a repetition usually stays near its farthest, in seconds."""
        return statistics.median(one.still_s for one in self.excursions)


def motions(shown: Demonstration, reps: int | None = None) -> list[Motion]:
    """All measures that show a movement in a demonstration.

    Args:
        shown: The demonstration.
        reps: How many repetitions it has, where the author says so.
    """
    found = [motion for measure in MEASURES for motion in _motions_of(measure, shown, reps)]
    return found if reps else [_without_half_done(motion, found) for motion in found]


def _without_half_done(motion: Motion, found: Sequence[Motion]) -> Motion:
    """Without the times that all of the body turned back half-way, however long it stayed.

    A repetition that is done badly is short in one measure and whole in another.
    """
    others = [other for other in found if other.measure is not motion.measure]
    half = [one for one in motion.excursions if one.share < HALF_DONE and _half_done(one, others)]
    done = tuple(one for one in motion.excursions if one not in half)
    if not half or not done:
        return motion
    lower, upper = max(one.share for one in half), min(one.share for one in done)
    return replace(motion, excursions=done, enter=between(lower, upper)) if upper - lower >= APART else motion


def _half_done(attempt: Excursion, others: Sequence[Motion]) -> bool:
    """Whether most of what moves at the same time has not gone the whole way either."""
    whole = half = 0.0
    for other in others:
        went = max((one.share for one in other.excursions if shared(attempt, one)), default=0.0)
        whole += other.signal if went >= HALF_DONE else 0.0
        half += other.signal if 0 < went < HALF_DONE else 0.0
    return whole <= WHOLE * (whole + half)


def uncertainty(measure: Measure, view: View) -> float:
    """How far off a measure may be from one person to the next: its error, its noise, and how people differ."""
    people = OTHER_PEOPLE if measure.neutral is None else 0.0
    return measure.errors.get(view, UNKNOWN_ERROR) + measure.margin + people


def _motions_of(measure: Measure, shown: Demonstration, reps: int | None) -> Iterator[Motion]:
    if shown.view not in measure.views:
        return
    left = shown.values[measure.name, "left"]
    right = shown.values[measure.name, "right"] if measure.sided else left
    ways: list[tuple[Kind, list[FloatArray]]] = [("one", [left])]
    if measure.sided and _mirrored(left, right):
        ways = [("mirror", [left, -left])]
    elif measure.sided:
        together: list[tuple[Kind, list[FloatArray]]] = [("both", [shown.values[measure.name, None]])]
        ways = [*(together if _together(left, right) else []), ("each", [left, right])]
    for kind, series in ways:
        for sense in (1,) if kind == "mirror" else (1, -1):
            motion = _fit(measure, kind, sense, series, shown, reps)
            if motion:
                yield motion


def _mirrored(left: FloatArray, right: FloatArray) -> bool:
    """Whether left and right are one number with two signs."""
    seen = np.isfinite(left) & np.isfinite(right)
    if seen.mean() < SEEN:
        return False
    return float(np.std(left[seen] + right[seen])) < SET_OUT * float(np.std(left[seen] - right[seen]))


def _together(left: FloatArray, right: FloatArray) -> bool:
    """Whether both sides move at the same time, as far as both are seen."""
    seen = np.isfinite(left) & np.isfinite(right)
    if seen.mean() < SEEN:
        return True
    return float(np.std(left[seen] - right[seen])) < TOGETHER * float(np.std(left[seen] + right[seen]))


def _fit(
    measure: Measure,
    kind: Kind,
    sense: int,
    series: list[FloatArray],
    shown: Demonstration,
    reps: int | None,
) -> Motion | None:
    """The movement in one or two series; None when there is none that stands out."""
    if min(np.isfinite(values).mean() for values in series) < SEEN:
        return None
    rests = [0.0 if kind == "mirror" else shown.start(values) for values in series]
    ways = [sense * (values - rest) for values, rest in zip(series, rests, strict=True)]
    low, high = _two_levels(np.concatenate(ways))
    low = 0.0 if kind == "mirror" else low
    unsure = uncertainty(measure, shown.view)
    if high - low < unsure or abs(low) > 0.5 * (high - low):
        return None
    rest = statistics.fmean(rests) + sense * low
    if measure.neutral and abs(rest) > max(2 * unsure, 0.5 * (high - low)):
        return None  # this is no posture in which the person's own rest is what the measure means by it
    sides: Sequence[Side | None] = SIDES if len(ways) == 2 else (None,)
    for _ in range(2):
        attempts = [
            one for way, side in zip(ways, sides, strict=True) for one in excursions(shown.t_s, way, low, high, side)
        ]
        whole = [one.share for one in attempts if one.share >= LOWEST]
        if not whole:
            return None
        high = low + (high - low) * statistics.median(whole)
    attempts.sort(key=lambda one: one.start_s)
    enter = where_targets_begin(attempts, reps)
    done = tuple(one for one in attempts if one.share > enter)
    if not done or (kind in ("each", "mirror") and _at_once(done)):
        return None
    back = min(BACK, enter - measure.margin / (high - low) - 0.02)
    if back < NEAREST:
        return None  # rest and target would be less apart than the measure wobbles
    return Motion(measure, kind, sense, rest, high - low, enter, back, done, (high - low) / unsure)


def _two_levels(values: FloatArray) -> tuple[float, float]:
    """The two values between which a series goes to and fro, from its start: the means of its lower and upper part."""
    seen = values[np.isfinite(values)]
    low, high = (float(value) for value in np.percentile(seen, [2, 98]))
    if low < -BOTH_WAYS * high:  # what lies beyond the start is no rest, such as a chin that is dropped and then lifted
        seen, low = np.maximum(seen, 0.0), 0.0
    for _ in range(20):
        upper = seen > (low + high) / 2
        if upper.all() or not upper.any():
            break
        low, high = float(seen[~upper].mean()), float(seen[upper].mean())
    return low, high


def _at_once(excursions: Sequence[Excursion]) -> bool:
    """Whether the sides mostly move together, so that they are no sides."""
    left = [one for one in excursions if one.side == "left"]
    right = [one for one in excursions if one.side == "right"]
    together = sum(any(shared(one, other) for other in right) for one in left)
    return 2 * together > 0.3 * len(excursions)
