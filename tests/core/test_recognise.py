"""Telling exercises apart: the one that explains most of what was seen, and asks for most of it, comes first."""

from __future__ import annotations

import math
from typing import Any

import pytest
from coaching import ARM_RAISE, CURL, JACK, TILT, blank, exercise
from figures import STANDING, Motion

from poise.core.recognise import explained, recognise, seen_s, sessions_of, signature_of
from poise.core.session import Hold, Repetition
from poise.core.types import Pose
from poise.io.signatures import load_signatures
from poise.io.specs import find_specs

POSTURE = exercise(
    {"id": "there", "where": {"shoulder_abduction": {"below": 50}}, "hold": 2}, kind="posture", id="posture"
)
SPECS = [
    spec.model_copy(update={"id": name})
    for name, spec in {"raise": ARM_RAISE, "curl": CURL, "jack": JACK, "tilt": TILT}.items()
]
SHORT_PAUSE = (
    {"id": "down", "where": {"shoulder_abduction": {"below": 50}}},
    {"id": "up", "where": {"shoulder_abduction": {"above": 90}}, "hold": 0.7},
)

#: Whoever does jumping jacks also raises the arms.
SIGNATURES = {"jack": {"jack": 1.0, "raise": 1.0}, "raise": {"raise": 1.0}}


def moving(**pose: Any) -> list[Pose]:
    """A second of standing, and then four times there and back."""
    rest = dict.fromkeys(pose, 0)
    motion = Motion(STANDING).stay(1)
    return motion.times(4, lambda m: m.go(0.7, **pose).stay(0.3).go(0.7, **rest).stay(0.3)).poses(30)


def names(poses: list[Pose], *, extra: tuple[Any, ...] = ()) -> list[str]:
    """Ids of the candidates, the likeliest first."""
    return [candidate.spec.id for candidate in recognise(poses, [*SPECS, *extra], blank(ARM_RAISE), SIGNATURES)]


def test_what_was_done_is_named() -> None:
    """Arms overhead are an arm raise; bent elbows are a curl."""
    assert names(moving(shoulder_abduction=160))[0] == "raise"
    assert names(moving(elbow_flexion=120)) == ["curl"]


def test_of_two_that_fit_the_one_with_the_signature_is_meant() -> None:
    """A jumping jack holds an arm raise inside it, and is none."""
    assert names(moving(shoulder_abduction=160)) == ["raise"]
    assert names(moving(shoulder_abduction=160, spread=35))[:2] == ["jack", "raise"]


@pytest.mark.parametrize("fps", [10, 30])
def test_the_time_with_somebody_there_does_not_depend_on_the_frames(fps: float) -> None:
    """Two seconds of somebody, of which a quarter is out of sight, and a minute later two seconds more."""
    there = Motion(STANDING).stay(2).poses(fps)
    poses = [pose for pose in there if pose.t_s < 1.5]
    poses += [STANDING.but(present=False).pose(pose.t_s) for pose in there if pose.t_s >= 1.5]
    poses += [STANDING.pose(60 + pose.t_s) for pose in there]
    assert seen_s(poses) == pytest.approx(3.5, abs=0.6 / fps)


def test_confidence_is_a_share() -> None:
    """The confidences of all candidates are one together, and fall along the list."""
    found = recognise(moving(shoulder_abduction=160), [*SPECS, POSTURE], blank(ARM_RAISE), {})
    assert sum(candidate.confidence for candidate in found) == pytest.approx(1)
    assert [c.confidence for c in found] == sorted((c.confidence for c in found), reverse=True)


def test_being_there_says_little() -> None:
    """A posture that is kept all the time comes after an exercise that is done."""
    assert names(moving(shoulder_abduction=160), extra=(POSTURE,))[0] == "raise"
    assert names(Motion(STANDING).stay(6).poses(30), extra=(POSTURE,)) == ["posture"]


@pytest.mark.parametrize(("held_s", "share"), [(0.0, 0.0), (0.5, 0.2), (3.0, 0.6)])
def test_to_pass_through_a_stretch_is_not_to_stretch(held_s: float, share: float) -> None:
    """Six of ten seconds are a repetition; with its ways in and out it is four times as long as its hold at most."""
    rep = Repetition(n=1, side="left", start_s=1.0, end_s=7.0, peak={})
    hold = Hold(side="left", start_s=3.0, end_s=3.0 + held_s, held_s=held_s, step="tilt", target_s=5.0)
    session = blank(TILT).model_copy(update={"repetitions": [rep], "holds": [hold]})
    assert explained(TILT, session, 10.0) == pytest.approx(share)


def test_a_movement_with_a_pause_is_still_a_movement() -> None:
    """Who pulls without the short pause that is asked for explains the same time: six of ten seconds."""
    paused = exercise(*SHORT_PAUSE, id="pause")
    rep = Repetition(n=1, side=None, start_s=1.0, end_s=7.0, peak={})
    assert explained(paused, blank(paused).model_copy(update={"repetitions": [rep]}), 10.0) == pytest.approx(0.6)


@pytest.mark.parametrize(("fps", "looked_at"), [(10, 41), (15, 52), (30, 51), (60, 51)])
def test_about_twelve_moments_a_second_are_looked_at(fps: int, looked_at: int) -> None:
    """Of four seconds and a frame; fifteen pictures a second are thinned a little, and not halved."""
    (session,) = sessions_of(Motion(STANDING).stay(4).poses(fps), [ARM_RAISE], blank(ARM_RAISE))
    assert session.frames == pytest.approx(looked_at, abs=1)


def test_what_both_sides_do_together_explains_its_time_once() -> None:
    """Of ten seconds the left side takes four and the right side the last two of these and two more: six."""
    reps = [
        Repetition(n=n, side=side, start_s=start_s, end_s=start_s + 4.0, peak={})
        for n, side, start_s in ((1, "left", 1.0), (2, "right", 3.0))
    ]
    session = blank(ARM_RAISE).model_copy(update={"repetitions": reps})
    assert explained(ARM_RAISE, session, 10.0) == pytest.approx(0.6)


def test_a_position_that_is_held_is_something() -> None:
    """Somebody holds a tilt until the clip ends: no repetition yet, and still a tilt."""
    assert names(Motion(STANDING).stay(2).go(1, neck_tilt=30).stay(5).poses(30)) == ["tilt"]


def test_a_signature_is_what_all_exercises_explain_of_its_clips() -> None:
    """The mean direction: each clip has the same say, however much of it is explained."""
    learned = signature_of([{"a": 0.4, "b": 0.3}, {"a": 0.04, "b": 0.03}, {}])
    assert learned == pytest.approx({"a": 1.6, "b": 1.2})
    assert signature_of([]) == {}


def test_every_exercise_of_the_library_has_a_signature() -> None:
    """Learned from its clips; one of an exercise that is gone would be dead."""
    assert load_signatures().keys() == find_specs().keys()


def test_nothing_is_recognised_where_nothing_is_done() -> None:
    """A still person, and nobody at all, are no exercise."""
    assert names(Motion(STANDING).stay(5).poses(30)) == []
    assert names([Pose.missing(i / 30, (640, 480)) for i in range(60)]) == []
    assert names([]) == []


def test_a_shared_body_gives_what_each_coach_alone_gives() -> None:
    """Trying many exercises at once changes no count."""
    poses = moving(shoulder_abduction=160)
    together = [session.reps.total for session in sessions_of(poses, SPECS, blank(ARM_RAISE))]
    alone = [next(sessions_of(poses, [spec], blank(spec))).reps.total for spec in SPECS]
    assert together == alone
    assert not math.isnan(sum(together))
