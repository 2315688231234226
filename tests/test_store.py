"""The store: what a live session leaves in it, and what becomes of one that is old, new, damaged, shared or full."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from coaching import ARM_RAISE, TILT, coached
from figures import STANDING, Motion
from flowing import Stage

from poise.core.history.past import Range
from poise.core.live.moment import Hurt, PainTold
from poise.errors import StoreError
from poise.io.store import Erasure, StoreRecorder, forget, open_store, read_past, save_ranges
from poise.io.store.migrations import APPLICATION_ID, MIGRATIONS
from poise.io.store.opening import leftovers
from remembering import NOON, header, keep, moments, remembered, telling, tilts


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a store will be."""
    return tmp_path / "data" / "poise.sqlite"


def test_a_session_in_the_store_equals_its_session_file(path: Path) -> None:
    """Repetitions, holds, peaks and counts are those that the same poses give in a session file."""
    poses = tilts()
    session = coached(poses, TILT).session
    keep(path, moments(2))
    (practice,) = remembered(path).practices
    assert practice.exercise == TILT.id
    assert practice.reps == (session.reps.total, session.reps.left, session.reps.right) == (2, 2, 0)
    assert practice.held_s == pytest.approx(sum(rep.held_s for rep in session.repetitions))
    assert [peak.value for peak in practice.peaks] == [rep.peak["neck_tilt"] for rep in session.repetitions]
    with open_store(path) as store:
        rows = store.connection.execute("SELECT n, side, start_s, end_s FROM repetition ORDER BY position").fetchall()
        kinds = {kind for (kind,) in store.connection.execute("SELECT kind FROM event")}
    assert rows == [(rep.n, rep.side, rep.start_s, rep.end_s) for rep in session.repetitions]
    assert {"StepReached", "RepDone", "RepReturned", "HoldStarted", "HoldDone"} <= kinds


def test_what_was_told_is_remembered_with_where_it_hurt(path: Path) -> None:
    """Pain before and after, and a "that hurts" with the measure and value of that moment."""
    told = list(moments(1))
    told[0] = telling(told[0], PainTold(0.1, "before", 4))
    deep = next(i for i, moment in enumerate(told) if moment.snapshot.state.hold_s)
    told[deep] = telling(told[deep], Hurt(told[deep].t_s, TILT.id, "left"), phase="work")
    told[-1] = telling(told[-1], PainTold(11.0, "after", 2), phase="pain-after")
    keep(path, told)
    (session,) = remembered(path).sessions
    assert (session.pain("before"), session.pain("after")) == (4, 2)
    (pang,) = session.pangs
    assert (pang.exercise, pang.side, pang.measure) == (TILT.id, "left", "neck_tilt")
    assert pang.value is not None
    assert pang.value > 20
    assert pang.at == NOON + timedelta(seconds=round(told[deep].t_s, 3))


def test_it_hurt_where_the_movement_was_deepest_not_where_it_was_told(path: Path) -> None:
    """Who says that it hurts has come back already: within five seconds the farthest point counts, later none."""
    session = list(moments(1))
    back = next(i for i, moment in enumerate(session) if moment.t_s >= 11)
    session[back] = telling(session[back], Hurt(session[back].t_s, TILT.id, "left"), phase="paused")
    keep(path, session)
    (pang,) = remembered(path).pangs
    assert pang.value is not None
    assert pang.value > 30
    late = [*session[:5], telling(session[5], Hurt(session[5].t_s, TILT.id, None), phase="work")]
    keep(path, late)
    assert abs(remembered(path).pangs[-1].value or 0.0) < 5


