"""One exercise of a live session: its coach, its clock, and what was done of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from poise.core.body import Body
from poise.core.coach import Coach, Snapshot
from poise.core.events import Event, RepDone, RepReturned, SetDone, StepReached
from poise.core.session import Session, SessionLog
from poise.core.spec import Spec
from poise.core.types import Pose
from poise.core.words import Words

SETTLE_S = 3.0  # after the last repetition of a set, to come back
LOST_S = 1.0  # without a picture for longer, nobody was watched: no hold and no repetition
GLANCE_S = 0.05  # what such a gap counts as


class Exercising:
    """Coaches one exercise from its placing to its end.

    Its clock starts with its first pose and stands still in pauses and while the camera is lost.

    Args:
        spec: The exercise, in the person's language and with its dose.
        session: What is known of its session.
        words: The person's language.

    Attributes:
        snapshot: What was seen last; None before the first pose.
        log: What was done.
    """

    def __init__(self, spec: Spec, session: Session, words: Words) -> None:
        self.spec = spec
        self.snapshot: Snapshot | None = None
        self._session = session
        self._coach = Coach(spec, words)
        self._coach.settling = True  # until the work begins
        self._clock_s = 0.0
        self._glanced = False  # what was seen last was not judged
        self._since_rest: list[Event] = []  # of a movement that has set out before the work began
        self._sets_done = 0
        self._settled_s: float | None = None  # when a set that is done is over, at the latest
        self.log = SessionLog(session)

    def see(self, pose: Pose, gap_s: float) -> Snapshot:
        """Take the next pose, ``gap_s`` seconds after the last one."""
        if self.snapshot is not None:
            self._clock_s += gap_s if gap_s <= LOST_S else GLANCE_S
        if gap_s > LOST_S or self._glanced:
            self._coach.blink()
            self._glanced = False
        self.snapshot = self._coach.step(replace(pose, t_s=self._clock_s))
        self._gather(self.snapshot.events)
        return self.snapshot

    def glance(self, pose: Pose, body: Body) -> Snapshot:
        """Somebody who was seen before is seen, and not judged, as in a pause."""
        assert self.snapshot is not None
        self._glanced = True
        self.snapshot = replace(self.snapshot, pose=pose, reading=self.snapshot.reading.of_body(body), events=())
        return self.snapshot

    def work(self, snapshot: Snapshot) -> None:
        """Keep a moment of the work."""
        self._coach.settling = False
        self.log.add(snapshot)
        self._since_rest.clear()
        for event in snapshot.events:
            if isinstance(event, SetDone):
                self._sets_done, self._settled_s = event.number, self._clock_s + SETTLE_S
            elif isinstance(event, RepReturned) and self._settled_s is not None:
                self._settled_s = self._clock_s

    def set_over(self) -> Literal["set", "all"] | None:
        """Whether a set, or all of them, is done and the person is back at rest; told once."""
        if self._settled_s is None or self._clock_s < self._settled_s:
            return None
        self._settled_s = None
        return "all" if self._sets_done >= self.spec.dose.sets else "set"

    def _gather(self, events: tuple[Event, ...]) -> None:
        """Keep what may turn out to have begun the work: a movement under way, or one that is counted already."""
        self._since_rest += events
        if not self._coach.moving and not any(isinstance(event, RepDone) for event in self._since_rest):
            self._since_rest.clear()

    def sets_out(self, snapshot: Snapshot) -> Snapshot | None:
        """Before the work began: the snapshot with all events of a movement that has begun it, or None."""
        first = self.spec.steps[0].id
        begun = any(
            isinstance(event, RepDone) or (isinstance(event, StepReached) and event.step != first)
            for event in self._since_rest
        )
        return replace(snapshot, events=tuple(self._since_rest)) if begun else None

    def begin(self) -> None:
        """Count from now on."""
        self._coach.begin()
        self._since_rest.clear()

    def restart(self) -> None:
        """Once more from the start."""
        self.begin()
        self._sets_done, self._settled_s = 0, None
        self.log = SessionLog(self._session)

    def skip_side(self) -> None:
        """Go on with the other side."""
        self._coach.skip_side()

    def close(self) -> tuple[Event, ...]:
        """It is over: what was open, closed, and kept."""
        events = tuple(self._coach.finish(self._clock_s))
        self.log.take(events)
        self.log.close(self._clock_s)
        return events

    @property
    def moving(self) -> bool:
        """Whether a repetition is under way."""
        return self._coach.moving

    @property
    def placed(self) -> bool:
        """Whether the person has been seen as the exercise needs it for long enough."""
        return self._coach.placed(self._clock_s)

    @property
    def neutral_found(self) -> bool:
        """Whether the person's own upright is known."""
        return self._coach.neutral_found
