"""A store with ten weeks of somebody's practice: a stiff neck that gets better, the right side more slowly.

usage: python tests/seeded.py FOLDER     to look at what `POISE_DATA=FOLDER poise history` makes of it
"""

from __future__ import annotations

import random
import sqlite3
import sys
from datetime import datetime, timedelta
from pathlib import Path

from poise.io.specs import load_spec
from poise.io.store import open_store

ROUTINE = ("shoulder-roll", "neck-flexion-extension", "neck-rotation", "upper-trapezius-stretch")
DAYS = 70
#: Where the farthest points of each measure begin and end over the ten weeks: left, right, or both together.
COURSES: dict[str, dict[str, dict[str | None, tuple[float, float]]]] = {
    "shoulder-roll": {"shoulder_raise": {None: (7, 9)}, "shoulder_back": {None: (1.1, 1.6)}},
    "neck-flexion-extension": {"neck_nod (down)": {None: (24, 33)}, "neck_nod (up)": {None: (-14, -19)}},
    "neck-rotation": {"neck_turn": {"left": (38, 52), "right": (33, 41)}},
    "upper-trapezius-stretch": {"neck_tilt": {"left": (24, 33), "right": (22, 26)}},
    "squat": {"knee_flexion": {None: (95, 104)}},
}


def seed(path: Path, now: datetime, days: int = DAYS) -> None:
    """Fill a new store with sessions up to now: five days in seven, one in six of them squats alone."""
    chance = random.Random(7)
    with open_store(path) as store:
        connection = store.connection
        connection.execute("BEGIN")
        for back in range(days, -1, -1):
            if back and (chance.random() < 0.28 or 20 < back < 26):
                continue
            share = 1 - back / days
            at = (now - timedelta(days=back)).replace(hour=8 + chance.randrange(10), minute=chance.randrange(60))
            _session(connection, min(at, now), share, chance)
        connection.execute("COMMIT")


def _session(connection: sqlite3.Connection, at: datetime, share: float, chance: random.Random) -> None:
    squats = chance.random() < 0.17
    exercises = ("squat",) if squats else ROUTINE
    inserted = connection.execute(
        "INSERT INTO session (started_at, last_s, finished, routine, source, model, poise)"
        " VALUES (?, ?, 1, ?, 'camera 0', 'full', '0.1.0')",
        (at.isoformat(), 75.0 * len(exercises), None if squats else "neck-relief"),
    )
    number = inserted.lastrowid
    level = max(0, round(5 * (1 - share) + chance.uniform(-0.8, 0.8)))
    for asked, told in (("before", level), ("after", max(0, level - chance.randrange(2)))):
        connection.execute("INSERT INTO pain VALUES (?, ?, ?, ?, ?)", (number, 1.0, at.isoformat(), asked, told))
    for position, exercise in enumerate(exercises, start=1):
        _exercise(connection, number, position, exercise, at, share, chance)


def _exercise(
    connection: sqlite3.Connection, session: int | None, position: int, exercise: str, at: datetime, share: float,
    chance: random.Random,
) -> None:  # fmt: skip
    spec = load(exercise)
    reps = spec.dose.reps
    sides = ("left", "right") if spec.sided else (None,)
    count = reps if chance.random() < 0.9 else max(1, reps - 1)
    each = (count, count) if spec.sided else (0, 0)
    inserted = connection.execute(
        "INSERT INTO exercise (session, number, exercise, sides, dose, started_s, work_s, sets, reps, reps_left,"
        " reps_right, frames, pose_found) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, 900, 1.0)",
        (session, position, exercise, spec.sides, spec.dose.model_dump_json(exclude_none=True), 75.0 * (position - 1),
         60.0 + chance.uniform(-10, 20), count * len(sides), *each),
    )  # fmt: skip
    for index in range(count * len(sides)):
        side = sides[index % len(sides)]
        row = (inserted.lastrowid, index, index + 1, side, 4.0 * index, 4.0 * index + 3, spec.dose.hold)
        connection.execute("INSERT INTO repetition VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        for measure, courses in COURSES[exercise].items():
            first, last = courses[side]
            value = round((first + (last - first) * share) * chance.gauss(1, 0.06), 2)
            connection.execute(
                "INSERT INTO peak VALUES (?, ?, ?, ?, ?)", (inserted.lastrowid, index, measure, side, value)
            )
    if exercise == "upper-trapezius-stretch" and 0.35 < share < 0.4:
        connection.execute(
            "INSERT INTO hurt VALUES (?, ?, 40, ?, ?, 'right', 'neck_tilt', 24.5)",
            (session, position, at.isoformat(), exercise),
        )


_SPECS = {name: load_spec(name) for name in COURSES}
load = _SPECS.__getitem__

if __name__ == "__main__":
    seed(Path(sys.argv[1]) / "poise.sqlite", datetime.now().astimezone())
