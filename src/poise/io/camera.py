"""Live pictures: a camera of this machine, a network stream, or a recording played as if it were live.

Frames of a camera or stream carry the time at which they arrived on the monotonic clock, which no change of the wall
clock moves. OpenCV rather than PyAV here, because it alone opens cameras by index on every system.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, Protocol, cast
from urllib.parse import urlsplit

import cv2
import numpy as np

from poise.core.types import ByteArray, Frame, FrameSource
from poise.errors import SourceError

#: How long a camera that stopped is waited for: long enough to get up and put its cable back.
_PATIENCE_S: Final = 30.0
#: How long one that shows nothing new is believed.
_BELIEVED_S: Final = 10.0
_FIRST_PAUSE_S: Final = 0.25
_LONGEST_PAUSE_S: Final = 2.0
_TIMEOUT_MS: Final = 5_000
#: Mean of 0 to 255 below which a picture is black; a covered lens still shows some noise.
_BLACK: Final = 6.0
#: One interface per system: trying all is slow and prints warnings, and Media Foundation takes seconds to open.
_DEVICE_API: Final = {"linux": cv2.CAP_V4L2, "darwin": cv2.CAP_AVFOUNDATION, "win32": cv2.CAP_DSHOW}
_SCHEMES: Final = ("http", "https", "rtsp", "rtmp", "tcp", "udp")


class Capture(Protocol):
    """An opened device or stream."""

    def read(self) -> tuple[float, ByteArray] | None:
        """Wait for the next picture: seconds on the monotonic clock and (H, W, 3) uint8; None when there is none."""
        ...

    def release(self) -> None:
        """Give the device back."""
        ...


class Camera:
    """A camera or stream as a ``FrameSource``.

    A camera that is unplugged or a stream that drops is opened again, at growing intervals, for as long as the
    patience lasts; ``problems`` tells of it. Pictures that are black or do not change are believed for ten seconds.

    Args:
        name: What messages call it, such as "camera 0".
        open_capture: Opens it, or returns None where that fails.
        hint: What the user can do when it fails.
        patience_s: Seconds without a new picture after which to give up.
        clock: Seconds that never go back.

    Raises:
        SourceError: It cannot be opened.
    """

    def __init__(
        self,
        name: str,
        open_capture: Callable[[], Capture | None],
        *,
        hint: str = "",
        patience_s: float = _PATIENCE_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._name = name
        self._open_capture = open_capture
        self._hint = hint
        self._patience_s = patience_s
        self._clock = clock
        self._closed = threading.Event()
        # Releasing a device while another thread reads it crashes; whoever holds this lock may do either.
        self._in_use = threading.Lock()
        self._losses, self._lost_s = 0, 0.0
        self._pause_s, self._found_s = _FIRST_PAUSE_S, clock()
        self._capture = open_capture()
        if self._capture is None:
            raise SourceError(f"{name} cannot be opened", hint)

    def __iter__(self) -> Iterator[Frame]:
        index = 0
        liveness = _Liveness(self._clock())
        while (read := self._next()) is not None:
            t_s, bgr = read
            yield Frame(index=index, t_s=t_s, bgr=bgr)
            index += 1
            dead_s, look = liveness.judge(t_s, bgr)  # after it was handed on: nobody waits for this
            if dead_s > min(self._patience_s, _BELIEVED_S):
                raise SourceError(f"{self._name} delivers only {look} pictures", "uncover its lens, or restart it")

    def close(self) -> None:
        """Release the camera: at once, or when the read that another thread waits in returns."""
        self._closed.set()
        if self._in_use.acquire(blocking=False):
            try:
                self._release()
            finally:
                self._in_use.release()

    @property
    def problems(self) -> list[str]:
        """How often and how long the camera was lost, in one line, or nothing."""
        if not self._losses:
            return []
        times = "once" if self._losses == 1 else f"{self._losses} times"
        return [f"{self._name} was lost {times}, {self._lost_s:.1f} s in all, and found again"]

    def _next(self) -> tuple[float, ByteArray] | None:
        """The next picture, or None once closed."""
        with self._in_use:
            try:
                read = None if self._capture is None else self._capture.read()
                return read if read is not None or self._closed.is_set() else self._found_again()
            finally:
                if self._closed.is_set():
                    self._release()

    def _found_again(self) -> tuple[float, ByteArray] | None:
        lost_s = self._clock()
        if lost_s - self._found_s > self._patience_s:
            self._pause_s = _FIRST_PAUSE_S
        while self._clock() - lost_s < self._patience_s:
            self._release()
            if self._closed.wait(self._pause_s):
                return None
            # Grows on from loss to loss, so that a stream that keeps dropping is not asked again all the time.
            self._pause_s = min(2 * self._pause_s, _LONGEST_PAUSE_S)
            self._capture = self._open_capture()
            read = None if self._capture is None else self._capture.read()
            if read is not None:
                self._found_s = self._clock()
                self._losses += 1
                self._lost_s += self._found_s - lost_s
                return read
        raise SourceError(f"{self._name} delivers no pictures", self._hint)

    def _release(self) -> None:
        if self._capture is not None:
            self._capture.release()
            self._capture = None


class Paced:
    """A recording in place of a camera: each frame comes when its time has come, never earlier.

    Frames that the consumer is too slow for come late, not never; to skip them as a camera would, read it through
    ``poise.app.mailbox.LatestFrame``.

    Args:
        recording: A source that can be iterated again and starts at 0 s.
        clock: Seconds that never go back.
    """

    def __init__(self, recording: FrameSource, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._recording = recording
        self._clock = clock
        self._closed = threading.Event()

    def __iter__(self) -> Iterator[Frame]:
        start_s = self._clock()
        for frame in self._recording:
            if self._closed.wait(max(0.0, start_s + frame.t_s - self._clock())):
                return
            yield frame

    def close(self) -> None:
        """End the iteration, even one that waits for a frame's time, and close the recording."""
        self._closed.set()
        self._recording.close()


