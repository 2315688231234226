"""The landmark track of a clip: from the cache, or made by the model and kept there."""

from __future__ import annotations

from contextlib import closing, suppress
from importlib.metadata import version
from pathlib import Path

from poise.app.pipeline import ahead
from poise.app.progress import Progress
from poise.errors import OutputError, SourceError
from poise.io.mediapipe_backend import MediaPipeBackend
from poise.io.model.fetch import Progress as FetchProgress
from poise.io.model.find import resolve_model
from poise.io.tracks import Track, load_track, save_track, track_cache_path
from poise.io.video import VideoFile


def track_of(
    clip: Path,
    *,
    model: str | None = None,
    masks: bool = False,
    fresh: bool = False,
    progress: Progress | None = None,
    fetching: FetchProgress | None = None,
) -> Track:
    """The poses of a clip. The cache goes by content, so a renamed clip is known and a changed one is not.

    Args:
        clip: The video file.
        model: lite, full, heavy, or the path of a bundle.
        masks: Whether the silhouettes are needed.
        fresh: Run the model even when the track is there.
        progress: Told how the model's work goes; not called when the track is there.
        fetching: Told when the model has to be fetched.

    Raises:
        PoiseError: The clip or the model cannot be read.
    """
    model_file = resolve_model(model, masks=masks, progress=fetching)
    # Another version of a library decodes or estimates a little differently: its tracks are its own.
    libraries = {name: version(name) for name in ("av", "mediapipe", "opencv-python")}
    kept = track_cache_path(clip, model_file.sha256, {"masks": masks, **libraries})
    if not fresh:
        with suppress(SourceError):  # not there, or damaged: made below
            return load_track(kept)
    with closing(VideoFile(clip)) as source, closing(MediaPipeBackend(model_file.path, masks=masks)) as backend:
        poses = []
        with closing(ahead(source)) as frames:
            for frame in frames:
                poses.append(backend.estimate(frame))
                if progress:
                    progress(len(poses), source.info.frame_count)
        track = Track(tuple(poses), clip.name, model_file.label, tuple(source.problems))
    with suppress(OutputError):  # the cache only saves time: a full disk must not cost the result
        save_track(kept, track)
    return track
