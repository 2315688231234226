"""How far each measure is from the truth, from each view, on rendered people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from poise.core.body import SIDES, Body, BodyTracker, Side
from poise.core.measures import CATALOGUE, Measure
from poise.core.spec import View
from poise.core.types import FloatArray, Pose
from truth_files import Truth

#: Unit of what only tells whether somebody is there, which the truth file does not say.
PRESENCE = "% of the time"
#: Frames between two readings: a body moves little in a tenth of a second, and a reading costs time.
EVERY = 3
#: In its clip a measure is judged where it moves at least so far, in its own unit: rest alone would flatter it.
MOVES = 10.0
#: Seconds from the start over which the person's own zero is taken.
ZERO_S = 1.0
#: Yaw that stands for each view; a body is seen from the nearest one of those that a measure is valid in.
YAW_DEG: Mapping[View, float] = {"front": 0.0, "back": 0.0, "oblique": 45.0, "side": 90.0}

TrueValue = Callable[[Mapping[str, FloatArray], Side], FloatArray]


def _to_the_left(*names: str, sense: float = 1.0) -> TrueValue:
    """The sum of joint angles that are positive to the person's left, as a measure that is so toward its side."""
    return lambda values, side: np.sum([values[name] for name in names], axis=0) * (sense if side == "left" else -sense)


def _plain(name: str) -> TrueValue:
    """A joint angle without sides."""
    return lambda values, _: values[name]


#: Measures that a joint angle of the truth file defines. The truth of the others is what the measure itself reads on
#: the true landmarks: an angle or a distance in the plane of the picture.
JOINT_TRUTH: Mapping[str, TrueValue] = {
    "neck_tilt": _to_the_left("neck_tilt"),
    "neck_turn": _to_the_left("neck_turn", "trunk_turn"),  # of the head: neck and trunk turn it together
    "neck_nod": _plain("neck_nod"),
    "shoulder_raise": lambda values, side: values[f"{side}.shoulder_raise"],
    "shoulder_line": _to_the_left("shoulder_line", sense=-1.0),  # the truth has the left shoulder higher as positive
    "trunk_lean": _to_the_left("trunk_lean"),
    "trunk_pitch": _plain("trunk_pitch"),
    "trunk_extension": lambda values, _side: -values["trunk_pitch"],
    "trunk_turn": _to_the_left("trunk_turn"),
}


@dataclass(frozen=True, eq=False)
class Series:
    """One measure of one side over those frames of one clip that show it from one view.

    Attributes:
        measure: Its row in the catalogue.
        view: From where the person is truly seen.
        who: The person.
        set: "tune" or "check".
        clip: Name of the clip.
        true: (N,) true values in the measure's unit.
        found: (N,) what was measured, without jumps of a full turn against the truth.
        still: (N,) whether the person only waits.
    """

    measure: Measure
    view: View
    who: str
    set: str
    clip: str
    true: FloatArray
    found: FloatArray
    still: NDArray[np.bool_]

    @property
    def error(self) -> FloatArray:
        """(N,) measured less true."""
        return self.found - self.true

    @property
    def moves(self) -> bool:
        """Whether the true value moves enough for an error to say something."""
        low, high = np.percentile(self.true, (5, 95))
        return bool(high - low >= MOVES)


@dataclass(frozen=True, slots=True)
class Errors:
    """How well one measure does from one view on one set of clips; None where nothing could be judged.

    Attributes:
        measure: Its row in the catalogue.
        view: From where it is seen.
        set: "tune", "check" or "all".
        clips: In which it moves.
        people: Whom these clips show.
        error: Mean absolute error; every side of every clip weighs the same.
        middle: Median of these absolute errors: one clip in which the person is not recognised does not move it.
        bias: Mean error.
        slope: Change measured for a true change of 1.
        change: Mean absolute error of how far it has changed: without the mean error of each side of each clip.
        fitted: Mean absolute error that a gain and an offset, fitted on set tune, would leave.
        noise: Standard deviation of the error while the person keeps still.
    """

    measure: Measure
    view: View
    set: str
    clips: int
    people: int
    error: float | None
    middle: float | None
    bias: float | None
    slope: float | None
    change: float | None
    fitted: float | None
    noise: float | None


def view_of(body: Body, views: Sequence[View]) -> View:
    """From which of these views a body is seen; there is one that is not its wrong face."""
    wrong = "front" if body.back else "back"
    return min(views, key=lambda view: (view == wrong, abs(body.yaw_deg - YAW_DEG[view])))


