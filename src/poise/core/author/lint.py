"""Advice on a spec that is valid but will disappoint: each rule with a reason and a way to mend it.

Clean specs stay silent, so that every line of advice is worth reading. ``poise.io.specs`` adds the lines of the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from poise.core.author.lint_rules import Advice
from poise.core.author.lint_texts import texts
from poise.core.author.reach import Interval, allowed, contains, gap, overlaps, reach_of
from poise.core.conditions import Target
from poise.core.findings import FieldPath
from poise.core.measures import Measure, measures_of
from poise.core.spec import Condition, Fault, Spec, Where


@dataclass(frozen=True, slots=True)
class _Line:
    """One line under ``where``: the values that meet it, among those that a body can reach."""

    field: FieldPath
    condition: Condition
    target: Target
    measure: Measure
    reach: Interval
    met: tuple[Interval, ...]

    @property
    def key(self) -> tuple[str, str, str]:
        """Equal for lines that speak of the same number: what both sides meet, the working one meets."""
        ref = self.target.ref
        return ref.name, ref.transform, "working" if ref.whose == "both" else ref.whose


def lint(spec: Spec) -> list[Advice]:
    """All advice on a spec without mistakes, in order of the rules."""
    return [*_judging(spec), *_personal(spec), *texts(spec)]


def _judging(spec: Spec) -> list[Advice]:
    """Advice on what is asked for in steps and faults."""
    measures = measures_of(spec)
    steps = [_lines(("steps", i, "where"), step.where, spec, measures) for i, step in enumerate(spec.steps)]
    faults = [_lines(("faults", i, "where"), fault.where, spec, measures) for i, fault in enumerate(spec.faults)]
    advice: list[Advice] = []
    for lines in steps:
        advice += [*_thresholds(lines), *_unseen(lines, spec)]
    for lines in faults:
        advice += [*_thresholds(lines), *_unseen_fault(lines, spec)]
    advice += _neighbours(spec, steps)
    for index, fault in enumerate(spec.faults):
        advice += _fault(spec, index, fault, steps, faults[index])
    return advice


def _personal(spec: Spec) -> Iterator[Advice]:
    """What would disappoint at the bounds of a personal target and not at its usual value, told at the bounds."""
    usual = {(advice.rule, advice.field) for advice in _judging(spec)}
    for index, step in enumerate(spec.steps):
        for name, bound in (("from", step.personal.from_), ("to", step.personal.to)) if step.personal else ():
            steps = [*spec.steps[:index], step.aimed_at(bound), *spec.steps[index + 1 :]]
            for advice in _judging(spec.model_copy(update={"steps": steps})):
                if (advice.rule, advice.field) not in usual:
                    field: FieldPath = ("steps", index, "personal", name)
                    yield Advice(advice.rule, field, f"with a target of {bound:g}, {advice.message}", advice.mend)


def _lines(field: FieldPath, where: Where, spec: Spec, measures: Mapping[str, Measure]) -> list[_Line]:
    lines = []
    for name, condition in where.items():
        target = Target.compile(name, condition, measures)
        reach = reach_of(target.ref, spec.measures.get(target.ref.name))
        met = allowed(target, reach)
        lines.append(_Line((*field, name), condition, target, measures[target.ref.name], reach, met))
    return lines


def _thresholds(lines: list[_Line]) -> Iterator[Advice]:
    for line in lines:
        low, high = line.reach
        if not line.met:
            message = f"no body reaches this: {line.target.ref} goes from {low:g} to {high:g} {line.measure.unit}"
            yield Advice("out-of-reach", line.field, message, "take a threshold well inside that range")
        elif line.met == (line.reach,):
            message = f"every body meets this always: {line.target.ref} goes from {low:g} to {high:g}"
            yield Advice("no-threshold", line.field, message, "take a threshold inside that range, or leave it out")
        margin = line.condition.margin
        if margin is not None and line.target.ref.transform == "value" and margin < line.measure.noise:
            message = f"the margin {margin:g} is below the noise of a still person, {line.measure.noise:g}"
            mend = f"leave it out to get the usual {line.measure.margin:g}"
            yield Advice("thin-margin", (*line.field, "margin"), message, mend)


def _unseen(lines: list[_Line], spec: Spec) -> Iterator[Advice]:
    """A step must be judged from every view that the spec allows, with the parts that it asks for."""
    yield from _far_arm(lines, spec)
    for line in lines:
        if line.condition.if_seen:
            continue
        blind = [view for view in spec.camera.views if view not in line.measure.views]
        if blind:
            message = f"{line.measure.name} cannot be seen from {' or '.join(blind)}"
            mend = f"take camera.view from {', '.join(line.measure.views)}, or say `if_seen: true`"
            yield Advice("unseen-view", line.field, message, mend)
        hidden = [part for part in line.measure.needs if part not in spec.camera.sees]
        if hidden:
            message = f"{line.measure.name} needs the {' and '.join(hidden)} in the picture"
            yield Advice("unseen-part", line.field, message, f"add {', '.join(hidden)} to camera.sees")


def _unseen_fault(lines: list[_Line], spec: Spec) -> Iterator[Advice]:
    """A fault may be out of sight in some of the views, but not in all."""
    yield from _far_arm(lines, spec)
    for line in lines:
        if not set(spec.camera.views) & set(line.measure.views):
            message = f"{line.measure.name} cannot be seen from {' or '.join(spec.camera.views)}"
            yield Advice("unseen-view", line.field, message, "take another measure, or leave the fault out")


def _far_arm(lines: list[_Line], spec: Spec) -> Iterator[Advice]:
    """Seen from the side the trunk hides the far arm: what asks for both arms is never known."""
    for line in lines:
        ref, views = line.target.ref, set(spec.camera.views) & set(line.measure.views)
        both = ref.whose in ("other", "both") or ref.transform == "difference"
        if both and views == {"side"} and "elbows" in line.measure.needs and not line.condition.if_seen:
            message = f"from the side only the near arm is seen, and {ref} asks for the other one too"
            yield Advice("far-arm", line.field, message, f"ask for {ref.name} alone, or say `if_seen: true`")


def _neighbours(spec: Spec, steps: list[list[_Line]]) -> Iterator[Advice]:
    """Two steps in a row must be two positions, and farther apart than a measure wobbles."""
    for index in range(1, len(steps)):
        pairs = _shared(steps[index - 1], steps[index])
        before, after = spec.steps[index - 1].id, spec.steps[index].id
        margins = [gap(a.met, b.met) / max(a.target.margin, b.target.margin) for a, b in pairs]
        if all(overlaps(a.met, b.met) for a, b in pairs):
            message = f"one position can be '{before}' and '{after}' at once, so that standing still counts"
            yield Advice("overlap", ("steps", index, "where"), message, "keep one measure's thresholds apart")
        elif sum(margins) < 1:
            message = f"'{before}' and '{after}' are less apart than the measure wobbles"
            apart = max(line.target.margin for line in pairs[0])
            mend = f"move the thresholds of {pairs[0][0].target.ref} apart by {apart:g} or more"
            yield Advice("too-close", ("steps", index, "where"), message, mend)


def _shared(some: list[_Line], others: list[_Line]) -> list[tuple[_Line, _Line]]:
    return [(a, b) for a in some for b in others if a.key == b.key]


def _fault(spec: Spec, index: int, fault: Fault, steps: list[list[_Line]], lines: list[_Line]) -> Iterator[Advice]:
    """A fault that its step excludes never fires; one that its step implies always does."""
    during = next((i for i, step in enumerate(spec.steps) if step.id == fault.during), None)
    if during is None:
        return
    field: FieldPath = ("faults", index, "where")
    pairs = _shared(steps[during], lines)
    for step_line, line in pairs:
        wide = allowed(step_line.target, step_line.reach, slack=step_line.target.margin)
        if line.met and not overlaps(wide, line.met):
            message = f"this can never be while '{fault.during}' holds"
            yield Advice("fault-never", line.field, message, "judge it in another step or in the whole `rep`")
    if len({line.key for _, line in pairs}) == len(lines) and all(contains(b.met, a.met) for a, b in pairs):
        message = f"this is always so while '{fault.during}' holds"
        yield Advice("fault-always", field, message, "take a threshold that a good repetition does not meet")
    hold_s = spec.hold_s(spec.steps[during])
    if 0 < hold_s < fault.for_s:
        message = f"the fault must last {fault.for_s:g} s, but '{fault.during}' is held for {hold_s:g} s"
        yield Advice("fault-too-slow", ("faults", index, "for"), message, f"take less than {hold_s:g} s")
