"""A plot in the terminal, of the characters that every font has."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from poise.core.explain.evidence import Strip

HEIGHT = 9  # lines
COURSE, BOUND, MOMENT = "•", "─", "│"


def sketched(strip: Strip, t_s: float, columns: int) -> Iterable[str]:
    """The course of a measure, what is asked of it, and the moment in question, line by line.

    Args:
        strip: The measure.
        t_s: The moment, drawn as an upright line.
        columns: Width in characters.
    """
    known = [value for value in strip.values if value == value]
    bounds = [bound for bound in (strip.target.low, strip.target.high) if math.isfinite(bound)]
    if not known:
        yield "(not seen)"
        return
    low, high = min(*known, *bounds), max(*known, *bounds)
    labels = {_row(value, low, high): f"{value:.0f}" for value in (low, high, *bounds)}
    margin = max(len(text) for text in labels.values()) + 1
    width = max(10, columns - margin - 1)
    rows = [[" "] * width for _ in range(HEIGHT)]
    for bound in bounds:
        rows[_row(bound, low, high)] = [BOUND] * width
    begin, end = strip.times_s[0], max(strip.times_s[-1], strip.times_s[0] + 1e-3)
    at = round((width - 1) * (t_s - begin) / (end - begin))
    for row in rows if 0 <= at < width else ():
        row[at] = MOMENT
    for column, value in enumerate(_by_column(strip, begin, end, width)):
        if value == value:
            rows[_row(value, low, high)][column] = COURSE
    for number, row in enumerate(rows):
        yield f"{labels.get(number, ''):>{margin}} {''.join(row)}".rstrip()
    last = f"{end:.1f} s"
    yield f"{'':>{margin}} {begin:.1f} s".ljust(margin + 1 + width - len(last)) + last


def _row(value: float, low: float, high: float) -> int:
    return round((HEIGHT - 1) * (1 - (value - low) / (high - low))) if high > low else HEIGHT // 2


def _by_column(strip: Strip, begin: float, end: float, width: int) -> Sequence[float]:
    """The last value that falls into each column; NaN where there is none."""
    columns = [math.nan] * width
    for t_s, value in zip(strip.times_s, strip.values, strict=True):
        columns[round((width - 1) * (t_s - begin) / (end - begin))] = value
    return columns
