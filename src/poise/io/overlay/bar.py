"""The bar along an edge of the camera's picture while somebody is being placed before it."""

from __future__ import annotations

import cv2

from poise.core.types import ByteArray
from poise.io.overlay.band import Edge
from poise.io.overlay.card import draw_countdown
from poise.io.overlay.ink import CAP, LEADING, draw_icon, fit, tint, write
from poise.io.overlay.style import BLUE, INK, QUIET, SKY, WHITE, Box, Colour, Icon, Sizes
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
        inset = sizes.margin + round(1.3 * sizes.text)  # the icon stands before the words
        room = max(10, width - inset - sizes.margin - (ring + sizes.margin if ring else 0))
        title, size = fit(spoken.words, round(1.15 * sizes.text), 700, room, 3 if sizes.stacked else 2)
        notes, small = fit(spoken.note, sizes.small, 500, room, 4 if sizes.stacked else 3)
        notes = notes if spoken.note else []
        high = round(LEADING * (sizes.small + len(title) * size + len(notes) * small)) + 3 * sizes.margin
        high = min(height, max(high, ring + 2 * sizes.margin))
        box = self._edge.place(width, height, high, head)
        tint(picture, box, INK if spoken.right else BLUE, 0.8 if spoken.right else 0.88, 0)
        accent = SKY if spoken.right else WHITE
        y = box[1] + sizes.margin + round(CAP * sizes.small)
        write(picture, fit(spoken.heading, sizes.small, 700, room, 1)[0][0], (inset, y), sizes.small, 700, accent)
        y += round(0.4 * sizes.small)
        icon: Icon = "check" if spoken.right else "frame"
        draw_icon(picture, icon, (sizes.margin, y + round(0.12 * size)), round(0.9 * size), accent, INK)
        y = _write_lines(picture, title, (inset, y), size, 700, WHITE)
        _write_lines(picture, notes, (inset, y), small, 500, QUIET if spoken.right else WHITE)
        if countdown:
            left, top = width - sizes.margin - ring, (box[1] + box[3] - ring) // 2
            draw_countdown(picture, (left, top, left + ring, top + ring), *countdown)
        free = (0, box[3], width, height) if self._edge.at_top else (0, 0, width, box[1])
        self.free = free, head
        return free


def _write_lines(
    picture: ByteArray, lines: list[str], at: tuple[int, int], size: int, weight: int, colour: Colour
) -> int:
    """Write lines below one another, from a top left corner; returns where they end."""
    x, y = at
    for line in lines:
        y += round(LEADING * size)
        write(picture, line, (x, y - round(0.15 * size)), size, weight, colour)
    return y


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
