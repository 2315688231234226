"""Waiting for what another thread or process does."""

from __future__ import annotations

import time
from collections.abc import Callable


def until(true: Callable[[], bool], patience_s: float = 30.0) -> bool:
    """Wait until something is true, at most for so long; whether it is."""
    end_s = time.monotonic() + patience_s
    while not true() and time.monotonic() < end_s:
        time.sleep(0.005)
    return true()
