"""Why a moment of a clip counted or not: the poses from the cache, judged again, and the measures that decided."""

from __future__ import annotations

from pathlib import Path

from poise.app.progress import Progress
from poise.app.recognising import recognise_clip
from poise.app.tracking import blank_session, track_of
from poise.core.body import Side
from poise.core.explain.why import Explanation, explain
from poise.core.explain.witness import Judged, witness
from poise.core.spec import Spec
from poise.errors import SourceError
from poise.io.model.fetch import Progress as FetchProgress


def recognised(
    clip: Path,
    *,
    model: str | None = None,
    progress: Progress | None = None,
    fetching: FetchProgress | None = None,
) -> Spec:
    """The exercise that a clip most likely shows.

    Raises:
        PoiseError: The clip or the model cannot be read, or it shows none of the exercises.
    """
    return recognise_clip(clip, model=model, progress=progress, fetching=fetching).candidates[0].spec


def judge_clip(
    clip: Path,
    spec: Spec,
    *,
    model: str | None = None,
    progress: Progress | None = None,
    fetching: FetchProgress | None = None,
) -> Judged:
    """Everything that was judged in a clip.

    Args:
        clip: The video file; its poses come from the cache when it was looked at before.
        spec: The exercise.
        model: lite, full, heavy, or the path of a bundle.
        progress: Told how the model's work goes; not called when the poses are known.
        fetching: Told when the model has to be fetched.

    Raises:
        PoiseError: The clip or the model cannot be read.
    """
    track = track_of(clip, model=model, masks=spec.needs_outline, progress=progress, fetching=fetching)
    return witness(track.poses, spec, blank_session(clip, spec.id, track))


def explain_moment(told: Judged, t_s: float, side: Side | None = None) -> Explanation:
    """Why the movement at a moment counted or not.

    Raises:
        SourceError: The clip has no such moment, or the exercise no sides.
    """
    try:
        return explain(told, t_s, side)
    except ValueError as error:
        last_s = told.times_s[-1] if told.times_s else 0.0
        hint = f"it lasts {last_s:.1f} s" if t_s > last_s else "leave --side out"
        raise SourceError(str(error), hint) from error
