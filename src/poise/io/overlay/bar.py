"""The bar along an edge of the camera's picture while somebody is being placed before it."""

from __future__ import annotations

import cv2

from poise.core.types import ByteArray
from poise.io.overlay.band import Edge
from poise.io.overlay.card import draw_countdown
from poise.io.overlay.ink import CAP, LEADING, draw_icon, fit, tint, write
from poise.io.overlay.style import BLUE, INK, QUIET, SKY, WHITE, Box, Sizes
from poise.io.overlay.telling import Spoken


class Bar:
    """Draws one thing to do, with a heading, a note, and perhaps a countdown.

    Attributes:
        free: What was left of the picture when it was last drawn, and where the head was.
    """

    def __init__(self) -> None:
        self._edge = Edge()
        self.free: tuple[Box | None, Box | None] = (None, None)

    def draw(
        self,
        picture: ByteArray,
        spoken: Spoken,
        countdown: tuple[float, float] | None,
        sizes: Sizes,
        head: Box | None,
    ) -> Box:
        """Draw it; returns what is left of the picture.

        Args:
            picture: Changed in place.
            spoken: What to say.
            countdown: Seconds left, and their share of the whole; or None.
            sizes: Sizes for the picture.
            head: Where the head is, which the bar keeps off.
        """
        height, width = picture.shape[:2]
        ring = round(2.4 * sizes.ring) if countdown else 0
        icon = round(1.3 * sizes.text)
        room = max(10, width - 2 * sizes.margin - icon - (ring + sizes.margin if ring else 0))
        title, size = fit(spoken.words, round(1.15 * sizes.text), 700, room, 3 if sizes.stacked else 2)
        notes, small = fit(spoken.note, sizes.small, 500, room, 4 if sizes.stacked else 3)
        notes = notes if spoken.note else []
        high = round(LEADING * (sizes.small + len(title) * size + len(notes) * small)) + 3 * sizes.margin
        left, top, right, bottom = self._edge.place(
            width, height, min(height, max(high, ring + 2 * sizes.margin)), head
        )
        tint(picture, (left, top, right, bottom), INK if spoken.right else BLUE, 0.8 if spoken.right else 0.88, 0)
        y = top + sizes.margin + round(CAP * sizes.small)
        heading = fit(spoken.heading, sizes.small, 700, room, 1)[0][0]
        write(picture, heading, (sizes.margin + icon, y), sizes.small, 700, SKY if spoken.right else WHITE)
        y += round(0.4 * sizes.small)
        mark = round(0.9 * size)
        at = (sizes.margin, y + round(0.12 * size))
        draw_icon(picture, "check" if spoken.right else "frame", at, mark, SKY if spoken.right else WHITE, INK)
        for lines, of_size, weight in ((title, size, 700), (notes, small, 500)):
            for line in lines:
                y += round(LEADING * of_size)
                colour = WHITE if weight == 700 or not spoken.right else QUIET
                write(picture, line, (sizes.margin + icon, y - round(0.15 * of_size)), of_size, weight, colour)
        if countdown:
            middle = (top + bottom) // 2
            box = (right - sizes.margin - ring, middle - ring // 2, right - sizes.margin, middle - ring // 2 + ring)
            draw_countdown(picture, box, *countdown)
        free = (0, bottom, width, height) if self._edge.at_top else (0, 0, width, top)
        self.free = free, head
        return free


def draw_corners(picture: ByteArray, free: Box, right: bool, sizes: Sizes) -> None:
    """The corners of a view-finder: blue and whole when all is right."""
    left, top, end, bottom = (
        free[0] + sizes.margin, free[1] + sizes.margin, free[2] - sizes.margin - 1, free[3] - sizes.margin - 1,
    )  # fmt: skip
    long = min(end - left, bottom - top) // 8
    if long < 2:
        return
    for colour, thickness in ((INK, sizes.line(6)), (SKY if right else WHITE, sizes.line(3.5))):
        for x, along in ((left, long), (end, -long)):
            for y, down in ((top, long), (bottom, -long)):
                cv2.line(picture, (x, y), (x + along, y), colour, thickness, cv2.LINE_AA)
                cv2.line(picture, (x, y), (x, y + down), colour, thickness, cv2.LINE_AA)
