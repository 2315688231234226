"""What is a repetition, and what is not."""

from __future__ import annotations

from typing import Any

import pytest
from coaching import ARM_RAISE, JACK, ROLL, TILT, Coached, coached, curl, exercise, raise_arms
from figures import STANDING, STANDING_SIDE_ON, Motion

from poise.core.events import RepMissed, RepReturned, StepReached
from poise.core.spec import Spec


def test_a_repetition_counts_on_the_return() -> None:
    """Arms up at 2 s and down at 3 s: nothing is counted at 2.5 s, one at 3 s, with its farthest point."""
    run = coached(raise_arms(Motion(STANDING).stay(1)).stay(1), ARM_RAISE)
    assert run.at(2.4).state.reps == (0, 0, 0)
    assert run.at(3.0).state.reps == (1, 0, 0)
    assert run.session.repetitions[0].peak == {"shoulder_abduction": pytest.approx(170, abs=1)}


def test_with_count_done_a_repetition_counts_at_its_last_step() -> None:
    """Arms up at 2 s: counted there, once, and not again on the way down."""
    spec = ARM_RAISE.model_copy(update={"count": "done"})
    run = coached(raise_arms(Motion(STANDING).stay(1)).stay(2), spec)
    assert run.at(2.0).state.reps == (1, 0, 0)
    assert run.counts == (1, 0, 0)


def test_times_of_repetitions() -> None:
    """Arms set out at 1 s and are back at 3 s, again from 5 s to 9 s: within 0.3 s, or a third of a slow way.

    These movements are slow at both ends, and what is near rest counts as rest.
    """
    motion = raise_arms(raise_arms(Motion(STANDING).stay(1)).stay(2), seconds=2.0).stay(2)
    first, second = coached(motion, ARM_RAISE).session.repetitions
    assert first.start_s == pytest.approx(1, abs=0.3)
    assert first.end_s == pytest.approx(3, abs=0.34)
    assert (second.start_s, second.end_s) == pytest.approx((5, 9), abs=0.67)
    assert (first.n, second.n) == (1, 2)


@pytest.mark.parametrize("seconds", [0.5, 1.0, 2.0])
def test_movements_at_an_even_pace_are_timed_within_a_quarter_of_the_way(seconds: float) -> None:
    """From 5 to 170 degrees and back without easing: start and end within 0.2 s, or a quarter of a slow way."""
    times_s = [i / 30 for i in range(round((4 + 2 * seconds) * 30))]

    def angle(t_s: float) -> float:
        return 5 + 165 * max(0.0, 1 - abs(t_s - 2 - seconds) / seconds)

    run = coached([STANDING.but(shoulder_abduction=angle(t_s)).pose(t_s) for t_s in times_s], ARM_RAISE)
    within_s = max(0.2, 0.25 * seconds)
    assert run.session.repetitions[0].start_s == pytest.approx(2, abs=within_s)
    assert run.session.repetitions[0].end_s == pytest.approx(2 + 2 * seconds, abs=within_s)


def test_the_end_of_the_last_repetition_is_known_when_the_source_ends() -> None:
    """The clip stops 0.5 s after the arms came down, before anybody could tell that they stay there."""
    run = coached(raise_arms(Motion(STANDING).stay(1)).stay(0.5), ARM_RAISE)
    assert [type(event) for event in run.last] == [RepReturned]
    assert run.session.repetitions[0].end_s == pytest.approx(3, abs=0.3)


def test_one_wrong_frame_is_no_step() -> None:
    """Arms at the sides with a single frame overhead, at 10 fps: nothing."""
    poses = Motion(STANDING).stay(3).poses(fps=10)
    poses[15] = STANDING.but(shoulder_abduction=170).pose(1.5)
    assert coached(poses, ARM_RAISE).counts == (0, 0, 0)


def test_a_position_lasts_a_tenth_of_a_second() -> None:
    """Overhead for 0.07 s is no step, for 0.2 s it is; a step to be held takes 0.3 s."""
    held = exercise({"where": {"shoulder_abduction": {"below": 50}}}, ARM_RAISE.steps[1].model_dump() | {"hold": 2})
    for spec, seconds, count in ((ARM_RAISE, 0.06, 0), (ARM_RAISE, 0.3, 1), (held, 0.2, 0), (held, 0.6, 1)):
        motion = Motion(STANDING).stay(1).go(0.001, shoulder_abduction=170).stay(seconds)
        run = coached(motion.go(0.001, shoulder_abduction=5).stay(1), spec, fps=60)
        assert run.counts[0] == count, (spec.steps[1].hold, seconds)


