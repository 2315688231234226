"""How often a measure goes to a target and back, and which of these times it turned back before it arrived."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from poise.core.body import Side
from poise.core.steps import DWELL_S
from poise.core.types import FloatArray

SET_OUT = 0.35  # share of the way from rest to the target at which a movement has set out
BACK = 0.3  # and at which it is back
LOWEST, USUAL, HIGHEST = 0.45, 0.52, 0.75  # of the way: where the target may begin; half-way, so that others count too
HALF_DONE = 0.68  # of the usual way: somebody who turns back here, far from all other times, has not arrived
APART = 0.1  # of the way, at least, between that and the shortest of the others
FULL = 0.8  # of the usual way: surely a repetition
HELD_S = 1.4  # staying near the target for longer is a hold; an unhurried turning point is shorter
STAYED = 0.7  # of the usual hold: who stays so long has done it, if badly
ASIDE = 0.25  # of the gap between an attempt and a repetition, that a threshold keeps from either


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


def excursions(t_s: FloatArray, way: FloatArray, low: float, high: float, side: Side | None) -> list[Excursion]:
    """Every time that a series goes away from its low level and comes back."""
    out, back = low + SET_OUT * (high - low), low + BACK * (high - low)
    found: list[Excursion] = []
    going: list[tuple[float, float]] = []
    for now_s, value in zip(t_s.tolist(), way.tolist(), strict=True):
        if value > out or (going and not value < back):
            if value == value:
                going.append((now_s, value))
        elif going:
            if going[-1][0] - going[0][0] >= DWELL_S:
                peak = max(value for _, value in going)
                near = [t for t, value in going if value >= low + 0.8 * (peak - low)]
                share = (peak - low) / (high - low)
                found.append(Excursion(going[0][0], now_s, share, near[-1] - near[0], side))
            going = []
    return found


def where_targets_begin(tried: Sequence[Excursion], reps: int | None) -> float:
    """About half-way: in the gap below as many repetitions as were told, or above those that turned back."""
    gaps = list(pairwise([*sorted((one.share for one in tried), reverse=True), 0.0]))
    if reps is not None and 0 < reps <= len(gaps):
        upper, lower = gaps[reps - 1]
        cut = between(lower, upper)
        if lower < cut < upper:
            return cut
    stays = [one.still_s for one in tried if one.share >= FULL]
    usual_s = statistics.median(stays) if stays else 0.0
    done = min((one.share for one in tried if usual_s >= HELD_S and one.still_s >= STAYED * usual_s), default=HALF_DONE)
    upper, lower = next(
        (upper, lower)
        for upper, lower in gaps
        if lower < LOWEST or (lower < min(done, HALF_DONE) and upper - lower >= APART)
    )
    return between(lower, upper)


def between(lower: float, upper: float) -> float:
    """As near to the usual as a gap allows: somebody else's repetitions and attempts are not where these are."""
    aside = ASIDE * (upper - lower)
    return min(max(min(max(USUAL, lower + aside), upper - aside), LOWEST), HIGHEST)


def shared(one: Excursion, other: Excursion) -> bool:
    """Whether two are mostly at the same time."""
    shorter_s = min(one.end_s - one.start_s, other.end_s - other.start_s)
    return min(one.end_s, other.end_s) - max(one.start_s, other.start_s) > 0.5 * shorter_s
