"""The measures of one moment: sides, differences, speed, steadiness, and the person's own zero."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from signals import moment, read_until, reader, signal_measure

from poise.core.body import Side
from poise.core.measures import Neutral
from poise.core.reading import Reading
from poise.core.refs import MeasureRef

BEND = signal_measure("bend", lambda _: 30.0, lambda _: 50.0)
RAMP = signal_measure("ramp", lambda t: 40 * t, lambda t: -10 * t)


def values(reading: Reading, text: str, side: Side | None) -> tuple[float, ...]:
    """What a reference means."""
    return reading.values(MeasureRef.parse(text), side)


@pytest.mark.parametrize(
    ("text", "side", "expected"),
    [
        ("bend", "left", (30,)),
        ("bend", "right", (50,)),
        ("other.bend", "left", (50,)),
        ("other.bend", "right", (30,)),
        ("left.bend", "right", (30,)),
        ("right.bend", "left", (50,)),
        ("both.bend", "left", (30, 50)),
        ("either.bend", None, (30, 50)),
        ("difference.bend", "left", (20,)),
        ("bend", None, (40,)),
    ],
)
def test_whose_value_is_meant(text: str, side: Side | None, expected: tuple[float, ...]) -> None:
    """Left bends 30, right 50: the working side, the other, one by name, both, their difference, their mean."""
    assert values(reader(BEND).read(moment(0.0), True), text, side) == expected


def test_both_as_one_number_is_the_mean() -> None:
    """Left 30 and right 50 are shown as 40."""
    assert reader(BEND).read(moment(0.0), True).value(MeasureRef("bend", whose="both"), None) == 40


def test_when_both_sides_work_one_that_is_hidden_is_left_out() -> None:
    """With the right side missing the mean is the left; with both missing there is none."""
    half = signal_measure("bend", lambda _: 30.0, lambda _: math.nan)
    none = signal_measure("bend", lambda _: math.nan, lambda _: math.nan)
    assert values(reader(half).read(moment(0.0), True), "bend", None) == (30,)
    assert math.isnan(values(reader(none).read(moment(0.0), True), "bend", None)[0])
    assert math.isnan(values(reader(half).read(moment(0.0), True), "both.bend", None)[1])


@pytest.mark.parametrize(("near", "expected"), [("left", 30.0), ("right", 50.0)])
def test_seen_from_the_side_the_near_side_stands_for_both(near: Side, expected: float) -> None:
    """From 55 degrees of yaw on the far side is hidden behind the near one."""
    from_the_side = signal_measure("bend", lambda _: 30.0, lambda _: 50.0)
    views = type(from_the_side)("bend", "", "degrees", ("side",), True, (), 1.0, from_the_side.read)
    assert values(reader(views).read(moment(0.0, yaw_deg=56, near=near), True), "bend", None) == (expected,)
    assert values(reader(views).read(moment(0.0, yaw_deg=54, near=near), True), "bend", None) == (40,)


@pytest.mark.parametrize("near", ["left", "right"])
def test_a_far_side_that_is_hidden_leaves_both_to_the_near_one(near: Side) -> None:
    """Side on, the near leg speaks for a far one that it hides; not from the front, nor where it is hidden itself."""
    left, right = (30.0, math.nan) if near == "left" else (math.nan, 30.0)
    shown = signal_measure("bend", lambda _: left, lambda _: right)
    from_anywhere = replace(shown, views=("front", "side"))
    assert values(reader(from_anywhere).read(moment(0.0, yaw_deg=56, near=near), True), "both.bend", None) == (30,)
    assert len(values(reader(from_anywhere).read(moment(0.0, yaw_deg=10, near=near), True), "both.bend", None)) == 2
    far: Side = "right" if near == "left" else "left"
    assert len(values(reader(from_anywhere).read(moment(0.0, yaw_deg=56, near=far), True), "both.bend", None)) == 2


def test_a_measure_without_sides_is_the_same_for_all() -> None:
    """A nod has no side: each side's, both sides' and the other's are the one there is."""
    read = reader(signal_measure("nod", lambda _: 7.0)).read(moment(0.0), True)
    for text in ("nod", "other.nod", "both.nod", "right.nod"):
        assert values(read, text, "right") == (7,)
        assert values(read, text, None) == (7,)


def test_a_measure_has_no_value_from_a_view_that_cannot_show_it() -> None:
    """A measure for the front is there up to 50 degrees of yaw, and missing beyond."""
    assert reader(BEND).read(moment(0.0, yaw_deg=49), True).of("bend", "left") == 30
    assert math.isnan(reader(BEND).read(moment(0.0, yaw_deg=51), True).of("bend", "left"))


@pytest.mark.parametrize("fps", [10, 30, 60])
def test_speed_is_unsigned_and_per_second(fps: int) -> None:
    """A ramp of 40 degrees per second has that speed at any frame rate, and one of -10 has 10."""
    read = read_until(reader(RAMP, moving=("speed.ramp",)), 2.0, fps)
    assert values(read, "speed.ramp", "left")[0] == pytest.approx(40)
    assert values(read, "speed.ramp", "right")[0] == pytest.approx(10)
    assert read.speed(MeasureRef("ramp"), "left") == pytest.approx(40)
    assert read.speed(MeasureRef("ramp"), None) == pytest.approx(40)  # the faster of the two


