"""TrueType text on pictures: set once, kept, and blended where it is wanted."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from poise.core.types import ByteArray
from poise.io.overlay.style import Colour

#: Height of a capital letter as a share of the font size, for centring lines of text.
CAP_HEIGHT = 0.72


class Text:
    """One line of text as a patch that can be blended into a picture.

    Attributes:
        width: Pixels from the first to the last inked column.
        height: Pixels from the top of the capitals to the baseline.
    """

    def __init__(self, words: str, size_px: int, weight: int, colour: Colour) -> None:
        canvas = np.zeros((2 * size_px, max(8, len(words) * size_px + size_px), 3), np.uint8)
        baseline = round(1.4 * size_px)
        cv2.putText(canvas, words, (size_px // 4, baseline), (255, 255, 255), cv2.FontFace("sans"), size_px, weight)
        inked = np.flatnonzero(canvas[:, :, 0].any(axis=0))
        left, right = (int(inked[0]), int(inked[-1]) + 1) if len(inked) else (0, 1)
        alpha: ByteArray = canvas[:, left:right]
        self.width = right - left
        self.height = round(CAP_HEIGHT * size_px)
        self._baseline = baseline
        self._keep: ByteArray = cv2.bitwise_not(alpha).astype(np.uint8)
        tint = np.full_like(alpha, colour)
        self._add: ByteArray = cv2.multiply(tint, alpha, scale=1 / 255).astype(np.uint8)

    def put(self, picture: ByteArray, x: int, baseline: int) -> None:
        """Blend it in with its left edge at x, standing on the baseline; what lies outside is cut off."""
        top = baseline - self._baseline
        height, width = self._keep.shape[:2]
        x0, y0 = max(0, x), max(0, top)
        x1, y1 = min(picture.shape[1], x + width), min(picture.shape[0], top + height)
        if x0 >= x1 or y0 >= y1:
            return
        part = (slice(y0 - top, y1 - top), slice(x0 - x, x1 - x))
        roi: NDArray[np.uint8] = picture[y0:y1, x0:x1]
        cv2.add(cv2.multiply(roi, self._keep[part], scale=1 / 255), self._add[part], dst=roi)


@lru_cache(maxsize=512)
def text(words: str, size_px: int, weight: int, colour: Colour) -> Text:
    """A line of text, set once."""
    return Text(words, size_px, weight, colour)


@lru_cache(maxsize=256)
def wrap(words: str, size_px: int, weight: int, width: int, lines: int) -> tuple[tuple[str, ...], int]:
    """Words broken into at most so many lines of that width.

    Returns:
        The lines, and the size at which they fit: the size asked for, or less.
    """
    while True:
        broken = _break(words, size_px, weight, width)
        fits = all(text(line, size_px, weight, (255, 255, 255)).width <= width for line in broken)
        if (len(broken) <= lines and fits) or size_px <= 7:
            return tuple(broken[:lines]), size_px
        size_px = max(7, round(0.92 * size_px))


def _break(words: str, size_px: int, weight: int, width: int) -> list[str]:
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text(longer, size_px, weight, (255, 255, 255)).width > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
