"""The two threads beside the model: order, errors, and an end in every case."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import closing

import pytest

from poise.app.pipeline import Behind, ahead, joined
from waiting import until


def threads(name: str) -> int:
    """How many threads of that name live."""
    return sum(thread.name == name for thread in threading.enumerate())


def test_items_come_in_order_from_another_thread() -> None:
    """Everything arrives once and in order, and was made elsewhere."""
    makers = set()

    def items() -> Iterator[int]:
        for number in range(100):
            makers.add(threading.current_thread().name)
            yield number

    assert list(ahead(items())) == list(range(100))
    assert makers == {"read ahead"}
    assert threads("read ahead") == 0


def test_reading_stays_a_few_items_ahead() -> None:
    """A consumer that stops taking stops the reader: memory does not grow with the clip."""
    made: list[int] = []

    def items() -> Iterator[int]:
        for number in range(1000):
            made.append(number)
            yield number

    with closing(ahead(items())) as numbers:
        next(numbers)
        assert until(lambda: len(made) >= 3)
        time.sleep(0.05)
        assert len(made) <= 5
    assert threads("read ahead") == 0


@pytest.mark.parametrize("error", [ZeroDivisionError("x"), KeyboardInterrupt()])
def test_the_error_of_the_reader_is_raised_after_its_last_item(error: BaseException) -> None:
    """The very same error, once the items before it were taken."""

    def items() -> Iterator[int]:
        yield 1
        raise error

    numbers = ahead(items())
    assert next(numbers) == 1
    with pytest.raises(type(error)) as caught:
        next(numbers)
    assert caught.value is error


def test_leaving_early_ends_the_reader() -> None:
    """A thread that waits for a place in the queue notices that nobody wants its items any more."""

    def leave() -> None:
        with closing(ahead(iter(range(1000)))) as numbers:
            for number in numbers:
                if number == 3:
                    raise EOFError

    with pytest.raises(EOFError):
        leave()
    assert threads("read ahead") == 0


def test_work_behind_is_done_in_order() -> None:
    """``close`` returns when all is done, each once and in order, on a thread of its own."""
    done: list[int] = []
    behind = Behind(done.append)
    for number in range(50):
        behind.put(number)
    behind.close()
    assert done == list(range(50))
    assert threads("work behind") == 0


def test_work_behind_lets_nobody_run_far_ahead() -> None:
    """``put`` waits while the queue is full."""
    free, accepted = threading.Event(), []
    behind = Behind(lambda _: free.wait())

    def produce() -> None:
        for number in range(20):
            behind.put(number)
            accepted.append(number)

    producer = threading.Thread(target=produce)
    producer.start()
    assert until(lambda: len(accepted) >= 2)
    time.sleep(0.05)
    assert len(accepted) <= 4
    free.set()
    producer.join()
    behind.close()


def test_an_error_behind_stops_the_work_for_good() -> None:
    """The caller gets the very same error from ``put`` and from ``close``; nothing is worked on after it."""
    error, seen = ZeroDivisionError("x"), []

    def work(number: int) -> None:
        seen.append(number)
        raise error

    behind = Behind(work)
    behind.put(0)
    assert until(lambda: bool(seen))
    time.sleep(0.05)
    for number in range(1, 10):
        with pytest.raises(ZeroDivisionError) as put:
            behind.put(number)
        assert put.value is error
    with pytest.raises(ZeroDivisionError) as last:
        behind.close()
    assert last.value is error
    assert seen == [0]
    assert threads("work behind") == 0


def test_abandoning_drops_what_waits() -> None:
    """When it returns no work is under way, the thread is gone, and the items in the queue were not touched."""
    free, begun, done = threading.Event(), threading.Event(), []

    def work(number: int) -> None:
        begun.set()
        free.wait()
        done.append(number)

    behind = Behind(work)
    for number in range(3):
        behind.put(number)
    begun.wait()
    threading.Timer(0.05, free.set).start()
    behind.abandon()
    assert done == [0]
    assert threads("work behind") == 0
    behind.abandon()


def part(number: int, ended: list[int], error: Exception | None = None) -> Generator[int]:
    """Ten numbers, then perhaps an error; notes that it was closed."""
    try:
        yield from range(10 * number, 10 * number + 10)
        if error:
            raise error
    finally:
        ended.append(number)


def test_parts_made_at_the_same_time_come_in_order() -> None:
    """However many threads make them, and whichever is done first."""
    ended: list[int] = []
    assert list(joined([part(number, ended) for number in range(5)], 2)) == list(range(50))
    assert sorted(ended) == list(range(5))
    assert threads("piece_0") == threads("piece_1") == 0


def test_parts_are_not_made_far_ahead() -> None:
    """While the first part is being taken, at most one more than can be made at the same time is begun."""
    begun: list[int] = []

    def slow(number: int) -> Generator[int]:
        begun.append(number)
        yield number

    numbers = joined([slow(number) for number in range(20)], 2)
    assert next(numbers) == 0
    time.sleep(0.1)
    assert len(begun) == 3
    assert list(numbers) == list(range(1, 20))


def test_an_error_of_a_part_comes_in_its_place() -> None:
    """After all items before it; the other parts are ended."""
    ended: list[int] = []
    error = ZeroDivisionError("x")
    numbers = joined([part(0, ended), part(1, ended, error), part(2, ended)], 3)
    assert [next(numbers) for _ in range(20)] == list(range(20))
    with pytest.raises(ZeroDivisionError) as caught:
        next(numbers)
    assert caught.value is error
    assert sorted(ended) == [0, 1, 2]


def test_leaving_parts_early_ends_their_threads() -> None:
    """Also those that wait for their turn."""
    ended: list[int] = []
    numbers = joined([part(number, ended) for number in range(20)], 2)
    next(numbers)
    numbers.close()
    assert threads("piece_0") == threads("piece_1") == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives threads a priority of their own")
@pytest.mark.parametrize("lowered_by", [0, 15])
def test_who_yields_never_raises_a_priority(lowered_by: int) -> None:
    """A program that was started with a low priority keeps it: raising it is refused to all but root."""
    script = (
        "import os, threading; from poise.app.pipeline import ahead\n"
        f"os.nice({lowered_by})\n"
        "def items():\n"
        "    yield os.getpriority(os.PRIO_PROCESS, threading.get_native_id())\n"
        "print(*ahead(items(), yielding=True))"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert int(told.stdout) == max(10, min(19, os.nice(0) + lowered_by))
