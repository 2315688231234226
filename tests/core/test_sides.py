"""How repetitions of two sides are counted: each for itself, in turn, together, either."""

from __future__ import annotations

from coaching import CURL, TILT, TILT_FIELDS, TILT_STEPS, coached, curl, exercise
from figures import STANDING, Motion

from poise.core.events import RepDone, RepMissed, SetDone, SideDone


def tilts(motion: Motion, *angles: float) -> Motion:
    """Tilts the head by each angle (left positive), holding each for 6 s."""
    for angle in angles:
        motion.go(1, neck_tilt=angle).stay(6).go(1, neck_tilt=0).stay(1)
    return motion


def test_each_side_is_counted_by_itself() -> None:
    """Left, left, right: 2 left and 1 right of 3 in all, each repetition with its side and running number."""
    run = coached(tilts(Motion(STANDING).stay(1), 35, 35, -35), TILT)
    assert run.counts == (3, 2, 1)
    assert [(rep.n, rep.side) for rep in run.session.repetitions] == [(1, "left"), (2, "left"), (3, "right")]


def test_sides_and_sets_come_to_an_end() -> None:
    """With two repetitions a side and two sets, the left is done at its second, the set when the right is."""
    spec = exercise(*TILT_STEPS, **(TILT_FIELDS | {"dose": {"reps": 2, "hold": 1, "sets": 2}}))
    run = coached(tilts(Motion(STANDING).stay(1), 35, 35, -35, -35, 35, 35, -35, -35), spec, fps=15)
    assert [event.side for event in run.only(SideDone)] == ["left", "right", "left", "right"]
    assert [event.number for event in run.only(SetDone)] == [1, 2]
    assert run.snapshots[-1].state.sets == 2


def test_each_side_has_its_turn_until_it_is_done() -> None:
    """With ``sides: each`` and two repetitions the left comes first, and the right after both."""
    spec = exercise(*TILT_STEPS, **(TILT_FIELDS | {"dose": {"reps": 2, "hold": 1}}))
    run = coached(tilts(Motion(STANDING).stay(1), 35, 35), spec, fps=15)
    assert run.at(9.9).state.side == "left"
    assert run.snapshots[-1].state.side == "right"
    assert run.snapshots[-1].state.next_words == "Ear toward your right shoulder"


def test_alternating_sides_take_turns() -> None:
    """With ``sides: alternate`` the right's turn comes after each left."""
    spec = exercise(*TILT_STEPS, **(TILT_FIELDS | {"sides": "alternate", "dose": {"reps": 5, "hold": 1}}))
    run = coached(tilts(Motion(STANDING).stay(1), 35, -35), spec, fps=15)
    assert run.at(9.9).state.side == "right"
    assert run.snapshots[-1].state.side == "left"


def test_both_arms_together_count_once() -> None:
    """With ``sides: any``: left, right, both are three repetitions, of which each arm made two."""
    motion = curl(curl(curl(Motion(STANDING).stay(1), "left"), "right"), "left", "right")
    run = coached(motion, CURL)
    assert run.counts == (3, 2, 2)
    assert [(event.n, event.side, event.merged) for event in run.only(RepDone)] == [
        (1, "left", False),
        (2, "right", False),
        (3, "left", False),
        (3, "right", True),
    ]
    assert [(rep.n, rep.side) for rep in run.session.repetitions][2:] == [(3, "left"), (3, "right")]


def test_both_arms_together_in_turn_with_each_other_are_two() -> None:
    """The right arm sets out when the left is half way back: two repetitions that overlap a little, not one."""
    motion = Motion(STANDING).stay(1).go(1, left_elbow_flexion=130).go(0.5, left_elbow_flexion=65)
    motion.go(0.5, left_elbow_flexion=0, right_elbow_flexion=65).go(0.5, right_elbow_flexion=130)
    assert coached(motion.go(1, right_elbow_flexion=0).stay(1), CURL).counts == (2, 1, 1)


def test_sides_that_must_work_together_count_only_together() -> None:
    """With ``sides: both`` and ``both.``, one arm alone is no repetition, both are one without a side."""
    spec = exercise({"where": {"both.elbow_flexion": {"below": 40}}}, {"where": {"both.elbow_flexion": {"above": 90}}})
    assert coached(curl(Motion(STANDING).stay(1), "left"), spec).counts == (0, 0, 0)
    run = coached(curl(Motion(STANDING).stay(1), "left", "right"), spec)
    assert run.counts == (1, 0, 0)
    assert run.session.repetitions[0].side is None


def test_either_side_will_do_where_the_spec_says_so() -> None:
    """With ``either.`` one bent arm is enough."""
    spec = exercise(
        {"where": {"both.elbow_flexion": {"below": 40}}}, {"where": {"either.elbow_flexion": {"above": 90}}}
    )
    assert coached(curl(Motion(STANDING).stay(1), "right"), spec).counts == (1, 0, 0)


def test_a_flow_through_both_sides_is_no_near_miss_of_the_side_it_ends_on() -> None:
    """Tilt left, chin down, tilt right: one flow of the left; for the right it begins with the last tilt and stops."""
    upright = {"neck_tilt": {"between": [-12, 12]}, "neck_nod": {"below": 8}}
    spec = exercise(
        {"id": "upright", "where": upright},
        {"id": "tilt", "where": {"neck_tilt": {"above": 20}}},
        {"id": "chin", "where": {"neck_nod": {"above": 15}, "neck_tilt": {"between": [-12, 12]}}},
        {"id": "other-tilt", "where": {"neck_tilt": {"below": -20}}},
        sides="each",
        camera={"view": "front", "sees": ["head", "shoulders"]},
    )
    for first, counts in ((30, (1, 1, 0)), (-30, (1, 0, 1))):
        motion = Motion(STANDING).stay(1).go(0.8, neck_tilt=first).go(0.8, neck_tilt=first / 4, neck_nod=12)
        motion = motion.go(0.5, neck_tilt=0, neck_nod=25).go(0.5, neck_tilt=-first / 4, neck_nod=12)
        run = coached(motion.go(0.8, neck_tilt=-first, neck_nod=0).go(0.8, neck_tilt=0).stay(2), spec)
        assert run.counts == counts
        assert run.only(RepMissed) == []
