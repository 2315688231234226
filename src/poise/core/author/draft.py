"""An exercise drafted from one demonstration: steps, thresholds, sides, hold and camera, and where each came from.

The thresholds are generous on purpose: half-way between rest and target rather than where this one person ended, so
that somebody else counts too. What a draft cannot know (words, muscles, faults) is left for its author.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from poise.core.author.demonstration import SEEN, Demonstration, watch
from poise.core.author.motion import Motion, agreement, motions
from poise.core.measures import CATALOGUE
from poise.core.parts import BodyPart
from poise.core.spec import View

__all__ = ["Bound", "Draft", "draft", "watch"]

HELD_S = 1.4  # staying near the target for longer is a hold; an unhurried turning point is shorter
PARTS: tuple[BodyPart, ...] = ("head", "shoulders", "elbows", "hands", "hips", "knees", "feet")
ALONG = 0.35  # of its way, for a measure that goes along
SURE = 2.0  # times its uncertainty that it must go
UPRIGHT_DEG, LYING_DEG = 50.0, 60.0  # of the trunk's incline


@dataclass(frozen=True, slots=True)
class Bound:
    """One condition of a step, and where its number came from.

    Attributes:
        measure: As a spec names it.
        condition: ``above``, ``below`` or ``between``, with its number or numbers.
        why: The reason in words.
    """

    measure: str
    condition: dict[str, float | list[float]]
    why: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What one demonstration says about an exercise.

    Attributes:
        motion: The measure that the exercise is judged by, and the repetitions that it shows.
        rest, target: The two steps.
        views: From where it can be judged, as it was demonstrated first.
        sees: What must be in the picture.
        upright: Whether the trunk is upright in it; None where that is not seen or changes.
        held: Whether the target is held.
        others: Names of other measures that show the movement too, for faults and second thoughts.
    """

    motion: Motion
    rest: tuple[Bound, ...]
    target: tuple[Bound, ...]
    views: tuple[View, ...]
    sees: tuple[BodyPart, ...]
    upright: bool | None
    held: bool
    others: tuple[str, ...]


def draft(shown: Demonstration, reps: int | None = None) -> Draft | None:
    """Draft an exercise; None when no measure shows a movement that goes away from rest and comes back.

    Args:
        shown: The demonstration.
        reps: How many repetitions it has, where the author knows.
    """
    found = motions(shown, reps)
    if not found:
        return None
    motion = found[0]
    upright, posture = _posture(shown, motion)
    others = dict.fromkeys(one.measure.name for one in found[1:] if one.measure is not motion.measure)
    second = _second(motion, found)
    asked = [motion.measure, *(CATALOGUE[bound.measure] for bound in (*second, *posture))]
    needed = {part for measure in asked for part in measure.needs}
    seen_by_all = [view for view in motion.measure.views if all(view in measure.views for measure in asked)]
    return Draft(
        motion=motion,
        rest=(_rest(motion),),
        target=(_target(motion, shown.view), *second, *posture),
        views=(shown.view, *(view for view in seen_by_all if view != shown.view)),
        sees=tuple(part for part in PARTS if part in needed),
        upright=upright,
        held=motion.still_s >= HELD_S,
        others=tuple(others)[:4],
    )


def _rest(motion: Motion) -> Bound:
    """Back at rest: within a third of the way, or nearer."""
    edge = _rounded(motion.at(motion.back))
    why = f"at rest {round(motion.at(0))}, and {motion.back:.0%} of the way from there"
    if motion.kind == "mirror":
        return Bound(motion.measure.name, {"between": [-abs(edge), abs(edge)]}, why)
    return Bound(motion.measure.name, {"below" if motion.sense > 0 else "above": edge}, why)


def _target(motion: Motion, view: View) -> Bound:
    """At the target: from about half-way on."""
    times = len(motion.excursions)
    error = motion.measure.errors.get(view)
    known = f", measured within {error:g}" if error is not None else ", whose error is not measured from here"
    why = f"reached {motion.at(1):.0f} in {times} repetitions; {motion.enter:.0%} of the way{known}"
    word = "above" if motion.sense > 0 else "below"
    return Bound(motion.measure.name, {word: _rounded(motion.at(motion.enter))}, why)


def _second(motion: Motion, found: list[Motion]) -> tuple[Bound, ...]:
    """A second measure that goes along each time, asked to go a little of its way: it keeps other movements out."""
    for other in found:
        along = other.measure is not motion.measure and other.kind == motion.kind and agreement(motion, other) == 1
        if along and other.signal >= SURE:
            word = "above" if other.sense > 0 else "below"
            share = ALONG * min(1.0, min(one.share for one in other.excursions))
            why = f"goes along, to {other.at(1):.0f}; a third of its shortest way"
            return (Bound(other.measure.name, {word: _rounded(other.at(share))}, why),)
    return ()


def _posture(shown: Demonstration, motion: Motion) -> tuple[bool | None, tuple[Bound, ...]]:
    """Whether the trunk is upright all the time, and the condition that says so: it keeps other movements out."""
    incline = CATALOGUE["trunk_incline"]
    values = shown.values[incline.name, "left"]
    seen = values[np.isfinite(values)]
    if len(seen) < SEEN * len(values) or motion.measure is incline or shown.view not in incline.views:
        return None, ()
    low, high = (float(value) for value in np.percentile(seen, [2, 98]))
    if high < UPRIGHT_DEG - 15:
        return True, (Bound(incline.name, {"below": UPRIGHT_DEG}, f"upright: at most {high:.0f} from the vertical"),)
    if low > LYING_DEG:
        why = f"on the floor: at least {low:.0f} from the vertical"
        return False, (Bound(incline.name, {"above": LYING_DEG - 15}, why),)
    return None, ()


def _rounded(value: float) -> float:
    """A number that a person would write: whole from 10 on."""
    return float(round(value)) if abs(value) >= 10 else round(value, 1)
