"""Sessions that are listened to: exercises, motions, and an announcer whose voice takes its time."""

from __future__ import annotations

from dataclasses import replace

from coaching import TILT_FIELDS, TILT_STEPS, exercise
from figures import SITTING, STANDING, Figure, Motion
from flowing import Stage

from poise.core.events import (
    Event,
    FaultSeen,
)
from poise.core.live.announcer import Announcer
from poise.core.live.moment import Moment
from poise.core.live.sounds import Sound
from poise.core.words import ENGLISH

CAPTIONED = exercise(
    {"id": "down", "say": "Let them sink", "where": {"shoulder_abduction": {"below": 50}}},
    {"id": "up", "say": "Lift both arms", "where": {"shoulder_abduction": {"above": 130}}},
    name="Arm raise",
    dose={"reps": 4},
)


STRETCH = exercise(*TILT_STEPS, **TILT_FIELDS | {"dose": {"reps": 1, "hold": 12}}, name="Stretch")


def still(seconds: float, figure: Figure = STANDING) -> Motion:
    """Somebody who does nothing."""
    return Motion(figure).stay(seconds)


def raises(count: int, seconds: float = 2.0) -> Motion:
    """Slow arm raises with a rest after each."""
    up, down = {"shoulder_abduction": 170}, {"shoulder_abduction": 5}
    return Motion(STANDING).times(count, lambda m: m.go(seconds, **up).go(seconds, **down).stay(2))


def tilts(*degrees: float, hold_s: float = 13.0) -> Motion:
    """Held tilts, one after another."""
    motion = Motion(SITTING)
    for one in degrees:
        motion.go(2, neck_tilt=one).stay(hold_s).go(2, neck_tilt=0).stay(3)
    return motion


def moments_of(stage: Stage, count: int = 1) -> list[Moment]:
    """Moments of work to put events into."""
    return [moment for moment in stage.moments if moment.phase == "work"][:count]


class Listener:
    """An announcer with a voice that takes its time, told events at will."""

    def __init__(self, moment: Moment) -> None:
        self._announcer = Announcer(ENGLISH)
        self._moment = moment
        self._busy_until_s = 0.0
        self.heard: list[tuple[float, Sound]] = []

    def tell(self, t_s: float, *events: Event, **changes: object) -> Listener:
        """One moment."""
        snapshot = replace(self._moment.snapshot, t_s=t_s, events=events)
        moment = replace(self._moment, t_s=t_s, snapshot=snapshot, **changes)  # type: ignore[arg-type]
        sound = self._announcer.take(moment, t_s < self._busy_until_s)
        if sound:
            self.heard.append((round(t_s, 1), sound))
            self._busy_until_s = t_s + sound.seconds
        return self

    def wait(self, t_s: float, seconds: float) -> Listener:
        """Nothing happens for a while."""
        for tick in range(round(10 * seconds)):
            self.tell(t_s + tick / 10)
        return self

    @property
    def said(self) -> list[str]:
        """Sentences, and tones in brackets."""
        return [sound.text or f"({sound.tone})" for _, sound in self.heard]


def fault(say: str, severity: str, t_s: float = 0.0) -> FaultSeen:
    """A fault."""
    return FaultSeen(t_s, None, "fault", severity, say)  # type: ignore[arg-type]
