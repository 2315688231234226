"""Faults: noticed after their time, during their step, once for each repetition, and with its number."""

from __future__ import annotations

from typing import Any

import pytest
from coaching import TILT, TILT_FIELDS, TILT_STEPS, Coached, coached, exercise
from figures import STANDING, Motion

from poise.core.events import FaultSeen
from poise.core.spec import Spec

DOWN = {"id": "down", "where": {"shoulder_abduction": {"below": 50}}}
UP = {"id": "up", "where": {"shoulder_abduction": {"above": 130}}}


def watched(**fault: Any) -> Spec:
    """An arm raise with one fault."""
    return exercise(DOWN, UP, faults=[{"id": "leaning", "say": "Stand tall", **fault}])


LEANING = watched(during="up", where={"left.trunk_lean": {"above": 10}}, **{"for": "0.5 s"})


def raised(motion: Motion, lean: float, held_s: float = 1.0, top: float = 170.0) -> Motion:
    """Arms up, leaning to the left while they are up, and down."""
    motion.go(1, shoulder_abduction=top).go(0.2, trunk_lean=lean).stay(held_s).go(0.2, trunk_lean=0)
    return motion.go(1, shoulder_abduction=5).stay(0.5)


def found(run: Coached) -> list[tuple[str, int | None]]:
    """The faults of a session and their repetitions."""
    return [(fault.id, fault.repetition) for fault in run.session.faults]


def test_a_fault_is_told_once_for_its_repetition() -> None:
    """Leaning during the second of three raises, for 3 s: one fault, in repetition 2."""
    motion = raised(raised(raised(Motion(STANDING).stay(1), 0), 20, held_s=3), 0)
    run = coached(motion, LEANING)
    assert found(run) == [("leaning", 2)]
    assert [rep.faults for rep in run.session.repetitions] == [[], ["leaning"], []]


def test_a_fault_is_told_again_in_the_next_repetition() -> None:
    """Leaning in both of two raises: one fault each."""
    assert found(coached(raised(raised(Motion(STANDING).stay(1), 20), 20), LEANING)) == [
        ("leaning", 1),
        ("leaning", 2),
    ]


def test_with_count_done_a_fault_after_the_count_belongs_to_it() -> None:
    """Counted as the arms come up, leaning a second later: still repetition 1, and not the next."""
    spec = LEANING.model_copy(update={"count": "done"})
    assert found(coached(raised(raised(Motion(STANDING).stay(1), 20), 0), spec)) == [("leaning", 1)]


@pytest.mark.parametrize(("mended_s", "times"), [(4.0, 1), (10.0, 2)])
def test_a_fault_that_comes_back_after_a_while_is_told_again(mended_s: float, times: int) -> None:
    """Leaning twice with the arms up, and straight for 4 s or 10 s between: one repetition, told once or twice."""
    motion = Motion(STANDING).stay(1).go(1, shoulder_abduction=170)
    for _ in range(2):
        motion.go(0.2, trunk_lean=20).stay(1).go(0.2, trunk_lean=6).go(0.2, trunk_lean=0).stay(mended_s)
    assert found(coached(motion.go(1, shoulder_abduction=5).stay(0.5), LEANING)) == [("leaning", 1)] * times


def test_a_fault_that_comes_and_goes_is_told_once() -> None:
    """Leaning for a second, straight for five, six times over: never mended for long enough to be told again."""
    motion = Motion(STANDING).stay(1).go(1, shoulder_abduction=170)
    for _ in range(6):
        motion.go(0.2, trunk_lean=20).stay(1).go(0.2, trunk_lean=0).stay(5)
    assert found(coached(motion.go(1, shoulder_abduction=5).stay(0.5), LEANING)) == [("leaning", 1)]


@pytest.mark.parametrize(("held_s", "count"), [(0.2, 0), (0.8, 1)])
def test_a_fault_must_last(held_s: float, count: int) -> None:
    """Leaning for 0.3 s is let pass where 0.5 s are asked, 0.9 s are not; told when the time is over."""
    run = coached(raised(Motion(STANDING).stay(1), 20, held_s), LEANING)
    assert len(run.only(FaultSeen)) == count


