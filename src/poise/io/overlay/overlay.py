"""Puts the figure and the band onto a picture."""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np

from poise.core.body import Side
from poise.core.coach import Snapshot
from poise.core.conditions import Target
from poise.core.measures import Measure, measures_of
from poise.core.results.review import words_of
from poise.core.spec import Spec
from poise.core.types import ByteArray
from poise.core.words import ENGLISH, Words
from poise.io.overlay.band import Band
from poise.io.overlay.figure import Figure, Gauge, overlap
from poise.io.overlay.ink import LEADING, fit, tint, width_of, write
from poise.io.overlay.style import INK, QUIET, WHITE, Box, Sizes

Notice = tuple[str, str]  # title and line
Size = tuple[int, int]  # width and height


class Overlay:
    """Draws the snapshots of one exercise, in order of time.

    Args:
        spec: The exercise, in the person's language.
        words: That language.

    Attributes:
        free: What band and notice left of the last picture: left, top, right, bottom.
    """

    def __init__(self, spec: Spec, words: Words = ENGLISH) -> None:
        self._measures: Mapping[str, Measure] = measures_of(spec)
        self._words = words
        self._band = Band(spec, words)
        self.free: Box = (0, 0, 0, 0)
        self._way: tuple[Target, Side | None] | None = None
        self._whole = 0.0

    def draw(
        self,
        bgr: ByteArray,
        snapshot: Snapshot,
        *,
        mirrored: bool = False,
        notice: Notice | None = None,
        room: Size | None = None,
        ground: ByteArray | None = None,
    ) -> ByteArray:
        """A new picture: the frame, mirrored if asked for, with everything drawn on it.

        Args:
            bgr: (H, W, 3) uint8, the frame to which the snapshot belongs; left as it is.
            snapshot: What the coach sees.
            mirrored: Show it as a mirror does; words are never mirrored.
            notice: A title and a line to lay across the picture, such as "Paused" and the keys.
            room: Width and height that the picture may fill on the screen; it is drawn in the frame's own size unless
                this is given. Words are drawn at that size, and so are sharp.
            ground: What is drawn on, and changed: the frame as ``enlarged`` makes it, made beforehand, or the frame
                itself when nobody needs it any more. Left out, it is made here, which takes time.

        Returns:
            (H, W, 3) uint8.
        """
        picture = enlarged(bgr, mirrored, room) if ground is None else ground
        sizes = Sizes.of(picture.shape[1], picture.shape[0])
        scale = picture.shape[1] / bgr.shape[1]
        figure = Figure(snapshot.reading.body, picture.shape[1], mirrored, sizes, scale)
        figure.draw_skeleton(picture, snapshot.state.side)
        head = figure.head_box()
        free = self.free = self._band.draw(picture, snapshot, sizes, head)
        gauge = self._gauge(snapshot)
        if gauge:
            figure.draw_gauge(picture, gauge, free)
        if notice:
            self.free = _without(free, draw_notice(picture, notice, free, head))
        return picture

    def _gauge(self, snapshot: Snapshot) -> Gauge | None:
        """The measure that matters now; its way begins at the farthest point since it does."""
        aim, side = snapshot.state.aim, snapshot.state.side
        if aim is None or aim.target.ref.name not in self._measures:
            return None
        if (aim.target, side) != self._way:
            self._way, self._whole = (aim.target, side), 0.0
        gap = aim.target.gap_at(aim.value)
        self._whole = max(self._whole, gap)
        share = 1.0 - gap / self._whole if self._whole > 0 else 1.0
        measure = self._measures[aim.target.ref.name]
        name = "" if measure.unit == "degrees" else self._named(aim.target)
        return Gauge(measure, aim.target, aim.value, share, side, name)

    def _named(self, target: Target) -> str:
        """A measure in words, for those that are no angle: a bare share of something tells nobody what should grow."""
        name = words_of(target.ref.name, self._words)
        return name[:1].upper() + name[1:]


def size_within(bgr: ByteArray, room: Size | None) -> Size:
    """Width and height of a picture in the frame's shape that fits into the room."""
    height, width = bgr.shape[:2]
    if room is None:
        return width, height
    scale = min(room[0] / width, room[1] / height)
    return max(1, round(scale * width)), max(1, round(scale * height))


def enlarged(bgr: ByteArray, mirrored: bool, room: Size | None) -> ByteArray:
    """A new picture of the frame, mirrored if asked for, as large as fits into the room."""
    picture = cv2.flip(bgr, 1) if mirrored else bgr
    size = size_within(bgr, room)
    if size != (bgr.shape[1], bgr.shape[0]):
        return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR), np.uint8)
    return np.asarray(picture, np.uint8) if mirrored else bgr.copy()


def _without(free: Box, taken: Box) -> Box:
    """The larger part of what is free above and below something that lies across it."""
    left, top, right, bottom = free
    above, below = max(0, taken[1] - top), max(0, bottom - taken[3])
    return (left, top, right, top + above) if above > below else (left, bottom - below, right, bottom)


def draw_notice(picture: ByteArray, notice: Notice, free: Box | None = None, head: Box | None = None) -> Box:
    """Lay a title and a line across a picture, on the picture itself; returns where.

    Args:
        picture: (H, W, 3) changed in place.
        notice: Title and line.
        free: Where it may lie: anywhere unless said otherwise. It lies in the middle, or where the head is not.
        head: Where the head is.
    """
    height, width = picture.shape[:2]
    sizes = Sizes.of(width, height)
    room = max(10, width - 2 * sizes.margin)
    title, most = (3, 6) if sizes.stacked else (1, 3)
    lines = [(line, size, 700, WHITE) for line, size in _fitted(notice[0], round(1.6 * sizes.text), 700, room, title)]
    lines += [(line, size, 500, QUIET) for line, size in _fitted(notice[1], sizes.small, 500, room, most)]
    high = min(height, round(sum(LEADING * size for _, size, _, _ in lines)) + 3 * sizes.margin)
    _, highest, _, lowest = free or (0, 0, width, height)
    places = [(0, top, width, top + high) for top in ((highest + lowest - high) // 2, lowest - high, highest)]
    inside = [box for box in places if box[1] >= 0 and box[3] <= height] or [(0, 0, width, high)]
    place = next((box for box in inside if not overlap(box, head)), inside[0])
    tint(picture, place, INK, 0.8, 0)
    y, above = place[1] + sizes.margin, 0
    for line, size, weight, colour in lines:
        y += round(LEADING * size + max(0.0, 0.3 * (above - size)))  # clear of what hangs down from a larger line
        above = size
        write(picture, line, ((width - width_of(line, size, weight)) // 2, y), size, weight, colour)
    return place


def _fitted(words: str, size: int, weight: int, width: int, lines: int) -> list[tuple[str, int]]:
    broken, size = fit(words, size, weight, width, lines)
    return [(line, size) for line in broken if line]
