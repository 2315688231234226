"""Numbers in short, and two of them beside each other: is the difference more than chance and the camera's error?"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean, stdev

from poise.core.words import ENGLISH, Words


@dataclass(frozen=True, slots=True)
class Spread:
    """Some numbers in short: how many, their mean, standard deviation (0 of a single one), lowest and highest."""

    count: int
    mean: float
    deviation: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Spread | None:
        """Of the values that are known; None when there is none."""
        known = [value for value in values if value == value]
        if not known:
            return None
        return cls(len(known), fmean(known), stdev(known) if len(known) > 1 else 0.0, min(known), max(known))

    @property
    def mean_error(self) -> float:
        """Standard error of the mean: how much it would change from one session to the next by chance."""
        return self.deviation / math.sqrt(self.count)


@dataclass(frozen=True, slots=True)
class Pair:
    """The same thing on two sides, or in two sessions.

    Attributes:
        what: What it is, in words.
        first: Left, or before; None where there is none.
        second: Right, or after; None where there is none.
        unit: As a sign.
        tells: The smallest difference that is more than chance and the camera's error; None where nobody knows.
        farther: 1 when more is farther into the movement, -1 when less is, 0 when it is neither.
    """

    what: str
    first: float | None
    second: float | None
    unit: str
    tells: float | None = 0.0
    farther: int = 0

    @property
    def difference(self) -> float | None:
        """Second less first."""
        return None if self.first is None or self.second is None else self.second - self.first

    @property
    def clear(self) -> bool | None:
        """Whether the difference is more than chance and the camera's error; None where nobody knows."""
        if self.difference is None or self.tells is None:
            return None
        return abs(self.difference) > self.tells


def tells(first: Spread, second: Spread, error: float | None) -> float | None:
    """The smallest difference of two means that is more than chance and the camera's error.

    That is the measure's own error and twice the standard error of the difference together.
    """
    chance = 2.0 * math.hypot(first.mean_error, second.mean_error)
    return None if error is None else math.hypot(error, chance)


def pair_of(what: str, first: Spread, second: Spread, unit: str, error: float | None, farther: int = 0) -> Pair:
    """Two means beside each other."""
    return Pair(what, first.mean, second.mean, unit, tells(first, second, error), farther)


def said(pair: Pair, words: Words = ENGLISH) -> tuple[str, str, str, str]:
    """A pair in words: first, second, their difference, and whether that is clear.

    The difference is that of the two figures as they are shown, which anybody may subtract.
    """
    digits = 1 if pair.unit == " s" else 0

    def number(value: float | None, sign: str = "") -> str:
        return "" if value is None else f"{round(value, digits) + 0.0:{sign}.{digits}f}{pair.unit}"

    first, second = pair.first, pair.second
    apart = None if first is None or second is None else round(second, digits) - round(first, digits)
    alike = apart is not None and round(apart, digits) == 0
    difference = words("none") if alike else number(apart, "+")
    return number(first), number(second), difference, _clear(pair, number(pair.tells), words)


def _clear(pair: Pair, least: str, words: Words) -> str:
    if pair.tells == 0 or not pair.difference:
        return ""
    if pair.clear is None:
        return words("not known")
    return words("yes (takes {least})", least=least) if pair.clear else words("no (takes {least})", least=least)
