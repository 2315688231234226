"""How the person's own zero is found: in stillness, near the usual, never during a hold."""

from __future__ import annotations

import math
from typing import Literal

import pytest
from signals import signal_measure

from poise.core.measures import Measure, Neutral
from poise.core.neutral import NeutralFinder

MEASURE = signal_measure("tilt", lambda _: 0.0, neutral=Neutral(usual=0.0, spread=14.0))


def shown(
    finder: NeutralFinder,
    value: float,
    seconds: float,
    *,
    start_s: float = 0.0,
    fps: float = 20.0,
    at_rest: bool = True,
    wobble: float = 0.0,
    settling: bool = False,
) -> NeutralFinder:
    """Show a finder a value for some time."""
    for i in range(round(seconds * fps) + 1):
        finder.see(start_s + i / fps, value + wobble * (-1) ** i, at_rest, settling)
    return finder


def test_half_a_second_of_stillness_sets_the_zero() -> None:
    """After 0.3 s the zero is still the usual 0; after 0.5 s it is the person's own 6."""
    assert shown(NeutralFinder(MEASURE), 6.0, 0.3).zero == 0.0
    found = shown(NeutralFinder(MEASURE), 6.0, 0.5)
    assert found.found
    assert found.zero == pytest.approx(6)


@pytest.mark.parametrize("fps", [10.0, 30.0, 60.0])
def test_the_frame_rate_does_not_matter(fps: float) -> None:
    """The zero is found within 0.6 s at any rate."""
    assert shown(NeutralFinder(MEASURE), 6.0, 0.6, fps=fps).found


def test_two_far_apart_samples_are_no_stillness() -> None:
    """Two equal values 0.45 s apart say nothing about what was between them."""
    finder = NeutralFinder(MEASURE)
    finder.see(0.0, 6.0, True)
    finder.see(0.45, 6.0, True)
    assert not finder.found


def test_a_moving_head_sets_no_zero() -> None:
    """A wobble of 3 degrees to either side is beyond four times the noise of 1."""
    assert not shown(NeutralFinder(MEASURE), 6.0, 2.0, wobble=3.0).found
    assert shown(NeutralFinder(MEASURE), 6.0, 2.0, wobble=1.5).found


def test_an_unusual_posture_is_nobodys_zero() -> None:
    """Held still at 15 degrees, one more than the spread allows, the head is tilted and not upright."""
    assert not shown(NeutralFinder(MEASURE), 15.0, 2.0).found
    assert shown(NeutralFinder(MEASURE), 13.5, 2.0).found


def test_without_an_assumed_zero_the_measure_is_missing_until_found() -> None:
    """A zero that varies too much between people to be assumed is NaN at first."""
    measure = signal_measure("raise", lambda _: 0.0, neutral=Neutral(usual=-62.0, spread=25.0, assumed=False))
    finder = NeutralFinder(measure)
    assert math.isnan(finder.zero)
    assert shown(finder, -55.0, 0.6).zero == pytest.approx(-55)


def test_somebody_who_settles_elsewhere_is_followed_slowly() -> None:
    """From 0 to 8 degrees the zero goes 1 - 1/e of the way in 20 s of rest: to 5."""
    finder = shown(NeutralFinder(MEASURE), 0.0, 1.0)
    shown(finder, 8.0, 20.5, start_s=1.05)  # half a second passes before it is stillness
    assert finder.zero == pytest.approx(8 * (1 - math.exp(-1)), abs=0.4)


def test_the_zero_never_follows_a_hold() -> None:
    """Ten still seconds away from the first step leave the zero where it was."""
    finder = shown(NeutralFinder(MEASURE), 0.0, 1.0)
    shown(finder, 8.0, 10.0, start_s=1.05, at_rest=False)
    assert finder.zero == pytest.approx(0)


def test_who_has_not_begun_yet_may_still_settle() -> None:
    """Found at 6 while sitting down; at 0 from then on, the last three seconds of stillness say 0 after two of them."""
    finder = shown(NeutralFinder(MEASURE), 6.0, 0.5, settling=True)
    assert finder.zero == pytest.approx(6)
    shown(finder, 0.0, 2.5, start_s=0.55, settling=True)
    assert finder.zero == pytest.approx(0)


