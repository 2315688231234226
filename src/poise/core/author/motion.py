"""Where the movement of a demonstration shows: each measure that goes away from rest and comes back, best first.

A measure tells a movement well when it goes much farther than its own error, when it goes equally far each time, and
when other measures say the same moments. None of this knows any exercise.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from poise.core.author.demonstration import MEASURES, SEEN, Demonstration
from poise.core.body import SIDES, Side
from poise.core.measures.catalogue import Measure
from poise.core.spec import View
from poise.core.steps import DWELL_S
from poise.core.types import FloatArray

Kind = Literal["one", "both", "each", "mirror"]

SET_OUT = 0.35  # share of the way from rest to the target at which a movement has set out
BACK = 0.3  # and at which it is back
NEAREST = 0.1  # to rest: nobody comes back to it more exactly
HALF_WAY = (0.58, 0.46)  # of the way: who turned back before has not arrived; or, where others say so, even before
LOWEST, USUAL, HIGHEST = 0.45, 0.52, 0.65  # of the way: where the target may begin; half-way, so that others count too
UNKNOWN_ERROR = 12.0  # of a measure whose error from this view was never measured
OTHER_PEOPLE = 8.0  # degrees or %: how far people differ in what is not taken from their own rest
TOGETHER = 0.6  # share of what both sides move, by which they may differ
VOTE = 4.0  # times: farther makes no other measure less right
ENOUGH = 8.0  # times its uncertainty: farther says nothing more
OFTEN = 0.65  # power of the number of repetitions: what comes again and again is the movement
ALONE = 0.3  # weight of a movement that is seen once only: it may be anything
AS_TOLD = 12.0  # weight of one that came as often as the author says
FAINT = 0.5  # worth of one repetition that a few measures hardly show
SIDED = 1.3  # weight of one that tells the sides apart
SURE_OF_SIDES = 2.5  # times its uncertainty that it must go for that
ASIDE = 0.25  # of the gap between an attempt and a repetition, that a threshold keeps from either
BOTH_WAYS = 0.5  # of its way: a measure that goes so far to the other side too, starts from its middle


@dataclass(frozen=True, slots=True)
class Excursion:
    """One way to the target and back.

    Attributes:
        start_s, end_s: From setting out to being back.
        share: How far it went, as a share of the usual.
        still_s: How long it stayed near its farthest.
        side: The working side, or None.
    """

    start_s: float
    end_s: float
    share: float
    still_s: float
    side: Side | None


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
    """All measures that show a movement in a demonstration, the one to judge it by first.

    Args:
        shown: The demonstration.
        reps: How many repetitions it has, where the author says so.
    """
    found = [motion for measure in MEASURES for motion in _motions_of(measure, shown, reps)]
    return sorted(found, key=lambda motion: -_worth(motion, found, reps))


def faint(found: Sequence[Motion]) -> bool:
    """Whether even the best of them is hardly a movement: seen once, by few measures, or hardly beyond its error."""
    return _worth(found[0], found, None) < FAINT


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
        together: list[tuple[Kind, list[FloatArray]]] = [("both", [_mean(left, right)])]
        ways = [*(together if _together(left, right) else []), ("each", [left, right])]
    for kind, series in ways:
        for sense in (1,) if kind == "mirror" else (1, -1):
            known: set[int] = set()
            for half_way in HALF_WAY:
                motion = _fit(measure, kind, sense, series, shown, reps, half_way)
                if motion and len(motion.excursions) not in known:
                    known.add(len(motion.excursions))
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


def _mean(left: FloatArray, right: FloatArray) -> FloatArray:
    """The mean of both sides, or the one that is seen."""
    return np.where(np.isnan(left), right, np.where(np.isnan(right), left, (left + right) / 2))


def _fit(
    measure: Measure,
    kind: Kind,
    sense: int,
    series: list[FloatArray],
    shown: Demonstration,
    reps: int | None,
    half_way: float,
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
            one for way, side in zip(ways, sides, strict=True) for one in _attempts(shown, way, low, high, side)
        ]
        whole = [one.share for one in attempts if one.share >= LOWEST]
        if not whole:
            return None
        high = low + (high - low) * statistics.median(whole)
    attempts.sort(key=lambda one: one.start_s)
    enter = _where_targets_begin([one.share for one in attempts], reps, half_way)
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


def _attempts(shown: Demonstration, way: FloatArray, low: float, high: float, side: Side | None) -> list[Excursion]:
    """Every time that a series goes away from its low level and comes back."""
    out, back = low + SET_OUT * (high - low), low + BACK * (high - low)
    found: list[Excursion] = []
    going: list[tuple[float, float]] = []
    for t_s, value in zip(shown.t_s.tolist(), way.tolist(), strict=True):
        if value > out or (going and not value < back):
            if value == value:
                going.append((t_s, value))
        elif going:
            if going[-1][0] - going[0][0] >= DWELL_S:
                peak = max(value for _, value in going)
                near = [t for t, value in going if value >= low + 0.8 * (peak - low)]
                share = (peak - low) / (high - low)
                found.append(Excursion(going[0][0], t_s, share, near[-1] - near[0], side))
            going = []
    return found


def _where_targets_begin(shares: list[float], reps: int | None, half_way: float = HALF_WAY[0]) -> float:
    """About half-way: in the gap below as many repetitions as were told, or in the one around half-way."""
    gaps = list(pairwise([*sorted(shares, reverse=True), 0.0]))
    if reps is not None and 0 < reps <= len(gaps):
        upper, lower = gaps[reps - 1]
        cut = _between(lower, upper)
        if lower < cut < upper:
            return cut
    upper, lower = next((upper, lower) for upper, lower in gaps if lower < half_way)
    return _between(lower, upper)


def _between(lower: float, upper: float) -> float:
    """As near to the usual as a gap allows: somebody else's repetitions and attempts are not where these are."""
    aside = ASIDE * (upper - lower)
    return min(max(min(max(USUAL, lower + aside), upper - aside), LOWEST), HIGHEST)


