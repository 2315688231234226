"""A motion as a function of time: key poses joined by smooth movement, with small human irregularities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.motion import Key, Motion, Step, Strength
from studio.words import WORDS, Channels, Side, pose_channels

#: What a strength makes of the words under ``also``. A slight fault may be reported or not.
STRENGTHS: Mapping[Strength, float] = {"slight": 0.6, "clear": 1.0, "strong": 1.5}

#: Touching (0 to 1) and counts are exact: a hand cannot rest 2 % short of the knee.
EXACT_UNITS = ("0 to 1", "count")

#: A repetition is seen to begin and end when this share of its first and last movement is done.
SEEN = 0.10

#: Spread of the durations and of the reach of repetitions, as shares.
TEMPO_SPREAD, REACH_SPREAD = 0.05, 0.015

BREATHS_PER_S = 0.24
BLINK_S = 0.22
#: Slow sway that nobody can hold back: channel, degrees, periods per second.
SWAY = (
    ("neck_tilt", 0.8, 0.11), ("neck_turn", 1.2, 0.083), ("neck_nod", 0.9, 0.097), ("trunk_lean", 0.4, 0.13),
    ("trunk_turn", 0.4, 0.071), ("left.elbow_flexion", 1.0, 0.09), ("right.elbow_flexion", 1.0, 0.103),
)  # fmt: skip


def eased(t: float | NDArray[np.float64]) -> NDArray[np.float64]:
    """Progress from 0 to 1 along a movement of least jerk, as hands and heads move."""
    x = np.clip(t, 0, 1)
    return np.asarray(x**3 * (10 - 15 * x + 6 * x**2))


def _part_of_way(channel: str, start: float, end: float, share: float) -> float:
    """A value that goes a share of the way from start to end, or all of it in a unit that knows no parts."""
    exact = WORDS[channel.rpartition(".")[2]].unit in EXACT_UNITS
    return end if exact else start + (end - start) * share


def time_at(progress: float) -> float:
    """The share of a movement's time after which it has gone a share of its way."""
    steps = np.linspace(0, 1, 1001)
    return float(np.interp(progress, eased(steps), steps))


@dataclass(frozen=True)
class Repetition:
    """One repetition or attempt as the script has it.

    Attributes:
        side: The working side, or None.
        start_s: When its first movement is seen to begin.
        held_from_s: When its first key pose is reached.
        held_until_s: When its first key pose is left.
        end_s: When its last movement is seen to end.
        faults: Identifiers of the faults that it shows.
        strength: How strongly it shows them.
        counts: False for an attempt that falls short.
    """

    side: Side | None
    start_s: float
    held_from_s: float
    held_until_s: float
    end_s: float
    faults: tuple[str, ...]
    strength: Strength
    counts: bool


@dataclass(frozen=True)
class _Segment:
    start_s: float
    end_s: float
    before: Channels
    after: Channels


