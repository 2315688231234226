"""What is heard, off the critical path: a thread makes sound of it and plays it, one thing at a time."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from poise.core.live.sounds import Sound
from poise.errors import SoundError
from poise.io.sound import FilePlayer, Player, find_player, tone_samples
from poise.io.voice import Voice


class Speaks(Protocol):
    """Makes sound of a sentence."""

    def samples(self, text: str) -> NDArray[np.int16]:
        """The sentence as sound; raises ``SoundError``."""
        ...


class Ear(Protocol):
    """Where live coaching sends what is to be heard."""

    @property
    def busy(self) -> bool:
        """Whether something is being heard."""
        ...

    @property
    def speaks(self) -> bool:
        """Whether sentences are heard, besides tones."""
        ...

    @property
    def problem(self) -> str:
        """Why nothing, or not everything, is heard; empty when all is well."""
        ...

    def play(self, sound: Sound) -> None:
        """Let this be heard in place of what is being heard; returns at once."""
        ...

    def prepare(self, sentences: Iterable[str]) -> None:
        """These may be heard soon."""
        ...

    def close(self) -> None:
        """Be silent; may be called twice."""
        ...


class Silence:
    """Hears nothing, for who wants quiet.

    Args:
        problem: Why.
    """

    busy = False
    speaks = False

    def __init__(self, problem: str = "") -> None:
        self.problem = problem

    def play(self, sound: Sound) -> None:
        """Nothing is heard."""

    def prepare(self, sentences: Iterable[str]) -> None:
        """Nothing will be."""

    def close(self) -> None:
        """Nothing to close."""


class Speaker:
    """Plays what it is told to, in a thread of its own. Where a voice or a loudspeaker fails, the session goes on.

    Args:
        player: Plays sound; belongs to this object from now on.
        voice: Makes sound of sentences, or None.
        problem: What is known to be missing.

    Attributes:
        problem: Why not everything is heard, in one line; empty when all is well.
    """

    def __init__(self, player: Player, voice: Speaks | None, problem: str = "") -> None:
        self.problem = problem
        self._player = player
        self._voice = voice
        self._changed = threading.Condition()
        self._next: Sound | None = None
        self._ahead: deque[str] = deque()
        self._playing = False
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="speaker", daemon=True)
        self._thread.start()

    @property
    def speaks(self) -> bool:
        """Whether there is a voice."""
        return self._voice is not None

    @property
    def busy(self) -> bool:
        """Whether something is being heard, or about to be."""
        with self._changed:
            return self._playing or self._next is not None

    def play(self, sound: Sound) -> None:
        """Let this be heard, in place of what is being heard."""
        if sound.text and self._voice is None:
            return
        with self._changed:
            self._next = sound
            if self._playing:
                self._player.stop()
            self._changed.notify_all()

    def prepare(self, sentences: Iterable[str]) -> None:
        """Make sound of these while nothing is to be heard: some voices take a second for a sentence."""
        with self._changed:
            self._ahead = deque(sentences if self._voice else ())
            self._changed.notify_all()

    def close(self) -> None:
        """Be silent, and give the device back."""
        with self._changed:
            self._closed, self._next = True, None
            self._player.stop()
            self._changed.notify_all()
        self._thread.join(2.0)
        self._player.close()

    def _run(self) -> None:
        while (sound := self._wait()) is not None:
            with suppress(SoundError):
                if isinstance(sound, str):
                    self._said(sound)
                    continue
                self._sound(sound)
            with self._changed:
                self._playing = False

    def _wait(self) -> Sound | str | None:
        """What is to be heard next, or else a sentence to prepare; None at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._next is not None or self._closed or bool(self._ahead))
            sound, self._next = self._next, None
            self._playing = sound is not None
            if sound is None and not self._closed:
                return self._ahead.popleft()
            return sound

    def _sound(self, sound: Sound) -> None:
        try:
            samples = tone_samples(sound.tone) if sound.tone else self._said(sound.text)
            with self._changed:
                if self._next is not None:  # something more urgent came while the voice was at it
                    return
            self._player.play(samples)
        except SoundError as error:
            self.problem = error.message
            raise

    def _said(self, text: str) -> NDArray[np.int16]:
        assert self._voice is not None
        return self._voice.samples(text)


def open_speaker(language: str, *, voice: bool = True, file: Path | None = None) -> Speaker | Silence:
    """What this machine can let be heard; what is missing is told by its ``problem``.

    Args:
        language: Two letters.
        voice: Whether to speak at all; tones are heard in any case.
        file: A WAV file that gets everything that is heard, at its time.

    Raises:
        OutputError: The file cannot be written.
    """
    problem = ""
    player: Player | None = None
    spoken: Voice | None = None
    try:
        player = find_player()
    except SoundError as error:
        problem = error.message
    if file is not None:
        player, problem = FilePlayer(file, player), ""
    if player is None:
        return Silence(problem)
    if voice:
        try:
            spoken = Voice(language)
        except SoundError as error:
            problem = error.message
    return Speaker(player, spoken, problem)
