"""What was heard, from the files that it was written to."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

from poise.core.live.sounds import RATE
from poise.io.sound import Samples


def read_wav(path: Path) -> Samples:
    """The samples of a file."""
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)
