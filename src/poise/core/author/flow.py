"""Movements of three positions: out to one end, across, and back from the other, such as a roll of the neck.

One measure goes to both of its ends in each repetition, one after the other, and another one tells that it was not at
rest in between. Such a flow has a direction, which two positions cannot say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from poise.core.author.attempts import Excursion
from poise.core.author.motion import Motion

MOSTLY = 0.7  # of the repetitions: so many must go across in the same way
ABOUT_S = 0.4  # before and after the crossing, that an end may be left or reached
ALIKE = 0.5  # of the farther end, at which the nearer one must lie
SURE = 2.0  # times its uncertainty that both ends must lie away from rest


@dataclass(frozen=True, slots=True)
class Flow:
    """A movement from one end of a measure across to the other.

    Attributes:
        cover: The measure that is away from rest while it goes across.
        first, last: The two ends, which are the same where one number has the side for its sign.
        repetitions: Each time, from setting out to being back; the side is the one that it sets out to.
        still_s: How long it usually stays at the first end.
    """

    cover: Motion
    first: Motion
    last: Motion
    repetitions: tuple[Excursion, ...]
    still_s: float


def flow(found: Sequence[Motion], reps: int | None = None) -> Flow | None:
    """The flow that a demonstration shows, or None.

    Args:
        found: The measures that show the movement, the best first.
        reps: How many repetitions it has, where the author says so.
    """
    often = len(found[0].excursions) if found else 0
    for cover in found:
        if cover.kind in ("one", "both") and cover.signal >= SURE and len(cover.excursions) > 1:
            for first, last in _ends(found, cover):
                made = _across(cover, first, last, told=reps is not None)
                if made and (len(made.repetitions) == reps if reps else len(made.repetitions) >= MOSTLY * often):
                    return made
    return None


def _ends(found: Sequence[Motion], cover: Motion) -> Iterator[tuple[Motion, Motion]]:
    sure = [one for one in found if one.signal >= SURE and one.measure is not cover.measure]
    for one in sure:
        if one.kind == "mirror":
            yield one, one
        yield from (
            (one, other)
            for other in sure
            if other.measure is one.measure
            and other.kind == one.kind != "each"
            and other.sense == -one.sense
            and other.reach > ALIKE * one.reach > ALIKE**2 * other.reach
        )


def _across(cover: Motion, first: Motion, last: Motion, told: bool) -> Flow | None:
    """Each time that the cover is away: from which end to which, if most go the same way.

    One that goes to one end only has turned back half-way. Where the number is not told, that is believed of sides
    only; of other measures it may as well be a repetition that is done badly.
    """
    pairs = [pair for one in cover.excursions if (pair := _pair(one, first, last))]
    if len(pairs) < max(2, MOSTLY * len(cover.excursions)):
        return None
    others = [one for one in cover.excursions if not _pair(one, first, last)]
    if first is not last and not told and not all(_pair(one, last, first) for one in others):
        return None
    stills = sorted(out.still_s for out, _ in pairs)
    whole = [Excursion(out.start_s, back.end_s, 1.0, out.still_s, out.side) for out, back in pairs]
    return Flow(cover, first, last, tuple(whole), stills[len(stills) // 2])


def _pair(middle: Excursion, first: Motion, last: Motion) -> tuple[Excursion, Excursion] | None:
    """The two ends before and after a crossing; None when they are not two different ones."""
    half_s = (middle.start_s + middle.end_s) / 2
    before = [one for one in first.excursions if one.start_s < half_s and one.end_s > middle.start_s - ABOUT_S]
    after = [one for one in last.excursions if one.end_s > half_s and one.start_s < middle.end_s + ABOUT_S]
    if not before or not after:
        return None
    out, back = before[-1], after[0]
    return (out, back) if back.start_s > out.start_s and (first is not last or out.side != back.side) else None
