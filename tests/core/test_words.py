"""Words in the person's language."""

from __future__ import annotations

from datetime import date

import pytest
from coaching import CURL

from poise.core.words import ENGLISH, Words

GERMAN = Words(
    "de", {"Set {n} of {of}": "Satz {n} von {of}", "{side} = left": "link", "{side} = right": "recht", "Curl": "Beugen"}
)


def test_what_a_catalogue_does_not_know_stays_english() -> None:
    """A sentence is never silent, and its places are filled in either way."""
    assert GERMAN("Set {n} of {of}", n=1, of=3) == "Satz 1 von 3"
    assert GERMAN("Rest {n} s", n=5) == ENGLISH("Rest {n} s", n=5) == "Rest 5 s"
    with pytest.raises(KeyError):
        GERMAN("Set {n} of {of}", n=1)


def test_words_name_the_sides() -> None:
    """Working left, the other is right; an exercise without sides leaves the words alone."""
    assert ENGLISH.with_side("{side} up, {other} down", "left") == "Left up, right down"
    assert ENGLISH.with_side("{side} up, {other} down", "right") == "Right up, left down"
    assert ENGLISH.with_side("both {up}", None) == "both {up}"


def test_a_language_may_fill_in_stems() -> None:
    """German adds its endings to them."""
    assert GERMAN.with_side("{side}e Schulter nach {other}s", "left") == "Linke Schulter nach rechts"


def test_an_exercise_in_another_language_keeps_everything_but_its_sentences() -> None:
    """Every sentence is translated; what is not told to the person is the same."""
    shouted = CURL.in_words(str.upper)
    assert shouted.name == CURL.name.upper()
    assert [step.say for step in shouted.steps] == [step.say.upper() for step in CURL.steps]
    assert [step.where for step in shouted.steps] == [step.where for step in CURL.steps]
    assert CURL.in_words(ENGLISH.translate) == CURL


def test_numbers_of_things_and_dates_are_told_in_the_language() -> None:
    """One thing or several; a day with its month, with the year where it is wanted, and its weekday."""
    german = Words("de", {"1 day": "1 Tag", "{n} days": "{n} Tage", "{day} {month}": "{day}. {month}", "Oct": "Okt."})
    assert [german.counted(n, "1 day", "{n} days") for n in (0, 1, 2)] == ["0 Tage", "1 Tag", "2 Tage"]
    day = date(2026, 10, 3)
    assert (german.day(day), german.day(day, year=True)) == ("3. Okt.", "3. Okt. 2026")
    assert (ENGLISH.day(day), ENGLISH.weekday(day)) == ("3 Oct", "Sat")
