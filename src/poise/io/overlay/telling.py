"""What the screens say, in words; where it stands is not decided here."""

from __future__ import annotations

from dataclasses import dataclass

from poise.core.body import Side
from poise.core.live.doses import time_spent, written_dose
from poise.core.live.moment import Moment
from poise.core.spec import Spec
from poise.core.words import Words
from poise.io.overlay.card import Line
from poise.io.overlay.style import ORANGE, SKY, WHITE

_TITLE = 1.75


@dataclass(frozen=True, slots=True)
class Spoken:
    """What stands in the bar while somebody is being placed.

    Attributes:
        heading: Above, small.
        words: The one thing to do.
        note: Below, small; may be empty.
        right: Whether all is as it should be.
    """

    heading: str
    words: str
    note: str
    right: bool


def placing(moment: Moment, words: Words) -> Spoken:
    """What to change so that the person can be judged, or that they may stay as they are."""
    state, cue, advice = moment.snapshot.state, moment.snapshot.cue, moment.spec.camera.advice or ""
    heading = _place_in_routine(moment, words) or moment.spec.name
    if state.problem is not None:
        say = cue.text if cue.kind == "framing" else words("Looking for you")
        return Spoken(heading, say, advice, right=False)
    if moment.phase == "neutral":
        return Spoken(
            heading, words("Good. Stay like that for a moment"), words.with_side(_first(moment), state.side), True
        )
    return Spoken(heading, words("I can see you well"), words.with_side(_first(moment), state.side), True)


def paused(words: Words) -> tuple[str, str]:
    """The notice of a pause: title and line."""
    return words("Paused"), words("Raise a hand, or press space, to go on")


def card(moment: Moment, words: Words) -> list[Line]:
    """The paragraphs of a card, the most important first."""
    if moment.phase == "ready":
        return _ready(moment, words)
    if moment.phase == "rest":
        return _rest(moment, words)
    if moment.phase == "summary":
        return _summary(moment, words)
    before = moment.phase == "pain-before"
    return [
        Line(words("Before we begin") if before else words("Before you go"), colour=SKY, weight=700, most=1),
        Line(words("How much does it hurt?") if before else words("How much does it hurt now?"), _TITLE, 700, WHITE, 3),
        Line(words("Press a key from 0 to 9, or x for 10"), most=3),
        Line(words("Enter leaves it out"), most=2),
    ]


def captions(moment: Moment, spec: Spec, words: Words, pictures: int) -> list[str]:
    """What stands below each picture of a move: its steps, or only the first where there are not as many pictures."""
    side = side_of(moment, spec)
    steps = spec.steps if pictures == len(spec.steps) else spec.steps[:1]
    return [words.with_side(step.say, side) for step in steps]


def side_of(moment: Moment, spec: Spec) -> Side | None:
    """The side with which an exercise goes on, or begins."""
    if spec is moment.spec:
        return moment.snapshot.state.side
    return "left" if spec.sided else None


def _ready(moment: Moment, words: Words) -> list[Line]:
    spec = moment.spec
    lines = [
        Line(_place_in_routine(moment, words) or words("Get ready"), colour=SKY, weight=700, most=1),
        Line(spec.name, _TITLE, 700, WHITE, 2),
        Line(written_dose(spec, words), 1.0, 700, WHITE, 2),
    ]
    if moment.left_s is None:
        lines.append(Line(words("Raise a hand to begin, or simply begin"), colour=SKY, weight=700, most=3))
    if spec.safety.stop_if:
        lines.append(
            Line(words("Stop with {signs}", signs=", ".join(spec.safety.stop_if)), 0.85, most=3, icon="octagon")
        )
    return lines


def _rest(moment: Moment, words: Words) -> list[Line]:
    following = moment.following or moment.spec
    again = following.id == moment.spec.id
    lines = [
        Line(words("Rest, and breathe"), colour=SKY, weight=700, most=1),
        Line(words("Next: {name}", name=following.name), _TITLE, 700, WHITE, 3),
        Line(words("The same again") if again else written_dose(following, words), 1.0, 700, WHITE, 2),
    ]
    moves = not again and following.camera.views[0] != moment.spec.camera.views[0]
    if moves and following.camera.advice:
        return [*lines, Line(following.camera.advice, most=4)]  # the laptop is moved now: no time to lose
    return [*lines, Line(words("Raise a hand to go on sooner"), 0.85, most=2)]


def _summary(moment: Moment, words: Words) -> list[Line]:
    summary = moment.summary
    lines = [
        Line(time_spent(summary.duration_s if summary else 0.0, words), colour=SKY, weight=700, most=1),
        Line(words("Well done, thank you"), _TITLE, 700, WHITE, 2),
    ]
    if summary and summary.doctor:
        reason, *advice = summary.doctor
        urgent = [Line(sentence, 0.85, colour=WHITE, most=8, icon="octagon") for sentence in advice]
        return [lines[0], Line(reason, 1.0, 700, ORANGE, 4), *urgent]  # what is to be corrected can wait
    if summary and summary.work_on:
        lines.append(Line(words("To work on: {advice}", advice=summary.work_on), colour=WHITE, most=4, icon="chevrons"))
    elif summary and any(one.reps[0] for one in summary.done):  # of nothing, nothing is right
        lines.append(Line(words("Nothing to correct"), colour=WHITE, icon="check"))
    return lines


def _place_in_routine(moment: Moment, words: Words) -> str:
    return words("Exercise {number} of {of}", number=moment.number, of=moment.of) if moment.of > 1 else ""


def _first(moment: Moment) -> str:
    return moment.spec.steps[0].say
