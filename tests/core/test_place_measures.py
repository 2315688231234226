"""Where somebody is in the picture."""

from __future__ import annotations

import math

import pytest
from figures import STANDING, STANDING_SIDE_ON
from measuring import measure


def test_in_view_is_known_of_an_empty_picture_too() -> None:
    """100 with a person, 0 without, never missing."""
    assert measure("in_view", STANDING) == 100
    assert measure("in_view", STANDING.but(present=False), "left") == 0


def test_head_height() -> None:
    """Ears at 520 - 200 - 0.434 x 200 = 233.2 px from the top, shoulders 140 px apart; 14 px lower are 10 % less.

    From the side the shoulder width is a 1.7th of the torso of 200 px.
    """
    assert measure("head_height", STANDING) == pytest.approx(-100 * 233.2 / 140)
    assert measure("head_height", STANDING.but(shift=(0.0, 14.0))) == pytest.approx(-100 * 233.2 / 140 - 10)
    assert measure("head_height", STANDING_SIDE_ON) == pytest.approx(-100 * 233.2 / (200 / 1.7))
    assert math.isnan(measure("head_height", STANDING.but(hidden=("ear",))))
