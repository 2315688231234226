"""Words, icons and panels: what everything on the picture is drawn with."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

import cv2
import numpy as np

from poise.core.geometry import Point
from poise.core.types import ByteArray
from poise.io.overlay.style import Box, Colour, Icon

CAP = 0.75  # height of a capital as a share of the font size
LEADING = 1.22  # from baseline to baseline
LEAST = 0.7  # of its size, down to which words are made smaller so that they fit
_FRACTION_BITS = 4  # OpenCV draws to this part of a pixel
_NO_CANVAS = (0, 0)

#: Icons in a square of side 1: filled outlines, and lines (drawn in the ground's colour where a filling lies below).
_ICONS: dict[Icon, tuple[tuple[tuple[Point, ...], ...], tuple[tuple[Point, ...], ...]]] = {
    "octagon": (
        (tuple((0.5 + 0.5 * math.cos(a), 0.5 + 0.5 * math.sin(a)) for a in np.radians(np.arange(22.5, 360, 45))),),
        (((0.28, 0.5), (0.72, 0.5)),),
    ),
    "triangle": ((((0.5, 0.03), (1.0, 0.92), (0.0, 0.92)),), (((0.5, 0.38), (0.5, 0.6)), ((0.5, 0.76), (0.5, 0.77)))),
    "diamond": ((((0.5, 0.1), (0.9, 0.5), (0.5, 0.9), (0.1, 0.5)),), ()),
    "check": ((), (((0.08, 0.55), (0.38, 0.84), (0.94, 0.18)),)),
    "chevrons": ((), (((0.1, 0.52), (0.5, 0.14), (0.9, 0.52)), ((0.1, 0.92), (0.5, 0.54), (0.9, 0.92)))),
    "frame": (
        (),
        tuple(
            ((x, abs(y - 0.28)), (x, y), (abs(x - 0.28), y))
            for x, y in ((0.05, 0.05), (0.95, 0.05), (0.95, 0.95), (0.05, 0.95))
        ),
    ),
}


@lru_cache(maxsize=512)
def width_of(words: str, size: int, weight: int) -> int:
    """Width of a line of words in pixels."""
    return int(cv2.getTextSize(_NO_CANVAS, _shown(words), (0, 0), cv2.FontFace("sans"), size, weight)[2])


def write(picture: ByteArray, words: str, at: tuple[int, int], size: int, weight: int, colour: Colour) -> int:
    """Write words from the left end of their baseline; returns where they end."""
    cv2.putText(picture, _shown(words), at, colour, cv2.FontFace("sans"), size, weight)
    return at[0] + width_of(words, size, weight)


def fit(words: str, size: int, weight: int, width: int, lines: int) -> tuple[list[str], int]:
    """Words broken into at most so many lines of that width, and the size at which they fit: this one or a smaller.

    They are never made illegibly small: what does not fit at seven tenths of the size is cut.
    """
    smallest = max(7, round(LEAST * size))
    while True:
        broken = _break(words, size, weight, width)
        if len(broken) <= lines and all(width_of(line, size, weight) <= width for line in broken):
            return broken, size
        if size <= smallest:
            if len(broken) > lines:
                broken = [*broken[: lines - 1], broken[lines - 1] + " …"]
            return [_cut(line, size, weight, width) for line in broken], size
        size = max(smallest, min(size - 1, round(0.94 * size)))


def draw_icon(picture: ByteArray, icon: Icon, at: tuple[int, int], size: int, colour: Colour, ground: Colour) -> None:
    """Draw an icon from its top left corner."""
    filled, lines = _ICONS[icon]
    stroke = max(1, round(0.13 * size))
    for outline in filled:
        cv2.fillPoly(picture, [_fixed(outline, at, size)], colour, cv2.LINE_AA, _FRACTION_BITS)
    for line in lines:
        tint = ground if filled else colour
        cv2.polylines(picture, [_fixed(line, at, size)], False, tint, stroke, cv2.LINE_AA, _FRACTION_BITS)


def draw_panel(picture: ByteArray, box: Box, colour: Colour, radius: int) -> None:
    """Fill a box with rounded corners."""
    left, top, right, bottom = box
    radius = max(1, min(radius, (right - left) // 2, (bottom - top) // 2))
    corners = (
        (180, left + radius, top + radius),
        (270, right - 1 - radius, top + radius),
        (0, right - 1 - radius, bottom - 1 - radius),
        (90, left + radius, bottom - 1 - radius),
    )
    arcs = [cv2.ellipse2Poly((x, y), (radius, radius), 0, start, start + 90, 15) for start, x, y in corners]
    cv2.fillPoly(picture, [np.concatenate(arcs)], colour, cv2.LINE_AA)


def draw_arc(
    picture: ByteArray, centre: tuple[int, int], radius: int, line: int, start: float, sweep: float, colour: Colour
) -> None:
    """Draw a part of a ring: from the start, in degrees clockwise from the right, over the sweep.

    As the filled shape that it is, because OpenCV's thick arcs take ten times as long.
    """
    scale = 2**_FRACTION_BITS
    at, (first, last) = (scale * centre[0], scale * centre[1]), sorted((round(start), round(start + sweep)))
    if first == last:
        return
    radii = (round(scale * (radius + line / 2)), max(0, round(scale * (radius - line / 2))))
    edges = [cv2.ellipse2Poly(at, (r, r), 0, first, last, 6) for r in radii]
    outline = np.concatenate([edges[0], edges[1][::-1]])
    cv2.fillPoly(picture, [outline], colour, cv2.LINE_AA, _FRACTION_BITS)


def draw_ring(
    picture: ByteArray, centre: tuple[int, int], radius: int, line: int, share: float, colours: tuple[Colour, Colour]
) -> None:
    """Draw a ring that is filled clockwise from the top by a share of 0 to 1, in the colours of the two."""
    full = 360.0 * max(0.0, min(1.0, share))
    draw_arc(picture, centre, radius, line, -90.0 + full, 360.0 - full, colours[0])
    draw_arc(picture, centre, radius, line, -90.0, full, colours[1])


def tint(picture: ByteArray, box: Box, colour: Colour, strength: float, fade: int) -> None:
    """Lay a colour over a box.

    Args:
        picture: (H, W, 3) changed in place.
        box: Where; must lie inside the picture.
        colour: What is laid over.
        strength: 0 to 1.
        fade: Over so many rows it sets in: from the top of the box, or from the bottom when negative.
    """
    left, top, right, bottom = box
    part = picture[top:bottom, left:right]
    if part.size:
        keep, add = _veil(right - left, bottom - top, colour, strength, fade)
        cv2.add(cv2.multiply(part, keep, scale=1 / 255), add, dst=part)


@lru_cache(maxsize=8)
def _veil(width: int, height: int, colour: Colour, strength: float, fade: int) -> tuple[ByteArray, ByteArray]:
    rows = np.minimum(1.0, np.arange(1, height + 1) / max(1, abs(fade)))
    alpha = (strength * (rows if fade >= 0 else rows[::-1]))[:, None, None]
    whole = np.ones((height, width, 3))
    return (255 * (1 - alpha) * whole).astype(np.uint8), (alpha * np.array(colour) * whole).astype(np.uint8)


def _shown(words: str) -> str:
    # The font strikes its zero through, which across a room reads as a foreign letter; its O is what a zero should be.
    return words.replace("0", "O")


def _cut(line: str, size: int, weight: int, width: int) -> str:
    if width_of(line, size, weight) <= width:
        return line
    fitting = bisect_right(range(len(line)), width, key=lambda end: width_of(line[:end] + "…", size, weight))
    return line[: max(0, fitting - 1)] + "…"


def _break(words: str, size: int, weight: int, width: int) -> list[str]:
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, size, weight) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _fixed(points: Sequence[Point], at: tuple[int, int], size: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
    scale = 2**_FRACTION_BITS
    return np.array([((at[0] + x * size) * scale, (at[1] + y * size) * scale) for x, y in points], np.int32)
