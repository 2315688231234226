"""Fewer points for a plot, from which nothing that matters is lost."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

MOST_POINTS = 3000  # more than a screen has columns
A_SECOND = 4  # of a long clip, so that a repetition can be looked at closely: ten hours are two megabytes a curve


class Thinning:
    """Takes the least and the greatest value of every few moments, in the order in which they came.

    Every n-th value would miss what lasts for less, and a repetition would seem to fall short.

    Args:
        times_s: One for each moment, increasing.
    """

    def __init__(self, times_s: Sequence[float]) -> None:
        count = len(times_s)
        kept = max(MOST_POINTS, A_SECOND * (times_s[-1] - times_s[0])) if count else 0
        self._of = math.ceil(2 * count / kept) if count > kept else 1
        self._times_s = np.asarray(times_s, np.float64)

    def times_s(self) -> list[float]:
        """The times of what is kept."""
        if self._of == 1:
            return [round(t, 3) for t in self._times_s.tolist()]
        firsts = np.arange(0, len(self._times_s), self._of)
        seconds = np.minimum(firsts + self._of // 2, len(self._times_s) - 1)
        return [round(t, 3) for t in self._times_s[np.stack([firsts, seconds], 1).ravel()].tolist()]

    def values(self, values: Sequence[float]) -> list[float | None]:
        """What is kept of a curve over the same moments, for JSON; None where nothing was seen."""
        kept = np.asarray(values, np.float64)
        if self._of > 1:
            missing = -len(kept) % self._of
            parts = np.concatenate([kept, np.full(missing, np.nan)]).reshape(-1, self._of)
            empty = np.isnan(parts).all(axis=1)
            seen = np.where(empty[:, None], 0.0, parts)
            ends = np.stack([np.nanargmin(seen, axis=1), np.nanargmax(seen, axis=1)], 1)
            kept = np.take_along_axis(parts, np.sort(ends, axis=1), 1).ravel()
        return rounded(kept.tolist())


def rounded(values: Sequence[float]) -> list[float | None]:
    """Values for JSON."""
    return [None if value != value else round(value, 1) for value in values]
