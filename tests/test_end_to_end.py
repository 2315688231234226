"""The real program, as a person meets it: a window, keys, hands, sound, a camera that fails, and what is kept."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
import wave
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from poise.core.types import ByteArray
from poise.errors import DisplayError
from poise.io.session_file import load_session
from poise.io.tracks import load_track
from poise.io.video import VideoFile
from poise.io.window import check_display
from pose_material import cached_model
from waiting import until

GRAB = """\
import sys, av
with av.open(sys.argv[1], format="x11grab", options={"video_size": sys.argv[2]}) as screen:
    sys.stdout.buffer.write(next(screen.decode(video=0)).to_ndarray(format="bgr24").tobytes())
"""
#: A look over each shoulder, from 1.77 to 6.24 and from 7.63 to 12.04 s.
CLIP = Path(__file__).parents[1] / "sample_videos" / "neck-rotation.mp4"
RATE = 10  # pictures of it a second, as a stream
HANGS_UP, STALLS = 66, 71  # after so many of them: both while the person looks ahead
PATIENCE_S = 90.0  # a busy machine takes its time
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
def program(tmp_path: Path, exercise: str, camera: str, *options: str) -> Iterator[subprocess.Popen[str]]:
    """``poise live`` with something in place of a camera, and everything that is heard in a file."""
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
         "--out", str(tmp_path / "out"), "--sound-file", str(tmp_path / "heard.wav"), "--keep-track", *options],
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

    assert until(there, PATIENCE_S)
    assert found, process.communicate()
    return found[0]


def comes_to(tmp_path: Path, phase: str) -> bool:
    """Wait until a session is in a phase, as the store has it: what stands on the screen may look like another one."""

    def there() -> bool:
        try:
            with closing(sqlite3.connect(f"file:{tmp_path / 'data' / 'poise.sqlite'}?mode=ro", uri=True)) as store:
                return bool(store.execute("SELECT 1 FROM phase WHERE phase = ?", (phase,)).fetchone())
        except sqlite3.OperationalError:  # it is not made yet
            return False

    return until(there, PATIENCE_S)


def routine_in(folder: Path) -> str:
    """The routine as a file."""
    path = folder / "routines" / "short.yaml"
    path.parent.mkdir()
    path.write_text(ROUTINE, encoding="utf-8")
    return str(path)


def was_kept(tmp_path: Path, outages: int = 0) -> None:
    """The session is what the clip's sidecar says, as nearly as the machine had time to look.

    While a busy machine has no time for the camera, nobody is watched: holds and repetitions may be off by that. The
    longest gaps are the camera's own outages, in which nothing happened.
    """
    (path,) = (tmp_path / "out").glob("*/session.json")
    session = load_session(path)
    (track,) = (tmp_path / "data").rglob("track-1.npz")
    gaps_s = sorted((later.t_s - earlier.t_s for earlier, later in pairwise(load_track(track).poses)), reverse=True)
    unseen_s = sum(gap_s for gap_s in gaps_s[outages:] if gap_s > 0.3)
    length_s = [rep.end_s - rep.start_s for rep in session.repetitions]
    assert length_s == pytest.approx([6.24 - 1.77, 12.04 - 7.63], abs=0.6 + unseen_s)
    assert [hold.held_s for hold in session.holds] == pytest.approx([3.0, 3.0], abs=0.6 + unseen_s)


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


@pytest.mark.window
@pytest.mark.model
def test_a_hand_starts_a_routine_that_is_kept_as_it_was(tmp_path: Path) -> None:
    """Untouched from the raised hand to the summary: the repetitions of the sidecar, and a sound at a time."""
    clips = f"{HAND},{CLIP}"
    with program(tmp_path, routine_in(tmp_path), clips) as process:
        window = window_of(process, "^Poise: A short routine$")
        assert comes_to(tmp_path, "ready")
        waiting = seen(window)
        assert comes_to(tmp_path, "work")
        working = seen(window)
        assert comes_to(tmp_path, "summary")
        closing_card = seen(window)
        press(window, "space")
        said, complaints = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, complaints) == (0, "")
    assert "Neck rotation: 2 repetitions  (left 1, right 1)" in said
    was_kept(tmp_path)
    for one, other in ((waiting, working), (working, closing_card), (waiting, closing_card)):
        assert np.abs(one.astype(int) - other).mean() > 5
    with wave.open(str(tmp_path / "heard.wav")) as file:
        heard = np.frombuffer(file.readframes(file.getnframes()), np.int16)
        assert len(heard) / file.getframerate() > 15
    loud = np.abs(heard.astype(int))
    assert 3000 < loud.max() < 32000
    assert (loud > 300).mean() < 0.8  # there is silence too


@pytest.fixture
def faltering_camera() -> Iterator[str]:
    """Somebody who looks over each shoulder, as a stream that hangs up between the two, stalls, and comes back.

    It goes on where it stopped, so that nothing of the movement is missing, and ends with its last picture.
    """
    pictures = [cv2.imencode(".jpg", frame.bgr)[1].tobytes() for frame in VideoFile(CLIP, every=2) if frame.t_s < 13.0]
    place, asked = 0, 0

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Stay silent."""

        def do_GET(self) -> None:
            nonlocal place, asked
            asked += 1
            self.send_response(200)
            self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
            self.end_headers()
            end = {1: HANGS_UP, 2: STALLS}.get(asked, 10_000)
            while place < end:
                jpeg = pictures[min(place, len(pictures) - 1)]
                self.wfile.write(b"--frame\r\nContent-Type: image/jpeg\r\n")
                self.wfile.write(b"Content-Length: %d\r\n\r\n" % len(jpeg) + jpeg + b"\r\n")
                place += 1
                time.sleep(1 / RATE)
            if asked == 2:
                time.sleep(1.6)

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
    assert asked == 0 or asked >= 3  # it failed twice, and was asked anew; never where there is no window


@pytest.mark.window
@pytest.mark.model
def test_a_stream_that_drops_and_stalls_does_not_end_the_session(faltering_camera: str, tmp_path: Path) -> None:
    """Both repetitions are kept, each as long as the sidecar says, and what failed between them is told."""
    with program(tmp_path, routine_in(tmp_path), faltering_camera, "--no-pain") as process:
        window = window_of(process, "^Poise: A short routine$")
        assert comes_to(tmp_path, "summary")
        press(window, "space")
        said, complaints = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, complaints) == (0, "")
    assert "Neck rotation: 2 repetitions  (left 1, right 1)" in said
    was_kept(tmp_path, outages=2)
