"""The screens of a live session, one family: what is done lies on the picture, what is read stands on a card."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from poise.core.live.moment import Moment, Phase
from poise.core.spec import Spec
from poise.core.types import ByteArray
from poise.core.words import ENGLISH, Words
from poise.io.overlay import telling
from poise.io.overlay.bar import Bar, draw_corners
from poise.io.overlay.card import (
    GROUND,
    Layout,
    draw_camera,
    draw_countdown,
    draw_lines,
    draw_raised,
    draw_strip,
    print_size,
    strip_parts,
    turned_strip,
)
from poise.io.overlay.figure import Figure, overlap
from poise.io.overlay.overlay import Notice, Overlay, Size, draw_notice, enlarged, size_within
from poise.io.overlay.scale import draw_scale
from poise.io.overlay.style import Box, Sizes
from poise.io.overlay.tally import draw_tally

#: How long each picture of a move is the bright one.
LOOP_S: Final = 1.2
_CARDS: Final[tuple[Phase, ...]] = ("pain-before", "ready", "rest", "pain-after", "summary")


def no_picture(_: str) -> None:
    """For whoever has no pictures of the exercises."""


class Screens:
    """Draws the moments of a live session, in order of time.

    Args:
        words: The person's language; the specs in the moments are in it already.
        pictures: The strip of key poses of an exercise by its id, (H, W, 3) uint8, or None.
        still: Nothing loops or pulses, for who does not bear motion on a screen.

    Attributes:
        room: Width and height that the picture may fill on the screen; None draws in the camera's own size. Words are
            drawn at this size and are sharp.
    """

    def __init__(
        self,
        words: Words = ENGLISH,
        *,
        pictures: Callable[[str], ByteArray | None] = no_picture,
        still: bool = False,
        room: Size | None = None,
    ) -> None:
        self.room = room
        self._words = words
        self._pictures = pictures
        self._still = still
        self._overlay: tuple[Spec, Overlay] | None = None
        self._bar = Bar()
        self._mirrored = False
        self._stage: tuple[object, ...] = ()
        self._whole_s = 0.0
        self._page: tuple[object, ByteArray] | None = None
        self._strip: tuple[str, ByteArray | None] = ("", None)

    def ground(self, bgr: ByteArray, mirrored: bool) -> ByteArray | None:
        """What ``draw`` will draw on, made ahead of its moment: that takes time, and needs the frame alone.

        Returns:
            (H, W, 3) uint8; None while cards are shown, which hold the frame as a small picture.
        """
        return None if self._stage and self._stage[0] in _CARDS else enlarged(bgr, mirrored, self.room)

    def draw(
        self,
        bgr: ByteArray,
        moment: Moment,
        *,
        mirrored: bool = False,
        notice: Notice | None = None,
        ground: ByteArray | None = None,
    ) -> ByteArray:
        """A new picture of this moment.

        Args:
            bgr: (H, W, 3) uint8, the frame to which the moment belongs; left as it is.
            moment: Where the session stands.
            mirrored: Show the camera's picture as a mirror does; words are never mirrored.
            notice: A title and a line to lay across the picture, such as the keys, or that the camera is lost.
            ground: What ``ground`` made of this frame, the same way round; it is drawn on. Made here when left out.

        Returns:
            (H, W, 3) uint8, as large as fits into the room, in the frame's shape.
        """
        self._follow(moment)
        self._mirrored = mirrored
        if moment.phase in _CARDS:
            picture = self._card(bgr, moment, mirrored)
            if notice:
                height, width = picture.shape[:2]
                below = Layout.of(width, height, Sizes.of(width, height), bgr.shape[1] / bgr.shape[0]).below
                draw_notice(picture, notice, (0, below[1], width, height))
        elif moment.phase in ("placing", "neutral"):
            picture = self._placing(bgr, moment, mirrored, ground)
            if notice:
                draw_notice(picture, notice, *self._bar.free)
        else:
            if moment.phase == "paused" and notice is None:
                notice = telling.paused(self._words)
            overlay = self._overlay_of(moment.spec)
            picture = overlay.draw(
                bgr, moment.snapshot, mirrored=mirrored, notice=notice, room=self.room, ground=ground
            )
            self._hand(picture, moment, overlay.free)
        return picture

    def _follow(self, moment: Moment) -> None:
        """The longest time left since this countdown began is its whole."""
        stage = (moment.phase, moment.number, moment.snapshot.state.sets)
        if stage != self._stage:
            self._stage, self._whole_s = stage, 0.0
        self._whole_s = max(self._whole_s, moment.left_s or 0.0)

    def _overlay_of(self, spec: Spec) -> Overlay:
        if self._overlay is None or self._overlay[0] is not spec:
            self._overlay = spec, Overlay(spec, self._words)
        return self._overlay[1]

    def _placing(self, bgr: ByteArray, moment: Moment, mirrored: bool, ground: ByteArray | None) -> ByteArray:
        picture = enlarged(bgr, mirrored, self.room) if ground is None else ground
        sizes = Sizes.of(picture.shape[1], picture.shape[0])
        figure = Figure(
            moment.snapshot.reading.body, picture.shape[1], mirrored, sizes, picture.shape[1] / bgr.shape[1]
        )
        figure.draw_skeleton(picture, None)
        spoken = telling.placing(moment, self._words)
        countdown = (moment.left_s, moment.left_s / (self._whole_s or 1.0)) if moment.left_s is not None else None
        free = self._bar.draw(picture, spoken, countdown, sizes, figure.head_box())
        draw_corners(picture, free, spoken.right, sizes)
        self._hand(picture, moment, free)
        return picture

    def _hand(self, picture: ByteArray, moment: Moment, free: Box) -> None:
        """The ring of a raised hand: in the middle of the free edge, where no head is."""
        if moment.raised <= 0:
            return
        width, height = picture.shape[1], picture.shape[0]
        body = moment.snapshot.reading.body
        head = Figure(body, width, self._mirrored, Sizes.of(width, height), width / body.size_px[0]).head_box()
        radius = max(6, round(0.075 * min(width, height)))
        rows = (free[1] + 2 * radius, free[3] - 2 * radius)
        places = [(x, y) for y in rows for x in (2 * radius, width - 2 * radius, width // 2)]
        clear = [(x, y) for x, y in places if not overlap((x - radius, y - radius, x + radius, y + radius), head)]
        draw_raised(picture, (clear or places)[0], radius, moment.raised)

    def _card(self, bgr: ByteArray, moment: Moment, mirrored: bool) -> ByteArray:
        width, height = size_within(bgr, self.room)
        sizes = Sizes.of(width, height)
        layout = Layout.of(width, height, sizes, bgr.shape[1] / bgr.shape[0])
        lit = None if self._still else int(moment.t_s / LOOP_S)
        side = moment.snapshot.state.side
        key = (width, height, lit, moment.left_s is None, *self._stage, moment.spec.id, moment.summary, mirrored, side)
        if self._page is None or self._page[0] != key:
            # All but the camera's picture and the clock stays as it is from frame to frame, so it is drawn once.
            self._page = key, self._draw_page(moment, layout, sizes, (width, height), lit)
        picture = self._page[1].copy()
        draw_camera(picture, layout.camera, bgr, mirrored)
        if moment.raised > 0 or (moment.phase == "ready" and moment.left_s is None):
            left, top, right, bottom = layout.ring
            draw_raised(picture, ((left + right) // 2, (top + bottom) // 2), (right - left) // 2, moment.raised)
        elif moment.left_s is not None and moment.phase in ("ready", "rest"):
            draw_countdown(picture, layout.ring, moment.left_s, moment.left_s / (self._whole_s or 1.0))
        return picture

    def _draw_page(self, moment: Moment, layout: Layout, sizes: Sizes, size: Size, lit: int | None) -> ByteArray:
        page: ByteArray = np.full((size[1], size[0], 3), GROUND, np.uint8)
        small = print_size(sizes, size[1])
        left, top, _, bottom = layout.below
        if moment.phase == "summary":
            draw_tally(page, layout.below, moment.summary, self._words, small)
        elif moment.phase in ("ready", "rest"):
            spec = (moment.following or moment.spec) if moment.phase == "rest" else moment.spec
            strip = self._strip_of(spec)
            if strip is not None:
                strip = turned_strip(strip, self._mirrored, telling.side_of(moment, spec))
                captions = telling.captions(moment, spec, self._words, len(strip_parts(strip)))
                draw_strip(page, (left, top, layout.ring[0] - sizes.margin, bottom), strip, lit, captions, small)
        else:
            draw_scale(page, layout.below, self._words, small)
        draw_lines(page, layout.words, telling.card(moment, self._words), small)
        return page

    def _strip_of(self, spec: Spec) -> ByteArray | None:
        if self._strip[0] != spec.id:
            self._strip = spec.id, self._pictures(spec.id)
        return self._strip[1]
