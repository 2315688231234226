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
        self.held_s = 0.0
        self._grace_s = grace_s
        self._limit = min(FASTEST_LIMIT, max(SLOWEST_LIMIT, SETTLED_SHARE * approach_speed))
        self._start_s = math.nan
        self._t_s = math.nan
        self._settled = (math.nan, 0.0)  # the last still moment, and what was held by then
        self._still = True
        self._deep: list[tuple[float, float, float]] = []  # (t_s, held by then, depth) while the position is met
        self._lapse_s: float | None = None
        self._running = False

    @property
    def started(self) -> bool:
        """Whether the position was ever still."""
        return self._start_s == self._start_s

    def update(self, t_s: float, met: bool | None, speed: float, depth: float = NAN) -> list[Event]:
        """Let time pass.

        Args:
            t_s: Seconds.
            met: Whether the position is met; None while the person cannot be seen.
            speed: Of the leading measure, per second.
            depth: How far that measure is beyond its threshold; NaN where more of it is not deeper.
        """
        events: list[Event]
        if met:
            events = self._met(t_s, speed)
            if depth == depth:
                self._deep.append((t_s, self.held_s, depth))
            return events
        events = [HoldPaused(t_s, self.side, self.step)] if self._running else []
        self._running = False
        if met is False and self._lapse_s is None:
            self._lapse_s = t_s
        return events

    def _met(self, t_s: float, speed: float) -> list[Event]:
        events: list[Event] = []
        still = speed <= self._limit
        if not self.started and still:
            self._start_s = t_s - SPEED_WINDOW_S / 2
            self.held_s = SPEED_WINDOW_S / 2
            events.append(HoldStarted(t_s, self.side, self.step, self.target_s))
        elif self._running:
            before_s = self.held_s
            self.held_s += t_s - self._t_s
            if before_s < self.target_s <= self.held_s:
                events.append(HoldReached(t_s, self.side, self.step))
        if self.started:
            if still and (self._still or t_s - self._t_s >= CHANCE_S - 1e-6):
                self._settled = (t_s - SPEED_WINDOW_S / 2, self.held_s - SPEED_WINDOW_S / 2)
            self._still = still
            self._running, self._t_s, self._lapse_s = True, t_s, None
        return events

    def left(self, t_s: float) -> bool:
        """Whether the position has been left for good."""
        return self._lapse_s is not None and t_s - self._lapse_s >= self._grace_s

    def done(self, t_s: float) -> HoldDone:
        """The result: from the first moment that was still, or deep enough, to the last."""
        end_s, held_s = self._settled
        if not self.started:
            return HoldDone(t_s, self.side, self.step, t_s, t_s, 0.0, self.target_s)
        within = [depth for at_s, _, depth in self._deep if self._start_s <= at_s <= end_s]
        usual = median(within) if within else math.inf
        deep = [(at_s, held_by_s) for at_s, held_by_s, depth in self._deep if depth >= usual]
        if deep:
            (first_s, _), (last_s, held_by_s) = deep[0], deep[-1]
            early_s = max(0.0, self._start_s - first_s)
            end_s, held_s = max(end_s, last_s), max(held_s, held_by_s) + early_s
            self._start_s -= early_s
        self.held_s = max(0.0, held_s)
        return HoldDone(t_s, self.side, self.step, self._start_s, end_s, self.held_s, self.target_s)
