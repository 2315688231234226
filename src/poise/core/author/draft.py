"""An exercise drafted from one demonstration: steps, thresholds, sides, hold and camera, and where each came from.

The thresholds are generous on purpose: half-way between rest and target rather than where this one person ended, so
that somebody else counts too. What a draft cannot know (words, muscles, faults) is left for its author.

``demonstration`` measures all there is; ``motion`` finds each measure that goes away from rest and comes back (how
often, where its target begins and how long it stays there is in ``attempts``); ``worth`` says which of them to judge
by; ``flow`` finds what goes across, from one end to the other; ``bounds`` has the conditions of start and target.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from poise.core.author import bounds
from poise.core.author.attempts import HELD_S
from poise.core.author.bounds import Bound
from poise.core.author.demonstration import Demonstration, watch
from poise.core.author.flow import Flow, flow
from poise.core.author.motion import Motion, motions
from poise.core.author.worth import best_first, faint
from poise.core.measures import CATALOGUE
from poise.core.measures.catalogue import Measure
from poise.core.parts import BodyPart
from poise.core.spec import View

__all__ = ["Bound", "Draft", "draft", "drafts", "watch"]

KEPT_S = 8.0  # a posture that is shown for so long, and in which nothing moves, is the exercise
TRIED = 3  # measures are worth a try
AWAY_S, AWAY = 3.0, 0.25  # out of the picture for so long, and for such a share of the time, that is the exercise
PARTS: tuple[BodyPart, ...] = ("head", "shoulders", "elbows", "hands", "hips", "knees", "feet")


@dataclass(frozen=True, slots=True)
class Draft:
    """What one demonstration says about an exercise.

    Attributes:
        motion: The measure that the exercise is judged by, and the repetitions that it shows; None where nothing moves
            and the time is what counts.
        steps: The conditions of each step. One step is a posture, two go there and back, three go across.
        views: From where it can be judged, as it was demonstrated first.
        sees: What must be in the picture.
        upright: Whether the trunk is upright in it; None where that is not seen or changes.
        held: Whether the target is held.
        others: Names of other measures that show the movement too, for faults and second thoughts.
    """

    motion: Motion | None
    steps: tuple[tuple[Bound, ...], ...]
    views: tuple[View, ...]
    sees: tuple[BodyPart, ...]
    upright: bool | None
    held: bool
    others: tuple[str, ...] = ()


def draft(shown: Demonstration, reps: int | None = None) -> Draft | None:
    """Draft an exercise; None when nothing goes away from rest and comes back, and no posture is kept for long.

    Args:
        shown: The demonstration.
        reps: How many repetitions it has, where the author knows.
    """
    return next(iter(drafts(shown, reps)), None)


def drafts(shown: Demonstration, reps: int | None = None) -> Iterator[Draft]:
    """What an exercise may be by its demonstration, the likeliest first: a draft that does not count it is no good."""
    if reps in (None, 1) and shown.away_s >= max(AWAY_S, AWAY * shown.duration_s):
        yield _away()
        return
    found = best_first(motions(shown, reps), reps)
    if reps in (None, 1) and (not found or faint(found)) and shown.duration_s >= KEPT_S:
        yield from _kept(shown)
        return
    across = flow(found, reps)
    if across:
        yield _across(shown, across)
    for nth in range(min(len(found), TRIED)):
        yield _there_and_back(shown, found[nth:])


def _there_and_back(shown: Demonstration, found: list[Motion]) -> Draft:
    motion = found[0]
    upright, posture = bounds.posture(shown, motion.measure)
    second = bounds.second(motion, found)
    target = (bounds.target(motion, shown.view), *second, *posture)
    others = dict.fromkeys(one.measure.name for one in found[1:] if one.measure is not motion.measure)
    views, sees = _camera(shown, motion.measure, target)
    held = motion.still_s >= HELD_S
    return Draft(motion, ((bounds.rest(motion),), target), views, sees, upright, held, tuple(others)[:4])


def _across(shown: Demonstration, found: Flow) -> Draft:
    """Rest, the end that it sets out to, the other end, and back: passing the middle is no rest, as the cover says."""
    motion = replace(found.first, excursions=found.repetitions)
    upright, posture = bounds.posture(shown, motion.measure)
    start = (bounds.rest(found.cover), bounds.between(found.first, found.last))
    first = (bounds.target(motion, shown.view), *posture)
    last = (bounds.other_end(found.first, found.last, shown.view),)
    views, sees = _camera(shown, motion.measure, (*start, *posture))
    return Draft(
        motion, (start, first, last), views, sees, upright, found.still_s >= HELD_S, (found.cover.measure.name,)
    )


def _kept(shown: Demonstration) -> Iterator[Draft]:
    """A posture, which is kept: nothing in it moves."""
    placed = bounds.placed(shown)
    if not placed:
        return
    views, sees = _camera(shown, CATALOGUE[placed[0].measure], placed)
    upright, _ = bounds.posture(shown, CATALOGUE["in_view"])
    yield Draft(None, (placed,), views, sees, upright, held=True)


def _away() -> Draft:
    """To be out of the picture, as in a walk."""
    nobody = Bound("in_view", {"below": 40.0}, "100 while somebody is seen, 0 while nobody is")
    return Draft(None, ((nobody,),), ("front", "oblique", "side", "back"), ("shoulders",), None, held=True)


def _camera(
    shown: Demonstration, judged_by: Measure, asked: Iterable[Bound]
) -> tuple[tuple[View, ...], tuple[BodyPart, ...]]:
    """From where all that is asked for can be seen, as shown first, and what must be in the picture."""
    measures = [judged_by, *(CATALOGUE[bound.measure] for bound in asked)]
    needed = {part for measure in measures for part in measure.needs}
    views = [view for view in judged_by.views if all(view in measure.views for measure in measures)]
    return (shown.view, *(one for one in views if one != shown.view)), tuple(part for part in PARTS if part in needed)
