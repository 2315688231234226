"""What is told of pain, and when it calls for a doctor."""

from __future__ import annotations

import pytest
from histories import NOW, past, practice, session

from poise.core.history.past import Past
from poise.core.history.red_flags import WORDS, in_short, red_flags, with_told
from poise.core.live.moment import Hurt, PainTold
from poise.core.words import Words


def reasons(remembered: Past) -> list[str]:
    """The sentences without what to do."""
    return [say for say in red_flags(remembered, NOW) if say not in WORDS]


def test_a_past_without_pain_calls_for_nobody() -> None:
    """Neither an empty one, nor one with little pain now and then."""
    assert red_flags(Past(), NOW) == ()
    mild = (session(days=d, before=b, after=0) for d, b in ((20, 2), (10, 1), (3, 3), (1, 2)))
    assert red_flags(past(*mild), NOW) == ()


@pytest.mark.parametrize(("level", "called"), [(6, False), (7, True), (10, True)])
def test_a_pain_of_seven_calls_for_a_doctor(level: int, called: bool) -> None:
    """The last answer counts, and what to do is said with it."""
    told = red_flags(past(session(before=level)), NOW)
    assert told == ((f"You told a pain of {level} of 10.", *WORDS) if called else ())


def test_strong_pain_that_has_gone_is_no_news() -> None:
    """After a better answer, and after two weeks."""
    assert reasons(past(session(before=8, after=3))) == []
    assert reasons(past(session(before=8, days=15))) == []


def test_pain_that_rises_over_three_sessions() -> None:
    """2, 4, 5 rises; 2, 4, 4 does not; two sessions are too few."""

    def told(*levels: int) -> list[str]:
        return reasons(past(*(session(days=len(levels) - i, before=0, after=n) for i, n in enumerate(levels))))

    assert told(2, 4, 5) == ["Your pain has risen from session to session: 2, 4, 5."]
    assert told(2, 4, 4) == told(2, 4) == []
    assert told(5, 1, 2, 3) == ["Your pain has risen from session to session: 1, 2, 3."]


def test_three_pangs_within_two_weeks() -> None:
    """Two are not enough, and those of last month do not count."""
    assert reasons(past(session(practice(pangs=3)))) == ["It hurt 3 times within two weeks."]
    assert reasons(past(session(practice(pangs=2)))) == []
    assert reasons(past(session(practice(pangs=3, days=20), days=20))) == []


def test_pain_for_more_than_two_weeks() -> None:
    """From the first of an unbroken row of painful answers to the last one."""
    assert reasons(past(*(session(days=d, before=3) for d in (18, 10, 2)))) == [
        "You have told of pain since 22 Feb 2025, for more than two weeks."
    ]
    assert reasons(past(session(days=18, before=3), session(days=10, before=0), session(days=2, before=3))) == []
    assert reasons(past(*(session(days=d, before=3) for d in (14, 7, 1)))) == []
    assert reasons(past(*(session(days=d, before=3) for d in (60, 40, 20)))) == []


def test_what_is_told_in_the_session_that_ends_counts() -> None:
    """Two pangs are remembered, the third comes now; and a pain of seven after it."""
    remembered = past(session(practice(pangs=2)))
    assert reasons(with_told(remembered, [Hurt(30.0, "squat", None)], NOW)) == ["It hurt 3 times within two weeks."]
    assert in_short(()) == ()
    assert in_short(("first", "second", *WORDS)) == ("first", *WORDS)
    told = with_told(Past(), [PainTold(1.0, "before", 2), PainTold(300.0, "after", 7)], NOW)
    assert reasons(told) == ["You told a pain of 7 of 10."]


def test_it_is_said_in_the_persons_language() -> None:
    """As far as the catalogue knows the sentences."""
    words = Words("de", {"You told a pain of {level} of 10.": "Sie nannten einen Schmerz von {level} von 10."})
    assert red_flags(past(session(before=9)), NOW, words)[0] == "Sie nannten einen Schmerz von 9 von 10."
