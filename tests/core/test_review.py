"""What a session says: how far, how evenly, left beside right, what to work on, what went well."""

from __future__ import annotations

import pytest
from coaching import ARM_RAISE, TILT, TILT_FIELDS, TILT_STEPS, blank, exercise
from figures import STANDING, Motion
from reviewing import measured, raising, tilting

from poise.core.conditions import Target
from poise.core.measures import CATALOGUE
from poise.core.refs import MeasureRef
from poise.core.results.advice import advise, listed, praise
from poise.core.results.review import Tempo, error_of, review, target_words, whose_words, words_of
from poise.core.results.spread import Pair, Spread, pair_of, said, tells
from poise.core.session import FaultRecord, NearMiss, Repetition, Session
from poise.core.spec import Condition


def test_numbers_in_short() -> None:
    """1, 2, 3 and an unknown one: mean 2, deviation 1, standard error 1 / sqrt(3)."""
    spread = Spread.of([1.0, float("nan"), 3.0, 2.0])
    assert spread == Spread(3, 2.0, 1.0, 1.0, 3.0)
    assert spread.mean_error == pytest.approx(0.577, abs=1e-3)
    assert Spread.of([5.0]) == Spread(1, 5.0, 0.0, 5.0, 5.0)
    assert Spread.of([float("nan")]) is None


def test_a_difference_is_clear_beyond_chance_and_error() -> None:
    """Error 3 and standard errors of 2 and 0: 3 and 2 x 2 together are 5."""
    one, two = Spread(4, 30.0, 4.0, 26.0, 34.0), Spread(1, 36.0, 0.0, 36.0, 36.0)
    assert tells(one, two, 3.0) == pytest.approx(5.0)
    assert tells(one, two, None) is None
    assert pair_of("tilt", one, two, "°", 3.0).clear is True
    assert pair_of("tilt", one, Spread(1, 34.0, 0.0, 34.0, 34.0), "°", 3.0).clear is False
    assert pair_of("tilt", one, two, "°", None).clear is None
    assert Pair("tilt", None, 3.0, "°").clear is None


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        (Pair("tilt", 30.2, 36.4, "°", 5.0), ("30°", "36°", "+6°", "yes (takes 5°)")),
        (Pair("tilt", 30.2, 33.4, "°", 5.0), ("30°", "33°", "+3°", "no (takes 5°)")),
        (Pair("turn", 65.4, 59.6, "°", 13.0), ("65°", "60°", "-5°", "no (takes 13°)")),  # as anybody subtracts
        (Pair("held", 4.84, 4.82, " s", 0.2), ("4.8 s", "4.8 s", "none", "no (takes 0.2 s)")),
        (Pair("tilt", 30.0, 36.0, "°", None), ("30°", "36°", "+6°", "not known")),
        (Pair("reps", 3, 2, ""), ("3", "2", "-1", "")),
        (Pair("reps", 3, None, ""), ("3", "", "", "")),
    ],
)
def test_a_pair_in_words(pair: Pair, words: tuple[str, ...]) -> None:
    """First, second, difference, and whether it is clear; nothing is minus zero."""
    assert said(pair) == words


def test_how_far_and_how_alike_the_sides_went() -> None:
    """Tilts of 40 and 25 degrees: the side that is less is named, beyond the measured error of the neck's tilt."""
    session, curves = measured(tilting(40, -25, 40, -25), TILT)
    found = review(session, TILT, curves)
    assert [(one.side, round(one.spread.mean)) for one in found.reached] == [("left", 40), ("right", 25)]
    error = CATALOGUE["neck_tilt"].errors["front"]
    assert {one.error for one in found.reached} == {error}
    pairs = {pair.what: pair for pair in found.balance}
    assert list(pairs) == ["repetitions", "neck tilt", "seconds held", "seconds for a repetition"]
    assert pairs["neck tilt"].difference == pytest.approx(-15, abs=1)
    assert pairs["neck tilt"].tells == pytest.approx(error, abs=1)
    assert pairs["repetitions"].difference == 0
    advice = [one.text for one in advise(session, found, TILT)]
    assert advice == ["Bring the right side as far as the left (neck tilt)"]
    assert found.held is not None
    assert found.held.mean == pytest.approx(5.5, abs=0.5)
    assert found.hold_target_s == 5.0


def test_a_side_that_goes_less_far_down_is_the_one_to_work_on() -> None:
    """Where less is farther, the side with more of it is behind."""
    steps = [{"where": {"neck_tilt": {"between": [-5, 5]}}}, {"where": {"neck_tilt": {"below": -15}}}]
    spec = exercise(*steps, sides="each")
    motion = Motion(STANDING).stay(1)
    for angle in (40, -20, 40, -20):  # away from the right side by 40, away from the left one by 20
        motion.go(1, neck_tilt=angle).stay(0.5).go(1, neck_tilt=0).stay(1)
    session, curves = measured(motion, spec)
    advice = [one.text for one in advise(session, review(session, spec, curves), spec)]
    assert "Bring the left side as far as the right (neck tilt)" in advice
    between = exercise(steps[0], {"where": {"neck_tilt": {"between": [15, 60]}}}, sides="each")
    assert not [pair for pair in review(session, between, curves).balance if pair.farther]


