"""Motion files: who does what, where, and how it is filmed, in YAML.

    spec: upper-trapezius-stretch
    set: tune
    seed: 7
    who: mara
    room: study
    light: day
    camera: {distance: 0.9, height: 1.15, aim: 1.1, side: 0}
    stance: seated
    dose: {hold: 5 s}
    moves:
      tilt:
        - {pose: {neck_tilt: 33}, over: 1.2, stay: 4.6}
        - {pose: rest, over: 1.2, stay: 0.8}
    script:
      - {wait: 1.5}
      - {rep: tilt, side: left, times: 3}
      - {rep: tilt, side: right, also: {other.shoulder_raise: 20}, fault: shrug, strength: strong}

Times are seconds (a number, or text such as ``5 s``). A ``rep`` counts as a repetition, a ``do`` as nothing; a
``rep`` with ``miss: true`` is an attempt that must not be counted.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from studio.camera import Camera
from studio.held import HandName, HeldName
from studio.words import MotionError, Side

Strength = Literal["slight", "clear", "strong"]
StanceName = Literal[
    "standing", "seated", "all-fours", "supine", "on-roller", "prone", "support", "knee-support", "forearm-support",
    "hips-high", "side-support",
]  # fmt: skip


def _seconds(value: object) -> object:
    """``5 s`` as 5.0; anything else is left to the validator."""
    return value.removesuffix("s").strip() if isinstance(value, str) else value


Seconds = Annotated[float, BeforeValidator(_seconds), Field(ge=0)]


class Strict(BaseModel):
    """Unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Key(Strict):
    """One key pose: reached over some seconds, then kept for some.

    Attributes:
        pose: Words and values, or ``rest``.
        over: Seconds in which it is reached.
        stay: Seconds for which it is kept.
    """

    pose: dict[str, float] | Literal["rest"]
    over: Seconds
    stay: Seconds = 0.0


class Step(Strict):
    """One line of the script: wait, do a move, or do a move that is a repetition.

    Attributes:
        wait: Seconds at rest.
        rep: Name of the move that is a repetition.
        do: Name of a move that is none.
        side: The working side.
        times: How often.
        share: How much of the way from rest to each key pose is gone.
        tempo: How much faster than written.
        also: Words laid over every key pose but rest.
        strength: How strong ``also`` is: slight 0.6, clear 1, strong 1.5 times what is written.
        fault: Identifiers of the faults that the repetition shows.
        miss: Whether the attempt falls short and must not be counted.
    """

    wait: Seconds | None = None
    rep: str | None = None
    do: str | None = None
    side: Side | None = None
    times: int = 1
    share: float = 1.0
    tempo: float = 1.0
    also: dict[str, float] = {}
    strength: Strength = "clear"
    fault: str | tuple[str, ...] = ()
    miss: bool = False

    @model_validator(mode="after")
    def _one_of(self) -> Step:
        if sum(value is not None for value in (self.wait, self.rep, self.do)) != 1:
            raise ValueError("a step needs exactly one of wait, rep and do")
        return self

    @property
    def faults(self) -> tuple[str, ...]:
        """Identifiers of the faults."""
        return (self.fault,) if isinstance(self.fault, str) else self.fault


class CameraPlan(Strict):
    """Where the camera stands.

    Attributes:
        distance: Metres from the person, level with the floor.
        height: Metres above the floor.
        aim: Height of the point in the middle of the picture, where the person is.
        turn: Degrees by which the person is turned: 0 front, 90 shows the left side, -90 the right.
        side: Metres by which the person stands to the side of the middle.
        size: Width and height in pixels.
        fps: Pictures per second.
        field: Horizontal field of view, degrees.
    """

    distance: float
    height: float
    aim: float
    turn: float = 0.0
    side: float = 0.0
    size: tuple[int, int] = (640, 480)
    fps: int = 30
    field: float = 66.0

    @property
    def camera(self) -> Camera:
        """The camera; the person stands at the origin."""
        return Camera(
            eye=(-self.side, self.height, self.distance),
            target=(-self.side, self.aim, 0.0),
            size_px=self.size,
            field_deg=self.field,
        )


class Dose(Strict):
    """What the sidecar overrides of the spec's dose."""

    hold: Seconds | None = None
    reps: int | None = None


class Motion(Strict):
    """A motion file; see the head of this module.

    Attributes:
        spec: Identifier of the exercise, or None for a negative clip, in which nothing may be counted.
        set: Whether thresholds may be tuned on the clip, or it is kept back to check them.
        known: What of it the coach is known not to find, and why; goes into the sidecar.
        held: What the left, the right or both hands hold.
        rest: Words laid over the stance's own resting pose.
        times_within: How close the coach's times of repetitions must come, in seconds; None where the exercise has no
            one moment at which a repetition begins.
        lively: Strength of sway, breathing and drift of tempo; 0 is a machine.
    """

    spec: str | None
    set: Literal["tune", "check"]
    known: str | None = None
    seed: int
    who: str
    room: str
    light: str = "day"
    camera: CameraPlan
    stance: StanceName
    dose: Dose = Dose()
    rest: dict[str, float] = {}
    props: tuple[str, ...] = ()
    held: dict[HandName, HeldName] = {}
    times_within: float | None = 0.3
    moves: dict[str, tuple[Key, ...]]
    script: tuple[Step, ...]
    lively: float = 1.0

    @model_validator(mode="after")
    def _stick_in_both_hands(self) -> Motion:
        if any(thing == "stick" and where != "both" for where, thing in self.held.items()):
            raise ValueError("a stick is held in both hands")
        return self

    @model_validator(mode="after")
    def _known_moves(self) -> Motion:
        for step in self.script:
            name = step.rep or step.do
            if name is not None and name not in self.moves:
                raise ValueError(f"script names the move {name!r}; there are {', '.join(self.moves)}")
        return self


def load_motion(path: Path) -> Motion:
    """Read a motion file.

    Raises:
        MotionError: It cannot be read or is wrong; the message names file and field.
    """
    try:
        return Motion.model_validate(YAML(typ="safe").load(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise MotionError(f"{path} cannot be read: {error.strerror}") from error
    except YAMLError as error:
        raise MotionError(f"{path}: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise MotionError(f"{path}: {field}: {first['msg']}") from error
