"""Keeps a live session as it happens, on a thread of its own: what is seen now is on the disk within a second."""

from __future__ import annotations

import queue
import sqlite3
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

from poise.core.history.personal import Depth, depth
from poise.core.live.moment import Moment
from poise.errors import StoreError
from poise.io.store.opening import connect, translated
from poise.io.store.writing import Header, SessionWriter

BATCH_S = 0.3  # between two transactions; with the time to write, well below the second that may be lost
_TICK_S = 0.1


class StoreRecorder:
    """A ``Recorder`` that writes to the store.

    When the disk is full or the store is held by another program, it keeps trying with everything that is not written
    yet, and the session goes on.

    Args:
        path: The store, which ``open_store`` has opened before.
        header: What is known of the session.

    Attributes:
        problem: Why the last batch could not be written, or None; it is raised by ``close``.
    """

    def __init__(self, path: Path, header: Header) -> None:
        self.problem: Exception | None = None
        self._path = path
        self._writer = SessionWriter(header)
        self._moments: queue.SimpleQueue[tuple[Moment, Depth | None] | None] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="store", daemon=True)
        self._thread.start()

    @property
    def session(self) -> int | None:
        """The session's number in the store, once something of it was kept."""
        return self._writer.id

    def add(self, moment: Moment) -> None:
        """Take the next moment; returns at once."""
        # A reading is worked out when it is asked for, which only the thread that made it may do.
        self._moments.put((moment, depth(moment.snapshot, moment.spec) if moment.phase == "work" else None))

    def close(self) -> None:
        """Write what is not written yet; may be called twice.

        Raises:
            StoreError: The last part of the session cannot be kept.
            Exception: A mistake of ours, which ended the recording and not the session.
        """
        if self._closed:
            return
        self._closed = True
        self._moments.put(None)
        self._thread.join()
        if self.problem:
            raise self.problem

    def _run(self) -> None:
        try:
            with translated(self._path), closing(connect(self._path)) as connection:
                self._keep(connection)
        except Exception as error:  # noqa: BLE001 (raised again by close)
            self.problem = error

    def _keep(self, connection: sqlite3.Connection) -> None:
        due_s = time.monotonic() + BATCH_S
        while True:
            ended = self._take_all()
            if ended or time.monotonic() >= due_s:
                self._write(connection, finished=ended)
                due_s = time.monotonic() + BATCH_S
            if ended:
                return

    def _take_all(self) -> bool:
        """Take what waits; whether the session is over."""
        with suppress(queue.Empty):
            item = self._moments.get(timeout=_TICK_S)
            while item is not None:
                self._writer.add(*item)
                item = self._moments.get_nowait()
            return True
        return False

    def _write(self, connection: sqlite3.Connection, finished: bool) -> None:
        try:
            with translated(self._path):
                self._writer.write(connection, finished)
            self.problem = None
        except StoreError as error:
            self.problem = error