def _at_once(excursions: Sequence[Excursion]) -> bool:
    """Whether the sides mostly move together, so that they are no sides."""
    left = [one for one in excursions if one.side == "left"]
    right = [one for one in excursions if one.side == "right"]
    together = sum(any(_shared(one, other) for other in right) for one in left)
    return 2 * together > 0.3 * len(excursions)


def _shared(one: Excursion, other: Excursion) -> bool:
    shorter_s = min(one.end_s - one.start_s, other.end_s - other.start_s)
    return min(one.end_s, other.end_s) - max(one.start_s, other.start_s) > 0.5 * shorter_s


def agreement(motion: Motion, other: Motion) -> float:
    """Share of the moments that two measures say alike, 0 to 1; one that says two where the other says one is not."""
    pairs = [
        (i, k) for i, one in enumerate(motion.excursions) for k, two in enumerate(other.excursions) if _shared(one, two)
    ]
    ones, twos = Counter(i for i, _ in pairs), Counter(k for _, k in pairs)
    alike = sum(ones[i] == twos[k] == 1 for i, k in pairs)
    return alike / max(len(motion.excursions), len(other.excursions))


def _worth(motion: Motion, found: Sequence[Motion], reps: int | None) -> float:
    """How well a measure tells the movement: far beyond its error, equally far each time, and as others say it."""
    best: dict[str, tuple[float, float]] = {}  # of each other measure: its weight, and how much it agrees
    for other in found:
        if other.measure is not motion.measure:
            weight = min(other.signal, VOTE)
            before = best.get(other.measure.name, (0.0, 0.0))
            best[other.measure.name] = (max(before[0], weight), max(before[1], weight * agreement(motion, other)))
    agreed = (1.0 + sum(alike for _, alike in best.values())) / (1.0 + sum(weight for weight, _ in best.values()))
    uneven = statistics.pstdev([min(1.3, one.share) for one in motion.excursions])
    worth = math.sqrt(min(motion.signal, ENOUGH)) * agreed / (1.0 + uneven)
    worth *= len(motion.excursions) ** OFTEN if len(motion.excursions) > 1 else ALONE
    worth *= SIDED if motion.sided and motion.signal >= SURE_OF_SIDES else 1.0
    return worth * (AS_TOLD if len(motion.excursions) == reps else 1.0)
