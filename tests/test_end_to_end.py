"""The real program, as a person meets it: a window, keys, hands, sound, a camera that fails, and what is kept."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
import wave
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
from coaching import ARM_RAISE
from figures import STANDING

import media
from poise.app.live import Live
from poise.app.mailbox import LatestFrame
from poise.core.live.flow import Flow
from poise.core.live.moment import Moment
from poise.core.session import Session
from poise.core.types import ByteArray
from poise.errors import DisplayError
from poise.io.camera import open_stream
from poise.io.overlay import Screens
from poise.io.overlay.card import GROUND
from poise.io.session_file import load_session
from poise.io.window import check_display
from poise.testing import FakeBackend
from pose_material import cached_model
from test_live import FakeEar, ScriptedScreen

GRAB = """\
import sys, av
with av.open(sys.argv[1], format="x11grab", options={"video_size": sys.argv[2]}) as screen:
    sys.stdout.buffer.write(next(screen.decode(video=0)).to_ndarray(format="bgr24").tobytes())
"""
SAMPLES = Path(__file__).parents[1] / "sample_videos"
HAND = Path(__file__).parent / "clips" / "raised-hand.mp4"
ROUTINE = """\
poise: 1
id: short
name: A short routine
guide: Look over each shoulder.
exercises:
  - {exercise: neck-rotation, reps: 1, hold: 3 s}
"""


@contextmanager
def program(tmp_path: Path, exercise: str, camera: str) -> Iterator[subprocess.Popen[str]]:
    """``poise live`` with recordings in place of a camera, and everything that is heard in a file."""
    try:
        check_display()
    except DisplayError as error:
        pytest.skip(f"no window can be opened here: {error.message}")
    cached_model()
    if not shutil.which("xdotool"):
        pytest.skip("xdotool, which presses keys, is not installed")
    own = {"POISE_CONFIG": str(tmp_path / "config"), "POISE_DATA": str(tmp_path / "data")}
    process = subprocess.Popen(
        [sys.executable, "-m", "poise", "live", exercise, "--camera", camera, "--language", "en",
         "--out", str(tmp_path / "out"), "--sound-file", str(tmp_path / "heard.wav")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | own,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def window_of(process: subprocess.Popen[str], title: str) -> str:
    """The id of its window, once it is there."""
    found: list[str] = []

    def there() -> bool:
        answer = subprocess.run(["xdotool", "search", "--name", title], capture_output=True, text=True, check=False)
        found.extend(answer.stdout.split())
        return bool(found) or process.poll() is not None

    until(there)
    return found[0]


def press(window: str, *keys: str) -> None:
    """Keys, one after the other."""
    subprocess.run(["xdotool", "key", "--window", window, *keys], check=True, capture_output=True)


def seen(window: str) -> ByteArray:
    """What the window shows now, grabbed by another process: OpenCV's and PyAV's libraries for screens do not agree."""
    where = subprocess.run(
        ["xdotool", "getwindowgeometry", "--shell", window], capture_output=True, text=True, check=False
    )
    if where.returncode:  # it is not there: no picture is like this one
        return np.zeros((60, 60, 3), np.uint8)
    place = dict(line.split("=") for line in where.stdout.split())
    width, height = int(place["WIDTH"]), int(place["HEIGHT"])
    corner = f"{os.environ['DISPLAY']}+{place['X']},{place['Y']}"
    command = [sys.executable, "-c", GRAB, corner, f"{width}x{height}"]
    grabbed = subprocess.run(command, capture_output=True, check=True).stdout
    return np.frombuffer(grabbed, np.uint8).reshape(height, width, 3)


def is_card(picture: ByteArray) -> bool:
    """Whether it is a card to read, rather than the camera's picture."""
    return bool(np.abs(picture[4:8, 4:8].astype(int) - GROUND).max() < 6)


def until(true: Callable[[], bool], patience_s: float = 30.0) -> None:
    """Wait for another process."""
    end_s = time.monotonic() + patience_s
    while not true() and time.monotonic() < end_s:
        time.sleep(0.1)


