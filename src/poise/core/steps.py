"""How a repetition is counted: a walk through the steps of the spec, in order, and back to the first."""

from __future__ import annotations

import math
from collections import deque

from poise.core.body import Side
from poise.core.compiled import CompiledStep, rest_caps
from poise.core.events import Event, RepDone, RepMissed, RepReturned, StepReached
from poise.core.holds import HoldClock
from poise.core.peaks import peak_names
from poise.core.reading import Reading

DWELL_S = 0.1  # a position must last this long: one wrong frame is no step
HOLD_DWELL_S = 0.3  # and one that is to be held must be more than brushed
ATTEMPT = 0.4  # from this share of the way on, turning back is a near miss
AT_REST = 0.15  # within this share of the way from rest, a movement has not set out yet
BACK_AT_REST = 0.33  # and within this one it has come to an end: the last degrees back are slow, and the model's slower
REST_WINDOW_S = 1.5
USUAL = 0.9  # of the moments at rest: who sets out or comes back goes beyond rest for a moment
FLICKER_S = 0.5  # back in the first step so soon, a movement that has set out was lost for a moment
LOST_S = 3.0  # out of sight for longer, a repetition without a hold starts afresh


class Walker:
    """Walks one side (or both together) through the steps.

    Attributes:
        index: The last step that was reached, -1 before the first.
        inside: Whether the body is still in that step.
        clock: The hold that is under way, if any.
        number: The number of the last repetition.
        set_out_s: When the movement last left its rest.
        missed_from_s: When the attempt that was last given up had set out.
        returning: Whether the last repetition counts and is not known to be back at rest.
    """

    def __init__(self, steps: tuple[CompiledStep, ...], count_on_return: bool, side: Side | None) -> None:
        self.steps = steps
        self.side = side
        self.index = -1
        self.inside = False
        self.clock: HoldClock | None = None
        self.number = 0
        self._like_first = [step.position == steps[0].position for step in steps]  # rest, passed on the way
        self._single = len(steps) == 1  # a timer: there is no way to go, and being there is the repetition
        self._count_on_return = count_on_return and not self._single
        self._counted = False
        self._arrived_s = math.nan
        self._t_s = -math.inf
        self._gap_s = math.inf  # since the moment before
        self._seen_s = -math.inf
        self.set_out_s = math.nan
        self.missed_from_s = math.nan
        self._rest: deque[tuple[float, float]] = deque()  # (t_s, gap to the second step) while in the first
        self.returning = False
        self._fastest = 0.0
        self._rest_caps = rest_caps(steps)
        self._rest_gaps: list[float] = []
        self._best_gaps: list[float] = []
        self._best_values: list[float] = []
        self._peak: dict[str, tuple[float, float]] = {}  # for each step: (depth, value) at its best
        self._peak_names = peak_names((step.id, step.position.leading.ref) for step in steps[1:])

    @property
    def moving(self) -> bool:
        """Whether a repetition is under way."""
        return self.index > 0 or (self.index == 0 and (self._single or not self.inside))

    @property
    def next_step(self) -> CompiledStep:
        """The step on the way to which the body is now."""
        return self.steps[(self.index + 1) % len(self.steps)]

    def progress(self, reading: Reading) -> float:
        """Share of the way from rest to the next step, 0 to 1, by its leading measure."""
        gap = self.next_step.position.leading.gap(reading, self.side)
        whole = self._rest_gaps[0] if self._rest_gaps and self.index == 0 else math.nan
        return max(0.0, min(1.0, 1.0 - gap / whole)) if whole > 0 and gap == gap else 0.0

    def advance(self, reading: Reading, n: int) -> list[Event]:
        """Take the next moment; ``n`` is the number that a repetition counted now would have."""
        t_s = reading.t_s
        self._gap_s, self._t_s = t_s - self._t_s, t_s
        if self.index < 0:
            return self._enter(0, reading) if self._met(0, reading) else []
        here = self.steps[self.index].position.met(reading, self.side, self.inside)
        events = self._pass_time(t_s, here, reading)
        if self.clock is None and t_s - self._seen_s > LOST_S:
            events += self._come_to_rest(self._seen_s)
            self.index, self.inside = -1, False
        if here is None or self.index < 0:
            return events
        self._seen_s = t_s
        was_inside, self.inside = self.inside, here
        self._note(reading)
        if self.index == 0 and not self._single:
            events += self._rest_or_go(reading, was_inside)
        events += self._count_when_done(t_s, n)
        return events + self._arrive(reading, n)

    def settle(self, t_s: float) -> list[Event]:
        """What is seen now is no part of the repetition before, if the first step is reached."""
        return self._come_to_rest(t_s) if self.index == 0 else []

    def wait(self, t_s: float) -> list[Event]:
        """Let time pass in which nobody can be judged: a hold pauses."""
        return self.clock.update(t_s, None, 0.0) if self.clock else []

    def leave(self, t_s: float) -> list[Event]:
        """The person has gone: what was under way is over, and the next repetition starts afresh."""
        events = self.finish(t_s)
        self.index, self.inside = -1, False
        return events

    def finish(self, t_s: float) -> list[Event]:
        """The source has ended: close what is open."""
        return self._close_hold(t_s) + self._come_to_rest(t_s)

    def _pass_time(self, t_s: float, here: bool | None, reading: Reading) -> list[Event]:
        """Let the hold's clock run, pause, or end."""
        step = self.steps[self.index]
        if self.clock is None:
            if not (step.hold_s and here and not self.inside):
                return []
            self.clock = self._new_clock(step)
        events = self.clock.update(t_s, here, *self._pace(reading))
        return events + (self._close_hold(t_s) if here is False and self.clock.left(t_s) else [])

    def _new_clock(self, step: CompiledStep) -> HoldClock:
        return HoldClock(step.id, self.side, step.hold_s, step.grace_s, self._fastest)

    def _pace(self, reading: Reading) -> tuple[float, float]:
        """Speed and depth of what leads the step that is held."""
        target = self.steps[self.index].position.leading
        depth = target.depth(reading.value(target.ref, self.side)) if target.sense else math.nan
        return reading.speed(target.ref, self.side), depth

    def _close_hold(self, t_s: float) -> list[Event]:
        clock, self.clock = self.clock, None
        return [clock.done(t_s)] if clock else []

    def _note(self, reading: Reading) -> None:
        """Remember the best so far: toward the next step (near misses) and of every step (peaks)."""
        if self.moving and self.index + 1 < len(self.steps):
            for i, target in enumerate(self.next_step.position.targets):
                gap = target.gap(reading, self.side)
                if i >= len(self._best_gaps):
                    self._best_gaps.append(math.inf)
                    self._best_values.append(math.nan)
                if gap < self._best_gaps[i]:
                    self._best_gaps[i], self._best_values[i] = gap, reading.value(target.ref, self.side)
        if self.moving:
            self._note_peaks(reading)
            # A speed that is not known, NaN, is never the faster one.
            self._fastest = max(self._fastest, reading.speed(self.next_step.position.leading.ref, self.side))

    def _note_peaks(self, reading: Reading) -> None:
        for step in self.steps[1:]:
            target = step.position.leading
            value = reading.value(target.ref, self.side)
            if value != value:
                continue
            depth = target.depth(value)
            if depth > self._peak.get(step.id, (-math.inf, value))[0]:
                self._peak[step.id] = (depth, value)

    def _rest_or_go(self, reading: Reading, was_inside: bool) -> list[Event]:
        """In the first step: remember where rest is, and notice when the movement sets out or turns back."""
        t_s, events = reading.t_s, list[Event]()
        gaps = [min(*pair) for pair in zip(self._gaps(reading), self._rest_caps, strict=True)]
        if self.inside and not was_inside and self._rest and t_s - self._rest[-1][0] > FLICKER_S:
            self._rest.clear()
        if gaps[0] == gaps[0] and self.inside:
            self._rest.append((t_s, gaps[0]))
        if self.returning and self._rest and t_s - self._rest[0][0] > REST_WINDOW_S:
            events += self._come_to_rest(t_s)
        while self._rest and self._rest[0][0] < t_s - REST_WINDOW_S:
            self._rest.popleft()
        if self.inside and was_inside:
            self._rest_gaps = [max(*pair) for pair in zip(gaps, self._rest_gaps or gaps, strict=True)]
        elif was_inside:
            events += self._come_to_rest(t_s)
            self.set_out_s = self._set_out()
        elif self.inside:
            events += self._turned_back(t_s, self.next_step)
            self._fresh_attempt()
        return events

    def _gaps(self, reading: Reading) -> list[float]:
        return [target.gap(reading, self.side) for target in self.next_step.position.targets]

    def _set_out(self) -> float:
        """When the movement left its rest: the last moment near the farthest point before it."""
        least = self._gap_at_rest(AT_REST)
        return max((t for t, gap in self._rest if gap >= least), default=self.set_out_s)

    def _gap_at_rest(self, share: float) -> float:
        """The gap from which on the body is at rest: near nearly the farthest one, or as near as the measure wavers."""
        gaps = sorted(gap for _, gap in self._rest) or [math.nan]
        whole = gaps[int(USUAL * (len(gaps) - 1))]
        return whole - max(share * whole, min(self.next_step.position.leading.margin, BACK_AT_REST * whole))

    def _come_to_rest(self, t_s: float) -> list[Event]:
        """The end of the last repetition: the first moment near the farthest point after it."""
        if not self.returning:
            return []
        self.returning = False
        least = self._gap_at_rest(BACK_AT_REST)
        still_s = min((t for t, gap in self._rest if gap >= least), default=t_s)
        return [RepReturned(still_s, self.side, self.number)]

    def _count_when_done(self, t_s: float, n: int) -> list[Event]:
        """With ``count: done`` a repetition counts as its last step is done, not on the return."""
        last = self.index == len(self.steps) - 1
        if self._count_on_return or self._counted or not last:
            return []
        if self.steps[self.index].hold_s and not (self.clock and self.clock.held_s >= self.clock.target_s):
            return []
        return [self._rep(t_s, n)]

    def _arrive(self, reading: Reading, n: int) -> list[Event]:
        """Enter the next step when it is met, or the first one when the attempt was given up."""
        if self._single and not (self.inside or self.clock):
            self.index, self.returning = -1, self._counted
            return self._come_to_rest(reading.t_s)
        if self._single:
            return []
        following = (self.index + 1) % len(self.steps)
        if self._met(following, reading):
            return self._leave_for(following, reading, n)
        if not (self._like_first[self.index] or self._like_first[following]) and self._met(0, reading):
            events = self._close_hold(reading.t_s) + self._turned_back(reading.t_s, self.next_step)
            return events + self._enter(0, reading)
        return []

    def _leave_for(self, following: int, reading: Reading, n: int) -> list[Event]:
        events = self._close_hold(reading.t_s)
        if self.index == 0 and self.inside:  # the next step may begin before the margin of the first one ends
            events += self._come_to_rest(reading.t_s)
            self.set_out_s = self._set_out()
        if following == 0:
            if not self._counted:
                events.append(self._rep(reading.t_s, n))
            self.returning = True
        return events + self._enter(following, reading)

    def _rep(self, t_s: float, n: int) -> RepDone:
        self._counted, self.number = True, n
        peak = {name: round(self._peak[step][1], 2) for step, name in self._peak_names.items() if step in self._peak}
        return RepDone(t_s, self.side, n, self.set_out_s, peak)

    def _met(self, index: int, reading: Reading) -> bool:
        """Whether a step is reached: met, and for longer than a wrong frame."""
        if self.steps[index].position.met(reading, self.side, False) is not True:
            if not self._like_first[index]:
                self._arrived_s = math.nan
            return False
        if self._like_first[index]:  # rest may be passed in no time
            return True
        if self._arrived_s != self._arrived_s:  # reached since the moment before: with few of them this decides
            self._arrived_s = reading.t_s - min(self._gap_s, DWELL_S) / 2
            return False
        return reading.t_s - self._arrived_s >= (HOLD_DWELL_S if self.steps[index].hold_s else DWELL_S) - 1e-6

    def _enter(self, index: int, reading: Reading) -> list[Event]:
        self.index, self.inside, self._seen_s = index, True, reading.t_s
        self._arrived_s = math.nan
        self._best_gaps, self._best_values = [], []
        step = self.steps[index]
        events: list[Event] = [StepReached(reading.t_s, self.side, step.id)]
        if index == 0:
            self._rest.clear()
            self._rest_gaps = []
            self._counted = False
            self.set_out_s = reading.t_s
            self._fresh_attempt()
        if step.hold_s:
            self.clock = self._new_clock(step)
            events += self.clock.update(reading.t_s, True, *self._pace(reading))
        return events

    def _fresh_attempt(self) -> None:
        self._peak.clear()
        self._fastest = 0.0
        self._best_gaps, self._best_values = [], []

    def _turned_back(self, t_s: float, step: CompiledStep) -> list[Event]:
        """A near miss, if the attempt went far enough to be one."""
        self.missed_from_s = self.set_out_s
        if not self._best_gaps or math.inf in self._best_gaps or (not self._rest_gaps and self.index == 0):
            return []  # nothing was attempted, or nobody saw how far it went
        whole = self._rest_gaps if self.index == 0 else [math.inf] * len(self._best_gaps)
        shares = [1.0 - best / rest if rest > 0 else 1.0 for best, rest in zip(self._best_gaps, whole, strict=True)]
        worst = max(range(len(shares)), key=lambda i: self._best_gaps[i])
        if min(shares) < ATTEMPT or self._best_gaps[worst] <= 0:
            return []
        best, short_by = round(self._best_values[worst], 2), round(self._best_gaps[worst], 2)
        return [RepMissed(t_s, self.side, step.id, str(step.position.targets[worst].ref), best, short_by)]
