"""What can be trusted of a pose, which way the person faces, and which side is nearer."""

from __future__ import annotations

import math

import numpy as np
import pytest
from figures import (
    ALL_FOURS,
    BACK,
    LEFT_SIDE_ON,
    ON_THE_BACK,
    RIGHT_SIDE_ON,
    STANDING,
    STANDING_SIDE_ON,
    Figure,
    Motion,
    without,
)
from measuring import body_of

from poise.core.body import BodyTracker
from poise.core.geometry import is_missing
from poise.core.landmarks import INDEX
from poise.core.types import Frame, Pose


@pytest.mark.parametrize(
    ("facing", "yaw", "back", "near"),
    [
        (0.0, 0.0, False, "left"),
        (30.0, 30.0, False, "right"),
        (-30.0, 30.0, False, "left"),
        (RIGHT_SIDE_ON, 90.0, None, "right"),
        (LEFT_SIDE_ON, 90.0, None, "left"),
        (BACK, 0.0, True, "left"),
        (150.0, 30.0, True, "right"),
    ],
)
def test_which_way_somebody_stands(facing: float, yaw: float, back: bool | None, near: str) -> None:
    """Turned by so many degrees to the right of the picture: the right side is near; from 90 on the back is seen."""
    body = body_of(Figure(facing=facing))
    assert body.yaw_deg == pytest.approx(yaw, abs=0.1)
    assert body.near == near
    if back is not None:
        assert body.back == back


def test_the_near_side_does_not_flicker() -> None:
    """Somebody who turned right side on and then faces the camera, swaying by 5 degrees, keeps the right side near."""
    tracker = BodyTracker()
    for pose in Motion(STANDING_SIDE_ON).stay(1).go(1, facing=0).stay(2).poses():
        tracker.track(pose)
    swaying = [tracker.track(STANDING.but(facing=5 * (-1) ** i).pose(4 + i / 30)).near for i in range(60)]
    assert set(swaying) == {"right"}


def test_one_odd_frame_does_not_turn_the_person_around() -> None:
    """A single frame in which left and right are swapped changes yaw by a few degrees, and nobody's back is seen."""
    tracker = BodyTracker()
    for pose in Motion(STANDING).stay(1).poses():
        tracker.track(pose)
    body = tracker.track(STANDING.but(facing=BACK).pose(1.034))
    assert not body.back
    assert body.yaw_deg < 20


def test_after_a_second_out_of_sight_the_view_is_read_anew() -> None:
    """Somebody who left facing the camera and comes back side on is side on at once."""
    tracker = BodyTracker()
    tracker.track(STANDING.pose(0.0))
    assert tracker.track(STANDING_SIDE_ON.pose(1.5)).yaw_deg == pytest.approx(90, abs=0.1)


def test_without_3d_landmarks_the_view_stays_as_it_was() -> None:
    """A pose without world landmarks keeps the last view; its shoulder turn is missing."""
    tracker = BodyTracker()
    tracker.track(STANDING_SIDE_ON.pose(0.0))
    seen = STANDING_SIDE_ON.pose(0.1)
    flat = Pose(0.1, seen.size_px, seen.xy_px, seen.visibility, np.full((33, 3), np.nan))
    body = tracker.track(flat)
    assert body.yaw_deg == pytest.approx(90, abs=0.1)
    assert math.isnan(body.shoulder_turn_deg)


def test_a_hidden_landmark_is_missing() -> None:
    """Visibility below 0.2 is not trusted, and neither is what hangs on the hidden joint."""
    body = body_of(STANDING.but(hidden=("left_elbow",)))
    assert is_missing(body.joint("left", "elbow"))
    assert is_missing(body.joint("left", "wrist"))
    assert not is_missing(body.joint("right", "wrist"))


@pytest.mark.parametrize("shift", [(-600.0, 0.0), (600.0, 0.0), (0.0, -460.0), (0.0, 460.0)])
def test_a_landmark_outside_the_picture_is_missing(shift: tuple[float, float]) -> None:
    """Moved half out of the picture to any side, all that is outside is missing and all that is inside is not."""
    figure = STANDING.but(shift=shift, shoulder_abduction=90)
    pose, body = figure.pose(), body_of(figure)
    joints = [INDEX[f"{side}_{name}"] for side in ("left", "right") for name in ("ear", "shoulder", "hip")]
    inside = [0 <= pose.xy_px[i, 0] <= 1280 and 0 <= pose.xy_px[i, 1] <= 960 for i in joints]
    assert False in inside
    assert [not is_missing(body.points[i]) for i in joints] == inside


