"""The one-slot mailbox between the camera's thread and the consumer."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest

import media
from poise.app.mailbox import LatestFrame, Mailbox
from poise.core.types import Frame
from poise.errors import SourceError
from poise.testing import FakeSource

BLACK = np.zeros((48, 64, 3), np.uint8)


class Blocked:
    """A source that delivers one frame and then waits inside a driver that nobody can interrupt."""

    def __init__(self) -> None:
        self.free = threading.Event()

    def __iter__(self) -> Iterator[Frame]:
        yield Frame(0, 0.0, BLACK)
        self.free.wait()

    def close(self) -> None:
        """Nothing helps."""


class Stepped:
    """A source that delivers the next frame whenever it is told to."""

    def __init__(self, count: int) -> None:
        self.step, self.stepped = threading.Semaphore(0), threading.Semaphore(0)
        self._count = count

    def __iter__(self) -> Iterator[Frame]:
        for index in range(self._count):
            self.step.acquire()
            yield Frame(index, float(index), BLACK)
            self.stepped.release()

    def close(self) -> None:
        """Let a waiting thread go."""
        self.step.release()

    def go(self, count: int) -> None:
        """Deliver so many frames, and return when all were put into the mailbox."""
        for _ in range(count):
            self.step.release()
            self.stepped.acquire()


def test_the_newest_frame_wins() -> None:
    """What came while the consumer was busy is dropped and counted, all but the newest."""
    source = Stepped(6)
    latest = LatestFrame(source)
    frames = iter(latest)
    source.go(3)
    assert next(frames).index == 2
    source.go(1)
    assert next(frames).index == 3
    source.go(2)
    assert [frame.index for frame in frames] == [5]
    assert latest.dropped == 3
    assert latest.ended


def test_an_error_arrives_after_the_last_frame() -> None:
    """The consumer sees the last picture, then the error of the source itself."""
    error = SourceError("camera 0 delivers no pictures")
    frames: list[Frame] = []
    with pytest.raises(SourceError) as caught:
        media.read_into(frames, LatestFrame(FakeSource([0.0, 0.1], error=error)))
    assert caught.value is error
    assert frames[-1].index == 1


def test_a_mistake_in_a_source_does_not_hang_the_consumer() -> None:
    """Whatever kills the thread reaches the consumer."""

    class Mistaken(Blocked):
        def __iter__(self) -> Iterator[Frame]:
            yield Frame(0, 0.0, BLACK)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(LatestFrame(Mistaken()))


def test_a_frozen_source_is_given_up() -> None:
    """No frame within the time allowed is an error of the source, and ``take`` lets a window live meanwhile."""
    source = Blocked()
    latest = LatestFrame(source, timeout_s=0.05)
    frames = iter(latest)
    next(frames)
    assert latest.take(0.01) is None
    assert not latest.ended
    with pytest.raises(SourceError, match="no picture for"):
        next(frames)
    source.free.set()


def test_closing_does_not_wait_for_a_blocked_driver() -> None:
    """``close`` returns, twice, while the thread still hangs in the driver; iteration has ended."""
    source = Blocked()
    latest = LatestFrame(source)
    frames = iter(latest)
    next(frames)
    latest.close()
    latest.close()
    assert list(frames) == []
    source.free.set()


def test_a_mailbox_holds_one_item() -> None:
    """Put, replace, take once; after the end nothing is accepted, and what lies there can still be taken."""
    mailbox: Mailbox[int] = Mailbox()
    assert mailbox.take(0.0) is None
    mailbox.put(1)
    mailbox.put(2)
    assert (mailbox.take(), mailbox.take(0.0), mailbox.dropped) == (2, None, 1)
    mailbox.put(3)
    mailbox.end()
    mailbox.put(4)
    assert not mailbox.ended
    assert (mailbox.take(), mailbox.take()) == (3, None)
    assert mailbox.ended