def test_an_angle_that_wraps_round_has_no_jump_in_its_speed() -> None:
    """An arm that circles at 100 degrees per second goes on at that speed where 270 becomes -90."""
    circle = signal_measure("circle", lambda t: (100 * t + 90) % 360 - 90, lambda _: 0.0)
    for until_s in (2.5, 2.75, 2.85, 3.0):  # 270 degrees is reached after 2.7 s
        read = read_until(reader(circle, moving=("speed.circle",)), until_s)
        assert values(read, "speed.circle", "left")[0] == pytest.approx(100)


def test_what_is_no_angle_does_not_wrap() -> None:
    """A share of the torso's length that grows by 200 within the window grew by 200."""
    leap = replace(signal_measure("leap", lambda t: 1000 * t, lambda _: 0.0), unit="% of torso length")
    read = read_until(reader(leap, moving=("speed.leap",)), 1.0)
    assert values(read, "speed.leap", "left")[0] == pytest.approx(1000)


def test_speed_takes_a_fifth_of_a_second_to_be_known() -> None:
    """After 0.1 s nothing can be said, after 0.2 s it can."""
    assert math.isnan(values(read_until(reader(RAMP, moving=("ramp",)), 0.1), "speed.ramp", "left")[0])
    assert values(read_until(reader(RAMP, moving=("ramp",)), 0.2), "speed.ramp", "left")[0] == pytest.approx(40)


def test_speed_does_not_reach_over_a_gap() -> None:
    """After 0.7 s out of sight the last value is too old; after 0.5 s it is not."""
    for gap_s, known in ((0.5, True), (0.7, False)):
        followed = reader(RAMP, moving=("ramp",))
        read_until(followed, 1.0)
        speed = values(followed.read(moment(1.0 + gap_s), True), "speed.ramp", "left")[0]
        assert math.isfinite(speed) == known


def test_speed_of_something_missing_or_not_followed_is_missing() -> None:
    """A speed is known of what is followed and seen, and of nothing else."""
    assert math.isnan(values(read_until(reader(RAMP), 1.0), "speed.ramp", "left")[0])
    assert math.isnan(read_until(reader(RAMP), 1.0).speed(MeasureRef("ramp"), None))
    lost = signal_measure("ramp", lambda t: 40 * t if t < 1 else math.nan, lambda t: 40 * t)
    assert math.isnan(values(read_until(reader(lost, moving=("ramp",)), 1.0), "speed.ramp", "left")[0])


def test_steadiness_is_the_spread_over_the_last_second() -> None:
    """Values that alternate between 3 and 7 spread by 2; what was before the last second does not count."""
    waving = signal_measure("wave", lambda t: 5 + (2 if round(t * 30) % 2 else -2) if t > 1 else 90, lambda _: 0.0)
    read = read_until(reader(waving, moving=("steadiness.wave",)), 3.0)
    assert values(read, "steadiness.wave", "left")[0] == pytest.approx(2, abs=0.01)


def test_steadiness_needs_three_values() -> None:
    """Two values have no spread worth the name, and a measure without sides keeps its past under one name."""
    for frames, known in ((1, False), (2, True)):
        followed = reader(signal_measure("nod", lambda t: t), moving=("steadiness.nod", "nod"))
        read = read_until(followed, frames / 30)
        assert math.isfinite(values(read, "steadiness.nod", "right")[0]) == known


def test_a_relative_measure_counts_from_the_persons_own_zero() -> None:
    """Somebody who sits still at 6 degrees reads 6 at first, from the assumed 0, and then 0."""
    tilt = signal_measure("tilt", lambda _: 6.0, lambda _: -6.0, neutral=Neutral(0.0, 14.0))
    followed = reader(tilt)
    assert followed.read(moment(0.0), True).of("tilt", "left") == 6
    assert not followed.neutral_found
    assert read_until(followed, 1.0, start_s=0.1).of("tilt", "left") == pytest.approx(0)
    assert followed.neutral_found


def test_finding_the_zero_is_no_movement() -> None:
    """When the zero jumps from the assumed 0 to the person's own 10, a head that keeps still has no speed."""
    tilt = signal_measure("tilt", lambda _: 10.0, neutral=Neutral(0.0, 14.0))
    followed = reader(tilt, moving=("speed.tilt",))
    speeds = [values(followed.read(moment(i / 30), True), "speed.tilt", "left")[0] for i in range(40)]
    assert followed.neutral_found
    assert max(speed for speed in speeds if math.isfinite(speed)) == pytest.approx(0, abs=1e-6)


def test_each_value_is_worked_out_once() -> None:
    """Asking twice gives the same number without measuring again."""
    asked = []
    counting = signal_measure("bend", lambda t: asked.append(t) or 1.0, lambda _: 0.0)  # type: ignore[func-returns-value]
    read = reader(counting).read(moment(0.0), True)
    assert read.of("bend", "left") == read.of("bend", "left") == 1.0
    assert asked == [0.0]
    assert read.t_s == 0.0
