"""Smoothing of landmark positions by time: the One Euro filter (Casiez, Roussel, Vogel, CHI 2012).

MediaPipe already filters in VIDEO mode; this takes the last jitter off a nearly still body (cutoff 3 Hz, a lag of
about 50 ms) and lets go when the body moves (lag under 10 ms in a jumping jack). It is measured in body sizes, so it
does not depend on the picture's resolution, and in seconds, so it does not depend on the frame rate.
"""

from __future__ import annotations

import math

import numpy as np

from poise.core.types import FloatArray

MIN_CUTOFF_HZ = 3.0
CUTOFF_PER_SPEED = 8.0  # Hz for each body size per second
SPEED_CUTOFF_HZ = 2.0
LONGEST_GAP_S = 0.5


class LandmarkSmoother:
    """Filters (33, 2) pixel positions; a landmark that was missing starts afresh, so one NaN poisons nothing."""

    def __init__(self) -> None:
        self._t_s = -math.inf
        self._xy: FloatArray | None = None
        self._speed: FloatArray | None = None

    def smooth(self, t_s: float, xy_px: FloatArray, body_px: float) -> FloatArray:
        """The filtered positions.

        Args:
            t_s: Seconds; a repeated or earlier time returns the last result.
            xy_px: (33, 2) pixels, NaN where missing.
            body_px: Size of the body in pixels, NaN when unknown.

        Returns:
            (33, 2) pixels, NaN where missing now.
        """
        gap_s = t_s - self._t_s
        if self._xy is None or self._speed is None or gap_s > LONGEST_GAP_S or not body_px > 0:
            self._t_s, self._xy, self._speed = t_s, xy_px, np.zeros(len(xy_px))
            return xy_px
        if gap_s <= 0:
            return self._xy
        step = xy_px - self._xy
        speed = np.fmax(np.hypot(step[:, 0], step[:, 1]) / (gap_s * body_px), 0.0)  # missing: 0
        weight = _weight(gap_s, SPEED_CUTOFF_HZ)
        self._speed = self._speed + weight * (speed - self._speed)
        cutoff = MIN_CUTOFF_HZ + CUTOFF_PER_SPEED * np.maximum(self._speed, speed)
        filtered = self._xy + step * (1.0 / (1.0 + 1.0 / (2 * math.pi * cutoff * gap_s)))[:, None]
        self._xy = np.where(np.isnan(filtered), xy_px, filtered)
        self._t_s = t_s
        return self._xy


def _weight(gap_s: float, cutoff_hz: float) -> float:
    """Share of the new value in a first-order low-pass."""
    return 1.0 / (1.0 + 1.0 / (2 * math.pi * cutoff_hz * gap_s))
