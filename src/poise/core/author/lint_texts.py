"""Advice on a spec's words, doses and names; what it asks of a body is in ``core.author.lint``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from poise.core.author.lint_rules import Advice
from poise.core.findings import FieldPath
from poise.core.refs import MeasureRef
from poise.core.spec import Fault, Spec, Step, measure_names

MOST_WORDS = 12  # as many as can be said in the four seconds that a slow step takes
SHORTEST_GUIDE = 60  # characters: less than a sentence on how to do it
LONGEST_SPEED_S = 0.5  # a movement is at its quickest for less
LONGEST_DOSE_S = 3600.0
_SIDE = re.compile(r"\b(left|right)\b", re.IGNORECASE)

Said = list[tuple[FieldPath, Step | Fault]]


def texts(spec: Spec) -> list[Advice]:
    """All advice on the words, doses and names of a spec."""
    said: Said = [
        *((("steps", index), step) for index, step in enumerate(spec.steps)),
        *((("faults", index), fault) for index, fault in enumerate(spec.faults)),
    ]
    return [*_first_step(spec), *_speeds(spec), *_doses(spec), *_sayings(spec, said), *_whole(spec), *_unused(spec)]


def _first_step(spec: Spec) -> Iterator[Advice]:
    if all(condition.if_seen for condition in spec.steps[0].where.values()):
        message = "all of it is met while nothing can be seen"
        yield Advice("nothing-seen", ("steps", 0, "where"), message, "take `if_seen` from one of its conditions")


def _speeds(spec: Spec) -> Iterator[Advice]:
    for index, fault in enumerate(spec.faults):
        fast = any(MeasureRef.parse(name).transform == "speed" for name in fault.where)
        if fast and fault.for_s > LONGEST_SPEED_S:
            message = f"a speed must last {fault.for_s:g} s"
            yield Advice("slow-speed", ("faults", index, "for"), message, "take 0.1 s")


def _doses(spec: Spec) -> Iterator[Advice]:
    dose, grow_to = spec.dose, spec.dose.grow_to
    if dose.hold and not any(step.hold for step in spec.steps) and spec.sees != "timer":
        message = f"the dose asks for {dose.hold:g} s, but no step is held"
        yield Advice("unused-hold", ("dose", "hold"), message, "say `hold: dose` in the step that is held")
    for name in ("reps", "hold", "sets") if grow_to else ():
        goal, start = getattr(grow_to, name), getattr(dose, name)
        if goal is not None and goal <= start:
            message = f"grows to {goal:g} from {start:g}"
            yield Advice("no-growth", ("dose", "grow_to", name), message, "take more than the dose itself")
    if spec.duration_s > LONGEST_DOSE_S:
        message = f"the whole dose takes {spec.duration_s / 60:.0f} minutes"
        yield Advice("long-dose", ("dose",), message, "look at sets, reps, hold and rest, and at their units")
    for index, step in enumerate(spec.steps):
        if 0 < spec.hold_s(step) <= step.grace:
            message = f"a lapse of {step.grace:g} s is forgiven in a hold of {spec.hold_s(step):g} s"
            yield Advice("long-grace", ("steps", index), message, "take a shorter `grace`")


def _sayings(spec: Spec, said: Said) -> Iterator[Advice]:
    seen: set[str] = set()
    for place, item in said:
        words = len(item.say.split())
        if words > MOST_WORDS:
            message = f"{words} words cannot be said within a step"
            yield Advice("long-words", (*place, "say"), message, f"take {MOST_WORDS} at most; the guide has room")
        if place[0] == "faults" and item.say in seen:
            message = "another correction has the same words"
            yield Advice("same-words", (*place, "say"), message, "say what is to be done about this one")
        if spec.sided and (side := _SIDE.search(item.say)):
            message = f"'{side[0]}' is wrong on the other side"
            yield Advice("side-words", (*place, "say"), message, "write {side} or {other}")
        seen.add(item.say)
    if spec.sides in ("each", "alternate") and not any("{" in step.say for step in spec.steps):
        message = "no step says which side is meant"
        yield Advice("side-unsaid", ("steps",), message, "write {side} or {other} where the words name a side")


def _whole(spec: Spec) -> Iterator[Advice]:
    if len(spec.guide) < SHORTEST_GUIDE:
        yield Advice("short-guide", ("guide",), "the guide does not tell a person how to do it", "write how to do it")
    if not spec.safety.stop_if and spec.kind not in ("posture", "timer"):
        message = "nobody is told when to stop"
        yield Advice("no-safety", ("safety",), message, "name under `safety: {stop_if: [...]}` what to stop at")


def _unused(spec: Spec) -> Iterator[Advice]:
    used = measure_names([*spec.steps, *spec.faults])
    for name in spec.measures:
        if name not in used:
            yield Advice("unused-measure", ("measures", name), "no step or fault uses this", "use it, or leave it out")
