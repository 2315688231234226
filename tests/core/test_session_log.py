"""How events become a session, and how a session is compared with what is expected of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from coaching import ARM_RAISE, TILT, blank, coached
from figures import STANDING, Motion

from poise.core.author.sidecar import Expect
from poise.core.author.verdict import differences
from poise.core.body import Side
from poise.core.events import FramingRight, RepDone, RepReturned
from poise.core.session import FaultRecord, Hold, NearMiss, Repetition, Reps, Session, SessionLog


def test_frames_and_their_share_with_a_person() -> None:
    """Four frames at 10 fps of which one is empty: 0.3 s, 75 %."""
    poses = Motion(STANDING).stay(0.3).poses(fps=10)
    poses[1] = STANDING.but(present=False).pose(0.1)
    session = coached(poses, ARM_RAISE).session
    assert (session.frames, session.pose_found, session.duration_s) == (4, 0.75, 0.3)


def test_the_duration_counts_from_the_first_frame() -> None:
    """A clip whose times begin at 100 s and end at 102 s lasts 2 s."""
    poses = [STANDING.pose(100 + i / 10) for i in range(21)]
    assert coached(poses, ARM_RAISE).session.duration_s == pytest.approx(2.0)


def test_every_number_of_a_session_can_be_written_as_json() -> None:
    """A session of an exercise done badly and seen badly has no NaN and no infinity in it."""
    motion = Motion(STANDING).stay(1).go(1, neck_tilt=16).go(1, neck_tilt=0).stay(1).go(1, neck_tilt=35).stay(1)
    motion.stay(1, hidden=("ear",)).stay(2, present=False).stay(1, present=True, hidden=()).go(1, neck_tilt=0)
    session = coached(motion.stay(1), TILT).session
    text = session.model_dump_json()
    assert json.loads(text, parse_constant=pytest.fail) == json.loads(json.dumps(session.model_dump()))
    assert "null" not in json.dumps(session.model_dump(exclude={"spec_sha256"}))
    assert session.near_misses
    assert session.framing


def log(*events: Any) -> Session:
    """A session of these events."""
    kept = SessionLog(blank(ARM_RAISE))
    kept.take(events)
    return kept.close(99.0)


def test_an_end_before_the_start_is_not_believed() -> None:
    """A repetition cannot have come to rest before it set out."""
    session = log(RepDone(3.0, None, 1, 2.0, {}), RepReturned(1.5, None, 1))
    assert (session.repetitions[0].start_s, session.repetitions[0].end_s) == (2.0, 2.0)


def test_a_return_ends_its_own_repetition() -> None:
    """The left's return leaves the right's end alone, and a return without a repetition means nothing."""
    left, right = RepDone(3.0, "left", 1, 2.0, {}), RepDone(3.1, "right", 1, 2.0, {}, merged=True)
    session = log(RepReturned(1.0, "left", 0), left, right, RepReturned(2.8, "left", 1))
    assert [rep.end_s for rep in session.repetitions] == [2.8, 3.1]
    assert session.reps == Reps(total=1, left=1, right=1)


def test_being_in_the_picture_without_a_problem_before_is_no_record() -> None:
    """A framing that was right from the start leaves nothing behind."""
    assert log(FramingRight(1.0)).framing == []


def found(**fields: Any) -> Session:
    """A session of two repetitions, 1-3 s and 5-7 s, held 5 s and 4.8 s, with fields replaced."""
    session = blank(ARM_RAISE)
    session.reps = Reps(total=2, left=1, right=1)
    session.repetitions = [
        Repetition(n=1, side="left", start_s=1, end_s=3, peak={}, held_s=5),
        Repetition(n=2, side="right", start_s=5, end_s=7, peak={}, held_s=4.8),
    ]
    return session.model_copy(update=fields)


def told(session: Session, **expect: Any) -> list[str]:
    """What is not as expected."""
    return differences(session, Expect.model_validate(expect))


def fault(number: int | None) -> FaultRecord:
    """A shrug in a repetition."""
    return FaultRecord(id="shrug", repetition=number, t_s=1, severity="fix", say="", side=None)


def test_all_as_expected_needs_no_words() -> None:
    """Counts, holds, times and the absence of faults agree."""
    at = [[1.1, 2.9], [5, 7]]
    assert told(found(), reps={"left": 1, "right": 1}, holds={"seconds": 5}, at=at, near_misses=0) == []
    assert told(found(), reps={"total": 2}) == []
    assert told(found()) == []


def test_wrong_counts_are_told() -> None:
    """In total, or by side."""
    assert told(found(), reps={"total": 3}) == ["expected 3 repetitions, found 2"]
    assert told(found(), reps={"left": 2, "right": 0}) == ["expected 2 left and 0 right, found 1 left and 1 right"]


def test_wrong_holds_are_told() -> None:
    """A hold 0.6 s too short is told, one 0.4 s too short is within the half second."""
    assert told(found(), holds={"seconds": 5.4}) == ["repetition 2: expected a hold of 5.4 s, found 4.80 s"]


def test_a_hold_that_is_meant_to_be_cut_short_is_not_measured() -> None:
    """The second repetition is held for 4.8 s of 6; that it is too short is its fault, which is told or not."""
    short = fault(2).model_copy(update={"id": "hold-short"})
    expected = {"holds": {"seconds": 5}, "faults": {"hold-short": [2]}}
    session = found(faults=[short])
    session.repetitions[1] = session.repetitions[1].model_copy(update={"held_s": 1.0})
    assert told(session, **expected) == []
    assert told(session, holds={"seconds": 5}, faults="any") == ["repetition 2: expected a hold of 5 s, found 1.00 s"]


def test_every_held_step_is_measured_by_itself() -> None:
    """Two steps of 0.8 s, one of them with a lapse: what the other side holds meanwhile is not theirs."""

    def hold(step: str, start_s: float, held_s: float, side: Side = "left") -> Hold:
        return Hold(side=side, start_s=start_s, end_s=start_s + held_s, held_s=held_s, step=step, target_s=3)

    holds = [hold("near", 1.0, 0.5), hold("near", 1.6, 0.3), hold("far", 2.0, 0.8), hold("far", 1.2, 9.0, "right")]
    session = found(holds=holds)
    del session.repetitions[1]
    assert told(session, holds={"seconds": 0.8, "within": 0.1}) == []
    assert told(session, holds={"seconds": 1.6, "within": 0.1}) == [
        "repetition 1: expected a hold of 1.6 s, found 0.80 s",
        "repetition 1: expected a hold of 1.6 s, found 0.80 s",
    ]


def test_faults_are_compared_by_repetition() -> None:
    """Missing here, unexpected there; the fault of an attempt that was not counted does not matter, nor does "any"."""
    assert told(found(faults=[fault(1)]), faults={"shrug": [1]}) == []
    assert told(found(faults=[fault(None)])) == []
    assert told(found(faults=[fault(2)]), faults={"shrug": [1]}) == [
        "fault shrug expected in repetition 1, not found there",
        "fault shrug found in repetition 2, not expected there",
    ]
    assert told(found(faults=[fault(1), fault(2)])) == ["fault shrug found in repetition 1, 2, not expected there"]
    assert told(found(faults=[fault(2)]), faults="any") == []


def test_a_fault_that_may_be_told_or_not_is_no_difference() -> None:
    """Found in the repetition that may show it or not found at all; elsewhere it is told."""
    for seen in ([], [fault(1)]):
        assert told(found(faults=seen), may={"shrug": [1]}) == []
    assert told(found(faults=[fault(1), fault(2)]), may={"shrug": [1]}) == [
        "fault shrug found in repetition 2, not expected there"
    ]


def test_near_misses_are_counted() -> None:
    """One where none is expected."""
    miss = NearMiss(t_s=1, step="up", measure="bend", best=1, short_by=1, side=None)
    assert told(found(near_misses=[miss]), near_misses=0) == ["expected 0 near misses, found 1"]


def test_times_are_compared_in_their_order() -> None:
    """A start 0.4 s late is told, an end 0.2 s early is not; another number of repetitions is told as a count."""
    late = told(found(), at=[[0.6, 3.2], [5, 7]])
    assert late == ["repetition 1: expected its start at 0.6 s, found 1.00 s"]
    backwards = found(repetitions=list(reversed(found().repetitions)))
    assert told(backwards, at=[[1, 3], [5, 7]]) == []
    assert told(found(), at=[[1, 3]]) == []


def test_from_where_the_person_was_seen() -> None:
    """Most of the time from the side; nobody is seen from nowhere."""
    poses = [STANDING.but(facing=90.0 if i > 20 else 0.0).pose(i / 10) for i in range(80)]
    assert coached(poses, ARM_RAISE).session.view == "side"
    assert coached([STANDING.but(present=False).pose(0.0)], ARM_RAISE).session.view is None
