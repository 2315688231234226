"""Where workers write how far they are, and read that they should stop."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

import numpy as np


class Stopped(BaseException):
    """Somebody asked the workers to stop."""


class Slot:
    """One clip's line on the board; a ``Progress`` that can be sent to a worker.

    Raises:
        Stopped: When told of the next frame after the board was stopped.
    """

    def __init__(self, path: Path, line: int) -> None:
        self._path = path
        self._line = line

    def __call__(self, frames: int, of: int | None, /) -> None:
        """Frames done, and the estimate of all."""
        lines = np.memmap(self._path, np.int64, "r+").reshape(-1, 2)
        if lines[0, 0]:
            raise Stopped
        lines[self._line] = frames, of or 0


class Board:
    """A file in which every clip has a line: a worker that dies can hold no lock that the others wait for.

    Args:
        lines: How many clips there are.
    """

    def __init__(self, lines: int) -> None:
        handle, name = mkstemp(prefix="poise-", suffix=".board")
        os.close(handle)
        self._path = Path(name)
        np.zeros((lines + 1, 2), np.int64).tofile(self._path)  # the first line says whether to stop
        self._lines = np.memmap(self._path, np.int64, "r+").reshape(-1, 2)

    def slot(self, number: int) -> Slot:
        """The line of a clip, from 0."""
        return Slot(self._path, number + 1)

    def frames(self, number: int) -> tuple[int, int]:
        """Frames done of a clip, and how many it has, about; 0 where that is not known."""
        done, of = self._lines[number + 1].tolist()
        return done, of

    def stop(self) -> None:
        """Ask all workers to stop at their next frame."""
        self._lines[0, 0] = 1

    def close(self) -> None:
        """Remove the file."""
        with suppress(OSError):
            self._path.unlink()
