"""The card: a calm dark page beside the camera's picture, for whatever is read rather than done.

The camera's picture is small on it and nothing lies over that picture, so that a card never covers a face.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from poise.core.body import Side
from poise.core.types import ByteArray
from poise.io.overlay.ink import CAP, LEADING, LEAST, draw_icon, draw_panel, draw_ring, fit, width_of, write
from poise.io.overlay.style import GREY, INK, QUIET, SKY, WHITE, Box, Colour, Icon, Sizes

GROUND: Colour = (44, 36, 30)
_NEAR_WHITE = 235  # of the columns between the pictures of a strip, as JPEG leaves them


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a card.

    Attributes:
        words: What it says.
        scale: Its size, in sizes of the card's small print.
        weight: 500, or 700 for bold.
        colour: Its colour.
        most: How many lines it may take.
        icon: A shape before it, or None.
    """

    words: str
    scale: float = 1.0
    weight: int = 500
    colour: Colour = QUIET
    most: int = 2
    icon: Icon | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything lies on a card: left, top, right, bottom of each part.

    Attributes:
        words: The paragraphs.
        camera: The camera's picture.
        below: Pictures of the move, a table, a scale.
        ring: The countdown, at the end of ``below``.
    """

    words: Box
    camera: Box
    below: Box
    ring: Box

    @classmethod
    def of(cls, width: int, height: int, sizes: Sizes, aspect: float) -> Layout:
        """For a card of that size and a camera picture of that width over height."""
        gap = sizes.margin
        if sizes.stacked:
            high = round(0.3 * height)
            across = min(width - 2 * gap, round(high * aspect))
            camera = _inside((width - across) // 2, gap, across, round(across / aspect))
            middle = camera[3] + gap
            low = round(0.66 * height)
            ring = min(width // 4, height - low - 2 * gap)
            words = (gap, middle, width - gap, low)
        else:
            across = round(0.4 * width)
            high = min(round(across / aspect), round(0.5 * height))
            camera = _inside(width - gap - round(high * aspect), gap, round(high * aspect), high)
            low = max(camera[3], round(0.52 * height)) + gap
            ring = height - low - 2 * gap
            words = (gap, gap, camera[0] - gap, low - gap)
        ring = max(8, min(ring, round(0.26 * width)))
        top = low + max(0, (height - gap - low - ring) // 2)
        return cls(words, camera, (gap, low, width - gap, height - gap), _inside(width - gap - ring, top, ring, ring))


def _inside(left: int, top: int, width: int, height: int) -> Box:
    return left, top, left + max(1, width), top + max(1, height)


def print_size(sizes: Sizes, height: int) -> int:
    """Font size of a card's small print: larger than what lies over a picture, since there is room."""
    return max(sizes.small, round((0.026 if sizes.stacked else 0.043) * height))


def draw_lines(picture: ByteArray, box: Box, lines: Sequence[Line], size: int) -> bool:
    """Write paragraphs from the top of a box, smaller where there are many.

    They are never made illegibly small: those for which there is no room at seven tenths of the size are left out,
    from the last on.

    Returns:
        Whether all were written.
    """
    left, top, right, bottom = box
    paragraphs: list[_Paragraph] = []
    for share in (1.0, 0.92, 0.84, 0.77, LEAST):
        paragraphs = [_Paragraph.of(line, round(share * size), right - left) for line in lines]
        if sum(paragraph.height for paragraph in paragraphs) <= bottom - top:
            break
    y = top
    for paragraph in paragraphs:
        if y + paragraph.height > bottom and y > top:
            return False
        paragraph.draw(picture, (left, y))
        y += paragraph.height
    return True


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph broken into lines of one size."""

    line: Line
    broken: list[str]
    size: int
    indent: int

    @classmethod
    def of(cls, line: Line, size: int, width: int) -> _Paragraph:
        of_line = max(7, round(line.scale * size))
        indent = round(1.2 * of_line) if line.icon else 0
        broken, fitted = fit(line.words, of_line, line.weight, max(10, width - indent), line.most)
        return cls(line, broken, fitted, indent)

    @property
    def height(self) -> int:
        return round(0.25 * self.size) + len(self.broken) * round(LEADING * self.size)

    def draw(self, picture: ByteArray, at: tuple[int, int]) -> None:
        line, size = self.line, self.size
        x, y = at[0] + self.indent, at[1] + round(0.25 * size) + round(CAP * size)
        if line.icon:
            corner = (at[0], y - round((0.85 + CAP) / 2 * size))
            draw_icon(picture, line.icon, corner, round(0.85 * size), line.colour, GROUND)
        for words in self.broken:
            write(picture, words, (x, y), size, line.weight, line.colour)
            y += round(LEADING * size)


def draw_camera(picture: ByteArray, box: Box, bgr: ByteArray, mirrored: bool) -> None:
    """The camera's picture in its place, with a thin frame."""
    left, top, right, bottom = box
    small = cv2.resize(bgr, (right - left, bottom - top), interpolation=cv2.INTER_LINEAR)
    inset = picture[top:bottom, left:right]
    inset[:] = cv2.flip(small, 1)[: inset.shape[0], : inset.shape[1]] if mirrored else small[: inset.shape[0]]


