"""Threads beside the one that coaches: one reads, one runs the model, one draws and encodes, each a few items apart.

The model, the decoder, the encoder and OpenCV all release the interpreter lock, so threads keep all cores busy, and
need neither the start nor the copies of processes. Queues are short: memory stays flat, however long the clip.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import islice
from typing import Generic, TypeVar

T = TypeVar("T")


class _End:
    """Last item of a queue, with the error that ended it, if any."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


def ahead(items: Iterable[T], *, most: int = 2, yielding: bool = False) -> Generator[T]:
    """The same items, in order, made on a thread of their own a few items ahead; its errors are raised here.

    Closing the iterator early (leaving the loop) stops the thread.

    Args:
        items: Made on the thread.
        most: How many are made ahead, the one that is being made included.
        yielding: Whether the thread, and those that it starts, let all others go first.
    """
    ready: queue.SimpleQueue[T | _End] = queue.SimpleQueue()
    room = threading.Semaphore(most)
    stop = threading.Event()

    def produce() -> None:
        error: BaseException | None = None
        if yielding:
            _let_others_first()
        try:
            made = iter(items)
            while room.acquire() and not stop.is_set():
                ready.put(next(made))
        except StopIteration:
            pass
        except BaseException as caught:  # noqa: BLE001 (raised again by the consumer)
            error = caught
        ready.put(_End(error))

    thread = threading.Thread(target=produce, name="read ahead", daemon=True)
    thread.start()
    try:
        while not isinstance(item := ready.get(), _End):
            room.release()
            yield item
        if item.error:
            raise item.error
    finally:
        stop.set()
        room.release()
        thread.join()


def _let_others_first() -> None:
    """Lower the priority of this thread: only Linux gives threads one of their own."""
    if sys.platform == "linux":
        thread = threading.get_native_id()
        # Who was started with a lower one stays there: no user may raise it again.
        os.setpriority(os.PRIO_PROCESS, thread, max(10, os.getpriority(os.PRIO_PROCESS, thread)))


def _put(ready: queue.Queue[T | _End], item: T | _End, stop: threading.Event) -> bool:
    """Wait for a place in the queue; False when nobody wants items any more."""
    while not stop.is_set():
        try:
            ready.put(item, timeout=0.1)
        except queue.Full:
            continue
        return True
    return False


def joined(parts: Sequence[Generator[T]], at_once: int) -> Generator[T]:
    """All items of all parts, in order, the parts being made at the same time on threads of their own.

    The first is taken at once, and so is made only a few items ahead; of the others all items wait for their turn.
    An error of a part is raised where its next item would be. Closing the iterator early stops the threads.

    Args:
        parts: One after the other; at most one more than ``at_once`` is begun before the first has been taken.
        at_once: How many are made at the same time.
    """
    made: list[queue.Queue[T | _End]] = [queue.Queue(0 if number else 1) for number in range(len(parts))]
    stop = threading.Event()

    def make(part: Generator[T], out: queue.Queue[T | _End]) -> None:
        error: BaseException | None = None
        try:
            with closing(part):
                for item in part:
                    if not _put(out, item, stop):
                        return
        except BaseException as caught:  # noqa: BLE001 (raised again by the consumer)
            error = caught
        _put(out, _End(error), stop)

    pool = ThreadPoolExecutor(at_once, "piece")
    waiting = iter(zip(parts, made, strict=True))
    try:
        for part, out in islice(waiting, at_once + 1):
            pool.submit(make, part, out)
        for taken in made:
            while not isinstance(item := taken.get(), _End):
                yield item
            if item.error:
                raise item.error
            for part, out in islice(waiting, 1):
                pool.submit(make, part, out)
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)


class Behind(Generic[T]):
    """Calls ``work`` with each item, in order, on a thread of its own; an error stops it and is raised by the caller.

    Whoever made it must call ``close`` or ``abandon``, which end the thread.

    Args:
        work: Called with each item.
        waiting: How many items may wait, besides the one that is worked on.
    """

    def __init__(self, work: Callable[[T], None], *, waiting: int = 2) -> None:
        self._work = work
        self._items: queue.Queue[T | None] = queue.Queue(waiting)
        self._error: BaseException | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="work behind", daemon=True)
        self._thread.start()

    def put(self, item: T) -> None:
        """Hand over an item, waiting while the queue is full.

        Raises:
            BaseException: What ``work`` raised, unchanged.
        """
        self._raise()
        self._items.put(item)

    def offer(self, item: T) -> bool:
        """Hand over an item if there is room for it at once; whether there was.

        Raises:
            BaseException: What ``work`` raised, unchanged.
        """
        self._raise()
        try:
            self._items.put_nowait(item)
        except queue.Full:
            return False
        return True

    def close(self) -> None:
        """Wait until all is done.

        Raises:
            BaseException: What ``work`` raised, unchanged.
        """
        self._end()
        self._raise()

    def abandon(self) -> None:
        """Drop what waits and return when no work is under way any more; may be called after ``close``."""
        self._stop.set()
        self._end()

    def _end(self) -> None:
        if self._thread.is_alive():
            self._items.put(None)
            self._thread.join()

    def _raise(self) -> None:
        if self._error:
            raise self._error

    def _run(self) -> None:
        _let_others_first()  # nobody waits for what is made behind
        while (item := self._items.get()) is not None:
            if not self._stop.is_set():
                try:
                    self._work(item)
                except BaseException as error:  # noqa: BLE001 (raised again by the producer)
                    self._error = error
                    self._stop.set()
