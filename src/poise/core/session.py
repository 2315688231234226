"""The result of an exercise: what a session file holds, and how events are folded into it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from poise.core.body import Side
from poise.core.coach import Snapshot
from poise.core.events import (
    Event,
    FaultSeen,
    FramingProblem,
    FramingRight,
    HoldDone,
    RepDone,
    RepMissed,
    RepReturned,
)
from poise.core.spec import Severity

SESSION_FORMAT: Literal[1] = 1

Time = Annotated[float, Field(description="Seconds on the source's clock.")]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Reps(_Record):
    """Counted repetitions; left and right are 0 in an exercise whose sides work together."""

    total: int = 0
    left: int = 0
    right: int = 0


class Repetition(_Record):
    """One counted repetition, from setting out to coming to rest."""

    n: int
    side: Side | None
    start_s: Time
    end_s: Time
    peak: dict[str, float] = Field(description="For each measure that leads a step, the farthest value reached.")
    held_s: float = Field(default=0.0, description="Seconds held, pauses left out.")
    faults: list[str] = []


class Hold(_Record):
    """One hold, from the first still moment to the last; also of attempts that were not counted."""

    side: Side | None
    start_s: Time
    end_s: Time
    held_s: float
    step: str
    target_s: float


class FaultRecord(_Record):
    """One fault; ``repetition`` is None when the attempt was not counted."""

    id: str
    repetition: int | None
    t_s: Time
    severity: Severity
    say: str
    side: Side | None


class NearMiss(_Record):
    """An attempt that turned back before its target."""

    t_s: Time
    step: str
    measure: str
    best: float
    short_by: float = Field(description="What was missing, in the measure's unit.")
    side: Side | None


class FramingRecord(_Record):
    """A time in which the person could not be judged."""

    t_s: Time
    until_s: Time
    problem: str
    say: str


class Session(_Record):
    """The whole result, as written to ``session.json``."""

    format: Literal[1] = SESSION_FORMAT
    poise: str = Field(description="Version of Poise.")
    source: str
    exercise: str
    spec_sha256: str | None = Field(default=None, description="Content hash of the exercise file.")
    model: str
    frames: int = 0
    pose_found: float = Field(default=0.0, description="Share of frames in which a person was found, 0 to 1.")
    duration_s: float = 0.0
    reps: Reps = Reps()
    repetitions: list[Repetition] = []
    holds: list[Hold] = []
    faults: list[FaultRecord] = []
    near_misses: list[NearMiss] = []
    framing: list[FramingRecord] = []
    problems: list[str] = Field(default=[], description="What was wrong with the source, in words.")


class SessionLog:
    """Folds snapshots, in order of time, into a session."""

    def __init__(self, session: Session) -> None:
        self.session = session.model_copy(deep=True)
        self._found = 0
        self._open_faults: dict[Side | None, list[FaultRecord]] = {}
        self._open_holds_s: dict[Side | None, float] = {}
        self._first_s: float | None = None

    def add(self, snapshot: Snapshot) -> None:
        """Take the next moment."""
        session = self.session
        self._first_s = snapshot.t_s if self._first_s is None else self._first_s
        session.frames += 1
        self._found += snapshot.pose.found
        session.pose_found = round(self._found / session.frames, 4)
        session.duration_s = round(snapshot.t_s - self._first_s, 3)
        self.take(snapshot.events)

    def take(self, events: Iterable[Event]) -> None:
        """Fold events alone, such as those of ``Coach.finish``."""
        for event in events:
            self._fold(event)

    def close(self, t_s: float) -> Session:
        """The finished session."""
        if self.session.framing and self.session.framing[-1].until_s < 0:
            self.session.framing[-1].until_s = round(t_s, 3)
        return self.session

    def _fold(self, event: Event) -> None:
        session = self.session
        match event:
            case RepDone():
                self._repetition(event)
            case RepReturned():
                for repetition in reversed(session.repetitions):
                    if (repetition.n, repetition.side) == (event.n, event.side):
                        repetition.end_s = max(repetition.start_s, round(event.t_s, 3))
                        break
            case RepMissed(t_s, side, step, measure, best, short_by):
                self._open_faults.pop(side, None)
                self._open_holds_s.pop(side, None)
                session.near_misses.append(
                    NearMiss(t_s=round(t_s, 3), step=step, measure=measure, best=best, short_by=short_by, side=side)
                )
            case HoldDone():
                self._hold(event)
            case FaultSeen(t_s, side, fault, severity, say):
                record = FaultRecord(
                    id=fault, repetition=None, t_s=round(t_s, 3), severity=severity, say=say, side=side
                )
                session.faults.append(record)
                self._open_faults.setdefault(side, []).append(record)
            case FramingProblem(t_s, problem, say):
                session.framing.append(FramingRecord(t_s=round(t_s, 3), until_s=-1.0, problem=problem, say=say))
            case FramingRight(t_s):
                if session.framing:
                    session.framing[-1].until_s = round(t_s, 3)
            case _:
                pass

    def _repetition(self, rep: RepDone) -> None:
        session = self.session
        faults = self._open_faults.pop(rep.side, [])
        for fault in faults:
            fault.repetition = rep.n
        session.repetitions.append(
            Repetition(
                n=rep.n,
                side=rep.side,
                start_s=round(rep.start_s, 3),
                end_s=round(rep.t_s, 3),
                peak=rep.peak,
                held_s=round(self._open_holds_s.pop(rep.side, 0.0), 3),
                faults=[fault.id for fault in faults],
            )
        )
        session.reps.total = max(session.reps.total, rep.n)
        if rep.side is not None:
            setattr(session.reps, rep.side, getattr(session.reps, rep.side) + 1)

    def _hold(self, hold: HoldDone) -> None:
        if hold.held_s <= 0:
            return
        self._open_holds_s[hold.side] = self._open_holds_s.get(hold.side, 0.0) + hold.held_s
        self.session.holds.append(
            Hold(
                side=hold.side,
                start_s=round(hold.start_s, 3),
                end_s=round(hold.end_s, 3),
                held_s=round(hold.held_s, 3),
                step=hold.step,
                target_s=hold.target_s,
            )
        )
