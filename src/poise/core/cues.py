"""The one thing that is worth saying now."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from poise.core.events import Event, FaultSeen, FramingProblem, FramingRight, HoldReached, RepDone, RepMissed
from poise.core.measures import CATALOGUE, Measure
from poise.core.refs import MeasureRef
from poise.core.words import ENGLISH, Words

CueKind = Literal["stop", "framing", "fix", "tip", "missed", "release", "count", "next"]

#: How urgent each kind is (the smaller first) and how many seconds it stays.
URGENCY: dict[CueKind, tuple[int, float]] = {
    "stop": (0, 3.0),
    "framing": (1, math.inf),
    "fix": (2, 3.0),
    "release": (3, 2.0),
    "missed": (4, 2.5),
    "tip": (5, 3.0),
    "count": (6, 1.0),
    "next": (7, math.inf),
}


@dataclass(frozen=True, slots=True)
class Cue:
    """Words for the person, and since when they stand."""

    kind: CueKind
    text: str
    t_s: float


class CueBoard:
    """Holds the most urgent thing to say until its time is over or something more urgent comes.

    Args:
        words: The person's language.
        measures: What may fall short, by name.
    """

    def __init__(self, words: Words = ENGLISH, measures: Mapping[str, Measure] = CATALOGUE) -> None:
        self._words = words
        self._measures = measures
        self._cue: Cue | None = None
        self._framing: Cue | None = None  # stands by itself: no other cue makes the picture right
        self._next = Cue("next", "", -math.inf)

    def choose(self, t_s: float, events: Iterable[Event], next_words: str) -> Cue:
        """The cue for now; the next step in words when nothing else is to be said."""
        if self._cue and t_s - self._cue.t_s > URGENCY[self._cue.kind][1]:
            self._cue = None
        for event in events:
            cue = self._cue_of(event)
            if isinstance(event, FramingProblem | FramingRight):
                self._framing = cue
            elif cue and (self._cue is None or URGENCY[cue.kind][0] <= URGENCY[self._cue.kind][0]):
                self._cue = cue
        if next_words != self._next.text:
            self._next = Cue("next", next_words, t_s)
        standing = [cue for cue in (self._framing, self._cue, self._next) if cue]
        return min(standing, key=lambda cue: URGENCY[cue.kind][0])

    def _cue_of(self, event: Event) -> Cue | None:
        if isinstance(event, FaultSeen):
            return Cue(event.severity, event.say, event.t_s)
        if isinstance(event, FramingProblem):
            return Cue("framing", event.say, event.t_s)
        if isinstance(event, RepMissed):
            return Cue("missed", self._missed(event), event.t_s)
        if isinstance(event, HoldReached):
            return Cue("release", self._words("Done. Come back slowly"), event.t_s)
        if isinstance(event, RepDone) and not event.merged:
            return Cue("count", str(event.n), event.t_s)
        return None

    def _missed(self, event: RepMissed) -> str:
        """How much was missing, where that is an angle: a share of somebody's shoulders tells nobody how far to go."""
        ref = MeasureRef.parse(event.measure)
        if ref.transform == "value" and self._measures[ref.name].unit == "degrees":
            short = f"{max(1.0, event.short_by):.0f}°"
            return self._words("Almost: go a little further ({short} short)", short=short)
        return self._words("Almost, a little further")
