"""Whether a session shows what a sidecar says that its clip shows."""

from __future__ import annotations

from collections.abc import Iterator

from poise.core.author.sidecar import Expect
from poise.core.faults import HOLD_SHORT
from poise.core.session import Repetition, Session


def differences(session: Session, expect: Expect) -> list[str]:
    """Each thing that is not as expected, in one line; empty when all is."""
    return [
        *_reps(session, expect),
        *_holds(session, expect),
        *_faults(session, expect),
        *_near_misses(session, expect),
        *_times(session, expect),
    ]


def _reps(session: Session, expect: Expect) -> Iterator[str]:
    reps, found = expect.reps, session.reps
    if reps is None:
        return
    if reps.total is not None:
        if found.total != reps.total:
            yield f"expected {reps.total} repetitions, found {found.total}"
    elif (found.left, found.right) != (reps.left, reps.right):
        yield f"expected {reps.left} left and {reps.right} right, found {found.left} left and {found.right} right"


def _holds(session: Session, expect: Expect) -> Iterator[str]:
    """Every held step of every repetition, but where the hold is meant to be cut short."""
    if expect.holds is None:
        return
    short = [] if expect.faults == "any" else expect.faults.get(HOLD_SHORT, [])
    for rep in session.repetitions:
        for seconds in held_steps(session, rep) if rep.n not in short else ():
            if abs(seconds - expect.holds.seconds) > expect.holds.within:
                yield f"repetition {rep.n}: expected a hold of {expect.holds.seconds:g} s, found {seconds:.2f} s"


def held_steps(session: Session, rep: Repetition) -> list[float]:
    """Seconds held in each held step of a repetition; the whole where no hold was recorded by itself."""
    steps: dict[str, float] = {}
    for hold in session.holds:
        if hold.side == rep.side and rep.start_s <= hold.start_s < rep.end_s:
            steps[hold.step] = steps.get(hold.step, 0.0) + hold.held_s
    return list(steps.values()) or [rep.held_s]


def _faults(session: Session, expect: Expect) -> Iterator[str]:
    if expect.faults == "any":
        return
    found: dict[str, set[int]] = {}
    for fault in session.faults:
        if fault.repetition is not None:
            found.setdefault(fault.id, set()).add(fault.repetition)
    for name in sorted(expect.faults.keys() | found.keys()):
        wanted, seen = set(expect.faults.get(name, [])), found.get(name, set())
        if wanted - seen:
            yield f"fault {name} expected in repetition {_listed(wanted - seen)}, not found there"
        if surplus := seen - wanted - set(expect.may.get(name, [])):
            yield f"fault {name} found in repetition {_listed(surplus)}, not expected there"


def _listed(numbers: set[int]) -> str:
    return ", ".join(str(number) for number in sorted(numbers))


def _near_misses(session: Session, expect: Expect) -> Iterator[str]:
    found = len(session.near_misses)
    if expect.near_misses is not None and found != expect.near_misses:
        yield f"expected {expect.near_misses} near misses, found {found}"


def _times(session: Session, expect: Expect) -> Iterator[str]:
    if expect.at is None or len(expect.at) != len(session.repetitions):
        return
    for rep, (start_s, end_s) in zip(_in_order(session), expect.at, strict=True):
        for what, wanted, found in (("start", start_s, rep.start_s), ("end", end_s, rep.end_s)):
            if abs(wanted - found) > expect.at_within:
                yield f"repetition {rep.n}: expected its {what} at {wanted:.1f} s, found {found:.2f} s"


def _in_order(session: Session) -> list[Repetition]:
    return sorted(session.repetitions, key=lambda rep: rep.start_s)
