"""Puts the figure and the band with count, words and hold onto a picture."""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np

from poise.core.coach import CoachState, Snapshot, measures_of
from poise.core.cues import Cue
from poise.core.measures import Measure
from poise.core.spec import Spec
from poise.core.types import ByteArray
from poise.io.overlay.figure import Box, Figure, shade
from poise.io.overlay.style import INK, QUIET, SIGN, SKY, WHITE, Sizes
from poise.io.overlay.text import text, wrap


class Overlay:
    """Draws snapshots of one exercise.

    Args:
        spec: The exercise.
    """

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self._measures: Mapping[str, Measure] = measures_of(spec)

    def draw(self, bgr: ByteArray, snapshot: Snapshot, *, mirrored: bool = False) -> ByteArray:
        """A new picture: the frame, mirrored if asked for, with everything drawn on it.

        Args:
            bgr: (H, W, 3) the frame to which the snapshot belongs; left as it is.
            snapshot: What the coach sees.
            mirrored: Show it as a mirror does; text stays legible.
        """
        picture = np.asarray(cv2.flip(bgr, 1), np.uint8) if mirrored else bgr.copy()
        sizes = Sizes.of(picture.shape[1], picture.shape[0])
        figure = Figure(snapshot.reading.body, picture.shape[1], mirrored, sizes)
        state = snapshot.state
        figure.draw_skeleton(picture, state.side)
        if state.aim and (measure := self._measures.get(state.aim.target.ref.name)):
            figure.draw_gauge(picture, state.aim, state, measure)
        box = band_of(picture.shape[1], picture.shape[0], sizes, figure.head_box())
        self._draw_band(picture, box, sizes, state, snapshot.cue)
        return picture

    def _draw_band(self, picture: ByteArray, box: Box, sizes: Sizes, state: CoachState, cue: Cue) -> None:
        shade(picture, box, 0.72)
        left = self._draw_count(picture, box, sizes, state) + sizes.margin
        right = box[2] - sizes.margin
        if state.hold_s is not None and state.hold_target_s:
            right = self._draw_ring(picture, box, sizes, state.hold_s, state.hold_target_s) - sizes.margin
        self._draw_words(picture, (left, box[1], right, box[3]), sizes, cue, state)

    def _draw_count(self, picture: ByteArray, box: Box, sizes: Sizes, state: CoachState) -> int:
        """The repetitions at the left, those of each side where there are sides; returns the right edge."""
        total, left_reps, right_reps = state.reps
        x = box[0] + sizes.margin
        below = box[3] - sizes.margin
        if not self._spec.sided:
            x_end = self._draw_number(picture, x, box, sizes, str(total), WHITE)
            note = text(f"of {self._spec.dose.reps}", sizes.small, 500, QUIET)
            note.put(picture, x, below)
            return max(x_end, x + note.width)
        # The picture may be a mirror, but the words are the person's own left and right.
        for name, reps in (("left", left_reps), ("right", right_reps)):
            working = state.side == name
            x_end = self._draw_number(picture, x, box, sizes, str(reps), SKY if working else QUIET)
            note = text(name, sizes.small, 700 if working else 500, SKY if working else QUIET)
            if working:
                line = (x, below + sizes.margin // 2), (x + note.width, below + sizes.margin // 2)
                cv2.line(picture, line[0], line[1], SKY, max(1, sizes.bone))
            note.put(picture, x, below)
            x = max(x_end, x + note.width) + sizes.margin
        return x - sizes.margin

    def _draw_number(
        self, picture: ByteArray, x: int, box: Box, sizes: Sizes, number: str, colour: tuple[int, int, int]
    ) -> int:
        figure = text(number, sizes.count, 700, colour)
        figure.put(picture, x, box[1] + sizes.margin // 2 + figure.height)
        return x + figure.width

    def _draw_words(self, picture: ByteArray, box: Box, sizes: Sizes, cue: Cue, state: CoachState) -> None:
        """The cue with its sign; under a correction, smaller, the next step."""
        sign, colour = SIGN[cue.kind]
        words = self._words(cue, state)
        left = box[0]
        if sign:
            mark = text(sign, sizes.text, 700, colour)
            mark.put(picture, left, box[1] + sizes.margin + mark.height)
            left += mark.width + sizes.margin // 2
        lines, size = wrap(words, sizes.text, 700, max(20, box[2] - left), 2)
        y = box[1] + sizes.margin
        for line in lines:
            one = text(line, size, 700, WHITE)
            y += one.height
            one.put(picture, left, y)
            y += round(0.42 * size)
        if words != state.next_words and len(lines) == 1 and state.problem is None:
            follow, small = wrap(state.next_words, sizes.small, 500, max(20, box[2] - box[0]), 1)
            text(follow[0], small, 500, QUIET).put(picture, box[0], box[3] - sizes.margin)

    def _words(self, cue: Cue, state: CoachState) -> str:
        if cue.kind == "next" and state.hold_s is not None and state.hold_s < state.hold_target_s:
            return "Hold, and breathe"
        if cue.kind == "count":
            return state.next_words
        return cue.text

    def _draw_ring(self, picture: ByteArray, box: Box, sizes: Sizes, held_s: float, target_s: float) -> int:
        """Seconds left, in a ring that fills clockwise; returns its left edge."""
        radius = sizes.ring
        x, y = box[2] - sizes.margin - radius, (box[1] + box[3]) // 2
        thick = max(2, round(8 * sizes.unit))
        cv2.circle(picture, (x, y), radius, INK, thick + 4, cv2.LINE_AA)
        cv2.circle(picture, (x, y), radius, (110, 106, 102), thick, cv2.LINE_AA)
        share = min(1.0, held_s / target_s)
        cv2.ellipse(picture, (x, y), (radius, radius), -90, 0, 360 * share, SKY, thick, cv2.LINE_AA)
        left_s = max(0.0, target_s - held_s)
        label = text("✓" if left_s == 0 else f"{left_s:.0f}", sizes.text, 700, WHITE)
        label.put(picture, x - label.width // 2, y + label.height // 2)
        return x - radius - thick


def banner(picture: ByteArray, title: str, words: str = "") -> None:
    """A title and a line across the middle of a picture, such as "Paused"; drawn onto the picture itself."""
    height, width = picture.shape[:2]
    sizes = Sizes.of(width, height)
    shade(picture, (0, height // 2 - sizes.band // 2, width, height // 2 + sizes.band // 2), 0.72)
    for line, size, weight, below in ((title, 2 * sizes.text, 700, 0), (words, sizes.small, 500, 2 * sizes.small)):
        (fitting, *_), fitted = wrap(line, size, weight, width - 2 * sizes.margin, 1)
        one = text(fitting, fitted, weight, WHITE)
        one.put(picture, (width - one.width) // 2, height // 2 + sizes.margin // 2 + below)


def band_of(width: int, height: int, sizes: Sizes, head: Box | None) -> Box:
    """Where the band lies: at the bottom, or at the top when the head is down there."""
    bottom: Box = (0, height - sizes.band, width, height)
    if head is None or head[3] <= bottom[1] or head[1] < sizes.band:
        return bottom
    return (0, 0, width, sizes.band)