@pytest.mark.window
@pytest.mark.model
def test_a_hand_starts_a_routine_that_is_kept_as_it_was(tmp_path: Path) -> None:
    """Untouched from the raised hand to the summary: the repetitions of the sidecar, and a sound at a time."""
    (tmp_path / "routines").mkdir()
    routine = tmp_path / "routines" / "short.yaml"
    routine.write_text(ROUTINE, encoding="utf-8")
    clips = f"{HAND},{SAMPLES / 'neck-rotation.mp4'}"
    with program(tmp_path, str(routine), clips) as process:
        window = window_of(process, "^Poise: A short routine$")
        until(lambda: is_card(seen(window)))  # somebody is placed, and the start is waited for
        waiting = seen(window)
        until(lambda: not is_card(seen(window)))
        working = seen(window)
        until(lambda: is_card(seen(window)))
        closing_card = seen(window)
        press(window, "space")
        said, complaints = process.communicate(timeout=30)
    assert (process.returncode, complaints) == (0, "")
    assert "neck-rotation: 2 repetitions  (left 1, right 1)" in said
    (path,) = (tmp_path / "out").glob("*/session.json")
    session = load_session(path)
    length_s = [rep.end_s - rep.start_s for rep in session.repetitions]
    assert length_s == pytest.approx([6.24 - 1.77, 12.04 - 7.63], abs=1.2)  # a busy machine drops frames
    assert session.repetitions[1].start_s - session.repetitions[0].start_s == pytest.approx(7.63 - 1.77, abs=1.0)
    assert [hold.held_s for hold in session.holds] == pytest.approx([3.0, 3.0], abs=0.6)
    for one, other in ((waiting, working), (working, closing_card), (waiting, closing_card)):
        assert np.abs(one.astype(int) - other).mean() > 5
    with wave.open(str(tmp_path / "heard.wav")) as file:
        heard = np.frombuffer(file.readframes(file.getnframes()), np.int16)
        assert len(heard) / file.getframerate() > 15
    loud = np.abs(heard.astype(int))
    assert 3000 < loud.max() < 32000
    assert (loud > 300).mean() < 0.8  # there is silence too


@pytest.fixture
def failing_camera() -> Iterator[str]:
    """A stream that hangs up, stalls, and comes back: half a second of pictures each time it is asked."""
    asked: list[int] = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Stay silent."""

        def do_GET(self) -> None:
            asked.append(len(asked))
            self.send_response(200)
            self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
            self.end_headers()
            for index in range(14):
                jpeg = cv2.imencode(".jpg", media.picture(14 * len(asked) + index, (320, 240)))[1].tobytes()
                self.wfile.write(b"--frame\r\nContent-Type: image/jpeg\r\n")
                self.wfile.write(b"Content-Length: %d\r\n\r\n" % len(jpeg) + jpeg + b"\r\n")
                time.sleep(0.04)
            if len(asked) == 2:
                time.sleep(1.6)  # it stalls before it hangs up

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """The client hangs up in the middle, which is no news."""

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/video.mjpg"
        server.shutdown()
        thread.join()


def test_a_camera_that_drops_and_stalls_does_not_end_the_session(failing_camera: str) -> None:
    """Three connections, one session: time goes on, and while nothing comes the picture says so."""
    moments: list[Moment] = []

    class Impatient(ScriptedScreen):
        """Quits after a while."""

        def key(self) -> str | None:
            connections = sum(b.t_s - a.t_s > 0.2 for a, b in pairwise(frames))
            return "q" if connections >= 2 or time.monotonic() > end_s else None

    frames, screen, end_s = list[Moment](), Impatient(), time.monotonic() + 12
    flow = Flow([(ARM_RAISE, Session(poise="", source="", exercise="x", model=""))])
    with closing(LatestFrame(open_stream(failing_camera))) as source:
        backend = FakeBackend(lambda _: STANDING.pose().xy_px * 0.25)
        step = flow.step

        def stepped(pose: object) -> Moment:
            frames.append(step(pose))  # type: ignore[arg-type]
            return frames[-1]

        flow.step = stepped  # type: ignore[assignment]
        Live(flow, source, backend, screen, screens=Screens(), ear=FakeEar(), watchers=[moments.append]).run()
    assert len(frames) > 20
    assert all(b.t_s >= a.t_s for a, b in pairwise(moments))
    assert moments[-1].t_s > frames[0].t_s + 1.0
    assert {moment.phase for moment in moments} <= {"placing", "neutral", "ready"}
