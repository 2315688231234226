"""Cameras, streams, and recordings played as if live."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice, pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

import media
from poise.app.sources import open_source
from poise.core.types import Frame
from poise.errors import SourceError
from poise.io.camera import Camera, Paced, open_camera, open_stream
from poise.testing import FakeSource

BLACK = np.zeros((48, 64, 3), np.uint8)


class FakeCapture:
    """Delivers the given pictures, one per tenth of a second of its own clock, then nothing more."""

    def __init__(self, pictures: Sequence[np.ndarray], start_s: float = 0.0) -> None:
        self._pictures = iter(pictures)
        self.now_s = start_s
        self.released = 0

    def read(self) -> tuple[float, np.ndarray] | None:
        """The next picture and its time."""
        self.now_s += 0.1
        bgr = next(self._pictures, None)
        return None if bgr is None else (self.now_s, bgr)

    def release(self) -> None:
        """Count."""
        self.released += 1

    def clock(self) -> float:
        """The time of the last picture."""
        return self.now_s


def opener(*captures: FakeCapture | None) -> Callable[[], FakeCapture | None]:
    """Gives the captures one after the other, then none."""
    left = iter(captures)
    return lambda: next(left, None)


def pictures(count: int, first: int = 0) -> list[np.ndarray]:
    """Pictures of which each differs from the one before."""
    return [media.picture(first + index) for index in range(count)]


def test_no_camera_is_told_in_one_line() -> None:
    """A camera that cannot be opened is refused at once, with a hint."""
    with pytest.raises(SourceError, match="camera 7 cannot be opened") as caught:
        Camera("camera 7", opener(), hint="plug it in")
    assert caught.value.hint == "plug it in"


def test_an_absent_device_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    """OpenCV's own warnings do not reach the user beside our line."""
    with pytest.raises(SourceError, match="camera 99 cannot be opened"):
        open_camera(99)
    assert capfd.readouterr() == ("", "")


def test_frames_carry_the_time_of_capture() -> None:
    """Index from 0, time of the capture, the picture itself."""
    capture = FakeCapture(pictures(3), start_s=100.0)
    camera = Camera("camera 0", opener(capture), patience_s=0.3)
    frames: list[Frame] = []
    with pytest.raises(SourceError, match="camera 0 delivers no pictures"):
        media.read_into(frames, camera)
    assert [(frame.index, round(frame.t_s, 3)) for frame in frames] == [(0, 100.1), (1, 100.2), (2, 100.3)]
    assert capture.released == 1


def test_unplugged_and_back() -> None:
    """After a loss the camera is opened again, the index goes on, and the loss is told."""
    first, second = FakeCapture(pictures(2)), FakeCapture(pictures(2, 5))
    camera = Camera("camera 0", opener(first, None, second), patience_s=2.0)
    frames: list[Frame] = []
    for frame in camera:
        frames.append(frame)
        if len(frames) == 4:
            break
    assert [frame.index for frame in frames] == [0, 1, 2, 3]
    assert first.released == 1
    (problem,) = camera.problems
    assert problem.startswith("camera 0 was lost once")
    camera.close()
    assert second.released == 1


def test_unplugged_for_good() -> None:
    """When the patience is at its end, one line says so."""
    camera = Camera("camera 0", opener(FakeCapture(pictures(2))), hint="plug it in", patience_s=0.4)
    with pytest.raises(SourceError, match="camera 0 delivers no pictures") as caught:
        list(camera)
    assert caught.value.hint == "plug it in"


@pytest.mark.parametrize(("stuck", "words"), [(BLACK, "black"), (BLACK + 3, "black"), (media.picture(1), "unchanging")])
def test_black_or_frozen_pictures_are_told(stuck: np.ndarray, words: str) -> None:
    """A covered lens and a frozen driver deliver pictures without end; after ten seconds that is an error."""
    capture = FakeCapture([media.picture(0), *[stuck] * 200])
    camera = Camera("camera 0", opener(capture), clock=capture.clock)
    frames: list[Frame] = []
    with pytest.raises(SourceError, match=f"only {words} pictures"):
        media.read_into(frames, islice(camera, 150))
    assert frames[-1].t_s == pytest.approx(10.0, abs=0.3)


def test_a_cable_may_be_put_back_within_half_a_minute() -> None:
    """Who exercises has to get up for it: a camera that was gone for twenty seconds goes on by itself."""
    captures = iter([FakeCapture(pictures(2)), None, FakeCapture(pictures(2, 5))])
    now_s = [0.0]

    def open_capture() -> FakeCapture | None:
        now_s[0] += 10.0  # between one try and the next
        return next(captures)

    camera = Camera("camera 0", open_capture, clock=lambda: now_s[0])
    assert [frame.index for frame in islice(camera, 4)] == [0, 1, 2, 3]
    assert camera.problems == ["camera 0 was lost once, 20.0 s in all, and found again"]


def test_a_dark_moment_is_no_fault() -> None:
    """Black for nine seconds and light again goes on; so does a camera of five pictures per second."""
    capture = FakeCapture([*[BLACK] * 90, media.picture(1), *[BLACK] * 90, media.picture(2)])
    camera = Camera("camera 0", opener(capture), clock=capture.clock)
    frames = iter(camera)
    assert [next(frames).index for _ in range(182)] == list(range(182))


