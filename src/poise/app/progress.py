"""How long work tells how far it has come."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told how work on a clip goes."""

    def __call__(self, frames: int, of: int | None, /) -> None:
        """Take the number of frames done and the estimated number of all, None where it is unknown."""
        ...
