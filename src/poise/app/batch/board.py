"""Where workers write how far they are, and read that they should stop."""

from __future__ import annotations

import struct
from multiprocessing.shared_memory import SharedMemory

_LINE = struct.Struct("qq")  # frames done, and of how many; the first line's first number says whether to stop


class Stopped(BaseException):
    """Somebody asked the workers to stop."""


class Slot:
    """One clip's line on the board; a ``Progress`` that can be sent to a worker of this machine.

    Raises:
        Stopped: When told of the next frame after the board was stopped.
    """

    def __init__(self, memory: SharedMemory, line: int) -> None:
        self._memory = memory
        self._line = line

    def __call__(self, frames: int, of: int | None, /) -> None:
        """Frames done, and the estimate of all."""
        if _read(self._memory, 0)[0]:
            raise Stopped
        _write(self._memory, self._line, frames, of or 0)


class Board:
    """Memory in which every clip has a line: a worker that dies can hold no lock that the others wait for.

    It is no file, so that nothing is left of it when everything is killed.

    Args:
        lines: How many clips there are.
    """

    def __init__(self, lines: int) -> None:
        self._memory = SharedMemory(create=True, size=(lines + 1) * _LINE.size)  # zeros at first

    def slot(self, number: int) -> Slot:
        """The line of a clip, from 0."""
        return Slot(self._memory, number + 1)

    def frames(self, number: int) -> tuple[int, int]:
        """Frames done of a clip, and how many it has, about; 0 where that is not known."""
        return _read(self._memory, number + 1)

    def stop(self) -> None:
        """Ask all workers to stop at their next frame."""
        _write(self._memory, 0, 1, 0)

    def close(self) -> None:
        """Let the memory go."""
        self._memory.close()
        self._memory.unlink()


def _read(memory: SharedMemory, line: int) -> tuple[int, int]:
    first, second = _LINE.unpack_from(_buffer(memory), line * _LINE.size)
    return first, second


def _write(memory: SharedMemory, line: int, first: int, second: int) -> None:
    _LINE.pack_into(_buffer(memory), line * _LINE.size, first, second)


def _buffer(memory: SharedMemory) -> memoryview:
    if memory.buf is None:  # the board is closed: nobody waits for this any more
        raise Stopped
    return memory.buf
