"""Measure how far somebody goes without pain, from a recorded clip; live, it is one more session."""

from __future__ import annotations

from pathlib import Path

from poise.app.progress import Progress
from poise.app.tracking import blank_session, track_of
from poise.core.history.personal import calibration
from poise.core.live.moment import Hurt, Moment
from poise.core.replay import replay
from poise.core.session import Session
from poise.core.spec import Spec
from poise.io.model.fetch import Progress as FetchProgress


def calibrate_clip(
    clip: Path,
    spec: Spec,
    *,
    model: str | None = None,
    progress: Progress | None = None,
    fetching: FetchProgress | None = None,
) -> Session:
    """What a clip of slow repetitions to the painless limit shows, however far that is.

    Args:
        clip: The video file.
        spec: The exercise as its file has it.
        model: lite, full, heavy, or the path of a bundle.
        progress: Told how the model's work goes.
        fetching: Told when the model has to be fetched.

    Raises:
        PoiseError: The clip or the model cannot be read.
    """
    track = track_of(clip, model=model, masks=spec.needs_outline, progress=progress, fetching=fetching)
    asked = calibration(spec)
    return replay(track.poses, asked, blank_session(clip, asked.id, track))


class HurtNotes:
    """A ``Recorder`` that only hears where it hurt.

    Attributes:
        hurts: Each "that hurts", in order.
    """

    def __init__(self) -> None:
        self.hurts: list[Hurt] = []

    def add(self, moment: Moment) -> None:
        """Take the next moment."""
        self.hurts += [told for told in moment.told if isinstance(told, Hurt)]

    def close(self) -> None:
        """Nothing is left to keep."""
