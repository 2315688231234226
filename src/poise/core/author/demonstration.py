"""What somebody shows: every measure of the catalogue over one demonstration, and from where it was seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from poise.core.body import SIDES, BodyTracker, Side
from poise.core.measures import CATALOGUE
from poise.core.measures.catalogue import Measure, seen_from
from poise.core.reading import Reader
from poise.core.refs import MeasureRef
from poise.core.spec import View
from poise.core.types import FloatArray, Pose

START_S = 0.5  # a demonstration begins at rest: its first half second says what rest is
SEEN = 0.7  # share of the time that a measure must be seen to be spoken of

#: Not for drafts: they need the silhouette, which costs a third more time, or say only that somebody is there.
LEFT_OUT = ("back_round", "back_depth", "in_view", "head_height")
MEASURES: tuple[Measure, ...] = tuple(row for name, row in CATALOGUE.items() if name not in LEFT_OUT)


@dataclass(frozen=True, slots=True, eq=False)
class Demonstration:
    """One person doing one exercise a few times.

    Attributes:
        t_s: (N,) seconds of every frame in which somebody was seen.
        values: (N,) of each measure and side in its unit, relative to the person's neutral where it is so; NaN where
            it cannot be seen. A measure without sides is kept on the left; of one with sides there is also what a
            coach reads of both together, under None: their mean, or the nearer one where somebody is seen side on.
        view: From where the person was seen as the demonstration began.
    """

    t_s: FloatArray
    values: dict[tuple[str, Side | None], FloatArray]
    view: View

    @property
    def duration_s(self) -> float:
        """From the first moment to the last in which somebody was seen."""
        return float(self.t_s[-1] - self.t_s[0])

    @property
    def away_s(self) -> float:
        """The longest time for which nobody was seen in between."""
        return float(np.diff(self.t_s).max(initial=0.0))

    def start(self, values: FloatArray) -> float:
        """What a measure was at the start: the median of what was seen of it first."""
        seen = values[np.isfinite(values)]
        frames = max(3, int(np.searchsorted(self.t_s, self.t_s[0] + START_S)))
        return float(np.median(seen[:frames]))


def watch(poses: Iterable[Pose]) -> Demonstration | None:
    """Measure a demonstration; None when nobody is seen in it for a second or longer."""
    tracker = BodyTracker()
    together = {measure.name: MeasureRef(measure.name) for measure in MEASURES}
    reader = Reader(CATALOGUE, list(together.values()), ())
    times_s: list[float] = []
    yaws_deg: list[float] = []
    backs: list[bool] = []
    values: dict[tuple[str, Side | None], list[float]] = {
        (measure.name, side): [] for measure in MEASURES for side in ((*SIDES, None) if measure.sided else SIDES[:1])
    }
    for pose in poses:
        body = tracker.track(pose)
        if not pose.found:
            continue
        reading = reader.read(body, at_rest=False)
        times_s.append(body.t_s)
        yaws_deg.append(body.yaw_deg)
        backs.append(body.back)
        for (name, side), column in values.items():
            column.append(reading.of(name, side) if side else reading.value(together[name], None))
    if not times_s or times_s[-1] - times_s[0] < 2 * START_S:
        return None
    first = max(3, len(times_s) // 10)
    view = seen_from(float(np.median(yaws_deg[:first])), sum(backs[:first]) > first / 2)
    return Demonstration(np.array(times_s), {key: np.array(column) for key, column in values.items()}, view)