def test_the_time_of_a_fault_begins_anew() -> None:
    """Leaning twice for 0.3 s with an upright second in between does not add up to 0.5 s."""
    motion = Motion(STANDING).stay(1).go(1, shoulder_abduction=170)
    motion.times(2, lambda m: m.go(0.1, trunk_lean=20).stay(0.25).go(0.1, trunk_lean=0).stay(1))
    assert found(coached(motion.go(1, shoulder_abduction=5).stay(1), LEANING)) == []


@pytest.mark.parametrize(("times", "count"), [(1, 0), (2, 1)])
def test_the_time_of_a_fault_stands_still_away_from_its_position(times: int, count: int) -> None:
    """Leaning, with the arms up for 0.4 s, half way down for 1 s, and up again for 0.4 s: 0.8 s of the 0.5 s asked."""
    motion = Motion(STANDING).stay(1).go(0.1, trunk_lean=20)
    for _ in range(times):
        motion.go(0.5, shoulder_abduction=170).stay(0.2).go(0.3, shoulder_abduction=100).stay(1)
    run = coached(motion.go(0.5, shoulder_abduction=5, trunk_lean=0).stay(0.5), LEANING)
    assert len(run.only(FaultSeen)) == count


def test_a_fault_that_ends_away_from_its_position_is_over() -> None:
    """Leaning with the arms up for 0.2 s, upright half way down, and leaning up for 0.4 s: never for 0.5 s."""
    motion = Motion(STANDING).stay(1).go(0.1, trunk_lean=20)
    for _ in range(2):
        motion.go(0.2, shoulder_abduction=170).stay(0.1).go(0.3, shoulder_abduction=100)
        motion.go(0.1, trunk_lean=0).stay(0.5).go(0.1, trunk_lean=20)
    assert found(coached(motion.go(0.1, trunk_lean=0).go(0.5, shoulder_abduction=5).stay(0.5), LEANING)) == []


def test_haste_of_the_last_moment_belongs_to_its_repetition() -> None:
    """Arms that drop from level within 0.2 s fall at 475 degrees a second, which is known when they are down."""
    fast = watched(where={"speed.shoulder_abduction": {"above": 350}}, **{"for": "0.05 s"})
    motion = Motion(STANDING).stay(1).go(1, shoulder_abduction=170).go(0.5, shoulder_abduction=100)
    motion.go(0.2, shoulder_abduction=5).stay(1)
    assert found(coached(motion, fast)) == [("leaning", 1)]


def test_haste_at_rest_is_none() -> None:
    """Arms that drop in time, and are shaken out a second later: no part of the repetition."""
    fast = watched(where={"speed.shoulder_abduction": {"above": 150}}, **{"for": "0.05 s"})
    motion = Motion(STANDING).stay(1).go(3, shoulder_abduction=170).go(3, shoulder_abduction=5).stay(1)
    motion.times(3, lambda m: m.go(0.2, shoulder_abduction=45).go(0.2, shoulder_abduction=5))
    assert found(coached(motion.stay(1), fast)) == []


def test_a_fault_of_a_step_does_not_count_elsewhere() -> None:
    """Leaning on the way up only, before the arms are up: nothing; as a fault of the whole repetition it is one."""
    motion = Motion(STANDING).stay(1).go(0.5, shoulder_abduction=80).go(0.2, trunk_lean=20).stay(1)
    motion.go(0.2, trunk_lean=0).go(0.5, shoulder_abduction=170).stay(1).go(1, shoulder_abduction=5).stay(1)
    anywhere = watched(where={"left.trunk_lean": {"above": 10}}, **{"for": "0.5 s"})
    assert found(coached(motion, LEANING)) == []
    assert found(coached(motion, anywhere)) == [("leaning", 1)]


def test_a_fault_of_an_exercise_of_one_step_has_the_right_number() -> None:
    """Arms level twice for 3 s, leaning the second time only: repetition 2, though it came before the count."""
    fault = {"id": "leaning", "say": "Stand tall", "during": "level", "where": {"left.trunk_lean": {"above": 10}}}
    step = {"id": "level", "where": {"shoulder_abduction": {"above": 70}}, "hold": 3}
    spec = exercise(step, faults=[fault], sees="timer", sees_note="Only time.")
    motion = Motion(STANDING).stay(1).go(1, shoulder_abduction=90).stay(4).go(1, shoulder_abduction=0).stay(2)
    motion.go(1, shoulder_abduction=90).go(0.2, trunk_lean=20).stay(1).go(0.2, trunk_lean=0).stay(4)
    run = coached(motion.go(1, shoulder_abduction=0).stay(2), spec)
    assert run.counts[0] == 2
    assert found(run) == [("leaning", 2)]