def bodies_of(poses: Iterable[Pose]) -> list[Body]:
    """Every third body; the tracker sees all of them."""
    tracker = BodyTracker()
    return [tracker.track(pose) for pose in poses][::EVERY]


def series_of(truth: Truth, poses: Sequence[Pose]) -> Iterator[Series]:
    """All measures of a clip beside their truth.

    Args:
        truth: What is true in the clip.
        poses: What the model found in each of its frames.
    """
    found_bodies, true_bodies = bodies_of(poses), bodies_of(truth.poses(poses[0].size_px))
    t_s = truth.t_s[::EVERY]
    still = (t_s > 0.3) & (t_s < truth.still_until_s)
    for measure in CATALOGUE.values():
        if measure.unit == PRESENCE:
            continue
        for side in SIDES if measure.sided else SIDES[:1]:
            found = _read(measure, side, found_bodies)
            true = seen = _read(measure, side, true_bodies) + measure.bias  # true landmarks lie in the joints
            if measure.name in JOINT_TRUTH:
                true = JOINT_TRUTH[measure.name](truth.values, side)[::EVERY]
            usable = np.isfinite(seen) & np.isfinite(found) & np.isfinite(true)
            if measure.neutral:
                start = usable & (t_s < ZERO_S)
                if not start.any():
                    continue
                true, found = true - np.median(true[start]), found - np.median(found[start])
            if measure.unit == "degrees":
                found = true + (found - true + 180.0) % 360.0 - 180.0
            views = np.array([view_of(body, measure.views) for body in true_bodies])
            for view in measure.views:
                rows = usable & (views == view)
                if rows.any():
                    yield Series(
                        measure, view, truth.who, truth.set, truth.clip.stem, true[rows], found[rows], still[rows]
                    )


def _read(measure: Measure, side: Side, bodies: Sequence[Body]) -> FloatArray:
    return np.array([measure.value(body, side) for body in bodies], np.float64)


def errors_of(series: Sequence[Series], sets: Sequence[Literal["tune", "check", "all"]]) -> list[Errors]:
    """One row for each measure of the catalogue, view and set, also where nothing was seen."""
    rows = []
    for measure in CATALOGUE.values():
        for view in measure.views:
            own = [one for one in series if one.measure.name == measure.name and one.view == view]
            line = fit([one for one in own if one.moves and one.set == "tune"])
            rows += [
                _errors(measure, view, name, [one for one in own if name in ("all", one.set)], line) for name in sets
            ]
    return rows


def fit(series: Sequence[Series]) -> tuple[float, float] | None:
    """Gain and offset that take what is measured to the truth by least squares; None without anything to fit on.

    A measure that is relative to the person's own zero gets no offset. Every series weighs the same.
    """
    if not series:
        return None
    weight = np.concatenate([np.full(len(one.true), len(one.true) ** -0.5) for one in series])
    found, true = (np.concatenate([getattr(one, name) for one in series]) for name in ("found", "true"))
    columns = [found] if series[0].measure.neutral else [found, np.ones_like(found)]
    solved = np.linalg.lstsq(np.stack(columns, axis=1) * weight[:, None], true * weight, rcond=None)[0]
    return float(solved[0]), float(solved[1]) if len(solved) > 1 else 0.0


def _errors(
    measure: Measure, view: View, name: str, series: Sequence[Series], line: tuple[float, float] | None
) -> Errors:
    moving = [one for one in series if one.moves]
    errors = [float(np.abs(one.error).mean()) for one in moving]
    noises = [float(np.var(one.error[one.still])) for one in series if one.still.sum() > 2]
    return Errors(
        measure=measure,
        view=view,
        set=name,
        clips=len({one.clip for one in moving}),
        people=len({one.who for one in moving}),
        error=_mean(errors),
        middle=float(np.median(errors)) if errors else None,
        bias=_mean([float(one.error.mean()) for one in moving]),
        slope=_slope(moving),
        change=_mean([float(np.abs(one.error - one.error.mean()).mean()) for one in moving]),
        fitted=_mean([float(np.abs(line[0] * one.found + line[1] - one.true).mean()) for one in moving if line]),
        noise=float(np.sqrt(np.mean(noises))) if noises else None,
    )


def _mean(values: Sequence[float]) -> float | None:
    return float(np.mean(values)) if values else None


def _slope(series: Sequence[Series]) -> float | None:
    """Least squares about each series' own mean, so that a constant offset between people does not matter."""
    if not series:
        return None
    together = sum(float(np.mean((one.true - one.true.mean()) * (one.found - one.found.mean()))) for one in series)
    return together / sum(float(np.var(one.true)) for one in series)
