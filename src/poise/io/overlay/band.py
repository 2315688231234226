"""The band along an edge of the picture: repetitions, one thing to do, and the hold."""

from __future__ import annotations

from dataclasses import dataclass

from poise.core.coach import CoachState, Snapshot
from poise.core.spec import Spec
from poise.core.types import ByteArray
from poise.core.words import ENGLISH, Words
from poise.io.overlay.figure import overlap
from poise.io.overlay.ink import CAP, LEADING, draw_icon, draw_panel, draw_ring, fit, tint, width_of, write
from poise.io.overlay.style import CUE_STYLES, GREY, INK, QUIET, SKY, WHITE, Box, Colour, CueStyle, Sizes

_VEIL = 0.74  # so dark that white words are legible on a white wall


@dataclass(frozen=True, slots=True)
class _Count:
    """One number of the count: "2/3", and "left" below it."""

    number: str
    of: str
    note: str
    working: bool

    def width(self, sizes: Sizes) -> int:
        numbers = width_of(self.number, sizes.count, 700) + width_of(self.of, sizes.small, 500)
        return max(numbers, width_of(self.note, sizes.small, 700))


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The cue, broken into lines, and what follows it."""

    style: CueStyle
    lines: list[str]
    size: int
    follow: str

    def height(self, sizes: Sizes) -> int:
        follow = round(LEADING * sizes.small) if self.follow else 0
        return round(LEADING * self.size * (len(self.lines) - 1) + CAP * self.size) + follow


class Edge:
    """The edge of the picture along which something lies.

    It lies at the bottom until the head comes there, then at the top until the head comes there: it never jumps to and
    fro.
    """

    def __init__(self) -> None:
        self.at_top = False

    def place(self, width: int, height: int, high: int, head: Box | None) -> Box:
        """Where to lie now."""
        top, bottom = (0, 0, width, high), (0, height - high, width, height)
        here, there = (top, bottom) if self.at_top else (bottom, top)
        if overlap(here, head) and not overlap(there, head):
            self.at_top = not self.at_top
            return there
        return here


class Band:
    """Draws the band of one exercise.

    Args:
        spec: The exercise, in the person's language.
        words: That language.
    """

    def __init__(self, spec: Spec, words: Words = ENGLISH) -> None:
        self._spec = spec
        self._words = words
        self._edge = Edge()

    def draw(self, picture: ByteArray, snapshot: Snapshot, sizes: Sizes, head: Box | None) -> Box:
        """Draw it; returns what is left of the picture."""
        height, width = picture.shape[:2]
        counts = self._counts(snapshot.state)
        across = sum(count.width(sizes) + sizes.margin for count in counts)
        ring = self._holding(snapshot.state) * (2 * sizes.ring + 2 * sizes.margin)
        left, right = (0, width) if sizes.stacked else (sizes.margin + across, width - ring)
        words = self._chosen(snapshot, sizes, right - left - 2 * sizes.margin)
        row = round(CAP * sizes.count) + round(LEADING * sizes.small)
        spoken = max(words.height(sizes), round((LEADING + CAP) * sizes.text))  # two lines, so that it keeps its height
        gap = 2 * sizes.margin
        inner = row + gap + spoken if sizes.stacked else max(row, spoken)
        band = self._edge.place(width, height, min(height, inner + 3 * sizes.margin), head)
        at_top = self._edge.at_top
        full = words.style.icon == "frame"
        fade = 0 if full else 2 * sizes.margin
        tint(picture, band, words.style.fill if full and words.style.fill else INK, 0.86 if full else _VEIL,
             -fade if at_top else fade)  # fmt: skip
        top = band[1] + sizes.margin * (1 if at_top else 2)
        self._draw_counts(picture, counts, top, sizes, WHITE if full else SKY)
        if ring:
            self._draw_hold(picture, (width - sizes.margin - sizes.ring, top + row // 2), snapshot.state, sizes)
        beside = (left, top, right, top + inner)
        below = (left, top + row + gap, right, top + inner)
        self._draw_words(picture, below if sizes.stacked else beside, words, sizes)
        return (0, band[3], width, height) if at_top else (0, 0, width, band[1])

    def _holding(self, state: CoachState) -> bool:
        return state.hold_s is not None and state.hold_target_s > 0

    def _counts(self, state: CoachState) -> list[_Count]:
        """The repetitions of this set: all, or those of each side."""
        dose = self._spec.dose
        before = min(state.sets, dose.sets - 1) * dose.reps
        of = f"/{dose.reps}"
        total, left, right = (reps - before for reps in state.reps)
        if not self._spec.sided:
            number = min(state.sets + 1, dose.sets)
            sets = self._words("set {number} of {of}", number=number, of=dose.sets)
            return [_Count(str(total), of, sets if dose.sets > 1 else self._words("reps"), True)]
        # The person's own left stands at the left, as in a mirror.
        return [
            _Count(str(left), of, self._words("left"), state.side == "left"),
            _Count(str(right), of, self._words("right"), state.side == "right"),
        ]

    def _draw_counts(self, picture: ByteArray, counts: list[_Count], top: int, sizes: Sizes, highlight: Colour) -> None:
        x = sizes.margin
        for count in counts:
            colour = QUIET if not count.working else highlight if self._spec.sided else WHITE
            y = top + round(CAP * sizes.count)
            end = write(picture, count.number, (x, y), sizes.count, 700, colour)
            write(picture, count.of, (end, y), sizes.small, 500, QUIET)
            y += round(LEADING * sizes.small)
            weight = 700 if count.working else 500
            end = write(picture, count.note, (x, y), sizes.small, weight, colour)
            if count.working and self._spec.sided:
                line = sizes.line(3)
                draw_panel(picture, (x, y + 2 * line, end, y + 3 * line + 1), highlight, 1)
            x += count.width(sizes) + sizes.margin

    def _chosen(self, snapshot: Snapshot, sizes: Sizes, width: int) -> _Sentence:
        cue, state = snapshot.cue, snapshot.state
        style, text = CUE_STYLES[cue.kind], cue.text
        if state.problem == "nobody" and cue.kind != "framing":
            text = self._words("Looking for you")
        elif cue.kind == "count":
            text = state.next_words
        elif cue.kind == "next" and state.hold_s is not None and state.hold_s < state.hold_target_s:
            text = self._words("Hold, and breathe")
        icon = _icon_width(style, sizes.text, sizes)
        lines, size = fit(text, sizes.text, 700, max(10, width - icon), 4 if sizes.stacked else 2)
        follow = ""
        if len(lines) == 1 and state.problem is None and text != state.next_words and not sizes.stacked:
            follow = fit(state.next_words, sizes.small, 500, max(10, width - icon), 1)[0][0]
        return _Sentence(style, lines, size, follow)

    def _draw_words(self, picture: ByteArray, box: Box, words: _Sentence, sizes: Sizes) -> None:
        left, top, right, bottom = box
        style = words.style
        if style.fill and style.icon != "frame":
            pad = sizes.margin * 2 // 3
            draw_panel(picture, (left + pad // 2, top - pad, right - pad, bottom + pad), style.fill, pad)
        height = words.height(sizes)
        x, y = left + sizes.margin, top + (bottom - top - height) // 2 + round(CAP * words.size)
        if style.icon:
            mark = round(0.9 * words.size)
            at = (x, y - round((0.9 + CAP) / 2 * words.size))
            draw_icon(picture, style.icon, at, mark, style.shape, style.fill or INK)
            x += _icon_width(style, words.size, sizes)
        for line in words.lines:
            write(picture, line, (x, y), words.size, 700, style.words)
            y += round(LEADING * words.size)
        if words.follow:
            y += round(LEADING * (sizes.small - words.size))
            colour = style.words if style.fill else QUIET
            write(picture, words.follow, (x, y), sizes.small, 500, colour)

    def _draw_hold(self, picture: ByteArray, at: tuple[int, int], state: CoachState, sizes: Sizes) -> None:
        """Seconds left, in a ring that fills clockwise."""
        held_s, line = state.hold_s or 0.0, sizes.line(7)
        draw_ring(picture, at, sizes.ring, line, held_s / state.hold_target_s, (GREY, SKY))
        left_s = state.hold_target_s - held_s
        if left_s <= 0:
            mark = sizes.ring
            draw_icon(picture, "check", (at[0] - mark // 2, at[1] - mark // 2), mark, SKY, INK)
            return
        words, size = f"{-int(-left_s // 1)}", sizes.text
        x = at[0] - width_of(words, size, 700) // 2
        write(picture, words, (x, at[1] + round(CAP * size / 2)), size, 700, WHITE)


def _icon_width(style: CueStyle, size: int, sizes: Sizes) -> int:
    return round(0.9 * size) + sizes.margin if style.icon else 0