def test_a_walk_goes_through_all_steps() -> None:
    """Arms level, elbows bent, down: one repetition, whose peaks are told apart by their step."""
    motion = Motion(STANDING).stay(1).go(1, shoulder_abduction=90).go(1, elbow_flexion=80)
    run = coached(motion.go(1, shoulder_abduction=5, elbow_flexion=0).stay(1), ROLL)
    assert run.counts == (1, 0, 0)
    assert [event.step for event in run.only(StepReached)] == ["down", "level", "bent", "down"]
    peak = run.session.repetitions[0].peak
    assert peak == {
        "shoulder_abduction (level)": pytest.approx(90, abs=1),
        "shoulder_abduction (bent)": pytest.approx(90, abs=1),
    }


def test_skipping_a_step_is_no_repetition() -> None:
    """Arms level and down again without bending the elbows: a near miss on the way to the step that was skipped."""
    motion = Motion(STANDING).stay(1).go(1, shoulder_abduction=90).go(1, elbow_flexion=40)
    run = coached(motion.go(1, shoulder_abduction=5, elbow_flexion=0).stay(1), ROLL)
    assert run.counts == (0, 0, 0)
    (missed,) = run.only(RepMissed)
    assert (missed.step, missed.measure) == ("bent", "elbow_flexion")
    assert missed.short_by == pytest.approx(20, abs=1)


def test_giving_up_a_held_step_halfway_keeps_its_hold() -> None:
    """Level for 2 s as a hold, then down without the last step: the hold is in the session, no repetition is.

    The repetition that follows has its own hold of 3 s, and not the other's as well.
    """
    steps = [step.model_dump(exclude_none=True) for step in ROLL.steps]
    steps[1]["hold"] = 5
    motion = Motion(STANDING).stay(1).go(1, shoulder_abduction=90).stay(2).go(0.5, shoulder_abduction=5).stay(2)
    run = coached(motion, exercise(*steps))
    assert run.counts == (0, 0, 0)
    assert run.session.holds[0].held_s == pytest.approx(2, abs=0.3)
    motion.go(1, shoulder_abduction=90).stay(3).go(0.5, elbow_flexion=80).stay(0.5)
    run = coached(motion.go(1, shoulder_abduction=5, elbow_flexion=0).stay(1), exercise(*steps))
    assert run.counts == (1, 0, 0)
    assert run.session.repetitions[0].held_s == pytest.approx(run.session.holds[1].held_s)


def test_a_clip_that_starts_in_the_middle_counts_from_the_first_complete_walk() -> None:
    """The clip opens with the arms overhead, which come down, then two whole raises: two."""
    motion = Motion(STANDING.but(shoulder_abduction=170)).go(1, shoulder_abduction=5)
    assert coached(motion.times(2, raise_arms).stay(1), ARM_RAISE).counts == (2, 0, 0)


@pytest.mark.parametrize("fps", [10, 30])
def test_fast_jacks_count_from_the_first(fps: int) -> None:
    """Twelve jumping jacks at 0.7 s each, without ever standing still: all twelve."""
    motion = Motion(STANDING).times(
        12, lambda m: m.go(0.35, shoulder_abduction=170, spread=25).go(0.35, shoulder_abduction=10, spread=0)
    )
    assert coached(motion, JACK, fps).counts == (12, 0, 0)


def test_nothing_counts_before_the_person_was_seen_for_half_a_second() -> None:
    """Somebody who appears and raises the arms within 0.4 s is not counted; given a second, is."""
    for wait_s, count in ((0.0, 0), (1.0, 1)):
        motion = Motion(STANDING).stay(1, present=False).stay(wait_s + 0.05, present=True)
        motion.go(0.1, shoulder_abduction=170).stay(0.12).go(0.1, shoulder_abduction=5)
        assert coached(motion.stay(1), ARM_RAISE, fps=60).counts == (count, 0, 0)


def test_out_of_sight_for_longer_than_three_seconds_a_repetition_starts_afresh() -> None:
    """Arms up, away for a while, back with the arms still up, and down: one repetition after 2 s, none after 4 s."""
    for away_s, count in ((2, 1), (4, 0)):
        motion = Motion(STANDING).stay(1).go(1, shoulder_abduction=170).stay(0.3).stay(away_s, present=False)
        run = coached(motion.stay(1, present=True).go(1, shoulder_abduction=5).stay(2), ARM_RAISE)
        assert run.counts == (count, 0, 0), away_s


def test_arms_hidden_for_longer_than_three_seconds_start_afresh() -> None:
    """The person stays and the elbows are hidden while the arms are up: one repetition after 2 s, none after 4 s."""
    for hidden_s, count in ((2, 1), (4, 0)):
        motion = Motion(STANDING).stay(1).go(1, shoulder_abduction=170).stay(0.3).stay(hidden_s, hidden=("elbow",))
        run = coached(motion.stay(0.5, hidden=()).go(1, shoulder_abduction=5).stay(2), ARM_RAISE)
        assert run.counts == (count, 0, 0), hidden_s


