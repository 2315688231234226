"""What FFmpeg gives: containers that may be opened, the picture's stream, frames behind damage, and times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
from av.container import InputContainer

from poise.core import problems
from poise.errors import LOOK_AGAIN, SourceError

CONVERT_HINT: Final = "check that it was copied completely, or convert it: ffmpeg -i CLIP clip.mp4"
#: What may be opened. FFmpeg knows more: playlists that make it wait for other addresses, terminal art from any text.
_CONTAINERS: Final = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,gif,apng,mpegts,mpeg,mpegvideo,h264,hevc,m4v,mjpeg,flv,asf,ogg,nut,ivf,"
    "obu,mxf,dv,wtv,yuv4mpegpipe,mp3,wav,flac,aac"
)
_SAID: Final = re.compile(r"(\d+):(\d+):(\d+(?:\.\d+)?)")


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


class Clock:
    """Presentation times from 0, strictly increasing.

    Args:
        interval_s: Takes the place of a time that is missing or does not increase.
        origin_s: The first frame's time in the file, where the frames before these are known.
    """

    def __init__(self, interval_s: float, origin_s: float | None = None) -> None:
        self._interval_s = interval_s
        self._origin_s = origin_s
        self.last_s = -interval_s

    def stamp(self, time_s: float | None) -> float:
        """The time of the next frame, given its time in the file."""
        expected_s = self.last_s + self._interval_s
        if time_s is None:
            self.last_s = expected_s
            return expected_s
        if self._origin_s is None:
            self._origin_s = time_s - expected_s
        given_s = time_s - self._origin_s
        self.last_s = given_s if given_s > self.last_s else expected_s
        return self.last_s


class Damage:
    """What went wrong while decoding.

    Attributes:
        times_s: When, about: the time of the last frame before, for each part that cannot be decoded.
    """

    def __init__(self) -> None:
        self.times_s: list[float] = []

    def note(self, t_s: float) -> None:
        """A part that cannot be decoded."""
        self.times_s.append(max(0.0, t_s))

    def problems(self, last_s: float, info: VideoInfo) -> Iterator[str]:
        """In words, once the last frame is known."""
        if self.times_s:
            said = problems.DAMAGED if len(self.times_s) == 1 else problems.OFTEN_DAMAGED
            yield said.format(n=len(self.times_s), at=f"{min(self.times_s):.0f}")
        end_s = last_s + 1.0 / info.fps
        # Containers round their duration and count an audio tail: half a second short is not yet broken off.
        if info.duration_s is not None and info.duration_s - end_s > max(0.5, 3.0 / info.fps):
            yield problems.BROKEN_OFF.format(end=f"{end_s:.1f}", of=f"{info.duration_s:.1f}")


def check_readable(path: Path) -> None:
    """Say what FFmpeg would say less clearly."""
    try:
        if not path.exists():
            raise SourceError(f"{path} does not exist", LOOK_AGAIN)
        if not path.is_file():
            raise SourceError(f"{path} is {'a folder' if path.is_dir() else 'a device'}", "name a video file")
        if path.stat().st_size == 0:
            raise SourceError(f"{path} is empty", "copy it again from where it was recorded")
        with path.open("rb"):
            pass
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}", "check its permissions") from error


def opened(path: Path) -> InputContainer:
    """The container, or a ``SourceError``."""
    try:
        return av.open(f"file:{path}", options={"protocol_whitelist": "file", "format_whitelist": _CONTAINERS})
    except (av.FFmpegError, ValueError) as error:
        raise SourceError(f"{path} is not a video that can be read", CONVERT_HINT) from error


def video_stream(container: InputContainer, path: Path) -> av.VideoStream:
    """The picture's stream, or a ``SourceError``."""
    # The cover of a music file is a video stream too, of one picture.
    covers = av.stream.Disposition.attached_pic
    streams = [stream for stream in container.streams.video if not stream.disposition & covers]
    best = container.streams.best("video")
    if not streams:
        if container.streams.audio:
            raise SourceError(f"{path} holds only audio", "name a file with a picture")
        raise SourceError(f"{path} is not a video that can be read", CONVERT_HINT)
    return next((stream for stream in streams if stream is best), streams[0])


def decoded(container: InputContainer, stream: av.VideoStream, damage: Damage, clock: Clock) -> Iterator[av.VideoFrame]:
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


def declared_duration(container: InputContainer, stream: av.VideoStream) -> float | None:
    """Seconds of the picture, not of a sound track that may be longer."""
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    if said := _SAID.fullmatch(stream.metadata.get("DURATION", "")):  # as Matroska and WebM tell that of each stream
        hours, minutes, seconds = map(float, said.groups())
        begins_s = float((stream.start_time or 0) * (stream.time_base or 0))  # some count from the file's beginning
        return max(0.0, hours * 3600 + minutes * 60 + seconds - max(0.0, begins_s)) or None
    if container.duration and not container.streams.audio:
        return container.duration / av.time_base
    return None
