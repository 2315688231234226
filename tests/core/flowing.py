"""A live session of a stick figure: its motion in, phases, moments and everything heard out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from coaching import ARM_RAISE, exercise
from figures import SITTING, STANDING, Figure, Motion

from poise.core.live.announcer import Announcer
from poise.core.live.flow import Flow
from poise.core.live.moment import Command, Moment
from poise.core.live.sounds import Sound
from poise.core.session import Session
from poise.core.spec import Spec
from poise.core.types import Pose
from poise.core.words import ENGLISH

FPS = 10.0

ONE_RAISE = ARM_RAISE.with_dose(reps=1)
PLANK = exercise({"id": "there", "where": {"trunk_lean": {"below": 30}}, "hold": "dose"}, dose={"reps": 1, "hold": 3})
WITH_HAND = SITTING.but(right_shoulder_abduction=80, right_elbow_flexion=95)


def blank(spec: Spec) -> tuple[Spec, Session]:
    """A spec and a session of which nothing is known."""
    return spec, Session(poise="", source="", exercise=spec.id, model="")


class Stage:
    """A flow, and all that came of it.

    Args:
        specs: The exercises.
        pain: Whether it asks for pain.
    """

    def __init__(self, *specs: Spec, pain: bool = False) -> None:
        self.flow = Flow([blank(spec) for spec in specs], pain=pain)
        self.moments: list[Moment] = []
        self.heard: list[tuple[float, Sound]] = []
        self.now_s = 0.0
        self._announcer = Announcer(ENGLISH)
        self._busy_until_s = 0.0

    def play(self, motion: Motion | Sequence[Pose], at: dict[float, Command | int] | None = None) -> Stage:
        """Go on with a motion; ``at`` has commands, and answers as numbers, by seconds of this motion."""
        poses = motion.poses(FPS) if isinstance(motion, Motion) else motion
        start_s, asked = self.now_s, dict(sorted((at or {}).items()))
        for pose in poses:
            while asked and next(iter(asked)) <= pose.t_s + 1e-6:
                self.tell(asked.pop(next(iter(asked))))
            self.now_s = start_s + pose.t_s
            self.take(self.flow.step(replace(pose, t_s=self.now_s)))
        self.now_s += 1 / FPS
        return self

    def lose(self, seconds: float) -> Stage:
        """No picture comes for a while."""
        start_s = self.now_s
        for tick in range(1, round(seconds * FPS)):
            self.now_s = start_s + tick / FPS
            moment = self.flow.wait(self.now_s)
            if moment:
                self.take(moment)
        return self

    def tell(self, what: Command | int) -> None:
        """A key."""
        if isinstance(what, int):
            self.flow.answer(what)
        else:
            self.flow.command(what)

    def take(self, moment: Moment) -> None:
        """Keep a moment, and let be heard what it brings."""
        self.moments.append(moment)
        sound = self._announcer.take(moment, moment.t_s < self._busy_until_s)
        if sound:
            self.heard.append((moment.t_s, sound))
            self._busy_until_s = moment.t_s + sound.seconds

    @property
    def phases(self) -> list[str]:
        """Each phase once, in order."""
        return [self.moments[0].phase, *(b.phase for a, b in pairwise(self.moments) if a.phase != b.phase)]

    @property
    def said(self) -> list[str]:
        """Sentences, and tones in brackets, in order."""
        return [sound.text or f"({sound.tone})" for _, sound in self.heard]

    @property
    def reps(self) -> list[int]:
        """Repetitions of each exercise that was worked at."""
        return [session.reps.total for _, session in self.flow.sessions]


def still(seconds: float, figure: Figure = STANDING) -> Motion:
    """Somebody who does nothing."""
    return Motion(figure).stay(seconds)


def raises(count: int = 1) -> Motion:
    """Arm raises that begin at once and end with a rest of a second."""
    return Motion(STANDING).times(count, lambda m: m.go(1, shoulder_abduction=170).go(1, shoulder_abduction=5).stay(1))


def tilt(degrees: float, hold_s: float = 6.0) -> Motion:
    """A held tilt and back."""
    return Motion(SITTING).go(1, neck_tilt=degrees).stay(hold_s).go(1, neck_tilt=0).stay(2)


def hand(figure: Figure = SITTING) -> Motion:
    """A hand goes up, stays for a second and a half, and comes down."""
    up = {"right_shoulder_abduction": 80, "right_elbow_flexion": 95}
    return Motion(figure).go(0.5, **up).stay(1.5).go(0.5, right_shoulder_abduction=0, right_elbow_flexion=0).stay(1)