def draw_countdown(picture: ByteArray, box: Box, left_s: float, share: float) -> None:
    """Whole seconds left, in a ring that empties clockwise."""
    left, top, right, bottom = box
    centre, radius = ((left + right) // 2, (top + bottom) // 2), (right - left) // 2
    line = max(2, radius // 7)
    draw_ring(picture, centre, radius - line, line, 1.0 - share, (SKY, GREY))
    words = f"{-int(-left_s // 1)}"
    size = max(8, round(radius * (0.95 if len(words) < 3 else 0.7)))
    at = (centre[0] - width_of(words, size, 700) // 2, centre[1] + round(CAP * size / 2))
    write(picture, words, at, size, 700, WHITE)


def strip_parts(strip: ByteArray) -> list[tuple[int, int]]:
    """The pictures of a strip, which white columns part: where each begins and ends."""
    # Every eighth row will do: no picture is as white as the gap over its whole height.
    white = (strip[::8] >= _NEAR_WHITE).all(axis=(0, 2))
    edges = np.flatnonzero(np.diff(np.concatenate([[1], white.astype(np.int8), [1]])))
    parts = [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return [part for part in parts if part[1] - part[0] > strip.shape[0] // 8]


def turned_strip(strip: ByteArray, mirrored: bool, side: Side | None) -> ByteArray:
    """The strip as the person sees themselves: as in a mirror where they do, the other way round for the right side.

    Strips show the left side, as a camera sees it; the order of their pictures stays.
    """
    if mirrored == (side == "right"):
        return strip
    turned = strip.copy()
    for start, end in strip_parts(strip):
        turned[:, start:end] = strip[:, start:end][:, ::-1]
    return turned


def draw_strip(
    picture: ByteArray, box: Box, strip: ByteArray, lit: int | None, captions: Sequence[str], size: int
) -> None:
    """The pictures of a move, side by side, and below them what the bright one shows.

    Args:
        picture: Changed in place.
        box: Where.
        strip: The pictures, (H, W, 3), with white columns between them.
        lit: Which of them is bright and framed, counted on for ever; all are, with all captions, when None.
        captions: One for each picture, or one for all.
        size: Font size of the captions, made smaller for long ones: the same for all, so that nothing jumps.
    """
    left, top, right, bottom = box
    if right - left < 8 or bottom - top < 8:
        return
    most = 3
    if lit is None:
        captions, most = [" → ".join(captions)], 5
    fitted = min(fit(caption, size, 500, right - left, most)[1] for caption in captions)
    broken = [fit(caption, fitted, 500, right - left, most)[0] for caption in captions]
    foot = bottom - max(len(lines) for lines in broken) * round(LEADING * fitted)
    parts = strip_parts(strip)
    _draw_parts(picture, (left, top, right, foot - size // 4), strip, parts, lit)
    y = foot
    for line in broken[(lit or 0) % len(broken)]:
        write(picture, line, (left, y + round(CAP * fitted)), fitted, 500, WHITE)
        y += round(LEADING * fitted)


def _draw_parts(
    picture: ByteArray, box: Box, strip: ByteArray, parts: Sequence[tuple[int, int]], lit: int | None
) -> None:
    left, top, right, bottom = box
    gap = max(2, (bottom - top) // 30)
    wide = sum(end - start for start, end in parts)
    if not parts or bottom - top < 8:
        return
    scale = min((bottom - top) / strip.shape[0], (right - left - gap * (len(parts) - 1)) / wide)
    high = max(1, round(scale * strip.shape[0]))
    x, y = left, top + (bottom - top - high) // 2
    for number, (start, end) in enumerate(parts):
        across = max(1, round(scale * (end - start)))
        part = cv2.resize(strip[:, start:end], (across, high), interpolation=cv2.INTER_AREA)
        place = picture[y : y + high, x : x + across]
        share = 1.0 if lit is None or lit % len(parts) == number else 0.4
        place[:] = cv2.addWeighted(part, share, np.full_like(part, GROUND), 1.0 - share, 0.0)[:, : place.shape[1]]
        if lit is not None and share == 1.0:
            cv2.rectangle(picture, (x, y), (x + across - 1, y + high - 1), SKY, max(2, gap // 2))
        x += across + gap


def draw_raised(picture: ByteArray, centre: tuple[int, int], radius: int, share: float) -> None:
    """A hand in a ring that fills while somebody holds a hand up."""
    cv2.circle(picture, centre, radius, INK, -1, cv2.LINE_AA)
    draw_ring(picture, centre, round(0.86 * radius), max(2, radius // 6), share, (GREY, SKY))
    palm, finger = round(0.24 * radius), max(2, round(0.09 * radius))
    x, y = centre
    draw_panel(picture, (x - palm, y - palm // 3, x + palm + 1, y + 2 * palm), WHITE, palm // 2)
    for number, longer in enumerate((0.42, 0.52, 0.5, 0.38)):
        at = x - palm + round((number + 0.5) * palm / 2)
        cv2.line(picture, (at, y), (at, y - round(longer * radius)), WHITE, finger, cv2.LINE_AA)
    cv2.line(picture, (x + palm, y + palm), (x + round(1.9 * palm), y), WHITE, finger, cv2.LINE_AA)
