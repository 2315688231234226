"""At the nearest target that a file allows, good repetitions still count and nothing else does."""

from __future__ import annotations

import pytest

from poise.core.history.personal import calibration, can_be_calibrated
from poise.core.recognise import sessions_of
from poise.core.session import Session
from poise.core.spec import Spec
from poise.io.specs import find_specs, load_spec
from recorded import SAMPLES, recorded

FITTED = [spec for spec in map(load_spec, find_specs()) if can_be_calibrated(spec)]
BLANK = Session(poise="", source="", exercise="", model="")


def counts(clip: str, specs: list[Spec]) -> dict[str, int]:
    """Repetitions of a sample clip, by exercise."""
    found = sessions_of(recorded(SAMPLES / f"{clip}.mp4").poses, specs, BLANK)
    return {session.exercise: session.reps.total for session in found}


@pytest.mark.parametrize("clip", sorted(path.stem for path in SAMPLES.glob("nobody-exercises-*.mp4")))
def test_nothing_is_counted_where_nobody_exercises(clip: str) -> None:
    """For whoever has the smallest range that can be judged, and in a calibration."""
    assert set(counts(clip, [calibration(spec) for spec in FITTED]).values()) == {0}


@pytest.mark.parametrize("spec", FITTED, ids=lambda spec: spec.id)
def test_a_calibration_counts_what_the_exercise_counts(spec: Spec) -> None:
    """A lower target makes no two repetitions of one."""
    assert counts(spec.id, [calibration(spec)]) == counts(spec.id, [spec])
