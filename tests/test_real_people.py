"""Real people, counted by hand: the coach counts what they did, and nothing where they did no exercise.

The clips are private and lie beside the project; ``INDEX.csv`` there says how many repetitions each shows.
"""

from __future__ import annotations

import csv
from functools import cache

import pytest

from poise.app.tracking import track_of
from poise.core.replay import replay
from poise.core.session import Reps, Session
from poise.io.specs import find_specs, load_spec
from poise.io.tracks import Track
from pose_material import cached_model, private_clip

pytestmark = [pytest.mark.private, pytest.mark.model]

#: The exercise of each clip, by a part of its name that no other has.
EXERCISES = {
    "neck_flexion": "upper-trapezius-stretch",
    "shoulder_abduction": "arm-raise",
    "BC_good_1": "biceps-curl",
    "BC_bad_5": "biceps-curl",
    "BS_good_1": "squat",
    "BS_bad_3": "squat",
    "pose_squats": "squat",
    "captured_frames": "squat",
    "PU_good_1": "push-up",
    "Ibbu_1": "jumping-jack",
    "cat-cow": "cat-cow",
    "glute-bridge": "glute-bridge",
    "bridging": "glute-bridge",
    "lateral_raise": "lateral-raise",
    "lat_pulldown": "lat-pulldown",
}
NOBODY_EXERCISES = ("finger_flexion", "book", "help", "please", "Sports2D__demo")


@cache
def index() -> dict[str, dict[str, str]]:
    """The rows of the index by file name."""
    with private_clip("INDEX.csv").open(encoding="utf-8", newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


def row_of(part: str) -> dict[str, str]:
    """The row of the one clip whose name has this part."""
    (row,) = (row for name, row in index().items() if part in name)
    return row


@cache
def track(part: str) -> Track:
    """The poses in a clip, from the cache where they are known."""
    cached_model()
    return track_of(private_clip(row_of(part)["file"]))


def session(part: str, exercise: str) -> Session:
    """What the coach makes of a clip."""
    spec = load_spec(exercise)
    return replay(track(part).poses, spec, Session(poise="0", source=part, exercise=exercise, model="full"))


@pytest.mark.parametrize(("part", "exercise"), EXERCISES.items(), ids=EXERCISES.keys())
def test_repetitions_are_those_that_were_counted_by_hand(part: str, exercise: str) -> None:
    """The count is exactly that of the index, which holds where its reliability is A."""
    row = row_of(part)
    assert row["count_reliability"] == "A"
    assert session(part, exercise).reps.total == int(row["true_reps"])


def test_neck_tilts_are_told_by_side() -> None:
    """Three tilts to the left and three to the right, in turn; the seventh is not finished."""
    reps = session("neck_flexion", "upper-trapezius-stretch").reps
    assert reps == Reps(total=6, left=3, right=3)


@pytest.mark.parametrize("part", NOBODY_EXERCISES)
def test_nothing_counts_where_nobody_exercises(part: str) -> None:
    """Gestures, signs and walking are no repetition of any exercise in the library."""
    assert int(row_of(part)["true_reps"]) == 0
    counts = {exercise: session(part, exercise).reps.total for exercise in find_specs()}
    assert {exercise: count for exercise, count in counts.items() if count} == {}


def test_a_stretch_of_one_arm_and_then_the_other_is_no_face_pull() -> None:
    """A routine draws each arm across the chest and behind the head: both arms never pull together."""
    assert session("shoulder-stretch", "face-pull").reps.total == 0
