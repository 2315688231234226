"""What is written: one live session, batch by batch, and measured ranges."""

from __future__ import annotations

import math
import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from poise.core.history.past import Range
from poise.core.history.personal import Depth
from poise.core.live.moment import Hurt, Moment, PainTold
from poise.errors import StoreError
from poise.io.store.opening import Store, translated
from poise.io.store.rows import COLUMNS, ExerciseRows, Row

RETREAT_S = 5.0  # who says that it hurts has often come back already: it hurt at the farthest point of this long


@dataclass(frozen=True, slots=True)
class Header:
    """What is known of a session before it begins.

    Attributes:
        started: When it begins.
        source: The camera, as ``source_name`` tells it.
        model: The pose model.
        poise: Version of Poise.
        routine: The routine's id, or None.
        spec_sha256: Hash of each exercise's file, by its id.
        recordings: The folder of its recordings, or None when nothing is recorded.
    """

    started: datetime
    source: str
    model: str
    poise: str
    routine: str | None
    spec_sha256: Mapping[str, str]
    recordings: str | None = None


class SessionWriter:
    """Turns the moments of one session into rows, and writes what is new since the last time in one transaction.

    A session of which nothing was worked at and nothing told leaves no trace.

    Attributes:
        id: The session's number in the store, once something of it was kept.
    """

    def __init__(self, header: Header) -> None:
        self.id: int | None = None
        self._header = header
        self._exercises: dict[int, ExerciseRows] = {}
        self._changed: set[int] = set()
        self._rows: dict[str, list[Row]] = {"phase": [], "pain": [], "hurt": []}
        self._phase: tuple[str, int] | None = None
        self._last_s = 0.0
        self._deep: deque[tuple[float, Depth]] = deque()
        self._worth_keeping = header.recordings is not None

    def add(self, moment: Moment, deep: Depth | None = None) -> None:
        """Take the next moment, and how far into the movement it was."""
        while self._deep and self._deep[0][0] < moment.t_s - RETREAT_S:
            self._deep.popleft()
        if deep:
            self._deep.append((moment.t_s, deep))
        self._last_s = round(moment.t_s, 3)
        if self._phase != (moment.phase, moment.number):
            self._phase = (moment.phase, moment.number)
            self._rows["phase"].append((self._last_s, *self._phase))
        if moment.phase == "work":
            self._exercise(moment).add(moment)
            self._changed.add(moment.number)
        elif moment.number in self._exercises:
            self._exercises[moment.number].rest()
        for told in moment.told:
            self._tell(told, moment.number)

    def write(self, connection: sqlite3.Connection, finished: bool = False) -> None:
        """Write everything that is new; an error leaves the store as it was, and everything to be written again."""
        if not self._worth_keeping:
            return
        with transaction(connection):
            session = self._write_session(connection, finished)
            for name, rows in self._rows.items():
                _insert(connection, name, ((session, *row) for row in rows))
            kept = {
                number: _write_exercise(connection, session, self._exercises[number], self._header)
                for number in sorted(self._changed)
            }
        self.id = session
        for number, exercise in kept.items():
            self._exercises[number].kept(exercise)
        for rows in self._rows.values():
            rows.clear()
        self._changed.clear()

    def _exercise(self, moment: Moment) -> ExerciseRows:
        self._worth_keeping = True
        if moment.number not in self._exercises:
            self._exercises[moment.number] = ExerciseRows(moment.spec, moment.number, moment.t_s)
        return self._exercises[moment.number]

    def _tell(self, told: PainTold | Hurt, number: int) -> None:
        self._worth_keeping = True
        t_s, at = round(told.t_s, 3), _text(self._header.started + timedelta(seconds=told.t_s))
        if isinstance(told, PainTold):
            self._rows["pain"].append((t_s, at, told.when, told.level))
            return
        deepest = max((deep for _, deep in self._deep), default=None)
        measure, value = (deepest.measure, round(deepest.value, 2)) if deepest else (None, None)
        self._rows["hurt"].append((number, t_s, at, told.exercise, told.side, measure, value))

    def _write_session(self, connection: sqlite3.Connection, finished: bool) -> int:
        head, session = self._header, self.id
        if session is None:
            session = connection.execute(
                "INSERT INTO session (started_at, routine, recordings, source, model, poise) VALUES (?, ?, ?, ?, ?, ?)",
                (_text(head.started), head.routine, head.recordings, head.source, head.model, head.poise),
            ).lastrowid
        updated = connection.execute(
            "UPDATE session SET last_s = ?, finished = ? WHERE id = ?", (self._last_s, int(finished), session)
        )
        _still_there(updated)
        assert session is not None  # an insert has a row
        return session


def _write_exercise(connection: sqlite3.Connection, session: int, exercise: ExerciseRows, header: Header) -> int:
    """Write what is new of an exercise; returns its number in the store."""
    values = {
        **exercise.summary(),
        "session": session,
        "spec_sha256": header.spec_sha256.get(exercise.spec.id),
    }
    id = exercise.id
    if id is None:
        insert = f"INSERT INTO exercise ({', '.join(values)}) VALUES ({_places(values)})"
        id = connection.execute(insert, tuple(values.values())).lastrowid
    else:
        changes = ", ".join(f"{name} = ?" for name in values)
        _still_there(connection.execute(f"UPDATE exercise SET {changes} WHERE id = ?", (*values.values(), id)))
    for table in COLUMNS if exercise.stale else ():
        if table != "event":
            connection.execute(f"DELETE FROM {table} WHERE exercise = ?", (id,))
    for table, rows in exercise.fresh().items():
        columns = ("exercise", "position", *COLUMNS[table])
        connection.executemany(
            f"INSERT OR REPLACE INTO {table} ({', '.join(columns)}) VALUES ({_places(columns)})",
            [(id, *row) for row in rows],
        )
    assert id is not None  # an insert has a row
    return id


def _still_there(update: sqlite3.Cursor) -> None:
    """Whoever forgets a session while it goes on wants nothing more of it."""
    if not update.rowcount:
        raise StoreError("this session was forgotten while it went on", "nothing more of it is kept")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite itself has rolled back when the disk was full
            connection.execute("ROLLBACK")
        raise


def save_ranges(store: Store, ranges: Iterable[Range]) -> None:
    """Keep measured ranges; older ones of the same side stay, as history.

    Raises:
        StoreError: They cannot be written.
    """
    rows = [
        (_text(r.at), r.exercise, r.step, r.measure, r.side, r.reached, r.spread,
         r.error if math.isfinite(r.error) else None, r.count)
        for r in ranges
    ]  # fmt: skip
    with translated(store.path), transaction(store.connection):
        store.connection.executemany(
            "INSERT INTO range (measured_at, exercise, step, measure, side, reached, spread, error, count)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    for row in rows:
        connection.execute(f"INSERT INTO {table} VALUES ({_places(row)})", row)


def _places(values: Iterable[Any]) -> str:
    return ", ".join("?" for _ in values)


def _text(at: datetime) -> str:
    return at.astimezone().isoformat(timespec="milliseconds")
