"""Tones and voice, and what plays them: measured, not listened to."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import threading
import wave
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from hearing import read_wav
from poise.core.live.sounds import RATE, Sound, Tone
from poise.errors import OutputError, SoundError
from poise.io import sound, voice
from poise.io.sound import FilePlayer, ProgramPlayer, tone_samples, write_wav
from poise.io.voice import Voice
from waiting import until

needs_voice = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")


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


def test_a_program_plays_a_file_and_can_be_stopped(tmp_path: Path) -> None:
    """Its exit code is told; being stopped is no failure."""
    program = tmp_path / "player"
    program.write_text('#!/bin/sh\n[ -s "$1" ] || exit 1\nexec sleep 5\n')
    program.chmod(0o755)
    player = ProgramPlayer([str(program)])
    player.stop()
    thread = threading.Thread(target=player.play, args=(np.zeros(10, np.int16),))
    thread.start()
    assert until(lambda: player._process is not None)
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
