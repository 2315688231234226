"""Plane geometry with x to the right and y down."""

from __future__ import annotations

import math

import pytest

from poise.core import geometry as g

RIGHT, DOWN = (1.0, 0.0), (0.0, 1.0)


def test_turns_are_clockwise_on_the_screen() -> None:
    """From up to the right is a quarter turn clockwise; the way back is counted negative."""
    assert g.turn(g.UP, RIGHT) == pytest.approx(90)
    assert g.turn(RIGHT, g.UP) == pytest.approx(-90)
    assert g.cross(g.UP, RIGHT) > 0
    assert g.clockwise(g.UP) == (1.0, 0.0)


def test_an_angle_between_has_no_sign() -> None:
    """Up against right and right against up are both 90 degrees; up against down is 180."""
    assert g.angle_between(RIGHT, g.UP) == g.angle_between(g.UP, RIGHT) == pytest.approx(90)
    assert g.angle_between(g.UP, DOWN) == pytest.approx(180)


def test_the_inner_angle_of_a_straight_line_is_180() -> None:
    """Three points on a line make 180 degrees, a right-angled corner 90."""
    assert g.inner_angle((0.0, 0.0), (1.0, 0.0), (2.0, 0.0)) == pytest.approx(180)
    assert g.inner_angle((0.0, 0.0), (1.0, 0.0), (1.0, 5.0)) == pytest.approx(90)


def test_lengths_of_a_3_4_5_triangle() -> None:
    """From (1, 1) to (4, 5) it is 5; half way lies (2.5, 3); the unit vector is (0.6, 0.8)."""
    assert g.distance((4.0, 5.0), (1.0, 1.0)) == 5.0
    assert g.mid((4.0, 5.0), (1.0, 1.0)) == (2.5, 3.0)
    assert g.unit((3.0, 4.0)) == pytest.approx((0.6, 0.8))
    assert g.dot((3.0, 4.0), (1.0, 2.0)) == 11.0


def test_what_is_missing_stays_missing() -> None:
    """A missing point makes every result NaN, and is told from a real one."""
    assert g.is_missing(g.MISSING)
    assert not g.is_missing((0.0, 0.0))
    assert math.isnan(g.length(g.MISSING))
    assert math.isnan(g.distance(g.MISSING, RIGHT))
    assert math.isnan(g.inner_angle(g.MISSING, (0.0, 0.0), RIGHT))
    assert g.is_missing(g.mid(g.MISSING, RIGHT))


def test_a_vector_without_length_has_no_direction() -> None:
    """Two landmarks on the same spot give NaN, not an error and not 0."""
    assert g.is_missing(g.unit((0.0, 0.0)))
    assert math.isnan(g.turn((0.0, 0.0), RIGHT))
    assert math.isnan(g.turn(RIGHT, (0.0, 0.0)))
