"""Pasts as small as their tests need."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from poise.core.history.past import Pain, Pang, Past, PastSession, Peak, Practice
from poise.core.spec import Dose, Sides

NOW = datetime(2025, 3, 12, 18, 0)  # a Wednesday


def ago(days: float) -> datetime:
    """So many days before now."""
    return NOW - timedelta(days=days)


def practice(
    exercise: str = "exercise",
    days: float = 1,
    *,
    dose: Dose | None = None,
    reps: int | None = None,
    sides: Sides = "both",
    pangs: int = 0,
    peaks: Iterable[Peak] = (),
    seconds: float = 60.0,
) -> Practice:
    """An exercise done so many days ago: its whole dose, if nothing else is said."""
    dose = dose or Dose(reps=3)
    count = dose.reps * dose.sets if reps is None else reps
    each = (count * 2, count, count) if sides in ("each", "alternate") else (count, 0, 0)
    hurts = tuple(Pang(ago(days), exercise) for _ in range(pangs))
    return Practice(ago(days), exercise, sides, dose, each, seconds, peaks=tuple(peaks), pangs=hurts)  # fmt: skip


def session(
    *practices: Practice, days: float = 1, before: int | None = None, after: int | None = None, number: int = 1
) -> PastSession:
    """A session of these exercises with these answers."""
    pains = []
    if before is not None:
        pains.append(Pain(ago(days), "before", before))
    if after is not None:
        pains.append(Pain(ago(days), "after", after))
    return PastSession(number, ago(days), 300.0, "routine", tuple(practices), tuple(pains))


def past(*sessions: PastSession) -> Past:
    """Sessions in order."""
    return Past(tuple(sessions))