def test_a_way_back_that_nobody_saw_does_not_count() -> None:
    """Arms up, 2 s away, and back with the arms down already: the person has only just come into the picture."""
    motion = Motion(STANDING).stay(1).go(1, shoulder_abduction=170).stay(0.3).stay(2, present=False)
    run = coached(motion.stay(0.01, present=True, shoulder_abduction=(5.0, 5.0)).stay(2), ARM_RAISE)
    assert run.counts == (0, 0, 0)


def with_dose(spec: Spec, **fields: Any) -> Spec:
    """The spec with other fields, checked again."""
    return Spec.model_validate(spec.model_dump(exclude_none=True, by_alias=True) | fields)


def turns(run: Coached) -> list[str | None]:
    """Whose turn it is, each time that this changes while the person is at rest."""
    sides: list[str | None] = []
    for snapshot in run.snapshots:
        if snapshot.state.step == "upright" and (not sides or sides[-1] != snapshot.state.side):
            sides.append(snapshot.state.side)
    return sides


def test_a_condition_only_if_seen_counts_from_a_view_that_cannot_show_it() -> None:
    """A curl that must not cross the body, seen from the front: across is refused; from the side nobody asks."""
    spec = exercise(
        {"where": {"elbow_flexion": {"below": 40}}},
        {"where": {"elbow_flexion": {"above": 90}, "forearm_across": {"below": -20, "if_seen": True}}},
        sides="any",
        camera={"view": ["front", "side"], "sees": ["shoulders"]},
    )
    assert coached(curl(Motion(STANDING).stay(1), "left"), spec).counts[0] == 1
    inward = Motion(STANDING).stay(1).go(1, left_elbow_flexion=-130).go(1, left_elbow_flexion=0).stay(1)
    assert coached(inward, spec).counts[0] == 0
    assert coached(curl(Motion(STANDING_SIDE_ON).stay(1), "left", "right"), spec).counts[0] == 1


def test_a_speed_can_be_a_condition() -> None:
    """A raise in 0.5 s goes far beyond 200 degrees per second, one in 3 s never does."""
    spec = exercise(
        {"where": {"shoulder_abduction": {"below": 50}}},
        {"where": {"speed.shoulder_abduction": {"above": 200}, "shoulder_abduction": {"above": 60}}},
    )
    assert coached(raise_arms(Motion(STANDING).stay(1), seconds=0.5).stay(1), spec).counts[0] == 1
    assert coached(raise_arms(Motion(STANDING).stay(1), seconds=3.0).stay(1), spec).counts[0] == 0


def test_a_peak_outside_a_range_is_the_farthest_from_its_middle() -> None:
    """A step that asks for a lean outside -15 to 15 has its peak at 25, not at the upright where it began."""
    spec = exercise(
        {"where": {"left.trunk_lean": {"between": [-8, 8]}}},
        {"where": {"left.trunk_lean": {"outside": [-15, 15]}}},
    )
    run = coached(Motion(STANDING).stay(1).go(1, trunk_lean=25).stay(0.3).go(1, trunk_lean=0).stay(1), spec)
    assert run.session.repetitions[0].peak == {"left.trunk_lean": pytest.approx(25, abs=0.5)}


def test_rest_lies_in_the_middle_of_the_first_step() -> None:
    """Who sways to the other side before tilting sets out when the tilt begins, not when the sway does."""
    motion = Motion(STANDING).stay(1).go(0.7, neck_tilt=-10).go(0.7, neck_tilt=0).stay(0.3)
    run = coached(motion.go(1, neck_tilt=35).stay(6).go(1, neck_tilt=0).stay(2), TILT)
    assert run.session.repetitions[0].start_s == pytest.approx(2.7, abs=0.3)


def test_a_dip_on_setting_out_is_not_where_rest_is() -> None:
    """Arms that rest at 45 degrees swing to 0 for a moment before each raise: the first one was back at rest at 5 s."""
    motion = Motion(STANDING.but(shoulder_abduction=45)).stay(2)
    for _ in range(2):
        motion.go(0.06, shoulder_abduction=0).go(0.06, shoulder_abduction=45)
        motion.go(1, shoulder_abduction=160).stay(0.88).go(1, shoulder_abduction=45).stay(1.4)
    first, second = coached(motion, ARM_RAISE).session.repetitions
    assert first.end_s == pytest.approx(5, abs=0.3)
    assert second.start_s == pytest.approx(6.52, abs=0.3)


def test_progress_goes_from_rest_to_the_target() -> None:
    """0 at rest, about half at 67 degrees of the way from 5 to 130, 0 again on the return."""
    run = coached(raise_arms(Motion(STANDING).stay(1)).stay(1), ARM_RAISE)
    assert run.at(1.0).state.aim.progress == pytest.approx(0, abs=0.01)
    halfway = next(shot for shot in run.snapshots if shot.state.aim and shot.state.aim.value > 67)
    assert halfway.state.aim.progress == pytest.approx(0.5, abs=0.1)
    assert max(shot.state.aim.progress for shot in run.snapshots) > 0.95
    assert run.at(2.5).state.aim.progress == 0


