"""Whether the person can be judged: told after a while, not for a flicker, and taken back at once."""

from __future__ import annotations

from typing import Any

import pytest
from coaching import ARM_RAISE, TILT, Coached, coached, exercise
from figures import BACK, STANDING, STANDING_SIDE_ON, Figure, Motion

from poise.core.events import FramingProblem, FramingRight
from poise.core.spec import Spec

RAISE_STEPS = tuple(step.model_dump(exclude_none=True) for step in ARM_RAISE.steps)


def needing(view: str | list[str] = "front", sees: tuple[str, ...] = ("shoulders",), **fields: Any) -> Spec:
    """An arm raise for a camera that must see this."""
    return exercise(*RAISE_STEPS, camera={"view": view, "sees": list(sees)}, **fields)


def problems(run: Coached) -> list[str]:
    """The ids of all problems told."""
    return [event.problem for event in run.only(FramingProblem)]


def raised(motion: Motion) -> Motion:
    """Arms up and down."""
    return motion.go(1, shoulder_abduction=170).go(1, shoulder_abduction=5).stay(0.5)


@pytest.mark.parametrize(
    ("figure", "spec", "problem", "say"),
    [
        (STANDING.but(present=False), needing(), "nobody", "I can't see anybody"),
        (STANDING.but(scale=0.5), needing(), "far", "Come closer to the camera"),
        (STANDING.but(hidden=("ankle",)), needing(sees=("shoulders", "feet")), "hidden", "I can't see your feet"),
        (
            STANDING.but(hidden=("ankle", "knee")),
            needing(sees=("knees", "feet")),
            "hidden",
            "I can't see your knees and feet",
        ),
        (
            STANDING.but(scale=2.2),
            needing(sees=("shoulders", "feet")),
            "hidden",
            "A little further back: I can't see your feet",
        ),
        (
            STANDING.but(shoulder_abduction=90, shift=(400.0, 0.0)),
            needing(sees=("shoulders", "hands")),
            "hidden",
            "Move to the middle: I can't see your hands",
        ),
        (STANDING, needing("side", sides="each"), "view", "Turn your left side to the camera"),
        (STANDING_SIDE_ON, needing(), "view", "Turn to face the camera"),
        (STANDING.but(facing=BACK), needing(), "view", "Turn to face the camera"),
        (STANDING, needing("side"), "view", "Turn side on to the camera"),
        (STANDING, needing("oblique"), "view", "Turn half to the side"),
        (STANDING, needing("back"), "view", "Turn your back to the camera"),
    ],
)
def test_what_is_wrong_is_told_in_words(figure: Figure, spec: Spec, problem: str, say: str) -> None:
    """After 0.7 s: nobody there, too far away, parts hidden, the wrong view."""
    run = coached(Motion(figure).stay(2), spec)
    (told,) = run.only(FramingProblem)
    assert (told.problem, told.say) == (problem, say)
    assert told.t_s == pytest.approx(0.7, abs=0.05)
    assert run.snapshots[-1].state.problem == problem
    assert run.snapshots[-1].state.aim is None
    assert run.session.framing[0].until_s == 2.0


@pytest.mark.parametrize(
    ("figure", "view"),
    [
        (STANDING, "front"),
        (STANDING.but(facing=BACK), "back"),
        (STANDING_SIDE_ON, "side"),
        (STANDING.but(facing=30.0), "oblique"),
        (STANDING.but(facing=30.0), "front"),
        (STANDING_SIDE_ON, ["front", "side"]),
    ],
)
def test_the_right_view_is_no_problem(figure: Figure, view: str | list[str]) -> None:
    """Each view is right for somebody who stands so; any of several will do."""
    assert problems(coached(Motion(figure).stay(2), needing(view))) == []


def test_one_hand_is_enough_where_each_side_works_by_itself() -> None:
    """With the left wrist hidden, an exercise with sides goes on, one without does not."""
    figure, sees = STANDING.but(hidden=("left_wrist",)), ("hands",)
    assert problems(coached(Motion(figure).stay(2), needing(sees=sees, sides="any"))) == []
    assert problems(coached(Motion(figure).stay(2), needing(sees=sees))) == ["hidden"]


def test_from_the_side_only_the_near_half_must_be_seen() -> None:
    """Side on with the right side near, the far wrist may be hidden and the near one may not."""
    spec = needing("side", sees=("hands",))
    assert problems(coached(Motion(STANDING_SIDE_ON.but(hidden=("left_wrist",))).stay(2), spec)) == []
    assert problems(coached(Motion(STANDING_SIDE_ON.but(hidden=("right_wrist",))).stay(2), spec)) == ["hidden"]


def test_a_flicker_is_not_worth_a_word() -> None:
    """Gone for 0.5 s now and then, nothing is told, and a repetition goes on."""
    motion = Motion(STANDING).stay(1).go(1, shoulder_abduction=170).stay(0.2).stay(0.5, present=False)
    run = coached(motion.stay(0.5, present=True).go(1, shoulder_abduction=5).stay(1), ARM_RAISE)
    assert problems(run) == []
    assert run.counts == (1, 0, 0)


