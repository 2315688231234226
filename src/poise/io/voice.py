"""The machine's own voice: a sentence in, samples out. Nothing leaves the machine, and nothing is fetched.

Linux speaks by espeak-ng, macOS by ``say``, Windows by System.Speech. All of them write sound instead of playing it, so
that words and tones share one loudspeaker and never lie on top of one another.
"""

from __future__ import annotations

import base64
import shutil
import struct
import subprocess
import sys
import tempfile
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from poise.core.live.sounds import RATE
from poise.errors import SoundError

_KEPT: Final = 200  # sentences that are remembered: an exercise says the same ones again
_PATIENCE_S: Final = 15.0
_PEAK: Final = 0.5  # of full scale
_WORDS_A_MINUTE: Final = 150  # unhurried
_HINTS: Final = {
    "linux": "install it: sudo apt-get install espeak-ng",
    "darwin": "choose one in System Settings, Accessibility, Spoken Content",
    "win32": "add one in Settings, Time and language, Speech",
}
_POWERSHELL: Final = """
Add-Type -AssemblyName System.Speech
$s = New-Object System.Speech.Synthesis.SpeechSynthesizer
$c = [Globalization.CultureInfo]::GetCultureInfo('{language}')
try {{ $s.SelectVoiceByHints('NotSet', 'NotSet', 0, $c) }} catch {{}}
$f = New-Object System.Speech.AudioFormat.SpeechAudioFormatInfo({rate}, 'Sixteen', 'Mono')
$s.SetOutputToWaveFile('{path}', $f)
$s.Rate = -1
$s.Speak([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('{text}')))
$s.Dispose()
"""


class Voice:
    """Speaks one language.

    Args:
        language: Two letters.

    Attributes:
        name: Which voice it is.

    Raises:
        SoundError: This machine has no voice.
    """

    def __init__(self, language: str = "en") -> None:
        self.name, self._speak = _find(language)
        self._known: OrderedDict[str, NDArray[np.int16]] = OrderedDict()

    def samples(self, text: str) -> NDArray[np.int16]:
        """A sentence as sound, mono with ``RATE`` samples a second.

        Raises:
            SoundError: The voice fails.
        """
        if text not in self._known:
            try:
                self._known[text] = _even(self._speak(text))
            except (OSError, subprocess.SubprocessError, ValueError, struct.error) as error:
                raise SoundError(f"the voice {self.name} fails", _hint()) from error
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return self._known[text]


def _find(language: str) -> tuple[str, Callable[[str], bytes]]:
    """The name of the voice, and what makes a WAV file's content of a sentence."""
    if sys.platform == "darwin":
        name = _mac_voice(language)
        return f"say ({name or 'system voice'})", lambda text: _say(text, name)
    if sys.platform == "win32":
        return "System.Speech", lambda text: _powershell(text, language)
    program = next((one for one in ("espeak-ng", "espeak") if shutil.which(one)), None)
    if program is None:
        raise SoundError("there is no voice", _hint())
    # The text goes through a pipe: no sentence is ever taken for an option.
    command = [program, "-v", language, "-s", str(_WORDS_A_MINUTE), "-g", "2", "-p", "45", "--stdin", "--stdout"]
    return f"{program} ({language})", lambda text: _output(command, text)


def _output(command: list[str], text: str) -> bytes:
    done = subprocess.run(command, input=text.encode(), capture_output=True, timeout=_PATIENCE_S, check=True)
    return done.stdout


def _say(text: str, voice: str | None) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        chosen = ["-v", voice] if voice else []
        _output(["say", *chosen, "-r", str(_WORDS_A_MINUTE), "-o", str(path), f"--data-format=LEI16@{RATE}"], text)
        return path.read_bytes()


def _mac_voice(language: str) -> str | None:
    """The first voice of the language; lines look like "Anna    de_DE    # Hallo"."""
    try:
        lines = _output(["say", "-v", "?"], "").decode(errors="replace").splitlines()
    except (OSError, subprocess.SubprocessError) as error:
        raise SoundError("there is no voice", _hint()) from error
    for line in lines:
        name, _, tongue = line.partition("#")[0].rstrip().rpartition(" ")
        if tongue.startswith(f"{language}_"):
            return name.strip()
    return None


def _powershell(text: str, language: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        # The sentence is packed, so that no quotation mark in it can end the script's own.
        packed = base64.b64encode(text.encode()).decode()
        script = _POWERSHELL.format(path=str(path).replace("'", "''"), text=packed, language=language, rate=RATE)
        command = ["powershell", "-NoProfile", "-NonInteractive", "-Command", "-"]
        _output(command, script)
        return path.read_bytes()


def _even(wav: bytes) -> NDArray[np.int16]:
    """The samples of a WAV file, as loud as every other sentence; its stated length may be wrong, as in a pipe."""
    if wav[:4] != b"RIFF" or (data := wav.find(b"data", 12)) < 0:
        raise ValueError("no WAV file")
    channels, rate = struct.unpack("<HI", wav[22:28])
    if (channels, rate) != (1, RATE):
        raise ValueError(f"{channels} channels at {rate} Hz")
    sound = np.frombuffer(wav[data + 8 : len(wav) - (len(wav) - data) % 2], "<i2").astype(np.float64)
    loud = np.flatnonzero(np.abs(sound) > 200)
    if not len(loud):
        return np.zeros(0, np.int16)
    sound = sound[loud[0] : loud[-1] + 1]
    return np.asarray(np.rint(sound * (32767 * _PEAK / np.abs(sound).max())), np.int16)


def _hint() -> str:
    return _HINTS.get(sys.platform, _HINTS["linux"])
