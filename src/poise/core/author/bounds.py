"""The conditions that a draft writes into its steps, each with a word on where its number came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from poise.core.author.demonstration import MEASURES, SEEN, Demonstration
from poise.core.author.motion import Motion, uncertainty
from poise.core.author.worth import agreement
from poise.core.measures import CATALOGUE
from poise.core.measures.catalogue import Measure
from poise.core.spec import View
from poise.core.types import FloatArray

ALONG = 0.35  # of its way, for a measure that goes along
SURE = 2.0  # times its uncertainty that it must go
UPRIGHT_DEG, LYING_DEG = 50.0, 60.0  # of the trunk's incline
ALWAYS = 0.9  # share of the time that a measure must be seen to say how somebody is placed
TELLING = 3  # measures say how somebody is placed well enough


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


def rest(motion: Motion) -> Bound:
    """Back at rest: within a third of the way, or nearer."""
    edge = _rounded(motion.at(motion.back))
    why = f"at rest {round(motion.at(0))}, and {motion.back:.0%} of the way from there"
    if motion.kind == "mirror":
        return Bound(motion.measure.name, {"between": [-abs(edge), abs(edge)]}, why)
    return Bound(motion.measure.name, {"below" if motion.sense > 0 else "above": edge}, why)


def between(first: Motion, last: Motion) -> Bound:
    """At rest between two ends: within a third of the way to either."""
    if first is last:
        return rest(first)
    edges = sorted(_rounded(one.at(one.back)) for one in (first, last))
    return Bound(first.measure.name, {"between": edges}, f"at rest {round(first.at(0))}, between both ends")


def target(motion: Motion, view: View) -> Bound:
    """At the target: from about half-way on."""
    times = len(motion.excursions)
    error = motion.measure.errors.get(view)
    known = f", measured within {error:g}" if error is not None else ", whose error is not measured from here"
    why = f"reached {motion.at(1):.0f} in {times} repetitions; {motion.enter:.0%} of the way{known}"
    word = "above" if motion.sense > 0 else "below"
    return Bound(motion.measure.name, {word: _rounded(motion.at(motion.enter))}, why)


def other_end(first: Motion, last: Motion, view: View) -> Bound:
    """At the other end: of the other side, or of the other sense."""
    if first is not last:
        return target(last, view)
    edge = _rounded(first.at(first.enter))
    return Bound(first.measure.name, {"below": -edge}, "as far to the other side")


def second(motion: Motion, found: Sequence[Motion]) -> tuple[Bound, ...]:
    """A second measure that goes along each time, asked to go a little of its way: it keeps other movements out."""
    for other in found:
        along = other.measure is not motion.measure and other.kind == motion.kind and agreement(motion, other) == 1
        seen = set(motion.measure.views) <= set(other.measure.views)  # or it would keep out who is seen from elsewhere
        if along and seen and other.signal >= SURE:
            word = "above" if other.sense > 0 else "below"
            share = ALONG * min(1.0, min(one.share for one in other.excursions))
            why = f"goes along, to {other.at(1):.0f}; a third of its shortest way"
            return (Bound(other.measure.name, {word: _rounded(other.at(share))}, why),)
    return ()


def posture(shown: Demonstration, judged_by: Measure) -> tuple[bool | None, tuple[Bound, ...]]:
    """Whether the trunk is upright all the time, and the condition that says so: it keeps other movements out."""
    incline = CATALOGUE["trunk_incline"]
    values = shown.values[incline.name, "left"]
    seen = values[np.isfinite(values)]
    if len(seen) < SEEN * len(values) or judged_by is incline or shown.view not in incline.views:
        return None, ()
    low, high = (float(value) for value in np.percentile(seen, [2, 98]))
    if high < UPRIGHT_DEG - 15:
        return True, (Bound(incline.name, {"below": UPRIGHT_DEG}, f"upright: at most {high:.0f} from the vertical"),)
    if low > LYING_DEG:
        why = f"on the floor: at least {low:.0f} from the vertical"
        return False, (Bound(incline.name, {"above": LYING_DEG - 15}, why),)
    return None, ()


def placed(shown: Demonstration) -> tuple[Bound, ...]:
    """How somebody is placed who stays so: the measures that moved least, each with room for other people."""
    told: list[tuple[float, Bound]] = []
    for measure in MEASURES:
        values = _middle(shown, measure)
        seen = values[np.isfinite(values)]
        if measure.neutral or shown.view not in measure.views or len(seen) < ALWAYS * len(values):
            continue
        unsure = uncertainty(measure, shown.view)
        low, high = (float(value) for value in np.percentile(seen, [3, 97]))
        why = f"stayed between {low:.0f} and {high:.0f}; other people differ by up to {unsure:.0f}"
        bound = Bound(measure.name, {"between": [_rounded(low - unsure), _rounded(high + unsure)]}, why)
        told.append(((high - low) / unsure, bound))
    return tuple(bound for _, bound in sorted(told, key=lambda pair: pair[0])[:TELLING])


def _middle(shown: Demonstration, measure: Measure) -> FloatArray:
    """A measure over time, of both sides together where it has sides."""
    return shown.values[measure.name, None if measure.sided else "left"]


def _rounded(value: float) -> float:
    """A number that a person would write: whole from 10 on."""
    return float(round(value)) if abs(value) >= 10 else round(value, 1)
