"""What a repetition's peaks are called: the coach, the history and the calibration mean the same by a name."""

from __future__ import annotations

from datetime import datetime

from coaching import TILT_FIELDS, TILT_STEPS, coached, exercise
from figures import SITTING, Motion

from poise.core.history.personal import measured_ranges
from poise.core.peaks import measure_of_peak, peaks_of, ref_of_peak
from poise.core.refs import MeasureRef


def test_a_peak_is_called_as_its_measure_and_by_its_step_where_two_share_one() -> None:
    """The first step has none."""
    other = {"id": "other", "where": {"neck_tilt": {"below": -20}}}
    assert peaks_of(exercise(*TILT_STEPS, **TILT_FIELDS)) == {"tilt": "neck_tilt"}
    shared = {"tilt": "neck_tilt (tilt)", "other": "neck_tilt (other)"}
    assert peaks_of(exercise(*TILT_STEPS, other, **TILT_FIELDS)) == shared


def test_a_peak_leads_back_to_its_measure() -> None:
    """With and without the step; the exercise's own measures are known with the exercise only."""
    assert ref_of_peak("both.hip_drop (down)") == MeasureRef("hip_drop", whose="both")
    tilt = measure_of_peak("neck_tilt (tilt)", None)
    assert tilt is not None
    assert tilt.name == "neck_tilt"
    assert measure_of_peak("grip_width", None) is None


def test_prefixes_in_any_order_are_one_name() -> None:
    """A range is found again whose prefixes the spec has in another order."""
    steps = (
        {"id": "still", "where": {"left.speed.neck_tilt": {"below": 10}}},
        {"id": "go", "where": {"left.speed.neck_tilt": {"above": 20}}, "personal": {"from": 15, "to": 60}},
    )
    spec = exercise(*steps, **TILT_FIELDS | {"sides": "both"})
    motion = Motion(SITTING).stay(2)
    for _ in range(2):
        motion = motion.go(1, neck_tilt=35).stay(1).go(1, neck_tilt=0).stay(1)
    session = coached(motion, spec).session
    assert [list(rep.peak) for rep in session.repetitions] == [["speed.left.neck_tilt"]] * 4
    assert [found.count for found in measured_ranges(session, spec, datetime(2025, 3, 10))] == [4]
