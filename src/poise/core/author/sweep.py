"""How far a number of a spec can be moved before what it counts changes: room on either side, and what gives way first.

Pure: what it counts is asked of a function, so that one clip or a thousand, here or in other processes, are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from poise.core.author.knobs import Knob, turned
from poise.core.spec import Spec

STEPS = (2, 4, 8, 16, 32)  # grains away, farther and farther
FRAGILE = 2.0  # grains: a number with less room than twice the noise may fail on the next person

#: The first thing that is not as it was with a spec, or None when all is.
Breaks = Callable[[Spec], str | None]


@dataclass(frozen=True, slots=True)
class Room:
    """How far one number can go on one side.

    Attributes:
        value: The farthest value with which all is as before.
        by: What gives way beyond it, or None where nothing did as far as was tried.
    """

    value: float
    by: str | None


@dataclass(frozen=True, slots=True)
class Swept:
    """One number, and its room below and above."""

    knob: Knob
    lower: Room
    upper: Room

    @property
    def margin(self) -> float:
        """The smaller room, in grains of the number; infinite where nothing gave way."""
        rooms = [room for room in (self.lower, self.upper) if room.by is not None]
        return min((abs(room.value - self.knob.value) / self.knob.grain for room in rooms), default=float("inf"))

    @property
    def fragile(self) -> bool:
        """Whether a change that the noise of a measure alone could make changes what is counted."""
        return self.margin < FRAGILE


def swept(spec: Spec, knob: Knob, breaks: Breaks) -> Swept:
    """Move one number both ways until something changes.

    Args:
        spec: The exercise.
        knob: One of its numbers.
        breaks: What a spec changes; None for the spec as it is.
    """
    return Swept(knob, _room(spec, knob, breaks, -1), _room(spec, knob, breaks, 1))


def _room(spec: Spec, knob: Knob, breaks: Breaks, sense: int) -> Room:
    """Ever larger steps until something gives way, then halves back to within a grain."""
    good, bad, by = 0.0, 0.0, ""
    for grains in STEPS:
        found = _broken(spec, knob, breaks, sense * grains)
        if found == END:
            break
        if found:
            bad, by = float(grains), found
            break
        good = float(grains)
    if not by:
        return Room(knob.value + sense * good * knob.grain, None)
    while bad - good > 1:
        middle = (good + bad) / 2
        found = _broken(spec, knob, breaks, sense * middle)
        if found:
            bad, by = middle, found
        else:
            good = middle
    return Room(round(knob.value + sense * good * knob.grain, 3), by)


END = "the end of what a file may say"


def _broken(spec: Spec, knob: Knob, breaks: Breaks, grains: float) -> str | None:
    changed = turned(spec, knob, knob.value + grains * knob.grain)
    return END if changed is None else breaks(changed)
