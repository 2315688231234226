"""What is heard, and when: one thing at a time, few and kind, safety first, and nothing late.

``core/live/script.py`` tells what could be heard in a moment; the announcer chooses. There is one channel for words and
tones. While it is busy wishes wait, and each only for as long as it is still true; what must not wait (a sign to stop,
a gesture that was understood) takes the channel at once.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from typing import Final

from poise.core.live.moment import Moment
from poise.core.live.script import LAST_FROM_S, Script
from poise.core.live.sounds import COUNT, CUE, FIX, STOP, Sound, Wish, clock_of
from poise.core.words import ENGLISH, Words

LAST_S = 3.2  # the last seconds of a hold and of a countdown belong to their tones
BREATH_S = 0.25  # between two sentences

_BEFORE: Final = ("placing", "neutral", "ready")  # to whom the exercise is introduced


class Announcer:
    """Chooses what is heard, moment by moment.

    Args:
        words: The person's language.
        speaks: Whether sentences can be heard; without, a tone counts the repetitions.
    """

    def __init__(self, words: Words = ENGLISH, *, speaks: bool = True) -> None:
        self._script = Script(words)
        self._speaks = speaks
        self._wishes: dict[str, Wish] = {}
        self._heard_s: dict[str, float] = {}
        self._times: Counter[str] = Counter()
        self._stage: tuple[object, ...] = ()
        self._exercise = 0
        self._free_s = -math.inf

    def take(self, moment: Moment, busy: bool) -> Sound | None:
        """Take the next moment: what is to be heard now, if anything.

        Args:
            moment: Where the session stands.
            busy: Whether something is still being heard.
        """
        t_s = moment.t_s
        if busy:
            self._free_s = t_s + BREATH_S
        self._forget(moment)
        for wish in self._script.wishes(moment):
            if wish.sound.text and not self._speaks:
                if wish.rank != COUNT:
                    continue
                wish = replace(wish, sound=Sound("count"))
            self._wishes.pop(wish.key, None)  # it is out of date, whether or not this one may be heard
            if self._may(wish, t_s):
                self._wishes[wish.key] = wish
        self._wishes = {key: wish for key, wish in self._wishes.items() if wish.until_s >= t_s}
        for wish in sorted(self._wishes.values(), key=lambda wish: wish.rank):
            if self._fits(wish, moment, busy):
                return self._choose(wish, t_s)
        return None

    def _forget(self, moment: Moment) -> None:
        """What was right for another phase is not worth hearing any more."""
        stage = ("before" if moment.phase in _BEFORE else moment.phase, moment.number)
        if stage != self._stage:
            self._stage = stage
            self._wishes = {key: wish for key, wish in self._wishes.items() if wish.rank <= CUE}
        if moment.number != self._exercise:
            self._exercise = moment.number
            self._times.clear()

    def _may(self, wish: Wish, t_s: float) -> bool:
        text = wish.sound.text or str(wish.sound.tone)
        return self._times[text] < wish.most and t_s - self._heard_s.get(text, -math.inf) >= wish.again_s

    def _fits(self, wish: Wish, moment: Moment, busy: bool) -> bool:
        if wish.sound.interrupts:
            return True
        if busy or moment.t_s < self._free_s:
            return False
        # A sentence that would run into the last seconds is left out rather than cut off; a correction may drown their
        # tones, but not the end itself. A short hold has no such tones: there is room for a count.
        short = moment.phase == "work" and moment.snapshot.state.hold_target_s < 2 * LAST_FROM_S
        kept_s = 0.0 if wish.rank <= (COUNT if short else FIX) else LAST_S
        if wish.sound.tone or wish.rank == STOP:
            return True
        return clock_of(moment) - kept_s >= wish.sound.seconds

    def _choose(self, wish: Wish, t_s: float) -> Sound:
        del self._wishes[wish.key]
        text = wish.sound.text or str(wish.sound.tone)
        self._heard_s[text] = t_s
        self._times[text] += 1
        return wish.sound
