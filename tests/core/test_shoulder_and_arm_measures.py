"""Measures of shoulders and arms on figures whose angles are known."""

from __future__ import annotations

import math

import pytest
from figures import ALL_FOURS, BACK, LEFT_SIDE_ON, RIGHT_SIDE_ON, SITTING, STANDING, STANDING_SIDE_ON, Figure
from measuring import measure


def test_shoulder_raise_at_rest_is_the_gap_to_the_ears() -> None:
    """Shoulders 0.434 torsos below the ears and 0.7 apart: -62 % of the shoulder width."""
    assert measure("shoulder_raise", STANDING) == pytest.approx(-62)


@pytest.mark.parametrize("facing", [0.0, BACK])
def test_shoulder_raise_tells_the_raised_shoulder(facing: float) -> None:
    """Both up by 10 % reads 10 more on both; the left alone reads about 10 more on the left and nothing right."""
    both = STANDING.but(shoulder_raise=10, facing=facing)
    assert measure("shoulder_raise", both, "left") == pytest.approx(-52)
    assert measure("shoulder_raise", both, "right") == pytest.approx(-52)
    one = STANDING.but(left_shoulder_raise=10, facing=facing)
    assert measure("shoulder_raise", one, "left") == pytest.approx(-52, abs=0.5)
    assert measure("shoulder_raise", one, "right") == pytest.approx(-62, abs=0.5)


def test_leaning_raises_no_shoulder() -> None:
    """A trunk that bends takes the shoulder line along, 1.5 times as far; with the hips hidden that cannot be told.

    The figure is a stick, whose shoulder line goes only as far as the trunk itself: 10 degrees are missing.
    """
    leaning = STANDING.but(trunk_lean=20)
    assert measure("shoulder_raise", leaning, "right") == pytest.approx(-62 - 50 * math.sin(math.radians(10)))
    hidden = leaning.but(hidden=("hip",))
    assert measure("shoulder_raise", hidden, "right") == pytest.approx(-62 + 50 * math.sin(math.radians(20)))


def test_shoulder_raise_is_told_from_the_side() -> None:
    """Per a 1.7th of the torso, where the shoulders lie one behind the other.

    At rest 0.434 torsos below the ears; raised by 10 % of the shoulder width, 0.364 below, on a torso of 1.07.
    """
    assert measure("shoulder_raise", STANDING_SIDE_ON) == pytest.approx(-43.4 * 1.7)
    raised = STANDING_SIDE_ON.but(shoulder_raise=10)
    assert measure("shoulder_raise", raised) == pytest.approx(-36.4 * 1.7 / 1.07)


@pytest.mark.parametrize("turn", [-60, 0, 60])
def test_shoulder_span_shrinks_with_the_turn_to_either_side(turn: int) -> None:
    """Shoulders 0.7 torsos apart look half as wide when they have turned by 60 degrees."""
    assert measure("shoulder_span", STANDING.but(trunk_turn=turn)) == pytest.approx(70 * math.cos(math.radians(turn)))


def test_shoulder_opening_is_how_far_the_trunk_turns_seen_from_the_side() -> None:
    """Shoulders 0.7 torsos apart, turned by 30 degrees to the left: the left one is half of that behind."""
    turned = STANDING_SIDE_ON.but(trunk_turn=30)
    assert measure("shoulder_opening", STANDING_SIDE_ON, "left") == pytest.approx(0, abs=0.5)
    assert measure("shoulder_opening", turned, "left") == pytest.approx(35, abs=0.5)
    assert measure("shoulder_opening", turned, "right") == pytest.approx(-35, abs=0.5)


def test_a_trunk_that_pitches_raises_no_shoulder_seen_half_from_the_side() -> None:
    """Turned by 40 degrees the line to the hips leans in the picture; both shoulders are still equally high."""
    pitched = STANDING.but(facing=40.0, trunk_pitch=15)
    assert measure("shoulder_raise", pitched, "left") == pytest.approx(measure("shoulder_raise", pitched, "right"))


def test_shoulder_back_is_how_far_the_ears_are_ahead() -> None:
    """On a neck bent forward by 30 degrees, 0.434 torsos long, the ears are half of that farther ahead."""
    bent = measure("shoulder_back", STANDING_SIDE_ON.but(neck_flexion=30))
    assert bent - measure("shoulder_back", STANDING_SIDE_ON) == pytest.approx(21.7, abs=0.1)


