"""Days in a row, minutes by week, range of motion and balance. All figures are worked out by hand."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from coaching import ARM_RAISE, TILT, exercise
from histories import NOW, ago, past, practice, session

from poise.core.body import Side
from poise.core.past import Peak
from poise.core.progress import Streak, motions, streak, weeks

TODAY = NOW.date()


def days(*back: int) -> list[date]:
    """Days, as how long ago they were."""
    return [TODAY - timedelta(days=day) for day in back]


def peaks(side: Side | None, *values: float, measure: str = "neck_tilt") -> list[Peak]:
    """The farthest points of repetitions."""
    return [Peak(measure, side, value) for value in values]


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        ((), Streak(0, 0)),
        ((0,), Streak(1, 1)),
        ((2, 1), Streak(2, 2)),  # today is not over
        ((2, 1, 0, 0), Streak(3, 3)),
        ((3, 2), Streak(0, 2)),
        ((9, 8, 7, 6, 1, 0), Streak(2, 4)),
    ],
)
def test_days_in_a_row(back: tuple[int, ...], expected: Streak) -> None:
    """Up to today or yesterday, and the most there ever were."""
    assert streak(days(*back), TODAY) == expected


def test_weeks_begin_on_monday_and_empty_ones_are_told() -> None:
    """Wednesday: two days ago is Monday of this week, three days ago Sunday of the last."""
    remembered = past(session(practice(seconds=90), practice(seconds=30), days=3), session(practice(), days=2))
    before, last, this = weeks(remembered, TODAY, 3)
    assert (before.sessions, before.seconds) == (0, 0)
    assert (last.monday, last.sessions, last.seconds) == (date(2025, 3, 3), 1, 120)
    assert (this.monday, this.sessions, this.seconds) == (date(2025, 3, 10), 1, 60)


def test_range_of_motion_is_the_mean_of_each_session_with_what_it_may_be_off_by() -> None:
    """28 and 32: mean 30, standard deviation 2.83, standard error 2, so 4 in nineteen cases of twenty."""
    first = practice(TILT.id, 8, peaks=[*peaks("left", 28, 32), *peaks("right", 25)])
    second = practice(TILT.id, 1, peaks=peaks("left", 33, 33))
    (motion,) = motions(past(session(first, days=8), session(second)), {TILT.id: TILT}, NOW)
    assert (motion.exercise, motion.measure, motion.unit) == (TILT.id, "neck_tilt", "degrees")
    assert motion.error > 0
    left, right = motion.sides["left"], motion.sides["right"]
    assert [(p.at, p.value, p.count) for p in left] == [(ago(8), 30, 2), (ago(1), 33, 2)]
    assert [p.give for p in left] == [pytest.approx(4), 0]
    assert (right[0].value, right[0].count) == (25, 1)
    assert math.isnan(right[0].give)
    assert motion.balance is None


@pytest.mark.parametrize(("right", "differs"), [(25.0, True), (30.0, False)])
def test_sides_differ_only_beyond_what_repetitions_do(right: float, differs: bool) -> None:
    """Each side is sure within 2, so the difference within the square root of 8."""
    done = practice(TILT.id, 1, peaks=[*peaks("left", 29, 30, 31, 30), *peaks("right", right - 1, right + 1)])
    balance = motions(past(session(done)), {TILT.id: TILT}, NOW)[0].balance
    assert balance is not None
    assert (balance.left, balance.right) == (30, right)
    assert balance.give == pytest.approx(math.hypot(2 * math.sqrt(2 / 3) / 2, 2))
    assert balance.differs == differs


def test_balance_looks_back_four_weeks() -> None:
    """What was so last year says nothing about now."""
    done = practice(TILT.id, 29, peaks=[*peaks("left", 30, 30), *peaks("right", 20, 20)])
    assert motions(past(session(done, days=29)), {TILT.id: TILT}, NOW)[0].balance is None


def test_bending_backward_counts_as_far_as_bending_forward() -> None:
    """-30 degrees is a range of 30; where a gap closes, less is farther, and the sign stays."""
    back = exercise({"where": {"trunk_pitch": {"above": -8}}}, {"where": {"trunk_pitch": {"below": -13}}})
    close = exercise({"where": {"elbow_gap": {"above": 195}}}, {"where": {"elbow_gap": {"below": 175}}}, id="close")
    done = [
        practice("exercise", peaks=peaks(None, -30, measure="trunk_pitch")),
        practice("close", peaks=peaks(None, 150, measure="elbow_gap")),
    ]
    closing, bending = motions(past(session(*done)), {"exercise": back, "close": close}, NOW)
    assert (bending.sides[None][0].value, bending.less) == (30, False)
    assert (closing.sides[None][0].value, closing.less) == (150, True)


def test_only_what_is_asked_for_is_a_range() -> None:
    """The middle of a roll is no target; an unknown exercise, and one without repetitions, have none."""
    roll = TILT.model_copy(update={"steps": [*TILT.steps, TILT.steps[0]], "id": "roll"})
    done = [
        practice(
            "roll", peaks=[*peaks("left", 30, measure="neck_tilt (tilt)"), *peaks("left", 1, measure="neck_tilt")]
        ),
        practice("gone", peaks=peaks("left", 30)),
        practice(ARM_RAISE.id),
    ]
    known = {"roll": roll, ARM_RAISE.id: ARM_RAISE}
    assert [m.measure for m in motions(past(session(*done)), known, NOW)] == ["neck_tilt (tilt)"]
