"""The speaker: what is heard beside a session, and what becomes of it when it cannot be heard."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from hearing import read_wav
from poise.app import speaker as speaking
from poise.app.speaker import Silence, Speaker, open_speaker
from poise.core.live.sounds import Sound
from poise.errors import SoundError
from poise.io.sound import Samples
from waiting import until


class SlowPlayer:
    """Plays until told to stop, at most for a while."""

    def __init__(self) -> None:
        self.played: list[int] = []
        self.stopped = threading.Event()
        self.begun = threading.Event()
        self.closed = False

    def play(self, samples: Samples) -> None:
        """Keep how long it was."""
        self.stopped.clear()
        self.played.append(len(samples))
        self.begun.set()
        self.stopped.wait(5)

    def stop(self) -> None:
        """End it."""
        self.stopped.set()

    def close(self) -> None:
        """Remember."""
        self.closed = True


class FakeVoice:
    """One sample for each letter."""

    def samples(self, text: str) -> Samples:
        """So many zeros; some words cannot be said."""
        if text == "fail":
            raise SoundError("the voice is hoarse", "drink something")
        return np.zeros(len(text), np.int16)


def test_the_speaker_never_blocks_and_what_is_urgent_interrupts() -> None:
    """Telling it something returns at once; it is busy meanwhile; the next sound ends the one before."""
    player = SlowPlayer()
    speaker = Speaker(player, FakeVoice())
    speaker.play(Sound(None, "sentence"))
    assert speaker.busy
    assert player.begun.wait(5)
    speaker.play(Sound(None, "stop now"))
    assert until(lambda: len(player.played) == 2)
    assert speaker.busy
    player.stop()
    assert until(lambda: not speaker.busy)
    speaker.close()
    speaker.close()
    assert player.played == [8, 8]
    assert player.closed


def test_a_voice_that_fails_does_not_end_the_session() -> None:
    """It is told, and tones go on; without any voice sentences are left out."""
    player = SlowPlayer()
    speaker = Speaker(player, FakeVoice())
    speaker.play(Sound(None, "fail"))
    assert until(lambda: bool(speaker.problem))
    assert speaker.problem == "the voice is hoarse"
    assert until(lambda: not speaker.busy)
    speaker.play(Sound("go"))
    assert player.begun.wait(5)
    speaker.close()
    mute = Speaker(SlowPlayer(), None)
    mute.play(Sound(None, "nothing"))
    assert not mute.busy
    assert (speaker.speaks, mute.speaks) == (True, False)
    mute.close()


def test_sentences_are_prepared_while_nothing_is_heard() -> None:
    """One after the other; one that cannot be said is told and left; without a voice nothing is prepared."""
    asked: list[str] = []

    class Asked(FakeVoice):
        def samples(self, text: str) -> Samples:
            asked.append(text)
            return super().samples(text)

    speaker = Speaker(SlowPlayer(), Asked())
    speaker.prepare(["one", "fail", "two"])
    assert until(lambda: len(asked) == 3)
    assert not speaker.busy
    speaker.close()
    mute = Speaker(SlowPlayer(), None)
    mute.prepare(["one"])
    mute.close()
    Silence().prepare(["one"])
    assert asked == ["one", "fail", "two"]


def test_without_a_loudspeaker_everything_else_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """There is silence, and why; a file is written all the same; and without a voice tones are heard."""

    def none(*_: object) -> None:
        raise SoundError("there is no loudspeaker", "plug one in")

    monkeypatch.setattr(speaking, "find_player", none)
    silent = open_speaker("en")
    silent.play(Sound("go"))
    silent.close()
    assert isinstance(silent, Silence)
    assert (silent.busy, silent.problem) == (False, "there is no loudspeaker")
    written = open_speaker("en", voice=False, file=tmp_path / "heard.wav")
    assert written.problem == ""
    written.play(Sound("count"))
    assert until(lambda: not written.busy)
    written.close()
    assert np.abs(read_wav(tmp_path / "heard.wav")).max() > 3000
    monkeypatch.setattr(speaking, "find_player", SlowPlayer)
    monkeypatch.setattr(speaking, "Voice", none)
    tones = open_speaker("en")
    assert tones.problem == "there is no loudspeaker"
    tones.close()
