"""Forgetting: what is erased is gone from the file, its log, its copies, and the recordings beside it."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from poise.errors import StoreError
from poise.io.store.opening import Store, leftovers, translated
from poise.io.store.writing import transaction

RECORDINGS = "recordings"  # the folder of tracks and films beside the store, with a folder for each session


@dataclass(frozen=True, slots=True)
class Erasure:
    """What is to be forgotten; without a session and an exercise, everything."""

    session: int | None = None
    exercise: str | None = None


def recordings_folder(store: Path, name: str) -> Path:
    """Where the recordings of a session lie, by the name that it has in the store; it may not exist."""
    return store.parent / RECORDINGS / Path(name).name


def matching_sessions(store: Store, erasure: Erasure) -> list[int]:
    """Numbers of the sessions that would be forgotten, wholly or in part.

    Raises:
        StoreError: The store cannot be read.
    """
    with translated(store.path):
        return [row[0] for row in store.connection.execute(*_sessions(erasure))]


def forget(store: Store, erasure: Erasure) -> None:
    """Erase, and rewrite the file so that nothing of it remains there.

    Copies of the store that Poise made itself (before an update, of a damaged one) hold the same and go as well.
    Recordings go with their session; those of a session in which the exercise was done, too: they show it.

    Raises:
        StoreError: The store cannot be written, or another program has it open. What was erased before that stays so.
    """
    sessions = matching_sessions(store, erasure)
    recordings = _recordings(store, sessions)
    with translated(store.path):
        with transaction(store.connection):
            _erase(store.connection, erasure)
        try:
            for name in recordings:
                _remove(recordings_folder(store.path, name))
            if erasure == Erasure():
                _remove(store.path.parent / RECORDINGS)
            for path in leftovers(store.path):
                path.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"{error.filename} cannot be removed: {error.strerror}", "remove it yourself") from error
        _rewrite(store)


def _recordings(store: Store, sessions: list[int]) -> list[str]:
    with translated(store.path):
        rows = store.connection.execute("SELECT id, recordings FROM session WHERE recordings IS NOT NULL").fetchall()
    return [name for session, name in rows if session in sessions]


def _remove(folder: Path) -> None:
    if folder.is_dir():
        shutil.rmtree(folder)


def _sessions(erasure: Erasure) -> tuple[str, tuple[object, ...]]:
    if erasure.session is not None:
        return "SELECT id FROM session WHERE id = ?", (erasure.session,)
    if erasure.exercise is not None:
        return "SELECT DISTINCT session FROM exercise WHERE exercise = ? ORDER BY session", (erasure.exercise,)
    return "SELECT id FROM session ORDER BY id", ()


def _erase(connection: sqlite3.Connection, erasure: Erasure) -> None:
    if erasure.session is not None:
        connection.execute("DELETE FROM session WHERE id = ?", (erasure.session,))
    elif erasure.exercise is not None:
        connection.execute(
            "UPDATE session SET recordings = NULL WHERE id IN (SELECT session FROM exercise WHERE exercise = ?)",
            (erasure.exercise,),
        )
        for table in ("exercise", "hurt", "range"):
            connection.execute(f"DELETE FROM {table} WHERE exercise = ?", (erasure.exercise,))
        connection.execute(
            "DELETE FROM session WHERE id NOT IN (SELECT session FROM exercise UNION SELECT session FROM hurt"
            " UNION SELECT session FROM pain)"
        )
    else:
        for table in ("session", "range", "sqlite_sequence"):
            connection.execute(f"DELETE FROM {table}")


def _rewrite(store: Store) -> None:
    """Build the file anew without the free pages, and empty the log."""
    store.connection.execute("VACUUM")
    (busy, _, _) = store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise StoreError(
            f"{store.path} is erased, but another program still holds its log",
            "close the other Poise, and run `poise forget` again",
        )
