"""Tones, voice, and the speaker that plays them one at a time: measured, not listened to."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import threading
import time
import wave
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from poise.app import speaker as speaking
from poise.app.speaker import Silence, Speaker, open_speaker
from poise.core.live.sounds import RATE, Sound, Tone
from poise.errors import OutputError, SoundError
from poise.io import sound, voice
from poise.io.sound import FilePlayer, ProgramPlayer, Samples, tone_samples, write_wav
from poise.io.voice import Voice

needs_voice = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")


def read_wav(path: Path) -> Samples:
    """The samples of a file."""
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


@pytest.mark.parametrize("tone", get_args(Tone))
def test_a_tone_is_soft(tone: Tone) -> None:
    """Short, quieter than a voice, no click at either end, and nothing that hisses above 5 kHz."""
    samples = tone_samples(tone).astype(float) / 32767
    assert 0.1 < len(samples) / RATE < 1.2
    assert 0.1 < np.abs(samples).max() <= 0.23
    assert abs(samples[0]) < 0.01
    assert abs(samples[-1]) < 0.01
    power = np.abs(np.fft.rfft(samples)) ** 2
    assert power[np.fft.rfftfreq(len(samples), 1 / RATE) > 5000].sum() < 0.02 * power.sum()


def test_tones_are_told_apart() -> None:
    """No two sound the same."""
    spectra = [np.abs(np.fft.rfft(tone_samples(tone), 1 << 16)) for tone in get_args(Tone)]
    unit = [spectrum / np.linalg.norm(spectrum) for spectrum in spectra]
    alike = [a @ b for i, a in enumerate(unit) for b in unit[:i]]
    assert max(alike) < 0.97


@needs_voice
@pytest.mark.parametrize("language", ["en", "de"])
def test_the_voice_speaks(language: str) -> None:
    """A sentence takes about as long as the announcer thinks, is as loud as every other, and is made once."""
    speaker = Voice(language)
    text = "Ear toward your left shoulder"
    samples = speaker.samples(text)
    assert len(samples) / RATE == pytest.approx(Sound(None, text).seconds, rel=0.35)
    assert np.abs(samples).max() == pytest.approx(0.5 * 32767, rel=0.01)
    assert speaker.samples(text) is samples
    assert len(speaker.samples("...")) < RATE


@needs_voice
def test_a_sentence_is_never_an_option() -> None:
    """Words of an exercise file cannot steer the program that speaks."""
    assert len(Voice("en").samples("-f /etc/hostname --stdout")) > 2 * len(Voice("en").samples("one"))


def test_without_a_voice_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, and how to mend it."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(SoundError, match="no voice") as raised:
        Voice("en")
    assert "espeak-ng" in raised.value.hint


def test_a_voice_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that ends with an error, or that gives something else than sound."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(shutil, "which", lambda name: name)
    speaker = Voice("en")
    for answer in (b"", b"no sound", wav_of(44_100)):
        monkeypatch.setattr(voice, "_output", lambda *_, answer=answer: answer)
        with pytest.raises(SoundError, match="espeak-ng"):
            speaker.samples(f"said {answer[:4]!r} {len(answer)}")

    def fails(*_: object) -> bytes:
        raise subprocess.CalledProcessError(1, "espeak-ng")

    monkeypatch.setattr(voice, "_output", fails)
    with pytest.raises(SoundError):
        speaker.samples("fails")


def wav_of(rate: int, value: int = 1000) -> bytes:
    """A tenth of a second."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.full(rate // 10, value, "<i2").tobytes())
    return buffer.getvalue()


def test_a_mac_speaks_with_a_voice_of_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of voices has the name before the language; names may have spaces."""
    listing = b"Albert      en_US  # Hello\nBad News    de_DE  # Hallo\nAnna        de_DE  # Hallo\n"
    asked: list[list[str]] = []

    def output(command: list[str], text: str) -> bytes:
        asked.append([*command, text])
        if "?" in command:
            return listing
        Path(command[command.index("-o") + 1]).write_bytes(wav_of(RATE))
        return b""

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(voice, "_output", output)
    speaker = Voice("de")
    assert speaker.name == "say (Bad News)"
    assert len(speaker.samples("Hallo")) == RATE // 10
    assert asked[-1][:3] == ["say", "-v", "Bad News"]
    assert Voice("fr").name == "say (system voice)"


def test_windows_speaks_whatever_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence is packed: a quotation mark in it ends nothing."""
    scripts: list[str] = []

    def output(_: list[str], script: str) -> bytes:
        scripts.append(script)
        Path(script.split("SetOutputToWaveFile('")[1].split("'")[0]).write_bytes(wav_of(RATE))
        return b""

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(voice, "_output", output)
    assert len(Voice("en").samples("'); Remove-Item C:\\ #")) == RATE // 10
    assert "Remove-Item" not in scripts[0]


