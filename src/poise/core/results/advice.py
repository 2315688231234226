"""What to work on, in words: the few things that would make the movement better, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from poise.core.faults import HELD_ENOUGH, HOLD_SHORT
from poise.core.peaks import measure_of_peak
from poise.core.results.review import Review, movements, sign, words_of
from poise.core.session import FaultRecord, NearMiss, Session
from poise.core.spec import Severity, Spec

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


def advise(session: Session, found: Review, spec: Spec | None = None) -> list[Advice]:
    """What to work on; empty when there is nothing to say.

    Args:
        session: The result.
        found: Its review.
        spec: The exercise, where it is known.
    """
    return [*_faults(session), *_near_misses(session, spec), *_balance(found), *_tempo(found)]


def praise(session: Session, found: Review) -> list[str]:
    """What went well; empty without a repetition."""
    reps = movements(session)
    clean = sum(not rep.faults for rep in reps)
    said = []
    if clean:
        said.append(f"{clean} of {len(reps)} repetitions without a fault")
    if found.held and found.hold_target_s and found.held.low >= HELD_ENOUGH * found.hold_target_s:
        said.append(f"every hold lasted: {found.held.low:.1f} s and more of {found.hold_target_s:g} s")
    if found.tempo and found.tempo.words == "steady":
        said.append(f"a steady pace: {found.tempo.spread.low:.1f} to {found.tempo.spread.high:.1f} s each")
    far = [pair for pair in found.balance if pair.farther]
    if far and all(pair.clear is False for pair in far):
        said.append("left and right went equally far, as far as the camera can tell")
    return said


def listed(numbers: Iterable[int]) -> str:
    """ "1, 2 and 5"."""
    *most, last = [str(number) for number in sorted(set(numbers))]
    return f"{', '.join(most)} and {last}" if most else last


def by_urgency(faults: Iterable[FaultRecord]) -> list[list[FaultRecord]]:
    """The same corrections together, the most urgent and then the most frequent first; short holds are one of them."""
    groups: dict[str, list[FaultRecord]] = {}
    for fault in faults:
        groups.setdefault(HOLD_SHORT if fault.id == HOLD_SHORT else fault.say, []).append(fault)
    return sorted(groups.values(), key=lambda group: (URGENCY[group[0].severity], -len(group)))


def _faults(session: Session) -> Iterable[Advice]:
    for faults in by_urgency(session.faults):
        text = faults[0].say if faults[0].id != HOLD_SHORT or len(faults) == 1 else "Hold longer"
        yield Advice(text, _where(faults, len(movements(session))), tuple(fault.t_s for fault in faults))


def _where(faults: list[FaultRecord], of: int) -> str:
    numbers = {fault.repetition for fault in faults if fault.repetition is not None}
    parts = []
    if numbers:
        whole = f" of {of}" if max(numbers) <= of else ""  # numbered over both sides, and one of them is left out
        parts.append(f"repetition{'s' * (len(numbers) > 1)} {listed(numbers)}{whole}")
    uncounted = sum(fault.repetition is None for fault in faults)
    if uncounted:
        parts.append(f"{uncounted} attempt{'s' * (uncounted > 1)} that did not count")
    return ", and ".join(parts)


def _near_misses(session: Session, spec: Spec | None) -> Iterable[Advice]:
    groups: dict[tuple[str, str | None], list[NearMiss]] = {}
    for miss in session.near_misses:
        groups.setdefault((miss.measure, miss.side), []).append(miss)
    for (measure, side), misses in groups.items():
        unit = sign(measure_of_peak(measure, spec))
        shortest, longest = (f"{pick(miss.short_by for miss in misses):.0f}" for pick in (min, max))
        short = f"{shortest}{unit}" if shortest == longest else f"{shortest} to {longest}{unit}"
        whose = f" on the {side}" if side else ""
        many = f"{len(misses)} attempts" if len(misses) > 1 else "1 attempt"
        text = f"Go a little further{whose} ({words_of(measure)})"
        yield Advice(text, f"{many} turned back {short} short", tuple(miss.t_s for miss in misses))


def _balance(found: Review) -> Iterable[Advice]:
    for pair in found.balance:
        if pair.clear and pair.farther and pair.difference is not None:
            less, more = ("left", "right") if pair.difference * pair.farther > 0 else ("right", "left")
            why = f"{abs(pair.difference):.0f}{pair.unit} apart; from {pair.tells:.0f}{pair.unit} on that is clear"
            yield Advice(f"Bring the {less} side as far as the {more} ({pair.what})", why)


def _tempo(found: Review) -> Iterable[Advice]:
    if found.tempo and found.tempo.words == "uneven":
        spread = found.tempo.spread
        yield Advice("Keep an even pace", f"repetitions took {spread.low:.1f} to {spread.high:.1f} s")
