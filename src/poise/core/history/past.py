"""What is remembered of a person, as the rules read it: plain figures with their dates, oldest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from poise.core.body import Side
from poise.core.spec import Dose, Sides


@dataclass(frozen=True, slots=True)
class Peak:
    """The farthest point of one repetition.

    Attributes:
        measure: The measure, with the step in brackets where two steps share one.
        side: Whose repetition it was; None when both work together.
        value: In the measure's unit.
    """

    measure: str
    side: Side | None
    value: float


@dataclass(frozen=True, slots=True)
class Pang:
    """The person said "that hurts".

    Attributes:
        at: When.
        exercise: During which exercise.
        side: Of the side that worked, or None.
        measure: What led the movement then, or None when nobody could be judged.
        value: Its value in its unit, or None.
    """

    at: datetime
    exercise: str
    side: Side | None = None
    measure: str | None = None
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Pain:
    """An answer to "how much does it hurt": 0 is no pain, 10 the worst."""

    at: datetime
    when: Literal["before", "after"]
    level: int


@dataclass(frozen=True, slots=True)
class Practice:
    """One exercise as it was done in one session.

    Attributes:
        at: When it began.
        exercise: Its id.
        sides: How its sides are counted.
        dose: The dose that was asked for.
        reps: Repetitions counted: all, left, right.
        seconds: How long it was worked at.
        held_s: Seconds held in all.
        peaks: The farthest point of every repetition.
        faults: How often each fault was seen.
        pangs: Each "that hurts".
    """

    at: datetime
    exercise: str
    sides: Sides
    dose: Dose
    reps: tuple[int, int, int]
    seconds: float = 0.0
    held_s: float = 0.0
    peaks: tuple[Peak, ...] = ()
    faults: Mapping[str, int] = field(default_factory=dict)
    pangs: tuple[Pang, ...] = ()

    @property
    def full(self) -> bool:
        """Whether the whole dose was done, on both sides where each side has its own."""
        total, left, right = self.reps
        asked = self.dose.sets * self.dose.reps
        return (min(left, right) if self.sides in ("each", "alternate") else total) >= asked


@dataclass(frozen=True, slots=True)
class PastSession:
    """One session: a routine, or a single exercise.

    Attributes:
        id: Its number in the store, in the order in which sessions were begun.
        at: When it began, in the local time of then.
        seconds: How long it took, pauses included.
        routine: The routine's id, or None.
        practices: Its exercises in order.
        pains: The answers before and after.
    """

    id: int
    at: datetime
    seconds: float
    routine: str | None = None
    practices: tuple[Practice, ...] = ()
    pains: tuple[Pain, ...] = ()

    @property
    def pangs(self) -> tuple[Pang, ...]:
        """Each "that hurts", in order."""
        return tuple(pang for practice in self.practices for pang in practice.pangs)

    def pain(self, when: Literal["before", "after"]) -> int | None:
        """The last answer before or after, or None when nobody answered."""
        return next((pain.level for pain in reversed(self.pains) if pain.when == when), None)


@dataclass(frozen=True, slots=True)
class Range:
    """How far one side went without pain, as ``poise calibrate`` measured it.

    Attributes:
        at: When.
        exercise, step: Where it was measured.
        measure: The step's leading measure.
        side: Whose it is; None when both sides work together.
        reached: The median of the farthest points, in the measure's unit.
        spread: Standard deviation of the farthest points.
        error: Mean error of the measure itself, the same way every time; NaN where it was never measured.
        count: Of how many repetitions.
    """

    at: datetime
    exercise: str
    step: str
    measure: str
    side: Side | None
    reached: float
    spread: float
    error: float
    count: int


@dataclass(frozen=True, slots=True)
class Past:
    """All that is remembered."""

    sessions: tuple[PastSession, ...] = ()
    ranges: tuple[Range, ...] = ()

    @property
    def practices(self) -> tuple[Practice, ...]:
        """Every exercise that was done, in order."""
        return tuple(practice for session in self.sessions for practice in session.practices)

    @property
    def pangs(self) -> tuple[Pang, ...]:
        """Each "that hurts", in order."""
        return tuple(pang for session in self.sessions for pang in session.pangs)

    def of(self, exercise: str) -> tuple[Practice, ...]:
        """Every time that an exercise was done, in order."""
        return tuple(practice for practice in self.practices if practice.exercise == exercise)
