"""How a spec names a measure."""

from __future__ import annotations

import pytest

from poise.core.refs import MeasureRef


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("neck_tilt", MeasureRef("neck_tilt")),
        ("other.shoulder_raise", MeasureRef("shoulder_raise", whose="other")),
        ("speed.neck_tilt", MeasureRef("neck_tilt", transform="speed")),
        ("steadiness.left.neck_tilt", MeasureRef("neck_tilt", transform="steadiness", whose="left")),
        ("difference.knee_flexion", MeasureRef("knee_flexion", transform="difference")),
    ],
)
def test_a_name_reads_back_as_it_was_written(text: str, ref: MeasureRef) -> None:
    """Prefixes and name are taken apart, and put together again the same."""
    assert MeasureRef.parse(text) == ref
    assert str(ref) == text


def test_the_order_of_prefixes_does_not_matter() -> None:
    """Whose speed, or the speed of whose, is the same."""
    assert MeasureRef.parse("other.speed.neck_tilt") == MeasureRef.parse("speed.other.neck_tilt")


@pytest.mark.parametrize("text", ["fast.neck_tilt", "speed.speed.neck_tilt", "left.right.neck_tilt", "value.neck_tilt"])
def test_an_unknown_or_repeated_prefix_is_refused(text: str) -> None:
    """The message names the prefix that is wrong and lists those that are known."""
    with pytest.raises(ValueError, match=rf"unknown prefix '{text.split('.')[-2]}\.' \(known: speed,.*either\)"):
        MeasureRef.parse(text)


@pytest.mark.parametrize("text", ["difference.left.knee_flexion", "either.difference.knee_flexion"])
def test_a_difference_takes_no_side(text: str) -> None:
    """Left against right has no side of its own."""
    with pytest.raises(ValueError, match="compares left and right"):
        MeasureRef.parse(text)