def open_camera(index: int, size_px: tuple[int, int] = (640, 480)) -> Camera:
    """Open a camera of this machine.

    Args:
        index: 0 is the first.
        size_px: Width and height to ask for; the camera may deliver another.

    Raises:
        SourceError: There is no such camera, or another program uses it.
    """
    other = "--camera 1" if index == 0 else "--camera 0"
    hint = f"plug it in, close other programs that use it, allow camera access, or try {other}"
    return Camera(f"camera {index}", lambda: _open_device(index, size_px), hint=hint)


def open_stream(url: str) -> Camera:
    """Open a live stream: MJPEG over HTTP, RTSP, or what else FFmpeg reads from the network.

    Args:
        url: Address; a password in it is not repeated in messages.

    Raises:
        SourceError: The address is none that can be read, or nothing answers there.
    """
    try:
        parts = urlsplit(url)
        place = parts.netloc.rpartition("@")[2]
    except ValueError:
        raise SourceError(f"{url} is not an address", "use http://HOST:PORT/PATH or rtsp://HOST/PATH") from None
    name = f"stream {parts.scheme}://{place}{parts.path}"
    if parts.scheme not in _SCHEMES:
        raise SourceError(f"{name} is of an unknown kind", f"use one of {', '.join(_SCHEMES)}")
    return Camera(name, lambda: _open_url(url), hint="check the address, and that it plays in another program")


class _Liveness:
    """How long the picture has been black or the very same."""

    def __init__(self, start_s: float) -> None:
        self._alive_s = start_s
        self._last: ByteArray | None = None

    def judge(self, t_s: float, bgr: ByteArray) -> tuple[float, str]:
        """Seconds since the picture last lived, and what it looks like instead."""
        sample = bgr[::8, ::8].copy()
        black = float(sample.mean()) < _BLACK
        # A real sensor never gives the same picture twice: there is always noise.
        if not black and not np.array_equal(sample, self._last if self._last is not None else ()):
            self._alive_s = t_s
        self._last = sample
        return t_s - self._alive_s, "black" if black else "unchanging"


class _OpenCVCapture:
    def __init__(self, capture: cv2.VideoCapture) -> None:
        self._capture = capture
        across, down = capture.get(cv2.CAP_PROP_SAR_NUM), capture.get(cv2.CAP_PROP_SAR_DEN)
        self._stretch = across / down if across > 0 and down > 0 else 1.0

    def read(self) -> tuple[float, ByteArray] | None:
        # Stamped between grabbing and decoding, as near to the event as a program gets.
        if not self._capture.grab():
            return None
        t_s = time.monotonic()
        ok, picture = self._capture.retrieve()
        if not ok or picture is None or picture.size == 0:
            return None
        if self._stretch != 1.0:
            picture = cv2.resize(picture, (max(1, round(picture.shape[1] * self._stretch)), picture.shape[0]))
        return t_s, cast(ByteArray, picture)

    def release(self) -> None:
        self._capture.release()


def _open_device(index: int, size_px: tuple[int, int]) -> Capture | None:
    with _opencv_silent():
        capture = cv2.VideoCapture(index, _DEVICE_API.get(sys.platform, cv2.CAP_ANY))
        if not capture.isOpened():
            return None
        # Uncompressed pictures halve the rate of most cameras. The order matters: V4L2 resets the size with the codec.
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, size_px[0])
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, size_px[1])
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    return _OpenCVCapture(capture)


def _open_url(url: str) -> Capture | None:
    timeouts = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _TIMEOUT_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, _TIMEOUT_MS]
    with _opencv_silent():
        capture = cv2.VideoCapture(url, cv2.CAP_FFMPEG, timeouts)
    return _OpenCVCapture(capture) if capture.isOpened() else None


@contextmanager
def _opencv_silent() -> Iterator[None]:
    """Keep OpenCV and its FFmpeg from printing what ``SourceError`` says better."""
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")  # read once, when OpenCV first opens a stream
    log = cv2.utils.logging
    level = log.setLogLevel(log.LOG_LEVEL_SILENT)
    try:
        yield
    finally:
        log.setLogLevel(level)
