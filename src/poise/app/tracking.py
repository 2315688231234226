"""The poses of a clip: those that are kept from an earlier look, or the model's, which are kept then."""

from __future__ import annotations

import math
from collections.abc import Generator
from contextlib import closing, suppress
from functools import partial
from importlib.metadata import version
from pathlib import Path

import poise
from poise.app.backends import Estimator, estimator_of
from poise.app.estimating import Poses, Seen
from poise.app.progress import Progress
from poise.core.session import Session
from poise.core.types import Pose
from poise.errors import OutputError
from poise.io.model.fetch import Progress as FetchProgress
from poise.io.session_file import source_text
from poise.io.tracks import Track, TrackBackend, keep_track, recall_track, track_cache_path
from poise.io.video import VideoFile

#: Who takes poses as they come keeps those of a clip up to this long: the poses of ten hours fill the memory.
KEPT_S = 600.0


class Landmarks:
    """The poses in a clip, in order of time.

    They come from the user's cache where the same content was looked at in the same way before. Otherwise the model
    finds them, and they are kept once the whole clip has been seen.

    Args:
        source: The clip.
        by: What finds the poses, or the poses themselves where the caller knows them.
        masks: Whether silhouettes are found, too.
        workers: Look at so many pieces of a long clip at the same time.
        until_s: Look no farther than the first frame after this time.
        kept_s: Keep nothing of a clip that is longer.
        fresh: Run the model even when the poses are known.
        frames: Whether the frames are wanted, too.

    Attributes:
        track: The poses if they are known.
        pieces: In how many pieces the clip is looked at.

    Raises:
        SourceError: The clip cannot be read.
    """

    def __init__(
        self,
        source: VideoFile,
        by: Estimator | Track,
        *,
        masks: bool = False,
        workers: int = 1,
        until_s: float = math.inf,
        kept_s: float = KEPT_S,
        fresh: bool = False,
        frames: bool = False,
    ) -> None:
        self._source = source
        self._until_s, self._kept_s = until_s, kept_s
        self._frames = frames
        self._poses = Poses(source, lambda: self._estimator.open(), at_once=workers, frames=frames)
        self.pieces = self._poses.pieces
        self._place: Path | None = None
        self.track = by if isinstance(by, Track) else None
        if isinstance(by, Estimator) and min(source.info.duration_s or 0.0, until_s) <= kept_s:
            self._place = track_cache_path(source.info.path, by.digest, self._way(masks))
            self.track = None if fresh else recall_track(self._place)
        self._estimator: Estimator = _replaying(self.track or by)

    @property
    def model(self) -> str:
        """What finds the poses, as sessions name it."""
        return self._estimator.label

    @property
    def problems(self) -> tuple[str, ...]:
        """What was wrong with the clip; complete once the poses are."""
        return self.track.problems if self.track else tuple(self._source.problems)

    def __iter__(self) -> Generator[Seen]:
        """Every pose, with its frame where frames are wanted."""
        if self.track and not self._frames:
            return ((None, pose) for pose in self.track.poses)
        return iter(self._poses) if self.track else self._kept_on_the_way()

    def done(self, taken: int) -> int:
        """How many frames are done when so many poses have been taken, for a progress bar."""
        return (taken + self._poses.estimated(taken)) // 2

    def _kept_on_the_way(self) -> Generator[Seen]:
        poses = list[Pose]() if self._place else None
        with closing(iter(self._poses)) as seen:
            for frame, pose in seen:
                poses = poses if pose.t_s <= self._kept_s else None  # some clips do not say how long they are
                if poses is not None:
                    poses.append(pose)
                yield frame, pose
                if pose.t_s > self._until_s:
                    break
        if poses and self._place:
            track = Track(tuple(poses), self._source.info.path.name, self.model, self.problems)
            with suppress(OutputError):  # the cache only saves time: a full disk must not cost the result
                keep_track(self._place, track)

    def _way(self, masks: bool) -> dict[str, object]:
        """Whatever changes poses besides clip and model."""
        # Another version of a library decodes or estimates a little differently: its tracks are its own.
        way: dict[str, object] = {name: version(name) for name in ("av", "mediapipe", "opencv-python")}
        way |= {"masks": masks}
        way |= {"every": self._source.every} if self._source.every > 1 else {}
        way |= {"pieces": self.pieces} if self.pieces > 1 else {}
        way |= {"until_s": self._until_s} if (self._source.info.duration_s or math.inf) > self._until_s else {}
        return way


def _replaying(by: Estimator | Track) -> Estimator:
    return Estimator(by.model, "", partial(TrackBackend, by)) if isinstance(by, Track) else by


def track_of(
    clip: Path,
    *,
    model: str | None = None,
    masks: bool = False,
    fresh: bool = False,
    every: int = 1,
    workers: int = 1,
    until_s: float = math.inf,
    progress: Progress | None = None,
    fetching: FetchProgress | None = None,
) -> Track:
    """All poses of a clip at once, to be judged again and again; those of a long clip are kept, too.

    Args:
        clip: The video file.
        model: lite, full, heavy, or the path of a bundle.
        masks: Whether the silhouettes are needed.
        fresh: Run the model even when the poses are known.
        every: Look at every n-th frame only.
        workers: Look at so many pieces of a long clip at the same time.
        until_s: Look no farther than the first frame after this time.
        progress: Told how the model's work goes; not called when the poses are known.
        fetching: Told when the model has to be fetched.

    Raises:
        PoiseError: The clip or the model cannot be read.
    """
    with closing(VideoFile(clip, every=every)) as source:  # first: for a clip that is not there, no model is fetched
        estimator = estimator_of(model, masks=masks, fetching=fetching)
        landmarks = Landmarks(
            source, estimator, masks=masks, workers=workers, until_s=until_s, kept_s=math.inf, fresh=fresh
        )
        if landmarks.track:
            return landmarks.track
        poses, of = list[Pose](), frames_in(source, until_s)
        with closing(iter(landmarks)) as seen:
            for _, pose in seen:
                poses.append(pose)
                if progress:
                    progress(landmarks.done(len(poses)), of)
        return Track(tuple(poses), clip.name, landmarks.model, landmarks.problems)


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
