"""Progress in figures and words, the same in the terminal and on the page."""

from __future__ import annotations

import math
from collections.abc import Sequence

from poise.core.history.past import PastSession
from poise.core.history.progress import Motion, Point
from poise.core.results.review import words_of
from poise.core.words import ENGLISH, Words

MINUS = "\N{MINUS SIGN}"


def name_of(motion: Motion, words: Words = ENGLISH) -> str:
    """What is measured, in words."""
    name = words_of(motion.measure, words)
    return words("{measure}, painless", measure=name) if motion.painless else name


def unit_of(motion: Motion) -> str:
    """The unit in short."""
    return "°" if motion.unit == "degrees" else " %"


def figure(value: float, beside: float) -> str:
    """A number without decimals, or with one where the number that it belongs to is small."""
    return f"{value:.1f}" if abs(beside) < 10 else f"{value:.0f}"


def give(value: float, beside: float) -> str:
    """What a number may be off by; never less than can be told."""
    return f"{max(0.1, value):.1f}" if abs(beside) < 10 else f"{max(1.0, value):.0f}"


def measured(point: Point, motion: Motion) -> str:
    """A mean with what chance may move it by, such as "31 ±2°"."""
    sure = f" ±{give(point.give, point.value)}" if math.isfinite(point.give) else ""
    return f"{figure(point.value, point.value)}{sure}{unit_of(motion)}"


def change(points: Sequence[Point], motion: Motion) -> tuple[str, bool | None]:
    """The change from the first session to the last, and whether that is farther; None when it may be chance.

    Args:
        points: Those of one side.
        motion: What they belong to.
    """
    if len(points) < 2:
        return "", None
    first, last = points[0], points[-1]
    gain, loose = last.value - first.value, math.hypot(first.give, last.give)
    apart = float(figure(last.value, last.value)) - float(figure(first.value, first.value))  # of what stands beside it
    told = figure(abs(apart), last.value)
    text = f"{'' if float(told) == 0 else '+' if apart > 0 else MINUS}{told}{unit_of(motion)}"
    sure = math.isfinite(loose) and abs(gain) > loose
    return text, ((gain > 0) != motion.less) if sure else None


def balance(motion: Motion, words: Words = ENGLISH) -> str:
    """Left against right over the last four weeks, in a sentence; empty where too little is known."""
    both = motion.balance
    if both is None:
        return ""
    unit = unit_of(motion)
    left, right = (f"{figure(value, value)}{unit}" for value in (both.left, both.right))
    if not both.differs:
        return words("left {left}, right {right}: no clear difference", left=left, right=right)
    apart = abs(float(figure(both.left, both.left)) - float(figure(both.right, both.right)))  # of what stands before it
    gap = f"{figure(apart, both.left)} ±{give(both.give, both.left)}{unit}"
    if (both.left > both.right) != motion.less:
        return words("left {left}, right {right}: left goes {gap} farther", left=left, right=right, gap=gap)
    return words("left {left}, right {right}: right goes {gap} farther", left=left, right=right, gap=gap)


def pain(session: PastSession) -> str:
    """The answers before and after, such as "4 → 2"."""
    return " → ".join(str(level) for level in (session.pain("before"), session.pain("after")) if level is not None)
