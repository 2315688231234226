"""The window, and coaching in it as a user sees it; without a display, one clear line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import pytest

from poise.core.session import Session
from poise.errors import DisplayError
from poise.io.session_file import load_session
from poise.io.window import Window, check_display
from pose_material import cached_model
from waiting import until

CLIP = Path(__file__).parents[1] / "sample_videos" / "squat.mp4"

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")


def needs_display() -> None:
    """Skip where no window can be opened."""
    try:
        check_display()
    except DisplayError as error:
        pytest.skip(f"no window can be opened here: {error.message}")


def live(out: Path) -> list[str]:
    """The command that coaches with a sample clip in place of a camera."""
    return [sys.executable, "-m", "poise", "live", "squat", "--camera", str(CLIP), "--out", str(out)]


def kept_in(out: Path) -> Session:
    """The one session that was kept."""
    (path,) = out.glob("*/session.json")
    return load_session(path)


@pytest.mark.parametrize(
    "display", ["", ":9876", "127.0.0.1:9876", "nonsense"], ids=["none", "dead", "dead by TCP", "no name"]
)
def test_without_a_display_the_command_ends_with_one_line(display: str, tmp_path: Path) -> None:
    """Exit code 2 and a hint, though the window library would end the whole process; a Wayland display is no help."""
    surroundings = os.environ | {"DISPLAY": display, "WAYLAND_DISPLAY": "wayland-0"}
    done = subprocess.run(live(tmp_path), capture_output=True, text=True, timeout=60, check=False, env=surroundings)
    assert done.returncode == 2
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["error", "hint"]
    assert "display" in done.stderr.splitlines()[0]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.window
def test_a_window_that_the_user_closed_says_q_and_can_be_closed() -> None:
    """The library raises for a window that is gone; ours says q, once and again, and closes quietly."""
    needs_display()
    window = Window("poise test of closing")
    window.show(np.zeros((48, 64, 3), np.uint8))
    assert window.key() is None
    cv2.destroyWindow("poise test of closing")
    assert window.key() == "q"
    assert window.key() == "q"
    window.close()
    window.close()


@contextmanager
def coaching(out: Path, **surroundings: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Live coaching under way: the process, and its window once some frames were coached."""
    needs_display()
    cached_model()
    if not shutil.which("xdotool"):
        pytest.skip("xdotool, which presses keys, is not installed")
    process = subprocess.Popen(
        live(out), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | surroundings
    )
    try:
        windows: list[str] = []
        until(lambda: process.poll() is not None or bool(windows.extend(ids()) or windows))
        # The second space does not wait for the countdown.
        for _ in range(2):
            time.sleep(1.2)
            subprocess.run(["xdotool", "key", "--window", windows[0], "space"], check=True, capture_output=True)
        time.sleep(1.0)
        yield process, windows[0]
    finally:
        process.kill()
        process.communicate()


def ids() -> list[str]:
    """Ids of the windows of live coaching."""
    found = subprocess.run(
        ["xdotool", "search", "--name", "^Poise: Squat$"], capture_output=True, text=True, check=False
    )
    return found.stdout.split()


@pytest.mark.window
@pytest.mark.model
def test_q_ends_the_program_and_keeps_the_session(tmp_path: Path) -> None:
    """Keys reach the program; it ends with 0 long before its clip does, keeps what was done, and complains of nothing.

    The surroundings ask for a window library that is not there, as those of a Wayland desktop do.
    """
    with coaching(tmp_path, QT_QPA_PLATFORM="wayland") as (process, window):
        subprocess.run(
            ["xdotool", "key", "--window", window, "h", "space", "space", "q"], check=True, capture_output=True
        )
        said, complaints = process.communicate(timeout=30)
    assert (process.returncode, complaints) == (0, "")
    assert "squat" in said
    session = kept_in(tmp_path)
    assert session.frames > 5
    assert session.duration_s < 20
    assert session.source == str(CLIP)


@pytest.mark.window
@pytest.mark.model
def test_an_interrupt_from_the_terminal_keeps_the_session(tmp_path: Path) -> None:
    """Ctrl-C is a way to end like any other."""
    with coaching(tmp_path) as (process, _):
        process.send_signal(2)
        _, complaints = process.communicate(timeout=30)
    assert (process.returncode, complaints) == (0, "")
    assert kept_in(tmp_path).frames > 0  # a busy machine has shown but one


@pytest.mark.window
def test_f_fills_the_screen_and_leaves_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key stays with the window; pictures are drawn at the window's size."""
    needs_display()
    window = Window("poise test of filling")
    try:
        picture = np.zeros((480, 640, 3), np.uint8)
        assert window.room[1] >= 480
        window.show(picture)
        assert window.key() is None
        assert window.room[0] / window.room[1] == pytest.approx(4 / 3, abs=0.02)
        monkeypatch.setattr(cv2, "waitKey", lambda _: ord("F"))
        assert (window.key(), window.full) == (None, True)
        assert (window.key(), window.full) == (None, False)
    finally:
        window.close()


@pytest.mark.parametrize("module", ["poise.io.video", "poise.io.encode", "poise.cli.watch_command"])
def test_opencv_is_loaded_before_pyav(module: str) -> None:
    """The other way round the first window hangs for ever: both wheels bring libraries of the same names."""
    script = f"import sys, {module}; names = list(sys.modules); sys.exit(names.index('cv2') > names.index('av'))"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
