"""A dose is told in one way, with more words by the voice than on the screen."""

from __future__ import annotations

import pytest
from coaching import ARM_RAISE, CURL, TILT

from poise.core.live.doses import spoken_dose, time_spent, written_dose
from poise.core.spec import Spec
from poise.core.words import ENGLISH


@pytest.mark.parametrize(
    ("spec", "spoken", "written"),
    [
        (ARM_RAISE.with_dose(reps=4), "4 times", "4 times"),
        (ARM_RAISE.with_dose(sets=3, reps=10), "3 sets, 10 times", "3 sets · 10 times"),
        (ARM_RAISE.with_dose(reps=1), "once", "once"),
        (ARM_RAISE.with_dose(reps=1, hold=600), "hold for 10 minutes", "hold 10 min"),
        (TILT.with_dose(reps=1, hold=15), "once each side, hold for 15 seconds", "once each side · hold 15 s"),
        (TILT.with_dose(reps=3, hold=15), "3 times each side, hold for 15 seconds", "3 times each side · hold 15 s"),
        (TILT.with_dose(reps=3, hold=1), "3 times each side, hold for 1 second", "3 times each side · hold 1 s"),
        (CURL, "5 times", "5 times"),
    ],
)
def test_a_dose_in_words(spec: Spec, spoken: str, written: str) -> None:
    """Sets, repetitions, holds."""
    assert spoken_dose(spec, ENGLISH) == spoken
    assert written_dose(spec, ENGLISH) == written


@pytest.mark.parametrize(
    ("seconds", "words"), [(5, "1 minute of exercise"), (80, "1 minute of exercise"), (130, "2 minutes of exercise")]
)
def test_time_in_whole_minutes(seconds: float, words: str) -> None:
    """At least one: nobody did nothing."""
    assert time_spent(seconds, ENGLISH) == words
