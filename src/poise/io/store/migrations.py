"""The tables, as the ordered steps that make them. A step that was released is never changed: add another one.

Times named ``_s`` are seconds since the session or the exercise began; ``_at`` is a date with its offset from UTC.
Angles and shares are in the unit of their measure (``poise measures``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

#: Marks the file as ours ("Pois" in ASCII), so that nobody else's database is ever taken for a store.
APPLICATION_ID = 0x506F6973

_SESSIONS = """
CREATE TABLE session (
    id INTEGER PRIMARY KEY AUTOINCREMENT,       -- in the order of beginning, whatever the clock says
    started_at TEXT NOT NULL,
    last_s REAL NOT NULL DEFAULT 0,             -- the last moment that was kept
    finished INTEGER NOT NULL DEFAULT 0,        -- 0: still under way, or broken off
    routine TEXT,
    recordings TEXT,                            -- the folder of its film and landmarks, under recordings/
    source TEXT NOT NULL,
    model TEXT NOT NULL,
    poise TEXT NOT NULL
);
CREATE TABLE phase (
    session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
    t_s REAL NOT NULL,
    phase TEXT NOT NULL,
    number INTEGER NOT NULL
);
CREATE TABLE pain (
    session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
    t_s REAL NOT NULL,
    at TEXT NOT NULL,
    asked TEXT NOT NULL,                        -- before or after
    level INTEGER NOT NULL                      -- 0 none, 10 the worst
);
CREATE TABLE hurt (
    session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    t_s REAL NOT NULL,
    at TEXT NOT NULL,
    exercise TEXT NOT NULL,
    side TEXT,
    measure TEXT,
    value REAL
);
"""

_EXERCISES = """
CREATE TABLE exercise (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,                    -- its place in the routine, from 1
    exercise TEXT NOT NULL,
    spec_sha256 TEXT,
    sides TEXT NOT NULL,
    dose TEXT NOT NULL,                         -- as asked for, JSON
    started_s REAL NOT NULL,
    work_s REAL NOT NULL,
    sets INTEGER NOT NULL,
    reps INTEGER NOT NULL,
    reps_left INTEGER NOT NULL,
    reps_right INTEGER NOT NULL,
    frames INTEGER NOT NULL,
    pose_found REAL NOT NULL,
    UNIQUE (session, number)
);
CREATE TABLE event (
    exercise INTEGER NOT NULL REFERENCES exercise(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    t_s REAL NOT NULL,
    kind TEXT NOT NULL,
    side TEXT,
    data TEXT NOT NULL,                         -- the rest of the event, JSON
    PRIMARY KEY (exercise, position)
) WITHOUT ROWID;
CREATE TABLE repetition (
    exercise INTEGER NOT NULL REFERENCES exercise(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    n INTEGER NOT NULL,
    side TEXT,
    start_s REAL NOT NULL,
    end_s REAL NOT NULL,
    held_s REAL NOT NULL,
    PRIMARY KEY (exercise, position)
) WITHOUT ROWID;
CREATE TABLE peak (
    exercise INTEGER NOT NULL REFERENCES exercise(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,                  -- of the repetition
    measure TEXT NOT NULL,
    side TEXT,
    value REAL NOT NULL,
    PRIMARY KEY (exercise, position, measure)
) WITHOUT ROWID;
CREATE TABLE hold (
    exercise INTEGER NOT NULL REFERENCES exercise(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    step TEXT NOT NULL,
    side TEXT,
    start_s REAL NOT NULL,
    end_s REAL NOT NULL,
    held_s REAL NOT NULL,
    target_s REAL NOT NULL,
    PRIMARY KEY (exercise, position)
) WITHOUT ROWID;
CREATE TABLE fault (
    exercise INTEGER NOT NULL REFERENCES exercise(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    fault TEXT NOT NULL,
    repetition INTEGER,                         -- its n; none for an attempt that was not counted
    side TEXT,
    t_s REAL NOT NULL,
    severity TEXT NOT NULL,
    say TEXT NOT NULL,
    PRIMARY KEY (exercise, position)
) WITHOUT ROWID;
CREATE TABLE near_miss (
    exercise INTEGER NOT NULL REFERENCES exercise(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    step TEXT NOT NULL,
    measure TEXT NOT NULL,
    side TEXT,
    t_s REAL NOT NULL,
    best REAL NOT NULL,
    short_by REAL NOT NULL,
    PRIMARY KEY (exercise, position)
) WITHOUT ROWID;
CREATE TABLE framing (
    exercise INTEGER NOT NULL REFERENCES exercise(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    t_s REAL NOT NULL,
    until_s REAL,
    problem TEXT NOT NULL,
    say TEXT NOT NULL,
    PRIMARY KEY (exercise, position)
) WITHOUT ROWID;
"""

_RANGES = """
CREATE TABLE range (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    measured_at TEXT NOT NULL,
    exercise TEXT NOT NULL,
    step TEXT NOT NULL,
    measure TEXT NOT NULL,
    side TEXT,
    reached REAL NOT NULL,                      -- median of the farthest points
    spread REAL NOT NULL,                       -- standard deviation of the farthest points
    error REAL,                                 -- mean error of the measure itself
    count INTEGER NOT NULL
);
"""


def _make(script: str) -> Callable[[sqlite3.Connection], None]:
    """A step that runs SQL statement by statement, so that it stays within the transaction around it."""

    def step(connection: sqlite3.Connection) -> None:
        for statement in script.split(";\n"):
            connection.execute(statement)

    return step


#: In order; the version of a store is the number of those that it has been through.
MIGRATIONS: tuple[tuple[str, Callable[[sqlite3.Connection], None]], ...] = (
    ("sessions", _make(_SESSIONS)),
    ("exercises", _make(_EXERCISES)),
    ("personal ranges", _make(_RANGES)),
)
