"""The table of a summary: what was done of each exercise."""

from __future__ import annotations

from collections.abc import Sequence

from poise.core.live.summary import Done, Summary
from poise.core.types import ByteArray
from poise.core.words import Words
from poise.io.overlay.ink import CAP, LEAST, draw_icon, fit, width_of, write
from poise.io.overlay.style import GREY, INK, QUIET, SKY, WHITE, Box, Icon

_ROW = 1.55  # from row to row, in font sizes


def draw_tally(picture: ByteArray, box: Box, summary: Summary | None, words: Words, size: int) -> None:
    """One row for each exercise: whether it is complete, its repetitions, how far each side went, seconds held.

    Args:
        picture: Changed in place.
        box: Where.
        summary: What was done; nothing is drawn without.
        words: The person's language.
        size: Font size, made smaller when there are many rows.
    """
    if summary is None or not summary.done:
        return
    left, top, right, bottom = box
    size = max(7, round(0.7 * size), min(size, int((bottom - top) / (_ROW * len(summary.done)))))
    most = max(1, int((bottom - top) / (_ROW * size)))
    shown = summary.done if len(summary.done) <= most else summary.done[: most - 1]
    rows, width, size = _figures(shown, words, size, right - left)
    fitted = min(fit(done.name, size, 700, width, 1)[1] for done in shown)
    y = top
    for done, figures in zip(shown, rows, strict=True):
        baseline = y + round((_ROW + CAP) / 2 * size)
        at = (left, baseline - round((0.85 + CAP) / 2 * size))
        icon: Icon = "check" if done.complete else "diamond"
        colour = SKY if done.complete else GREY
        draw_icon(picture, icon, at, round(0.85 * size), colour, INK)
        name = fit(done.name, fitted, 700, width, 1)[0][0]
        write(picture, name, (left + round(1.3 * size), baseline), fitted, 700, WHITE)
        write(picture, figures, (right - width_of(figures, size, 500), baseline), size, 500, QUIET)
        y += round(_ROW * size)
    if len(shown) < len(summary.done):
        more = words("and {n} more", n=len(summary.done) - len(shown))
        write(picture, more, (left + round(1.3 * size), y + round((_ROW + CAP) / 2 * size)), size, 500, QUIET)


def _figures(shown: Sequence[Done], words: Words, size: int, width: int) -> tuple[list[str], int, int]:
    """The figures of each row, the width left for names, and the size: what it takes for the names to be whole."""
    for share, parts in ((1.0, 3), (1.0, 2), (0.85, 2), (1.0, 1), (0.85, 1), (LEAST, 1)):
        smaller = max(7, round(share * size))
        rows = ["   ".join(_cells(done, words)[:parts]) for done in shown]
        room = max(10, width - max(width_of(row, smaller, 500) for row in rows) - round(2.2 * smaller))
        if room >= max(width_of(done.name, max(7, round(LEAST * smaller)), 700) for done in shown):
            break
    return rows, room, smaller


def _cells(done: Done, words: Words) -> list[str]:
    """Repetitions, seconds held, and how far each side went; the most important first."""
    total, left, right = done.reps
    cells = [words("L {left}  R {right}", left=left, right=right) if done.sided else f"{total} / {done.asked}"]
    cells.append(
        "" if done.held_s < 1 else f"{done.held_s:.0f} s" if done.held_s < 120 else f"{done.held_s / 60:.0f} min"
    )
    if done.reach:
        unit = done.reach.unit
        left_reach, right_reach = f"{done.reach.left:.0f}{unit}", f"{done.reach.right:.0f}{unit}"
        cells.append(words("L {left}  R {right}", left=left_reach, right=right_reach))
    return [cell for cell in cells if cell]
