"""Moments of a live session made from poses, and stores in which they are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from coaching import TILT
from figures import SITTING, Motion

from poise.core.coach import Coach, Snapshot
from poise.core.history.past import Past
from poise.core.live.moment import Hurt, Moment, PainTold, Phase
from poise.core.spec import Spec
from poise.core.types import Pose
from poise.io.store import Header, StoreRecorder, open_store, read_past

NOON = datetime(2025, 3, 10, 12, 0, tzinfo=UTC)


def header(started: datetime = NOON, routine: str | None = None) -> Header:
    """What is known of a session before it begins."""
    return Header(started, "camera 0", "full", "0.1", routine, {TILT.id: "ab" * 32})


def tilts(count: int = 2) -> list[Pose]:
    """Tilts to the left, held for six seconds each."""
    motion = Motion(SITTING).stay(2).times(count, lambda m: m.go(1, neck_tilt=35).stay(6).go(1, neck_tilt=0).stay(1))
    return motion.stay(2).poses(10)


@cache
def snapshots(count: int) -> tuple[Snapshot, ...]:
    """What a coach makes of so many tilts; made once, as nothing of it ever changes."""
    coach = Coach(TILT)
    return tuple(coach.step(pose) for pose in tilts(count))


def moments(
    count: int = 2, spec: Spec = TILT, *, number: int = 1, begin_s: float = 0.0, phase: Phase = "work"
) -> Iterator[Moment]:
    """One moment of an exercise for each pose of so many tilts."""
    for snapshot in snapshots(count):
        yield Moment(begin_s + snapshot.t_s, phase, spec, snapshot, number=number)


def telling(moment: Moment, *told: PainTold | Hurt, phase: Phase = "pain-before") -> Moment:
    """The moment, in which something is said."""
    return replace(moment, told=told, phase=phase)


def keep(path: Path, session: Iterable[Moment], head: Header | None = None) -> int | None:
    """Keep a session in the store; its number."""
    open_store(path).close()
    recorder = StoreRecorder(path, head or header())
    for moment in session:
        recorder.add(moment)
    recorder.close()
    return recorder.session


def remembered(path: Path) -> Past:
    """All that a store holds."""
    with open_store(path) as store:
        return read_past(store)
