"""Why something did or did not count: which condition, how far off, and what was waited for, in words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from poise.core.body import Side
from poise.core.explain.evidence import Check, Strip, fault_evidence, longest, step_evidence
from poise.core.explain.witness import Attempt, Judged, Stand
from poise.core.framing import READY_S
from poise.core.session import Repetition
from poise.core.steps import ATTEMPT, DWELL_S, HOLD_DWELL_S
from poise.core.words import ENGLISH

HARDLY = 0.05  # of the way: less is no attempt
NEAR_S = 1.5  # an attempt that ended so shortly before, or began so shortly after, is the one that is meant

Verdict = Literal["counted", "not counted", "at rest", "not judged"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a moment counted or not.

    Attributes:
        t_s: The moment that was asked about.
        verdict: In short.
        headline: In one sentence.
        from_s, to_s: The movement that is meant.
        checks: The conditions that decided.
        faults: What was watched for meanwhile.
        remarks: What else matters.
        strips: The deciding measures, to be drawn.
    """

    t_s: float
    verdict: Verdict
    headline: str
    from_s: float
    to_s: float
    checks: tuple[Check, ...] = ()
    faults: tuple[Check, ...] = ()
    remarks: tuple[str, ...] = ()
    strips: tuple[Strip, ...] = ()


def explain(told: Judged, t_s: float, side: Side | None = None) -> Explanation:
    """Why the movement at a moment counted or not.

    Args:
        told: What was judged.
        t_s: The moment.
        side: The side that is meant; the one that came nearest when None.

    Raises:
        ValueError: There is no such moment or side.
    """
    if not told.times_s or not told.times_s[0] - 1.0 <= t_s <= told.times_s[-1] + 1.0:
        raise ValueError(f"the clip has no moment at {t_s:g} s")
    if side is not None and side not in told.stands:
        raise ValueError(f"the sides of {told.spec.id} work together")
    rep = next((rep for rep in told.session.repetitions
                if rep.start_s <= t_s <= rep.end_s and side in (None, rep.side)), None)  # fmt: skip
    if rep:
        return _counted(told, t_s, rep)
    i = told.at(t_s)
    if told.blocked[i] is not None:
        return _not_judged(told, t_s, i)
    attempt = _attempt_near(told, t_s, side)
    return _not_counted(told, t_s, attempt) if attempt else _at_rest(told, t_s, i, side)


def uncounted(told: Judged) -> list[Attempt]:
    """Every attempt that was no repetition, in order of time; what the other side's repetition moved along is none."""
    found = [attempt for side in told.stands for attempt in told.attempts[side] if _by_itself(told, attempt, side)]
    return sorted(found, key=lambda attempt: attempt.first)


def _by_itself(told: Judged, attempt: Attempt, side: Side | None) -> bool:
    """Whether an attempt is not (part of) a repetition: of this side, or of the other one that moves it along."""
    from_s, to_s = told.times_s[attempt.first], told.times_s[attempt.last]
    for rep in told.session.repetitions:
        shared_s = min(to_s, rep.end_s) - max(from_s, rep.start_s)
        if shared_s > 0.5 * min(to_s - from_s, rep.end_s - rep.start_s) and (rep.side == side or shared_s > 0):
            return False
    return not attempt.share <= HARDLY  # an unknown share is one, too


def _attempt_near(told: Judged, t_s: float, side: Side | None) -> Attempt | None:
    near = [
        attempt
        for attempt in uncounted(told)
        if told.times_s[attempt.first] - NEAR_S <= t_s <= told.times_s[attempt.last] + NEAR_S
        and side in (None, attempt.side)
    ]
    inside = [one for one in near if told.times_s[one.first] <= t_s <= told.times_s[one.last]]
    return max(inside or near, key=lambda one: (one.reached, one.share == one.share and one.share), default=None)


def _counted(told: Judged, t_s: float, rep: Repetition) -> Explanation:
    moments = range(told.at(rep.start_s), told.at(rep.end_s) + 1)
    whose = f" ({rep.side})" if rep.side else ""
    checks, strips = _all_steps(told, rep.side, moments)
    return Explanation(
        t_s,
        "counted",
        f"Counted: repetition {rep.n}{whose}, {rep.start_s:.1f} to {rep.end_s:.1f} s.",
        rep.start_s,
        rep.end_s,
        checks=checks,
        faults=tuple(fault_evidence(told, rep.side, moments)),
        remarks=(f"held {rep.held_s:.1f} s",) if rep.held_s else (),
        strips=strips,
    )