def test_a_file_has_every_sound_at_its_time(tmp_path: Path) -> None:
    """A beep at 1 s and one at 3 s on a clock of its own; silence between and after."""
    now_s = [100.0]
    player = FilePlayer(tmp_path / "deep" / "heard.wav", clock=lambda: now_s[0])
    beep = np.full(RATE // 50, 8000, np.int16)
    for t_s in (101.0, 103.0):
        now_s[0] = t_s
        player.play(beep)
    now_s[0] = 104.0
    player.close()
    player.close()
    heard = read_wav(tmp_path / "deep" / "heard.wav")
    assert len(heard) == 4 * RATE
    begins = np.flatnonzero(np.diff(np.abs(heard.astype(int))) > 4000) + 1
    assert begins / RATE == pytest.approx([1.0, 3.0], abs=1e-3)


def test_a_file_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    """At once, with the name."""
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError):
        FilePlayer(tmp_path / "file" / "heard.wav")


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


def until(true: Callable[[], bool]) -> None:
    """Wait for another thread."""
    end_s = time.monotonic() + 5
    while not true() and time.monotonic() < end_s:
        time.sleep(0.002)
    assert true()


def test_the_speaker_never_blocks_and_what_is_urgent_interrupts() -> None:
    """Telling it something returns at once; it is busy meanwhile; the next sound ends the one before."""
    player = SlowPlayer()
    speaker = Speaker(player, FakeVoice())
    speaker.play(Sound(None, "sentence"))
    assert speaker.busy
    assert player.begun.wait(5)
    speaker.play(Sound(None, "stop now"))
    until(lambda: len(player.played) == 2)
    assert speaker.busy
    player.stop()
    until(lambda: not speaker.busy)
    speaker.close()
    speaker.close()
    assert player.played == [8, 8]
    assert player.closed


def test_a_voice_that_fails_does_not_end_the_session() -> None:
    """It is told, and tones go on; without any voice sentences are left out."""
    player = SlowPlayer()
    speaker = Speaker(player, FakeVoice())
    speaker.play(Sound(None, "fail"))
    until(lambda: bool(speaker.problem))
    assert speaker.problem == "the voice is hoarse"
    until(lambda: not speaker.busy)
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
    until(lambda: len(asked) == 3)
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
    until(lambda: not written.busy)
    written.close()
    assert np.abs(read_wav(tmp_path / "heard.wav")).max() > 3000
    monkeypatch.setattr(speaking, "find_player", SlowPlayer)
    monkeypatch.setattr(speaking, "Voice", none)
    tones = open_speaker("en")
    assert tones.problem == "there is no loudspeaker"
    tones.close()


def test_a_program_plays_a_file_and_can_be_stopped(tmp_path: Path) -> None:
    """Its exit code is told; being stopped is no failure."""
    program = tmp_path / "player"
    program.write_text('#!/bin/sh\n[ -s "$1" ] || exit 1\nexec sleep 5\n')
    program.chmod(0o755)
    player = ProgramPlayer([str(program)])
    player.stop()
    thread = threading.Thread(target=player.play, args=(np.zeros(10, np.int16),))
    thread.start()
    until(lambda: player._process is not None)
    player.close()
    thread.join(3)
    assert not thread.is_alive()
    program.write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(SoundError, match="cannot play"):
        player.play(np.zeros(10, np.int16))


def test_a_player_is_found_by_what_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """PortAudio first; else a program, where there is anything to play on; else one line."""

    def none() -> None:
        raise SoundError("there is no loudspeaker", "plug one in")

    monkeypatch.setattr(sound, "DevicePlayer", none)
    monkeypatch.setattr(shutil, "which", lambda name: name if name == "aplay" else None)
    monkeypatch.setattr(sound, "_has_device", lambda: True)
    assert sound.find_player().name == "aplay"
    monkeypatch.setattr(sound, "_has_device", lambda: False)
    with pytest.raises(SoundError, match="no loudspeaker"):
        sound.find_player()


def test_a_sound_is_kept_as_a_file(tmp_path: Path) -> None:
    """As it is."""
    write_wav(tmp_path / "a.wav", tone_samples("done"))
    assert np.array_equal(read_wav(tmp_path / "a.wav"), tone_samples("done"))