def test_without_the_exercise_neither_side_is_farther() -> None:
    """Whether more or less is farther is known with the exercise only; how far both went is known without."""
    session, _ = measured(tilting(35, -30), TILT)
    (with_it,) = [pair for pair in review(session, TILT).balance if pair.what == "neck tilt"]
    (without,) = [pair for pair in review(session).balance if pair.what == "neck tilt"]
    assert (with_it.farther, without.farther) == (1, 0)
    assert (with_it.first, with_it.second) == (without.first, without.second)


def test_a_session_of_an_earlier_version_of_the_exercise() -> None:
    """What led a step then, and does not now, is compared; which way is farther nobody knows."""
    session = blank(TILT)
    session.repetitions = [
        Repetition(n=1, side="left", start_s=0, end_s=2, peak={"neck_nod": 30.0}),
        Repetition(n=2, side="right", start_s=3, end_s=5, peak={"neck_nod": 60.0}),
    ]
    found = review(session, TILT)
    assert [(pair.what, pair.farther) for pair in found.balance][1] == ("neck nod", 0)
    assert advise(session, found, TILT) == []


def test_from_the_side_nobody_can_tell_left_from_right() -> None:
    """One half of the body hides the other."""
    session, curves = measured(raising(170, 170, lag=25), ARM_RAISE)
    session.view = "side"
    assert review(session, ARM_RAISE, curves).balance == ()


def test_what_went_well() -> None:
    """Four even tilts, held long enough, without a fault."""
    session, curves = measured(tilting(35, -35, 35, -35), TILT)
    found = review(session, TILT, curves)
    assert advise(session, found, TILT) == []
    said_well = praise(session, found)
    assert said_well[0] == "4 of 4 repetitions without a fault"
    assert [text.split(":")[0] for text in said_well[1:3]] == ["every hold lasted", "a steady pace"]
    assert said_well[3] == "left and right went equally far, as far as the camera can tell"


def test_one_side_alone_has_no_other_to_compare_with() -> None:
    """Two tilts to the left: the repetitions stand beside none."""
    session, _ = measured(tilting(35, 35), TILT)
    found = review(session, TILT)
    assert [(pair.what, pair.first, pair.second) for pair in found.balance] == [("repetitions", 2, 0)]


def test_sides_that_work_together_are_told_apart_by_their_curves() -> None:
    """The right arm lags by 25 degrees in each of two raises; without curves nobody can tell."""
    session, curves = measured(raising(170, 170, lag=25), ARM_RAISE)
    (pair,) = review(session, ARM_RAISE, curves).balance
    assert (pair.what, pair.difference) == ("shoulder abduction", pytest.approx(-25, abs=3))
    assert review(session, ARM_RAISE).balance == ()
    assert review(session, None, curves).balance == ()


def test_a_measure_without_sides_has_no_balance() -> None:
    """Chin to chest is no matter of left and right; nor is a speed."""
    nod = exercise({"where": {"neck_nod": {"below": 10}}}, {"where": {"neck_nod": {"above": 30}}})
    motion = Motion(STANDING).stay(1).go(1, neck_nod=45).stay(0.5).go(1, neck_nod=0).stay(1)
    session, curves = measured(motion, nod)
    assert session.reps.total == 1
    assert review(session, nod, curves).balance == ()


def test_arms_that_nobody_saw_have_no_balance() -> None:
    """Curves of which nothing is known in the time of the repetition."""
    _, curves = measured(Motion(STANDING.but(present=False)).stay(3), ARM_RAISE)
    session = blank(ARM_RAISE)
    session.repetitions = [Repetition(n=1, side=None, start_s=0.5, end_s=2.5, peak={})]
    assert review(session, ARM_RAISE, curves).balance == ()


def test_without_the_exercise_its_own_measures_have_no_unit() -> None:
    """A session whose exercise is not in the library any more: the figures are there, the error is not known."""
    session = blank(ARM_RAISE)
    session.repetitions = [Repetition(n=1, side=None, start_s=0, end_s=2, peak={"my_angle": 30.0, "neck_tilt": 20.0})]
    own, known = review(session).reached
    assert (own.unit, own.error) == ("", None)
    assert (known.unit, known.error) == ("°", CATALOGUE["neck_tilt"].errors["front"])


def test_the_error_is_that_of_the_worst_view() -> None:
    """Of the views that the exercise allows; a view in which nothing was measured says nothing."""
    side = exercise(*TILT_STEPS, **TILT_FIELDS | {"camera": {"view": ["front", "side"], "sees": ["head"]}})
    nod = CATALOGUE["neck_nod"].errors
    assert error_of(CATALOGUE["neck_nod"], side) == max(nod["front"], nod["side"])
    assert error_of(CATALOGUE["neck_nod"], side, "front") == nod["front"], "that of the view, where it is known"
    assert error_of(CATALOGUE["neck_nod"], side, "back") == max(nod["front"], nod["side"])
    assert error_of(CATALOGUE["in_view"], side) is None


