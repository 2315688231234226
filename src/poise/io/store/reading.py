"""Reads what is remembered, as the rules of the core take it."""

from __future__ import annotations

import math
import sqlite3
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from poise.core.history.past import Pain, Pang, Past, PastSession, Peak, Practice, Range
from poise.core.spec import Dose
from poise.io.store.opening import Store, translated


def read_past(store: Store) -> Past:
    """Everything that is remembered, oldest first, as of one moment.

    Raises:
        StoreError: The store cannot be read.
    """
    connection = store.connection
    with translated(store.path):
        connection.execute("BEGIN")  # one view of all tables, while another program may write
        try:
            return Past(_sessions(connection), _ranges(connection))
        finally:
            connection.execute("COMMIT")


def _grouped(connection: sqlite3.Connection, sql: str) -> dict[Any, list[tuple[Any, ...]]]:
    """Rows by their first column, without it."""
    groups: dict[Any, list[tuple[Any, ...]]] = defaultdict(list)
    for key, *row in connection.execute(sql):
        groups[key].append(tuple(row))
    return groups


def _sessions(connection: sqlite3.Connection) -> tuple[PastSession, ...]:
    practices = _practices(connection)
    pains = _grouped(connection, "SELECT session, at, asked, level FROM pain ORDER BY rowid")
    return tuple(
        PastSession(
            id, _date(at), last_s, routine,
            tuple(practices.get(id, ())), tuple(Pain(_date(t), when, level) for t, when, level in pains.get(id, ())),
        )
        for id, at, last_s, routine in connection.execute(
            "SELECT id, started_at, last_s, routine FROM session ORDER BY id"
        )
    )  # fmt: skip


def _practices(connection: sqlite3.Connection) -> dict[int, list[Practice]]:
    peaks = _grouped(connection, "SELECT exercise, measure, side, value FROM peak ORDER BY exercise, position")
    faults = _grouped(connection, "SELECT exercise, fault, count(*) FROM fault GROUP BY exercise, fault")
    held = dict(connection.execute("SELECT exercise, sum(held_s) FROM repetition GROUP BY exercise").fetchall())
    hurts = _grouped(
        connection, "SELECT session || '/' || number, at, exercise, side, measure, value FROM hurt ORDER BY rowid"
    )
    found: dict[int, list[Practice]] = defaultdict(list)
    for id, session, number, at, offset_s, exercise, sides, dose, work_s, *reps in connection.execute(
        "SELECT exercise.id, session, number, session.started_at, started_s, exercise, sides, dose, work_s,"
        " reps, reps_left, reps_right FROM exercise JOIN session ON session.id = session ORDER BY session, number"
    ):
        practice = Practice(
            at=_date(at) + timedelta(seconds=offset_s),
            exercise=exercise,
            sides=sides,
            dose=Dose.model_validate_json(dose),
            reps=tuple(reps),
            seconds=work_s,
            held_s=held.get(id, 0.0),
            peaks=tuple(Peak(*row) for row in peaks.get(id, ())),
            faults=dict(faults.get(id, ())),
            pangs=tuple(Pang(_date(at), *row) for at, *row in hurts.get(f"{session}/{number}", ())),
        )
        found[session].append(practice)
    return found


def _ranges(connection: sqlite3.Connection) -> tuple[Range, ...]:
    return tuple(
        Range(_date(at), exercise, step, measure, side, reached, spread, math.nan if error is None else error, count)
        for at, exercise, step, measure, side, reached, spread, error, count in connection.execute(
            "SELECT measured_at, exercise, step, measure, side, reached, spread, error, count FROM range ORDER BY id"
        )
    )


def _date(text: str) -> datetime:
    return datetime.fromisoformat(text)