@pytest.mark.parametrize("limb", [("shoulder", "elbow"), ("elbow", "wrist"), ("hip", "knee"), ("knee", "ankle")])
def test_a_limb_out_of_proportion_is_missing(limb: tuple[str, str]) -> None:
    """Drawn twice as long as the longest limb, the far end is not trusted; at its own length it is."""
    near, far = (INDEX[f"left_{name}"] for name in limb)
    pose = STANDING.but(scale=0.5).pose()
    xy_px = pose.xy_px.copy()
    xy_px[far] = xy_px[near] + [1.9 * 0.85 * 100 * 1.2, 0]
    stretched = Pose(0.0, pose.size_px, xy_px, pose.visibility, pose.world_m)
    assert is_missing(body_of(stretched).joint("left", limb[1]))
    assert not is_missing(body_of(pose).joint("left", limb[1]))


def test_nobody_has_no_points() -> None:
    """In an empty picture every point is missing, and no part is seen."""
    body = body_of(Pose.missing(0.0, (1280, 960)))
    assert all(is_missing(point) for point in body.points)
    assert not body.seen("shoulders", "left")


def test_a_part_is_seen_when_all_asked_sides_are() -> None:
    """With the left wrist hidden the right hand is seen, the left is not, and so both are not."""
    body = body_of(STANDING.but(hidden=("left_wrist",)))
    assert body.seen("hands", "right")
    assert not body.seen("hands", "left")


def test_the_torso_of_somebody_at_a_desk_reaches_to_where_the_model_guesses_the_hips() -> None:
    """Hidden hips are missing, and yet the torso is as long as with them: 200 px, from the front and from the side."""
    for figure in (STANDING, STANDING_SIDE_ON):
        hidden = body_of(figure.but(hidden=("hip",)))
        assert is_missing(hidden.hips)
        assert hidden.torso_px == pytest.approx(body_of(figure).torso_px) == pytest.approx(200)


def test_the_trunk_of_somebody_at_a_desk_stands_across_the_shoulders() -> None:
    """With the hips hidden, a 20 degree slope of the shoulders is the trunk's; from the side the guess serves."""
    leaning = STANDING.but(trunk_lean=20, hidden=("hip",))
    expected = (math.sin(math.radians(20)), -math.cos(math.radians(20)))
    assert body_of(leaning).trunk_up == pytest.approx(expected, abs=1e-6)
    assert body_of(leaning.but(facing=BACK)).trunk_up == pytest.approx((-expected[0], expected[1]), abs=1e-6)
    pitched = STANDING_SIDE_ON.but(trunk_pitch=20)
    assert body_of(pitched.but(hidden=("hip",))).trunk_up == pytest.approx(body_of(pitched).trunk_up)


@pytest.mark.parametrize(
    ("figure", "forward"),
    [
        (STANDING_SIDE_ON, (1.0, 0.0)),
        (STANDING_SIDE_ON.but(facing=LEFT_SIDE_ON), (-1.0, 0.0)),
        (ALL_FOURS, (0.0, 1.0)),
        (ALL_FOURS.but(facing=LEFT_SIDE_ON), (0.0, 1.0)),
        (ON_THE_BACK, (0.0, -1.0)),
        (ON_THE_BACK.but(facing=LEFT_SIDE_ON), (0.0, -1.0)),
    ],
)
def test_where_the_chest_faces(figure: Figure, forward: tuple[float, float]) -> None:
    """Standing it faces where the person looks, on all fours the floor, on the back the ceiling; either side near."""
    assert body_of(figure).forward == pytest.approx(forward, abs=1e-6)


def test_a_missing_hip_leaves_the_body_unsmoothed_and_usable() -> None:
    """A pose without hips has no size to filter by; the shoulders are there all the same."""
    body = body_of(without(STANDING.pose(), "left_hip", "right_hip"))
    assert body.shoulder_width_px == pytest.approx(140)
    assert is_missing(body.hips)


def test_the_size_of_a_frame_is_width_then_height() -> None:
    """An array of 480 rows and 640 columns is a picture of 640 x 480."""
    assert Frame(0, 0.0, np.zeros((480, 640, 3), np.uint8)).size_px == (640, 480)


def test_arrays_of_a_pose_cannot_be_changed() -> None:
    """A pose is shared between stages, and none may alter it for the others."""
    pose = STANDING.pose()
    with pytest.raises(ValueError, match="read-only"):
        pose.xy_px[0, 0] = 1.0
