"""Worker processes, each apart from the others: one that dies costs its own clip alone, which is tried once more."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, ParamSpec, TypeVar

from poise.errors import WorkerError

P = ParamSpec("P")
T = TypeVar("T")

_TRIES = 2


class Processes(Executor):
    """So many processes, of which each is a pool of its own.

    In a common pool the death of one worker (out of memory, a crash in a decoder) breaks the work of all.

    Args:
        number: How many work at the same time.
    """

    def __init__(self, number: int) -> None:
        self._threads = ThreadPoolExecutor(number, "worker", initializer=_leave_interrupts)
        self._own = threading.local()
        self._pools: list[ProcessPoolExecutor] = []

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a function in the next process that is free; ``WorkerError`` is its error when the process dies twice."""
        return self._threads.submit(self._run, fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes when they have done what they are at."""
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        for pool in self._pools:
            pool.shutdown(wait, cancel_futures=cancel_futures)

    def _run(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> T:
        for _ in range(_TRIES):
            pool: ProcessPoolExecutor = getattr(self._own, "pool", None) or self._open()
            try:
                return pool.submit(fn, *args, **kwargs).result()
            except BrokenProcessPool:
                self._own.pool = None
        raise WorkerError(
            "the process that worked on it died twice", "it may need more memory: try fewer --workers, or --every 2"
        )

    def _open(self) -> ProcessPoolExecutor:
        # Not fork: the libraries' threads would not come along, and what they had locked would stay locked.
        pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), initializer=_begin)
        self._pools.append(pool)
        self._own.pool = pool
        return pool


def _leave_interrupts() -> None:
    """In a thread that starts processes: they inherit that Ctrl-C is not for them, and know it from their beginning."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _begin() -> None:
    """In the new process: leave Ctrl-C to the parent, and do not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)
