"""Two sessions beside each other, and the two sides of one."""

from __future__ import annotations

import math

import pytest
from coaching import ARM_RAISE, TILT
from reviewing import measured, raising, tilting

from poise.core.curves import Curves
from poise.core.results.advice import advise
from poise.core.results.compare import Line, Taken, compare, mean_line, sides_of, usual_moment
from poise.core.results.review import review
from poise.core.session import FaultRecord, NearMiss
from poise.core.words import Words


def taken(name: str, *degrees: float) -> Taken:
    """A session of tilts."""
    session, curves = measured(tilting(*degrees), TILT)
    return Taken(name, session, TILT, curves)


def test_before_and_after() -> None:
    """Tilts of 25 degrees before and 45 after: 20 more, beyond the neck's measured error; as many repetitions."""
    found = compare(taken("before", 25, 25), taken("after", 45, 45))
    pairs = {pair.what: pair for pair in found.pairs}
    assert pairs["repetitions"].difference == 0
    assert pairs["neck tilt, left"].difference == pytest.approx(20, abs=1)
    assert pairs["neck tilt, left"].clear is True
    assert pairs["seconds held"].clear is False
    assert (found.leading, found.unit) == ("neck_tilt", "°")
    assert [line.n for line in found.lines[0]] == [1, 2]
    assert max(mean_line(found.lines[1])) == pytest.approx(45, abs=1)
    assert "near misses" not in pairs


def test_faults_and_near_misses_are_counted_on_both_sides() -> None:
    """What the one has and the other has not."""
    first, second = taken("a", 25), taken("b", 25)
    fault = {"id": "trunk-leans", "repetition": 1, "t_s": 1, "severity": "fix", "say": "Stay tall", "side": "left"}
    first.session.faults.append(FaultRecord.model_validate(fault))
    miss = {"t_s": 1, "step": "tilt", "measure": "neck_tilt", "best": 18, "short_by": 2, "side": "left"}
    second.session.near_misses.append(NearMiss.model_validate(miss))
    pairs = {pair.what: (pair.first, pair.second) for pair in compare(first, second).pairs}
    assert pairs["to correct: Stay tall"] == (1, 0)
    assert pairs["near misses"] == (0, 1)


def test_one_fault_is_one_row_though_its_sides_are_told_apart() -> None:
    """Left and right of one session: a correction that names either shoulder; holds cut short, whatever is missing."""
    whole = taken("neck", 30, -30)
    for side, other in (("left", "right"), ("right", "left")):
        one = {
            "id": "shrug",
            "repetition": 1,
            "t_s": 1,
            "severity": "fix",
            "say": f"Drop your {other} one",
            "side": side,
        }
        short = one | {"id": "hold-short", "say": f"Hold longer: {len(side)} of 15 seconds"}
        whole.session.faults += [FaultRecord.model_validate(fault) for fault in (one, short, short)]
    pairs = {pair.what: (pair.first, pair.second) for pair in compare(*sides_of(whole)).pairs}
    assert pairs["to correct: Drop your right one / Drop your left one"] == (1, 1)
    assert pairs["to correct: Hold longer"] == (2, 2)


def test_in_another_language() -> None:
    """What is compared, and what the sides are called; a sentence that the catalogue does not know stays English."""
    words = Words(
        "de", {"neck tilt": "Kopfneigung", "left": "links", "right": "rechts", "repetitions": "Wiederholungen"}
    )
    found = compare(*sides_of(taken("neck", 40, -25), words), words)
    assert (found.first.name, found.second.name) == ("links", "rechts")
    assert [pair.what for pair in found.pairs][:3] == ["Wiederholungen", "Kopfneigung", "seconds held"]
    both = compare(taken("a", 40), taken("b", 30), words)
    assert both.pairs[1].what == "Kopfneigung, links"


def test_left_and_right_of_one_session() -> None:
    """Two tilts of 40 to the left and one of 25 to the right become two sessions without sides."""
    found = compare(*sides_of(taken("neck", 40, -25, 40)))
    pairs = {pair.what: pair for pair in found.pairs}
    assert (found.first.name, found.second.name) == ("left", "right")
    assert (pairs["repetitions"].first, pairs["repetitions"].second) == (2, 1)
    assert pairs["neck tilt"].difference == pytest.approx(-15, abs=1)
    assert max(found.lines[1][0].values) == pytest.approx(25, abs=1)


