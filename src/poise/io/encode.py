"""Writes clips that every browser plays, with the frames' own times."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Final, Self, cast

# First: loaded after PyAV's libraries, OpenCV's window library never comes back.
import cv2  # isort: skip
import av
from av.container import OutputContainer
from av.video.reformatter import ColorRange

from poise.core.types import ByteArray
from poise.errors import OutputError
from poise.files import PendingFile, output_error

#: Ticks per second: exact for 24, 25, 30, 60 and 30000/1001 frames per second, within 6 microseconds for any time.
_TICKS_PER_S: Final = 90_000
#: FFmpeg's numbers for BT.601 (SMPTE 170M), the one matrix that OpenCV converts to.
_BT601: Final = 6


@dataclass(frozen=True, slots=True)
class _Encoder:
    name: str
    suffix: str
    options: dict[str, str] = field(default_factory=dict)
    muxer_options: dict[str, str] = field(default_factory=dict)


_FASTSTART: Final = {"movflags": "+faststart"}
#: Each piece is complete, and on the disk as soon as it is made.
_PIECES: Final = {"movflags": "+frag_keyframe+empty_moov+default_base_moof"}
_QUICK: Final = {"libx264": {"tune": "zerolatency"}}
#: In order of preference. Never mp4v, which no browser plays.
_ENCODERS: Final = (
    _Encoder("libx264", ".mp4", {"preset": "ultrafast", "crf": "26"}, _FASTSTART),
    _Encoder("libopenh264", ".mp4", muxer_options=_FASTSTART),
    _Encoder("h264_videotoolbox", ".mp4", {"allow_sw": "1"}, _FASTSTART),
    _Encoder("h264_mf", ".mp4", muxer_options=_FASTSTART),
    _Encoder("libvpx-vp9", ".webm", {"deadline": "realtime", "cpu-used": "8", "row-mt": "1", "crf": "33", "b": "0"}),
)


class VideoWriter:
    """Writes frames to an H.264 file, or to VP9 in WebM where no H.264 encoder is installed.

    The file appears under its name when ``close`` succeeds; until then, and after ``abort`` or an exception inside the
    ``with`` block, there is nothing. Without a single frame there is no file either. A picture with an odd side gets
    one more row or column, a copy of its last.

    Args:
        path: Where to write, ending in .mp4 or .webm.
        size_px: Width and height of every frame.
        fps: Expected average rate; steers the encoder only, the times are those given to ``write``.
        lasting: Write under the final name from the start, in pieces of about a second that can each be played: of a
            program that is killed, everything but the last piece is left. ``abort`` leaves what is written.

    Attributes:
        path: The file that is written: that asked for, or ending in .webm when there is no encoder for .mp4.
        size_px: Width and height of every frame.

    Raises:
        OutputError: The place cannot be written, or no encoder is installed.
    """

    def __init__(self, path: Path | str, size_px: tuple[int, int], fps: float = 30.0, *, lasting: bool = False) -> None:
        wanted = Path(path)
        self.size_px = size_px
        self._lasting = lasting
        self._even_px = (size_px[0] + size_px[0] % 2, size_px[1] + size_px[1] % 2)
        encoder = _choose_encoder(wanted, self._even_px)
        self.path = wanted if wanted.suffix.lower() == encoder.suffix else wanted.with_suffix(encoder.suffix)
        self._first_s: float | None = None
        self._last_tick = -1
        self._pending: PendingFile | None = PendingFile(self.path)
        if lasting:
            self._pending.commit()  # empty as yet
            options = {**encoder.options, **_QUICK.get(encoder.name, {})}
            muxer = {"flush_packets": "1"} | (_PIECES if encoder.suffix == ".mp4" else {})
            encoder = replace(encoder, options=options, muxer_options=muxer)
        try:
            place = self.path if lasting else self._pending.temporary
            self._container, self._stream = _open(place, encoder, self._even_px, fps)
            if lasting:
                self._stream.codec_context.gop_size = max(1, round(fps))
        except av.FFmpegError as error:
            self._pending.discard()
            raise _translated(self.path, error) from error

    def write(self, bgr: ByteArray, t_s: float) -> None:
        """Add one frame.

        Args:
            bgr: (H, W, 3) uint8 of the size given at the start.
            t_s: Seconds, strictly increasing; the first frame's is the beginning of the clip.

        Raises:
            OutputError: The disk is full, or the encoder failed; nothing is left behind.
            ValueError: The picture has another size, or the writer is closed.
        """
        self.add(self.planes(bgr), t_s)

    def planes(self, bgr: ByteArray) -> ByteArray:
        """One frame as the encoder takes it: of the even size, in I420, which OpenCV makes in a third of FFmpeg's time.

        Args:
            bgr: (H, W, 3) uint8 of the size given at the start.

        Raises:
            ValueError: The picture has another size.
        """
        if (bgr.shape[1], bgr.shape[0]) != self.size_px:
            raise ValueError(f"a picture of {bgr.shape[1]}x{bgr.shape[0]} in a clip of {self.size_px}")
        if self._even_px != self.size_px:
            right, bottom = self._even_px[0] - self.size_px[0], self._even_px[1] - self.size_px[1]
            bgr = cast(ByteArray, cv2.copyMakeBorder(bgr, 0, bottom, 0, right, cv2.BORDER_REPLICATE))
        return cast(ByteArray, cv2.cvtColor(bgr, cv2.COLOR_BGR2YUV_I420))

    def add(self, planes: ByteArray, t_s: float) -> None:
        """Add one frame as ``planes`` made it: ``write`` in two steps, for whoever has a thread for each.

        Args:
            planes: What ``planes`` returned.
            t_s: As for ``write``.

        Raises:
            OutputError: As for ``write``.
            ValueError: The writer is closed.
        """
        if self._pending is None:
            raise ValueError("the writer is closed")
        if self._first_s is None:
            self._first_s = t_s
        self._last_tick = max(self._last_tick + 1, round((t_s - self._first_s) * _TICKS_PER_S))
        picture = av.VideoFrame.from_ndarray(planes, format="yuv420p")
        picture.pts = self._last_tick
        picture.time_base = Fraction(1, _TICKS_PER_S)
        self._encode(picture)

    def close(self) -> None:
        """Complete the file and give it its name; may be called twice.

        Raises:
            OutputError: The disk is full, or the encoder failed; nothing is left behind.
        """
        if self._pending is None:
            return
        if self._first_s is None:
            self.abort()
            return
        self._encode(None)
        try:
            self._container.close()
        except av.FFmpegError as error:
            self.abort()
            raise _translated(self.path, error) from error
        pending, self._pending = self._pending, None
        if not self._lasting:
            pending.commit()

    def abort(self) -> None:
        """Give up and remove what was written; does nothing after ``close``."""
        if self._pending is None:
            return
        pending, self._pending = self._pending, None
        with suppress(av.FFmpegError):  # the file is thrown away; what closing it finds wrong is of no interest
            self._container.close()
        pending.discard()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
        else:
            self.abort()

    def _encode(self, picture: av.VideoFrame | None) -> None:
        try:
            self._container.mux(self._stream.encode(picture))
        except av.FFmpegError as error:
            self.abort()
            raise _translated(self.path, error) from error


def _choose_encoder(path: Path, size_px: tuple[int, int]) -> _Encoder:
    suffix = path.suffix.lower()
    if suffix not in {encoder.suffix for encoder in _ENCODERS}:
        raise OutputError(f"{path} does not end in .mp4 or .webm", "these are what every browser plays")
    # WebM holds no H.264, but whoever wants an .mp4 is better served by a .webm than by nothing.
    candidates = [encoder for encoder in _ENCODERS if encoder.suffix in (suffix, ".webm")]
    for encoder in candidates:
        if _works(encoder, size_px):
            return encoder
    raise OutputError("no video encoder is installed", "run: pip install --force-reinstall av")


def _works(encoder: _Encoder, size_px: tuple[int, int]) -> bool:
    """Whether the encoder opens: those of the operating system are listed even where their hardware is missing."""
    try:
        context = cast(av.VideoCodecContext, av.VideoCodecContext.create(encoder.name, "w"))
        context.width, context.height = size_px
        context.pix_fmt = "yuv420p"
        context.time_base = Fraction(1, 30)
        context.options = dict(encoder.options)
        context.open()
    except (av.codec.codec.UnknownCodecError, av.FFmpegError):
        return False
    return True


def _open(
    path: Path, encoder: _Encoder, size_px: tuple[int, int], fps: float
) -> tuple[OutputContainer, av.VideoStream]:
    container = av.open(
        f"file:{path}", "w", format=encoder.suffix.removeprefix("."), container_options=encoder.muxer_options
    )
    rate = Fraction(fps).limit_denominator(1001)
    stream = cast(av.VideoStream, container.add_stream(encoder.name, rate=rate, options=dict(encoder.options)))
    stream.width, stream.height = size_px
    stream.pix_fmt = "yuv420p"
    stream.time_base = stream.codec_context.time_base = Fraction(1, _TICKS_PER_S)
    # More threads would cost a fifth more of the processors, which the pose model needs, and change the file with them.
    stream.codec_context.thread_count = 1
    stream.codec_context.colorspace = _BT601
    stream.codec_context.color_range = ColorRange.MPEG
    return container, stream


def _translated(path: Path, error: av.FFmpegError) -> OutputError:
    if isinstance(error, OSError):
        return output_error(path, error)
    return OutputError(f"{path} cannot be encoded: {error.strerror}", "try --no-video")
