"""Measures of trunk, hips and legs on figures whose angles are known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from figures import (
    ALL_FOURS,
    BACK,
    LEFT_SIDE_ON,
    ON_THE_BACK,
    PRONE,
    RIGHT_SIDE_ON,
    SITTING,
    STANDING,
    STANDING_SIDE_ON,
    Figure,
)
from measuring import measure

from poise.core.types import Pose

SIDES_ON = pytest.mark.parametrize("facing", [RIGHT_SIDE_ON, LEFT_SIDE_ON])


@pytest.mark.parametrize("facing", [0.0, BACK])
def test_trunk_lean(facing: float) -> None:
    """A bend of 18 degrees to the left reads 18 on the left and -18 on the right, from the front and from behind."""
    figure = STANDING.but(trunk_lean=18, facing=facing)
    assert measure("trunk_lean", figure, "left") == pytest.approx(18)
    assert measure("trunk_lean", figure, "right") == pytest.approx(-18)


@SIDES_ON
@pytest.mark.parametrize("pitch", [-90, -15, 0, 45, 90])
def test_trunk_pitch(facing: float, pitch: int) -> None:
    """Forward is positive: 0 upright, 90 on all fours, -90 on the back, whichever side is near."""
    assert measure("trunk_pitch", Figure(facing=facing, trunk_pitch=pitch)) == pytest.approx(pitch)


@SIDES_ON
def test_trunk_extension(facing: float) -> None:
    """Back is positive: the opposite of the pitch, before the person's own upright is taken off."""
    assert measure("trunk_extension", Figure(facing=facing, trunk_pitch=-20)) == pytest.approx(20)


@pytest.mark.parametrize(
    ("figure", "incline"),
    [
        (STANDING, 0),
        (STANDING.but(trunk_lean=-20), 20),
        (STANDING_SIDE_ON.but(trunk_pitch=-15), 15),
        (ALL_FOURS, 90),
        (ON_THE_BACK, 90),
        (PRONE, 90),
    ],
)
def test_trunk_incline_has_no_sign(figure: Figure, incline: int) -> None:
    """0 upright, 90 lying or on all fours, whichever way it leans."""
    assert measure("trunk_incline", figure) == pytest.approx(incline, abs=0.01)


@pytest.mark.parametrize("turned", [-30, 0, 30])
def test_trunk_turn(turned: int) -> None:
    """The shoulders turned toward the left read positive on the left, negative on the right."""
    assert measure("trunk_turn", STANDING.but(trunk_turn=turned), "left") == pytest.approx(turned, abs=0.01)
    assert measure("trunk_turn", STANDING.but(trunk_turn=turned), "right") == pytest.approx(-turned, abs=0.01)


@SIDES_ON
@pytest.mark.parametrize("bend", [-20, 0, 60, 120])
def test_hip_flexion(facing: float, bend: int) -> None:
    """0 straight, the knee to the chest positive, arched negative, standing as well as lying."""
    for pitch in (0, -90, 90):
        figure = Figure(facing=facing, trunk_pitch=pitch).but(hip_flexion=bend)
        assert measure("hip_flexion", figure) == pytest.approx(bend, abs=0.01)


def test_a_knee_drawn_far_up_still_bends_forward() -> None:
    """150 degrees of hip flexion stay 150, and are not read as an arch of 210."""
    assert measure("hip_flexion", ON_THE_BACK.but(hip_flexion=150)) == pytest.approx(150)


@pytest.mark.parametrize("bend", [0, 45, 90, 140])
def test_knee_flexion(bend: int) -> None:
    """0 straight, on the side that is asked for."""
    figure = STANDING_SIDE_ON.but(left_knee_flexion=bend)
    assert measure("knee_flexion", figure, "left") == pytest.approx(bend, abs=0.01)
    assert measure("knee_flexion", figure, "right") == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize("figure", [STANDING, STANDING_SIDE_ON, STANDING.but(facing=BACK)])
