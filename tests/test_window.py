"""The window: without a display one clear line, and with one the real thing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from poise.core.session import Session
from poise.errors import DisplayError
from poise.io.encode import VideoWriter
from poise.io.window import Window, check_display
from pose_material import cached_model

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")


@linux
@pytest.mark.parametrize("display", ["", ":9876", "nowhere"])
def test_without_a_display_there_is_one_clear_line(display: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The window library would end the whole process; instead an error says what is missing and what to do."""
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(DisplayError) as caught:
        Window("test")
    assert "display" in caught.value.message
    assert "poise analyze" in caught.value.hint


def needs_display() -> None:
    """Skip where no window can be opened."""
    try:
        check_display()
    except DisplayError as error:
        pytest.skip(f"no window can be opened here: {error.message}")


@pytest.mark.window
def test_a_real_window_shows_and_closes() -> None:
    """Pictures of any shape are shown, no key comes by itself, and a window that is closed says q."""
    needs_display()
    window = Window("poise test")
    for size in ((48, 64, 3), (640, 360, 3)):
        window.show(np.zeros(size, np.uint8))
        assert window.key() is None
    window.close()
    window.close()
    assert window.key() == "q"


@pytest.mark.window
@pytest.mark.model
def test_the_program_coaches_in_a_real_window(tmp_path: Path) -> None:
    """A short clip in place of a camera: the window comes and goes, the session is kept, and nobody complains."""
    needs_display()
    cached_model()
    clip = tmp_path / "room.mp4"
    with VideoWriter(clip, (320, 240)) as writer:
        for i in range(20):
            writer.write(np.full((240, 320, 3), 60 + i, np.uint8), i / 10)
    command = [sys.executable, "-m", "poise", "live", "squat", "--camera", str(clip), "--out", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=dict(os.environ))
    assert (done.returncode, done.stderr) == (0, "")
    (kept,) = (tmp_path / "out").glob("*/session.json")
    assert Session.model_validate_json(kept.read_text()).frames > 3
