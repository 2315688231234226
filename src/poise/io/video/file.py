"""A clip as a source of frames."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
from av.container import InputContainer
from av.video.reformatter import VideoReformatter

from poise.core.types import Frame
from poise.errors import SourceError
from poise.io.video.decoding import (
    CONVERT_HINT,
    Clock,
    Damage,
    VideoInfo,
    check_readable,
    declared_duration,
    decoded,
    opened,
    video_stream,
)
from poise.io.video.picture import Shape
from poise.io.video.pieces import Piece, split

_FALLBACK_FPS: Final = 25.0


class VideoFile:
    """A clip as a ``FrameSource``; every iteration starts at its beginning.

    Times are rebased so that the first frame is at 0 and increase strictly: a missing, repeated or backward timestamp
    is replaced by the previous one plus the average interval. A file that breaks off or is damaged yields what can be
    decoded; ``problems`` then says what happened, once iteration has ended.

    Args:
        path: The clip, in any container and codec that FFmpeg reads.
        every: Yield only every n-th frame; the others are decoded but not converted. ``Frame.index`` keeps counting
            all of them.

    Attributes:
        info: See ``VideoInfo``.
        every: As given.

    Raises:
        SourceError: The file cannot be read, or holds no video.
        ValueError: ``every`` is below 1.
    """

    def __init__(self, path: Path | str, *, every: int = 1) -> None:
        if every < 1:
            raise ValueError(f"every must be at least 1, not {every}")
        self._path = Path(path)
        self.every = every
        self._closed = False
        #: Of each piece that was read, by its first frame: what is damaged in it, and the time of its last frame.
        self._found: dict[int, tuple[Damage, float]] = {}
        check_readable(self._path)
        self.info, self._shape = self._probe()

    @property
    def problems(self) -> list[str]:
        """One line for each thing that was wrong with the file in the last iteration, or in the pieces read."""
        found = self._found.copy()  # pieces are read by several threads
        damage = Damage()
        damage.times_s = [t_s for part, _ in found.values() for t_s in part.times_s]
        last_s = min((end_s for _, end_s in found.values()), default=math.inf)
        return list(damage.problems(last_s, self.info))

    def __iter__(self) -> Iterator[Frame]:
        self._found.clear()
        if self._closed:
            return
        clock, damage = Clock(1.0 / self.info.fps), Damage()
        with opened(self._path) as container:
            pictures = decoded(container, self._stream(container), damage, clock)
            for frame, _ in self._frames(pictures, clock, 0):
                yield frame
        if not self._closed:
            self._found[0] = damage, clock.last_s

    def pieces(self, at_once: int, *, least: int, most: int) -> list[Piece]:
        """Where the clip can be cut; see ``split``."""
        return split(self._path, every=self.every, least=least, most=most, at_once=at_once)

    def frames_of(self, piece: Piece) -> Iterator[tuple[Frame, bool]]:
        """The frames of a piece as they are in the whole clip, and whether each counts or only warms up.

        Several pieces may be read at the same time, each by a thread of its own.
        """
        clock, damage = Clock(1.0 / self.info.fps, piece.origin_s), Damage()
        with opened(self._path) as container:
            stream = self._stream(container)
            pictures = _from(container, stream, piece, damage, clock)
            for frame, pts in self._frames(pictures, clock, piece.index):
                yield frame, pts >= piece.first
        # What is damaged before it is told by the piece before.
        first_s = float(piece.first * self.info.time_base) - piece.origin_s - 1e-6
        damage.times_s = [t_s for t_s in damage.times_s if t_s >= first_s]
        self._found[piece.first_index] = damage, clock.last_s if piece.end is None else math.inf

    def close(self) -> None:
        """End the iteration at its next frame, which releases the file; may be called from another thread."""
        self._closed = True

    def _frames(self, pictures: Iterable[av.VideoFrame], clock: Clock, first: int) -> Iterator[tuple[Frame, int]]:
        """Those that are asked for, each with its time in the file's unit."""
        # A context kept over all frames and one thread: four times as fast as VideoFrame.to_ndarray, and unlike
        # OpenCV's conversion it follows the colour matrix and range that the frame is tagged with.
        reformatter = VideoReformatter()
        for index, picture in enumerate(pictures, first):
            if self._closed:
                return
            t_s = clock.stamp(picture.time)
            if index % self.every == 0:
                bgr = self._shape.converted(picture, reformatter)
                yield Frame(index=index, t_s=t_s, bgr=bgr), picture.pts or 0

    def _stream(self, container: InputContainer) -> av.VideoStream:
        stream = video_stream(container, self._path)
        stream.thread_type = "AUTO"
        return stream

    def _probe(self) -> tuple[VideoInfo, Shape]:
        # The orientation is known only with the first frame.
        with opened(self._path) as container:
            stream = video_stream(container, self._path)
            first = next(decoded(container, stream, Damage(), Clock(1.0)), None)
            if first is None:
                raise SourceError(f"{self._path} holds no picture that can be decoded", CONVERT_HINT)
            rate = stream.average_rate or stream.guessed_rate or stream.base_rate
            fps = float(rate) if rate else _FALLBACK_FPS
            duration_s = declared_duration(container, stream)
            shape = Shape.of(first, stream.sample_aspect_ratio)
            width, height = shape.upright_px
            info = VideoInfo(
                path=self._path,
                width=width,
                height=height,
                fps=fps,
                duration_s=duration_s,
                frame_count=max(1, round(duration_s * fps)) if duration_s else (stream.frames or None),
                time_base=stream.time_base or Fraction(1, 90_000),
                codec=stream.codec_context.name,
            )
            return info, shape


def _from(
    container: InputContainer, stream: av.VideoStream, piece: Piece, damage: Damage, clock: Clock
) -> Iterator[av.VideoFrame]:
    """The pictures of a piece; whatever the container's index is worth, none of them is missed."""
    container.seek(piece.warm_up, stream=stream)
    pictures = decoded(container, stream, damage, clock)
    first = next(pictures, None)
    if first is None or first.pts is None or first.pts > piece.warm_up:
        container.seek(0)
        pictures = decoded(container, stream, damage, clock)
    elif first.pts == piece.warm_up:
        yield first
    for picture in pictures:
        if piece.end is not None and picture.pts is not None and picture.pts >= piece.end:
            return
        if picture.pts is not None and picture.pts >= piece.warm_up:
            yield picture
