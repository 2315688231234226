"""Remembers of every moment what the coach judged by, so that any of them can be explained afterwards."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from poise.core.body import Side
from poise.core.coach import Coach
from poise.core.compiled import CompiledFault, CompiledStep
from poise.core.conditions import Target
from poise.core.measures import measures_of
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


class Stands:
    """Where one side stood at every moment: numbers in rows, so that an hour takes some ten megabytes.

    Args:
        steps: How many conditions each step has.
        faults: How many conditions each fault has.
    """

    def __init__(self, steps: Sequence[int], faults: Sequence[int]) -> None:
        self._steps, self._faults = tuple(steps), tuple(faults)
        self._row = 2 * (sum(steps) + sum(faults))
        self._index = array("h")
        self._moving = bytearray()
        self._progress = array("d")
        self._seen = array("d")

    def append(self, stand: Stand) -> None:
        """Keep the next moment."""
        self._index.append(stand.index)
        self._moving.append(stand.moving)
        self._progress.append(stand.progress)
        for group in (*stand.steps, *stand.faults):
            for seen in group:
                self._seen.append(seen.value)
                self._seen.append(seen.gap)

    def __len__(self) -> int:
        return len(self._index)

    def __getitem__(self, i: int) -> Stand:
        numbers = iter(self._seen[i * self._row : (i + 1) * self._row])
        steps, faults = (
            tuple(tuple(Seen(next(numbers), next(numbers)) for _ in range(count)) for count in counts)
            for counts in (self._steps, self._faults)
        )
        return Stand(self._index[i], bool(self._moving[i]), self._progress[i], steps, faults)

    def away(self) -> Iterator[tuple[int, int]]:
        """The first and the last number of every run of moments in which a movement was under way."""
        for moving, run in groupby(range(len(self)), key=self._moving.__getitem__):
            first, *others = run
            if moving:
                yield first, (others or [first])[-1]

    def reached(self, first: int, last: int) -> int:
        """The farthest step that was reached in a run."""
        return max(self._index[first : last + 1])


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
        attempts: By side, every time in which it was away from its first step, in order.
        steps: By side, the steps as this person is asked for them.
        faults: The faults that are watched for.
    """

    spec: Spec
    session: Session
    times_s: list[float]
    blocked: list[str | None]
    stands: dict[Side | None, Stands]
    attempts: dict[Side | None, tuple[Attempt, ...]]
    steps: dict[Side | None, tuple[CompiledStep, ...]]
    faults: tuple[CompiledFault, ...]

    def at(self, t_s: float) -> int:
        """The number of the moment nearest to a time."""
        after = min(bisect_left(self.times_s, t_s), len(self.times_s) - 1)
        before = max(0, after - 1)
        return before if t_s - self.times_s[before] < self.times_s[after] - t_s else after


def _attempts(side: Side | None, stands: Stands) -> tuple[Attempt, ...]:
    return tuple(_attempt(side, stands, first, last) for first, last in stands.away())


def _attempt(side: Side | None, stands: Stands, first: int, last: int) -> Attempt:
    reached = stands.reached(first, last)
    if reached > 0:
        return Attempt(side, first, last, reached, 1.0)
    share, seen = 0.0, False
    for i in range(first, last + 1):
        stand = stands[i]
        gap = stand.steps[1 % len(stand.steps)][0].gap
        share, seen = max(share, stand.progress), seen or gap == gap
    return Attempt(side, first, last, reached, share if seen else math.nan)


def witness(poses: Iterable[Pose], spec: Spec, session: Session) -> Judged:
    """Coach a sequence of poses, and remember what was judged.

    Args:
        poses: In order of time.
        spec: The exercise.
        session: What is known of the source.
    """
    coach, log = Coach(spec), SessionLog(session)
    faults = CompiledFault.compile_all(spec, measures_of(spec))
    watched_for = [len(fault.position.targets) for fault in faults]
    stands = {
        walker.side: Stands([len(step.position.targets) for step in walker.steps], watched_for)
        for walker in coach.walkers
    }
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
    attempts = {side: _attempts(side, of_side) for side, of_side in stands.items()}
    return Judged(spec, log.close(last_s), times_s, blocked, stands, attempts, steps_of, faults)


def _seen(targets: Iterable[Target], reading: Reading, side: Side | None) -> tuple[Seen, ...]:
    """Of two sides that are asked for, the one that decides."""
    seen = []
    for target in targets:
        decide = min if target.ref.whose == "either" else max
        value = decide(reading.values(target.ref, side), key=target.gap_at)
        seen.append(Seen(value, target.gap(reading, side)))
    return tuple(seen)
