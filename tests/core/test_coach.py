"""The coach as a whole: its state, its turns, and that it depends on nothing but poses and spec."""

from __future__ import annotations

import pytest
from coaching import ARM_RAISE, CURL, TILT, TILT_FIELDS, TILT_STEPS, blank, coached, exercise
from figures import STANDING, Motion

from poise.core.body import BodyTracker
from poise.core.coach import Coach
from poise.core.events import RepMissed
from poise.core.replay import replay
from poise.core.session import Session

TILTED = Motion(STANDING).stay(2).go(1, neck_tilt=35).stay(6).go(1, neck_tilt=0).stay(1)


def test_the_state_follows_the_steps() -> None:
    """Upright the next step is the tilt; in the tilt it is to come back, and the aim is the tilt being held."""
    run = coached(TILTED, TILT)
    at_rest, held = run.at(1.5).state, run.at(6.0).state
    assert (at_rest.step, at_rest.next_step) == ("upright", "tilt")
    assert at_rest.next_words == "Ear toward your left shoulder"
    assert (held.step, held.next_step, held.side) == ("tilt", "upright", "left")
    assert str(held.aim.target.ref) == "neck_tilt"
    assert held.aim.target.low == 20
    assert held.aim.value == pytest.approx(35, abs=0.5)


def test_before_the_first_step_there_is_none() -> None:
    """Somebody who begins with the arms up has reached no step yet."""
    run = coached(Motion(STANDING.but(shoulder_abduction=170)).stay(1), ARM_RAISE)
    assert run.snapshots[-1].state.step is None
    assert run.snapshots[-1].state.next_step == "down"


def test_a_side_can_be_skipped() -> None:
    """It is the left's turn; skipped, it is the right's; skipped again, the left's. Without sides nothing changes."""
    coach = Coach(TILT)
    poses = Motion(STANDING).stay(1).poses()
    sides = []
    for pose in poses[:3]:
        sides.append(coach.step(pose).state.side)
        coach.skip_side()
    assert sides == ["left", "right", "left"]
    together = Coach(ARM_RAISE)
    together.skip_side()
    assert together.step(poses[0]).state.side is None


def test_the_side_that_moves_is_shown_whoever_has_the_turn() -> None:
    """It is the left's turn, and the right side tilts: the state is about the right."""
    motion = Motion(STANDING).stay(2).go(1, neck_tilt=-35).stay(3)
    assert coached(motion, TILT).snapshots[-1].state.side == "right"


@pytest.mark.parametrize("left_back_first", [True, False])
def test_one_side_moved_along_by_the_other_has_made_no_attempt(left_back_first: bool) -> None:
    """The left arm curls, the right follows to 60 degrees and back, before or after it: no near miss of the right."""
    motion = Motion(STANDING).stay(1).go(1, left_elbow_flexion=130, right_elbow_flexion=60)
    if left_back_first:
        motion.go(1, left_elbow_flexion=0).go(1, right_elbow_flexion=0)
    else:
        motion.go(1, right_elbow_flexion=0).go(1, left_elbow_flexion=0)
    run = coached(motion.stay(1), CURL)
    assert run.counts == (1, 1, 0)
    assert run.only(RepMissed) == []


def test_an_attempt_of_its_own_is_a_near_miss_of_that_side() -> None:
    """The right arm alone to 60 of 90 degrees, a while after a curl of the left: 30 short."""
    motion = Motion(STANDING).stay(1).go(1, left_elbow_flexion=130).go(1, left_elbow_flexion=0).stay(1)
    run = coached(motion.go(1, right_elbow_flexion=60).go(1, right_elbow_flexion=0).stay(1), CURL)
    assert [(missed.side, round(missed.short_by)) for missed in run.only(RepMissed)] == [("right", 30)]


@pytest.mark.parametrize(("name", "needed"), [("back_round", True), ("speed.back_round", True), ("hip_drop", False)])
def test_the_silhouette_is_asked_for_only_where_it_is_measured(name: str, needed: bool) -> None:
    """In a step or in a fault, under any prefix."""
    step, fault = {"where": {name: {"above": 5}}}, {"id": "round", "where": {name: {"above": 5}}, "say": "Flat"}
    assert exercise(step, step).needs_outline == needed
    assert exercise({"where": {"hip_drop": {"above": 5}}}, faults=[fault]).needs_outline == needed


def test_a_dose_can_be_changed() -> None:
    """The same spec with a hold of 2 s asks for 2 s."""
    assert coached(TILTED, TILT.with_dose(hold=2)).session.holds[0].target_s == 2
    assert coached(TILTED, TILT).session.holds[0].target_s == 5


def test_the_same_poses_twice_give_the_same_session() -> None:
    """No clock, no chance, no state outside: equal JSON, through the coach as through replay, and it validates."""
    poses = TILTED.poses()
    once, again = (replay(poses, TILT, blank(TILT)).model_dump_json() for _ in range(2))
    assert once == again == coached(poses, TILT).session.model_dump_json()
    assert Session.model_validate_json(once).reps.left == 1


def test_replay_leaves_what_it_was_given_alone() -> None:
    """The session that is handed in stays blank, and a track without poses gives an empty one."""
    given = blank(TILT)
    result = replay(TILTED.poses(), TILT, given)
    assert given.repetitions == []
    assert result.repetitions != []
    assert replay([], TILT, given).frames == 0


def test_coaches_may_share_a_tracker() -> None:
    """Two exercises judged from the same bodies give what each gives by itself."""
    tracker, shared, alone = BodyTracker(), (Coach(TILT), Coach(ARM_RAISE)), Coach(TILT)
    for pose in TILTED.poses():
        body = tracker.track(pose)
        states = [coach.judge(body, pose).state.reps for coach in shared]
        assert states[0] == alone.step(pose).state.reps
    assert states == [(1, 1, 0), (0, 0, 0)]


def test_who_is_lost_in_a_hold_and_seen_again_in_it_keeps_their_neutral() -> None:
    """A shallow tilt, lost for 5 s in the middle, and three more: three to the left, and none to the right at rest."""
    tilt = TILT_STEPS[1] | {"where": {"neck_tilt": {"above": 8}}}
    spec = exercise({"id": "upright", "where": {"neck_tilt": {"between": [-5, 5]}}}, tilt, **TILT_FIELDS)
    motion = Motion(STANDING).stay(2).go(1, neck_tilt=12).stay(1).stay(5, present=False).stay(0.01, present=True)
    motion.stay(2).go(1, neck_tilt=0).stay(2)
    motion.times(3, lambda m: m.go(1, neck_tilt=12).stay(5).go(1, neck_tilt=0).stay(2))
    assert coached(motion, spec).counts == (3, 3, 0)


def test_a_hold_in_the_first_step_is_timed_too() -> None:
    """A pause of 2 s asked for before each tilt is held before it."""
    steps = ({**TILT_STEPS[0], "hold": 2}, TILT_STEPS[1])
    run = coached(TILTED, exercise(*steps, **TILT_FIELDS))
    assert run.session.holds[0].step == "upright"
    assert run.counts == (1, 1, 0)
