"""Holds of whole motions: how long, in pauses and dropouts, and what becomes of short ones."""

from __future__ import annotations

import re

import pytest
from coaching import TILT, TILT_FIELDS, TILT_STEPS, coached, exercise
from figures import STANDING, Motion

from poise.core.events import FaultSeen, HoldDone, HoldPaused, HoldReached, HoldStarted, RepDone


def tilt(motion: Motion, held_s: float, ramp_s: float = 1.0, angle: float = 35.0) -> Motion:
    """Tilts the head to the left in some time, holds, and comes back as fast."""
    return motion.go(ramp_s, neck_tilt=angle).stay(held_s).go(ramp_s, neck_tilt=0)


@pytest.mark.parametrize("ramp_s", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("held_s", [2.0, 6.0])
@pytest.mark.parametrize("fps", [10, 30])
def test_hold_times_whatever_the_way_in(ramp_s: float, held_s: float, fps: int) -> None:
    """Still for 2 or 6 s between ramps of 0.5 to 2 s: within 0.2 s, or 15 % of the slow ends of a slow ramp."""
    run = coached(tilt(Motion(STANDING).stay(2), held_s, ramp_s).stay(2), TILT, fps)
    (hold,) = run.session.holds
    within = max(0.2, 0.15 * ramp_s)
    assert hold.held_s == pytest.approx(held_s, abs=2 * within if ramp_s > 1 else within)
    assert hold.start_s == pytest.approx(2 + ramp_s, abs=within)
    assert hold.end_s == pytest.approx(2 + ramp_s + held_s, abs=within)
    assert run.session.repetitions[0].held_s == hold.held_s


def test_the_clock_shows_what_is_held_so_far() -> None:
    """3 s into a hold of 5 the clock says 3 of 5, 2 s before anything is held there is no clock."""
    run = coached(tilt(Motion(STANDING).stay(2), 6).stay(1), TILT)
    assert run.at(1.0).state.hold_s is None
    assert run.at(6.0).state.hold_s == pytest.approx(3, abs=0.2)
    assert run.at(6.0).state.hold_target_s == 5
    assert [event.t_s for event in run.only(HoldReached)] == [pytest.approx(8, abs=0.2)]


def test_a_lapse_pauses_the_hold_and_does_not_reset_it() -> None:
    """Held 3 s, up to 15 degrees and back within 0.9 s, held 3 s more: one hold of about 6 s, paused once."""
    motion = Motion(STANDING).stay(2).go(1, neck_tilt=35).stay(3).go(0.3, neck_tilt=15).stay(0.2)
    run = coached(motion.go(0.3, neck_tilt=35).stay(3).go(1, neck_tilt=0).stay(1), TILT)
    assert run.counts == (1, 1, 0)
    assert len(run.only(HoldStarted)) == len(run.only(HoldDone)) == 1
    assert len(run.only(HoldPaused)) == 2  # the lapse, and leaving at the end
    assert run.session.repetitions[0].held_s == pytest.approx(6, abs=0.6)
    assert run.session.faults == []


def test_two_seconds_out_of_sight_pause_the_hold() -> None:
    """Held 2 s, nobody found for 2 s, held 4 s more: 6 s, not 8 and not 4, and the exercise goes on."""
    motion = Motion(STANDING).stay(2).go(1, neck_tilt=35).stay(2).stay(2, present=False)
    run = coached(motion.stay(4, present=True).go(1, neck_tilt=0).stay(1), TILT)
    assert run.counts == (1, 1, 0)
    assert run.session.repetitions[0].held_s == pytest.approx(6, abs=0.3)


def test_who_is_gone_for_longer_has_ended_the_hold() -> None:
    """Held 2 s, then away for 6 s: the hold of 2 s is over while nobody is there, and nothing was counted."""
    motion = Motion(STANDING).stay(2).go(1, neck_tilt=35).stay(2).stay(6, present=False).stay(1, present=True)
    run = coached(motion, TILT)
    assert run.at(7.5).state.hold_s == pytest.approx(2, abs=0.2)
    assert run.at(10.5).state.hold_s is None
    assert [hold.held_s for hold in run.session.holds] == pytest.approx([2], abs=0.2)
    assert run.counts == (0, 0, 0)


def test_a_lapse_that_ends_out_of_sight_is_not_for_good() -> None:
    """Held 2 s, out of the position for 0.4 s, unseen for 0.6 s and back in it for 4 s: one hold of 6 s."""
    motion = Motion(STANDING).stay(2).go(1, neck_tilt=35).stay(2).go(0.2, neck_tilt=15).stay(0.3)
    motion.stay(0.6, hidden=("ear",)).stay(0.2, neck_tilt=35.0).stay(4, hidden=()).go(1, neck_tilt=0)
    run = coached(motion.stay(1), TILT)
    assert len(run.only(HoldDone)) == 1
    assert run.session.repetitions[0].held_s == pytest.approx(6, abs=0.6)


def test_leaving_for_good_ends_the_hold_short() -> None:
    """Held 3 of 5 s: one repetition, its hold of 3 s, and the fault that says so."""
    run = coached(tilt(Motion(STANDING).stay(2), 3).stay(1), TILT)
    (done,) = run.only(HoldDone)
    assert (done.held_s, done.target_s) == (pytest.approx(3, abs=0.2), 5)
    (fault,) = run.only(FaultSeen)
    assert (fault.fault, fault.severity, fault.say) == ("hold-short", "tip", "Hold longer: 3 of 5 seconds")
    assert run.session.repetitions[0].faults == ["hold-short"]
    assert run.only(HoldReached) == []


def test_a_pause_is_told_to_a_tenth_of_a_second() -> None:
    """Paused 0.9 of 2 s: "1 of 2" would say half, and "1 of 1" nothing at all."""
    run = coached(tilt(Motion(STANDING).stay(2), 0.5).stay(1), TILT.with_dose(hold=2.0))
    (fault,) = run.only(FaultSeen)
    assert re.fullmatch(r"Hold longer: [01]\.\d of 2\.0 seconds", fault.say)


@pytest.mark.parametrize(("held_s", "faults"), [(3.6, ["hold-short"]), (4.5, [])])
def test_four_fifths_of_a_hold_are_enough(held_s: float, faults: list[str]) -> None:
    """Of 5 s, 3.6 are short and 4.5 are not."""
    run = coached(tilt(Motion(STANDING).stay(2), held_s).stay(1), TILT)
    assert run.session.repetitions[0].faults == faults


def test_a_second_try_within_one_repetition_adds_up() -> None:
    """Held 2 s, halfway back for 2 s without reaching upright, held 3 s: two holds, 5 s in the repetition."""
    motion = Motion(STANDING).stay(2).go(1, neck_tilt=35).stay(2).go(0.4, neck_tilt=15).stay(2)
    run = coached(motion.go(0.4, neck_tilt=35).stay(3).go(1, neck_tilt=0).stay(1), TILT)
    assert [hold.held_s for hold in run.session.holds] == pytest.approx([2, 3], abs=0.35)
    assert run.session.repetitions[0].held_s == pytest.approx(5, abs=0.6)


def test_a_hold_that_the_clip_cuts_off_is_kept() -> None:
    """The clip ends 3 s into the hold: the hold is there, a repetition is not."""
    run = coached(Motion(STANDING).stay(2).go(1, neck_tilt=35).stay(3), TILT)
    assert run.session.holds[0].held_s == pytest.approx(3, abs=0.3)
    assert run.counts == (0, 0, 0)


def test_a_position_that_was_only_brushed_is_no_hold() -> None:
    """A swing through the position without ever being still leaves no hold in the session."""
    motion = Motion(STANDING).stay(2).go(1.0, neck_tilt=50).go(1.0, neck_tilt=0)
    run = coached(motion.stay(1), exercise(*TILT_STEPS, **(TILT_FIELDS | {"dose": {"hold": 5}})), fps=60)
    assert [hold for hold in run.session.holds if hold.held_s <= 0] == []
    assert all(hold.held_s < 0.5 for hold in run.session.holds)


DONE = exercise(*TILT_STEPS, **(TILT_FIELDS | {"count": "done", "dose": {"hold": 2}}))


def test_with_count_done_a_hold_belongs_to_its_own_repetition() -> None:
    """Held 4 s and 3 s where 2 are asked: counted at 2 s of each, and each repetition has its own time."""
    run = coached(tilt(tilt(Motion(STANDING).stay(2), 4).stay(1), 3).stay(1), DONE)
    assert [event.t_s for event in run.only(RepDone)] == pytest.approx([5, 12], abs=0.3)
    assert [rep.held_s for rep in run.session.repetitions] == pytest.approx([4, 3], abs=0.3)


def test_with_count_done_a_short_hold_counts_on_the_return() -> None:
    """Held 1 of 2 s the step was not done, but on the return it is a repetition all the same, and a short one."""
    run = coached(tilt(Motion(STANDING).stay(2), 1.2).stay(1), DONE)
    assert run.counts == (1, 1, 0)
    assert run.only(RepDone)[0].t_s > 4.5
    assert run.session.repetitions[0].faults == ["hold-short"]


TIMER = exercise(
    {"id": "level", "where": {"shoulder_abduction": {"above": 70}}, "hold": 3}, sees="timer", sees_note="Only time."
)


def test_an_exercise_of_one_step_counts_each_time_it_was_held() -> None:
    """Arms level for 4 s, down for 3 s, level for 4 s, where 3 are asked: two repetitions from their first moment."""
    motion = (
        Motion(STANDING)
        .stay(1)
        .times(2, lambda m: m.go(1, shoulder_abduction=90).stay(4).go(1, shoulder_abduction=0).stay(2))
    )
    run = coached(motion, TIMER)
    assert run.counts == (2, 0, 0)
    assert [event.t_s for event in run.only(RepDone)] == pytest.approx([5, 13], abs=0.3)
    assert [rep.start_s for rep in run.session.repetitions] == pytest.approx([2, 10], abs=0.5)
    assert [rep.held_s for rep in run.session.repetitions] == pytest.approx([4, 4], abs=0.3)


def test_an_exercise_of_one_step_pauses_in_a_lapse() -> None:
    """Level for 2 s, 0.6 s down, level for 2 s: 4 s held, so once, and not once more after the lapse."""
    motion = Motion(STANDING).stay(1).go(0.5, shoulder_abduction=90).stay(4).go(0.2, shoulder_abduction=50)
    motion.stay(0.2).go(0.2, shoulder_abduction=90).stay(4).go(1, shoulder_abduction=0).stay(2)
    assert coached(motion, TIMER).counts == (1, 0, 0)


def test_an_exercise_of_one_step_that_is_not_held_long_enough_does_not_count() -> None:
    """Level for 1.5 of 3 s: a short hold, no repetition."""
    run = coached(
        Motion(STANDING).stay(1).go(1, shoulder_abduction=90).stay(1.5).go(1, shoulder_abduction=0).stay(2), TIMER
    )
    assert run.counts == (0, 0, 0)
    assert [fault.fault for fault in run.only(FaultSeen)] == ["hold-short"]


def test_an_exercise_of_one_step_without_a_hold_counts_each_arrival() -> None:
    """Arms level twice: two."""
    spec = exercise({"where": {"shoulder_abduction": {"above": 70}}}, sees="timer", sees_note="Only presence.")
    motion = (
        Motion(STANDING)
        .stay(1)
        .times(2, lambda m: m.go(1, shoulder_abduction=90).stay(1).go(1, shoulder_abduction=0).stay(1))
    )
    assert coached(motion, spec).counts == (2, 0, 0)


def test_a_hold_close_to_upright_does_not_become_the_neutral() -> None:
    """Ten still seconds at 12 degrees, well within what might be somebody's upright, leave the zero at 0."""
    close = (
        {"id": "upright", "where": {"neck_tilt": {"between": [-4, 4]}}},
        {"id": "tilt", "where": {"neck_tilt": {"above": 8}}, "hold": 10},
    )
    motion = Motion(STANDING).stay(2).go(1, neck_tilt=12).stay(10).go(1, neck_tilt=0).stay(0.3)
    run = coached(motion, exercise(*close, **TILT_FIELDS))
    assert run.counts == (1, 1, 0)
    assert run.at(12.9).reading.of("neck_tilt", "left") == pytest.approx(12, abs=0.5)


def test_the_neutral_is_learned_from_stillness_and_not_during_holds() -> None:
    """Somebody whose upright is 6 degrees to the left reads 0 there, and still does after a hold of 10 s at 13."""
    motion = Motion(STANDING.but(neck_tilt=6)).stay(3).go(1, neck_tilt=41).stay(10).go(1, neck_tilt=6).stay(1)
    run = coached(motion, TILT)
    upright = run.at(2.9).reading.of("neck_tilt", "left")
    assert upright == pytest.approx(0, abs=0.5)
    assert run.snapshots[-1].reading.of("neck_tilt", "left") == pytest.approx(0, abs=0.5)
    assert run.at(10).reading.of("neck_tilt", "left") == pytest.approx(35, abs=0.5)
    assert run.counts == (1, 1, 0)