def test_nobody_is_corrected_at_rest() -> None:
    """Leaning with the arms down, before and between repetitions, is nobody's business."""
    motion = Motion(STANDING).stay(1).go(0.5, trunk_lean=20).stay(2).go(0.5, trunk_lean=0).stay(1)
    anywhere = watched(where={"left.trunk_lean": {"above": 10}})
    assert found(coached(raised(motion, 0), anywhere)) == []


def test_a_fault_of_the_first_step_is_told_once() -> None:
    """Leaning for 4 s in the first step is told once, not every half second."""
    spec = watched(during="down", where={"left.trunk_lean": {"above": 10}}, **{"for": "0.5 s"})
    motion = Motion(STANDING).stay(1).go(0.5, trunk_lean=20).stay(4).go(0.5, trunk_lean=0).stay(1)
    assert len(coached(raised(motion, 0), spec).only(FaultSeen)) == 1


def test_the_fault_of_a_near_miss_belongs_to_no_repetition() -> None:
    """Leaning while the arms go to 120 only; then a good raise: the fault stays without a repetition."""
    anywhere = watched(where={"left.trunk_lean": {"above": 10}}, **{"for": "0.5 s"})
    run = coached(raised(raised(Motion(STANDING).stay(1), 20, top=120), 0), anywhere)
    assert run.counts[0] == 1
    assert len(run.session.near_misses) == 1
    assert found(run) == [("leaning", None)]
    assert run.session.repetitions[0].faults == []


def test_the_fault_of_an_attempt_that_was_soon_given_up_belongs_to_no_repetition() -> None:
    """The same with the arms at 40 only, less than 40 % of the way and so too little for a near miss."""
    fault = {"id": "leaning", "say": "Stand tall", "where": {"left.trunk_lean": {"above": 10}}, "for": 0.5}
    soon = {"id": "down", "where": {"shoulder_abduction": {"below": 20}}}
    run = coached(raised(raised(Motion(STANDING).stay(1), 20, top=40), 0), exercise(soon, UP, faults=[fault]))
    assert run.session.near_misses == []
    assert found(run) == [("leaning", None)]


def test_the_fault_of_a_repetition_too_early_to_count_belongs_to_no_other() -> None:
    """A raise within half a second of coming into the picture does not count; its fault is not the next one's."""
    fault = {"id": "leaning", "say": "Stand tall", "where": {"left.trunk_lean": {"above": 10}}, "for": 0.1}
    motion = Motion(STANDING).stay(1, present=False).stay(0.03, present=True, trunk_lean=20.0)
    motion.go(0.1, shoulder_abduction=170).stay(0.15).go(0.1, shoulder_abduction=5)
    motion.go(0.1, trunk_lean=0).stay(2)
    run = coached(raised(motion, 0), exercise(DOWN, UP, faults=[fault]), fps=60)
    assert run.counts[0] == 1
    assert found(run) == [("leaning", None)]


def test_a_fault_on_one_side_is_watched_on_the_working_side() -> None:
    """Tilting left with the right shoulder drawn up: ``other`` is the right, and the words say so."""
    fault = {
        "id": "shrug",
        "during": "tilt",
        "where": {"other.shoulder_raise": {"above": 6}},
        "say": "Let your {other} shoulder drop",
    }
    spec = exercise(*TILT_STEPS, faults=[fault], **TILT_FIELDS)
    motion = Motion(STANDING).stay(2).go(1, neck_tilt=35, right_shoulder_raise=12).stay(6)
    run = coached(motion.go(1, neck_tilt=0, right_shoulder_raise=0).stay(1), spec)
    assert found(run) == [("shrug", 1)]
    assert run.session.faults[0].side == "left"
    shown = [snapshot.cue.text for snapshot in run.snapshots if snapshot.cue.kind == "fix"]
    assert set(shown) == {"Let your right shoulder drop"}
    own = Motion(STANDING).stay(2).go(1, neck_tilt=35, left_shoulder_raise=12).stay(6)
    assert found(coached(own.go(1, neck_tilt=0, left_shoulder_raise=0).stay(1), spec)) == []


