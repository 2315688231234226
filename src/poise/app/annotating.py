"""The annotated video of a clip, drawn and written behind the analysis."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from poise.app.pipeline import Behind
from poise.core.coach import Snapshot
from poise.core.spec import Spec
from poise.core.types import ByteArray, Frame
from poise.core.words import ENGLISH, Words
from poise.io.encode import VideoWriter
from poise.io.overlay import Overlay
from poise.io.video import VideoFile


class Annotator:
    """Makes the annotated video behind the analysis; without a path it does nothing.

    Args:
        path: The video, or None.
        source: The clip.
        overlay: What draws.

    Attributes:
        path: The video that was written, once closed; None when there is none.
    """

    def __init__(self, path: Path | None, source: VideoFile, overlay: Overlay) -> None:
        self.path = path
        self._film = _Film(path, source, overlay) if path else None
        self._drawn = False

    def put(self, frame: Frame | None, snapshot: Snapshot) -> None:
        """Take the next frame and what was judged in it."""
        self._drawn = True
        if self._film and frame is not None:
            self._film.drawing.put((frame, snapshot))

    def close(self) -> None:
        """Complete the video.

        Raises:
            OutputError: It cannot be written.
        """
        if self._film:
            path = self._film.close()
            self.path = path if self._drawn else None  # there is no video of no frame

    def abort(self) -> None:
        """Give the video up."""
        if self._film:
            self._film.abort()


class _Film:
    """A video whose pictures are drawn on one thread and encoded on another: together they keep two cores busy."""

    def __init__(self, path: Path, source: VideoFile, overlay: Overlay) -> None:
        self._overlay = overlay
        self._writer = VideoWriter(path, (source.info.width, source.info.height), source.info.fps / source.every)
        self._encoding = Behind(self._encode, waiting=1)
        self.drawing = Behind(self._draw, waiting=1)

    def close(self) -> Path:
        """Wait until all is written; where it is."""
        self.drawing.close()
        self._encoding.close()
        self._writer.close()
        return self._writer.path

    def abort(self) -> None:
        """End both threads, in this order, so that nobody hands a picture to one that is gone."""
        self.drawing.abandon()
        self._encoding.abandon()
        self._writer.abort()

    def _draw(self, item: tuple[Frame, Snapshot]) -> None:
        frame, snapshot = item
        drawn = self._overlay.draw(frame.bgr, snapshot, ground=frame.bgr)
        self._encoding.put((self._writer.planes(drawn), frame.t_s))

    def _encode(self, item: tuple[ByteArray, float]) -> None:
        self._writer.add(*item)


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
