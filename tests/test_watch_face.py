"""What somebody sees and hears of watching: a line, a small window, a notification, a word."""

from __future__ import annotations

import numpy as np
import pytest
from figures import SITTING, SIZE_PX

from poise.cli.watch_face import WatchFace
from poise.core.coach import Coach
from poise.core.live.sounds import Sound
from poise.core.live.watching import Advice, Look, Posture
from poise.core.types import ByteArray, Frame
from poise.core.words import ENGLISH
from poise.io.notify import Notifier
from poise.io.specs import load_spec
from poise.io.words import read_words

ROOM = (480, 360)
FRAME = Frame(0, 0.0, np.full((SIZE_PX[1] // 2, SIZE_PX[0] // 2, 3), 90, np.uint8))
ADVICE = Advice("break", "Time for a break", "Get up")


class Kept:
    """A window and an ear that keep what they get, with keys to press."""

    busy = False
    problem = ""
    room = ROOM

    def __init__(self, *keys: str) -> None:
        self.pictures: list[ByteArray] = []
        self.sounds: list[Sound] = []
        self._keys = list(keys)

    def show(self, bgr: ByteArray) -> None:
        """Keep it."""
        self.pictures.append(bgr)

    def key(self) -> str | None:
        """The next one."""
        return self._keys.pop(0) if self._keys else None

    def play(self, sound: Sound) -> None:
        """Keep it."""
        self.sounds.append(sound)

    def close(self) -> None:
        """Nothing to close."""


def look(posture: Posture) -> Look:
    """A look at somebody who has been there for 23 minutes."""
    return Look(posture, 23 * 60.0, None, Coach(load_spec("seated-posture")).step(SITTING.pose()))


def test_the_line_tells_what_is_new(capsys: pytest.CaptureFixture[str]) -> None:
    """In a file each posture is told once; calls and quiet as well; in the person's language."""
    with WatchFace(read_words("de"), None, Kept(), None, ROOM) as face:
        for posture in ("learning", "upright", "upright", "slumped", "unseen", "away"):
            face.show(look(posture), FRAME)  # type: ignore[arg-type]
        face.idle("call", "camera: meeting")
        face.idle("muted", "29")
        face.idle("lost", "camera 0 delivers no pictures")
    assert capsys.readouterr().out.splitlines() == [
        "Sitz aufrecht: ich nehme Maß · 23 Minuten am Schreibtisch",
        "Aufrecht · 23 Minuten am Schreibtisch",
        "Eingesunken · 23 Minuten am Schreibtisch",
        "Von hier kann ich dich nicht beurteilen · 23 Minuten am Schreibtisch",
        "Niemand da",
        "In einem Gespräch (camera: meeting): ich bin still, und die Kamera ist frei",
        "Noch 29 Minuten still",
        "Ich warte auf die Kamera",
    ]


def test_a_word_is_printed_said_and_notified(capsys: pytest.CaptureFixture[str]) -> None:
    """A break is offered with the way to begin it."""
    notified: list[tuple[str, str]] = []
    notifier = Notifier("test", lambda title, text: notified.append((title, text)) or ["true"])  # type: ignore[func-returns-value]
    ear = Kept()
    with WatchFace(ENGLISH, notifier, ear, None, ROOM) as face:
        face.tell(ADVICE)
        face.tell(Advice("slump", "You have been sinking for a while", "Grow tall"))
    first, offer, second = capsys.readouterr().out.splitlines()
    assert first.endswith("Time for a break: Get up")
    assert "desk break" in offer
    assert second.endswith("Grow tall")
    assert notified[0] == ("Time for a break", "Get up")
    assert [sound.text for sound in ear.sounds] == ["Get up", "Grow tall"]


def test_the_window_shows_the_word_and_takes_keys() -> None:
    """The picture fits its room, changes with what is said, and the keys ask for something; others do not."""
    window = Kept("space", "b", "x", "q")
    with WatchFace(ENGLISH, None, Kept(), window, ROOM) as face:
        face.show(look("upright"), FRAME)
        face.tell(ADVICE)
        face.show(look("upright"), FRAME)
        assert [face.asked() for _ in range(4)] == ["mute", "break", None, "quit"]
    calm, told = window.pictures
    assert calm.shape == told.shape == (360, 480, 3)
    assert not np.array_equal(calm, told)
