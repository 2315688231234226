"""The body on the picture: its skeleton, and the measure that matters now at its joint."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2

from poise.core.body import OTHER, SIDE_ON_DEG, Body, Side
from poise.core.conditions import Target
from poise.core.geometry import MISSING, UP, Point, is_missing, length, sub, turn
from poise.core.landmarks import BONES, INDEX
from poise.core.measures import Measure
from poise.core.types import ByteArray
from poise.io.overlay.ink import (
    CAP,
    LEADING,
    draw_arc,
    draw_icon,
    draw_panel,
    draw_ring,
    fit,
    width_of,
    write,
)
from poise.io.overlay.style import GREY, INK, ORANGE, SKY, WHITE, Box, Colour, Sizes

_BONES = tuple((INDEX[a], INDEX[b], a.partition("_")[0], b.partition("_")[0]) for a, b in BONES)
MINUS = "\N{MINUS SIGN}"
_FACE = 11  # the first landmarks are those of the face


@dataclass(frozen=True, slots=True)
class Gauge:
    """The measure that matters now.

    Attributes:
        measure: Which it is.
        target: Where it should go.
        value: Where it is.
        share: How much of the way is done, 0 to 1.
        side: The working side, or None.
        name: What it is called, where the joint at which it stands does not tell; or empty.
    """

    measure: Measure
    target: Target
    value: float
    share: float
    side: Side | None
    name: str = ""

    @property
    def met(self) -> bool:
        """Whether the target is reached."""
        return self.target.gap_at(self.value) == 0.0

    @property
    def colour(self) -> Colour:
        """Blue when met, orange on the way."""
        return SKY if self.met else ORANGE

    def words(self) -> tuple[str, str]:
        """Value and target: "12°" and "→ 20°", once there "31°" and "≥ 20°": nobody is to come back to the target.

        A value stands on the side of its rounded target on which it is: "5% → 5%" would ask for nothing.
        """
        unit, target, value = "°" if self.measure.unit == "degrees" else "%", self.target, round(self.value)
        low, high = target.low, target.high
        if math.isfinite(low) and math.isfinite(high) and (self.met or target.inverted):
            return _figure(value, unit), f"{_figure(round(low), unit)} … {_figure(round(high), unit)}"
        if math.isfinite(low) and not self.value > high:  # on the way back, what matters is where the rest begins
            bound = round(low)
            value = max(value, bound) if self.met else min(value, bound - 1)
        else:
            bound = round(high)
            value = min(value, bound) if self.met else max(value, bound + 1)
        sign = "→" if not self.met else "≥" if high == math.inf else "≤"
        return _figure(value, unit), f"{sign} {_figure(bound, unit)}"


class Figure:
    """Draws one body.

    Args:
        body: The body, in the coordinates of the frame.
        width: Width of the picture.
        mirrored: Whether the picture is mirrored.
        sizes: Sizes for the picture.
        scale: How much larger the picture is than the frame.
    """

    def __init__(self, body: Body, width: int, mirrored: bool, sizes: Sizes, scale: float = 1.0) -> None:
        self._body = body
        self._scale = scale
        self._width = width
        self._mirrored = mirrored
        self._sizes = sizes
        self._points = [self._placed(point) for point in body.points]

    def draw_skeleton(self, picture: ByteArray, side: Side | None) -> None:
        """Trusted bones, a light line on a dark one; those of the working side are blue and thicker."""
        lines = []
        for a, b, a_side, b_side in _BONES:
            ends = self._points[a], self._points[b]
            if not any(is_missing(end) for end in ends):
                lines.append(([_pixel(end) for end in ends], a_side == b_side == side))
        for ends_px, working in lines:
            cv2.line(picture, ends_px[0], ends_px[1], INK, self._sizes.line(6.5 if working else 5), cv2.LINE_AA)
        for ends_px, working in lines:
            thickness = self._sizes.line(3.5 if working else 2)
            cv2.line(picture, ends_px[0], ends_px[1], SKY if working else WHITE, thickness, cv2.LINE_AA)

    def head_box(self) -> Box | None:
        """The head on the picture, hair and chin included; None when it is not seen."""
        face = [point for point in self._points[:_FACE] if not is_missing(point)]
        if not face:
            return None
        xs, ys = [x for x, _ in face], [y for _, y in face]
        # Eyes, ears and mouth span about half of a head.
        reach = max(max(xs) - min(xs), max(ys) - min(ys), 0.25 * self._torso_px)
        x, y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
        return math.floor(x - reach), math.floor(y - reach), math.ceil(x + reach), math.ceil(y + reach)

    def draw_gauge(self, picture: ByteArray, gauge: Gauge, free: Box) -> None:
        """The angle as an arc at its joint (other measures as a dot), with value and target beside it.

        Args:
            picture: Changed in place.
            gauge: What is measured.
            free: Where the label may lie.
        """
        sides = self._sides(gauge)
        joints = [self._joint(gauge.measure.at, side) for side in sides]
        for joint, side in zip(joints, sides, strict=True):
            if not is_missing(joint):
                self._draw_arc(picture, gauge, joint, side)
        if not is_missing(joints[0]) and gauge.value == gauge.value:
            self._draw_label(picture, gauge, _pixel(joints[0]), free)

    def _sides(self, gauge: Gauge) -> tuple[Side, ...]:
        """The sides at which the measure is drawn, that of the label first."""
        whose = gauge.target.ref.whose
        if whose in ("left", "right"):
            return ("left",) if whose == "left" else ("right",)
        if gauge.side is not None:
            return (OTHER[gauge.side] if whose == "other" else gauge.side,)
        return (self._body.near,) if self._body.yaw_deg >= SIDE_ON_DEG else ("left", "right")

    def _draw_arc(self, picture: ByteArray, gauge: Gauge, joint: Point, side: Side) -> None:
        centre = _pixel(joint)
        start, sweep, radius = self._arc(gauge.measure.at, joint, side)
        if not radius:
            # A measure without an angle has a ring that fills on the way.
            radius = round(min(15 * self._sizes.unit, 0.12 * self._torso_px))
            if radius < 3:
                return
            draw_arc(picture, centre, radius, self._sizes.line(8), 0.0, 360.0, INK)
            draw_ring(picture, centre, radius, self._sizes.line(4.5), gauge.share, (GREY, gauge.colour))
            return
        for colour, thickness in ((INK, self._sizes.line(8)), (gauge.colour, self._sizes.line(4.5))):
            draw_arc(picture, centre, radius, thickness, start, sweep, colour)
        cv2.circle(picture, centre, self._sizes.line(7), INK, -1, cv2.LINE_AA)
        cv2.circle(picture, centre, self._sizes.line(5), gauge.colour, -1, cv2.LINE_AA)

    def _arc(self, at: tuple[str, ...], joint: Point, side: Side) -> tuple[float, float, int]:
        """Where the arc begins and how far it goes, in degrees clockwise from the right, and its radius, 0 for none."""
        if len(at) < 3:
            return 0.0, 0.0, 0
        limb = sub(self._point(at[2], side), joint)
        if at[0] in ("up", "down"):
            up = UP if at[0] == "up" else self._turned(self._body.trunk_up)
            begin = up if at[0] == "up" else (-up[0], -up[1])
        else:
            # A bend is 0 with its bones in line, so it begins where the first bone points.
            begin = sub(joint, self._point(at[0], side))
        sweep = turn(begin, limb)
        radius = min(40 * self._sizes.unit, 0.6 * length(limb))
        return (turn((1.0, 0.0), begin), sweep, round(radius)) if radius * sweep == radius * sweep else (0.0, 0.0, 0)

    def _draw_label(self, picture: ByteArray, gauge: Gauge, at: tuple[int, int], free: Box) -> None:
        """A panel with the name where it needs one, the value, a bar that fills on the way, and the target."""
        sizes, (value, goal) = self._sizes, gauge.words()
        mark = round(CAP * sizes.value)
        value_width = width_of(value, sizes.value, 700)
        pad, bar = max(2, sizes.margin * 2 // 3), sizes.line(5)
        names, size = fit(gauge.name, sizes.goal, 500, 8 * sizes.goal, 2) if gauge.name else ([], sizes.goal)
        wide = [value_width + (mark + pad) * gauge.met, width_of(goal, sizes.goal, 500), 4 * sizes.goal]
        width = max(wide + [width_of(name, size, 500) for name in names]) + 2 * pad
        high = round(LEADING * size) * len(names)
        height = high + round(CAP * (sizes.value + sizes.goal)) + bar + 4 * pad
        box = self._label_box(at, (width, height), free, gauge.side)
        if box is None:
            return
        left, top, right, bottom = box
        draw_panel(picture, box, INK, pad)
        for row, name in enumerate(names):
            write(picture, name, (left + pad, top + pad + round(CAP * size + row * LEADING * size)), size, 500, WHITE)
        y = top + high + pad + round(CAP * sizes.value)
        write(picture, value, (left + pad, y), sizes.value, 700, WHITE)
        if gauge.met:
            draw_icon(picture, "check", (left + 2 * pad + value_width, y - mark), mark, SKY, INK)
        y += pad
        draw_panel(picture, (left + pad, y, right - pad, y + bar), GREY, bar // 2)
        filled = round((right - left - 2 * pad) * min(1.0, max(0.0, gauge.share)))
        if filled >= bar:
            draw_panel(picture, (left + pad, y, left + pad + filled, y + bar), gauge.colour, bar // 2)
        write(picture, goal, (left + pad, bottom - pad), sizes.goal, 500, WHITE)

    def _label_box(self, at: tuple[int, int], size: tuple[int, int], free: Box, side: Side | None) -> Box | None:
        """Beside the joint, away from the body's middle, never over the head; None when there is no room."""
        off, (width, height) = round(52 * self._sizes.unit), size
        head = self.head_box()
        beside = [at[0] + off, at[0] - off - width]
        lefts = beside if self._outward(at[0], side) else beside[::-1]
        below = head[3] if head else at[1]
        for left, top in [(x, y) for y in (at[1] - height // 2, below) for x in lefts]:
            x = max(free[0], min(free[2] - width, left))
            y = max(free[1], min(free[3] - height, top))
            box = (x, y, x + width, y + height)
            if x >= free[0] and y >= free[1] and not overlap(box, head):
                return box
        return None

    def _outward(self, x: int, side: Side | None) -> bool:
        """Whether the label belongs to the right of its joint: away from the body, and from where the head may tilt."""
        off, middle = x - self._placed(self._body.shoulders)[0], 30 * self._sizes.unit
        if abs(off) <= middle and side is not None:
            return (side == "left") == self._mirrored
        return not off < -middle  # in the middle always the same side, so that it does not jump

    def _joint(self, at: tuple[str, ...], side: Side) -> Point:
        return self._point(at[1] if len(at) > 1 else at[0], side) if at else MISSING

    def _point(self, name: str, side: Side) -> Point:
        """A landmark by its name, of the given side where the name has none."""
        if name in ("neck", "trunk"):
            return self._placed(self._body.shoulders if name == "neck" else self._body.middle("hip"))
        return self._points[INDEX[name] if name in INDEX else INDEX[f"{side}_{name}"]]

    @property
    def _torso_px(self) -> float:
        torso = self._body.torso_px
        return self._scale * torso if torso == torso else 0.0

    def _turned(self, vector: Point) -> Point:
        return (-vector[0], vector[1]) if self._mirrored else vector

    def _placed(self, point: Point) -> Point:
        x, y = self._scale * point[0], self._scale * point[1]
        return (self._width - 1 - x, y) if self._mirrored else (x, y)


def overlap(box: Box, other: Box | None) -> bool:
    """Whether two boxes share a pixel."""
    return other is not None and box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def _figure(value: int, unit: str) -> str:
    return f"{value}{unit}".replace("-", MINUS)


def _pixel(point: Point) -> tuple[int, int]:
    return round(point[0]), round(point[1])
