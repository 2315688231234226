"""One moment of a live session: all that screens, voice and store ever see of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from poise.core.body import Side
from poise.core.coach import Snapshot
from poise.core.live.summary import Summary
from poise.core.spec import Spec

#: In the order in which a person meets them. Every exercise of a routine goes from placing to rest.
Phase = Literal["pain-before", "placing", "neutral", "ready", "work", "paused", "rest", "pain-after", "summary"]

#: What a person may ask for, by key or by hand: to start, pause, go on and end a rest is all "go".
Command = Literal["go", "side", "next", "restart", "hurts"]


@dataclass(frozen=True, slots=True)
class PainTold:
    """The person said how much it hurts: 0 is no pain, 10 the worst."""

    t_s: float
    when: Literal["before", "after"]
    level: int


@dataclass(frozen=True, slots=True)
class Hurt:
    """The person said "that hurts" during a movement, which ended it."""

    t_s: float
    exercise: str
    side: Side | None


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """Where a live session stands.

    Attributes:
        t_s: Seconds since the session began, pauses included.
        phase: What the person is doing now.
        spec: The exercise under way, or about to begin.
        snapshot: What the coach sees; its events belong to the exercise only in the phase "work".
        number: Which exercise of the routine this is, from 1.
        of: How many there are.
        left_s: Seconds left of a countdown, a rest or a question, or None. None in the phase "ready" means that the
            person is waited for: a raised hand, a key, or setting out starts the work.
        following: What comes next, or None; in the rest between two sets, the same exercise.
        raised: How far a gesture has come towards being understood, 0 to 1.
        understood: What a gesture in this moment was understood to ask for, or None.
        told: What the person has said in this moment.
        summary: What the session came to, in the phase "summary".
    """

    t_s: float
    phase: Phase
    spec: Spec
    snapshot: Snapshot
    number: int = 1
    of: int = 1
    left_s: float | None = None
    following: Spec | None = None
    raised: float = 0.0
    understood: Command | None = None
    told: tuple[PainTold | Hurt, ...] = ()
    summary: Summary | None = None


class Recorder(Protocol):
    """Keeps what happens, as it happens."""

    def add(self, moment: Moment) -> None:
        """Take the next moment; returns at once."""
        ...

    def close(self) -> None:
        """The session is over, or was broken off: keep what is not kept yet. May be called twice."""
        ...
