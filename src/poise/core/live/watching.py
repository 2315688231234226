"""When to speak up while somebody works: after minutes of slumping, or an hour without a break; never in a call.

Pure: looks in, advice out. The person's own upright is learned at the start and after every break, from a few looks in
quick succession; from then on one look in a second or in twenty will do.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from poise.core.coach import Coach, Snapshot
from poise.core.compiled import CompiledFault
from poise.core.measures import measures_of
from poise.core.reading import Reading
from poise.core.spec import Spec
from poise.core.types import Pose
from poise.core.words import ENGLISH, Words

LEARNING_S = 5.0  # of being seen; who does not sit still meanwhile is measured against the usual upright
QUICK_S = 0.1  # between two looks while the upright is learned

Posture = Literal["learning", "upright", "slumped", "unseen", "away"]


@dataclass(frozen=True, slots=True)
class Limits:
    """When to speak up, in seconds.

    Attributes:
        slump_s: So long slumped, short moments of upright taken off.
        break_s: So long at the desk without a break.
        away_s: Nobody there for so long is a break.
        again_s: The same thing is not said again before.
    """

    slump_s: float = 120.0
    break_s: float = 3600.0
    away_s: float = 60.0
    again_s: float = 600.0


@dataclass(frozen=True, slots=True)
class Advice:
    """Something worth an interruption, in the person's language."""

    kind: Literal["slump", "break"]
    title: str
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What one look came to.

    Attributes:
        posture: How the person sits: "unseen" is there but not to be judged, as when turned away.
        sitting_s: Seconds at the desk since the last break.
        advice: What to say now, or None.
        snapshot: What the coach saw.
    """

    posture: Posture
    sitting_s: float
    advice: Advice | None
    snapshot: Snapshot


class Watching:
    """Follows somebody at work.

    Args:
        spec: The posture that is watched for, in the person's language: its faults are what slumping is.
        words: That language.
        limits: When to speak up.
    """

    def __init__(self, spec: Spec, words: Words = ENGLISH, limits: Limits = Limits()) -> None:
        self._spec = spec
        self._words = words
        self._limits = limits
        self._faults = CompiledFault.compile_all(spec, measures_of(spec))
        self._t_s: float | None = None
        self._said_s: dict[str, float] = {}  # when each kind of advice was given last
        self._posture: Posture = "learning"
        self._slumped_s = self._sitting_s = self._away_s = 0.0
        self._sit_down(0.0)

    @property
    def learning(self) -> bool:
        """Whether somebody is there whose upright is being learned, for which looks come quickly."""
        return self._posture == "learning" and self._learned_s < LEARNING_S

    def look(self, pose: Pose) -> Look:
        """Take the next look, in order of time."""
        passed_s = self._pass_time(pose.t_s)
        snapshot = self._coach.step(pose)
        posture = self._posture = self._judged(snapshot, passed_s)
        if posture == "away":
            self._away_s += passed_s
        else:
            if self._away_s >= self._limits.away_s:
                self._sit_down(pose.t_s)
            self._away_s = 0.0
            self._sitting_s += passed_s
        self._note_slump(posture, passed_s)
        return Look(posture, self._sitting_s, self._advice(pose.t_s) if posture != "away" else None, snapshot)

    def in_call(self, t_s: float) -> None:
        """The person is in a call and not looked at: they sit, and nothing is said."""
        self._sitting_s += self._pass_time(t_s)
        self._slumped_s = 0.0

    def _sit_down(self, t_s: float) -> None:
        """Begin anew, as after a break: another chair, another laptop's place, another upright."""
        self._coach = Coach(self._spec, self._words)
        self._learned_s = 0.0
        self._met: dict[str, bool] = {}
        self._slumped_s = 0.0
        self._sitting_s = 0.0
        self._away_s = 0.0
        self._shares: Counter[str] = Counter()
        self._said_s["slump"] = t_s - self._limits.again_s

    def _pass_time(self, t_s: float) -> float:
        """Seconds since the last look; a gap as long as a break, as of a laptop that slept, is a break."""
        before_s, self._t_s = self._t_s, t_s
        passed_s = 0.0 if before_s is None else max(0.0, t_s - before_s)
        if passed_s >= self._limits.away_s:
            self._sit_down(t_s)
            return 0.0
        return passed_s

    def _judged(self, snapshot: Snapshot, passed_s: float) -> Posture:
        if not snapshot.pose.found:
            return "away"
        if snapshot.state.problem is not None:
            return "unseen"
        if self._learned_s < LEARNING_S:
            self._learned_s += passed_s
            return "learning"
        return "slumped" if self._slumps(snapshot.reading) else "upright"

    def _slumps(self, reading: Reading) -> bool:
        """Whether any fault is there now; what cannot be seen is none."""
        for one in self._faults:
            self._met[one.fault.id] = one.position.met(reading, None, self._met.get(one.fault.id, False)) is True
        return any(self._met.values())

    def _note_slump(self, posture: Posture, passed_s: float) -> None:
        if posture == "slumped":
            self._slumped_s += passed_s
            for name in (name for name, met in self._met.items() if met):
                self._shares[name] += round(1000 * passed_s)
        else:
            self._slumped_s = max(0.0, self._slumped_s - passed_s)
            if self._slumped_s == 0.0:
                self._shares.clear()

    def _advice(self, t_s: float) -> Advice | None:
        """A break before a slump: getting up mends both."""
        limits, words = self._limits, self._words
        if self._sitting_s >= limits.break_s and self._may_say("break", t_s):
            minutes = round(self._sitting_s / 60)
            text = words("You have been sitting for {n} minutes. Get up for one, or do the desk break", n=minutes)
            return Advice("break", words("Time for a break"), text)
        if self._slumped_s >= limits.slump_s and self._may_say("slump", t_s):
            worst = self._shares.most_common(1)[0][0]
            say = next(one.fault.say for one in self._faults if one.fault.id == worst)
            self._slumped_s = 0.0
            return Advice("slump", words("You have been sinking for a while"), say)
        return None

    def _may_say(self, kind: str, t_s: float) -> bool:
        if t_s - self._said_s.get(kind, t_s - self._limits.again_s) < self._limits.again_s:
            return False
        self._said_s[kind] = t_s
        return True
