"""The sidecar of a sample clip as data: which exercise the clip shows, and what a coach must find in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from poise.core.faults import HOLD_SHORT
from poise.core.findings import FieldPath, Finding, quoted
from poise.core.spec import Block, DoseOverride, Identifier, Seconds, Spec, Words
from poise.core.suggestions import did_you_mean

NO_EXERCISE = "none"

RepetitionNumber = Annotated[int, Field(ge=1, le=1000)]
Count = Annotated[int, Field(ge=0, le=1000)]


class Reps(Block):
    """Repetitions of each side, or in total."""

    left: Count | None = None
    right: Count | None = None
    total: Count | None = None

    @model_validator(mode="after")
    def _sides_or_total(self) -> Self:
        if [self.left is None, self.right is None, self.total is None] not in (
            [False, False, True],
            [True, True, False],
        ):
            raise ValueError("either left and right, or total is expected")
        return self

    @property
    def count(self) -> int:
        """Repetitions of both sides together."""
        return (self.left or 0) + (self.right or 0) + (self.total or 0)


class Holds(Block):
    """How long every repetition is held."""

    seconds: Seconds
    within: Seconds = Field(default=0.5, description="How far, in seconds, the measured time may be off.")


class Expect(Block):
    """What must be found in the clip; what is left out is not checked, but faults that are not named must not occur."""

    reps: Reps | None = None
    holds: Holds | None = None
    faults: Literal["any"] | dict[Identifier, list[RepetitionNumber]] = Field(
        default={}, description="Repetitions that show each fault, counted from 1 in order of time over both sides."
    )
    may: dict[Identifier, list[RepetitionNumber]] = Field(
        default={}, description="Repetitions that show a fault so slightly that it may be reported or not."
    )
    near_misses: Count | None = Field(default=None, description="Attempts that turn back before their target.")
    at: list[tuple[Seconds, Seconds]] | None = Field(
        default=None, description="Start and end of each repetition in seconds."
    )
    at_within: Seconds = Field(default=0.3, description="How far, in seconds, a start or end may be off.")


class Sidecar(Block):
    """What one clip shows. ``spec: none`` says that nobody exercises: every spec must count nothing."""

    spec: Identifier = Field(description="Id of the exercise, or 'none'.")
    made_by: Words = Field(description="'studio', or where the footage comes from, with its licence.")
    set: Literal["tune", "check"] | None = Field(
        default=None, description="Whether thresholds may be tuned on the clip, or only checked."
    )
    known: Words | None = Field(
        default=None, description="What of it is not found yet, and why: the clip is expected to fail."
    )
    dose: DoseOverride = DoseOverride()
    expect: Expect

    @property
    def negative(self) -> bool:
        """Whether nobody exercises in the clip."""
        return self.spec == NO_EXERCISE

    def applied_to(self, spec: Spec) -> Spec:
        """The exercise with the dose of this clip."""
        return self.dose.applied_to(spec)


def contradictions(data: Any) -> list[Finding]:
    """What in a sidecar contradicts itself.

    Args:
        data: A sidecar as plain data, of any shape; what has the wrong shape is left to the model.
    """
    expect = data.get("expect") if isinstance(data, dict) else None
    if not isinstance(expect, dict):
        return []
    total = _total(expect.get("reps"))
    findings = [*_intervals(expect.get("at"), total)]
    for field in ("faults", "may"):
        findings += _fault_numbers(field, expect.get(field), total)
    if data.get("spec") == NO_EXERCISE and total != 0:
        findings.append(Finding(("expect", "reps"), "a clip with `spec: none` is expected to have `reps: {total: 0}`"))
    return findings


def disagreements(sidecar: Sidecar, spec: Spec) -> list[Finding]:
    """What a sidecar says that its exercise does not have: faults, holds, sides."""
    findings = []
    applied = sidecar.applied_to(spec)
    held = any(applied.hold_s(step) for step in applied.steps)
    known = [fault.id for fault in spec.faults] + [HOLD_SHORT] * held
    for field, named in (("faults", sidecar.expect.faults), ("may", sidecar.expect.may)):
        for name in named if isinstance(named, dict) else ():
            if name not in known:
                message = f"found {quoted(name)}, expected a fault of {spec.id}{did_you_mean(name, known)}"
                findings.append(Finding(("expect", field, name), message, on_key=True))
    if sidecar.expect.holds and not held:
        findings.append(Finding(("expect", "holds"), f"found holds, but {spec.id} has none", on_key=True))
    reps = sidecar.expect.reps
    if reps and reps.total is None and not spec.sided:
        message = f"{spec.id} has no sides, expected {{total: {reps.count}}}"
        findings.append(Finding(("expect", "reps"), message))
    return findings


def _total(reps: Any) -> int | None:
    counts = list(reps.values()) if isinstance(reps, dict) else []
    return sum(counts) if counts and all(type(count) is int for count in counts) else None


def _intervals(at: Any, total: int | None) -> Iterator[Finding]:
    """Intervals must follow each other in time, one for each repetition."""
    place: FieldPath = ("expect", "at")
    if not isinstance(at, list):
        return
    if total is not None and len(at) != total:
        yield Finding(place, f"found {len(at)} intervals, expected one for each of the {total} repetitions", True)
    last_end = 0.0
    for index, interval in enumerate(at):
        if not (isinstance(interval, list) and [type(t) in (int, float) for t in interval] == [True, True]):
            continue
        start, end = interval
        if not last_end <= start < end:
            message = f"found {start:g} to {end:g} s, expected an interval after {last_end:g} s, start before end"
            yield Finding((*place, index), message)
        last_end = max(last_end, end)


def _fault_numbers(field: str, faults: Any, total: int | None) -> Iterator[Finding]:
    for name, numbers in faults.items() if isinstance(faults, dict) else ():
        for index, number in enumerate(numbers if isinstance(numbers, list) else ()):
            if type(number) is int and total is not None and number > total:
                message = f"found repetition {number}, expected 1 to {total}"
                yield Finding(("expect", field, name, index), message)