def test_rest_may_be_a_step_on_the_way() -> None:
    """Tilt left, upright, tilt right, upright: one walk, though upright is where a repetition begins and ends.

    Upright again without the second tilt is no end of it, and no near miss.
    """
    upright = {"neck_tilt": {"between": [-12, 12]}}
    spec = exercise(
        {"id": "upright", "where": upright},
        {"id": "tilt", "where": {"neck_tilt": {"above": 20}}},
        {"id": "middle", "where": upright},
        {"id": "other-tilt", "where": {"neck_tilt": {"below": -20}}},
        sides="each",
        camera={"view": "front", "sees": ["head", "shoulders"]},
    )
    motion = Motion(STANDING).stay(1).go(0.8, neck_tilt=30).go(0.8, neck_tilt=0).stay(1).go(0.8, neck_tilt=-30)
    run = coached(motion.go(0.8, neck_tilt=0).stay(2), spec)
    assert run.counts == (1, 1, 0)
    assert run.only(RepMissed) == []


def test_a_next_step_within_the_margin_of_the_first_still_sets_out_in_time() -> None:
    """At rest until 3 s, where a margin of 130 keeps the arms in the first step until the next one is reached."""
    spec = exercise(
        {"id": "down", "where": {"shoulder_abduction": {"below": 50, "margin": 130}}},
        {"id": "up", "where": {"shoulder_abduction": {"above": 130}}},
    )
    motion = raise_arms(raise_arms(Motion(STANDING).stay(3)).stay(3)).stay(2)
    first, second = coached(motion, spec).session.repetitions
    assert (first.start_s, first.end_s) == pytest.approx((3, 5), abs=0.34)
    assert second.start_s == pytest.approx(8, abs=0.3)


def test_a_movement_that_is_lost_for_a_moment_has_set_out_before() -> None:
    """Arms set out at 2 s; for 0.2 s they seem to hang again, somewhat off their rest."""
    motion = Motion(STANDING).stay(2).go(0.3, shoulder_abduction=80).go(0.1, shoulder_abduction=35).stay(0.1)
    motion.go(1, shoulder_abduction=170).go(1, shoulder_abduction=5).stay(2)
    (repetition,) = coached(motion, ARM_RAISE).session.repetitions
    assert repetition.start_s == pytest.approx(2, abs=0.2)


def test_an_attempt_that_is_given_up_is_no_part_of_the_next_movement() -> None:
    """Up to 110 degrees and back to 35, where the arms rest for 0.1 s before they go up at 3.3 s."""
    motion = Motion(STANDING).stay(2).go(0.6, shoulder_abduction=110).go(0.6, shoulder_abduction=35).stay(0.1)
    motion.go(1, shoulder_abduction=170).go(1, shoulder_abduction=5).stay(2)
    (repetition,) = coached(motion, ARM_RAISE).session.repetitions
    assert repetition.start_s == pytest.approx(3.3, abs=0.25)


def test_what_goes_wrong_at_rest_is_no_part_of_the_repetition_before() -> None:
    """Arms up and down, and bent half a second later, while at rest: the fault belongs to no repetition."""
    spec = exercise(
        {"id": "down", "where": {"shoulder_abduction": {"below": 50}}},
        {"id": "up", "where": {"shoulder_abduction": {"above": 130}}},
        faults=[{"id": "bent", "during": "down", "where": {"elbow_flexion": {"above": 60}}, "say": "Long arms"}],
    )
    motion = raise_arms(Motion(STANDING).stay(1)).stay(0.5).go(0.3, elbow_flexion=90).stay(1)
    session = coached(motion, spec).session
    assert [(fault.id, fault.repetition) for fault in session.faults] == [("bent", None)]
    assert session.repetitions[0].end_s == pytest.approx(3, abs=0.34)


def test_a_measure_that_wavers_at_rest_has_not_set_out() -> None:
    """The arms go up by 6 of 40 degrees a second too early: less than the 12 by which this measure is said to waver."""
    spec = exercise(
        {"id": "down", "where": {"shoulder_abduction": {"below": 20}}},
        {"id": "up", "where": {"shoulder_abduction": {"above": 45, "margin": 12}}},
    )
    motion = Motion(STANDING).stay(2).go(0.2, shoulder_abduction=11).stay(0.8).go(0.5, shoulder_abduction=80)
    motion.go(0.5, shoulder_abduction=5).stay(2)
    assert coached(motion, spec).session.repetitions[0].start_s == pytest.approx(3, abs=0.15)
