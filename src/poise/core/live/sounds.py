"""What can be heard: a tone or a sentence, and how long it is worth hearing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

from poise.core.live.moment import Moment

#: found/lost: you are (not) in view. count: the last seconds of a countdown. hold, half, last, done: of a hold.
Tone = Literal["found", "lost", "understood", "count", "go", "hold", "half", "last", "done", "stop"]

#: Samples a second of everything that is heard: one channel, 16 bit.
RATE: Final = 22_050

#: Seconds of speech for each character, and for its beginning: an unhurried voice.
_PER_CHARACTER_S: Final = 0.065
_AT_LEAST_S: Final = 0.4


@dataclass(frozen=True, slots=True)
class Sound:
    """One thing to be heard: a tone, or a sentence in the person's language.

    Attributes:
        tone: The tone, or None for a sentence.
        text: The sentence; empty for a tone.
        interrupts: Whether it ends what is being heard.
    """

    tone: Tone | None = None
    text: str = ""
    interrupts: bool = False

    @property
    def seconds(self) -> float:
        """About how long it takes."""
        return _AT_LEAST_S + _PER_CHARACTER_S * len(self.text) if self.text else 0.3


@dataclass(frozen=True, slots=True)
class Wish:
    """A sound that would be right now.

    Attributes:
        sound: What.
        rank: How urgent, the smaller first.
        until_s: Until when it is worth hearing, in seconds of the session.
        key: A later wish with the same key takes the place of this one.
        again_s: Seconds before the same sentence may be heard again.
        most: How often it may be heard in one exercise.
    """

    sound: Sound
    rank: int
    until_s: float
    key: str
    again_s: float = 0.0
    most: int = 1000


#: How urgent each kind of wish is, the smaller first.
STOP, CUE, FRAME, FIX, COUNT, TURN, PRAISE, REMIND = range(8)


def clock_of(moment: Moment) -> float:
    """Seconds left of a hold or a countdown whose end is told by tones; infinite where none runs."""
    state = moment.snapshot.state
    if moment.phase == "work" and state.hold_s is not None and state.hold_s < state.hold_target_s:
        return state.hold_target_s - state.hold_s
    again = moment.phase == "rest" and moment.following is moment.spec
    return moment.left_s if moment.left_s is not None and (again or moment.phase == "ready") else math.inf


def tone(kind: Tone, moment: Moment, *, interrupts: bool = False, for_s: float = 0.6, key: str | None = None) -> Wish:
    """A tone belongs to its instant; of those with the same key the latest counts."""
    return Wish(Sound(kind, interrupts=interrupts), CUE, moment.t_s + for_s, f"tone {key or kind}")


def say(
    text: str, moment: Moment, rank: int, for_s: float, *,
    again_s: float = 0.0, most: int = 1000, key: str | None = None, interrupts: bool = False,
) -> Wish:  # fmt: skip
    """A sentence, worth hearing for so many seconds; of those with the same key the latest counts."""
    return Wish(Sound(None, text, interrupts), rank, moment.t_s + for_s, key or text, again_s, most)
