"""What can happen in an exercise: a small closed union that recorder, voice, report and tests all read.

Times are seconds on the source's clock; ``side`` is None in an exercise whose sides work together.
"""

from __future__ import annotations

from dataclasses import dataclass

from poise.core.body import Side
from poise.core.spec import Severity


@dataclass(frozen=True, slots=True)
class StepReached:
    """A step's conditions are met."""

    t_s: float
    side: Side | None
    step: str


@dataclass(frozen=True, slots=True)
class RepDone:
    """A repetition is counted.

    Attributes:
        t_s: When it was counted.
        side: Whose it was.
        n: Its number, from 1, in order of time over both sides.
        start_s: When the movement set out.
        peak: For each measure that leads a step, the farthest value reached.
        merged: Whether the other side made the same repetition at the same time; then it adds nothing to the total.
    """

    t_s: float
    side: Side | None
    n: int
    start_s: float
    peak: dict[str, float]
    merged: bool = False


@dataclass(frozen=True, slots=True)
class RepReturned:
    """The movement of repetition n has come to rest: ``t_s`` is its true end."""

    t_s: float
    side: Side | None
    n: int


@dataclass(frozen=True, slots=True)
class RepMissed:
    """An attempt turned back before its target (a near miss).

    Attributes:
        t_s: When it turned back.
        step: The step it was on the way to.
        measure: The measure that fell shortest.
        best: Its best value.
        short_by: What was missing, in the measure's unit.
    """

    t_s: float
    side: Side | None
    step: str
    measure: str
    best: float
    short_by: float


@dataclass(frozen=True, slots=True)
class HoldStarted:
    """The position is reached and still: the clock runs."""

    t_s: float
    side: Side | None
    step: str
    target_s: float


@dataclass(frozen=True, slots=True)
class HoldPaused:
    """The position was left for a moment, or lost from sight: the clock stands, and keeps what it has."""

    t_s: float
    side: Side | None
    step: str


@dataclass(frozen=True, slots=True)
class HoldReached:
    """The hold has lasted as long as the dose says."""

    t_s: float
    side: Side | None
    step: str


@dataclass(frozen=True, slots=True)
class HoldDone:
    """The position was left for good.

    Attributes:
        t_s: When that was certain.
        start_s: When the position was reached and still.
        end_s: When it began to be left.
        held_s: Seconds held, without pauses.
        target_s: Seconds that were asked for.
    """

    t_s: float
    side: Side | None
    step: str
    start_s: float
    end_s: float
    held_s: float
    target_s: float


@dataclass(frozen=True, slots=True)
class FaultSeen:
    """Something worth correcting; at most once for each repetition."""

    t_s: float
    side: Side | None
    fault: str
    severity: Severity
    say: str


@dataclass(frozen=True, slots=True)
class SideDone:
    """All repetitions of one side are done."""

    t_s: float
    side: Side


@dataclass(frozen=True, slots=True)
class SetDone:
    """All repetitions of a set are done, on both sides where there are sides."""

    t_s: float
    number: int


@dataclass(frozen=True, slots=True)
class FramingProblem:
    """The person cannot be judged: nobody there, parts hidden, wrong view, too far."""

    t_s: float
    problem: str
    say: str


@dataclass(frozen=True, slots=True)
class FramingRight:
    """The person can be judged (again)."""

    t_s: float


Event = (
    StepReached
    | RepDone
    | RepReturned
    | RepMissed
    | HoldStarted
    | HoldPaused
    | HoldReached
    | HoldDone
    | FaultSeen
    | SideDone
    | SetDone
    | FramingProblem
    | FramingRight
)
