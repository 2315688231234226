"""Steps and faults of a spec with their conditions ready to be asked."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from poise.core.body import Side
from poise.core.conditions import Position
from poise.core.measures.catalogue import Measure
from poise.core.spec import Fault, Spec, Step


@dataclass(frozen=True, slots=True)
class CompiledStep:
    """A step of the spec with its conditions ready to be asked."""

    id: str
    position: Position
    hold_s: float
    grace_s: float

    @classmethod
    def compile(cls, step: Step, spec: Spec, measures: Mapping[str, Measure], side: Side | None = None) -> CompiledStep:
        """From a step of the spec, as it is asked of this person on a side."""
        step = step.of(side)
        return cls(step.id, Position.compile(step.where, measures), spec.hold_s(step), step.grace)


def rest_caps(steps: tuple[CompiledStep, ...]) -> list[float]:
    """For each condition of the second step, the gap to it from the middle of the first step, where that has one.

    Rest is the middle of a first step such as "tilt between -9 and 9": beyond it, toward the other side, is not more
    at rest.
    """
    caps = []
    for target in steps[1].position.targets if len(steps) > 1 else ():
        middles = [(t.low + t.high) / 2 for t in steps[0].position.targets if t.ref == target.ref and not t.inverted]
        caps.append(target.gap_at(middles[0]) if middles and math.isfinite(middles[0]) else math.inf)
    return caps


@dataclass(frozen=True, slots=True)
class CompiledFault:
    """A fault of the spec with its conditions ready to be asked."""

    fault: Fault
    position: Position

    @classmethod
    def compile_all(cls, spec: Spec, measures: Mapping[str, Measure]) -> tuple[CompiledFault, ...]:
        """All faults of a spec."""
        return tuple(cls(fault, Position.compile(fault.where, measures)) for fault in spec.faults)