def test_hip_drop_is_the_same_from_every_view(figure: Figure) -> None:
    """A thigh of 0.8 torsos: -80 % standing, -40 with the thigh 60 degrees forward, 0 level."""
    for bend, drop in ((0, -80), (60, -40), (90, 0)):
        squatting = figure.but(hip_flexion=bend, knee_flexion=bend)
        assert measure("hip_drop", squatting) == pytest.approx(drop, abs=0.01)


@pytest.mark.parametrize("facing", [RIGHT_SIDE_ON, LEFT_SIDE_ON])
def test_foot_ahead_tells_which_foot_is_in_front(facing: float) -> None:
    """A leg of 1.6 torsos that swings forward by 30 degrees takes its foot 0.8 torsos ahead, to either side."""
    stepping = STANDING.but(facing=facing, left_hip_flexion=30)
    assert measure("foot_ahead", stepping, "left") == pytest.approx(80, abs=0.5)
    assert measure("foot_ahead", stepping, "right") == pytest.approx(-80, abs=0.5)


def test_heel_gap() -> None:
    """160 % standing; with the knee square, the hypotenuse of thigh and shin: 0.8 x sqrt 2 = 113 %."""
    assert measure("heel_gap", STANDING_SIDE_ON) == pytest.approx(160)
    assert measure("heel_gap", STANDING_SIDE_ON.but(knee_flexion=90)) == pytest.approx(80 * math.sqrt(2))


def test_leg_raise() -> None:
    """-90 hanging, 0 level, 60 above it, on the left leg that is raised."""
    for bend, raised in ((0, -90), (90, 0), (150, 60)):
        figure = STANDING_SIDE_ON.but(left_hip_flexion=bend)
        assert measure("leg_raise", figure, "left") == pytest.approx(raised, abs=0.01)
        assert measure("leg_raise", figure, "right") == pytest.approx(-90, abs=0.01)


def test_foot_gap() -> None:
    """Hips 0.4 apart; legs of 1.6 spread by 15 degrees add 2 x 1.6 sin 15 = 83 %."""
    assert measure("foot_gap", STANDING) == pytest.approx(40)
    assert measure("foot_gap", STANDING.but(spread=15)) == pytest.approx(40 + 320 * math.sin(math.radians(15)))


def outlined(figure: Figure, bulge: float, *, until: float = 1.0) -> Pose:
    """All fours with a back that lies 20 % of a torso above the line of the joints, bulging in the middle half.

    The hips are at (640, 520), the shoulders 200 px to the right: the outline runs along the top, until there or less.
    """
    pose = figure.pose()
    along = np.linspace(0, until, 201)
    height = 0.2 + np.where((along > 0.3) & (along < 0.7), bulge / 100, 0.0)
    sign = 1.0 if figure.facing == RIGHT_SIDE_ON else -1.0
    back = np.column_stack([640 + sign * 200 * along, 520 - 200 * height])
    belly = np.column_stack([640 + sign * 200 * along, 520 + 0.0 * along])
    return Pose(0.0, pose.size_px, pose.xy_px, pose.visibility, pose.world_m, np.concatenate([back, belly]))


@SIDES_ON
@pytest.mark.parametrize(("bend", "sag"), [(0, 0.0), (-20, 21.35), (20, -21.35)])
def test_body_sag_of_a_beam(facing: float, bend: int, sag: float) -> None:
    """Hips bent by 20 degrees lie 1 * 1.6 * sin 20 / 2.563 off the line from shoulders to ankles, below or above."""
    figure = PRONE.but(facing=facing, hip_flexion=bend)
    assert measure("body_sag", figure) == pytest.approx(sag, abs=0.05)


@pytest.mark.parametrize("lean", [80, -80])
def test_body_sag_on_one_side(lean: int) -> None:
    """The beam on its side, the chest to the camera: legs and trunk in one line sag by nothing; it needs the feet."""
    assert measure("body_sag", STANDING.but(trunk_lean=lean)) == pytest.approx(0, abs=0.05)
    assert math.isnan(measure("body_sag", STANDING.but(trunk_lean=lean, hidden=("ankle",))))


def test_body_sag_takes_the_near_ankle_where_the_far_one_is_hidden() -> None:
    """Without the far ankle the beam is measured by the near one: in a level beam no difference."""
    figure = PRONE.but(facing=RIGHT_SIDE_ON, hidden=("left_ankle",))
    assert measure("body_sag", figure) == pytest.approx(0, abs=0.05)


