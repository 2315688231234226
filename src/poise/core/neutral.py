"""The person's own zero for measures that are relative to it, such as the neck's upright."""

from __future__ import annotations

import math
from collections import deque
from statistics import median

from poise.core.geometry import NAN
from poise.core.measures.catalogue import Measure

STEADY_S = 0.5
SAMPLE_S = 0.08  # closer samples say nothing new about stillness
NOTE_S = 0.25  # who has not begun yet is noted so often in stillness
NOTES = 12  # of which the last three seconds count
FAR = 2.0  # times the range of stillness: another place, and no settling
FORGETTING_S = 20.0  # how slowly the zero follows somebody who settles into another posture


class NeutralFinder:
    """Finds the zero of one measure on one side.

    The first half second of stillness within reach of the usual value sets it; later stillness in the first step
    moves it slowly. A hold away from the first step never does, however still it is. Of somebody who is known not to
    have begun yet, and may still be settling, it is the median of the last three seconds of stillness.

    Where a clip begins in the middle of a repetition, the first stillness may be its hold. A measure that rests at one
    end of its movement tells: the next place of stillness then lies beyond the first, and is the zero.
    """

    def __init__(self, measure: Measure) -> None:
        if measure.neutral is None:
            raise ValueError(f"{measure.name} is absolute and has no neutral")
        self._usual = measure.neutral.usual
        self._spread = measure.neutral.spread
        self._still = max(2.0, 4.0 * measure.noise)
        self._rest = measure.neutral.rest
        self._first = True  # nobody has been still anywhere else yet
        self._recent: deque[tuple[float, float]] = deque()
        self._notes: deque[float] = deque(maxlen=NOTES)
        self._noted_s = self._t_s = -math.inf
        self._known = False
        self.found = False
        self.zero = self._usual if measure.neutral.assumed else NAN

    def due(self, t_s: float) -> bool:
        """Whether a value is wanted now; others would say nothing new."""
        return not self._recent or not 0 <= t_s - self._recent[-1][0] < SAMPLE_S

    def see(self, t_s: float, raw: float, at_rest: bool, settling: bool = False) -> None:
        """Take one raw value.

        Args:
            t_s: Seconds.
            raw: The measure before any zero is taken off.
            at_rest: No repetition is under way.
            settling: The work has not begun.
        """
        if raw != raw:
            return
        recent = self._recent
        recent.append((t_s, raw))
        while recent[0][0] < t_s - STEADY_S - 1e-6:
            recent.popleft()
        if t_s - recent[0][0] < 0.8 * STEADY_S or len(recent) < 3:
            return
        values = [value for _, value in recent]
        if max(values) - min(values) > self._still:
            return
        mean = sum(values) / len(values)
        if abs(mean - self._usual) > self._spread:
            return
        if at_rest and settling and t_s - self._noted_s >= NOTE_S:
            self._noted_s = t_s
            self._notes.append(mean)
        beyond = self._first and self._known and self._elsewhere(mean)
        if not self._known or (beyond and at_rest):
            self._known = self.found = True
            self.zero = mean
        elif at_rest and settling:
            self.zero = median(self._notes)
        elif at_rest:
            self.zero += (1.0 - math.exp(-min(1.0, t_s - self._t_s) / FORGETTING_S)) * (mean - self.zero)
        self._t_s = t_s

    def _elsewhere(self, mean: float) -> bool:
        """Take the first still value that is far from the zero.

        Returns:
            Whether it lies beyond the zero, at the end where this measure rests.
        """
        away = mean - self.zero
        self._first = abs(away) <= FAR * self._still
        return not self._first and self._rest * away > 0

    def come_back(self) -> None:
        """Somebody was away, and may sit elsewhere now, or be somebody else: the next stillness sets it anew."""
        self._recent.clear()
        self._notes.clear()
        self._noted_s, self._known, self._first = -math.inf, False, True
