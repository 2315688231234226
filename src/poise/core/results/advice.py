"""What to work on, in words: the few things that would make the movement better, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from poise.core.faults import HELD_ENOUGH, HOLD_SHORT
from poise.core.peaks import measure_of_peak
from poise.core.results.review import Review, movements, sign, words_of
from poise.core.results.spread import Spread
from poise.core.session import FaultRecord, NearMiss, Session
from poise.core.spec import Severity, Spec
from poise.core.words import ENGLISH, Words

WORDS = {
    "left": "Go a little further on the left ({measure})",
    "right": "Go a little further on the right ({measure})",
    "left lags": "Bring the left side as far as the right ({what})",
    "right lags": "Bring the right side as far as the left ({what})",
}
MOST_LISTED = 20  # numbers that anybody reads
URGENCY: dict[Severity, int] = {"stop": 0, "fix": 1, "tip": 2}


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to work on.

    Attributes:
        text: What to do.
        why: How often, where.
        times_s: When it was seen.
    """

    text: str
    why: str
    times_s: tuple[float, ...] = ()


def advise(session: Session, found: Review, spec: Spec | None = None, words: Words = ENGLISH) -> list[Advice]:
    """What to work on; empty when there is nothing to say.

    Args:
        session: The result.
        found: Its review.
        spec: The exercise, where it is known.
        words: The reader's language.
    """
    return [
        *_faults(session, words),
        *_near_misses(session, spec, words),
        *_balance(found, words),
        *_tempo(found, words),
    ]


def praise(session: Session, found: Review, words: Words = ENGLISH) -> list[str]:
    """What went well; empty without a repetition."""
    reps = movements(session)
    clean = sum(not rep.faults for rep in reps)
    said = []
    if clean:
        said.append(words("{n} of {of} repetitions without a fault", n=clean, of=len(reps)))
    if found.held and found.hold_target_s and found.held.low >= HELD_ENOUGH * found.hold_target_s:
        least, target = f"{found.held.low:.1f}", f"{found.hold_target_s:g}"
        said.append(words("every hold lasted: {least} s and more of {target} s", least=least, target=target))
    if found.tempo and found.tempo.words == "steady":
        said.append(words("a steady pace: {low} to {high} s each", **_ends(found.tempo.spread)))
    far = [pair for pair in found.balance if pair.farther]
    if far and all(pair.clear is False for pair in far):
        said.append(words("left and right went equally far, as far as the camera can tell"))
    return said


def listed(numbers: Iterable[int], words: Words = ENGLISH) -> str:
    """ "1, 2 and 5"."""
    *most, last = [str(number) for number in sorted(set(numbers))]
    return f"{', '.join(most)}{words(' and ')}{last}" if most else last


def by_urgency(faults: Iterable[FaultRecord]) -> list[list[FaultRecord]]:
    """The same corrections together, the most urgent and then the most frequent first; short holds are one of them."""
    groups: dict[str, list[FaultRecord]] = {}
    for fault in faults:
        groups.setdefault(HOLD_SHORT if fault.id == HOLD_SHORT else fault.say, []).append(fault)
    return sorted(groups.values(), key=lambda group: (URGENCY[group[0].severity], -len(group)))


def _ends(spread: Spread) -> dict[str, str]:
    return {"low": f"{spread.low:.1f}", "high": f"{spread.high:.1f}"}


def _faults(session: Session, words: Words) -> Iterable[Advice]:
    for faults in by_urgency(session.faults):
        text = faults[0].say if faults[0].id != HOLD_SHORT or len(faults) == 1 else words("Hold longer")
        yield Advice(text, _where(faults, len(movements(session)), words), tuple(fault.t_s for fault in faults))


def _where(faults: list[FaultRecord], of: int, words: Words) -> str:
    numbers = {fault.repetition for fault in faults if fault.repetition is not None}
    parts = []
    if numbers:
        which = listed(numbers, words)
        said = words("repetitions {numbers}", numbers=which) if len(numbers) > 1 else words("repetition {n}", n=which)
        if len(numbers) > MOST_LISTED:
            said = words("{n} repetitions", n=len(numbers))
        # Numbered over both sides, of which one may be left out.
        parts.append(words("{those} of {of}", those=said, of=of) if max(numbers) <= of else said)
    uncounted = sum(fault.repetition is None for fault in faults)
    if uncounted:
        parts.append(words.counted(uncounted, "1 attempt that did not count", "{n} attempts that did not count"))
    return words(", and ").join(parts)


def _near_misses(session: Session, spec: Spec | None, words: Words) -> Iterable[Advice]:
    groups: dict[tuple[str, str | None], list[NearMiss]] = {}
    for miss in session.near_misses:
        groups.setdefault((miss.measure, miss.side), []).append(miss)
    for (measure, side), misses in groups.items():
        unit = sign(measure_of_peak(measure, spec))
        shortest, longest = (f"{pick(miss.short_by for miss in misses):.0f}" for pick in (min, max))
        alike = shortest == longest
        short = f"{shortest}{unit}" if alike else words("{low} to {high}", low=shortest, high=f"{longest}{unit}")
        what = words_of(measure, words)
        text = words("Go a little further ({measure})", measure=what)
        if side:
            text = words(WORDS[side], measure=what)
        why = words("1 attempt turned back {short} short", short=short)
        if len(misses) > 1:
            why = words("{n} attempts turned back {short} short", n=len(misses), short=short)
        yield Advice(text, why, tuple(miss.t_s for miss in misses))


def _balance(found: Review, words: Words) -> Iterable[Advice]:
    for pair in found.balance:
        if pair.clear and pair.farther and pair.difference is not None:
            apart, clear = (f"{abs(value or 0.0):.0f}{pair.unit}" for value in (pair.difference, pair.tells))
            why = words("{apart} apart; from {clear} on that is clear", apart=apart, clear=clear)
            less = "left lags" if pair.difference * pair.farther > 0 else "right lags"
            yield Advice(words(WORDS[less], what=pair.what), why)


def _tempo(found: Review, words: Words) -> Iterable[Advice]:
    if found.tempo and found.tempo.words == "uneven":
        why = words("repetitions took {low} to {high} s", **_ends(found.tempo.spread))
        yield Advice(words("Keep an even pace"), why)
