"""Tones, and what plays sound on this machine.

Sound is mono, 16 bit, ``RATE`` samples a second. A player plays one thing at a time and returns when it is over, so it
belongs into a thread of its own.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import threading
import time
import wave
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from poise.core.live.sounds import RATE, Tone
from poise.errors import SoundError
from poise.files import output_error

Samples = NDArray[np.int16]

_LOUDNESS: Final = 0.22  # of full scale: under the voice, which peaks at about half
_ATTACK_S: Final = 0.012  # shorter is a click
_OVERTONES: Final = ((1.0, 1.0), (2.0, 0.28), (3.0, 0.09), (4.2, 0.04))  # like a struck bar of wood
#: Notes of each tone, as (hertz, seconds after the tone began, seconds in which it fades).
_NOTES: Final[dict[Tone, tuple[tuple[float, float, float], ...]]] = {
    "found": ((523.3, 0.0, 0.12), (784.0, 0.11, 0.2)),
    "lost": ((440.0, 0.0, 0.12), (329.6, 0.12, 0.22)),
    "understood": ((784.0, 0.0, 0.08), (1046.5, 0.08, 0.2)),
    "count": ((587.3, 0.0, 0.1),),
    "go": ((880.0, 0.0, 0.28),),
    "hold": ((659.3, 0.0, 0.22),),
    "half": ((659.3, 0.0, 0.1), (659.3, 0.16, 0.14)),
    "last": ((523.3, 0.0, 0.07),),
    "done": ((523.3, 0.0, 0.12), (659.3, 0.1, 0.14), (784.0, 0.2, 0.26)),
    "stop": ((220.0, 0.0, 0.22), (220.0, 0.24, 0.3)),
}
_HINT: Final = "plug in or switch on a loudspeaker; on Linux: sudo apt-get install libportaudio2 alsa-utils"
#: Programs that play a WAV file, the file's name as their last word.
_PROGRAMS: Final = (["paplay"], ["pw-play"], ["aplay", "-q"], ["afplay"])


def tone_samples(tone: Tone) -> Samples:
    """A tone: soft at both ends, and quieter than the voice."""
    notes = _NOTES[tone]
    t_s = np.arange(round(RATE * max(at_s + 2.5 * fade_s for _, at_s, fade_s in notes))) / RATE
    sound = np.zeros(len(t_s))
    for hertz, at_s, fade_s in notes:
        since_s = np.maximum(t_s - at_s, 0.0)
        shape = np.minimum(since_s / _ATTACK_S, 1.0) * np.exp(-since_s / (0.45 * fade_s))
        sound += shape * sum(share * np.sin(2 * np.pi * hertz * times * since_s) for times, share in _OVERTONES)
    ending = np.minimum((t_s[-1] - t_s) / 0.03, 1.0)
    return np.asarray(np.rint(32767 * _LOUDNESS * sound * ending / np.abs(sound).max()), np.int16)


class Player(Protocol):
    """Plays sound."""

    def play(self, samples: Samples) -> None:
        """Play to the end, or until stopped.

        Raises:
            SoundError: It cannot be played.
        """
        ...

    def stop(self) -> None:
        """End what is being played; from any thread."""
        ...

    def close(self) -> None:
        """Give the device back; may be called twice."""
        ...


class DevicePlayer:
    """The loudspeaker, by PortAudio, which comes with the wheel of sounddevice except on Linux.

    Raises:
        SoundError: There is no PortAudio, or no loudspeaker.
    """

    name = "loudspeaker"

    def __init__(self) -> None:
        try:
            import sounddevice  # type: ignore[import-untyped]  # probes the system's devices, which takes its time

            self.name = str(sounddevice.query_devices(kind="output")["name"])
        except Exception as error:
            raise SoundError("there is no loudspeaker", _HINT) from error
        self._device: Any = sounddevice

    def play(self, samples: Samples) -> None:
        """Play to the end, or until stopped."""
        try:
            self._device.play(samples, RATE, blocking=True)
        except self._device.PortAudioError as error:
            raise SoundError(f"the loudspeaker cannot be used: {error}", _HINT) from error

    def stop(self) -> None:
        """End what is being played."""
        self._device.stop()

    def close(self) -> None:
        """Give the device back."""
        self._device.stop()


class ProgramPlayer:
    """A program of the system that plays a WAV file.

    Args:
        command: The program and its options.
    """

    def __init__(self, command: list[str]) -> None:
        self.name = command[0]
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None

    def play(self, samples: Samples) -> None:
        """Play to the end, or until stopped."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "sound.wav"
            write_wav(path, samples)
            process = self._process = subprocess.Popen(
                [*self._command, str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            if process.wait() > 0:  # negative: it was stopped
                raise SoundError(f"{self.name} cannot play", _HINT)

    def stop(self) -> None:
        """End what is being played."""
        if self._process is not None:
            self._process.terminate()

    def close(self) -> None:
        """End what is being played."""
        self.stop()


def find_player() -> DevicePlayer | ProgramPlayer:
    """What plays sound here.

    Raises:
        SoundError: Nothing does.
    """
    try:
        return DevicePlayer()
    except SoundError:
        for command in _PROGRAMS:
            if shutil.which(command[0]) and _has_device():
                return ProgramPlayer(command)
        raise


def _has_device() -> bool:
    """Whether there is anything to play on; a sound server may be on another machine."""
    if not sys.platform.startswith("linux"):
        return True
    cards = Path("/proc/asound/cards")
    with suppress(OSError):
        return "no soundcards" not in cards.read_text()
    return (
        bool(shutil.which("pactl"))
        and not subprocess.run(["pactl", "info"], capture_output=True, timeout=5, check=False).returncode
    )


class FilePlayer:
    """Writes all that is heard into one WAV file, each sound at its time, as it goes on.

    Args:
        path: The file.
        onward: Plays it too, if there is a loudspeaker.
        clock: Seconds that never go back.

    Raises:
        OutputError: The file cannot be written.
    """

    def __init__(self, path: Path, onward: Player | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self.name = str(path)
        self._onward = onward
        self._clock = clock
        self._stopped = threading.Event()
        self._written = 0
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file: wave.Wave_write | None = _open_wav(path)
        except OSError as error:
            raise output_error(path, error) from error
        self._start_s = clock()

    def play(self, samples: Samples) -> None:
        """Write it, and take as long as playing it does."""
        self._stopped.clear()
        start_s = self._clock()
        self._silence_until(start_s)
        if self._onward is not None:
            self._onward.play(samples)
        else:
            self._stopped.wait(len(samples) / RATE)
        heard = min(len(samples), round(RATE * (self._clock() - start_s))) if self._stopped.is_set() else len(samples)
        if self._file is not None:
            self._file.writeframes(samples[:heard].tobytes())
            self._written += heard

    def stop(self) -> None:
        """End what is being played."""
        self._stopped.set()
        if self._onward is not None:
            self._onward.stop()

    def close(self) -> None:
        """Finish the file; may be called twice."""
        self.stop()
        if self._file is not None:
            self._silence_until(self._clock())
            self._file.close()
            self._file = None
        if self._onward is not None:
            self._onward.close()

    def _silence_until(self, t_s: float) -> None:
        gap = round(RATE * (t_s - self._start_s)) - self._written
        if gap > 0 and self._file is not None:
            for _ in range(gap // RATE):
                self._file.writeframes(bytes(2 * RATE))
            self._file.writeframes(bytes(2 * (gap % RATE)))
            self._written += gap


def write_wav(path: Path, samples: Samples) -> None:
    """Keep a sound as a WAV file."""
    with _open_wav(path) as file:
        file.writeframes(samples.tobytes())


def _open_wav(path: Path) -> wave.Wave_write:
    file = wave.open(str(path), "wb")  # noqa: SIM115 (the caller closes it)
    file.setnchannels(1)
    file.setsampwidth(2)
    file.setframerate(RATE)
    return file
