"""From a pose to a body: which landmarks can be trusted, which way the person faces, which side is nearer.

Everything that needs the recent past to know the present body lives in ``BodyTracker``; a ``Body`` is one moment.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cached_property
from typing import Literal

from poise.core.geometry import (
    MISSING,
    NAN,
    Point,
    clockwise,
    cross,
    distance,
    is_missing,
    mid,
    sub,
    unit,
)
from poise.core.landmarks import INDEX
from poise.core.parts import LANDMARKS_OF, BodyPart
from poise.core.smoothing import LandmarkSmoother
from poise.core.types import FloatArray, Pose

Side = Literal["left", "right"]
Edge = Literal["left", "right", "top", "bottom"]
SIDES: tuple[Side, Side] = ("left", "right")
OTHER: dict[Side, Side] = {"left": "right", "right": "left"}

TRUSTED_VISIBILITY = 0.2  # low, because the model's visibility trails a movement by about ten frames
TORSO_PER_SHOULDERS = 1.4  # usual torso length over the distance of the shoulder landmarks
SIDE_ON_DEG = 55.0  # from this yaw on the far side of the body is hidden by the near one
ASIDE_DEG = 25.0  # of yaw: from here on the line of the shoulders leans with their depth
LONGEST_LIMB = 1.9  # times its usual length: perspective explains no more

#: Usual length of each limb in torso lengths, from the landmark nearer to the trunk to the farther one.
LIMBS: tuple[tuple[str, str, float], ...] = (
    ("shoulder", "elbow", 0.60),
    ("elbow", "wrist", 0.55),
    ("hip", "knee", 0.85),
    ("knee", "ankle", 0.85),
)

_JOINT = {
    (side, name.removeprefix(f"{side}_")): index
    for name, index in INDEX.items()
    for side in SIDES
    if name.startswith(f"{side}_")
}
_LIMB_INDICES = tuple((_JOINT[side, near], _JOINT[side, far], share) for side in SIDES for near, far, share in LIMBS)
_DEPTH_ROWS = [INDEX["left_shoulder"], INDEX["right_shoulder"], INDEX["left_hip"], INDEX["right_hip"]]


class Body:
    """One moment of a body in the picture.

    Attributes:
        t_s: Seconds.
        size_px: Width and height of the picture.
        points: 33 (x, y) in pixels; (NaN, NaN) where missing or not to be trusted.
        yaw_deg: 0 when the trunk faces the camera or turns its back, 90 when it is seen from the side.
        back: Whether the back is turned to the camera.
        near: The side that is nearer to the camera.
        shoulder_turn_deg: Turn of the shoulder line, toward the person's left positive, from the 3D landmarks.
        outline: (N, 2) silhouette in pixels, or None.
        placed: 33 (x, y) where the model guesses all landmarks to be, trusted or not.
        measured: What has been measured on it, by the measure's function and the side: coaches that share a body
            measure it once.
    """

    def __init__(
        self,
        t_s: float,
        size_px: tuple[int, int],
        points: list[Point],
        yaw_deg: float = 0.0,
        back: bool = False,
        near: Side = "left",
        shoulder_turn_deg: float = NAN,
        outline: FloatArray | None = None,
        placed: list[Point] | None = None,
    ) -> None:
        self.t_s = t_s
        self.size_px = size_px
        self.points = points
        self.yaw_deg = yaw_deg
        self.back = back
        self.near = near
        self.shoulder_turn_deg = shoulder_turn_deg
        self.outline = outline
        self._placed = points if placed is None else placed
        self.measured: dict[tuple[object, Side], float] = {}
        self._seen: dict[tuple[BodyPart, Side], bool] = {}
        self._shown: dict[tuple[BodyPart, bool], bool] = {}

    def joint(self, side: Side, name: str) -> Point:
        """A landmark of one side, such as ("left", "hip"), in pixels."""
        return self.points[_JOINT[side, name]]

    def middle(self, name: str) -> Point:
        """The point between the left and the right landmark; missing unless both are there."""
        return mid(self.joint("left", name), self.joint("right", name))

    @cached_property
    def found(self) -> bool:
        """Whether anything of somebody can be seen."""
        return not all(is_missing(point) for point in self.points)

    @property
    def nose(self) -> Point:
        """The tip of the nose in pixels."""
        return self.points[0]

    @property
    def mouth(self) -> tuple[Point, Point]:
        """The left and the right corner of the mouth in pixels."""
        return self.points[INDEX["mouth_left"]], self.points[INDEX["mouth_right"]]

    @cached_property
    def shoulders(self) -> Point:
        """The point between the shoulders."""
        return self.middle("shoulder")

    @cached_property
    def hips(self) -> Point:
        """The point between the hips."""
        return self.middle("hip")

    @cached_property
    def _hips_or_guess(self) -> Point:
        """The hips, or where the model guesses them.

        Who sits close to the camera has the hips below the picture. The guess is too coarse to judge a movement by, and
        good enough for the size and the slope of a trunk: against rendered truth, a tenth of its length and 2 degrees.
        """
        return mid(*(self._placed[_JOINT[side, "hip"]] for side in SIDES)) if is_missing(self.hips) else self.hips

    @cached_property
    def shoulder_width_px(self) -> float:
        """Distance of the shoulder landmarks in the picture."""
        return distance(self.joint("left", "shoulder"), self.joint("right", "shoulder"))

    @cached_property
    def torso_px(self) -> float:
        """Shoulders to hips, or to where the model guesses them."""
        return distance(self.shoulders, self._hips_or_guess)

    @cached_property
    def near_size_px(self) -> float:
        """Torso length that says how near the person is: a trunk bent toward the camera looks short, and is not far."""
        return max(self.torso_px, self.shoulder_width_px * TORSO_PER_SHOULDERS)

    @cached_property
    def trunk_up(self) -> Point:
        """Unit vector from the hips to the shoulders; hidden hips from the front: across the line of the shoulders."""
        if self.yaw_deg >= ASIDE_DEG or not is_missing(self.hips):
            return unit(sub(self.shoulders, self._hips_or_guess))
        across = clockwise(unit(sub(self.joint("left", "shoulder"), self.joint("right", "shoulder"))))
        return across if across[1] < 0 else (-across[0], -across[1])

    @cached_property
    def trunk_right(self) -> Point:
        """Unit vector across the trunk, to the right in the picture of an upright person."""
        return clockwise(self.trunk_up)

    @cached_property
    def head_right(self) -> Point:
        """Unit vector across the head, to the right in the picture of an upright person."""
        ears = sub(self.joint("left", "ear"), self.joint("right", "ear"))
        eyes = sub(self.joint("left", "eye_outer"), self.joint("right", "eye_outer"))
        height = clockwise(sub(self.middle("eye"), mid(*self.mouth)))
        sense = -1.0 if self.back else 1.0
        return unit((sense * (ears[0] + eyes[0]) + height[0], sense * (ears[1] + eyes[1]) + height[1]))

    @cached_property
    def forward(self) -> Point:
        """Unit vector in the picture to where the chest faces; meaningful from the side only."""
        across = clockwise(self.trunk_up)
        return across if self.near == "right" else (-across[0], -across[1])

    def seen(self, part: BodyPart, side: Side) -> bool:
        """Whether a part of one side of the body can be trusted."""
        known = self._seen.get((part, side))
        if known is None:
            known = not any(is_missing(self.joint(side, name)) for name in LANDMARKS_OF[part])
            self._seen[part, side] = known
        return known

    def shown(self, part: BodyPart, one_will_do: bool) -> bool:
        """Whether a part can be trusted on those sides that this camera can see: the near one, or both.

        Args:
            part: The part.
            one_will_do: Whether one of the two is enough.
        """
        known = self._shown.get((part, one_will_do))
        if known is None:
            sides: tuple[Side, ...] = (self.near,) if self.yaw_deg >= SIDE_ON_DEG else SIDES
            combine = any if one_will_do else all
            known = self._shown[part, one_will_do] = combine(self.seen(part, side) for side in sides)
        return known

    def beyond(self, parts: Iterable[BodyPart]) -> set[Edge]:
        """The edges of the picture beyond which these parts lie, as far as the model can guess where they are."""
        width, height = self.size_px
        places = [self._placed[_JOINT[side, name]] for part in parts for name in LANDMARKS_OF[part] for side in SIDES]
        edges: dict[Edge, bool] = {
            "left": any(x < 0 for x, _ in places),
            "right": any(x > width for x, _ in places),
            "top": any(y < 0 for _, y in places),
            "bottom": any(y > height for _, y in places),
        }
        return {edge for edge, crossed in edges.items() if crossed}


class BodyTracker:
    """Turns poses, in order of time, into bodies. One instance serves one stream."""

    SETTLING_S = 0.25

    def __init__(self) -> None:
        self._smoother = LandmarkSmoother()
        self._t_s = -math.inf
        self._depth = 0.0  # sine of the angle by which the left side points away from the camera
        self._facing = 1.0  # 1 front, -1 back
        self._near: Side = "left"

    def track(self, pose: Pose) -> Body:
        """The body in this pose; every point is missing when nobody was found."""
        if not pose.found:
            return Body(pose.t_s, pose.size_px, [MISSING] * len(INDEX))
        seen: list[Point] = pose.xy_px.tolist()
        body_px = _body_px(seen)
        placed = self._smoother.smooth(pose.t_s, seen, body_px)
        points = _trusted(placed, pose, body_px)
        turn_deg = self._orient(pose, placed)
        yaw_deg = math.degrees(math.asin(min(1.0, abs(self._depth))))
        facing_away = self._facing < 0
        return Body(pose.t_s, pose.size_px, points, yaw_deg, facing_away, self._near, turn_deg, pose.outline, placed)

    def _orient(self, pose: Pose, placed: list[Point]) -> float:
        """Update, slowly, which way the trunk faces: depth from the 3D landmarks, front or back from the picture.

        Returns:
            The turn of the shoulder line now, in degrees, toward the left positive.
        """
        left_shoulder, right_shoulder, left_hip, right_hip = pose.world_m[_DEPTH_ROWS].tolist()
        across = [left_shoulder[i] - right_shoulder[i] + left_hip[i] - right_hip[i] for i in range(3)]
        size = math.sqrt(sum(value * value for value in across))
        if not size > 0:
            return NAN
        gap_s = pose.t_s - self._t_s
        weight = 1.0 if gap_s > 1.0 else 1.0 - math.exp(-max(0.0, gap_s) / self.SETTLING_S)
        self._t_s = pose.t_s
        self._depth += weight * (across[2] / size - self._depth)
        left, right, *hips = (placed[row] for row in _DEPTH_ROWS)
        facing = math.copysign(1.0, cross(sub(mid(left, right), mid(*hips)), sub(left, right)))
        self._facing += weight * (facing - self._facing)
        if abs(self._depth) > 0.15:  # otherwise both sides are equally near, and the choice must not flicker
            self._near = "left" if self._depth < 0 else "right"
        return math.degrees(math.atan2(left_shoulder[2] - right_shoulder[2], left_shoulder[0] - right_shoulder[0]))


def _body_px(points: list[Point]) -> float:
    """A size of the body that changes little as it moves: the longer of torso and shoulder width."""
    left_shoulder, right_shoulder, left_hip, right_hip = (points[row] for row in _DEPTH_ROWS)
    torso = distance(mid(left_shoulder, right_shoulder), mid(left_hip, right_hip))
    shoulders = distance(left_shoulder, right_shoulder) * TORSO_PER_SHOULDERS
    return max(torso, shoulders) if torso == torso and shoulders == shoulders else NAN


def _trusted(placed: list[Point], pose: Pose, body_px: float) -> list[Point]:
    """The points, with those outside the picture, hidden, or out of proportion to the body as missing."""
    width, height = pose.size_px
    points: list[Point] = [
        (x, y) if 0 <= x <= width and 0 <= y <= height and seen >= TRUSTED_VISIBILITY else MISSING
        for (x, y), seen in zip(placed, pose.visibility.tolist(), strict=True)
    ]
    for near, far, share in _LIMB_INDICES:
        if is_missing(points[near]) or distance(points[near], points[far]) > LONGEST_LIMB * share * body_px:
            points[far] = MISSING
    return points