def _all_steps(told: Judged, side: Side | None, moments: Sequence[int]) -> tuple[tuple[Check, ...], tuple[Strip, ...]]:
    """The conditions of every step that is a way to go."""
    count = len(told.steps[side])
    found = [step_evidence(told, side, k, moments) for k in range(1 if count > 1 else 0, count)]
    return tuple(one for checks, _ in found for one in checks), tuple(one for _, strips in found for one in strips)


def _not_counted(told: Judged, t_s: float, attempt: Attempt) -> Explanation:
    side, stands = attempt.side, told.stands[attempt.side]
    during = range(attempt.first, attempt.last + 1)
    following = (attempt.reached + 1) % len(told.steps[side])
    if _whole(told, attempt):
        end = f"was whole, but over before the person had been seen for {READY_S:g} s"
        checks, strips = _all_steps(told, side, during)
        remarks: list[str] = []
    else:
        end = f"did not reach {_step(told, following, side)}"
        checks, strips = step_evidence(told, side, following, [i for i in during if stands[i].index == attempt.reached])
        remarks = list(_why_not(told, attempt, checks))
    from_s, to_s = told.times_s[attempt.first], told.times_s[attempt.last]
    whose = f" on the {side}" if side else ""
    return Explanation(
        t_s,
        "not counted",
        f"Not counted: the attempt{whose} from {from_s:.1f} to {to_s:.1f} s {end}.",
        from_s,
        to_s,
        checks=checks,
        faults=tuple(fault_evidence(told, side, during)),
        remarks=tuple(remarks),
        strips=strips,
    )


def _whole(told: Judged, attempt: Attempt) -> bool:
    """Whether every step was reached, and the first one again."""
    stands = told.stands[attempt.side]
    after = stands[attempt.last + 1].index if attempt.last + 1 < len(stands) else -1
    return attempt.reached == len(told.steps[attempt.side]) - 1 and after == 0


def _why_not(told: Judged, attempt: Attempt, checks: Sequence[Check]) -> Iterable[str]:
    steps = told.steps[attempt.side]
    following = (attempt.reached + 1) % len(steps)
    from_s, to_s = told.times_s[attempt.first], told.times_s[attempt.last]
    if all(check.met for check in checks):
        needed = HOLD_DWELL_S if steps[following].hold_s else DWELL_S
        stands = told.stands[attempt.side]
        moments = range(attempt.first, attempt.last + 1)
        together = longest(told, [i for i in moments if all(one.gap == 0 for one in stands[i].steps[following])])
        yield f"all was met at some time, but together for {together:.2f} s only; it takes {needed:g} s"
    misses = [one for one in told.session.near_misses if from_s <= one.t_s <= to_s + 0.5 and one.side == attempt.side]
    for miss in misses:
        yield f"told as a near miss at {miss.t_s:.1f} s"
    if attempt.share < ATTEMPT and not misses:
        yield f"it went {attempt.share:.0%} of the way; from {ATTEMPT:.0%} on it would be told as a near miss"
    if attempt.last == len(told.times_s) - 1:
        yield "the clip ends before the movement does"
    for framing in told.session.framing:
        if framing.t_s < to_s and framing.until_s > from_s:
            yield f"{framing.t_s:.1f} to {framing.until_s:.1f} s: {framing.say}"


def _at_rest(told: Judged, t_s: float, i: int, side: Side | None) -> Explanation:
    side = side if side in told.stands else min(told.stands, key=lambda one: _gap(told.stands[one][i], told, one))
    stand, steps = told.stands[side][i], told.steps[side]
    following = (stand.index + 1) % len(steps)
    checks, strips = step_evidence(told, side, following, [i])
    where = f"at rest in {_step(told, stand.index, side)}" if stand.index >= 0 else "the beginning was not reached yet"
    return Explanation(
        t_s,
        "at rest",
        f"Nothing was under way: {where}, waiting for {_step(told, following, side)}.",
        t_s,
        t_s,
        checks=checks,
        strips=strips,
    )


def _gap(stand: Stand, told: Judged, side: Side | None) -> float:
    gap = stand.steps[(stand.index + 1) % len(told.steps[side])][0].gap
    return gap if gap == gap else math.inf


def _not_judged(told: Judged, t_s: float, i: int) -> Explanation:
    told_of = next((one for one in told.session.framing if one.t_s <= t_s <= one.until_s), None)
    say = told_of.say if told_of else "nobody had been seen as the exercise needs it yet"
    from_s, to_s = (told_of.t_s, told_of.until_s) if told_of else (t_s, t_s)
    return Explanation(t_s, "not judged", f"Nothing could be judged here: {say}.", from_s, to_s,
                       remarks=(f"what was wrong: {told.blocked[i]}",))  # fmt: skip


def _step(told: Judged, index: int, side: Side | None) -> str:
    return f'step {index + 1}, "{ENGLISH.with_side(told.spec.steps[index].say, side)}"'
