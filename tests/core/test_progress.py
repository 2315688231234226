"""Days in a row, minutes by week, range of motion and balance. All figures are worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

import pytest
from coaching import ARM_RAISE, TILT, exercise
from histories import NOW, ago, past, practice, session

from poise.core.body import Side
from poise.core.history.past import Past, Peak, Range
from poise.core.history.progress import Balance, Motion, Point, Streak, motions, streak, weeks
from poise.core.history.progress_words import balance, change, measured, name_of, pain
from poise.core.measures import CATALOGUE

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
    """Wednesday: two days ago is Monday of this week, three days ago Sunday of the last; before was nothing yet."""
    remembered = past(session(practice(seconds=90), practice(seconds=30), days=3), session(practice(), days=2))
    last, this = weeks(remembered, TODAY, 5)
    assert [week.sessions for week in weeks(past(session(practice(), days=20)), TODAY, 3)] == [0, 0, 0]
    assert (last.monday, last.sessions, last.seconds) == (date(2025, 3, 3), 1, 120)
    assert (this.monday, this.sessions, this.seconds) == (date(2025, 3, 10), 1, 60)


def test_range_of_motion_is_the_mean_of_each_session_with_what_it_may_be_off_by() -> None:
    """28 and 32: mean 30, standard deviation 2.83, standard error 2, so 4 in nineteen cases of twenty."""
    first = practice(TILT.id, 8, peaks=[*peaks("left", 28, 32), *peaks("right", 25)])
    second = practice(TILT.id, 1, peaks=peaks("left", 33, 33))
    (found,) = motions(past(session(first, days=8), session(second)), {TILT.id: TILT}, NOW)
    assert (found.exercise, found.measure, found.unit) == (TILT.id, "neck_tilt", "degrees")
    assert found.error > 0
    left, right = found.sides["left"], found.sides["right"]
    assert [(p.at, p.value, p.count) for p in left] == [(ago(8), 30, 2), (ago(1), 33, 2)]
    assert [p.give for p in left] == [pytest.approx(4), 0]
    assert (right[0].value, right[0].count) == (25, 1)
    assert math.isnan(right[0].give)
    assert found.balance is None


@pytest.mark.parametrize(("right", "differs"), [(20.0, True), (25.0, False), (30.0, False)])
def test_sides_differ_only_beyond_chance_and_the_error_of_the_measure(right: float, differs: bool) -> None:
    """By chance the difference is off by 2.2; a camera that leans favours one side by as much as its error besides."""
    done = practice(TILT.id, 1, peaks=[*peaks("left", 29, 30, 31, 30), *peaks("right", right - 1, right + 1)])
    both = motions(past(session(done)), {TILT.id: TILT}, NOW)[0].balance
    assert both is not None
    assert (both.left, both.right) == (30, right)
    error = CATALOGUE["neck_tilt"].errors["front"]
    assert both.give == pytest.approx(math.hypot(2 * math.sqrt(2 / 3) / 2, 2, error))
    assert both.differs == differs


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


def test_painless_ranges_are_told_beside_what_was_done() -> None:
    """A spread of 3 over nine repetitions: sure within 2; bending the other way counts as far."""
    measured = [(30, 20), (1, -26)]
    ranges = tuple(Range(ago(d), TILT.id, "tilt", "neck_tilt", "right", value, 3.0, 8.6, 9) for d, value in measured)
    (found,) = motions(Past(ranges=ranges), {TILT.id: TILT}, NOW)
    assert (found.painless, found.measure, name_of(found)) == (True, "neck_tilt", "neck tilt, painless")
    assert [(p.value, p.give, p.count) for p in found.sides["right"]] == [(20, 2, 9), (26, 2, 9)]


def test_painless_ranges_of_two_steps_are_told_apart() -> None:
    """Two steps may share a measure, as the two ways of a nod do."""
    steps = [{"where": {"neck_nod": bounds}} for bounds in ({"between": [-8, 8]}, {"above": 18}, {"below": -12})]
    nod = exercise(*steps)
    ranges = tuple(Range(NOW, nod.id, step.id, "neck_nod", None, 30.0, 1.0, 8.6, 3) for step in nod.steps[1:])
    found = [one.measure for one in motions(Past(ranges=ranges), {nod.id: nod}, NOW)]
    assert found == ["neck_nod (step-1)", "neck_nod (step-2)"]


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


def motion(*values: tuple[float, float], less: bool = False, unit: str = "degrees", other: float = 20.0) -> Motion:
    """A range on the left with these means and what they may be off by; the right at the other value, within 1."""
    points = tuple(Point(ago(9 - n), value, give, 3) for n, (value, give) in enumerate(values))
    left = values[-1][0]
    return Motion("x", "neck_tilt", unit, 8.6, less, {"left": points}, Balance(left, other, 2.0))


@pytest.mark.parametrize(
    ("values", "less", "expected"),
    [
        (((24, 2), (31, 2)), False, ("+7°", True)),
        (((31, 2), (24, 2)), False, ("\N{MINUS SIGN}7°", False)),
        (((31, 2), (24, 2)), True, ("\N{MINUS SIGN}7°", True)),
        (((24, 2), (26, 2)), False, ("+2°", None)),  # chance may do 2.8
        (((24, math.nan), (40, 2)), False, ("+16°", None)),  # one repetition says little
        (((25.6, 2), (25.5, 2)), False, ("0°", None)),  # as "26°" and "26°" stand beside it
        (((24, 2),), False, ("", None)),
    ],
)
def test_a_change_is_told_as_sure_only_beyond_chance(
    values: tuple[tuple[float, float], ...], less: bool, expected: tuple[str, bool | None]
) -> None:
    """And as farther by what the exercise asks for."""
    made = motion(*values, less=less)
    assert change(made.sides["left"], made) == expected


def test_figures_have_a_decimal_only_where_they_are_small() -> None:
    """And never claim to be off by nothing."""
    shares = motion((31.4, 0.2), unit="% of torso length")
    assert measured(shares.sides["left"][0], shares) == "31 ±1 %"
    small = motion((1.44, 0.01))
    assert measured(small.sides["left"][0], small) == "1.4 ±0.1°"
    single = motion((30.0, math.nan))
    assert measured(single.sides["left"][0], single) == "30°"


def test_left_against_right_in_a_sentence() -> None:
    """The side that goes farther, if the difference is clear."""
    assert balance(motion((31, 2))) == "left 31°, right 20°: left goes 11 ±2° farther"
    assert balance(motion((31, 2), less=True)) == "left 31°, right 20°: right goes 11 ±2° farther"
    assert balance(motion((31, 2), other=30.0)) == "left 31°, right 30°: no clear difference"
    assert balance(replace(motion((31, 2)), balance=None)) == ""


def test_pain_before_and_after_in_short() -> None:
    """What was not answered is left out."""
    assert [pain(session(before=4, after=2)), pain(session(after=2)), pain(session())] == ["4 → 2", "2", ""]
