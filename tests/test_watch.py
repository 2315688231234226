"""Watching somebody at work: looks, calls, quiet, and what is told; time is simulated."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from figures import SITTING, SIZE_PX, Figure

from acting import Actor, cast
from poise.app.watch import MUTED_S, Asked, Idle, Watch
from poise.cli import main, watch_command
from poise.core.live.watching import Advice, Limits, Look, Watching
from poise.core.types import Frame, Pose
from poise.errors import SourceError
from poise.io import calls, notify
from poise.io.calls import call, can_tell, recording
from poise.io.notify import find_notifier
from poise.io.specs import load_spec
from poise.testing import FakeSource

LEANS, NOBODY = SITTING.but(trunk_lean=14.0), SITTING.but(present=False)
PICTURE = np.zeros((4, 4, 3), np.uint8)


class Desk:
    """A desk with a clock, a camera, somebody who sits there, and calls: everything that the watch meets.

    Args:
        hours: After how long nobody watches any more.
        sits: How somebody sits, by the second from which they do.
        calls: From when to when another program uses the camera.
        asks: What is asked for, by the second.
        fails: From when to when the camera cannot be used.
    """

    def __init__(
        self, hours: float, sits: dict[float, Figure], *, calls: tuple[float, float] = (0, 0),
        asks: dict[float, Asked] | None = None, fails: tuple[float, float] = (0, 0),
    ) -> None:  # fmt: skip
        self.now_s = 0.0
        self.told: list[tuple[float, Advice]] = []
        self.idled: list[tuple[float, Idle]] = []
        self.looks: list[float] = []
        self.opened = 0
        self.closed = 0
        self.breaks = 0
        self._end_s = 3600.0 * hours
        self._sits = sits
        self._calls = calls
        self._asks = asks or {}
        self._fails = fails

    def run(self, every_s: float = 5.0, limits: Limits = Limits()) -> Desk:  # noqa: B008
        """Watch until the end."""
        watching = Watching(load_spec("seated-posture"), limits=limits)
        Watch(
            watching, self.open, self, self, call=self.call, every_s=every_s, clock=self.clock, sleep=self.sleep
        ).run()
        return self

    # The camera and the model

    def open(self) -> Desk:
        """The camera, unless it fails now."""
        if self._fails[0] <= self.now_s < self._fails[1]:
            raise SourceError("camera 0 cannot be opened")
        self.opened += 1
        return self

    def __iter__(self) -> Iterator[Frame]:
        while self.now_s < self._end_s:
            if self._fails[0] <= self.now_s < self._fails[1]:
                raise SourceError("camera 0 delivers no pictures")
            yield Frame(0, 1e6 + self.now_s, PICTURE)

    def estimate(self, frame: Frame) -> Pose:
        """Who sits there now."""
        since_s = max(start_s for start_s in self._sits if start_s <= self.now_s)
        return self._sits[since_s].pose(frame.t_s)

    def close(self) -> None:
        """Count it."""
        self.closed += 1

    # Time and calls

    def clock(self) -> float:
        """Now."""
        return self.now_s

    def sleep(self, seconds: float) -> None:
        """Time passes."""
        self.now_s += seconds

    def call(self) -> str | None:
        """Whether there is a call."""
        return "camera: meeting" if self._calls[0] <= self.now_s < self._calls[1] else None

    # The person

    def show(self, look: Look, frame: Frame) -> None:
        """Keep when it was."""
        assert frame.bgr is PICTURE
        assert look.snapshot.pose.size_px == SIZE_PX
        self.looks.append(self.now_s)

    def idle(self, why: Idle, what: str) -> None:
        """Keep it."""
        assert what
        self.idled.append((self.now_s, why))

    def tell(self, advice: Advice) -> None:
        """Keep it."""
        self.told.append((self.now_s, advice))

    def asked(self) -> Asked | None:
        """The first thing whose time has come, once."""
        due = next((at_s for at_s in sorted(self._asks) if at_s <= self.now_s), None)
        return None if due is None else self._asks.pop(due)

    def take_break(self) -> None:
        """Five minutes pass."""
        self.breaks += 1
        self.now_s += 300.0


def test_a_morning_at_the_desk() -> None:
    """An hour upright, then a slump, then a break; in between nothing."""
    desk = Desk(1.3, {0: SITTING, 2000: LEANS, 2300: SITTING}).run()
    assert [(round(t_s / 60), advice.kind) for t_s, advice in desk.told] == [
        (35, "slump"),
        (60, "break"),
        (70, "break"),
    ]
    assert (desk.opened, desk.closed) == (1, 1)
    gaps = np.diff(desk.looks)
    assert gaps[:20].max() == pytest.approx(0.1)
    assert gaps[-20:].min() == pytest.approx(5.0)


def test_in_a_call_the_camera_is_free_and_nothing_is_said() -> None:
    """The camera is closed when the call is noticed and opened again when it is over; what is due is said then."""
    desk = Desk(1.2, {0: LEANS, 60: SITTING}, calls=(3000, 3900)).run()
    assert not [t_s for t_s in desk.looks if 3010 < t_s < 3900]
    assert {why for _, why in desk.idled} == {"call"}
    assert (desk.opened, desk.closed) == (2, 2)
    assert [(round(t_s / 60), advice.kind) for t_s, advice in desk.told] == [(65, "break")]


def test_a_call_at_the_start_is_waited_for() -> None:
    """The camera is not asked for while somebody else has it."""
    desk = Desk(0.1, {0: SITTING}, calls=(0, 100)).run()
    assert desk.looks[0] >= 100


def test_quiet_lasts_half_an_hour_unless_taken_back() -> None:
    """The camera is free meanwhile."""
    desk = Desk(1.0, {0: SITTING}, asks={600: "mute"}).run()
    assert not [t_s for t_s in desk.looks if 606 < t_s < 600 + MUTED_S]
    assert {why for _, why in desk.idled} == {"muted"}
    back = Desk(0.5, {0: SITTING}, asks={600: "mute", 900: "mute"}).run()
    assert [t_s for t_s in back.looks if 910 < t_s < 1000]


def test_the_break_is_done_when_asked_for_and_the_hour_begins_anew() -> None:
    """After a break at 50 minutes nothing is said at 60."""
    desk = Desk(1.7, {0: SITTING}, asks={3000: "break"}).run()
    assert desk.breaks == 1
    assert [(round(t_s / 60)) for t_s, _ in desk.told] == []


def test_quit_ends_it_at_once() -> None:
    """And the camera is given back."""
    desk = Desk(1.0, {0: SITTING}, asks={100: "quit"}).run()
    assert desk.now_s < 106
    assert desk.opened == desk.closed


def test_a_camera_that_is_pulled_out_is_waited_for() -> None:
    """The line says so, and the looks go on when it is back."""
    desk = Desk(0.3, {0: SITTING}, fails=(300, 600)).run()
    assert {why for _, why in desk.idled} == {"lost"}
    assert [t_s for t_s in desk.looks if t_s > 600]
    with pytest.raises(SourceError):
        Desk(0.3, {0: SITTING}, fails=(0, 600)).run()


def test_with_looks_far_apart_the_camera_is_closed_in_between() -> None:
    """So that another program finds it free; nobody is bothered in an empty room."""
    desk = Desk(0.2, {0: NOBODY}).run(every_s=20.0)
    assert desk.opened == desk.closed == pytest.approx(len(desk.looks), abs=1)
    assert desk.told == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells which devices are open")
def test_another_program_with_the_camera_or_the_microphone_is_a_call(tmp_path: Path) -> None:
    """By the links that the system keeps of every program's open files; our own are none."""
    assert can_tell()
    assert call(tmp_path) is None
    for number, device in (("70001", "/dev/null"), ("70002", "/dev/snd/pcmC0D0p"), ("self", "/dev/video0")):
        files = tmp_path / number / "fd"
        files.mkdir(parents=True)
        (files / "5").symlink_to(device)
    (tmp_path / "70003").mkdir()  # belongs to somebody else
    assert call(tmp_path) is None
    (tmp_path / "70001" / "fd" / "6").symlink_to("/dev/video2")
    assert call(tmp_path) == "camera: a program"
    (tmp_path / "70001" / "fd" / "6").unlink()
    (tmp_path / "70002" / "fd" / "6").symlink_to("/dev/snd/pcmC1D0c")
    (tmp_path / "70002" / "comm").write_text("zoom\x1b[2J\n")
    assert call(tmp_path) == "microphone: zoom\\x1b[2J"


