"""Everything that is remembered, for other programs: every table, every row, every column."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from poise.errors import OutputError
from poise.files import writing
from poise.io.store.opening import Store, translated

#: Every table, and what one of its rows is.
TABLES: dict[str, str] = {
    "session": "a session: when, with what, how long",
    "exercise": "an exercise of a session: dose, repetitions, seconds of work",
    "repetition": "a counted repetition",
    "peak": "how far a repetition went, by measure",
    "hold": "a hold",
    "fault": "a correction",
    "near_miss": "an attempt that fell short",
    "framing": "a time in which nobody could be judged",
    "event": "what happened, moment by moment",
    "phase": "what the person was doing, from when",
    "pain": "an answer before or after, 0 to 10",
    "hurt": 'a "that hurts" during a movement',
    "range": "a measured painless range",
}


def export_csv(store: Store, folder: Path) -> list[Path]:
    """Write ``TABLE.csv`` for every table, with a line of names first; an empty field is nothing.

    Raises:
        StoreError: The store cannot be read.
        OutputError: A file cannot be written.
    """
    paths = []
    for name, (columns, rows) in _tables(store).items():
        path = folder / f"{name}.csv"
        with writing(path) as temporary, temporary.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(rows)
        paths.append(path)
    return paths


def export_json(store: Store) -> str:
    """All tables as one JSON object: for each table a list of its rows, by column name.

    Raises:
        StoreError: The store cannot be read.
        OutputError: It holds something that is no JSON.
    """
    tables: dict[str, list[dict[str, Any]]] = {
        name: [_plain(dict(zip(columns, row, strict=True))) for row in rows]
        for name, (columns, rows) in _tables(store).items()
    }
    return json.dumps(tables, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Doses and events as what they are, not as text within text."""
    try:
        return {key: json.loads(value) if key in ("dose", "data") else value for key, value in row.items()}
    except ValueError as error:
        raise OutputError(f"the store holds what is no JSON: {error}", "export it as CSV") from error


def _tables(store: Store) -> dict[str, tuple[list[str], list[tuple[Any, ...]]]]:
    """Names of columns, and rows, of every table as of one moment."""
    connection = store.connection
    with translated(store.path):
        connection.execute("BEGIN")
        try:
            return {name: _table(connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2")) for name in TABLES}
        finally:
            connection.execute("COMMIT")


def _table(cursor: Any) -> tuple[list[str], list[tuple[Any, ...]]]:
    return [column[0] for column in cursor.description], cursor.fetchall()
