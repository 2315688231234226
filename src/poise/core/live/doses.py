"""How much, in words: a dose as one says it and as it stands on a screen, and the time that exercise took."""

from __future__ import annotations

from poise.core.spec import Spec
from poise.core.words import Words

LONG_S = 120.0  # a hold from here on is told in minutes


def spoken_dose(spec: Spec, words: Words) -> str:
    """As one says it: "3 times each side, hold for 15 seconds"."""
    hold = spec.dose.hold
    held = words("hold for 1 second") if hold == 1 else words("hold for {n} seconds", n=f"{hold:g}")
    if hold >= LONG_S:
        held = words("hold for {n} minutes", n=f"{hold / 60:g}")
    return ", ".join([*_times(spec, words), *([held] if hold else [])])


def written_dose(spec: Spec, words: Words) -> str:
    """As it stands on a screen: "3 times each side · hold 15 s"."""
    hold = spec.dose.hold
    held = words("hold {n} min", n=f"{hold / 60:g}") if hold >= LONG_S else words("hold {n} s", n=f"{hold:g}")
    return " · ".join([*_times(spec, words), *([held] if hold else [])])


def time_spent(seconds: float, words: Words) -> str:
    """How long all exercise took, in whole minutes."""
    minutes = max(1, round(seconds / 60))
    return words("1 minute of exercise") if minutes == 1 else words("{n} minutes of exercise", n=minutes)


def _times(spec: Spec, words: Words) -> list[str]:
    """Sets and repetitions; one hold that has no sides is its dose alone."""
    dose = spec.dose
    each = spec.sides in ("each", "alternate")
    if dose.reps == 1:
        reps = words("once each side" if each else "once")
    else:
        reps = words("{n} times each side", n=dose.reps) if each else words("{n} times", n=dose.reps)
    sets = [words("{n} sets", n=dose.sets)] if dose.sets > 1 else []
    return [*sets, *([reps] if dose.reps > 1 or each or not dose.hold else [])]
