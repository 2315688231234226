"""Personal targets: what a measured range and a pang make of an exercise. All figures are worked out by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from coaching import ARM_RAISE, TILT_FIELDS, TILT_STEPS, blank, coached, exercise
from figures import SITTING, Motion
from hypothesis import given
from hypothesis import strategies as st

from poise.core.body import Side
from poise.core.coach import Coach
from poise.core.history.past import Pang, Past, PastSession, Practice, Range
from poise.core.history.personal import (
    Fit,
    calibration,
    can_be_calibrated,
    depth,
    measured_ranges,
    personalised,
)
from poise.core.session import Repetition
from poise.core.spec import Dose, Spec

NOW = datetime(2025, 3, 10, 12, 0)
YESTERDAY = NOW - timedelta(days=1)
BOUNDS = {"from": 15, "to": 35}

#: Ear to shoulder, asked for from 20 degrees on, at least 15 and at most 35.
TILT = exercise(TILT_STEPS[0], TILT_STEPS[1] | {"personal": BOUNDS}, **TILT_FIELDS)

#: One tilt and then the other, as in a roll: the second target is negative.
ROLL = exercise(
    TILT_STEPS[0],
    TILT_STEPS[1] | {"personal": BOUNDS},
    {"id": "other", "where": {"neck_tilt": {"below": -20}}, "personal": {"from": -15, "to": -35}, "hold": 3},
    **TILT_FIELDS,
)

#: Both arms up.
RAISE = exercise(
    {"id": "down", "where": {"shoulder_abduction": {"below": 50}}},
    {"id": "up", "where": {"shoulder_abduction": {"above": 130}}, "personal": {"from": 80, "to": 150}},
)


def reached(value: float, side: Side | None = "left", step: str = "tilt", measure: str = "neck_tilt") -> Range:
    """A range that was measured yesterday."""
    return Range(YESTERDAY, "exercise", step, measure, side, value, 1.0, 8.6, 3)


def pang(value: float | None = None, *, days: float = 0.5, measure: str = "neck_tilt", **changes: Any) -> Pang:
    """A "that hurts" on the left, so many days ago."""
    return Pang(NOW - timedelta(days=days), "exercise", changes.get("side", "left"), measure, value)


def past(*ranges: Range, pangs: tuple[Pang, ...] = ()) -> Past:
    """A past with these ranges, and one session with these pangs."""
    practice = Practice(YESTERDAY, "exercise", "each", Dose(), (0, 0, 0), pangs=pangs)
    return Past((PastSession(1, YESTERDAY, 60.0, practices=(practice,)),), ranges)


def targets(spec: Spec, remembered: Past) -> dict[tuple[str, Side | None], float | None]:
    """The target of every step that is fitted, by step and side."""
    return {(fit.step, fit.side): fit.target for fit in personalised(spec, remembered, NOW).fits}


def test_without_a_past_the_exercise_is_that_of_its_file() -> None:
    """Nothing is known of this person."""
    fitted = personalised(TILT, Past(), NOW)
    assert fitted.spec is TILT
    assert (fitted.fits, fitted.left_out) == ((), ())


def test_the_target_is_four_fifths_of_the_painless_range_of_each_side() -> None:
    """30 degrees on the left ask for 24; the right side, of which nothing is known, keeps its 20."""
    spec = personalised(TILT, past(reached(30.0)), NOW).spec
    assert spec.steps[1].of("left").target == 24.0
    assert spec.steps[1].of("right").target == 20.0
    assert spec.steps[1].of(None).target == 20.0
    assert spec.steps[0] == TILT.steps[0]


@pytest.mark.parametrize(
    ("value", "target"), [(18.0, 15.0), (15.0, 15.0), (60.0, 35.0), (14.9, None), (0.0, None), (-5.0, None)]
)
def test_bounds_hold_unless_they_would_ask_for_pain(value: float, target: float | None) -> None:
    """80 % of 18 is 14.4, which the camera could not tell from rest; below a range of 15 nothing is asked for."""
    fitted = personalised(TILT, past(reached(value)), NOW)
    assert fitted.fits[0].target == target
    assert bool(fitted.left_out) == (target is None)


def test_the_last_measurement_counts() -> None:
    """25 degrees after 30."""
    assert targets(TILT, past(reached(30.0), reached(25.0))) == {("tilt", "left"): 20.0}


def test_a_step_toward_the_other_side_counts_downward() -> None:
    """-30 degrees ask for -24."""
    assert targets(ROLL, past(reached(-30.0, step="other"))) == {("other", "left"): -24.0}


def test_sides_that_work_together_have_one_target() -> None:
    """Arms that reach 120 degrees are asked for 96."""
    spec = personalised(RAISE, past(reached(120.0, None, "up", "shoulder_abduction")), NOW).spec
    assert spec.steps[1].of(None).target == 96.0


@pytest.mark.parametrize(
    ("where", "target"),
    [
        (18.9, 15.1),  # 80 % of where it hurt
        (40.0, 16.0),  # it hurt in a long hold far beyond the target: 80 % of what was asked for
        (None, 16.0),  # nobody saw where
        (-10.0, 16.0),  # on the way back, beyond rest
        (15.0, None),  # at the nearest target: nothing painless is left
        (3.0, None),
    ],
)
def test_where_it_hurt_the_painless_range_ends(where: float | None, target: float | None) -> None:
    """The usual target is 20, the nearest one 15."""
    assert targets(TILT, past(pangs=(pang(where),))) == {("tilt", "left"): target}


def test_every_pang_lowers_the_target_until_nothing_is_left() -> None:
    """20, 16, 15 (the nearest), and then the exercise is left out; a further pang changes nothing."""
    expected = [16.0, 15.0, None, None]
    assert [targets(TILT, past(pangs=(pang(),) * n))["tilt", "left"] for n in (1, 2, 3, 4)] == expected


def test_a_pang_of_another_measure_counts_where_it_is_not_known_better() -> None:
    """It hurt while the chin was down: both tilts of the roll come down by a fifth."""
    found = targets(ROLL, past(pangs=(pang(12.0, measure="chin_drop"),)))
    assert found == {("tilt", "left"): 16.0, ("other", "left"): -16.0}


def test_a_pang_of_unknown_side_counts_for_both() -> None:
    """Better too little than too much."""
    assert set(targets(TILT, past(pangs=(pang(side=None),)))) == {("tilt", "left"), ("tilt", "right")}


def test_pangs_are_forgotten_after_four_weeks_and_after_a_new_measurement() -> None:
    """And those of another exercise were never meant."""
    assert targets(TILT, past(pangs=(pang(days=29),))) == {}
    assert targets(TILT, past(reached(30.0), pangs=(pang(days=2),))) == {("tilt", "left"): 24.0}
    assert targets(TILT, past(reached(30.0), pangs=(pang(22.0),))) == {("tilt", "left"): 17.6}
    elsewhere = Pang(NOW, "squat", None, None, None)
    assert targets(TILT, past(pangs=(elsewhere,))) == {}


def test_an_exercise_without_personal_steps_is_never_changed() -> None:
    """Its file does not say how far its target may move."""
    assert not can_be_calibrated(ARM_RAISE)
    assert can_be_calibrated(TILT)
    assert personalised(ARM_RAISE, past(pangs=(pang(),)), NOW).spec is ARM_RAISE


@given(
    st.lists(st.floats(-60, 60), max_size=3),
    st.lists(st.tuples(st.floats(-60, 60) | st.none(), st.floats(0, 40)), max_size=4),
)
def test_nothing_past_the_painless_range_is_ever_asked_for(
    ranges: list[float], hurts: list[tuple[float | None, float]]
) -> None:
    """Whatever was measured and wherever it hurt: within the bounds, or not at all."""
    pangs = tuple(pang(value, days=days) for value, days in sorted(hurts, key=lambda hurt: -hurt[1]))
    for fit in personalised(TILT, past(*map(reached, ranges), pangs=pangs), NOW).fits:
        if fit.target is not None:
            assert 15 <= fit.target <= 35
            assert fit.target <= fit.painless
            assert fit.because == "range" or fit.target <= 20 or ranges


def test_what_is_asked_and_why_is_said_in_one_line() -> None:
    """For the start of a session."""
    assert [fit.say() for fit in personalised(TILT, past(reached(30.0)), NOW).fits] == [
        "Left: aim for 24°, not 20°; you reached 30° without pain on 9 Mar 2025"
    ]
    too_early = Fit("tilt", None, 20.0, None, 8.0, "pang", NOW, "neck_tilt (tilt)", "°")
    assert too_early.say() == "Neck tilt (tilt): it hurt on 10 Mar 2025, and of less the camera can judge nothing"


def test_a_calibration_is_three_repetitions_without_a_target_to_strain_for() -> None:
    """From the nearest target on, held for a second; only what makes it stop is corrected."""
    stop = {"id": "rushed", "where": {"speed.neck_tilt": {"above": 60}}, "say": "Slower", "severity": "stop"}
    fix = {"id": "leaning", "where": {"trunk_lean": {"above": 10}}, "say": "Stay tall"}
    fields = TILT_FIELDS | {"faults": [stop, fix]}
    spec = calibration(exercise(TILT_STEPS[0], TILT_STEPS[1] | {"personal": BOUNDS}, **fields))
    assert spec.steps[1].target == 15.0
    assert spec.steps[1].say == "Ear toward your {side} shoulder, slowly, as far as it goes without pain"
    assert (spec.dose.sets, spec.dose.reps, spec.hold_s(spec.steps[1])) == (1, 3, 1.0)
    assert [fault.id for fault in spec.faults] == ["rushed"]


def test_a_calibration_gives_the_middle_of_the_farthest_points_and_their_spread() -> None:
    """Tilts of 28, 32 and 30 degrees to the left; one to the right is too few to say anything."""
    session = blank(TILT)
    for n, (side, value) in enumerate([("left", 28.0), ("left", 32.0), ("left", 30.0), ("right", 25.0)], start=1):
        peak = {"neck_tilt": value}
        session.repetitions.append(Repetition.model_validate(
            {"n": n, "side": side, "start_s": n, "end_s": n + 1, "peak": peak}
        ))  # fmt: skip
    (found,) = measured_ranges(session, TILT, NOW)
    assert (found.step, found.side, found.reached, found.spread, found.count) == ("tilt", "left", 30.0, 2.0, 3)
    assert found.error > 0


def test_steps_that_share_a_measure_are_told_apart() -> None:
    """As the coach names their peaks; a repetition that lacks one is left out of it."""
    session = blank(ROLL)
    for n, peak in enumerate([{"neck_tilt (tilt)": 30.0, "neck_tilt (other)": -26.0}, {"neck_tilt (tilt)": 32.0}]):
        session.repetitions.append(Repetition(n=n + 1, side="left", start_s=n, end_s=n + 1, peak=peak))
    (found,) = measured_ranges(session, ROLL, NOW)
    assert (found.step, found.reached) == ("tilt", 31.0)


def test_a_calibration_of_a_motion() -> None:
    """Someone who tilts by 18 degrees is measured, whom the exercise itself would not count."""
    there = Motion(SITTING).stay(2).times(3, lambda m: m.go(1.5, neck_tilt=18).stay(2).go(1.5, neck_tilt=0).stay(1))
    poses = there.stay(2).poses(15)
    session = coached(poses, calibration(TILT)).session
    (found,) = measured_ranges(session, TILT, NOW)
    assert (found.side, found.count) == ("left", 3)
    assert found.reached == pytest.approx(18, abs=2)
    assert coached(poses, TILT).session.reps.total == 0


def test_each_side_is_counted_from_its_own_target() -> None:
    """With a painless range of 19 degrees on the left, tilts of 18 count there, and not on the right."""
    spec = personalised(TILT, past(reached(19.0)), NOW).spec
    there = Motion(SITTING).stay(2)
    for degrees in (18, -18):
        there = there.go(1.5, neck_tilt=degrees).stay(6).go(1.5, neck_tilt=0).stay(2)
    assert coached(there.poses(15), spec).session.reps.model_dump() == {"total": 1, "left": 1, "right": 0}


def test_how_deep_a_moment_is() -> None:
    """Upright there is nothing to speak of; tilted by 30 of 20 degrees it is one and a half of the target."""
    coach = Coach(TILT)
    poses = Motion(SITTING).stay(2).go(1, neck_tilt=30).stay(1).poses(15)
    snapshots = [coach.step(pose) for pose in poses]
    deep = depth(snapshots[-1], TILT)
    assert deep is not None
    assert deep.measure == "neck_tilt"
    assert deep.share == pytest.approx(1.5, abs=0.15)
    assert deep.value == pytest.approx(30, abs=3)
    assert depth(snapshots[-1], exercise(TILT_STEPS[0], TILT_STEPS[0] | {"id": "again"}, **TILT_FIELDS)) is None
