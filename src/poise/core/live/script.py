"""What could be heard in a moment of a live session, so that it can be followed with the eyes closed.

What to do, which side, the count, how a hold goes, what to correct, the change of sides, rests, what comes next, the
end. The announcer chooses among these wishes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from poise.core.live.doses import spoken_dose, time_spent
from poise.core.live.moment import Hurt, Moment, Phase
from poise.core.live.sounds import FRAME, REMIND, STOP, TURN, Wish, clock_of, say, tone
from poise.core.live.work_script import WorkScript
from poise.core.spec import Spec
from poise.core.words import Words

PLACED_S: Final = 1.5  # the name of the exercise comes before what is wrong with the picture
NAG_S: Final = 10.0  # what is wrong with the picture is said again after this
SETTLING_S: Final = 0.7  # a look at the neutral posture that takes longer is told
HALF_FROM_S: Final = 5.0  # half of the shortest hold whose half is told
LAST_FROM_S: Final = 2.5  # and of the shortest whose last seconds are
LONG_S: Final = 30.0  # of so long a hold it is said
SOON_S: Final = 10.0  # when it has so much left
CALL_S: Final = 20.0  # and that a start is waited for after this


class Script:
    """Follows the moments of one session and tells what could be heard.

    Args:
        words: The person's language; the specs in the moments are in it already.
    """

    def __init__(self, words: Words) -> None:
        self._words = words
        self._stage: tuple[Phase, int, bool] | None = None  # a start that is waited for is another stage
        self._stage_s = 0.0
        self._left_s = math.inf  # of the clock that runs, in the last moment
        self._introduced = 0  # the last exercise that was told by its name
        self._hurt = False
        self._work = WorkScript(words)

    def wishes(self, moment: Moment) -> Iterator[Wish]:
        """What could be heard now, in order where two are equally urgent."""
        before, self._stage = self._stage, (moment.phase, moment.number, moment.left_s is None)
        if before != self._stage:
            self._stage_s, self._left_s = moment.t_s, math.inf
            yield from self._entered[moment.phase](self, moment, before[0] if before else None)
        yield from self._told(moment)
        yield from self._clock(moment)
        if moment.phase in ("placing", "neutral", "ready"):
            yield from self._placing(moment)
        if moment.phase == "work":
            yield from self._work.wishes(moment)

    def _told(self, moment: Moment) -> Iterator[Wish]:
        if any(isinstance(told, Hurt) for told in moment.told):
            self._hurt = True
            yield replace(tone("stop", moment, interrupts=True), rank=STOP)  # before the words, which it would cut off
            yield say(self._words("All right. Come back slowly. We leave this one out"), moment, STOP, 8.0)
        elif moment.understood:
            yield tone("understood", moment, interrupts=True)

    def _clock(self, moment: Moment) -> Iterator[Wish]:
        """The tones of a hold and of a countdown."""
        left_s, before_s = clock_of(moment), self._left_s
        self._left_s = left_s
        passed = [second for second in (3.0, 2.0, 1.0) if left_s <= second < before_s < math.inf]
        if moment.phase != "work":
            yield from (tone("count", moment, for_s=0.3) for _ in passed)
            return
        half_s = moment.snapshot.state.hold_target_s / 2
        if half_s >= HALF_FROM_S and left_s <= half_s < before_s < math.inf:
            yield tone("half", moment)
        if 2 * half_s >= LONG_S and left_s <= SOON_S < before_s < math.inf:
            yield say(self._words("{n} more seconds", n=f"{SOON_S:.0f}"), moment, TURN, 1.0)
        if half_s >= LAST_FROM_S:
            yield from (tone("last", moment, for_s=0.3) for _ in passed)

    def _placing(self, moment: Moment) -> Iterator[Wish]:
        cue, t_s = moment.snapshot.cue, moment.t_s
        if cue.kind == "framing" and t_s - self._stage_s >= PLACED_S:
            yield say(cue.text, moment, FRAME, 1.0, again_s=NAG_S, most=6)
        if moment.phase == "neutral" and t_s - self._stage_s >= SETTLING_S:
            yield say(self._words("Good. Stay like that for a moment"), moment, TURN, 1.0, most=1)
        if moment.phase == "ready" and moment.left_s is None:
            call = self._words("Raise a hand to begin, or simply begin")
            yield say(call, moment, REMIND, 2.0, again_s=CALL_S, most=3)

    # A phase begins

    def _ask(self, moment: Moment, _: Phase | None) -> Iterator[Wish]:
        before = moment.phase == "pain-before"
        question = self._words("How much does it hurt?") if before else self._words("How much does it hurt now?")
        if not before and not self._hurt:
            yield say(self._words("Well done, thank you"), moment, TURN, 6.0)
        yield say(question, moment, TURN, 8.0)
        yield say(self._words("Press a key from 0 to 9, or x for 10"), moment, TURN, 10.0)

    def _is_placed(self, moment: Moment, before: Phase | None) -> Iterator[Wish]:
        if moment.phase == "placing" and before in (None, "pain-before"):
            yield from self._introduce(moment.spec, moment)

    def _gets_ready(self, moment: Moment, _: Phase | None) -> Iterator[Wish]:
        if self._introduced < moment.number:
            yield from self._introduce(moment.spec, moment)
        if moment.left_s is not None:
            yield say(self._words("Get ready"), moment, TURN, 2.0)
        else:
            first = self._words.with_side(moment.spec.steps[0].say, moment.snapshot.state.side)
            yield say(first, moment, TURN, 8.0)

    def _works(self, moment: Moment, before: Phase | None) -> Iterator[Wish]:
        self._hurt = False
        if before == "rest":
            of, number = moment.spec.dose.sets, moment.snapshot.state.sets + 1
            # A count takes its place: who sets out early hears no "set 2" after the first repetition.
            yield say(self._words("set {number} of {of}", number=number, of=of), moment, TURN, 3.0, key="count")
        elif before == "ready" and not moment.snapshot.events:  # who has set out needs no starting signal
            yield tone("go", moment)
        yield from self._work.begin(moment)

    def _pauses(self, moment: Moment, _: Phase | None) -> Iterator[Wish]:
        yield say(self._words("Paused"), moment, TURN, 4.0)
        yield say(self._words("Raise a hand, or press space, to go on"), moment, TURN, 6.0)

    def _rests(self, moment: Moment, _: Phase | None) -> Iterator[Wish]:
        following, spec = moment.following, moment.spec
        if following is None or following is spec:
            yield say(self._words("Rest for {n} seconds", n=f"{moment.left_s or 0.0:.0f}"), moment, TURN, 5.0)
            return
        if not self._hurt:
            yield say(self._words("Rest, and breathe"), moment, TURN, 4.0)
        yield say(self._words("Next: {name}", name=following.name), moment, TURN, 9.0)
        yield say(spoken_dose(following, self._words), moment, TURN, 10.0)
        self._introduced = moment.number + 1

    def _ends(self, moment: Moment, before: Phase | None) -> Iterator[Wish]:
        summary = moment.summary
        if before != "pain-after" and not self._hurt:
            yield say(self._words("Well done, thank you"), moment, TURN, 10.0)
        if summary and summary.done:
            yield say(time_spent(summary.duration_s, self._words), moment, TURN, 15.0)
        if summary and summary.doctor:
            for sentence in summary.doctor:
                yield say(sentence, moment, TURN, 60.0)
        elif summary and summary.work_on:
            yield say(self._words("To work on: {advice}", advice=summary.work_on), moment, TURN, 20.0)

    def _introduce(self, spec: Spec, moment: Moment) -> Iterator[Wish]:
        self._introduced = moment.number
        yield say(spec.name, moment, TURN, 8.0)
        yield say(spoken_dose(spec, self._words), moment, TURN, 10.0)

    _entered: Final[dict[Phase, Callable[[Script, Moment, Phase | None], Iterator[Wish]]]] = {
        "pain-before": _ask,
        "placing": _is_placed,
        "neutral": _is_placed,
        "ready": _gets_ready,
        "work": _works,
        "paused": _pauses,
        "rest": _rests,
        "pain-after": _ask,
        "summary": _ends,
    }
