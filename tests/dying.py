"""Work that kills its process; a module of its own, so that a new process has little to load."""

from __future__ import annotations

import os
from pathlib import Path


def died(mark: Path, times: int) -> str:
    """Kill the own process so many times, then answer."""
    with mark.open("a") as file:
        file.write("x")
    if len(mark.read_text()) <= times:
        os._exit(9)
    return "alive"
