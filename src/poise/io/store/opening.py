"""Opens the store: finds it, makes it, brings it up to date, and never loses one that cannot be read."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import platformdirs

from poise.errors import StoreError
from poise.io.store.migrations import APPLICATION_ID, MIGRATIONS

FOLDER_VARIABLE = "POISE_DATA"
NAME = "poise.sqlite"
BUSY_S = 10.0  # how long one program waits for another
_RETRY_S = 0.01
_FULL_HINT = "free some space there, or go on with --no-store"
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

Migration = tuple[str, Callable[[sqlite3.Connection], None]]


def data_folder() -> Path:
    """Where everything that is remembered lies: ``POISE_DATA``, or the user's data folder."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named) if named else Path(platformdirs.user_data_path("poise", appauthor=False))


def store_path() -> Path:
    """Where the store is; it may not exist yet."""
    return data_folder() / NAME


class Store:
    """An open store. A connection belongs to the thread that made it: threads call ``connect`` for their own.

    Attributes:
        path: Its file.
        notice: What the user should know of how it was opened, or empty.
    """

    def __init__(self, path: Path, notice: str = "") -> None:
        self.path = path
        self.notice = notice
        with translated(path):
            self.connection = connect(path)

    def close(self) -> None:
        """Close it; may be called twice."""
        with translated(self.path):
            self.connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def connect(path: Path) -> sqlite3.Connection:
    """A connection as every part of the store uses it: WAL, references held, deletions that wipe.

    A commit survives the end of the process at once. That the disk has it is not waited for, which can take a second on
    a busy machine: after a power failure the store is whole, but may lack the seconds that the system held back.
    """
    connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
    try:
        _begin_log(connection)
        for pragma in ("synchronous = NORMAL", "foreign_keys = ON", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _begin_log(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log: SQLite waits for nobody here, and two new programs would refuse each other."""
    until_s = time.monotonic() + BUSY_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if primary(error) != sqlite3.SQLITE_BUSY or time.monotonic() > until_s:
                raise
            time.sleep(_RETRY_S)
        else:
            return


def open_store(path: Path | None = None, migrations: Sequence[Migration] = MIGRATIONS) -> Store:
    """Open the store, and make it where there is none.

    An older store is brought up to date, with a copy of the old one beside it. A damaged one is put aside under another
    name, and a new one is begun; ``Store.notice`` says so.

    Args:
        path: Its file (default: ``store_path()``).
        migrations: The steps that make the tables.

    Raises:
        StoreError: A newer Poise wrote it, the file is something else, or the disk or the folder does not allow it.
    """
    path = path or store_path()
    notice = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.exists() and path.stat().st_size:
            version = _check(path)
            _refuse_newer(path, version, len(migrations))
        else:
            path.touch(mode=0o600)
    except OSError as error:
        raise StoreError(f"{path} cannot be opened: {error.strerror or error}", _FULL_HINT) from error
    except sqlite3.DatabaseError as error:
        if primary(error) not in _DAMAGED:
            raise _store_error(path, error) from error
        notice = _put_aside(path)
    _migrate(path, migrations)
    return Store(path, notice)


def _check(path: Path) -> int:
    """The version of a store that can be read; nothing is written.

    Raises:
        sqlite3.DatabaseError: It is damaged.
        StoreError: It is somebody else's database.
    """
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_S)) as connection:
        (owner,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if tables and owner != APPLICATION_ID:
            raise StoreError(f"{path} is a database of another program", "move it away, or set POISE_DATA to a folder")
        (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            error = sqlite3.DatabaseError(verdict)
            error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise error
        return int(version)


def _refuse_newer(path: Path, version: int, known: int) -> None:
    if version > known:
        raise StoreError(
            f"{path} was written by a newer Poise (store version {version}, known up to {known})",
            "update Poise (`poise live --no-store` works meanwhile); nothing was changed",
        )


def _migrate(path: Path, migrations: Sequence[Migration]) -> None:
    """Take the steps that are missing, in one transaction: two programs that start at once take them once."""
    with translated(path), closing(connect(path)) as connection:
        version = _version(connection)
        if version == len(migrations):
            return
        if version:
            _copy(connection, path.with_name(f"{path.stem}.version{version}-{_stamp()}{path.suffix}"))
        connection.execute("BEGIN IMMEDIATE")
        for _, step in migrations[_version(connection) :]:
            step(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
        connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _copy(connection: sqlite3.Connection, path: Path) -> None:
    path.touch(mode=0o600)
    with closing(sqlite3.connect(path)) as copy:
        connection.backup(copy)


def _put_aside(path: Path) -> str:
    """Move a damaged store away with all that belongs to it; returns what to tell."""
    aside = path.with_name(f"{path.stem}.damaged-{_stamp()}{path.suffix}")
    try:
        log, index = (path.with_name(path.name + ending) for ending in ("-wal", "-shm"))
        index.unlink(missing_ok=True)  # SQLite makes it anew
        if log.exists() and log.stat().st_size:
            log.rename(aside.with_name(f"{aside.name}-wal"))
        log.unlink(missing_ok=True)
        path.rename(aside)
        path.touch(mode=0o600)
    except OSError as error:
        raise StoreError(f"{path} is damaged, and cannot be moved: {error.strerror}", "move it away") from error
    return f"the store was damaged and is kept as {aside}; a new one was begun"


def _stamp() -> str:
    return f"{datetime.now():%Y-%m-%d-%H%M%S-%f}"


def leftovers(path: Path) -> list[Path]:
    """Older copies and damaged stores that lie beside a store."""
    kinds = (f"{path.stem}.version*", f"{path.stem}.damaged*")
    return sorted(found for kind in kinds for found in path.parent.glob(kind))


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """SQLite's errors in the user's words.

    Raises:
        StoreError: The disk is full, another program holds the store, or it cannot be read or written.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _store_error(path, error) from error


def primary(error: sqlite3.Error) -> int:
    """SQLite's number for the kind of error; 0 when it has none."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _store_error(path: Path, error: sqlite3.Error) -> StoreError:
    match primary(error):
        case sqlite3.SQLITE_FULL:
            return StoreError(f"{path} cannot be written: the disk is full", _FULL_HINT)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreError(f"{path} is in use by another program", "close it, and try again")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_IOERR | sqlite3.SQLITE_PERM:
            return StoreError(f"{path} cannot be written: {error}", "choose another folder with POISE_DATA")
        case kind if kind in _DAMAGED:
            return StoreError(f"{path} is damaged: {error}", "run the command again: the file is then put aside")
    return StoreError(f"{path}: {error}", "please report this")
