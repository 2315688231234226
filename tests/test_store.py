"""The store: what a live session leaves in it."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import pytest
from coaching import ARM_RAISE, TILT, coached
from figures import STANDING, Motion
from flowing import Stage

from poise.core.history.past import Range
from poise.core.live.moment import Hurt, PainTold
from poise.io.store import StoreRecorder, open_store, read_past, save_ranges
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
