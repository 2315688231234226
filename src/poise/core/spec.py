"""The exercise file as data: names, numbers, units and words, and nothing that could be executed.

Each class is one block of the file; the JSON Schema for editors is generated from here. Reading a file (with line and
column in every error) is ``poise.io.specs``; advice beyond right or wrong is ``poise.core.author.lint``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from poise.core.body import Side
from poise.core.parts import BodyPart

View = Literal["front", "oblique", "side", "back"]
Sides = Literal["each", "alternate", "any", "both"]
Position = Literal["seated", "standing", "floor", "all-fours", "lying", "hanging", "any"]
Severity = Literal["tip", "fix", "stop"]

MOVE_S = 2.0  # an unhurried movement from one step to the next
MEASURE_PATTERN = r"^[a-z][a-z0-9_.]*$"
_DURATION = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*(s|sec|min)?\s*$")


def parse_seconds(value: Any) -> Any:
    """ "15 s", "2 min" or a plain number as seconds; anything else is left for pydantic to refuse."""
    if isinstance(value, str):
        match = _DURATION.match(value)
        if not match:
            raise ValueError('a duration such as "15 s" or "2 min" is expected')
        return float(match[1]) * (60 if match[2] == "min" else 1)
    return value


Seconds = Annotated[
    float,
    BeforeValidator(
        parse_seconds,
        json_schema_input_type=Annotated[float, Field(ge=0, le=3600)]
        | Annotated[str, StringConstraints(pattern=_DURATION.pattern)],
    ),
    Field(ge=0, le=3600),
]
ID_PATTERN = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")
Identifier = Annotated[str, StringConstraints(pattern=ID_PATTERN.pattern, max_length=60)]
OwnName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
MeasureName = Annotated[str, StringConstraints(pattern=MEASURE_PATTERN, max_length=80)]
Version = Annotated[int, Field(ge=1)] | Annotated[str, StringConstraints(min_length=1, max_length=40)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]
Number = Annotated[float, Field(ge=-1e4, le=1e4, allow_inf_nan=False)]


class Block(BaseModel):
    """Base of all blocks: unknown keys are errors, values never change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Condition(Block):
    """What one measure must be: exactly one of above, below, between, outside. Units belong to the measure."""

    above: Number | None = Field(default=None, description="Met above this number.")
    below: Number | None = Field(default=None, description="Met below this number.")
    between: tuple[Number, Number] | None = Field(default=None, description="Met between these two.")
    outside: tuple[Number, Number] | None = Field(default=None, description="Met below the first or above the second.")
    margin: Annotated[float, Field(gt=0, le=1000)] | None = Field(
        default=None, description="How far back the measure must go before the condition counts as left (hysteresis)."
    )

    if_seen: bool = Field(default=False, description="While the measure cannot be seen, take it as met.")

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        given = [name for name in ("above", "below", "between", "outside") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError("exactly one of above, below, between, outside is expected")
        for low_high in (self.between, self.outside):
            if low_high and low_high[0] >= low_high[1]:
                raise ValueError("the smaller number first is expected")
        return self


Where = Annotated[dict[MeasureName, Condition], Field(min_length=1, max_length=12)]


class Personal(Block):
    """Fits a step's target to the person: 80 % of the range reached without pain, within these bounds.

    Both bounds are in the unit of the step's first condition, and lie on the same side of its zero, which is rest.
    """

    from_: Number = Field(alias="from", description="The nearest target that can still be told from rest.")
    to: Number = Field(description="The farthest target that is asked of anybody.")
    left: Number | None = Field(default=None, description="The person's own target on the left; `poise calibrate`.")
    right: Number | None = Field(default=None, description="The same on the right.")
    both: Number | None = Field(default=None, description="The same where the two sides work together.")

    def target(self, side: Side | None) -> float | None:
        """The person's own target on a side; None where the exercise's own serves."""
        return getattr(self, side or "both")  # type: ignore[no-any-return]


class Step(Block):
    """One position that a repetition walks through."""

    id: Identifier = Field(description="Its name in faults and reports.")
    say: Words = Field(description="Next step in words; {side} and {other} are filled in.")
    where: Where = Field(description="All conditions must hold.")
    hold: Literal["dose"] | Seconds | None = Field(
        default=None, description="Seconds that the position is held; 'dose' takes dose.hold."
    )
    grace: Seconds = Field(default=1.0, description="A lapse shorter than this pauses the hold; a longer one ends it.")
    personal: Personal | None = Field(
        default=None, description="How far the target of the first condition may be fitted to the person."
    )

    @property
    def target(self) -> float | None:
        """The threshold of the first condition, where that is one of above or below."""
        first = next(iter(self.where.values()))
        return first.below if first.above is None else first.above

    def aimed_at(self, target: float) -> Step:
        """The same step with another threshold in its first condition."""
        (name, first), *_ = self.where.items()
        key = "below" if first.above is None else "above"
        return self.model_copy(update={"where": {**self.where, name: first.model_copy(update={key: target})}})

    def of(self, side: Side | None) -> Step:
        """The step as it is asked of this person on a side."""
        own = self.personal.target(side) if self.personal else None
        return self if own is None else self.aimed_at(own)


class Fault(Block):
    """Something worth correcting, with words that say what to do."""

    id: Identifier = Field(description="Its name in reports and sidecars.")
    during: Identifier = Field(default="rep", description="A step's id, or 'rep' for the whole repetition.")
    where: Where = Field(description="Measures and their conditions, all of which must hold.")
    for_s: Seconds = Field(
        default=0.3,
        alias="for",
        description="How long the condition must be seen; away from the step's position the clock stands still.",
    )
    say: Words = Field(description="What to do about it; {side} and {other} are filled in.")
    severity: Severity = Field(default="fix", description="A tip, something to fix, or a reason to stop.")


class GrowTo(Block):
    """Where the dose goes as the exercise becomes easy."""

    reps: Annotated[int, Field(ge=1, le=100)] | None = Field(default=None, description="Repetitions in the end.")
    hold: Seconds | None = Field(default=None, description="Seconds held in the end.")
    sets: Annotated[int, Field(ge=1, le=20)] | None = Field(default=None, description="Sets in the end.")


class Dose(Block):
    """How much: repetitions are per side where the exercise has sides."""

    sets: Annotated[int, Field(ge=1, le=20)] = Field(default=1, description="How many sets.")
    reps: Annotated[int, Field(ge=1, le=100)] = Field(default=5, description="Repetitions in a set.")
    hold: Seconds = Field(default=0.0, description="How long a step with `hold: dose` is held.")
    rest: Seconds = Field(default=0.0, description="The pause between sets, and between sides.")
    grow_to: GrowTo | None = Field(default=None, description="Where the dose goes as it becomes easy.")


class Camera(Block):
    """Where the camera must be and what it must see."""

    view: View | Annotated[list[View], Field(min_length=1)] = Field(description="From where it is seen, best first.")
    sees: Annotated[list[BodyPart], Field(min_length=1)] = Field(description="What must be in the picture.")
    advice: Words | None = Field(default=None, description="Where to put the camera, in words.")

    @property
    def views(self) -> tuple[View, ...]:
        """The views in which the exercise can be judged, best first."""
        return (self.view,) if isinstance(self.view, str) else tuple(self.view)


class OwnMeasure(Block):
    """A measure of the spec's own, without code: exactly one of angle, incline, distance."""

    angle: tuple[str, str, str] | None = Field(default=None, description="Bend at the middle landmark: 0 is straight.")
    incline: tuple[str, str] | None = Field(default=None, description="Angle of the line against the vertical.")
    distance: tuple[str, str] | None = Field(default=None, description="Distance, as % of `per`.")
    per: Literal["shoulder_width", "torso_length"] = Field(default="torso_length", description="What 100 % is.")
    view: View | Annotated[list[View], Field(min_length=1)] = Field(default="front", description="From where it holds.")

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if sum(value is not None for value in (self.angle, self.incline, self.distance)) != 1:
            raise ValueError("exactly one of angle, incline, distance is expected")
        return self


class Safety(Block):
    """When to stop, and who should not do this."""

    stop_if: list[Words] = Field(default=[], description="What to stop at.")
    avoid_if: list[Words] = Field(default=[], description="Who should leave it out.")


class Spec(Block):
    """One exercise. What must agree between its blocks is in ``core.checks``."""

    poise: Literal[1] = Field(description="Format version.")
    id: Identifier = Field(description="Its name on the command line, and that of its file.")
    version: Version | None = Field(default=None, description="Yours to raise when what counts changes.")
    name: Words = Field(description="As people call it.")
    kind: Literal["stretch", "mobility", "strength", "posture", "timer"] = Field(description="What it is for.")
    muscles: list[Words] = Field(default=[], description="What it stretches or strengthens.")
    position: Position = Field(description="How one is placed; `poise list --can` goes by it.")
    equipment: list[Words] = Field(default=[], description="What is needed.")
    camera: Camera = Field(description="Where the camera must be.")
    sees: Literal["full", "part", "timer"] = Field(description="What one camera can judge.")
    sees_note: Words | None = Field(default=None, description="What it cannot, in words; needed unless 'full'.")
    sides: Sides = Field(default="both", description="Each side in turn, alternating, any, or both together.")
    count: Literal["return", "done"] = Field(
        default="return", description="A repetition counts on the return to the first step, or as the last is done."
    )
    dose: Dose = Field(default=Dose(), description="How much.")
    measures: dict[OwnName, OwnMeasure] = Field(default={}, description="Measures of its own, from landmarks.")
    steps: Annotated[list[Step], Field(min_length=1, max_length=12, description="A repetition walks through these.")]
    faults: Annotated[list[Fault], Field(max_length=20, description="What is corrected.")] = []
    safety: Safety = Field(default=Safety(), description="When to stop.")
    guide: Words = Field(description="How it is done, for somebody who reads it once.")
    source: Words | None = Field(default=None, description="Where it comes from.")

    @property
    def sided(self) -> bool:
        """Whether left and right are counted apart."""
        return self.sides != "both"

    @property
    def needs_outline(self) -> bool:
        """Whether it asks for the silhouette, which costs a third more time."""
        return bool(measure_names([*self.steps, *self.faults]) & {"back_round", "back_depth"})

    @property
    def away(self) -> bool:
        """Whether to be out of the picture is part of it, as in a break."""
        return "in_view" in measure_names(self.steps)

    def hold_s(self, step: Step) -> float:
        """Seconds that a step is to be held; 0 when it is not."""
        return self.dose.hold if step.hold == "dose" else step.hold or 0.0

    @property
    def duration_s(self) -> float:
        """About how long the whole dose takes: holds, rests, and two seconds for each way from step to step."""
        once_s = sum(self.hold_s(step) for step in self.steps) + MOVE_S * len(self.steps)
        sides = 2 if self.sides in ("each", "alternate") else 1
        sets = self.dose.sets * sides * self.dose.reps * once_s
        return sets + self.dose.rest * (self.dose.sets * sides - 1)

    def in_words(self, translate: Callable[[str], str]) -> Spec:
        """The same exercise with every sentence that a person reads or hears put through ``translate``."""
        camera, safety = self.camera, self.safety
        changes = {
            "name": translate(self.name),
            "guide": translate(self.guide),
            "sees_note": self.sees_note and translate(self.sees_note),
            "muscles": [translate(one) for one in self.muscles],
            "equipment": [translate(one) for one in self.equipment],
            "camera": camera.model_copy(update={"advice": camera.advice and translate(camera.advice)}),
            "steps": [step.model_copy(update={"say": translate(step.say)}) for step in self.steps],
            "faults": [fault.model_copy(update={"say": translate(fault.say)}) for fault in self.faults],
            "safety": Safety(
                stop_if=[translate(one) for one in safety.stop_if],
                avoid_if=[translate(one) for one in safety.avoid_if],
            ),
        }
        return self.model_copy(update=changes)

    def with_dose(self, **changes: float | None) -> Spec:
        """The same exercise with another dose, such as ``with_dose(hold=10, reps=5)``; None leaves it as it is."""
        given = {name: value for name, value in changes.items() if value is not None}
        return self.model_copy(update={"dose": self.dose.model_copy(update=given)})


def measure_names(blocks: Iterable[Step | Fault]) -> set[str]:
    """Names of the measures that steps or faults ask for, without prefixes."""
    return {name.split(".")[-1] for block in blocks for name in block.where}


class DoseOverride(Block):
    """What differs from the exercise's own dose, in a sample clip or in a routine."""

    sets: Annotated[int, Field(ge=1, le=20)] | None = Field(default=None, description="How many sets.")
    reps: Annotated[int, Field(ge=1, le=100)] | None = Field(default=None, description="Repetitions in a set.")
    hold: Seconds | None = Field(default=None, description="How long `hold: dose` is.")
    rest: Seconds | None = Field(default=None, description="The pause between sets, and between sides.")

    def applied_to(self, spec: Spec) -> Spec:
        """The exercise with this dose."""
        return spec.with_dose(**self.model_dump(exclude_none=True, include=set(DoseOverride.model_fields)))
