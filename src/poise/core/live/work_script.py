"""What could be heard at work: the count, the hold, the next step, what to correct, the change of sides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from poise.core.body import OTHER, SIDES, Side
from poise.core.events import (
    Event,
    FaultSeen,
    FramingProblem,
    FramingRight,
    HoldPaused,
    HoldReached,
    HoldStarted,
    RepDone,
    RepMissed,
    SetDone,
    SideDone,
    StepReached,
)
from poise.core.faults import HOLD_SHORT, SHORT_HOLD_S
from poise.core.live.moment import Moment
from poise.core.live.sounds import COUNT, FIX, FRAME, PRAISE, REMIND, STOP, TURN, Wish, clock_of, say, tone
from poise.core.spec import Spec
from poise.core.words import Words

WORDS: Final = {
    "side": "Now your {side} side",
    "turn": "Now your {side} side: turn it to the camera",
}
TAUGHT: Final = 2  # repetitions in which a step is said before the person knows it
ENOUGH: Final = 0.9  # of a hold: who leaves it then is not told that they have lost it
IDLE_S: Final = 9.0  # without anything happening, the next step is said again
PATIENT: Final = 3  # and so often


class WorkScript:
    """Follows the work at one exercise after the other.

    Args:
        words: The person's language.
    """

    def __init__(self, words: Words) -> None:
        self._words = words
        self._event_s = 0.0  # when something last happened, on the exercise's clock: nobody unseen is reminded
        self._reminded = 0  # so often since then

    def begin(self, moment: Moment) -> Iterator[Wish]:
        """The work begins, or goes on: what to do."""
        self._event_s = moment.snapshot.t_s
        if clock_of(moment) == float("inf") and not _done(moment):
            yield say(moment.snapshot.state.next_words, moment, TURN, 3.0, key="step")

    def wishes(self, moment: Moment) -> Iterator[Wish]:
        """What the events of this moment ask for."""
        for event in moment.snapshot.events:
            self._event_s, self._reminded = moment.snapshot.t_s, 0
            yield from self._wish(event, moment)
        state, waited_s = moment.snapshot.state, moment.snapshot.t_s - self._event_s
        idle = state.problem is None and state.hold_s is None and not _done(moment)
        if waited_s > IDLE_S and idle and self._reminded < PATIENT:
            self._event_s, self._reminded = moment.snapshot.t_s, self._reminded + 1
            yield say(state.next_words, moment, REMIND, 2.0, key="step")

    def _wish(self, event: Event, moment: Moment) -> Iterator[Wish]:
        words, state = self._words, moment.snapshot.state
        match event:
            case StepReached() if state.hold_s is None and not (_done(moment) or _rests(moment) or _known(moment)):
                yield say(state.next_words, moment, TURN, 2.5, key="step", again_s=2.0, most=TAUGHT)
            case HoldStarted(target_s=target_s):
                yield tone("hold", moment, for_s=2.0, key="hold")
                if target_s >= 2.0 and target_s < 120.0:
                    hold = words("Hold for {n} seconds, and breathe", n=f"{target_s:g}")
                    yield say(hold, moment, PRAISE, 2.0, key="step", most=TAUGHT)  # whoever is there is not sent there
            case HoldPaused() if state.hold_s is not None and state.hold_s < ENOUGH * state.hold_target_s:
                yield tone("lost", moment, key="hold")  # as all three, which take each other's place
            case HoldReached():
                yield tone("done", moment, for_s=1.5, key="hold")
                # The count takes its place: by then the person is back.
                yield say(words("Done. Come back slowly"), moment, PRAISE, 1.2, key="count", most=TAUGHT)
            case RepDone(side=side, merged=False):
                yield from self._count(side, moment)
            case RepMissed():
                yield say(words("Almost, a little further"), moment, FIX, 2.0, again_s=10.0, most=4)
            case FaultSeen():
                yield _correction(event, moment)
            case SideDone(side=side) if _owes(OTHER[side], moment):
                which = "turn" if moment.spec.camera.views == ("side",) else "side"
                sentence = words.with_side(words.translate(WORDS[which]), OTHER[side])
                yield say(sentence, moment, FRAME, 4.0, key="count")  # which it takes the place of
            case FramingProblem(say=sentence):
                yield tone("lost", moment)
                yield say(sentence, moment, FRAME, 3.0, again_s=8.0)
            case FramingRight():
                yield tone("found", moment)
            case _:
                pass

    def _count(self, side: Side | None, moment: Moment) -> Iterator[Wish]:
        total, left, right = moment.snapshot.state.reps
        reps, asked = {"left": left, "right": right}.get(side or "", total), moment.spec.dose.reps
        number = reps if reps > asked * moment.spec.dose.sets else (reps - 1) % asked + 1
        one_more = number == asked - 1 and asked > 2
        text = self._words("{n}, and one more", n=number) if one_more else str(number)
        yield say(text, moment, COUNT, 3.0, key="count")  # the next one takes its place


def _correction(event: FaultSeen, moment: Moment) -> Wish:
    """A sign to stop is said at once and whenever it comes; everything else seldom."""
    if event.severity == "stop":
        return say(event.say, moment, STOP, 3.0, again_s=6.0, interrupts=True)
    if event.severity == "fix":
        return say(event.say, moment, FIX, 2.5, again_s=12.0, most=3)
    if event.fault == HOLD_SHORT and moment.spec.dose.hold >= SHORT_HOLD_S:  # after the count, before what to do next
        return say(event.say, moment, TURN, 3.5, key=HOLD_SHORT, most=1)
    watching = moment.spec.kind == "posture"  # where tips are all there is, for as long as one sits
    return say(event.say, moment, PRAISE, 2.5, again_s=30.0, most=1000 if watching else 2)


def sentences_of(spec: Spec, words: Words) -> list[str]:
    """What is likely to be said of an exercise, the soonest first, so that a slow voice can prepare it."""
    sides: tuple[Side | None, ...] = SIDES if spec.sided else (None,)
    sentences = [step.say for step in spec.steps] + [fault.say for fault in spec.faults]
    said = [words.with_side(sentence, side) for side in sides for sentence in sentences]
    counts = [str(number) for number in range(1, spec.dose.reps + 1)]
    return list(dict.fromkeys([spec.name, *said, words("Done. Come back slowly"), *counts]))


def _done(moment: Moment) -> bool:
    """Whether all that was asked for is done."""
    return moment.snapshot.state.sets >= moment.spec.dose.sets


def _known(moment: Moment) -> bool:
    """Whether this side has gone through the steps often enough: from then on the count alone is heard."""
    total, left, right = moment.snapshot.state.reps
    return {"left": left, "right": right}.get(moment.snapshot.state.side or "", total) >= TAUGHT


def _rests(moment: Moment) -> bool:
    """Whether a set is done and a rest follows: what to do next is told after it."""
    return moment.spec.dose.rest > 0 and any(isinstance(event, SetDone) for event in moment.snapshot.events)


def _owes(side: Side, moment: Moment) -> bool:
    """Whether this side has something left to do of the set, where one side comes after the other."""
    state, dose = moment.snapshot.state, moment.spec.dose
    over = any(isinstance(event, SetDone) for event in moment.snapshot.events)
    reps = state.reps[1 if side == "left" else 2]
    return moment.spec.sides == "each" and not over and reps < dose.reps * (state.sets + 1)