def test_what_is_right_again_is_told_at_once() -> None:
    """Away from 2 s to 4 s: told at 2.7 s, taken back at 4 s; both are in the session."""
    run = coached(Motion(STANDING).stay(2).stay(2, present=False).stay(2, present=True), ARM_RAISE)
    assert [event.t_s for event in run.only(FramingProblem)] == pytest.approx([2.7], abs=0.1)
    assert [event.t_s for event in run.only(FramingRight)] == pytest.approx([4.0], abs=0.05)
    (record,) = run.session.framing
    assert (record.problem, record.until_s) == ("nobody", pytest.approx(4.0, abs=0.05))


def test_each_problem_ends_when_the_next_begins() -> None:
    """Nobody for 2 s, then somebody far away for 2 s, then near: two problems in a row, neither without an end."""
    motion = Motion(STANDING.but(present=False)).stay(2).stay(2, present=True, scale=0.4).go(0.01, scale=1.0).stay(1)
    run = coached(motion, ARM_RAISE)
    assert [(record.problem, record.until_s) for record in run.session.framing] == [
        ("nobody", pytest.approx(2.7, abs=0.1)),
        ("far", pytest.approx(4.0, abs=0.1)),
    ]


def test_somebody_who_leaves_and_comes_back_goes_on_counting() -> None:
    """Two raises, 5 s away, two raises: four, and nothing while nobody was there."""
    motion = Motion(STANDING).stay(1).times(2, raised).stay(5, present=False).stay(1, present=True).times(2, raised)
    run = coached(motion, ARM_RAISE)
    assert run.counts == (4, 0, 0)
    assert problems(run) == ["nobody"]


def test_a_trunk_that_bends_toward_the_camera_is_short_and_not_far() -> None:
    """A torso of 200 pixels bent by 50 degrees is 129 long in the picture, less than a sixth of it; shoulders stay."""
    assert problems(coached(Motion(STANDING.but(trunk_pitch=50)).stay(2), needing(sees=("shoulders",)))) == []


def test_somebody_half_as_far_again_who_was_once_seen_is_near_enough() -> None:
    """A torso of 15 % of the picture is too small at first, and enough once the person was seen."""
    small = 0.15 * 960 / 200
    assert problems(coached(Motion(STANDING.but(scale=small)).stay(2), ARM_RAISE)) == ["far"]
    assert problems(coached(Motion(STANDING).stay(1).go(1, scale=small).stay(2), ARM_RAISE)) == []


def test_turning_while_moving_is_not_questioned() -> None:
    """Side on with the arms up, an exercise for the front says nothing until the arms are down."""
    motion = Motion(STANDING).stay(1).go(1, shoulder_abduction=170).go(0.5, facing=90).stay(2)
    assert problems(coached(motion, ARM_RAISE)) == []
    assert problems(coached(Motion(STANDING).stay(1).go(0.5, facing=90).stay(2), ARM_RAISE)) == ["view"]


def test_a_part_that_leaves_the_picture_for_a_while_is_told_and_blocks_nothing() -> None:
    """Hands that are hidden overhead for 1.5 s: told, and the repetition counts."""
    spec = needing(sees=("shoulders", "hands"))
    motion = Motion(STANDING).stay(1).go(1, shoulder_abduction=170).stay(1.5, hidden=("wrist",))
    run = coached(motion.stay(0.1, hidden=()).go(1, shoulder_abduction=5).stay(1), spec)
    assert problems(run) == ["hidden"]
    assert run.counts == (1, 0, 0)


def test_a_part_that_was_never_seen_blocks() -> None:
    """Hands hidden from the start: nothing counts; once they are seen, it does."""
    spec = needing(sees=("shoulders", "hands"))
    motion = raised(Motion(STANDING.but(hidden=("wrist",))).stay(1))
    assert coached(motion, spec).counts == (0, 0, 0)
    assert coached(raised(motion.stay(1, hidden=())), spec).counts == (1, 0, 0)


def test_nothing_is_advised_about_the_exercise_while_nobody_can_be_judged() -> None:
    """While nobody is there the cue is about the picture, and afterwards about the next step."""
    run = coached(Motion(STANDING.but(present=False)).stay(2).stay(2, present=True), TILT)
    assert run.at(1.9).cue.text == "I can't see anybody"
    assert run.snapshots[-1].cue.kind == "next"


@pytest.mark.parametrize(("away_s", "count"), [(4.0, 0), (12.0, 1)])
def test_to_be_away_may_be_the_exercise(away_s: float, count: int) -> None:
    """A break of ten seconds out of the picture: nobody is asked to come back, and a shorter absence is no break."""
    spec = exercise(
        {"id": "away", "where": {"in_view": {"below": 40}}, "hold": "dose"},
        kind="timer",
        sees="timer",
        dose={"reps": 1, "hold": 10},
    )
    away = Motion(STANDING).stay(2).stay(away_s, present=False).stay(2, present=True)
    run = coached(away, spec)
    assert run.counts[0] == count
    assert problems(run) == []
