"""When a condition is met, when it is left, and how much is missing."""

from __future__ import annotations

import math
from typing import Any

import pytest
from signals import moment, reader, signal_measure

from poise.core.body import Side
from poise.core.conditions import Position, Target
from poise.core.measures import Measure
from poise.core.reading import Reading
from poise.core.spec import Condition


def bend(left: float, right: float | None = None) -> Measure:
    """A measure that is so much on the left and on the right; its usual margin is 3."""
    return signal_measure("bend", lambda _: left, lambda _: left if right is None else right)


def target(condition: dict[str, Any], name: str = "bend") -> Target:
    """A compiled condition on ``bend``."""
    return Target.compile(name, Condition.model_validate(condition), {"bend": bend(0)})


def reading(left: float, right: float | None = None, *, yaw_deg: float = 0.0) -> Reading:
    """A moment in which ``bend`` is so much."""
    return reader(bend(left, right)).read(moment(0.0, yaw_deg=yaw_deg), True)


def met(condition: dict[str, Any], value: float, was_met: bool = False) -> bool | None:
    """Whether the condition is met by a value."""
    return target(condition).met(reading(value), "left", was_met)


@pytest.mark.parametrize(
    ("condition", "outside", "inside"),
    [
        ({"above": 20}, [19, 20, -90], [21, 170]),
        ({"below": 20}, [20, 21, 170], [19, -90]),
        ({"between": [-10, 10]}, [-11, 11], [-9, 0, 9]),
        ({"outside": [-10, 10]}, [-9, 0, 9], [-11, 11]),
    ],
)
def test_reaching_takes_the_threshold(condition: dict[str, Any], outside: list[float], inside: list[float]) -> None:
    """Above, below, between and outside mean what they say."""
    assert [met(condition, value) for value in outside] == [False] * len(outside)
    assert [met(condition, value) for value in inside] == [True] * len(inside)


@pytest.mark.parametrize(
    ("condition", "still", "left"),
    [
        ({"above": 20}, 17.5, 16.5),
        ({"below": 20}, 22.5, 23.5),
        ({"between": [-10, 10]}, 12.5, 13.5),
        ({"between": [-10, 10]}, -12.5, -13.5),
        ({"outside": [-10, 10]}, 7.5, 6.5),
        ({"outside": [-10, 10]}, -7.5, -6.5),
        ({"above": 20, "margin": 8}, 12.5, 11.5),
    ],
)
def test_leaving_takes_a_margin_more(condition: dict[str, Any], still: float, left: float) -> None:
    """Once met, three times the noise (or the spec's own margin) more is needed to leave."""
    assert met(condition, still, was_met=True) is True
    assert met(condition, still, was_met=False) is False
    assert met(condition, left, was_met=True) is False


def test_the_margin_of_a_change_is_a_share_of_its_threshold() -> None:
    """15 % of 60 degrees per second, and of a spread of 2 (which a margin of 3 would never leave), or as it says."""
    assert target({"above": 2}, "steadiness.bend").margin == pytest.approx(0.3)
    assert target({"above": 60}, "speed.bend").margin == pytest.approx(9)
    assert target({"between": [20, 60]}, "speed.bend").margin == pytest.approx(3)
    assert target({"above": 60, "margin": 1}, "speed.bend").margin == 1


@pytest.mark.parametrize("condition", [{"above": 20}, {"below": 20}, {"between": [0, 9]}, {"outside": [0, 9]}])
def test_what_cannot_be_seen_is_neither_met_nor_left(condition: dict[str, Any]) -> None:
    """A missing measure gives no answer and no gap."""
    assert met(condition, math.nan) is None
    assert met(condition, math.nan, was_met=True) is None
    assert math.isnan(target(condition).gap(reading(math.nan), "left"))


@pytest.mark.parametrize(
    ("name", "left", "right", "expected"),
    [
        ("both.bend", 30, 30, True),
        ("both.bend", 30, 10, False),
        ("both.bend", 30, math.nan, None),
        ("both.bend", 10, math.nan, False),
        ("either.bend", 30, 10, True),
        ("either.bend", 10, 10, False),
        ("either.bend", 30, math.nan, True),
        ("either.bend", 10, math.nan, None),
        ("other.bend", 10, 30, True),
        ("difference.bend", 60, 30, True),
        ("difference.bend", 45, 30, False),
    ],
)
def test_both_and_either(name: str, left: float, right: float, expected: bool | None) -> None:
    """Above 20 by both sides or by either; one hidden side leaves open what the other does not decide."""
    assert target({"above": 20}, name).met(reading(left, right), "left", False) is expected


