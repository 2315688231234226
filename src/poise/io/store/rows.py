"""One exercise of a live session as rows: its events as they come, and what they fold into."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from poise.core.events import Event, SetDone
from poise.core.live.moment import Moment
from poise.core.session import Session, SessionLog
from poise.core.spec import Spec

Row = tuple[Any, ...]

#: Tables of an exercise, with their columns after ``exercise`` and ``position``.
COLUMNS: dict[str, tuple[str, ...]] = {
    "event": ("t_s", "kind", "side", "data"),
    "repetition": ("n", "side", "start_s", "end_s", "held_s"),
    "peak": ("measure", "side", "value"),
    "hold": ("step", "side", "start_s", "end_s", "held_s", "target_s"),
    "fault": ("fault", "repetition", "side", "t_s", "severity", "say"),
    "near_miss": ("step", "measure", "side", "t_s", "best", "short_by"),
    "framing": ("t_s", "until_s", "problem", "say"),
}


class ExerciseRows:
    """Folds the moments of one exercise, with the same code that makes session files, and tells what is new.

    Args:
        spec: The exercise.
        number: Its place in the routine, from 1.
        started_s: When it came up, in seconds of the session.

    Attributes:
        id: Its number in the store, once it has one.
        stale: Whether what was kept of it, but for its events, is of before a fresh start, and no longer counts.
    """

    def __init__(self, spec: Spec, number: int, started_s: float) -> None:
        self.spec = spec
        self.number = number
        self.id: int | None = None
        self.stale = False
        self._started_s = started_s
        self._log = _blank(spec)
        self._reps = 0
        self._events: list[Row] = []
        self._sets = 0
        self._work_s = 0.0
        self._last_s: float | None = None
        self._kept: dict[tuple[Any, ...], Row] = {}
        self._kept_events = 0
        self._pending: dict[str, list[Row]] = {}

    def add(self, moment: Moment) -> None:
        """Take a moment of work."""
        if self._last_s is not None:
            self._work_s += max(0.0, moment.t_s - self._last_s)
        self._last_s = moment.t_s
        reps = moment.snapshot.state.reps[0]
        if reps < self._reps:  # somebody asked to begin anew: what was counted until now is void
            self._log, self._sets, self.stale = _blank(self.spec), 0, True
            self._kept.clear()
        self._reps = reps
        self._log.add(moment.snapshot)
        self.take(moment.snapshot.events)

    def rest(self) -> None:
        """The work is interrupted: the time until the next moment of work is none."""
        self._last_s = None

    def take(self, events: Iterable[Event]) -> None:
        """Keep events as they are; those of ``moment.snapshot`` are folded by ``add``."""
        for event in events:
            plain = asdict(event)
            t_s, side = plain.pop("t_s"), plain.pop("side", None)
            data = json.dumps(plain, ensure_ascii=False, sort_keys=True)
            self._events.append((round(t_s, 3), type(event).__name__, side, data))
            self._sets = event.number if isinstance(event, SetDone) else self._sets

    def summary(self) -> dict[str, Any]:
        """The row of the exercise itself."""
        session = self._log.session
        return {
            "number": self.number,
            "exercise": self.spec.id,
            "sides": self.spec.sides,
            "dose": self.spec.dose.model_dump_json(exclude_none=True),
            "started_s": round(self._started_s, 3),
            "work_s": round(self._work_s, 3),
            "sets": self._sets,
            "reps": session.reps.total,
            "reps_left": session.reps.left,
            "reps_right": session.reps.right,
            "frames": session.frames,
            "pose_found": session.pose_found,
        }

    def fresh(self) -> dict[str, list[Row]]:
        """Rows that are new or have changed since ``kept`` was last called, by table, beginning with their position."""
        self._pending = {"event": [(self._kept_events + i, *event) for i, event in enumerate(self._events)]}
        for table, rows in self._tables().items():
            self._pending[table] = [row for row in rows if self._kept.get(_key(table, row)) != row]
        return {table: rows for table, rows in self._pending.items() if rows}

    def kept(self, id: int) -> None:
        """What ``fresh`` gave last is on the disk, under this number."""
        self.id = id
        self.stale = False
        events = self._pending.pop("event", [])
        self._kept_events += len(events)
        del self._events[: len(events)]
        for table, rows in self._pending.items():
            self._kept.update((_key(table, row), row) for row in rows)
        self._pending.clear()

    def _tables(self) -> dict[str, Iterator[Row]]:
        session = self._log.session
        reps, holds = enumerate(session.repetitions), enumerate(session.holds)
        faults, misses = enumerate(session.faults), enumerate(session.near_misses)
        return {
            "repetition": ((i, r.n, r.side, r.start_s, r.end_s, r.held_s) for i, r in reps),
            "peak": ((i, m, r.side, v) for i, r in enumerate(session.repetitions) for m, v in r.peak.items()),
            "hold": ((i, h.step, h.side, h.start_s, h.end_s, h.held_s, h.target_s) for i, h in holds),
            "fault": ((i, f.id, f.repetition, f.side, f.t_s, f.severity, f.say) for i, f in faults),
            "near_miss": ((i, n.step, n.measure, n.side, n.t_s, n.best, n.short_by) for i, n in misses),
            "framing": (
                (i, f.t_s, f.until_s if f.until_s >= 0 else None, f.problem, f.say)
                for i, f in enumerate(session.framing)
            ),
        }


def _blank(spec: Spec) -> SessionLog:
    return SessionLog(Session(poise="", source="", exercise=spec.id, model=""))


def _key(table: str, row: Row) -> tuple[Any, ...]:
    """What tells a row of a table from the others: its position, and for a peak also its measure."""
    return (table, *row[: 2 if table == "peak" else 1])
