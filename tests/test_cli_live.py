"""``poise live`` when the camera, the disk or the display fails."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest

from acting import SIZE_PX, Actor, cast, raising
from poise.cli import live_session, main
from poise.core.types import ByteArray, Frame, Pose
from poise.errors import DisplayError, SourceError
from poise.io.session_file import load_session
from poise.testing import FakeSource


class Screen:
    """A window that nobody sees."""

    room = None

    def __init__(self, _: str, *, full: bool = False) -> None:
        self.full = full

    def show(self, bgr: ByteArray) -> None:
        """Nobody looks."""

    def key(self) -> None:
        """Nobody presses anything."""

    def close(self) -> None:
        """Nothing to close."""


class Late(Actor):
    """Acts from second 5000 on: the clock of a camera begins when the machine does."""

    def _pose(self, frame: Frame) -> Pose:
        return replace(super()._pose(replace(frame, t_s=frame.t_s - 5000)), t_s=frame.t_s)


class Unplugged(FakeSource):
    """A camera that is pulled out in the middle of a movement; each frame waits until the one before was looked at."""

    def __iter__(self) -> Iterator[Frame]:
        for frame in super().__iter__():
            time.sleep(0.05)
            yield frame


@pytest.fixture
def unplugged(monkeypatch: pytest.MonkeyPatch) -> Unplugged:
    """``poise live`` with a camera that fails, an actor in place of the model, and no window."""
    camera = Unplugged(
        [5000 + i / 10 for i in range(30)],
        size_px=SIZE_PX,
        error=SourceError("camera 0 delivers no pictures", "plug it in"),
    )
    cast(monkeypatch, Late(raising(1)))
    monkeypatch.setattr(live_session, "open_source", lambda *_, **__: camera)
    monkeypatch.setattr(live_session, "check_display", lambda: "X11 :0")
    monkeypatch.setattr(live_session, "Window", Screen)
    return camera


@pytest.mark.usefixtures("unplugged")
def test_a_camera_that_fails_in_the_middle_keeps_the_session(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The error is told, and where the session is that was kept; its times begin at 0, its source has no secret."""
    address = "http://me:secret@192.168.0.7:8080/video?token=1"
    assert main(["live", "arm-raise", "--no-pain", "--camera", address, "--out", str(tmp_path), "--quiet"]) == 2
    said = capsys.readouterr()
    assert said.err.splitlines() == ["error: camera 0 delivers no pictures", "hint: plug it in"]
    (path,) = tmp_path.glob("arm-raise-*/session.json")
    assert f"wrote {path}" in said.out
    session = load_session(path)
    assert (session.source, session.exercise) == ("http://192.168.0.7:8080/video", "arm-raise")
    assert session.frames > 1
    assert all(problem.until_s < 1 for problem in session.framing)


def test_live_with_a_full_disk_says_both(
    unplugged: Unplugged, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A session that cannot be kept is an error with a hint; what was counted is printed all the same."""
    (tmp_path / "out").touch()
    assert main(["live", "arm-raise", "--no-pain", "--quiet", "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr()
    assert "cannot be written" in said.err
    assert "Arm raise: " in said.out
    assert list(unplugged) == []


def test_live_without_a_display_releases_the_camera(
    unplugged: Unplugged, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The camera was opened first, and is free again for the next program."""

    def none() -> NoReturn:
        raise DisplayError("there is no display")

    monkeypatch.setattr(live_session, "check_display", none)
    assert main(["live", "squat", "--quiet", "--out", str(tmp_path)]) == 2
    assert list(unplugged) == []
