"""The landmark track of a clip: from the cache, or made by the model and kept there."""

from __future__ import annotations

import math
from contextlib import closing, suppress
from importlib.metadata import version
from pathlib import Path

import poise
from poise.app.backends import estimator_of
from poise.app.estimating import Poses
from poise.app.progress import Progress
from poise.core.session import Session
from poise.core.types import Pose
from poise.errors import OutputError, SourceError
from poise.io.model.fetch import Progress as FetchProgress
from poise.io.session_file import source_text
from poise.io.tracks import Track, load_track, save_track, track_cache_path
from poise.io.video import VideoFile


def track_of(
    clip: Path,
    *,
    model: str | None = None,
    masks: bool = False,
    fresh: bool = False,
    every: int = 1,
    workers: int = 1,
    until_s: float = math.inf,
    keep: bool = True,
    progress: Progress | None = None,
    fetching: FetchProgress | None = None,
) -> Track:
    """The poses of a clip. The cache goes by content, so a renamed clip is known and a changed one is not.

    Args:
        clip: The video file.
        model: lite, full, heavy, or the path of a bundle.
        masks: Whether the silhouettes are needed.
        fresh: Run the model even when the track is there.
        every: Look at every n-th frame only.
        workers: Look at so many pieces of a long clip at the same time.
        until_s: Look no farther than the first frame after this time.
        keep: Whether a track that had to be made goes to the cache.
        progress: Told how the model's work goes; not called when the track is there.
        fetching: Told when the model has to be fetched.

    Raises:
        PoiseError: The clip or the model cannot be read.
    """
    estimator = estimator_of(model, masks=masks, fetching=fetching)
    with closing(VideoFile(clip, every=every)) as source:
        found = Poses(source, estimator.open, at_once=workers, frames=False)
        # Another version of a library decodes or estimates a little differently: its tracks are its own.
        libraries = {name: version(name) for name in ("av", "mediapipe", "opencv-python")}
        ways: dict[str, float] = {"every": every} if every > 1 else {}
        ways |= {"pieces": found.pieces} if found.pieces > 1 else {}
        ways |= {"until_s": until_s} if (source.info.duration_s or math.inf) > until_s else {}
        kept = track_cache_path(clip, estimator.digest, {"masks": masks, **libraries, **ways})
        if not fresh:
            with suppress(SourceError):  # not there, or damaged: made below
                return load_track(kept)
        poses, of = list[Pose](), frames_in(source, until_s)
        with closing(iter(found)) as seen:
            for _, pose in seen:
                poses.append(pose)
                if pose.t_s > until_s:
                    break
                if progress:
                    progress((len(poses) + found.estimated(len(poses))) // 2, of)
        track = Track(tuple(poses), clip.name, estimator.label, tuple(source.problems))
    if not keep:
        return track
    with suppress(OutputError):  # the cache only saves time: a full disk must not cost the result
        save_track(kept, track)
    return track


def frames_in(source: VideoFile, until_s: float = math.inf) -> int | None:
    """How many frames will be looked at, about; None where that is unknown.

    Args:
        source: The clip.
        until_s: Where to stop.
    """
    count, fps = source.info.frame_count, source.info.fps
    return math.ceil(min(count, until_s * fps) / source.every) if count else None


def blank_session(clip: Path, exercise: str, track: Track) -> Session:
    """What is known of a session before the poses of its clip are judged.

    Args:
        clip: The video file.
        exercise: The exercise's id.
        track: Its poses.
    """
    return Session(
        poise=poise.__version__,
        source=source_text(clip),
        exercise=exercise,
        model=track.model,
        problems=list(track.problems),
    )
