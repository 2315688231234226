"""Live reading without a queue: a thread keeps the newest frame, and the consumer takes it when ready.

For cameras, streams and recordings played as if live. A file that is analysed is read directly: there every frame
counts, and none may be dropped.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from types import TracebackType
from typing import Generic, Self, TypeVar

from poise.core.types import Frame, FrameSource
from poise.errors import SourceError

T = TypeVar("T")

_JOIN_S = 1.0


class Mailbox(Generic[T]):
    """One slot between two threads: what is put replaces what lies there.

    The producer works inside ``with mailbox:``. Leaving the block ends the mailbox, and an exception that leaves it
    travels on to the consumer, who meets it after the last item.

    Attributes:
        dropped: Items that were replaced before anybody took them.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._item: T | None = None
        self._ended = False
        self._error: BaseException | None = None
        self.dropped = 0

    def put(self, item: T) -> None:
        """Leave an item, in place of one that was not taken. Ignored once ended."""
        with self._changed:
            if self._ended:
                return
            self.dropped += self._item is not None
            self._item = item
            self._changed.notify_all()

    def take(self, timeout_s: float | None = None) -> T | None:
        """Wait for an item and take it; None when none came in time or none will come (see ``ended``).

        Raises:
            BaseException: Whatever ended the producer.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._item is not None or self._ended, timeout_s)
            item, self._item = self._item, None
            if item is None and self._error is not None:
                raise self._error
            return item

    @property
    def ended(self) -> bool:
        """Whether nothing lies in the slot and nothing will come."""
        with self._changed:
            return self._ended and self._item is None

    def end(self, error: BaseException | None = None) -> None:
        """Accept nothing more; the first call decides with which error, if any."""
        with self._changed:
            if not self._ended:
                self._ended, self._error = True, error
                self._changed.notify_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self.end(error)
        return True


class LatestFrame:
    """A source read by its own thread, of which only the newest frame is ever seen.

    Reading begins at once, so that a camera warms up while the model loads. Iterating yields frames that are newer
    each time, the last one included, and raises the error that ended the source. Nobody can stop a thread that waits
    inside a driver: ``close`` asks it to, waits a moment and leaves it behind, as a daemon.

    Args:
        source: What to read; it belongs to this object from now on.
        timeout_s: Seconds without a frame after which iteration gives the source up for frozen. Longer than a
            camera's own patience with a lost connection.
    """

    def __init__(self, source: FrameSource, *, timeout_s: float = 35.0) -> None:
        self._source = source
        self._timeout_s = timeout_s
        self._mailbox: Mailbox[Frame] = Mailbox()
        self._thread = threading.Thread(target=self._read, name="camera", daemon=True)
        self._thread.start()

    @property
    def dropped(self) -> int:
        """Frames that were replaced by a newer one before anybody took them."""
        return self._mailbox.dropped

    @property
    def ended(self) -> bool:
        """Whether no frame will come any more."""
        return self._mailbox.ended

    def take(self, timeout_s: float) -> Frame | None:
        """Wait for a newer frame; None when none came in time (a window can be served meanwhile) or at the end.

        Raises:
            SourceError: The source failed.
        """
        return self._mailbox.take(timeout_s)

    def __iter__(self) -> Iterator[Frame]:
        while True:
            frame = self._mailbox.take(self._timeout_s)
            if frame is not None:
                yield frame
            elif self._mailbox.ended:
                return
            else:
                raise SourceError(
                    f"no picture for {self._timeout_s:g} s", "check the camera's cable, or start again with another"
                )

    def close(self) -> None:
        """Stop reading and release the source; may be called twice, and while another thread iterates."""
        self._mailbox.end()
        self._source.close()
        self._thread.join(_JOIN_S)

    def _read(self) -> None:
        with self._mailbox:
            for frame in self._source:
                self._mailbox.put(frame)