def test_what_this_program_has_open_is_no_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The watch's own camera."""
    monkeypatch.setattr(calls.os, "getpid", lambda: 70001)
    (tmp_path / "70001" / "fd").mkdir(parents=True)
    (tmp_path / "70001" / "fd" / "6").symlink_to("/dev/video2")
    assert call(tmp_path) is None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a program in the place of pactl")
def test_what_the_sound_server_tells_is_a_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line for each program that records; no server and no such program are none."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert recording() is None
    program = tmp_path / "pactl"
    for script, said in (("echo '7 alsa_input 12'", "microphone: recording"), ("true", None), ("echo x; exit 1", None)):
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        assert recording() == said
    program.write_text("no program")
    assert recording() is None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a program in the place of notify-send")
def test_a_notification_hands_its_words_over_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in a sentence is taken for an option or by a shell; a desktop that refuses is told."""
    program, got = tmp_path / "notify-send", tmp_path / "got"
    program.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > {got}\nexit ${{REFUSE:-0}}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    notifier = find_notifier()
    assert notifier is not None
    assert notifier.show("--title", "a $(rm) 'word'")
    assert got.read_text() == "--app-name=Poise|--|--title|a $(rm) 'word'|"
    monkeypatch.setenv("REFUSE", "1")
    assert not notifier.show("a", "b")
    program.unlink()
    assert not notifier.show("a", "b")
    assert find_notifier() is None


def test_on_a_mac_the_words_are_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    """They never become part of the script."""
    monkeypatch.setattr(notify.sys, "platform", "darwin")
    notifier = find_notifier()
    assert notifier is not None
    assert notifier._command('"', "b")[-2:] == ['"', "b"]


def test_looks_too_far_apart_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """Who is looked at once in a minute is never known to sit."""
    assert main(["watch", "--every", "60 s"]) == 2
    assert "at most 30 s" in capsys.readouterr().err


def test_the_command_watches_to_the_end_of_its_source(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the command line to the first line, in the language that was asked for, with no window and no voice."""
    actor = cast(monkeypatch, Actor(SITTING))
    source = FakeSource([i / 10 for i in range(3)], size_px=(320, 240))
    monkeypatch.setattr(watch_command, "open_eyes", lambda *_: source)
    monkeypatch.setattr(watch_command, "call", lambda: None)
    monkeypatch.setattr(watch_command, "recording", lambda: None)
    assert main(["watch", "--quiet", "--language", "de", "--slump", "5 min"]) == 0
    assert "Sitz aufrecht: ich nehme Maß" in capsys.readouterr().out
    assert len(actor.poses) == 3
    assert actor.closed == 1
