"""A stick figure with known joint angles, and motions of it that can be described in a sentence.

The figure is built in space from its angles, turned to the camera, and projected without perspective, so that an
angle in the plane of the picture is exactly the angle that was asked for. Lengths are in torso lengths:

    shoulders apart 0.7   hips apart 0.4     upper arm 0.6   forearm 0.5   thigh 0.8   shin 0.8
    ears apart 0.3        shoulders to ears 0.434 (62 % of the shoulder width)         nose 0.225 ahead of the ears

A torso is 200 pixels long in a picture of 1280 x 960, with the middle of the hips at (640, 520), unless said otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from poise.core.landmarks import INDEX, LANDMARK_COUNT, LANDMARKS, MIRROR
from poise.core.types import FloatArray, Pose

SIZE_PX = (1280, 960)
HIPS_PX = (640.0, 520.0)
TORSO_PX = 200.0
TORSO_M = 0.5
DRAWN_TILT = 1 / 1.4  # the model draws a tilted face less tilted than it is, and so does the figure

FRONT, BACK = 0.0, 180.0
RIGHT_SIDE_ON, LEFT_SIDE_ON = 90.0, -90.0  # the side that is nearer to the camera

Pair = tuple[float, float]  # left, right


@dataclass(frozen=True)
class Figure:
    """A body by its angles, in degrees and in the words of the measures; pairs are (left, right).

    Attributes:
        facing: 0 to the camera, 90 to the right of the picture (right side near), -90 to its left, 180 away.
        trunk_pitch: Forward lean of the trunk; 90 face down, -90 on the back.
        trunk_lean, trunk_turn, neck_tilt, neck_turn: Toward the person's left.
        neck_flexion: Of the line from shoulders to ears, against the trunk; the head's own nod is ``neck_nod``.
        shoulder_raise: % of the shoulder width.
        spread: Each leg out to its side.
        scale, shift: Of the picture of the body; shift in pixels.
        hidden: Landmarks that the model does not see, with or without a side.
        present: Whether anybody is in the picture.
    """

    facing: float = FRONT
    trunk_pitch: float = 0.0
    trunk_lean: float = 0.0
    trunk_turn: float = 0.0
    neck_tilt: float = 0.0
    neck_turn: float = 0.0
    neck_nod: float = 0.0
    neck_flexion: float = 0.0
    shoulder_raise: Pair = (0.0, 0.0)
    shoulder_abduction: Pair = (0.0, 0.0)
    shoulder_flexion: Pair = (0.0, 0.0)
    elbow_flexion: Pair = (0.0, 0.0)
    hip_flexion: Pair = (0.0, 0.0)
    knee_flexion: Pair = (0.0, 0.0)
    spread: float = 0.0
    scale: float = 1.0
    shift: Pair = (0.0, 0.0)
    hidden: tuple[str, ...] = ()
    present: bool = True

    def but(self, **changes: Any) -> Figure:
        """The same with other angles: ``left_elbow_flexion=90`` for one side, ``elbow_flexion=90`` for both."""
        figure = self
        for name, value in changes.items():
            stated, _, bare = name.partition("_")
            old = getattr(self, name, None)
            if old is None:
                left, right = getattr(figure, bare)
                figure = replace(figure, **{bare: (value, right) if stated == "left" else (left, value)})
            elif isinstance(old, tuple) and isinstance(value, int | float):
                figure = replace(figure, **{name: (float(value), float(value))})
            else:
                figure = replace(figure, **{name: value})
        return figure

    def pose(self, t_s: float = 0.0) -> Pose:
        """The figure as the model would find it."""
        if not self.present:
            return Pose.missing(t_s, SIZE_PX)
        xyz = _landmarks(self)
        xy_px = xyz[:, :2] * (TORSO_PX * self.scale) + np.add(HIPS_PX, self.shift)
        unseen = [any(name in (part, f"left_{part}", f"right_{part}") for part in self.hidden) for name in LANDMARKS]
        return Pose(t_s, SIZE_PX, xy_px, np.where(unseen, 0.05, 1.0), xyz * TORSO_M)


STANDING = Figure()
STANDING_SIDE_ON = Figure(facing=RIGHT_SIDE_ON)
SITTING = Figure(hip_flexion=(90.0, 90.0), knee_flexion=(90.0, 90.0))
ALL_FOURS = Figure(
    facing=RIGHT_SIDE_ON,
    trunk_pitch=90.0,
    shoulder_flexion=(90.0, 90.0),
    hip_flexion=(90.0, 90.0),
    knee_flexion=(90.0, 90.0),
)
ON_THE_BACK = Figure(facing=RIGHT_SIDE_ON, trunk_pitch=-90.0)
PRONE = Figure(facing=RIGHT_SIDE_ON, trunk_pitch=90.0)


def _turned(vector: FloatArray, toward: FloatArray, degrees: float) -> FloatArray:
    """A unit vector turned toward another one at right angles to it."""
    angle = math.radians(degrees)
    return vector * math.cos(angle) + toward * math.sin(angle)


def _landmarks(figure: Figure) -> FloatArray:
    """(33, 3) in torso lengths from the middle of the hips: x right in the picture, y down, z away from the camera."""
    angle = math.radians(figure.facing)
    left = np.array([math.cos(angle), 0.0, math.sin(angle)])
    forward = np.array([math.sin(angle), 0.0, -math.cos(angle)])
    upward = np.array([0.0, -1.0, 0.0])
    up, front = _turned(upward, forward, figure.trunk_pitch), _turned(forward, -upward, figure.trunk_pitch)
    up, left = _turned(up, left, figure.trunk_lean), _turned(left, -up, figure.trunk_lean)
    points = np.zeros((LANDMARK_COUNT, 3))
    _add_head(points, figure, left, up, front)
    chest_left, chest_front = _turned(left, -front, figure.trunk_turn), _turned(front, left, figure.trunk_turn)
    for side, sign in (("left", 1.0), ("right", -1.0)):
        _add_arm(points, figure, side, sign * chest_left, up, chest_front)
        _add_leg(points, figure, side, sign * left, up, front)
    return points


def _add_head(points: FloatArray, figure: Figure, left: FloatArray, up: FloatArray, front: FloatArray) -> None:
    ears = up + 0.434 * _turned(up, front, figure.neck_flexion)
    tilt = figure.neck_tilt * DRAWN_TILT
    up, left = _turned(up, left, tilt), _turned(left, -up, tilt)
    left, front = _turned(left, -front, figure.neck_turn), _turned(front, left, figure.neck_turn)
    up, front = _turned(up, front, figure.neck_nod), _turned(front, -up, figure.neck_nod)
    places = {"ear": (0.15, 0.0, 0.0), "eye_inner": (0.03, 0.08, 0.18), "eye": (0.06, 0.08, 0.18)}
    places |= {"eye_outer": (0.09, 0.08, 0.18)}
    points[INDEX["nose"]] = ears + 0.225 * front
    for side, sign in (("left", 1.0), ("right", -1.0)):
        for name, (out, high, ahead) in places.items():
            points[INDEX[f"{side}_{name}"]] = ears + sign * out * left + high * up + ahead * front
        points[INDEX[f"mouth_{side}"]] = ears + sign * 0.06 * left - 0.1 * up + 0.18 * front


def _add_arm(points: FloatArray, figure: Figure, side: str, out: FloatArray, up: FloatArray, front: FloatArray) -> None:
    """The elbow bends in the plane in which the arm was lifted; in front view, onward toward the head."""
    which = 0 if side == "left" else 1
    lifted = figure.shoulder_flexion[which] if figure.facing in (LEFT_SIDE_ON, RIGHT_SIDE_ON) else 0.0
    aside = figure.shoulder_abduction[which]
    plane = front if figure.facing in (LEFT_SIDE_ON, RIGHT_SIDE_ON) else out
    shoulder = up + 0.35 * out + 0.7 * figure.shoulder_raise[which] / 100 * up
    elbow = shoulder + 0.6 * _turned(-up, plane, lifted + aside)
    wrist = elbow + 0.5 * _turned(-up, plane, lifted + aside + figure.elbow_flexion[which])
    points[INDEX[f"{side}_shoulder"]], points[INDEX[f"{side}_elbow"]] = shoulder, elbow
    for name in ("wrist", "pinky", "index", "thumb"):
        points[INDEX[f"{side}_{name}"]] = wrist


def _add_leg(points: FloatArray, figure: Figure, side: str, out: FloatArray, up: FloatArray, front: FloatArray) -> None:
    which = 0 if side == "left" else 1
    down = _turned(-up, out, figure.spread)
    bend, knee_bend = figure.hip_flexion[which], figure.knee_flexion[which]
    hip = 0.2 * out
    knee = hip + 0.8 * _turned(down, front, bend)
    ankle = knee + 0.8 * _turned(down, front, bend - knee_bend)
    points[INDEX[f"{side}_hip"]], points[INDEX[f"{side}_knee"]] = hip, knee
    for name in ("ankle", "heel", "foot_index"):
        points[INDEX[f"{side}_{name}"]] = ankle


class Motion:
    """Key figures joined by eased movements: ``Motion(STANDING).stay(1).go(1, neck_tilt=30).stay(5)``."""

    def __init__(self, figure: Figure) -> None:
        self._keys: list[tuple[float, Figure]] = [(0.0, figure)]

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self._keys[-1][0]

    def stay(self, seconds: float, **changes: Any) -> Motion:
        """Keep still, after changing at once what cannot be moved: ``hidden`` and ``present``."""
        t_s, figure = self._keys[-1]
        self._keys[-1] = (t_s, figure.but(**changes))
        return self.go(seconds)

    def go(self, seconds: float, **changes: Any) -> Motion:
        """Move to other angles, slowly at both ends."""
        t_s, figure = self._keys[-1]
        self._keys.append((t_s + seconds, figure.but(**changes)))
        return self

    def times(self, count: int, what: Callable[[Motion], Motion]) -> Motion:
        """Do the same several times."""
        for _ in range(count):
            what(self)
        return self

    def at(self, t_s: float) -> Figure:
        """The figure at one moment."""
        following = next((i for i, (at_s, _) in enumerate(self._keys) if at_s > t_s), len(self._keys) - 1)
        (start_s, a), (end_s, b) = self._keys[max(0, following - 1)], self._keys[following]
        whole = end_s - start_s
        share = min(1.0, max(0.0, (t_s - start_s) / whole)) if whole > 0 else 1.0
        return _between(a, b, (1 - math.cos(math.pi * share)) / 2)

    def poses(self, fps: float = 30.0) -> list[Pose]:
        """The motion as a camera of that rate sees it."""
        return self.poses_at(i / fps for i in range(round(self.seconds * fps) + 1))

    def poses_at(self, times_s: Iterable[float]) -> list[Pose]:
        """The motion at given times."""
        return [self.at(t_s).pose(t_s) for t_s in times_s]


def _between(a: Figure, b: Figure, share: float) -> Figure:
    """A figure on the way: numbers in between, everything else as before."""
    changes: dict[str, Any] = {}
    for field in fields(Figure):
        old, new = getattr(a, field.name), getattr(b, field.name)
        if old == new or field.name in ("hidden", "present"):
            continue
        if isinstance(old, tuple):
            changes[field.name] = tuple(x + share * (y - x) for x, y in zip(old, new, strict=True))
        else:
            changes[field.name] = old + share * (new - old)
    return replace(a, **changes)


def mirrored(pose: Pose) -> Pose:
    """The pose of the mirrored picture: left and right are swapped."""
    xy_px = pose.xy_px[list(MIRROR)] * [-1.0, 1.0] + [pose.size_px[0], 0.0]
    world_m = pose.world_m[list(MIRROR)] * [-1.0, 1.0, 1.0]
    return Pose(pose.t_s, pose.size_px, xy_px, pose.visibility[list(MIRROR)], world_m)


def moved(pose: Pose, *, scale: float = 1.0, shift: Pair = (0.0, 0.0)) -> Pose:
    """The pose in a picture that is scaled as a whole, with the body then shifted by pixels."""
    size_px = (round(pose.size_px[0] * scale), round(pose.size_px[1] * scale))
    return Pose(pose.t_s, size_px, pose.xy_px * scale + shift, pose.visibility.copy(), pose.world_m.copy())


def without(pose: Pose, *landmarks: str) -> Pose:
    """The pose with some landmarks missing."""
    rows = [INDEX[name] for name in landmarks]
    xy_px, world_m = pose.xy_px.copy(), pose.world_m.copy()
    xy_px[rows] = np.nan
    world_m[rows] = np.nan
    return Pose(pose.t_s, pose.size_px, xy_px, pose.visibility.copy(), world_m)