def test_closing_ends_a_camera_that_is_waited_for() -> None:
    """``close`` from another thread ends the search for a lost camera, and the thread that reads releases it."""
    capture = FakeCapture(pictures(1))
    camera = Camera("camera 0", opener(capture), patience_s=1000.0)
    read: list[Frame] = []
    thread = threading.Thread(target=lambda: read.extend(camera))
    thread.start()
    while not capture.released:
        time.sleep(0.001)
    camera.close()
    thread.join(10)
    assert not thread.is_alive()
    assert len(read) == 1


def test_the_device_is_asked_for_size_and_codec(monkeypatch: pytest.MonkeyPatch) -> None:
    """MJPG before the size, one buffer; pixels that are not square are made so; closing releases."""
    asked: list[tuple[int, float]] = []
    released: list[bool] = []

    class Device:
        def __init__(self, index: int, _api: int) -> None:
            assert index == 3

        def isOpened(self) -> bool:  # noqa: N802 OpenCV's name
            return True

        def set(self, key: int, value: float) -> bool:
            asked.append((key, value))
            return True

        def get(self, key: int) -> float:
            return {cv2.CAP_PROP_SAR_NUM: 4.0, cv2.CAP_PROP_SAR_DEN: 3.0}[key]

        def grab(self) -> bool:
            return True

        def retrieve(self) -> tuple[bool, np.ndarray]:
            return True, media.picture(0, (60, 40))

        def release(self) -> None:
            released.append(True)

    monkeypatch.setattr(cv2, "VideoCapture", Device)
    camera = open_source("3", size_px=(320, 240))
    before_s = time.monotonic()
    frame = next(iter(camera))
    assert before_s <= frame.t_s <= time.monotonic()
    assert frame.size_px == (80, 40)
    assert asked == [
        (cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG")),
        (cv2.CAP_PROP_FRAME_WIDTH, 320),
        (cv2.CAP_PROP_FRAME_HEIGHT, 240),
        (cv2.CAP_PROP_BUFFERSIZE, 1),
    ]
    camera.close()
    camera.close()
    assert released == [True]


@pytest.fixture
def mjpeg_url() -> Iterator[str]:
    """A server of this machine that sends twelve pictures per connection and then drops it."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Stay silent."""

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
            self.end_headers()
            for index in range(12):
                jpeg = cv2.imencode(".jpg", media.picture(index, (320, 240)))[1].tobytes()
                self.wfile.write(b"--frame\r\nContent-Type: image/jpeg\r\n")
                self.wfile.write(b"Content-Length: %d\r\n\r\n" % len(jpeg) + jpeg + b"\r\n")

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """The client hangs up in the middle, which is no news."""

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://user:secret@127.0.0.1:{server.server_port}/video.mjpg"
        server.shutdown()
        thread.join()


def test_mjpeg_over_http_and_its_loss(mjpeg_url: str, capfd: pytest.CaptureFixture[str]) -> None:
    """A network stream is read as sent; when it drops it is asked for again; the password is told to nobody."""
    stream = open_stream(mjpeg_url)
    frames = []
    for frame in stream:
        frames.append(frame)
        if len(frames) == 20:
            break
    stream.close()
    assert {frame.size_px for frame in frames} == {(320, 240)}
    assert media.quarters(frames[0].bgr) == "RGBW"
    assert all(later.t_s > earlier.t_s for earlier, later in pairwise(frames))
    assert "was lost once" in stream.problems[0]
    assert "secret" not in stream.problems[0]
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://user:secret@127.0.0.1:9/x", "cannot be opened"),
        ("rtsp://user:secret@127.0.0.1:9/x", "cannot be opened"),
        ("ftp://127.0.0.1/x", "unknown kind"),
        ("http://[bad", "not an address"),
    ],
)
def test_an_address_where_nothing_answers(url: str, words: str, capfd: pytest.CaptureFixture[str]) -> None:
    """One line, no password, and nothing printed by OpenCV or FFmpeg."""
    with pytest.raises(SourceError, match=words) as caught:
        open_source(url)
    assert "secret" not in caught.value.message
    assert capfd.readouterr() == ("", "")


def test_a_recording_keeps_its_pace() -> None:
    """No frame comes before its time."""
    start_s = time.monotonic()
    for frame in Paced(FakeSource([0.0, 0.05, 0.12])):
        assert time.monotonic() - start_s >= frame.t_s


def test_closing_ends_the_wait_for_a_frame() -> None:
    """A recording that waits an hour for its next frame ends at once when closed."""
    recording = Paced(FakeSource([0.0, 3600.0]))
    frames = iter(recording)
    next(frames)
    threading.Timer(0.05, recording.close).start()
    assert list(frames) == []


def test_a_file_stands_in_for_a_camera(tmp_path: Path) -> None:
    """A name that is neither number nor address is a file; a missing one is refused."""
    path = media.make_clip(tmp_path / "a.mp4", [0.0, 0.01, 0.02])
    assert [round(frame.t_s, 3) for frame in open_source(str(path))] == [0.0, 0.01, 0.02]
    with pytest.raises(SourceError, match="does not exist"):
        open_source(str(tmp_path / "missing.mp4"))
