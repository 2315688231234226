"""Measures over time as the coach read them, and sessions as tables."""

from __future__ import annotations

import math

import pytest
from coaching import ARM_RAISE, TILT, exercise
from figures import STANDING, STANDING_SIDE_ON, Motion
from reviewing import measured, tilting

from poise.core.body import SIDES
from poise.core.curves import asked_for
from poise.core.results.table import curves_from, measure_columns, repetition_columns


def test_every_measure_that_is_asked_for_is_kept_once() -> None:
    """Of steps first, then of faults, for both sides, whichever the spec means."""
    spec = exercise(
        {"where": {"both.shoulder_abduction": {"below": 50}}},
        {"where": {"shoulder_abduction": {"above": 130}, "speed.trunk_lean": {"below": 50}}},
        faults=[{"id": "a", "say": "a", "where": {"difference.shoulder_raise": {"above": 8}}}],
    )
    _, curves = measured(Motion(STANDING).stay(0.5), spec)
    assert [str(ref) for ref in asked_for(spec)][:2] == ["both.shoulder_abduction", "speed.both.trunk_lean"]
    assert [curve.title for curve in curves.curves] == [
        "left.shoulder_abduction",
        "right.shoulder_abduction",
        "left.speed.trunk_lean",
        "right.speed.trunk_lean",
        "difference.shoulder_raise",
    ]
    assert all(len(curve.values) == len(curves.times_s) == 9 for curve in curves.curves)


def test_the_curve_is_what_was_judged() -> None:
    """A tilt of 35 degrees to the left reads 35 on the left and -35 on the right, from the person's own upright."""
    _, curves = measured(tilting(35), TILT)
    left, right = curves.of("neck_tilt", "left"), curves.of("neck_tilt", "right")
    assert left is not None
    assert right is not None
    at = list(curves.times_s).index(pytest.approx(4.0))
    assert left.values[at] == pytest.approx(35, abs=1)
    assert right.values[at] == pytest.approx(-35, abs=1)
    assert curves.of("neck_tilt", None) is None
    assert curves.of("trunk_lean", "left") is None


def test_a_side_that_is_not_seen_has_a_curve_of_nothing() -> None:
    """Side on, the near leg may speak for both, and still the far one's curve says that it was not seen."""
    spec = exercise(
        {"where": {"both.knee_flexion": {"below": 30}}},
        {"where": {"both.knee_flexion": {"above": 60}}},
        camera={"view": "side", "sees": ["knees"]},
    )
    bent = STANDING_SIDE_ON.but(knee_flexion=40, hidden=("left_knee", "left_ankle"))
    _, curves = measured(Motion(bent).stay(1), spec)
    left, right = (curves.of("knee_flexion", side) for side in SIDES)
    assert left
    assert right
    assert right.values[-1] == pytest.approx(40, abs=1)
    assert math.isnan(left.values[-1])
    assert len(left.values) == len(right.values) == len(curves.times_s)


def test_a_session_as_tables_and_back() -> None:
    """One row for each repetition; the measures come back as they were, the unknown column is left out."""
    session, curves = measured(tilting(35, -30), TILT)
    table = repetition_columns(session)
    assert table["side"] == ["left", "right"]
    assert table["peak neck_tilt"] == [pytest.approx(35, abs=1), pytest.approx(30, abs=1)]
    assert table["duration_s"][0] == pytest.approx(table["end_s"][0] - table["start_s"][0])
    assert table["faults"] == ["", ""]
    columns = measure_columns(curves)
    back = curves_from({**columns, "something": columns["t_s"]}, TILT)
    assert back.times_s == list(curves.times_s)
    assert [curve.title for curve in back.curves] == [curve.title for curve in curves.curves]
    assert [list(curve.values) for curve in back.curves] == [list(curve.values) for curve in curves.curves]


def test_cells_of_text_and_of_nothing() -> None:
    """A CSV holds texts; an empty cell is not known, and a table without times is none."""
    back = curves_from({"t_s": ["0.1", "0.2"], "left.neck_tilt": ["3.5", None]})
    assert back.curves[0].values[0] == 3.5
    assert math.isnan(back.curves[0].values[1])
    with pytest.raises(ValueError, match="t_s"):
        curves_from({"a": []})


def test_a_movement_of_both_sides_has_a_curve_for_each() -> None:
    """Arms that are raised together are told apart all the same."""
    _, curves = measured(Motion(STANDING).stay(1).go(1, left_shoulder_abduction=160).stay(0.5), ARM_RAISE)
    left, right = curves.curves
    assert left.values[-1] == pytest.approx(160, abs=2)
    assert right.values[-1] == pytest.approx(0, abs=2)
