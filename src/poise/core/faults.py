"""How a fault is noticed: its conditions hold for its time, during its step, once for each repetition."""

from __future__ import annotations

import math
from typing import Protocol

from poise.core.body import Side
from poise.core.compiled import CompiledFault, CompiledStep
from poise.core.events import Event, FaultSeen, HoldDone
from poise.core.reading import SPEED_WINDOW_S, Reading
from poise.core.words import ENGLISH, Words

HOLD_SHORT = "hold-short"
SHORT_HOLD_S = 3.0  # a shorter one is told to a tenth of a second
HELD_ENOUGH = 0.8  # of the time asked for
AGAIN_S = 8.0  # mended for so long, a fault that comes back in the same repetition is told again


class Stands(Protocol):
    """All that faults ask of a walker; one that is judged again has noted it."""

    @property
    def side(self) -> Side | None:
        """The working side."""

    @property
    def steps(self) -> tuple[CompiledStep, ...]:
        """Those of the exercise."""

    @property
    def index(self) -> int:
        """The step that it has reached, from 0; -1 before the first."""

    @property
    def inside(self) -> bool:
        """Whether that step's position is met."""

    @property
    def moving(self) -> bool:
        """Whether a repetition is under way."""

    @property
    def returning(self) -> bool:
        """Whether one has been counted and is not at rest yet."""

    def progress(self, reading: Reading, /) -> float:
        """Share of the way to the next step, 0 to 1."""

    def settle(self, t_s: float) -> list[Event]:
        """What is seen now is no part of the repetition before, if the first step is reached."""


class FaultWatch:
    """Watches one walker for all faults of the spec.

    Args:
        faults: What to watch for.
        words: The person's language.
    """

    def __init__(self, faults: tuple[CompiledFault, ...], words: Words = ENGLISH) -> None:
        self._words = words
        self._during: dict[str, list[CompiledFault]] = {}  # by step, or "rep"
        for compiled in faults:
            self._during.setdefault(compiled.fault.during, []).append(compiled)
        self._lasted_s: dict[str, float] = {}  # how long each was seen, of those that are under way
        self._seen: set[str] = set()
        self._mended_s: dict[str, float] = {}  # since when a fault that was told is gone
        self._moving = False
        self._moved_s = -math.inf  # when a repetition was last under way
        self._t_s = math.inf  # of the moment before

    def watch(self, walker: Stands, reading: Reading) -> list[Event]:
        """Faults that have just lasted long enough, and the end of a repetition that they are no part of."""
        if walker.moving and not self._moving:
            self._seen.clear()
            self._mended_s.clear()
        self._moving = walker.moving
        trailing, due = self._trailing(walker, reading.t_s), self._due(walker, reading)
        self._interrupt(walker, reading, {compiled.fault.id for compiled in (*trailing, *due)})
        passed_s, self._t_s = max(0.0, reading.t_s - self._t_s), reading.t_s
        late = [event for one in trailing for event in self._watch_one(one, walker.side, reading, passed_s)]
        found = [event for one in due for event in self._watch_one(one, walker.side, reading, passed_s)]
        # What is seen in the first step is no part of the repetition before.
        return late + (walker.settle(reading.t_s) + found if found else [])

    def pause(self) -> None:
        """Nobody can be judged now: until the next moment no time passes."""
        self._t_s = math.inf

    def _interrupt(self, walker: Stands, reading: Reading, due: set[str]) -> None:
        """Away from its position a fault's clock stands still while the fault lasts: it may have led out of it."""
        step = walker.steps[walker.index].id if walker.index >= 0 else ""
        for compiled in self._during.get(step, ()):
            if compiled.fault.id in self._lasted_s and compiled.position.met(reading, walker.side, True) is not False:
                due.add(compiled.fault.id)
        for gone in self._lasted_s.keys() - due:
            del self._lasted_s[gone]

    def _trailing(self, walker: Stands, t_s: float) -> list[CompiledFault]:
        """Haste of a repetition that has just been counted: a speed is known only when its moment is over."""
        if walker.moving or not walker.returning or t_s - self._moved_s >= SPEED_WINDOW_S:
            return []
        faults = self._during.get("rep", ())
        return [one for one in faults if any(target.ref.transform == "speed" for target in one.position.targets)]

    def _due(self, walker: Stands, reading: Reading) -> list[CompiledFault]:
        due: list[CompiledFault] = []
        # A side that is only moved along by the other one's repetition makes no progress of its own.
        if walker.moving and (walker.index > 0 or walker.progress(reading) > 0.0):
            self._moved_s = reading.t_s
            due += self._during.get("rep", ())
        if walker.index >= 0 and walker.inside:
            due += self._during.get(walker.steps[walker.index].id, ())
        return due

    def _watch_one(self, compiled: CompiledFault, side: Side | None, reading: Reading, passed_s: float) -> list[Event]:
        fault, t_s = compiled.fault, reading.t_s
        if fault.id in self._seen:
            self._forget_mended(compiled, side, reading)
            return []
        met = compiled.position.met(reading, side, fault.id in self._lasted_s)
        if not met:
            if met is False:  # while it cannot be seen its clock stands still
                self._lasted_s.pop(fault.id, None)
            return []
        lasted_s = self._lasted_s[fault.id] = self._lasted_s.get(fault.id, -passed_s) + passed_s
        if lasted_s >= fault.for_s - 1e-6:
            self._seen.add(fault.id)
            del self._lasted_s[fault.id]
            return [FaultSeen(t_s, side, fault.id, fault.severity, self._words.with_side(fault.say, side))]
        return []

    def _forget_mended(self, compiled: CompiledFault, side: Side | None, reading: Reading) -> None:
        """After a while without a fault that was told, it may be told again."""
        name = compiled.fault.id
        if compiled.position.met(reading, side, True) is not False:
            self._mended_s.pop(name, None)
        elif reading.t_s - self._mended_s.setdefault(name, reading.t_s) >= AGAIN_S:
            self._seen.discard(name)
            del self._mended_s[name]

    def short_hold(self, hold: HoldDone) -> list[Event]:
        """The fault that every hold can have: it was cut short."""
        if hold.held_s >= HELD_ENOUGH * hold.target_s:
            return []
        digits = 0 if hold.target_s >= SHORT_HOLD_S else 1
        held, target = f"{hold.held_s:.{digits}f}", f"{hold.target_s:.{digits}f}"
        say = self._words("Hold longer: {held} of {target} seconds", held=held, target=target)
        return [FaultSeen(hold.t_s, hold.side, HOLD_SHORT, "tip", say)]
