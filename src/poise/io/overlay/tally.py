"""The table of a summary: what was done of each exercise."""

from __future__ import annotations

from poise.core.summary import Done, Summary
from poise.core.types import ByteArray
from poise.core.words import Words
from poise.io.overlay.ink import CAP, draw_icon, fit, width_of, write
from poise.io.overlay.style import GREY, INK, QUIET, SKY, WHITE, Box

_ROW = 1.55  # from row to row, in font sizes


def draw_tally(picture: ByteArray, box: Box, summary: Summary | None, words: Words, size: int) -> None:
    """One row for each exercise: whether it is complete, its repetitions, holds, and how far each side went.

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
    least = max(7, round(0.7 * size))
    size = max(least, min(size, round((bottom - top) / (_ROW * len(summary.done)))))
    most = max(1, int((bottom - top) / (_ROW * size)))
    shown = summary.done if len(summary.done) <= most else summary.done[: most - 1]
    rows = [(done, _figures(done, words)) for done in shown]
    across = max(width_of(figures, size, 500) for _, figures in rows)
    names = max(10, right - left - across - round(2.4 * size))
    y = top
    for done, figures in rows:
        baseline = y + round((_ROW + CAP) / 2 * size)
        mark = round(0.85 * size)
        at = (left, baseline - round((0.85 + CAP) / 2 * size))
        if done.complete:
            draw_icon(picture, "check", at, mark, SKY, INK)
        else:
            draw_icon(picture, "diamond", at, mark, GREY, INK)
        (name, *_), fitted = fit(done.name, size, 700, names, 1)
        write(picture, name, (left + round(1.3 * size), baseline), fitted, 700, WHITE)
        write(picture, figures, (right - width_of(figures, size, 500), baseline), size, 500, QUIET)
        y += round(_ROW * size)
    if len(shown) < len(summary.done):
        more = words("and {n} more", n=len(summary.done) - len(shown))
        write(picture, more, (left + round(1.3 * size), y + round((_ROW + CAP) / 2 * size)), size, 500, QUIET)


def _figures(done: Done, words: Words) -> str:
    total, left, right = done.reps
    parts = [words("{left} left, {right} right", left=left, right=right) if done.sided else f"{total} / {done.asked}"]
    if done.reach:
        unit = done.reach.unit
        parts.append(f"{done.reach.left:.0f}{unit} | {done.reach.right:.0f}{unit}")
    if done.held_s >= 1:
        parts.append(f"{done.held_s:.0f} s" if done.held_s < 120 else f"{done.held_s / 60:.0f} min")
    return " · ".join(parts)
