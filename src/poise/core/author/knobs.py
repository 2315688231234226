"""The numbers of a spec that decide what counts, each of which can be turned: thresholds and times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from poise.core.findings import FieldPath
from poise.core.measures import measures_of
from poise.core.refs import MeasureRef
from poise.core.spec import Condition, Fault, Spec, Step

EDGES = ("between", "outside")


@dataclass(frozen=True, slots=True)
class Knob:
    """One number of a spec.

    Attributes:
        place: Where it stands in the file.
        name: As an author would call it: ``tilt: neck_tilt above``.
        value: What it is.
        unit: Its unit, ``s`` for a time.
        grain: The smallest change that means something: the noise of the measure, or a twentieth of a second.
    """

    place: FieldPath
    name: str
    value: float
    unit: str
    grain: float


def knobs(spec: Spec) -> list[Knob]:
    """Every threshold and time of the steps and faults, in the order of the file."""
    found: list[Knob] = []
    for index, step in enumerate(spec.steps):
        found += _thresholds(spec, ("steps", index), step)
        if spec.hold_s(step):
            found.append(Knob(("steps", index, "grace"), f"{step.id}: grace", step.grace, "s", 0.05))
    for index, fault in enumerate(spec.faults):
        found += _thresholds(spec, ("faults", index), fault)
        found.append(Knob(("faults", index, "for"), f"{fault.id}: for", fault.for_s, "s", 0.05))
    return found


def turned(spec: Spec, knob: Knob, value: float) -> Spec | None:
    """The spec with one number changed; None when the file would be refused with it."""
    data = spec.model_dump(by_alias=True, exclude_none=True)
    block: Any = data
    *way, last = knob.place
    for key in way:
        block[key] = list(block[key]) if isinstance(block[key], tuple) else block[key]
        block = block[key]
    block[last] = round(value, 3)
    try:
        return Spec.model_validate(data)
    except ValidationError:
        return None


def _thresholds(spec: Spec, place: FieldPath, block: Step | Fault) -> Iterator[Knob]:
    measures = measures_of(spec)
    for name, condition in block.where.items():
        ref = MeasureRef.parse(name)
        measure = measures[ref.name]
        per_second = " per s" if ref.transform == "speed" else ""
        grain = measure.noise * (5.0 if per_second else 1.0)
        for key, words, value in _numbers(condition):
            said = f"{block.id}: {name} {words}"
            yield Knob((*place, "where", name, *key), said, value, measure.unit + per_second, grain)


def _numbers(condition: Condition) -> Iterator[tuple[FieldPath, str, float]]:
    for word in ("above", "below"):
        value = getattr(condition, word)
        if value is not None:
            yield (word,), word, value
    for word in EDGES:
        pair = getattr(condition, word)
        if pair is not None:
            yield (word, 0), f"{word}, lower", pair[0]
            yield (word, 1), f"{word}, upper", pair[1]
