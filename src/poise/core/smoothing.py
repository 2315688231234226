"""Smoothing of landmark positions by time: the One Euro filter (Casiez, Roussel, Vogel, CHI 2012).

MediaPipe already filters in VIDEO mode; this takes the last jitter off a nearly still body (cutoff 3 Hz, a lag of
about 50 ms) and lets go when the body moves (lag under 10 ms in a jumping jack). It is measured in body sizes, so it
does not depend on the picture's resolution, and in seconds, so it does not depend on the frame rate.
Plain floats, as in ``core.geometry``: beside a model that empties the processor's caches, twenty calls into numpy cost
three times as much as one small loop.
"""

from __future__ import annotations

import math

from poise.core.geometry import Point

MIN_CUTOFF_HZ = 3.0
CUTOFF_PER_SPEED = 8.0  # Hz for each body size per second
SPEED_CUTOFF_HZ = 2.0
LONGEST_GAP_S = 0.5


class LandmarkSmoother:
    """Filters pixel positions; a landmark that was missing starts afresh, so one NaN poisons nothing."""

    def __init__(self) -> None:
        self._t_s = -math.inf
        self._points: list[Point] = []
        self._speeds: list[float] = []  # body sizes per second, low-passed

    def smooth(self, t_s: float, points: list[Point], body_px: float) -> list[Point]:
        """The filtered positions.

        Args:
            t_s: Seconds; a repeated or earlier time returns the last result.
            points: All landmarks in pixels, NaN where missing.
            body_px: Size of the body in pixels, NaN when unknown.

        Returns:
            The landmarks in pixels, NaN where missing now.
        """
        gap_s = t_s - self._t_s
        if gap_s > LONGEST_GAP_S or not body_px > 0:
            self._t_s, self._points, self._speeds = t_s, points, [0.0] * len(points)
        elif gap_s > 0:
            self._t_s = t_s
            self._filter(points, 1.0 / (gap_s * body_px), 1.0 / (2 * math.pi * gap_s))
        return self._points

    def _filter(self, points: list[Point], speed_per_px: float, rate_hz: float) -> None:
        """One step: a first-order low-pass takes cutoff / (cutoff + rate) of what is new."""
        speed_weight = SPEED_CUTOFF_HZ / (SPEED_CUTOFF_HZ + rate_hz)
        filtered: list[Point] = []
        speeds: list[float] = []
        for point, (before_x, before_y), speed in zip(points, self._points, self._speeds, strict=True):
            step_x, step_y = point[0] - before_x, point[1] - before_y
            now = math.hypot(step_x, step_y) * speed_per_px
            if now != now:  # missing now, or until now
                filtered.append(point)
                speeds.append((1.0 - speed_weight) * speed)
                continue
            smooth_speed = speed + speed_weight * (now - speed)
            cutoff_hz = MIN_CUTOFF_HZ + CUTOFF_PER_SPEED * (now if now > smooth_speed else smooth_speed)
            weight = cutoff_hz / (cutoff_hz + rate_hz)
            filtered.append((before_x + weight * step_x, before_y + weight * step_y))
            speeds.append(smooth_speed)
        self._points, self._speeds = filtered, speeds