def test_a_halt_on_the_way_does_not_unsettle() -> None:
    """A second at 8 among three seconds at 0 leaves the median at 0; the work that begins then moves it slowly only."""
    finder = shown(NeutralFinder(MEASURE), 0.0, 3.0, settling=True)
    shown(finder, 8.0, 1.4, start_s=3.05, settling=True)
    assert finder.zero == pytest.approx(0)
    shown(finder, 8.0, 1.0, start_s=4.5)
    assert 0 < finder.zero < 1


def test_who_comes_back_is_measured_again() -> None:
    """Somebody at 0 left; whoever is there now sits at 7, and half a second of stillness says so."""
    finder = shown(NeutralFinder(MEASURE), 0.0, 3.0)
    finder.come_back()
    assert finder.found
    assert finder.zero == pytest.approx(0)
    shown(finder, 7.0, 0.5, start_s=10.0)
    assert finder.zero == pytest.approx(7)


def test_a_missing_value_is_no_value() -> None:
    """NaN neither counts as stillness nor spoils it."""
    finder = NeutralFinder(MEASURE)
    for i in range(20):
        finder.see(i / 20, math.nan, True)
    assert not finder.found
    for i in range(20):
        finder.see(1 + i / 20, math.nan if i % 2 else 6.0, True)
    assert finder.zero == pytest.approx(6)


def test_closer_samples_say_nothing_new() -> None:
    """A value is wanted 0.08 s after the last, and at once when time was set back."""
    finder = NeutralFinder(MEASURE)
    assert finder.due(5.0)
    finder.see(5.0, 1.0, True)
    assert not finder.due(5.07)
    assert finder.due(5.081)
    assert finder.due(4.0)


def test_an_absolute_measure_has_no_neutral() -> None:
    """To ask for one is a mistake of the caller."""
    absolute: Measure = signal_measure("bend", lambda _: 0.0)
    with pytest.raises(ValueError, match="bend is absolute"):
        NeutralFinder(absolute)


def rising(rest: Literal[-1, 0, 1]) -> NeutralFinder:
    """The zero of a measure that rests at one end of its movement, or goes both ways."""
    neutral = Neutral(usual=-60.0, spread=25.0, assumed=False, rest=rest)
    return NeutralFinder(signal_measure("raise", lambda _: 0.0, neutral=neutral))


@pytest.mark.parametrize(("rest", "there"), [(-1, -60.0), (1, -40.0), (0, -50.0)])
def test_a_clip_that_begins_in_a_hold_finds_its_rest_afterwards(rest: Literal[-1, 0, 1], there: float) -> None:
    """Still at -50 at first; 10 beyond it, at the end where the measure rests, lies the zero."""
    finder = shown(rising(rest), -50.0, 1.0)
    shown(finder, there, 0.6, start_s=2.0)
    assert finder.zero == pytest.approx(there, abs=0.1)


@pytest.mark.parametrize("away", [-40.0, -70.0])
def test_only_the_next_place_of_stillness_can_be_the_rest(away: float) -> None:
    """After a hold above the rest, or a place beyond it in the middle of a movement, the zero stays, come what may."""
    finder = shown(rising(-1), -50.0, 1.0)
    shown(finder, away, 0.6, start_s=2.0, at_rest=False)
    shown(finder, -50.0, 0.6, start_s=3.0)
    shown(finder, -62.0, 0.6, start_s=4.0)
    assert finder.zero == pytest.approx(-50, abs=1)  # a little of it is followed slowly


def test_who_settles_a_little_is_still_at_the_first_place() -> None:
    """From -50 to -57, within twice the range of stillness, is no other place: the next one, at -60, is the rest."""
    finder = shown(rising(-1), -50.0, 1.0)
    shown(finder, -57.0, 0.6, start_s=2.0)
    assert finder.zero > -51
    shown(finder, -60.0, 0.6, start_s=3.0)
    assert finder.zero == pytest.approx(-60, abs=1)
