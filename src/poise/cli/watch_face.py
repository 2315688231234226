"""What somebody sees and hears of ``poise watch``: one line that stays up to date, and now and then a word."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
import time
from datetime import datetime
from types import TracebackType
from typing import Final, Self

from rich.live import Live as Line
from rich.text import Text

from poise.app.speaker import Ear
from poise.app.watch import Asked, Idle
from poise.cli.console import console
from poise.core.live.sounds import Sound
from poise.core.live.watching import Advice, Look, Posture
from poise.core.types import Frame
from poise.core.words import Words
from poise.io.notify import Notifier
from poise.io.overlay import PostureView, Spoken
from poise.io.window import Screen

BREAK: Final = "desk-break"
_TYPED: Final[dict[str, Asked]] = {"": "mute", "b": "break", "q": "quit"}
_KEYS: Final[dict[str, Asked]] = {"space": "mute", "enter": "mute", "b": "break", "q": "quit"}
_SHOWN_S: Final = 20.0  # how long an advice stays in the window


class WatchFace:
    """A terminal, perhaps a small window, notifications and a voice.

    Args:
        words: The person's language.
        notifier: Shows notifications, or None.
        ear: Where sound goes.
        window: A small window, or None.
        room: How large its picture may be.
        mirrored: Show it as a mirror does.
    """

    def __init__(
        self, words: Words, notifier: Notifier | None, ear: Ear, window: Screen | None, room: tuple[int, int],
        *, mirrored: bool = True,
    ) -> None:  # fmt: skip
        self._words = words
        self._notifier = notifier
        self._ear = ear
        self._window = window
        self._view = PostureView(room)
        self._mirrored = mirrored
        self._typed: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._line = Line(Text(""), console=console, auto_refresh=False, transient=True)
        self._said = ""
        self._advice: tuple[Advice, float] | None = None

    def __enter__(self) -> Self:
        if console.is_terminal:
            self._line.start()
        if sys.stdin is not None and sys.stdin.isatty():
            threading.Thread(target=self._listen, name="keys", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.stop()

    def show(self, look: Look, frame: Frame) -> None:
        """How the person sits, and for how long."""
        posture = self._posture(look.posture)
        minutes = self._words("{n} minutes at the desk", n=int(look.sitting_s // 60))
        self._write(f"{posture} · {minutes}" if look.posture != "away" else posture, look.posture)
        if self._window is not None:
            advice = self._advice[0] if self._advice and time.monotonic() < self._advice[1] else None
            right = look.posture != "slumped" and advice is None
            spoken = Spoken(minutes, advice.text if advice else posture, advice.title if advice else "", right)
            self._window.show(self._view.draw(frame.bgr, look.snapshot, spoken, mirrored=self._mirrored))

    def idle(self, why: Idle, what: str) -> None:
        """The camera is given away."""
        words = self._words
        said = {
            "call": words("In a call ({what}): I am quiet, and the camera is free", what=what),
            "muted": words("Quiet for {n} minutes more", n=what),
            "lost": words("Waiting for the camera"),
        }[why]
        self._write(said, why)

    def tell(self, advice: Advice) -> None:
        """By notification, voice, and a line that stays."""
        self._advice = advice, time.monotonic() + _SHOWN_S
        console.print(Text(f"{datetime.now():%H:%M}  {advice.title}: {advice.text}", style="bold"))
        if advice.kind == "break":
            console.print(Text(f"       {self._words('b and Enter begins the desk break')}", style="dim"))
        if self._notifier:
            self._notifier.show(advice.title, advice.text)
        self._ear.play(Sound(text=advice.text))

    def asked(self) -> Asked | None:
        """What was typed or pressed since the last call."""
        if self._window is not None and (key := self._window.key()) in _KEYS:
            return _KEYS[key]
        try:
            return _TYPED.get(self._typed.get_nowait().strip().lower())
        except queue.Empty:
            return None

    def take_break(self) -> None:
        """Coach the desk break in its own window."""
        self._line.stop()
        subprocess.run([sys.executable, "-m", "poise", "live", BREAK], check=False)
        if console.is_terminal:
            self._line.start()

    def _posture(self, posture: Posture) -> str:
        words = self._words
        return {
            "learning": words("Sit tall: I take your measure"),
            "upright": words("Upright"),
            "slumped": words("Sunk"),
            "unseen": words("I cannot judge you from here"),
            "away": words("Nobody there"),
        }[posture]

    def _write(self, said: str, kind: str) -> None:
        """The line in a terminal; in a file, whatever is new."""
        if console.is_terminal:
            self._line.update(Text(said), refresh=True)
        elif kind != self._said:
            console.print(Text(said))
        self._said = kind

    def _listen(self) -> None:
        for line in sys.stdin:
            self._typed.put(line)
