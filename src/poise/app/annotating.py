"""The annotated video of a clip, drawn and written behind the analysis."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from poise.app.pipeline import Behind
from poise.core.coach import Snapshot
from poise.core.spec import Spec
from poise.core.types import Frame
from poise.core.words import ENGLISH, Words
from poise.io.encode import VideoWriter
from poise.io.overlay import Overlay
from poise.io.video import VideoFile


class Annotator:
    """Draws and writes the annotated video on a thread of its own; without a path it does nothing.

    Args:
        path: The video, or None.
        source: The clip.
        overlay: What draws.

    Attributes:
        path: The video that was written, once closed; None when there is none.
    """

    def __init__(self, path: Path | None, source: VideoFile, overlay: Overlay) -> None:
        self.path = path
        self._overlay = overlay
        self._drawn = False
        size_px, fps = (source.info.width, source.info.height), source.info.fps / source.every
        self._writer = VideoWriter(path, size_px, fps) if path else None
        self._behind = Behind(self._write) if path else None

    def put(self, frame: Frame | None, snapshot: Snapshot) -> None:
        """Take the next frame and what was judged in it."""
        self._drawn = True
        if self._behind and frame is not None:
            self._behind.put((frame, snapshot))

    def close(self) -> None:
        """Complete the video.

        Raises:
            OutputError: It cannot be written.
        """
        if self._behind and self._writer:
            self._behind.close()
            self._writer.close()
            self.path = self._writer.path if self._drawn else None  # there is no video of no frame

    def abort(self) -> None:
        """Give the video up."""
        if self._behind and self._writer:
            self._behind.abandon()  # first, so that nobody writes to a writer that is gone
            self._writer.abort()

    def _write(self, item: tuple[Frame, Snapshot]) -> None:
        assert self._writer is not None
        frame, snapshot = item
        self._writer.write(self._overlay.draw(frame.bgr, snapshot, ground=frame.bgr), frame.t_s)


@contextmanager
def annotating(path: Path | None, source: VideoFile, spec: Spec, words: Words = ENGLISH) -> Iterator[Annotator]:
    """An annotator that is closed when all goes well, and given up otherwise."""
    annotator = Annotator(path, source, Overlay(spec, words))
    try:
        yield annotator
        annotator.close()
    except BaseException:
        annotator.abort()
        raise
