"""The body on the picture: its skeleton, and a gauge at the joint that matters now."""

from __future__ import annotations

import math

import cv2

from poise.core.body import Body, Side
from poise.core.coach import Aim, CoachState
from poise.core.geometry import Point, is_missing
from poise.core.landmarks import BONES, INDEX
from poise.core.measures import Measure
from poise.core.types import ByteArray
from poise.io.overlay.style import INK, ORANGE, SKY, WHITE, Sizes
from poise.io.overlay.text import text

#: Where a measure is drawn, by the first word of its name.
JOINT_OF = {
    "neck": "neck", "head": "neck", "shoulder": "shoulder", "elbow": "elbow", "forearm": "elbow", "wrist": "wrist",
    "hand": "wrist", "trunk": "hip", "back": "hip", "hip": "hip", "knee": "knee", "heel": "ankle", "foot": "ankle",
    "leg": "hip",
}  # fmt: skip

Box = tuple[int, int, int, int]  # left, top, right, bottom


class Figure:
    """Draws one body.

    Args:
        body: The body, in the coordinates of the frame.
        width: Width of the picture.
        mirrored: Whether the picture is mirrored.
        sizes: Sizes for the picture.
    """

    def __init__(self, body: Body, width: int, mirrored: bool, sizes: Sizes) -> None:
        self._body = body
        self._width = width
        self._mirrored = mirrored
        self._sizes = sizes

    def place(self, point: Point) -> Point:
        """A point of the frame on the picture."""
        return (self._width - 1 - point[0], point[1]) if self._mirrored else point

    def draw_skeleton(self, picture: ByteArray, side: Side | None) -> None:
        """Trusted bones, a light line on a dark one; those of the working side are blue."""
        for layer, thickness in ((INK, 3), (WHITE, 1)):
            for a, b in BONES:
                ends = [self.place(self._body.points[INDEX[name]]) for name in (a, b)]
                if not any(is_missing(end) for end in ends):
                    working = layer is WHITE and side is not None and a.startswith(side) and b.startswith(side)
                    colour = SKY if working else layer
                    (x0, y0), (x1, y1) = ends
                    line = (round(x0), round(y0)), (round(x1), round(y1))
                    cv2.line(picture, line[0], line[1], colour, max(1, thickness * self._sizes.bone), cv2.LINE_AA)

    def head_box(self) -> Box | None:
        """The head on the picture, hair and chin included; None when it is not seen."""
        face = [self.place(point) for point in self._body.points[:11] if not is_missing(point)]
        if not face:
            return None
        xs, ys = [x for x, _ in face], [y for _, y in face]
        # Ears and mouth span about half of a head.
        reach = max(max(xs) - min(xs), max(ys) - min(ys), 0.25 * self._known_torso())
        x, y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
        return round(x - reach), round(y - reach), round(x + reach), round(y + reach)

    def _known_torso(self) -> float:
        torso = self._body.torso_px
        return torso if torso == torso else 0.0

    def draw_gauge(self, picture: ByteArray, aim: Aim, state: CoachState, measure: Measure) -> None:
        """A ring at the joint that fills on the way to the target, with the value and the target beside it."""
        at = self._joint(measure.name, state.side)
        if is_missing(at) or aim.value != aim.value:
            return
        x, y = (round(value) for value in self.place(at))
        reached = aim.target.gap_at(aim.value) == 0.0
        radius, thick = round(17 * self._sizes.unit), max(2, round(5 * self._sizes.unit))
        cv2.circle(picture, (x, y), radius, INK, thick + 3, cv2.LINE_AA)
        cv2.circle(picture, (x, y), radius, (120, 116, 112), thick, cv2.LINE_AA)
        share = 1.0 if reached else aim.progress
        cv2.ellipse(
            picture, (x, y), (radius, radius), -90, 0, 360 * share, SKY if reached else ORANGE, thick, cv2.LINE_AA
        )
        self._label(picture, (x, y), radius + self._sizes.margin, self._outward(x, state.side), (aim, measure, reached))

    def _outward(self, x: int, side: Side | None) -> int:
        """1 when the label belongs to the right of its joint, -1 to the left: away from the middle of the body."""
        off = x - self.place(self._body.shoulders)[0]
        if abs(off) > 20 * self._sizes.unit or side is None:
            return -1 if off < 0 else 1
        return 1 if (side == "left") != self._mirrored else -1

    def _label(
        self, picture: ByteArray, at: tuple[int, int], off: int, outward: int, what: tuple[Aim, Measure, bool]
    ) -> None:
        """Value and target, beside the ring and never over the head."""
        aim, measure, reached = what
        unit = "°" if measure.unit == "degrees" else "%"
        value = text(f"{aim.value:.0f}{unit}" + (" ✓" if reached else ""), self._sizes.text, 700, WHITE)
        goal = text(goal_words(aim, unit), self._sizes.small, 500, WHITE)
        width = max(value.width, goal.width) + self._sizes.margin
        height = value.height + goal.height + round(1.7 * self._sizes.margin)
        left = at[0] + outward * off - (width if outward < 0 else 0)
        left = max(2, min(picture.shape[1] - width - 2, left))
        top = max(2, min(picture.shape[0] - height - 2, at[1] - height // 2))
        head = self.head_box()
        if head and left < head[2] and left + width > head[0] and top < head[3] and top + height > head[1]:
            top = min(picture.shape[0] - height - 2, head[3])
        shade(picture, (left, top, left + width, top + height))
        pad = self._sizes.margin // 2
        value.put(picture, left + pad, top + pad + value.height)
        goal.put(picture, left + pad, top + height - pad)

    def _joint(self, name: str, side: Side | None) -> Point:
        joint = JOINT_OF.get(name.split("_")[0], "shoulder")
        if joint == "neck":
            return self._body.shoulders
        return self._body.joint(side or self._body.near, joint)


def goal_words(aim: Aim, unit: str) -> str:
    """The target in words: "to 20°"."""
    bounds = [f"{bound:.0f}{unit}" for bound in (aim.target.low, aim.target.high) if math.isfinite(bound)]
    return f"to {bounds[0]}" if len(bounds) == 1 else " to ".join(bounds)


def shade(picture: ByteArray, box: Box, strength: float = 0.62) -> None:
    """Darken a box, so that light text is legible on anything."""
    left, top, right, bottom = max(0, box[0]), max(0, box[1]), box[2], box[3]
    roi = picture[top:bottom, left:right]
    if roi.size:
        tint = strength * 24.0
        cv2.convertScaleAbs(roi, dst=roi, alpha=1.0 - strength, beta=tint)