def test_sides_without_curves() -> None:
    """A session whose measures were not kept is compared by its figures alone."""
    whole = taken("neck", 40, -25)
    found = compare(*sides_of(Taken("neck", whole.session)))
    assert found.lines == ([], [])
    assert found.unit == "°"


def test_what_has_no_sides_is_told() -> None:
    """Arms that are raised together, and two exercises."""
    session, curves = measured(raising(170), ARM_RAISE)
    arms = Taken("arms", session, ARM_RAISE, curves)
    with pytest.raises(ValueError, match="no repetitions of one side"):
        sides_of(arms)
    neck = taken("neck", 30)
    neck.session.exercise = "another"
    with pytest.raises(ValueError, match="two exercises"):
        compare(arms, neck)


def test_a_movement_of_both_sides_is_drawn_as_their_mean() -> None:
    """The right arm lags by 40 degrees of 160: the line goes to 140."""
    session, curves = measured(raising(160, lag=40), ARM_RAISE.model_copy(update={"steps": easier()}))
    arms = Taken("arms", session, ARM_RAISE, curves)
    lines, _ = compare(arms, arms).lines
    assert max(lines[0].values) == pytest.approx(140, abs=2)
    assert compare(Taken("a", session, ARM_RAISE, Curves(curves.times_s, ())), arms).lines[0] == []


def easier() -> list[object]:
    """The steps of an arm raise that asks for 100 degrees."""
    up = ARM_RAISE.steps[1].where["shoulder_abduction"].model_copy(update={"above": 100.0})
    return [ARM_RAISE.steps[0], ARM_RAISE.steps[1].model_copy(update={"where": {"shoulder_abduction": up}})]


def test_nothing_done_is_compared_with_something_done() -> None:
    """A session without a repetition has no figures but its counts."""
    found = compare(taken("nothing"), taken("something", 30))
    assert [pair.what for pair in found.pairs] == ["repetitions"]
    assert (found.leading, found.lines[0]) == ("neck_tilt", [])
    nothing = compare(taken("nothing"), taken("nothing"))
    assert (nothing.leading, nothing.unit, nothing.lines) == (None, "", ([], []))


def test_a_side_that_the_other_session_does_not_have_is_left_out() -> None:
    """Left alone before, right alone after: no tilt has a counterpart."""
    found = compare(taken("a", 30), taken("b", -30))
    assert not [pair for pair in found.pairs if pair.what.startswith("neck tilt")]


def test_a_usual_repetition_and_its_farthest_moment() -> None:
    """Of tilts of 50, 35 and 35 degrees the second is the first that went as far as most: it is held from 10 s on."""
    whole = taken("neck", 50, 35, 35)
    moment = usual_moment(whole)
    assert moment is not None
    assert moment[0].n == 2
    assert 10 < moment[1] < 16
    assert usual_moment(Taken("a", whole.session, TILT)) is None
    assert usual_moment(Taken("a", whole.session, None, whole.curves)) is None
    assert usual_moment(Taken("a", whole.session, TILT, Curves([], ()))) is None
    assert usual_moment(taken("nothing")) is None


def test_what_one_side_has_to_work_on_keeps_its_numbers() -> None:
    """The right side's only repetition is the second of the session."""
    session = sides_of(taken("neck", 40, -25))[1].session
    fault = {"id": "a", "repetition": 2, "t_s": 1, "severity": "fix", "say": "Stay tall", "side": None}
    session.faults.append(FaultRecord.model_validate(fault))
    assert advise(session, review(session))[0].why == "repetition 2"


def test_the_mean_line_lies_between_its_lines() -> None:
    """0 to 10 in one second and 0 to 20 in two: 7.5 half way; what nobody saw is not known."""
    lines = [Line(1, None, [0.0, 1.0], [0.0, 10.0]), Line(2, None, [0.0, 2.0], [0.0, 20.0])]
    assert mean_line(lines, 2) == [0.0, 7.5, 15.0]
    assert mean_line([Line(1, None, [0.0], [4.0])], 1) == [4.0, 4.0]
    assert all(math.isnan(value) for value in mean_line([Line(1, None, [], [])], 1))
