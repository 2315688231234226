"""The faults of a clip judged again with other numbers, without walking through its steps again.

A fault changes nothing of what is counted or held, so that one walk serves all the numbers that a fault can have. It
may tell a little earlier, or later, that a repetition has come to rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from poise.core.body import Side
from poise.core.coach import Coach
from poise.core.compiled import CompiledFault, CompiledStep
from poise.core.events import Event, FaultSeen, RepReturned
from poise.core.faults import FaultWatch
from poise.core.measures import measures_of
from poise.core.reading import Reading
from poise.core.replay import Bodies
from poise.core.session import Session
from poise.core.spec import Fault, Spec
from poise.core.steps import Walker


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a walker stood at one moment: all that faults ask of one, in whose place it stands."""

    side: Side | None
    index: int
    inside: bool
    moving: bool
    returning: bool
    number: int
    steps: tuple[CompiledStep, ...]
    reading: Reading
    share: float

    def progress(self, _: Reading) -> float:
        """Share of the way to the next step."""
        return self.share

    def settle(self, t_s: float) -> list[Event]:
        """What is seen now is no part of the repetition before, if the first step is reached."""
        return [RepReturned(t_s, self.side, self.number)] if self.index == 0 and self.returning else []


class Walk:
    """What an exercise makes of a clip, kept moment by moment.

    Args:
        bodies: Those of the clip.
        spec: The exercise.
        blank: What is known of the source.
    """

    def __init__(self, bodies: Bodies, spec: Spec, blank: Session) -> None:
        self._bodies, self._spec, self._blank = bodies, spec, blank
        coach = _Noting(spec)
        self._moments: list[tuple[list[Event], list[Stand]]] = []
        for events in bodies.events(coach):
            self._moments.append((events, coach.stands))
            coach.stands = []

    def with_fault(self, fault: Fault) -> Session:
        """The session with one fault of the exercise replaced by another of the same name."""
        return self._bodies.told(self._blank, self._events(fault))

    def _events(self, fault: Fault) -> Iterator[list[Event]]:
        changed = self._spec.model_copy(update={"faults": [fault]})
        compiled = CompiledFault.compile_all(changed, measures_of(changed))
        watches: dict[Side | None, FaultWatch] = {}
        for events, stands in self._moments:
            now = [event for event in events if not (isinstance(event, FaultSeen) and event.fault == fault.id)]
            if not stands:
                for watch in watches.values():
                    watch.pause()
            for stand in stands:
                if stand.side not in watches:
                    watches[stand.side] = FaultWatch(compiled)
                now += watches[stand.side].watch(stand, stand.reading)
            yield now


class _Noting(Coach):
    """A coach that notes where its walkers stand, and has all measured that faults may ask for there."""

    def __init__(self, spec: Spec) -> None:
        super().__init__(spec)
        self.stands: list[Stand] = []

    def _advance(self, walker: Walker, watch: FaultWatch, reading: Reading) -> list[Event]:
        events = super()._advance(walker, watch, reading)
        share = walker.progress(reading) if walker.moving else 0.0
        stand = Stand(
            walker.side, walker.index, walker.inside, walker.moving, walker.returning, walker.number, walker.steps,
            reading, share,
        )  # fmt: skip
        for fault in self._faults:
            for target in fault.position.targets:  # now: the person's neutral moves on
                reading.values(target.ref, walker.side)
        self.stands.append(stand)
        return events
