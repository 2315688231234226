"""Measures of the neck on figures whose angles are known."""

from __future__ import annotations

import math

import pytest
from figures import BACK, LEFT_SIDE_ON, STANDING, STANDING_SIDE_ON, Figure
from measuring import measure

DRAWN_10 = STANDING.but(neck_tilt=14)  # the face on the picture is tilted by 10 degrees


@pytest.mark.parametrize(("facing", "within"), [(0.0, 0.01), (30.0, 1.5)])
def test_neck_tilt_is_1_4_times_the_tilt_of_the_face(facing: float, within: float) -> None:
    """A face drawn 10 degrees toward the left shoulder reads 14 on the left and -14 on the right.

    Turned half away the width of the face shrinks and its height does not: then it reads a degree more.
    """
    figure = DRAWN_10.but(facing=facing)
    assert measure("neck_tilt", figure, "left") == pytest.approx(14, abs=within)
    assert measure("neck_tilt", figure, "right") == pytest.approx(-14, abs=within)


def test_neck_tilt_is_measured_against_the_trunk() -> None:
    """Who leans by 20 degrees with a straight neck tilts nothing; with the hips hidden the face is 20 off upright."""
    leaning = STANDING.but(trunk_lean=20)
    assert measure("neck_tilt", leaning) == pytest.approx(0, abs=0.01)
    assert measure("neck_tilt", leaning.but(hidden=("hip",))) == pytest.approx(1.4 * 20)


@pytest.mark.parametrize("turned", [-40, 40])
@pytest.mark.parametrize("nodded", [-20, 20])
def test_neck_tilt_is_not_taken_in_by_turn_or_nod(turned: int, nodded: int) -> None:
    """A head that turns and nods without tilting tilts by less than a degree."""
    assert abs(measure("neck_tilt", STANDING.but(neck_turn=turned, neck_nod=0))) < 0.1
    assert abs(measure("neck_tilt", STANDING.but(neck_turn=0, neck_nod=nodded))) < 0.1


@pytest.mark.parametrize("turned", [-60, -25, 0, 25, 60])
def test_neck_turn(turned: int) -> None:
    """A nose 1.5 half head widths ahead of the ears reads its own turn exactly, to either side."""
    assert measure("neck_turn", STANDING.but(neck_turn=turned), "left") == pytest.approx(turned, abs=0.01)
    assert measure("neck_turn", STANDING.but(neck_turn=turned), "right") == pytest.approx(-turned, abs=0.01)


@pytest.mark.parametrize("pitched", [0, 30])
@pytest.mark.parametrize("nodded", [-30, 0, 20, 40])
def test_neck_nod_from_the_side(nodded: int, pitched: int) -> None:
    """The near ear and the nose are level at rest; a trunk that leans forward takes them along, and is taken off."""
    figure = STANDING_SIDE_ON.but(neck_nod=nodded, trunk_pitch=pitched)
    assert measure("neck_nod", figure) == pytest.approx(nodded, abs=0.01)


@pytest.mark.parametrize("nodded", [-30, 0, 30])
def test_neck_nod(nodded: int) -> None:
    """Chin down is positive: the nose sinks by the sine of the nod; the model draws two thirds of it, as of a tilt."""
    assert measure("neck_nod", STANDING.but(neck_nod=nodded)) == pytest.approx(1.5 * nodded, abs=0.01)


def test_chin_drop() -> None:
    """Nose level with the ears, 0.434 torsos above shoulders that are 0.7 apart: -62 %; a nod of 30 lowers it.

    The nose lies 0.225 torsos ahead of the ears, so that it sinks by 0.225 sin 30 / 0.7 = 16 %.
    """
    assert measure("chin_drop", STANDING) == pytest.approx(-62)
    assert measure("chin_drop", STANDING.but(neck_nod=30)) == pytest.approx(-62 + 22.5 / 2 / 0.7)


def test_a_face_seen_edge_on_has_no_nod() -> None:
    """All points of the head on one spot have no direction, and so no nod."""
    pose = STANDING.pose()
    xy_px = pose.xy_px.copy()
    xy_px[:11] = xy_px[0]
    assert math.isnan(measure("neck_nod", type(pose)(0.0, pose.size_px, xy_px, pose.visibility, pose.world_m)))


@pytest.mark.parametrize("facing", [90.0, LEFT_SIDE_ON])
def test_neck_flexion_is_measured_against_the_trunk(facing: float) -> None:
    """Chin to chest by 35 degrees reads 35, looking up by 20 reads -20, whatever the trunk does, either side near."""
    for pitch in (0, 40, 90):
        figure = Figure(facing=facing, trunk_pitch=pitch)
        assert measure("neck_flexion", figure.but(neck_flexion=35)) == pytest.approx(35, abs=0.01)
        assert measure("neck_flexion", figure.but(neck_flexion=-20)) == pytest.approx(-20, abs=0.01)


@pytest.mark.parametrize("facing", [90.0, LEFT_SIDE_ON])
def test_head_forward_is_measured_against_the_vertical(facing: float) -> None:
    """A neck bent by 15 degrees on a trunk that leans by 10 carries the ear 25 degrees ahead."""
    figure = Figure(facing=facing, trunk_pitch=10, neck_flexion=15)
    assert measure("head_forward", figure) == pytest.approx(25, abs=0.01)


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("neck_tilt", STANDING_SIDE_ON),
        ("neck_turn", STANDING_SIDE_ON),
        ("neck_tilt", STANDING.but(facing=BACK)),
        ("neck_turn", STANDING.but(facing=BACK)),
        ("neck_nod", STANDING.but(facing=BACK)),
        ("neck_flexion", STANDING),
        ("head_forward", STANDING),
        ("neck_tilt", STANDING.but(hidden=("left_ear",))),
        ("neck_turn", STANDING.but(hidden=("nose",))),
        ("neck_nod", STANDING.but(hidden=("nose",))),
        ("chin_drop", STANDING.but(hidden=("nose",))),
        ("chin_drop", STANDING_SIDE_ON),
        ("neck_flexion", STANDING_SIDE_ON.but(hidden=("right_ear",))),
        ("head_forward", STANDING_SIDE_ON.but(hidden=("right_shoulder",))),
    ],
)
def test_what_cannot_be_seen_is_missing(name: str, figure: Figure) -> None:
    """From another view, or without one of its landmarks, a measure has no value."""
    assert math.isnan(measure(name, figure))