def test_a_routine_is_one_session_with_its_exercises_in_order(path: Path) -> None:
    """Only moments of work count as work; the rest between two exercises does not."""
    first = list(moments(1))
    resting = [telling(moment, phase="rest") for moment in moments(1, begin_s=20)]
    keep(path, [*first, *resting, *moments(1, number=2, begin_s=40)], header(routine="neck-relief"))
    (session,) = remembered(path).sessions
    assert session.routine == "neck-relief"
    assert [practice.reps[0] for practice in session.practices] == [1, 1]
    assert session.practices[0].seconds == pytest.approx(tilts(1)[-1].t_s, abs=0.01)
    assert session.practices[1].at == NOON + timedelta(seconds=40)


def test_a_whole_live_session_is_kept_as_it_was(path: Path) -> None:
    """From the pain before to the summary: what the flow counted is what the store has, and what was told with it."""
    raised = Motion(STANDING).go(1, shoulder_abduction=170).go(1, shoulder_abduction=5).stay(1)
    still = Motion(STANDING).stay(2)
    stage = Stage(ARM_RAISE.with_dose(reps=1), pain=True).play(still, {0.5: 3}).play(still).play(raised)
    stage.play(Motion(STANDING).stay(6), {5.0: 2})
    number = keep(path, stage.moments)
    (session,) = remembered(path).sessions
    assert (session.id, session.pain("before"), session.pain("after")) == (number, 3, 2)
    ((_, done),) = stage.flow.sessions
    (practice,) = session.practices
    assert practice.reps == (done.reps.total, 0, 0) == (1, 0, 0)
    assert practice.full
    assert [peak.value for peak in practice.peaks] == list(done.repetitions[0].peak.values())
    with open_store(path) as store:
        phases = [phase for (phase,) in store.connection.execute("SELECT phase FROM phase ORDER BY rowid")]
        rows = store.connection.execute("SELECT start_s, end_s FROM repetition").fetchall()
        (finished,) = store.connection.execute("SELECT finished FROM session").fetchone()
    assert phases == stage.phases
    assert rows == [(rep.start_s, rep.end_s) for rep in done.repetitions]
    assert finished


def test_who_begins_anew_has_done_what_came_after(path: Path) -> None:
    """Of what was counted before only the events are left, as what happened; and batches make no difference."""
    first, again = list(moments(2)), list(moments(1, begin_s=40))
    open_store(path).close()
    recorder = StoreRecorder(path, header())
    for moment in first:
        recorder.add(moment)
    while recorder.session is None:
        time.sleep(0.01)
    for moment in again:
        recorder.add(moment)
    recorder.close()
    assert remembered(path).practices[0].reps == (1, 1, 0)
    with open_store(path) as store:
        assert store.connection.execute("SELECT count(*) FROM repetition").fetchone() == (1,)
        assert store.connection.execute("SELECT count(*) FROM peak").fetchone() == (1,)
        assert store.connection.execute("SELECT count(*) FROM event WHERE kind = 'RepDone'").fetchone() == (3,)


def test_somebody_who_looks_in_and_leaves_leaves_no_trace(path: Path) -> None:
    """Without a moment of work and without a word, there was no session."""
    assert keep(path, [telling(moment, phase="placing") for moment in moments(1)]) is None
    assert remembered(path).sessions == ()


def test_sessions_keep_their_order_when_the_clock_is_set_back(path: Path) -> None:
    """What was begun later comes later, whatever the clock said."""
    keep(path, moments(1))
    keep(path, moments(1), header(NOON - timedelta(days=3)))
    assert [session.at for session in remembered(path).sessions] == [NOON, NOON - timedelta(days=3)]


def test_ranges_come_back_as_they_were_measured(path: Path) -> None:
    """Also one whose measure's error nobody knows."""
    measured = Range(NOON, TILT.id, "tilt", "neck_tilt", "left", 27.5, 1.2, 8.6, 3)
    unknown = Range(NOON, TILT.id, "tilt", "neck_tilt", None, 27.5, 1.2, float("nan"), 3)
    with open_store(path) as store:
        save_ranges(store, [measured, unknown])
        kept = read_past(store).ranges
    assert kept[0] == measured
    assert kept[1].error != kept[1].error


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