class Timeline:
    """What the body does at any moment of a motion.

    Args:
        motion: The motion file.
        rest: The stance's own resting pose, in channels or words without a side.
    """

    def __init__(self, motion: Motion, rest: Mapping[str, float]) -> None:
        self._rng = np.random.default_rng(motion.seed)
        self._lively = motion.lively
        self._rest: Channels = {**pose_channels(rest, None), **pose_channels(motion.rest, None)}
        self._segments: list[_Segment] = [_Segment(0.0, 0.0, self._rest, self._rest)]
        self.repetitions: list[Repetition] = []
        for step in motion.script:
            for _ in range(step.times):
                self._take(step, motion.moves)
        self.duration_s = self._segments[-1].end_s
        self._blinks = np.cumsum(self._rng.uniform(1.8, 5.5, int(self.duration_s / 1.8) + 1))
        self._phases = self._rng.uniform(0, 2 * np.pi, len(SWAY) + 1)

    def at(self, t_s: float) -> Channels:
        """All channels at a time, irregularities included."""
        now = self.written(t_s)
        for (channel, amount, rate), phase in zip(SWAY, self._phases[:-1], strict=True):
            wander = np.sin(2 * np.pi * rate * t_s + phase) + 0.5 * np.sin(2 * np.pi * 2.7 * rate * t_s + 2 * phase)
            now[channel] = now.get(channel, 0.0) + self._lively * amount * float(wander)
        breath = self._lively * float(np.sin(2 * np.pi * BREATHS_PER_S * t_s + self._phases[-1]))
        for channel, amount in (("left.shoulder_raise", 0.8), ("right.shoulder_raise", 0.8), ("back_round", -0.8)):
            now[channel] = now.get(channel, 0.0) + amount * breath
        since = t_s - self._blinks
        closing = np.clip(1 - np.abs(since / BLINK_S - 0.5) * 2, 0, 1).max(initial=0.0)
        now["blink"] = max(now.get("blink", 0.05), float(closing) ** 0.5 if self._lively else 0.0)
        return now

    def written(self, t_s: float) -> Channels:
        """All channels at a time, as the motion file has them."""
        starts = [segment.start_s for segment in self._segments]
        segment = self._segments[max(0, int(np.searchsorted(starts, t_s, side="right")) - 1)]
        length = segment.end_s - segment.start_s
        progress = float(eased((t_s - segment.start_s) / length)) if length > 0 else 1.0
        names = segment.before.keys() | segment.after.keys()
        return {
            name: segment.before.get(name, 0.0) * (1 - progress) + segment.after.get(name, 0.0) * progress
            for name in sorted(names)
        }

    def _take(self, step: Step, moves: Mapping[str, tuple[Key, ...]]) -> None:
        if step.wait is not None:
            self._move(self._segments[-1].after, step.wait)
            return
        keys = moves[step.rep or step.do or ""]
        first = len(self._segments)
        reach = 1 + self._lively * float(self._rng.normal(0, REACH_SPREAD))
        for key in keys:
            tempo = step.tempo * (1 + self._lively * float(np.clip(self._rng.normal(0, TEMPO_SPREAD), -0.12, 0.12)))
            self._move(self._target(key, step, reach), key.over / tempo)
            if key.stay:
                self._move(self._segments[-1].after, key.stay)
        if step.rep is not None:
            self._record(step, keys, first)

    def _target(self, key: Key, step: Step, reach: float) -> Channels:
        """The channels of a key pose, scaled from rest."""
        if key.pose == "rest":
            return self._rest
        asked = pose_channels(key.pose, step.side)
        for channel, value in pose_channels(step.also, step.side).items():
            without = asked.get(channel, self._rest.get(channel, 0.0))
            asked[channel] = _part_of_way(channel, without, value, STRENGTHS[step.strength])
        target = dict(self._rest)
        for channel, value in asked.items():
            target[channel] = _part_of_way(channel, self._rest.get(channel, 0.0), value, step.share * reach)
        return target

    def _move(self, target: Channels, seconds: float) -> None:
        last = self._segments[-1]
        self._segments.append(_Segment(last.end_s, last.end_s + seconds, last.after, target))

    def _record(self, step: Step, keys: tuple[Key, ...], first: int) -> None:
        """Note a repetition whose segments begin at ``first``."""
        taken = self._segments[first:]
        moving = [segment for segment in taken if segment.before is not segment.after]
        early = time_at(SEEN)
        self.repetitions.append(
            Repetition(
                side=step.side,
                start_s=moving[0].start_s + early * (moving[0].end_s - moving[0].start_s),
                held_from_s=moving[0].end_s,
                held_until_s=moving[0].end_s + keys[0].stay,
                end_s=moving[-1].end_s - early * (moving[-1].end_s - moving[-1].start_s),
                faults=step.faults,
                strength=step.strength,
                counts=not step.miss,
            )
        )
