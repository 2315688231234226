"""A picture in the terminal: two pixels to a character, the upper one its colour, the lower one its background."""

from __future__ import annotations

import cv2
from rich.color import Color
from rich.segment import Segment, Segments
from rich.style import Style

from poise.core.types import ByteArray

TALLEST = 22  # lines


def drawn(picture: ByteArray, columns: int) -> Segments:
    """The picture in so many columns at most.

    Args:
        picture: (H, W, 3) uint8, blue-green-red.
        columns: Width of the terminal in characters.
    """
    height, width = picture.shape[:2]
    across = min(columns, round(2 * TALLEST * width / height))
    lines = max(1, round(across * height / width / 2))
    small = cv2.resize(picture, (across, 2 * lines), interpolation=cv2.INTER_AREA).tolist()
    segments: list[Segment] = []
    for upper, lower in zip(small[::2], small[1::2], strict=True):
        for (blue, green, red), (under_blue, under_green, under_red) in zip(upper, lower, strict=True):
            style = Style(
                color=Color.from_rgb(red, green, blue), bgcolor=Color.from_rgb(under_red, under_green, under_blue)
            )
            segments.append(Segment("▀", style))
        segments.append(Segment.line())
    return Segments(segments)
