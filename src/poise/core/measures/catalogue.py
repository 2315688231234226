"""What a row of the measure catalogue says, and the measures that a spec brings along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

from poise.core.body import SIDE_ON_DEG, Body, Side
from poise.core.geometry import NAN, UP, angle_between, distance, inner_angle, sub
from poise.core.measures.measured import MEASURED
from poise.core.parts import BodyPart
from poise.core.spec import OwnMeasure, View

Unit = Literal["degrees", "% of shoulder width", "% of torso length", "% of the time"]

#: Mean error, in its own unit, up to which a measure is good in a view; what is beyond is seen in part.
GOOD_ERROR = 4.0

#: Degrees of yaw (0 facing the camera, 90 side on) within which each view's measures hold.
YAW_OF_VIEW: dict[View, tuple[float, float]] = {
    "front": (0.0, 50.0),
    "back": (0.0, 50.0),
    "oblique": (10.0, 75.0),
    "side": (40.0, 90.0),
}


def seen_from(yaw_deg: float, back: bool) -> View:
    """The view whose middle is nearest to a yaw."""
    away = {view: abs(yaw_deg - sum(span) / 2) for view, span in YAW_OF_VIEW.items() if (view == "back") == back}
    away |= {view: abs(yaw_deg - sum(YAW_OF_VIEW[view]) / 2) for view in ("oblique", "side")}
    return min(away, key=lambda view: away[view])


@dataclass(frozen=True, slots=True)
class Neutral:
    """How a relative measure finds its zero: the person's own upright, within reach of what is usual.

    Attributes:
        usual: The value that most people have at rest.
        spread: How far a person's own zero may lie from the usual one.
        assumed: Whether the usual value serves until the person's own is known; otherwise the measure is missing.
        rest: At which end of the movement the person rests, where it goes to one side only: -1 where the measure is
            lowest, 1 where it is highest, 0 where it goes both ways.
    """

    usual: float
    spread: float
    assumed: bool = True
    rest: Literal[-1, 0, 1] = 0


@dataclass(frozen=True, slots=True)
class Measure:
    """One number that a therapist would name, read from one moment of a body.

    Attributes:
        name: As specs write it.
        meaning: What it is and which direction is positive.
        unit: Unit of the value.
        views: From where it can be seen.
        sided: Whether left and right differ; then ``read`` is asked for a side.
        needs: Parts of the body that must be seen.
        noise: Standard deviation on a person who keeps still, after smoothing, in the unit.
        read: The measuring itself: (body, side) to the value, NaN when it cannot be seen.
        neutral: How it finds its zero, or None when the value is absolute.
        at: Where it is drawn: one landmark, or the three of a bend, its joint in the middle. Without a side they are
            those of the working side; "neck" and "trunk" are the middles of the shoulders and of the hips. An angle
            from "up" (in the picture) or "down" (the trunk) has that in place of its first landmark.
        bias: How much too much is read from the model's landmarks, which lie beside the joints: found on rendered
            people of set tune (benchmarks/accuracy.py), and taken off.
    """

    name: str
    meaning: str
    unit: Unit
    views: tuple[View, ...]
    sided: bool
    needs: tuple[BodyPart, ...]
    noise: float
    read: Callable[[Body, Side], float]
    neutral: Neutral | None = None
    at: tuple[str, ...] = ()
    bias: float = 0.0

    @property
    def errors(self) -> Mapping[View, float]:
        """Mean absolute error against rendered truth in each view where it was measured, in the unit."""
        return MEASURED.get(self.name, {})

    def error_from(self, views: Iterable[View]) -> float:
        """The mean error in the first of some views in which it was measured; NaN where there is none."""
        return next((self.errors[view] for view in views if view in self.errors), NAN)

    @property
    def part(self) -> tuple[View, ...]:
        """The views from which it is seen in part only: its error there is large, or was never measured."""
        return tuple(view for view in self.views if self.errors.get(view, GOOD_ERROR + 1) > GOOD_ERROR)

    @property
    def margin(self) -> float:
        """Usual hysteresis: so far that noise alone does not leave a condition."""
        return 3.0 * self.noise

    def valid(self, body: Body) -> bool:
        """Whether the body is seen from where this measure means something."""
        for view in self.views:
            low, high = YAW_OF_VIEW[view]
            if low <= body.yaw_deg <= high and not (body.back and view == "front"):
                return True
        return False

    def value(self, body: Body, side: Side) -> float:
        """The value in its unit; NaN when it cannot be seen or trusted from here.

        The arm on the far side of a body that is seen side on is a guess of the model: the trunk hides it.
        """
        hidden = self.sided and "elbows" in self.needs and body.yaw_deg >= SIDE_ON_DEG and side != body.near
        return self.read(body, side) - self.bias if self.valid(body) and not hidden else NAN


def own_measure(name: str, block: OwnMeasure) -> Measure:
    """The measure that a spec defines under ``measures:``; landmarks without a side are those of the working side."""
    views = (block.view,) if isinstance(block.view, str) else tuple(block.view)
    landmarks = block.angle or block.incline or block.distance or ()
    unit: Unit = "degrees"
    if block.distance:
        unit = "% of shoulder width" if block.per == "shoulder_width" else "% of torso length"
    at = block.angle or landmarks[:1]
    return Measure(name, "defined in the spec", unit, views, True, (), 1.5, partial(_read, block), at=at)


def _read(block: OwnMeasure, body: Body, side: Side) -> float:
    points = [_point(body, side, landmark) for landmark in block.angle or block.incline or block.distance or ()]
    if block.angle:
        return 180.0 - inner_angle(*points)
    if block.incline:
        return angle_between(UP, sub(points[1], points[0]))
    return 100.0 * distance(*points) / (body.shoulder_width_px if block.per == "shoulder_width" else body.torso_px)


def _point(body: Body, side: Side, landmark: str) -> tuple[float, float]:
    if landmark == "nose":
        return body.nose
    stated, _, joint = landmark.partition("_")
    if stated in ("left", "right"):
        return body.joint("left" if stated == "left" else "right", joint)
    return body.joint(side, landmark)