def test_shoulders_drawn_up_are_taken_as_moved_forward_by_the_model() -> None:
    """Ears straight above the shoulders, at 0.434 torsos or 73.8 % of a shoulder width: 0.12 of that is taken off."""
    assert measure("shoulder_back", STANDING_SIDE_ON) == pytest.approx(-0.12 * 73.8, abs=0.1)


@pytest.mark.parametrize(("angle", "height"), [(0, -60), (90, 0), (120, 30), (180, 60)])
def test_elbow_height(angle: int, height: int) -> None:
    """An upper arm of 0.6 torsos: hanging, level, 30 degrees above level, overhead; out to the side or ahead."""
    assert measure("elbow_height", STANDING.but(shoulder_abduction=angle)) == pytest.approx(height)
    assert measure("elbow_height", STANDING_SIDE_ON.but(shoulder_flexion=angle)) == pytest.approx(height)


def test_shoulder_line_is_positive_on_the_lower_side() -> None:
    """Leaning 12 degrees to the left lowers the left shoulder by 12 degrees, seen from the front and from behind."""
    for facing in (0.0, BACK):
        figure = STANDING.but(trunk_lean=12, facing=facing)
        assert measure("shoulder_line", figure, "left") == pytest.approx(12)
        assert measure("shoulder_line", figure, "right") == pytest.approx(-12)


@pytest.mark.parametrize("facing", [0.0, BACK])
@pytest.mark.parametrize("angle", [-20, 0, 45, 90, 135, 180, 190])
def test_shoulder_abduction(facing: float, angle: int) -> None:
    """0 hanging, 90 level, 180 overhead, a little across the body on either end; only the raised arm reads it."""
    figure = STANDING.but(left_shoulder_abduction=angle, facing=facing)
    assert measure("shoulder_abduction", figure, "left") == pytest.approx(angle)
    assert measure("shoulder_abduction", figure, "right") == pytest.approx(0, abs=0.01)


def test_shoulder_abduction_is_measured_against_the_trunk() -> None:
    """Who leans by 25 degrees with the arms hanging along the trunk has not lifted them."""
    leaning = STANDING.but(trunk_lean=25, shoulder_abduction=60)
    assert measure("shoulder_abduction", leaning) == pytest.approx(60)
    assert measure("shoulder_abduction", leaning.but(hidden=("hip",))) == pytest.approx(60)


@pytest.mark.parametrize("pitch", [75, 120])
def test_who_bows_deep_to_the_camera_has_no_shoulder_abduction(pitch: float) -> None:
    """A trunk of 1.0 that points at the camera is 0.26 long in the picture, or upside down: there is no along it."""
    assert math.isnan(measure("shoulder_abduction", STANDING.but(trunk_pitch=pitch)))
    assert not math.isnan(measure("shoulder_abduction", STANDING.but(trunk_pitch=60)))


@pytest.mark.parametrize("facing", [RIGHT_SIDE_ON, LEFT_SIDE_ON])
@pytest.mark.parametrize("angle", [-40, 0, 90, 180, 200])
def test_shoulder_flexion(facing: float, angle: int) -> None:
    """To the front is positive, behind negative, whichever side is near."""
    assert measure("shoulder_flexion", Figure(facing=facing).but(shoulder_flexion=angle)) == pytest.approx(angle)


def test_the_arms_of_somebody_on_all_fours_are_at_right_angles_to_the_trunk() -> None:
    """Hands under the shoulders: 90 degrees of shoulder flexion."""
    assert measure("shoulder_flexion", ALL_FOURS) == pytest.approx(90)


@pytest.mark.parametrize("facing", [RIGHT_SIDE_ON, LEFT_SIDE_ON])
def test_shoulder_retraction(facing: float) -> None:
    """An upper arm of 0.6 torsos drawn back by 30 degrees puts the elbow 0.6 sin 30 = 30 % behind."""
    figure = Figure(facing=facing).but(shoulder_flexion=-30)
    assert measure("shoulder_retraction", figure) == pytest.approx(30)


