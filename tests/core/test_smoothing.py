"""The filter on landmark positions: by time, in body sizes, tolerant of what is missing."""

from __future__ import annotations

import math

import pytest

from poise.core.geometry import MISSING, Point, is_missing
from poise.core.landmarks import LANDMARK_COUNT
from poise.core.smoothing import LandmarkSmoother

BODY_PX = 200.0


def at(x: float) -> list[Point]:
    """All landmarks at (x, 0)."""
    return [(float(x), 0.0)] * LANDMARK_COUNT


def run(values: list[float], fps: float = 30.0, body_px: float = BODY_PX) -> list[float]:
    """The first landmark's filtered x."""
    smoother = LandmarkSmoother()
    return [smoother.smooth(i / fps, at(x), body_px)[0][0] for i, x in enumerate(values)]


def test_jitter_of_a_still_body_shrinks() -> None:
    """A landmark that hops by 1 px to either side at 30 fps hops by less than half of that afterwards."""
    filtered = run([100 + (-1) ** i for i in range(60)])
    assert max(filtered[30:]) - min(filtered[30:]) < 1.0


def test_a_fast_movement_is_followed_at_once() -> None:
    """At 10 body sizes per second the filter trails by under 10 ms, which is 20 px."""
    pixels_per_frame = 10 * BODY_PX / 30
    values = [i * pixels_per_frame for i in range(20)]
    assert values[-1] - run(values)[-1] < 0.010 * 30 * pixels_per_frame


def test_a_slow_drift_trails_by_about_50_ms() -> None:
    """At 0.02 body sizes per second the lag is that of a 3 Hz low-pass: 1 / (2 pi 3) = 53 ms."""
    values = [i * 0.02 * BODY_PX / 60 for i in range(240)]
    lag_s = (values[-1] - run(values, fps=60)[-1]) / (0.02 * BODY_PX)
    assert lag_s == pytest.approx(0.053, abs=0.012)


def test_resolution_changes_nothing() -> None:
    """The same movement in a picture of twice the size is twice as long, and nothing else."""
    values = [100 + 30 * math.sin(i / 3) for i in range(30)]
    assert run([2 * x for x in values], body_px=2 * BODY_PX) == pytest.approx([2 * x for x in run(values)])


def test_a_missing_landmark_poisons_nothing() -> None:
    """After one missing frame the landmark is back at its own place at once, and the others never noticed."""
    smoother = LandmarkSmoother()
    smoother.smooth(0.0, at(100), BODY_PX)
    gone = [MISSING, *at(100)[1:]]
    during = smoother.smooth(0.1, gone, BODY_PX)
    assert is_missing(during[0])
    assert during[1][0] == pytest.approx(100)
    assert smoother.smooth(0.2, at(140), BODY_PX)[0][0] == 140


def test_a_repeated_or_earlier_time_changes_nothing() -> None:
    """The same moment twice, or a step back in time, gives the last result again."""
    smoother = LandmarkSmoother()
    smoother.smooth(0.0, at(100), BODY_PX)
    last = smoother.smooth(0.1, at(110), BODY_PX)
    assert smoother.smooth(0.1, at(300), BODY_PX) == last
    assert smoother.smooth(0.05, at(300), BODY_PX) == last


def test_after_a_long_gap_it_starts_afresh() -> None:
    """What was seen more than half a second ago says nothing about now; what was seen before does."""
    smoother = LandmarkSmoother()
    smoother.smooth(0.0, at(100), BODY_PX)
    assert smoother.smooth(0.49, at(101), BODY_PX)[0][0] < 101
    assert smoother.smooth(1.1, at(300), BODY_PX)[0][0] == 300


def test_a_body_of_unknown_size_is_not_filtered() -> None:
    """Without a size there is no speed, and the positions stay as they are."""
    smoother = LandmarkSmoother()
    smoother.smooth(0.0, at(100), float("nan"))
    assert smoother.smooth(0.033, at(120), float("nan"))[0][0] == 120
