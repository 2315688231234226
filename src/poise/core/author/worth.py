"""Which of all measures tells a movement best.

One that goes much farther than its own error, equally far each time, again and again from the beginning to the end,
and at the moments that other measures say, too. None of this knows any exercise.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Sequence

from poise.core.author.attempts import shared
from poise.core.author.motion import Motion

VOTE = 4.0  # times: farther makes no other measure less right
ENOUGH = 4.0  # times its uncertainty: farther says nothing more
OFTEN = 0.8  # power of the number of repetitions: what comes again and again is the movement
ALONE = 0.3  # weight of a movement that is seen once only: it may be anything
AS_TOLD = 12.0  # weight of one that came as often as the author says
FAINT = 0.5  # worth of one repetition that a few measures hardly show
SIDED = 1.3  # weight of one that tells the sides apart
SURE_OF_SIDES = 2.5  # times its uncertainty that it must go for that
ALIKE = 1.5  # power of how much the others agree
UNEVEN = 0.5  # weight of how much the repetitions differ
JOINT = 1.1  # weight of an angle: it means the same for short and long arms, and to whoever reads the file
FROM_ANYWHERE = 0.05  # power of the number of views from which it can be seen


def best_first(found: Sequence[Motion], reps: int | None) -> list[Motion]:
    """The measures that show a movement, the one to judge it by first.

    Args:
        found: All of them.
        reps: How many repetitions it has, where the author says so.
    """
    return sorted(found, key=lambda motion: -worth(motion, found, reps))


def faint(found: Sequence[Motion]) -> bool:
    """Whether even the best of them is hardly a movement: seen once, by few measures, or hardly beyond its error."""
    return worth(found[0], found, None) < FAINT


def agreement(motion: Motion, other: Motion) -> float:
    """Share of the moments that two measures say alike, 0 to 1; one that says two where the other says one is not."""
    pairs = [
        (i, k) for i, one in enumerate(motion.excursions) for k, two in enumerate(other.excursions) if shared(one, two)
    ]
    ones, twos = Counter(i for i, _ in pairs), Counter(k for _, k in pairs)
    alike = sum(ones[i] == twos[k] == 1 for i, k in pairs)
    return alike / max(len(motion.excursions), len(other.excursions))


def worth(motion: Motion, found: Sequence[Motion], reps: int | None) -> float:
    """How well a measure tells the movement, against the others that show it."""
    times = len(motion.excursions)
    uneven = statistics.pstdev([min(1.3, one.share) for one in motion.excursions])
    value = math.sqrt(min(motion.signal, ENOUGH)) * math.pow(_agreed(motion, found), ALIKE) / (1.0 + UNEVEN * uneven)
    value *= math.pow(len(motion.measure.views), FROM_ANYWHERE) * (JOINT if motion.measure.unit == "degrees" else 1.0)
    value *= math.pow(times, OFTEN) * _lasting(motion, found) if times > 1 else ALONE
    value *= SIDED if _of_both_sides(motion) and motion.signal >= SURE_OF_SIDES else 1.0
    return value * (AS_TOLD if times == reps else 1.0)


def _agreed(motion: Motion, found: Sequence[Motion]) -> float:
    """How much the other measures agree, 0 to 1, each by how far it goes."""
    best: dict[str, tuple[float, float]] = {}  # of each other measure: its weight, and how much it agrees
    for other in found:
        if other.measure is not motion.measure:
            weight = min(other.signal, VOTE)
            before = best.get(other.measure.name, (0.0, 0.0))
            best[other.measure.name] = (max(before[0], weight), max(before[1], weight * agreement(motion, other)))
    return (1.0 + sum(alike for _, alike in best.values())) / (1.0 + sum(weight for weight, _ in best.values()))


def _of_both_sides(motion: Motion) -> bool:
    """Whether it tells the sides apart, and both are shown: the near one alone is seen in what both do, too."""
    return len({one.side for one in motion.excursions}) > 1


def _lasting(motion: Motion, found: Sequence[Motion]) -> float:
    """Share of the time in which anything comes again and again, for which this does."""
    often = [one.excursions for one in found if len(one.excursions) > 1]
    first_s, last_s = min(many[0].start_s for many in often), max(many[-1].end_s for many in often)
    return (motion.excursions[-1].end_s - motion.excursions[0].start_s) / (last_s - first_s)