@pytest.mark.parametrize(
    ("seconds", "words"), [((2.0, 2.1, 2.0), "steady"), ((2.0, 2.5, 2.2), "fairly steady"),
                           ((2.0, 4.0, 1.0), "uneven"), ((2.0, 4.0), ""), ((0.0, 0.0, 0.0), "steady")],
)  # fmt: skip
def test_how_steady_the_tempo_is(seconds: tuple[float, ...], words: str) -> None:
    """Up to a tenth of the mean it is steady, up to a fifth fairly so; two repetitions say nothing."""
    spread = Spread.of(seconds)
    assert spread is not None
    assert Tempo(spread).words == words


def faulty() -> Session:
    """Five repetitions of which each took longer, with faults, holds cut short, and attempts that turned back."""
    session = blank(TILT)

    def fault(name: str, rep: int | None, severity: str, say: str) -> FaultRecord:
        return FaultRecord.model_validate(
            {"id": name, "repetition": rep, "t_s": 2.0 * (rep or 0), "severity": severity, "say": say, "side": "left"}
        )

    session.repetitions = [
        Repetition(n=n, side="left", start_s=10.0 * n, end_s=10.0 * n + n, peak={}, faults=["shrug"] * (n < 3))
        for n in range(1, 6)
    ]
    session.faults = [
        fault("hold-short", 1, "tip", "Hold longer: 2 of 5 seconds"),
        fault("shrug", 1, "fix", "Let it drop"),
        fault("shrug", 2, "fix", "Let it drop"),
        fault("hold-short", None, "tip", "Hold longer: 3 of 5 seconds"),
        fault("jerk", None, "stop", "Slower"),
    ]
    for short_by, side in ((2.0, "left"), (6.0, "left"), (4.0, None)):
        miss = {"t_s": 1, "step": "tilt", "measure": "neck_tilt", "best": 18, "short_by": short_by, "side": side}
        session.near_misses.append(NearMiss.model_validate(miss))
    return session


def test_what_to_work_on_comes_by_urgency() -> None:
    """What must stop first, then what to fix, then tips, near misses and the tempo."""
    session = faulty()
    found = review(session, TILT)
    assert [(one.text, one.why) for one in advise(session, found, TILT)] == [
        ("Slower", "1 attempt that did not count"),
        ("Let it drop", "repetitions 1 and 2 of 5"),
        ("Hold longer", "repetition 1 of 5, and 1 attempt that did not count"),
        ("Go a little further on the left (neck tilt)", "2 attempts turned back 2 to 6° short"),
        ("Go a little further (neck tilt)", "1 attempt turned back 4° short"),
        ("Keep an even pace", "repetitions took 1.0 to 5.0 s"),
    ]
    assert praise(session, found) == ["3 of 5 repetitions without a fault"]
    session.repetitions[2:] = []
    assert praise(session, review(session, TILT)) == []


def test_what_is_wrong_again_and_again_is_counted_rather_than_listed() -> None:
    """Nobody reads the numbers of hundreds of repetitions."""
    session = Session(poise="", source="", exercise="tilt", model="")
    for n in range(1, 31):
        session.repetitions.append(Repetition(n=n, side=None, start_s=n, end_s=n + 0.5, peak={}))
        if n > 5:
            session.faults.append(FaultRecord(id="a", repetition=n, t_s=n, severity="fix", say="Slower", side=None))
    assert [one.why for one in advise(session, review(session), TILT)] == ["25 repetitions of 30"]


def test_names_in_words() -> None:
    """Measures as specs name them, for somebody who has never seen a spec."""
    assert words_of("both.hip_drop (down)") == "hip drop (down)"
    assert words_of("speed.neck_tilt") == "speed of neck tilt"
    assert words_of("other.shoulder_raise") == "other shoulder raise"
    assert whose_words(MeasureRef.parse("both.hip_drop")) == ", both sides"
    assert whose_words(MeasureRef.parse("left.hip_drop")) == ", left side"
    assert whose_words(MeasureRef.parse("other.hip_drop")) == ""
    assert listed([3, 1, 2, 3]) == "1, 2 and 3"
    assert listed([4]) == "4"


@pytest.mark.parametrize(
    ("condition", "words"),
    [({"above": 20}, "above 20°"), ({"below": 8.5}, "below 8.5°"), ({"between": (-9, 9)}, "between -9 and 9°"),
     ({"outside": (-20, 20)}, "outside -20 and 20°")],
)  # fmt: skip
def test_conditions_in_words(condition: dict[str, object], words: str) -> None:
    """What is asked of a measure."""
    target = Target.compile("neck_tilt", Condition.model_validate(condition), CATALOGUE)
    assert target_words(target, "°") == words
