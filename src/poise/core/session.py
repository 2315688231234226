"""The result of an exercise: what a session file holds, and how events are folded into it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from poise.core.body import Body, Side
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
from poise.core.measures.catalogue import seen_from
from poise.core.spec import Severity, View

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


class Recognised(_Record):
    """An exercise that the clip may show."""

    exercise: str
    confidence: float = Field(description="Share of the evidence for all exercises that speaks for this one, 0 to 1.")


class Session(_Record):
    """The whole result, as written to ``session.json``."""

    format: Literal[1] = SESSION_FORMAT
    poise: str = Field(description="Version of Poise.")
    source: str
    exercise: str
    spec_sha256: str | None = Field(default=None, description="Content hash of the exercise file.")
    model: str
    every: int = Field(default=1, description="Every n-th frame of the source was looked at.")
    pieces: int = Field(default=1, description="In how many pieces the source was looked at at the same time.")
    frames: int = Field(default=0, description="Frames looked at.")
    pose_found: float = Field(default=0.0, description="Share of frames in which a person was found, 0 to 1.")
    duration_s: float = 0.0
    view: View | None = Field(default=None, description="From where the person was seen for most of the time.")
    reps: Reps = Reps()
    repetitions: list[Repetition] = []
    holds: list[Hold] = []
    faults: list[FaultRecord] = []
    near_misses: list[NearMiss] = []
    framing: list[FramingRecord] = []
    recognised: list[Recognised] = Field(default=[], description="The likeliest exercises, if none was named.")
    problems: list[str] = Field(default=[], description="What was wrong with the source, in words.")


class Sight:
    """How much is seen of a person and from where: the same for every exercise."""

    def __init__(self) -> None:
        self._frames = 0
        self._found = 0
        self._views: Counter[View] = Counter()
        self._first_s = self._last_s = 0.0

    def see(self, body: Body, found: bool) -> None:
        """Take the next body; ``found`` says whether anybody was in the picture."""
        self._first_s = self._first_s if self._frames else body.t_s
        self._last_s = body.t_s
        self._frames += 1
        self._found += found
        if found:
            self._views[seen_from(body.yaw_deg, body.back)] += 1

    def tell(self, session: Session) -> None:
        """Write it into a session."""
        session.frames = self._frames
        session.pose_found = round(self._found / max(1, self._frames), 4)
        session.duration_s = round(self._last_s - self._first_s, 3)
        session.view = self._views.most_common(1)[0][0] if self._views else None


class SessionLog:
    """Folds snapshots, in order of time, into a session."""

    def __init__(self, session: Session) -> None:
        self.session = session.model_copy(deep=True)
        self._sight = Sight()
        self._open_faults: dict[Side | None, list[FaultRecord]] = {}
        self._open_holds: dict[Side | None, list[Hold]] = {}
        self._counted: dict[Side | None, Repetition] = {}  # and not yet back at rest

    def add(self, snapshot: Snapshot) -> None:
        """Take the next moment."""
        self._sight.see(snapshot.reading.body, snapshot.pose.found)
        self._sight.tell(self.session)
        self.take(snapshot.events)

    def take(self, events: Iterable[Event]) -> None:
        """Fold events alone, such as those of ``Coach.finish``."""
        for event in events:
            self._fold(event)

    def close(self, t_s: float) -> Session:
        """The finished session."""
        self._end_framing(t_s)
        return self.session

    def _end_framing(self, t_s: float) -> None:
        """A problem lasts until the next one, or until all is right."""
        if self.session.framing and self.session.framing[-1].until_s < 0:
            self.session.framing[-1].until_s = round(t_s, 3)

    def _fold(self, event: Event) -> None:
        session = self.session
        match event:
            case RepDone():
                self._repetition(event)
            case RepReturned():
                self._returned(event)
            case RepMissed(t_s, side, step, measure, best, short_by):
                session.near_misses.append(
                    NearMiss(t_s=round(t_s, 3), step=step, measure=measure, best=best, short_by=short_by, side=side)
                )
            case HoldDone():
                self._hold(event)
            case FaultSeen():
                self._fault(event)
            case FramingProblem(t_s, problem, say):
                self._end_framing(t_s)
                session.framing.append(FramingRecord(t_s=round(t_s, 3), until_s=-1.0, problem=problem, say=say))
            case FramingRight(t_s):
                self._end_framing(t_s)
            case _:
                pass

    def _returned(self, event: RepReturned) -> None:
        repetition = self._counted.pop(event.side, None)
        if repetition is None:
            return
        repetition.end_s = max(repetition.start_s, round(event.t_s, 3))

    def _repetition(self, rep: RepDone) -> None:
        session = self.session
        # What came before this repetition set out belongs to an attempt that was not counted.
        faults = [fault for fault in self._open_faults.pop(rep.side, []) if fault.t_s >= rep.start_s]
        holds = [hold for hold in self._open_holds.pop(rep.side, []) if hold.start_s >= rep.start_s]
        repetition = Repetition(
            n=rep.n,
            side=rep.side,
            start_s=round(rep.start_s, 3),
            end_s=round(rep.t_s, 3),
            peak=rep.peak,
            held_s=round(sum(hold.held_s for hold in holds), 3),
        )
        for fault in faults:
            _attach(fault, repetition)
        session.repetitions.append(repetition)
        self._counted[rep.side] = repetition
        session.reps.total = max(session.reps.total, rep.n)
        if rep.side is not None:
            setattr(session.reps, rep.side, getattr(session.reps, rep.side) + 1)

    def _fault(self, event: FaultSeen) -> None:
        record = FaultRecord(
            id=event.fault,
            repetition=None,
            t_s=round(event.t_s, 3),
            severity=event.severity,
            say=event.say,
            side=event.side,
        )
        self.session.faults.append(record)
        if event.side in self._counted:
            _attach(record, self._counted[event.side])
        else:
            self._open_faults.setdefault(event.side, []).append(record)

    def _hold(self, event: HoldDone) -> None:
        if event.held_s <= 0:
            return
        hold = Hold(
            side=event.side,
            start_s=round(event.start_s, 3),
            end_s=round(event.end_s, 3),
            held_s=round(event.held_s, 3),
            step=event.step,
            target_s=event.target_s,
        )
        self.session.holds.append(hold)
        if event.side in self._counted:
            repetition = self._counted[event.side]
            repetition.held_s = round(repetition.held_s + hold.held_s, 3)
        else:
            self._open_holds.setdefault(event.side, []).append(hold)


def _attach(fault: FaultRecord, repetition: Repetition) -> None:
    fault.repetition = repetition.n
    repetition.faults.append(fault.id)
