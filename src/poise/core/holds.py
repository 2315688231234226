"""How a hold is timed."""

from __future__ import annotations

import math
from statistics import median

from poise.core.body import Side
from poise.core.events import Event, HoldDone, HoldPaused, HoldReached, HoldStarted
from poise.core.geometry import NAN
from poise.core.reading import SPEED_WINDOW_S

SETTLED_SHARE = 0.15  # of the fastest moment on the way in: slower than this is still
CHANCE_S = 0.1  # a shorter stillness in the middle of a movement is chance
SLOWEST_LIMIT, FASTEST_LIMIT = 3.0, 20.0  # per second
MOST_DEPTHS = 16_384  # nine minutes at 30 frames a second: of a longer hold every second moment does, then every fourth


class HoldClock:
    """The clock of one hold in one repetition.

    It starts when the position is met and the movement has settled, runs while the position is met, pauses during
    lapses and while the person is out of sight, and never resets. Leaving for longer than the grace time ends it; the
    time then goes back to the last still moment, because setting out on the way back is not holding. Where the model
    guesses, and a limb that is held never looks still, a moment that is as deep as half of the hold will do.

    Args:
        step: Id of the step that is held.
        side: The working side.
        target_s: Seconds asked for.
        grace_s: Longest lapse that does not end the hold.
        approach_speed: The fastest moment on the way in, in the leading measure's unit per second.
    """

    def __init__(self, step: str, side: Side | None, target_s: float, grace_s: float, approach_speed: float) -> None:
        self.step = step
        self.side = side
        self.target_s = target_s
        self._grace_s = grace_s
        self._limit = min(FASTEST_LIMIT, max(SLOWEST_LIMIT, SETTLED_SHARE * approach_speed))
        self._start_s = math.nan
        self._t_s = math.nan
        self._inside = False
        self._inside_s = 0.0  # time in the position, of which the hold is a part
        self._before_s = math.inf  # and what of it was over when the hold began
        self._settled = (math.nan, 0.0)  # the last still moment, and the time in the position by then
        self._still = True
        self._deep: list[tuple[float, float, float]] = []  # (t_s, time in the position by then, depth)
        self._met_times, self._every = 0, 1  # how often it was met, and of how many of these one is kept
        self._lapse_s: float | None = None

    @property
    def started(self) -> bool:
        """Whether the position was ever still."""
        return self._start_s == self._start_s

    @property
    def held_s(self) -> float:
        """Seconds held so far."""
        return max(0.0, self._inside_s - self._before_s)

    def update(self, t_s: float, met: bool | None, speed: float, depth: float = NAN) -> list[Event]:
        """Let time pass.

        Args:
            t_s: Seconds.
            met: Whether the position is met; None while the person cannot be seen.
            speed: Of the leading measure, per second.
            depth: How far that measure is beyond its threshold; NaN where more of it is not deeper.
        """
        if met:
            events = self._met(t_s, speed)
            if depth == depth:
                self._keep(t_s, depth)
            return events
        events = [HoldPaused(t_s, self.side, self.step)] if self._inside and self.started else []
        self._inside = False
        if met is False and self._lapse_s is None:
            self._lapse_s = t_s
        return events

    def _keep(self, t_s: float, depth: float) -> None:
        """Remember how deep it is now, in memory that does not grow with the hours."""
        if self._met_times % self._every == 0:
            self._deep.append((t_s, self._inside_s, depth))
        self._met_times += 1
        if len(self._deep) == MOST_DEPTHS:
            del self._deep[1::2]
            self._every *= 2

    def _met(self, t_s: float, speed: float) -> list[Event]:
        events: list[Event] = []
        still, by_then_s = speed <= self._limit, self.held_s
        self._inside_s += t_s - self._t_s if self._inside else 0.0
        if not self.started and still:
            self._start_s, self._before_s = t_s - SPEED_WINDOW_S / 2, self._inside_s - SPEED_WINDOW_S / 2
            events.append(HoldStarted(t_s, self.side, self.step, self.target_s))
        elif by_then_s < self.target_s <= self.held_s:
            events.append(HoldReached(t_s, self.side, self.step))
        if self.started:
            if still and (self._still or t_s - self._t_s >= CHANCE_S - 1e-6):
                self._settled = (t_s - SPEED_WINDOW_S / 2, self._inside_s - SPEED_WINDOW_S / 2)
            self._still = still
        self._inside, self._t_s, self._lapse_s = True, t_s, None
        return events

    def left(self, t_s: float) -> bool:
        """Whether the position has been left for good."""
        return self._lapse_s is not None and t_s - self._lapse_s >= self._grace_s

    def done(self, t_s: float) -> HoldDone:
        """The result: from the first moment that was still, or deep enough, to the last."""
        if not self.started:
            return HoldDone(t_s, self.side, self.step, t_s, t_s, 0.0, self.target_s)
        (start_s, from_s), (end_s, to_s) = (self._start_s, self._before_s), self._settled
        within = [depth for at_s, _, depth in self._deep if start_s <= at_s <= end_s]
        usual = median(within) if within else math.inf
        deep = [(at_s, inside_s) for at_s, inside_s, depth in self._deep if depth >= usual]
        start_s, from_s = min([(start_s, from_s), *deep[:1]])
        end_s, to_s = max([(end_s, to_s), *deep[-1:]])
        return HoldDone(t_s, self.side, self.step, start_s, end_s, max(0.0, to_s - from_s), self.target_s)