@pytest.mark.parametrize("figure", [STANDING, STANDING.but(facing=BACK), STANDING_SIDE_ON])
@pytest.mark.parametrize("angle", [0, 30, 90, 140])
def test_elbow_flexion(figure: Figure, angle: int) -> None:
    """0 straight, 90 square, from every side in whose picture plane the arm lies."""
    assert measure("elbow_flexion", figure.but(elbow_flexion=angle)) == pytest.approx(angle, abs=0.01)


def test_each_elbow_is_measured_by_itself() -> None:
    """The right one bent by 60 degrees leaves the left one straight."""
    bent = STANDING.but(right_elbow_flexion=60)
    assert measure("elbow_flexion", bent, "right") == pytest.approx(60)
    assert measure("elbow_flexion", bent, "left") == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize("name", ["elbow_flexion", "shoulder_flexion", "wrist_height"])
def test_the_far_arm_of_somebody_seen_side_on_is_missing(name: str) -> None:
    """The trunk hides it: with the right side near, the left arm has no value and the right one has."""
    far, near = (measure(name, STANDING_SIDE_ON, side) for side in ("left", "right"))
    assert math.isnan(far) == (name != "wrist_height")
    assert not math.isnan(near)


def test_wrist_height() -> None:
    """A straight arm of 1.1 torsos: -110 % hanging, 0 level, 110 overhead."""
    for angle, height in ((0, -110), (90, 0), (180, 110)):
        assert measure("wrist_height", STANDING.but(shoulder_abduction=angle)) == pytest.approx(height, abs=0.01)


@pytest.mark.parametrize("facing", [0.0, BACK])
def test_forearm_across(facing: float) -> None:
    """A hanging upper arm with the forearm (0.5 torsos) turned outward by 90 degrees reads -50, inward 50."""
    for bend, across in ((90, -50), (-90, 50)):
        figure = STANDING.but(elbow_flexion=bend, facing=facing)
        assert measure("forearm_across", figure, "left") == pytest.approx(across)
        assert measure("forearm_across", figure, "right") == pytest.approx(across)


def test_hand_to_head() -> None:
    """Arms straight up: wrists at 0.35 and 1.1 above the shoulder, ears at 0.15 and 0.434: 69.5 % of a torso away."""
    expected = 100 * math.hypot(0.35 - 0.15, 1.1 - 0.434)
    assert measure("hand_to_head", STANDING.but(shoulder_abduction=180)) == pytest.approx(expected)


def test_elbow_gap() -> None:
    """Arms hanging: the elbows are as far apart as the shoulders; level: two upper arms of 0.6 more over 0.7."""
    assert measure("elbow_gap", STANDING) == pytest.approx(100)
    assert measure("elbow_gap", STANDING.but(shoulder_abduction=90)) == pytest.approx(100 * 1.9 / 0.7)


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("shoulder_back", STANDING),
        ("shoulder_line", STANDING_SIDE_ON),
        ("shoulder_abduction", STANDING_SIDE_ON),
        ("shoulder_flexion", STANDING),
        ("shoulder_retraction", STANDING),
        ("forearm_across", STANDING_SIDE_ON),
        ("elbow_gap", STANDING_SIDE_ON),
        ("shoulder_raise", SITTING.but(hidden=("right_ear",))),
        ("shoulder_line", SITTING.but(hidden=("right_shoulder",))),
        ("shoulder_abduction", STANDING.but(hidden=("left_elbow",))),
        ("shoulder_flexion", STANDING_SIDE_ON.but(hidden=("elbow",))),
        ("shoulder_retraction", STANDING_SIDE_ON.but(hidden=("elbow",))),
        ("elbow_flexion", STANDING.but(hidden=("left_wrist",))),
        ("wrist_height", STANDING.but(hidden=("left_wrist",))),
        ("forearm_across", STANDING.but(hidden=("left_wrist",))),
        ("hand_to_head", STANDING.but(hidden=("left_ear",))),
        ("elbow_gap", STANDING.but(hidden=("right_elbow",))),
    ],
)
def test_what_cannot_be_seen_is_missing(name: str, figure: Figure) -> None:
    """From another view, or without one of its landmarks, a measure has no value."""
    assert math.isnan(measure(name, figure))