def test_the_side_that_is_only_moved_along_makes_no_fault() -> None:
    """A rushed tilt to the left is the left's fault alone, though the right side's measure moved as fast."""
    fault = {"id": "rushed", "where": {"speed.neck_tilt": {"above": 60}}, "for": 0.1, "say": "Slower"}
    spec = exercise(*TILT_STEPS, faults=[fault], **TILT_FIELDS)
    motion = Motion(STANDING).stay(2).go(0.5, neck_tilt=35).stay(6).go(1.5, neck_tilt=0).stay(1)
    run = coached(motion, spec)
    assert [(event.fault, event.side) for event in run.only(FaultSeen)] == [("rushed", "left")]


def test_what_was_not_seen_is_no_fault() -> None:
    """A lean that cannot be measured, because the hips are hidden, is never told."""
    motion = Motion(STANDING.but(hidden=("hip",))).stay(1)
    assert found(coached(raised(motion, 20), LEANING)) == []


@pytest.mark.parametrize(("seen_s", "count"), [(0.2, 0), (0.4, 1)])
@pytest.mark.parametrize("hidden", [("hip",), ("shoulder",)])
def test_time_that_was_not_seen_is_no_part_of_a_fault(hidden: tuple[str, ...], seen_s: float, count: int) -> None:
    """Leaning, seen twice for a while, with the hips or what the exercise needs hidden for 2 s between."""
    motion = Motion(STANDING).stay(1).go(1, shoulder_abduction=170).go(0.01, trunk_lean=20).stay(seen_s)
    motion.stay(0.01, hidden=hidden).stay(2).stay(0.01, hidden=()).stay(seen_s)
    run = coached(motion.go(0.01, trunk_lean=0).stay(1).go(1, shoulder_abduction=5).stay(0.5), LEANING)
    assert len(run.only(FaultSeen)) == count


def test_time_without_anybody_is_no_part_of_a_fault() -> None:
    """Leaning for 0.2 s before and after 2 s in which nobody is there: not for the 0.5 s that are asked."""
    motion = Motion(STANDING).stay(1).go(1, shoulder_abduction=170).go(0.01, trunk_lean=20).stay(0.2)
    motion.stay(0.01, present=False).stay(2).stay(0.01, present=True).stay(0.2)
    run = coached(motion.go(0.01, trunk_lean=0).stay(1).go(1, shoulder_abduction=5).stay(0.5), LEANING)
    assert run.only(FaultSeen) == []
    assert run.counts[0] == 1


def test_a_restless_hold_is_a_fault() -> None:
    """A head that sways by 4 degrees while held spreads by more than 2, for more than the second of the way in."""
    fault = {"id": "shaky", "during": "tilt", "where": {"steadiness.neck_tilt": {"above": 2}}, "for": 2, "say": "Still"}
    spec = exercise(*TILT_STEPS, faults=[fault], **TILT_FIELDS)
    swaying = Motion(STANDING).stay(2).go(1, neck_tilt=35).stay(2)
    swaying.times(6, lambda m: m.go(0.4, neck_tilt=39).go(0.4, neck_tilt=31)).go(1, neck_tilt=0).stay(1)
    still = Motion(STANDING).stay(2).go(1, neck_tilt=35).stay(7).go(1, neck_tilt=0).stay(1)
    assert ("shaky", 1) in found(coached(swaying, spec))
    assert found(coached(still, spec)) == []


def test_arms_that_lag_are_a_difference() -> None:
    """One arm at 170 and the other at 135 differ by 35: a fault above 30, none when both are at 170."""
    spec = watched(during="up", where={"difference.shoulder_abduction": {"above": 30}})
    motion = Motion(STANDING).stay(1).go(1, left_shoulder_abduction=170, right_shoulder_abduction=135).stay(1)
    assert found(coached(motion.go(1, shoulder_abduction=5).stay(1), spec)) == [("leaning", 1)]
    assert found(coached(raised(Motion(STANDING).stay(1), 0), spec)) == []


def test_a_hold_in_full_is_no_fault() -> None:
    """Held 6 of 5 s, nothing is to be said."""
    motion = Motion(STANDING).stay(2).go(1, neck_tilt=35).stay(6).go(1, neck_tilt=0).stay(1)
    assert found(coached(motion, TILT)) == []