@pytest.mark.parametrize(
    ("condition", "value", "gap"),
    [
        ({"above": 20}, 14, 6),
        ({"above": 20}, 25, 0),
        ({"below": 20}, 26, 6),
        ({"between": [-10, 10]}, 13, 3),
        ({"between": [-10, 10]}, -14, 4),
        ({"between": [-10, 10]}, 0, 0),
        ({"outside": [-10, 10]}, 7, 3),
        ({"outside": [-10, 10]}, -8, 2),
        ({"outside": [-10, 10]}, 12, 0),
    ],
)
def test_the_gap_is_what_is_missing(condition: dict[str, Any], value: float, gap: float) -> None:
    """In the measure's unit, 0 once met."""
    assert target(condition).gap(reading(value), "left") == pytest.approx(gap)


def test_the_gap_of_both_is_the_larger_and_of_either_the_smaller() -> None:
    """Left lacks 6, right 15."""
    read = reading(14, 5)
    assert target({"above": 20}, "both.bend").gap(read, None) == 15
    assert target({"above": 20}, "either.bend").gap(read, None) == 6


@pytest.mark.parametrize(("left", "right", "gap"), [(14.0, math.nan, math.nan), (math.nan, 14.0, math.nan)])
def test_the_gap_of_both_is_unknown_while_one_is_hidden(left: float, right: float, gap: float) -> None:
    """What the hidden side lacks nobody knows, whichever side it is."""
    assert math.isnan(target({"above": 20}, "both.bend").gap(reading(left, right), None)) == math.isnan(gap)


@pytest.mark.parametrize(("left", "right"), [(14.0, math.nan), (math.nan, 14.0)])
def test_the_gap_of_either_is_that_of_the_side_that_is_seen(left: float, right: float) -> None:
    """The hidden side may have met it, but what is known to be missing is 6."""
    assert target({"above": 20}, "either.bend").gap(reading(left, right), None) == 6


def test_if_seen_is_taken_as_met_while_it_cannot_be_seen() -> None:
    """From the side, or hidden, a front measure does not stand in the way; where it is seen it must be met."""
    condition = {"above": 20, "if_seen": True}
    assert target(condition).met(reading(10, yaw_deg=80), "left", False) is True
    assert target(condition).gap(reading(10, yaw_deg=80), "left") == 0
    assert target(condition).met(reading(math.nan), "left", False) is True
    assert target(condition, "both.bend").gap(reading(14, math.nan), None) == 6
    assert target(condition).met(reading(10), "left", False) is False
    assert target({"above": 20}).met(reading(30, yaw_deg=80), "left", False) is None


def test_a_position_needs_all_its_conditions() -> None:
    """One that fails decides; one that is unseen leaves it open; else it is met."""
    measures = {"a": signal_measure("a", lambda _: 30.0), "b": signal_measure("b", lambda _: 10.0)}
    measures["c"] = signal_measure("c", lambda _: math.nan)

    def answer(*names: str) -> bool | None:
        where = {name: Condition(above=20) for name in names}
        side: Side = "left"
        return Position.compile(where, measures).met(reader(*measures.values()).read(moment(0.0), True), side, False)

    assert answer("a") is True
    assert answer("a", "b") is False
    assert answer("a", "c") is None
    assert answer("c", "b") is False


def test_the_first_condition_leads() -> None:
    """What a hold and an overlay are about is the first line."""
    measures = {"a": signal_measure("a", lambda _: 0.0), "b": signal_measure("b", lambda _: 0.0)}
    position = Position.compile({"b": Condition(above=1), "a": Condition(above=2)}, measures)
    assert str(position.leading.ref) == "b"


def test_a_condition_on_an_unknown_measure_is_refused() -> None:
    """A measure that is not in the catalogue is a KeyError, an unknown prefix a ValueError."""
    with pytest.raises(KeyError):
        Target.compile("bent", Condition(above=1), {})
    with pytest.raises(ValueError, match="unknown prefix"):
        Target.compile("fast.bend", Condition(above=1), {"bend": bend(0)})
