"""What may be wrong with a clip, in the reader's language."""

from __future__ import annotations

from poise.core.problems import BROKEN_OFF, told
from poise.core.words import ENGLISH, Words

GERMAN = Words("de", {BROKEN_OFF: "bricht nach {end} s von {of} s ab"})


def test_a_problem_is_told_with_its_figures() -> None:
    """It was kept in English, figures and all."""
    said = BROKEN_OFF.format(end="7.0", of="12.0")
    assert told(said, GERMAN) == "bricht nach 7.0 s von 12.0 s ab"
    assert told(said, ENGLISH) == said == "breaks off after 7.0 s of the 12.0 s that it declares"


def test_what_nobody_knows_stays_as_it_is() -> None:
    """A track of another version may say something else."""
    assert told("upside {down}", GERMAN) == "upside {down}"
