"""Reads clips: every frame upright, with square pixels and its real presentation time.

PyAV rather than ``cv2.VideoCapture``: OpenCV ignores non-square pixels, guesses the colour matrix, and reports a
truncated file as an ordinary end. Both wheels bundle their own FFmpeg under private names and do not clash.

Only true video containers and the ``file`` protocol are allowed: no crafted clip makes the reader open a connection.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final, cast

import av
import cv2
import numpy as np
from av.container import InputContainer
from av.sidedata.sidedata import SideData
from av.sidedata.sidedata import Type as SideDataType
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter

from poise.core.types import ByteArray, Frame
from poise.errors import SourceError

_CONVERT_HINT: Final = "check that it was copied completely, or convert it: ffmpeg -i CLIP clip.mp4"
#: What may be opened. FFmpeg knows more: playlists that make it wait for other addresses, terminal art from any text.
_CONTAINERS: Final = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,gif,apng,mpegts,mpeg,mpegvideo,h264,hevc,m4v,mjpeg,flv,asf,ogg,nut,ivf,"
    "obu,mxf,dv,wtv,yuv4mpegpipe,mp3,wav,flac,aac"
)
_FALLBACK_FPS: Final = 25.0
_SQUARE_TOLERANCE: Final = 0.01  # resizing for less than this would only blur
#: Without a colour tag players take BT.601 up to this height (PAL) and BT.709 above, and so do we.
_SD_HEIGHT_PX: Final = 576
_UNSPECIFIED: Final = 2


@dataclass(frozen=True, slots=True)
class VideoInfo:
    """What a clip says about itself.

    Attributes:
        path: The file.
        width, height: Pixels of the upright picture with square pixels.
        fps: Average frames per second; single frames may come at any distance.
        duration_s: Seconds of the picture as the file declares them, or None.
        frame_count: Estimate, for a progress bar; None where the duration is unknown.
        time_base: Unit of the file's timestamps in seconds.
        codec: FFmpeg's name of the codec.
    """

    path: Path
    width: int
    height: int
    fps: float
    duration_s: float | None
    frame_count: int | None
    time_base: Fraction
    codec: str


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
        problems: One line for each thing that was wrong with the file in the last iteration.

    Raises:
        SourceError: The file cannot be read, or holds no video.
        ValueError: ``every`` is below 1.
    """

    def __init__(self, path: Path | str, *, every: int = 1) -> None:
        if every < 1:
            raise ValueError(f"every must be at least 1, not {every}")
        self._path = Path(path)
        self._every = every
        self._closed = False
        self.problems: list[str] = []
        _check_readable(self._path)
        self.info, self._shape = self._probe()

    def __iter__(self) -> Iterator[Frame]:
        self.problems.clear()
        if self._closed:
            return
        # A context kept over all frames and one thread: four times as fast as VideoFrame.to_ndarray, and unlike
        # OpenCV's conversion it follows the colour matrix and range that the frame is tagged with.
        reformatter = VideoReformatter()
        clock = _Clock(1.0 / self.info.fps)
        damage = _Damage()
        with _opened(self._path) as container:
            stream = _video_stream(container, self._path)
            stream.thread_type = "AUTO"
            for index, picture in enumerate(_decoded(container, stream, damage, clock)):
                if self._closed:
                    return
                t_s = clock.stamp(picture.time)
                if index % self._every == 0:
                    yield Frame(index=index, t_s=t_s, bgr=self._convert(picture, reformatter))
        self.problems.extend(damage.problems(clock.last_s, self.info))

    def close(self) -> None:
        """End the iteration at its next frame, which releases the file; may be called from another thread."""
        self._closed = True

    def _probe(self) -> tuple[VideoInfo, _Shape]:
        # The orientation is known only with the first frame.
        with _opened(self._path) as container:
            stream = _video_stream(container, self._path)
            first = next(_decoded(container, stream, _Damage(), _Clock(1.0)), None)
            if first is None:
                raise SourceError(f"{self._path} holds no picture that can be decoded", _CONVERT_HINT)
            rate = stream.average_rate or stream.guessed_rate or stream.base_rate
            fps = float(rate) if rate else _FALLBACK_FPS
            duration_s = _declared_duration(container, stream)
            shape = _Shape.of(first, stream.sample_aspect_ratio)
            info = VideoInfo(
                path=self._path,
                width=shape.height if shape.transposed else shape.width,
                height=shape.width if shape.transposed else shape.height,
                fps=fps,
                duration_s=duration_s,
                frame_count=max(1, round(duration_s * fps)) if duration_s else (stream.frames or None),
                time_base=stream.time_base or Fraction(1, 90_000),
                codec=stream.codec_context.name,
            )
            return info, shape

    def _convert(self, picture: av.VideoFrame, reformatter: VideoReformatter) -> ByteArray:
        tagged = picture.colorspace != _UNSPECIFIED or picture.color_range == ColorRange.JPEG
        guess_bt709 = not tagged and not picture.format.is_rgb and picture.height > _SD_HEIGHT_PX
        converted = reformatter.reformat(
            picture,
            width=self._shape.width,
            height=self._shape.height,
            format="bgr24",
            src_colorspace=Colorspace.ITU709 if guess_bt709 else None,
            threads=1,
        )
        return self._shape.upright(cast(ByteArray, converted.to_ndarray()))


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a stored picture becomes an upright one with square pixels: resize, then transpose, then flip.

    A picture that changes its size on the way (a call recorded over a poor line) is resized to that of the first one.
    """

    width: int
    height: int
    transposed: bool = False
    flip_x: bool = False
    flip_y: bool = False

    @classmethod
    def of(cls, picture: av.VideoFrame, aspect: Fraction | None) -> _Shape:
        width, height = _square_size(picture.width, picture.height, aspect)
        # Not VideoFrame.rotation: it reports a mirrored picture as one turned by 180 degrees.
        side_data = cast(Iterable[SideData], picture.side_data)  # its stub says str
        matrix = next((data for data in side_data if data.type == SideDataType.DISPLAYMATRIX), None)
        if matrix is None:
            return cls(width, height)
        (a, b, _), (c, d, _) = np.frombuffer(bytes(matrix), np.int32).reshape(3, 3)[:2].tolist()
        if abs(b) > abs(a):
            return cls(width, height, transposed=True, flip_x=c < 0, flip_y=b < 0)
        return cls(width, height, flip_x=a < 0, flip_y=d < 0)

    def upright(self, bgr: ByteArray) -> ByteArray:
        if self.transposed:
            bgr = cast(ByteArray, cv2.transpose(bgr))
        if self.flip_x or self.flip_y:
            bgr = cast(ByteArray, cv2.flip(bgr, -1 if self.flip_x and self.flip_y else int(self.flip_x)))
        return bgr


class _Clock:
    """Presentation times from 0, strictly increasing."""

    def __init__(self, interval_s: float) -> None:
        self._interval_s = interval_s
        self._origin_s: float | None = None
        self.last_s = -interval_s

    def stamp(self, time_s: float | None) -> float:
        expected_s = self.last_s + self._interval_s
        if time_s is None:
            self.last_s = expected_s
            return expected_s
        if self._origin_s is None:
            self._origin_s = time_s - expected_s
        given_s = time_s - self._origin_s
        self.last_s = given_s if given_s > self.last_s else expected_s
        return self.last_s


class _Damage:
    """What went wrong while decoding."""

    def __init__(self) -> None:
        self._parts = 0
        self._first_s = 0.0

    def note(self, t_s: float) -> None:
        self._first_s = self._first_s if self._parts else max(0.0, t_s)
        self._parts += 1

    def problems(self, last_s: float, info: VideoInfo) -> Iterator[str]:
        if self._parts:
            yield f"{self._parts} damaged part{'s' * (self._parts > 1)}, the first at about {self._first_s:.0f} s"
        end_s = last_s + 1.0 / info.fps
        # Containers round their duration and count an audio tail: half a second short is not yet broken off.
        if info.duration_s is not None and info.duration_s - end_s > max(0.5, 3.0 / info.fps):
            yield f"breaks off after {end_s:.1f} s of the {info.duration_s:.1f} s that it declares"


def _check_readable(path: Path) -> None:
    """Say what FFmpeg would say less clearly."""
    try:
        if not path.exists():
            raise SourceError(f"{path} does not exist", "check the spelling and the folder you are in")
        if not path.is_file():
            raise SourceError(f"{path} is {'a folder' if path.is_dir() else 'a device'}", "name a video file")
        if path.stat().st_size == 0:
            raise SourceError(f"{path} is empty", _CONVERT_HINT)
        with path.open("rb"):
            pass
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}", "check its permissions") from error


def _opened(path: Path) -> InputContainer:
    try:
        return av.open(f"file:{path}", options={"protocol_whitelist": "file", "format_whitelist": _CONTAINERS})
    except (av.FFmpegError, ValueError) as error:
        raise SourceError(f"{path} is not a video that can be read", _CONVERT_HINT) from error


def _video_stream(container: InputContainer, path: Path) -> av.VideoStream:
    # The cover of a music file is a video stream too, of one picture.
    covers = av.stream.Disposition.attached_pic
    streams = [stream for stream in container.streams.video if not stream.disposition & covers]
    best = container.streams.best("video")
    if not streams:
        what = "holds only audio" if container.streams.audio else "is not a video that can be read"
        raise SourceError(f"{path} {what}", _CONVERT_HINT)
    return next((stream for stream in streams if stream is best), streams[0])


def _decoded(
    container: InputContainer, stream: av.VideoStream, damage: _Damage, clock: _Clock
) -> Iterator[av.VideoFrame]:
    """Every picture that can be decoded, going on behind damaged parts."""
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets, None)
        except av.FFmpegError:
            damage.note(clock.last_s)
            packet = None
        try:
            pictures = stream.decode(packet)
        except av.EOFError:  # demux had flushed the decoder already
            pictures = []
        except av.FFmpegError:
            damage.note(clock.last_s)
            pictures = []
        yield from pictures
        if packet is None:
            return


def _declared_duration(container: InputContainer, stream: av.VideoStream) -> float | None:
    """Seconds of the picture, not of a sound track that may be longer."""
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    if container.duration and not container.streams.audio:
        return container.duration / av.time_base
    return None


def _square_size(width: int, height: int, aspect: Fraction | None) -> tuple[int, int]:
    """The height is kept, as players do; an absurd aspect ratio is taken for a damaged header."""
    if not aspect or not 0.125 <= aspect <= 8 or abs(aspect - 1) < _SQUARE_TOLERANCE:
        return width, height
    return max(1, round(width * aspect)), height
