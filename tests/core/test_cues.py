"""The one thing that is said: the most urgent, for as long as it matters."""

from __future__ import annotations

import math

import pytest

from poise.core.cues import CueBoard
from poise.core.events import (
    Event,
    FaultSeen,
    FramingProblem,
    FramingRight,
    HoldReached,
    RepDone,
    RepMissed,
    StepReached,
)
from poise.core.spec import Severity


def fault(severity: Severity, t_s: float = 0.0) -> FaultSeen:
    """A fault on the left whose words are its severity."""
    return FaultSeen(t_s, "left", "fault", severity, severity)


def rep(n: int = 4, t_s: float = 0.0, *, merged: bool = False) -> RepDone:
    """A counted repetition."""
    return RepDone(t_s, "left", n, t_s - 1, {}, merged)


MISSED = RepMissed(0.0, "left", "up", "shoulder_abduction", 120.0, 10.4)
PROBLEM = FramingProblem(0.0, "far", "Come closer")
REACHED = HoldReached(0.0, "left", "tilt")


@pytest.mark.parametrize(
    ("event", "kind", "text", "lasts_s"),
    [
        (fault("stop"), "stop", "stop", 3.0),
        (PROBLEM, "framing", "Come closer", math.inf),
        (fault("fix"), "fix", "fix", 3.0),
        (REACHED, "release", "Done. Come back slowly", 2.0),
        (MISSED, "missed", "Almost: go a little further (10° short)", 2.5),
        (fault("tip"), "tip", "tip", 3.0),
        (rep(4), "count", "4", 1.0),
    ],
)
def test_what_is_said_and_for_how_long(event: Event, kind: str, text: str, lasts_s: float) -> None:
    """Each event has its words and its time; afterwards the next step is said."""
    board = CueBoard()
    cue = board.choose(0.0, [event], "Go up")
    assert (cue.kind, cue.text, cue.t_s) == (kind, text, 0.0)
    assert board.choose(min(lasts_s, 1000.0) - 0.01, [], "Go up").kind == kind
    after = board.choose(min(lasts_s, 1000.0) + 0.01, [], "Go up")
    assert after.text == ("Go up" if lasts_s < 1000 else text)


@pytest.mark.parametrize(
    ("measure", "short_by", "text"),
    [
        ("neck_tilt", 4.4, "Almost: go a little further (4° short)"),
        ("neck_tilt", 0.3, "Almost: go a little further (1° short)"),
        ("both.shoulder_raise", 2.0, "Almost, a little further"),
        ("speed.neck_tilt", 20.0, "Almost, a little further"),
    ],
)
def test_what_was_missing_is_told_as_an_angle_alone(measure: str, short_by: float, text: str) -> None:
    """Nobody knows how far 2 % of a shoulder's width is; and nothing is missed by 0."""
    assert CueBoard().choose(0.0, [RepMissed(0.0, None, "up", measure, 9.0, short_by)], "").text == text


URGENT_FIRST = [fault("stop"), PROBLEM, fault("fix"), REACHED, MISSED, fault("tip"), rep()]


@pytest.mark.parametrize("place", range(len(URGENT_FIRST) - 1))
def test_the_more_urgent_comes_first(place: int) -> None:
    """Stop, framing, fix, release, missed, tip, count: each replaces what is less urgent and never the other way."""
    urgent, less = URGENT_FIRST[place : place + 2]
    expected = CueBoard().choose(0.0, [urgent], "").kind
    for events in ([urgent, less], [less, urgent]):
        assert CueBoard().choose(0.0, events, "").kind == expected
    board = CueBoard()
    board.choose(0.0, [urgent], "")
    assert board.choose(0.5, [less], "").kind == expected


def test_the_newer_of_two_equals_is_said() -> None:
    """A second correction replaces the first, and a count the count before."""
    board = CueBoard()
    board.choose(0.0, [rep(4)], "")
    assert board.choose(0.5, [rep(5, 0.5)], "").text == "5"


def test_what_is_wrong_with_the_picture_outlasts_a_stop() -> None:
    """Told to stop while out of the picture: after 3 s the picture is still wrong, and said again."""
    for events in ([fault("stop"), PROBLEM], [PROBLEM, fault("stop")]):
        board = CueBoard()
        assert board.choose(0.0, events, "Go up").kind == "stop"
        assert board.choose(3.1, [], "Go up").kind == "framing"
        assert board.choose(4.0, [FramingRight(4.0)], "Go up").kind == "next"


def test_once_the_picture_is_right_the_exercise_goes_on() -> None:
    """The words about the picture end with it; words about the exercise do not."""
    board = CueBoard()
    board.choose(0.0, [PROBLEM], "Go up")
    assert board.choose(1.0, [FramingRight(1.0)], "Go up").text == "Go up"
    board.choose(2.0, [fault("fix", 2.0)], "Go up")
    assert board.choose(2.5, [FramingRight(2.5)], "Go up").kind == "fix"


def test_events_without_words_change_nothing() -> None:
    """A step reached is silent; the second arm of a repetition that both made is not counted aloud again."""
    board = CueBoard()
    assert board.choose(0.0, [StepReached(0.0, "left", "up")], "Go up").kind == "next"
    assert board.choose(0.0, [rep(merged=True)], "Go up").kind == "next"


def test_the_next_step_stands_since_it_was_first_said() -> None:
    """The same words keep their time, so that a voice says them once; other words begin anew."""
    board = CueBoard()
    board.choose(1.0, [], "Go up")
    assert board.choose(2.0, [], "Go up").t_s == 1.0
    assert board.choose(3.0, [], "Go down").t_s == 3.0