@SIDES_ON
@pytest.mark.parametrize("turned", [-30, 0, 30])
def test_shoulder_roll(facing: float, turned: int) -> None:
    """On all fours, chest turned 30 degrees to the left: the left shoulder is 0.7 * sin 30 of a torso higher."""
    figure = ALL_FOURS.but(facing=facing, trunk_turn=turned)
    assert measure("shoulder_roll", figure, "left") == pytest.approx(
        0.7 * 100 * math.sin(math.radians(turned)), abs=0.1
    )
    assert measure("shoulder_roll", figure, "right") == -measure("shoulder_roll", figure, "left")


@SIDES_ON
@pytest.mark.parametrize("bulge", [-8.0, 0.0, 12.0])
def test_back_round(facing: float, bulge: float) -> None:
    """A back whose middle bulges 12 % of the torso beyond its ends reads 12, a hollow one negative, a flat one 0."""
    assert measure("back_round", outlined(ALL_FOURS.but(facing=facing), bulge)) == pytest.approx(bulge, abs=0.01)


@SIDES_ON
@pytest.mark.parametrize("bulge", [-8.0, 0.0, 12.0])
def test_back_depth(facing: float, bulge: float) -> None:
    """A back 20 % of the torso above the line of the joints, its middle 12 % more: 32; hollow by 8: 12."""
    shown = outlined(ALL_FOURS.but(facing=facing), bulge)
    assert measure("back_depth", shown) == pytest.approx(20 + bulge, abs=0.01)


def test_the_outline_need_not_be_dense() -> None:
    """Four corners: the back goes from 10 % at the hips to 30 % at the shoulders, 21 % in its middle levels' median."""
    pose = ALL_FOURS.pose()
    corners = np.array([[640.0, 500.0], [840.0, 460.0], [840.0, 560.0], [640.0, 560.0]])
    shown = Pose(0.0, pose.size_px, pose.xy_px, pose.visibility, pose.world_m, corners)
    assert measure("back_depth", shown) == pytest.approx(21, abs=0.01)
    assert measure("back_round", shown) == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("back_depth", ALL_FOURS),
        ("back_depth", outlined(ALL_FOURS.but(hidden=("hip",)), 0.0)),
        ("back_depth", STANDING),
        ("trunk_lean", STANDING_SIDE_ON),
        ("trunk_pitch", STANDING),
        ("trunk_turn", STANDING_SIDE_ON),
        ("back_round", STANDING),
        ("shoulder_roll", STANDING),
        ("body_sag", PRONE.but(facing=RIGHT_SIDE_ON, hidden=("ankle",))),
        ("hip_flexion", SITTING),
        ("knee_flexion", SITTING),
        ("heel_gap", SITTING),
        ("leg_raise", SITTING),
        ("foot_gap", STANDING_SIDE_ON),
        ("trunk_lean", STANDING.but(hidden=("hip",))),
        ("trunk_pitch", STANDING_SIDE_ON.but(hidden=("hip",))),
        ("trunk_incline", STANDING.but(hidden=("hip", "left_shoulder"))),
        ("hip_flexion", STANDING_SIDE_ON.but(hidden=("knee",))),
        ("knee_flexion", STANDING_SIDE_ON.but(hidden=("ankle",))),
        ("hip_drop", STANDING.but(hidden=("knee",))),
        ("heel_gap", STANDING_SIDE_ON.but(hidden=("ankle",))),
        ("leg_raise", STANDING_SIDE_ON.but(hidden=("ankle",))),
        ("foot_gap", STANDING.but(hidden=("right_ankle",))),
        ("back_round", ALL_FOURS),
        ("back_round", outlined(ALL_FOURS.but(hidden=("hip",)), 0.0)),
        ("back_round", outlined(ALL_FOURS, 0.0, until=0.8)),
    ],
)
def test_what_cannot_be_seen_is_missing(name: str, shown: Figure | Pose) -> None:
    """From another view, or without one of its landmarks or the outline, a measure has no value."""
    assert math.isnan(measure(name, shown))
