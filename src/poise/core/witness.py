"""Remembers of every moment what the coach judged by, so that any of them can be explained afterwards."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from poise.core.body import Side
from poise.core.coach import Coach, measures_of
from poise.core.compiled import CompiledFault, CompiledStep
from poise.core.conditions import Target
from poise.core.reading import Reading
from poise.core.session import Session, SessionLog
from poise.core.spec import Spec
from poise.core.types import Pose


@dataclass(frozen=True, slots=True)
class Seen:
    """One condition at one moment.

    Attributes:
        value: The measure, NaN where it could not be seen.
        gap: How far it was from being met; 0 when met, NaN where nobody knows.
    """

    value: float
    gap: float


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one side stood at one moment.

    Attributes:
        index: The last step that was reached, -1 before the first.
        moving: Whether a movement was under way.
        progress: Share of the way from rest to the next step, 0 to 1.
        steps: Every condition of every step.
        faults: Every condition of every fault.
    """

    index: int
    moving: bool
    progress: float
    steps: tuple[tuple[Seen, ...], ...]
    faults: tuple[tuple[Seen, ...], ...]


@dataclass(frozen=True, slots=True)
class Attempt:
    """A time in which one side was away from its first step.

    Attributes:
        first, last: Numbers of its first and last moment.
        reached: The farthest step that was reached.
        share: How much of the way from rest to the second step was gone, 0 to 1; NaN where nobody saw.
    """

    side: Side | None
    first: int
    last: int
    reached: int
    share: float


@dataclass(frozen=True, slots=True)
class Judged:
    """Everything that was judged in a session.

    Attributes:
        spec: The exercise.
        session: The result.
        times_s: Of each moment.
        blocked: For each moment, why nobody could be judged, or None.
        stands: By side, where it stood at each moment.
        steps: By side, the steps as this person is asked for them.
        faults: The faults that are watched for.
    """

    spec: Spec
    session: Session
    times_s: list[float]
    blocked: list[str | None]
    stands: dict[Side | None, list[Stand]]
    steps: dict[Side | None, tuple[CompiledStep, ...]]
    faults: tuple[CompiledFault, ...]

    def at(self, t_s: float) -> int:
        """The number of the moment nearest to a time."""
        after = min(bisect_left(self.times_s, t_s), len(self.times_s) - 1)
        before = max(0, after - 1)
        return before if t_s - self.times_s[before] < self.times_s[after] - t_s else after

    def attempts(self, side: Side | None) -> Iterator[Attempt]:
        """Every time in which a side was away from its first step, in order."""
        first: int | None = None
        for i, stand in enumerate([*self.stands[side], None]):
            moving = stand is not None and stand.moving
            if moving and first is None:
                first = i
            elif not moving and first is not None:
                yield self._attempt(side, first, i - 1)
                first = None

    def _attempt(self, side: Side | None, first: int, last: int) -> Attempt:
        stands = self.stands[side][first : last + 1]
        reached = max(stand.index for stand in stands)
        seen = any(
            stand.steps[1 % len(stand.steps)][0].gap == stand.steps[1 % len(stand.steps)][0].gap for stand in stands
        )
        share = 1.0 if reached > 0 else max(stand.progress for stand in stands) if seen else math.nan
        return Attempt(side, first, last, reached, share)


def witness(poses: Iterable[Pose], spec: Spec, session: Session) -> Judged:
    """Coach a sequence of poses, and remember what was judged.

    Args:
        poses: In order of time.
        spec: The exercise.
        session: What is known of the source.
    """
    coach, log = Coach(spec), SessionLog(session)
    faults = CompiledFault.compile_all(spec, measures_of(spec))
    stands: dict[Side | None, list[Stand]] = {walker.side: [] for walker in coach.walkers}
    times_s: list[float] = []
    blocked: list[str | None] = []
    for pose in poses:
        snapshot = coach.step(pose)
        log.add(snapshot)
        times_s.append(snapshot.t_s)
        blocked.append(snapshot.state.problem if snapshot.state.aim is None else None)
        for walker in coach.walkers:
            steps = tuple(_seen(step.position.targets, snapshot.reading, walker.side) for step in walker.steps)
            watched = tuple(_seen(fault.position.targets, snapshot.reading, walker.side) for fault in faults)
            stands[walker.side].append(
                Stand(walker.index, walker.moving, walker.progress(snapshot.reading), steps, watched)
            )
    last_s = times_s[-1] if times_s else 0.0
    log.take(coach.finish(last_s))
    steps_of = {walker.side: walker.steps for walker in coach.walkers}
    return Judged(spec, log.close(last_s), times_s, blocked, stands, steps_of, faults)


def _seen(targets: Iterable[Target], reading: Reading, side: Side | None) -> tuple[Seen, ...]:
    """Of two sides that are asked for, the one that decides."""
    seen = []
    for target in targets:
        decide = min if target.ref.whose == "either" else max
        value = decide(reading.values(target.ref, side), key=target.gap_at)
        seen.append(Seen(value, target.gap(reading, side)))
    return tuple(seen)
