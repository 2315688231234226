"""Why a moment of a clip counted or not: the poses from the cache, judged again, and the measures that decided."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import poise
from poise.app.progress import Progress
from poise.app.recognising import recognise_clip
from poise.app.tracking import track_of
from poise.core.body import Side
from poise.core.evidence import Strip
from poise.core.findings import printable
from poise.core.session import Session
from poise.core.spec import Spec
from poise.core.why import Explanation, explain
from poise.core.witness import Judged, witness
from poise.errors import SourceError
from poise.files import PendingFile, output_error
from poise.io.model.fetch import Progress as FetchProgress
from poise.io.session_file import source_text

INK, COURSE, TARGET, MOMENT = "#333333", "#0072B2", "#009E73", "#D55E00"


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
    blank = Session(poise=poise.__version__, source=source_text(clip), exercise=spec.id, model=track.model,
                    problems=list(track.problems))  # fmt: skip
    return witness(track.poses, spec, blank)


def explain_moment(told: Judged, t_s: float, side: Side | None = None) -> Explanation:
    """Why the movement at a moment counted or not.

    Raises:
        SourceError: The clip has no such moment, or the exercise no sides.
    """
    try:
        return explain(told, t_s, side)
    except ValueError as error:
        last_s = told.times_s[-1] if told.times_s else 0.0
        raise SourceError(str(error), f"it lasts {last_s:.1f} s; --side needs an exercise with sides") from error


def write_why(path: Path, title: str, why: Explanation) -> None:
    """A picture of the measures that decided, each with what was asked of it.

    Raises:
        OutputError: It cannot be written.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 1.2 + 2.0 * max(1, len(why.strips))), layout="constrained")
    FigureCanvasAgg(figure)
    figure.suptitle(printable(title, 140), fontsize=10, x=0.01, ha="left", parse_math=False)
    strips = figure.subplots(max(1, len(why.strips)), 1, sharex=True, squeeze=False)[:, 0]
    for strip, axes in zip(why.strips, strips, strict=False):
        _draw(axes, strip, why)
    strips[-1].set_xlabel("seconds")
    pending = PendingFile(path)
    try:
        figure.savefig(pending.temporary, format="png", dpi=110)
    except OSError as error:
        pending.discard()
        raise output_error(path, error) from error
    pending.commit()


def _draw(axes, strip: Strip, why: Explanation) -> None:  # type: ignore[no-untyped-def]  # matplotlib's own
    axes.plot(strip.times_s, strip.values, color=COURSE, linewidth=1.8)
    axes.margins(x=0)
    bounds = [bound for bound in (strip.target.low, strip.target.high) if abs(bound) != float("inf")]
    low, high = axes.get_ylim()
    room = 0.08 * (max(high, *bounds) - min(low, *bounds))
    low, high = min(low, *bounds) - room, max(high, *bounds) + room
    for begin, end in wanted(strip, low, high):
        axes.axhspan(begin, end, color=TARGET, alpha=0.12, linewidth=0)
    for bound in bounds:
        axes.axhline(bound, color=TARGET, linewidth=1.2)
    axes.set_ylim(low, high)
    axes.axvspan(why.from_s, why.to_s, color=INK, alpha=0.06, linewidth=0)
    axes.axvline(why.t_s, color=MOMENT, linewidth=1.2, linestyle="--")
    axes.plot(*strip.best, marker="o", color=MOMENT, markersize=6)
    axes.set_title(strip.title, loc="left", fontsize=9)
    axes.grid(alpha=0.25)
    axes.spines[["top", "right"]].set_visible(False)


def wanted(strip: Strip, low: float, high: float) -> Sequence[tuple[float, float]]:
    """The values between two limits that meet what is asked."""
    begin, end = max(low, strip.target.low), min(high, strip.target.high)
    return ((low, begin), (end, high)) if strip.target.inverted else ((begin, end),)
