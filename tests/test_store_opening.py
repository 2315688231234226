"""A store that is old, new, damaged, shared, on a full disk, or killed in the middle."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from poise.errors import StoreError
from poise.io.store import Erasure, StoreRecorder, forget, open_store, read_past
from poise.io.store.migrations import APPLICATION_ID, MIGRATIONS
from poise.io.store.opening import connect, leftovers
from remembering import header, keep, moments, remembered


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a store will be."""
    return tmp_path / "data" / "poise.sqlite"


def test_a_store_from_a_newer_version_is_left_untouched(path: Path) -> None:
    """One line says so, and not a byte is changed."""
    keep(path, moments(1))
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer Poise") as error:
        open_store(path)
    assert "--no-store" in error.value.hint
    assert path.read_bytes() == before


def test_an_older_store_is_brought_up_to_date_and_copied_before(path: Path) -> None:
    """Steps that are missing are taken; the copy is the old store."""
    open_store(path, MIGRATIONS[:1]).close()
    with open_store(path) as store:
        assert read_past(store).sessions == ()
    (copy,) = leftovers(path)
    with sqlite3.connect(copy) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    connection.close()
    open_store(path).close()
    assert leftovers(path) == [copy]


def test_a_step_that_fails_leaves_the_old_store(path: Path) -> None:
    """A migration happens wholly or not at all."""

    def breaks(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE half (x)")
        connection.execute("INSERT INTO nowhere VALUES (1)")

    open_store(path).close()
    with pytest.raises(StoreError):
        open_store(path, (*MIGRATIONS, ("breaks", breaks)))
    with open_store(path) as store:
        assert ("half",) not in store.connection.execute("SELECT name FROM sqlite_master").fetchall()


@pytest.mark.parametrize("damage", ["rubbish", "middle", "cut"])
def test_a_damaged_store_is_put_aside_and_never_lost(path: Path, damage: str) -> None:
    """Whatever is broken, the file is kept under another name, and a new store is begun."""
    keep(path, moments(2))
    content = path.read_bytes()
    match damage:
        case "rubbish":
            content = b"not a database at all" * 500
        case "middle":
            content = content[:4096] + b"\xff" * 8192 + content[12288:]
        case "cut":
            content = content[: len(content) // 2]
    path.write_bytes(content)
    with open_store(path) as store:
        assert "kept as" in store.notice
        assert read_past(store).sessions == ()
    (aside,) = leftovers(path)
    assert aside.read_bytes() == content


def test_a_database_of_another_program_is_refused(path: Path) -> None:
    """Nothing is written to it."""
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    with pytest.raises(StoreError, match="another program"):
        open_store(path)


def test_a_folder_that_cannot_be_made_is_said_in_one_line(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "data").touch()
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(tmp_path / "data" / "poise.sqlite")


def test_two_programs_at_once_both_keep_everything(path: Path) -> None:
    """Two sessions recorded at the same time into one new store, each whole."""
    opened = threading.Barrier(2)

    def session() -> None:
        opened.wait()
        keep(path, moments(2))

    threads = [threading.Thread(target=session) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [session.practices[0].reps for session in remembered(path).sessions] == [(2, 2, 0)] * 2


def test_a_new_store_waits_for_a_program_that_reads_it(path: Path) -> None:
    """SQLite waits for nobody when it switches to its log, which only the first of two programs needs to do."""
    path.parent.mkdir(parents=True, exist_ok=True)
    reader = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    reader.execute("CREATE TABLE other (a)")
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM other").fetchall()
    threading.Timer(0.3, lambda: reader.execute("COMMIT")).start()
    with closing(connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    reader.close()


def test_a_full_disk_stops_no_session_and_what_fits_later_is_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches that do not fit are written with the next one that does."""
    from poise.io.store import recorder as recording

    monkeypatch.setattr(recording, "BATCH_S", 0.0)
    full = [True]

    class Tight(sqlite3.Connection):
        def execute(self, sql: str, *values: object) -> sqlite3.Cursor:  # type: ignore[override]
            if sql == "COMMIT" and full[0]:
                error = sqlite3.OperationalError("database or disk is full")
                error.sqlite_errorcode = sqlite3.SQLITE_FULL
                raise error
            return super().execute(sql, *values)  # type: ignore[arg-type]

    def connect(where: Path) -> sqlite3.Connection:
        return sqlite3.connect(where, isolation_level=None, factory=Tight)

    monkeypatch.setattr(recording, "connect", connect)
    open_store(path).close()
    recorder = StoreRecorder(path, header())
    session = list(moments(2))
    for moment in session[:60]:
        recorder.add(moment)
    while recorder.problem is None:
        time.sleep(0.01)
    assert "disk is full" in str(recorder.problem)
    full[0] = False  # somebody has made room
    for moment in session[60:]:
        recorder.add(moment)
    recorder.close()
    recorder.close()
    assert remembered(path).practices[0].reps == (2, 2, 0)


def test_a_disk_that_stays_full_is_told_at_the_end(path: Path) -> None:
    """The session is over when the recorder says that its last part is lost."""
    open_store(path).close()
    with sqlite3.connect(path) as held:
        held.execute("BEGIN IMMEDIATE")
        import poise.io.store.opening as opening

        usual, opening.BUSY_S = opening.BUSY_S, 0.05
        try:
            recorder = StoreRecorder(path, header())
            for moment in moments(1):
                recorder.add(moment)
            with pytest.raises(StoreError, match="in use by another program"):
                recorder.close()
        finally:
            opening.BUSY_S = usual
    held.close()


LIVE = """
import sys, time
from contextlib import closing
from pathlib import Path
from remembering import header, moments
from poise.io.store import StoreRecorder, open_store
path = Path(sys.argv[1])
session = list(moments(3))
open_store(path).close()
recorder = StoreRecorder(path, header())
begun = time.monotonic()
print("begun", flush=True)
for moment in session:
    time.sleep(max(0.0, begun + moment.t_s / 8 - time.monotonic()))
    recorder.add(moment)
    print(moment.t_s, time.monotonic(), flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is Unix's")
@pytest.mark.parametrize("after_s", [0.7, 1.13, 1.9])
def test_killed_at_any_moment_at_most_the_last_second_is_missing(path: Path, after_s: float) -> None:
    """The store opens, and holds every moment that was handed over more than a second before the kill."""
    here = Path(__file__).parent
    paths = os.pathsep.join(str(folder) for folder in (here, here / "core", here.parent / "src"))
    command = [sys.executable, "-c", LIVE, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": paths}) as live:
        assert live.stdout is not None
        assert live.stdout.readline() == "begun\n"
        time.sleep(after_s)
        killed_s = time.monotonic()
        live.send_signal(signal.SIGKILL)
        given = [tuple(map(float, line.split())) for line in live.stdout.read().splitlines() if line.count(" ") == 1]
    with open_store(path) as store:
        assert store.notice == ""
        row = store.connection.execute("SELECT last_s, finished FROM session").fetchone() or (0.0, 0)
    settled = [t_s for t_s, at_s in given if at_s < killed_s - 1.0]
    assert row[0] >= max(settled, default=0.0) - 0.001
    assert row[1] == 0


def test_a_session_that_is_forgotten_while_it_goes_on_stays_forgotten(path: Path) -> None:
    """What comes after is not kept either, and the session's end says so."""
    open_store(path).close()
    recorder = StoreRecorder(path, header())
    session = list(moments(1))
    recorder.add(session[0])
    while recorder.session is None:
        time.sleep(0.01)
    with open_store(path) as store:
        forget(store, Erasure(session=recorder.session))
    for moment in session[1:]:
        recorder.add(moment)
    with pytest.raises(StoreError, match="forgotten while it went on"):
        recorder.close()
    assert remembered(path).sessions == ()


def test_a_mistake_of_ours_ends_the_recording_and_is_not_hidden(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The session goes on; its end tells what happened."""
    from poise.io.store.writing import SessionWriter

    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(SessionWriter, "add", fails)
    open_store(path).close()
    recorder = StoreRecorder(path, header())
    for moment in moments(1):
        recorder.add(moment)
    with pytest.raises(ZeroDivisionError):
        recorder.close()


def test_every_store_is_marked_as_ours(path: Path) -> None:
    """Other programs can tell what it is, and only its owner can read it."""
    with open_store(path) as store:
        assert store.connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert path.stat().st_mode & 0o077 == 0
