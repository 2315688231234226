"""What a live session leaves behind when it is asked for: the landmarks, and the film. Both off the critical path."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from poise.app.pipeline import Behind
from poise.core.live.moment import Moment, Recorder
from poise.core.types import Frame, Pose
from poise.errors import PoiseError
from poise.io.encode import VideoWriter
from poise.io.tracks import Track, save_track

PART_S = 600.0


class Together:
    """Several recorders as one. When one of them fails to close, the others are closed all the same."""

    def __init__(self, recorders: Sequence[Recorder]) -> None:
        self._recorders = recorders

    def add(self, moment: Moment) -> None:
        """Hand the moment to each."""
        for recorder in self._recorders:
            recorder.add(moment)

    def close(self) -> None:
        """Close each."""
        with contextlib.ExitStack() as stack:
            for recorder in self._recorders:
                stack.callback(recorder.close)


class TrackKeeper:
    """Keeps the poses of a session as landmark tracks of ten minutes each, so that memory stays flat.

    Args:
        folder: Where ``track-1.npz`` and those after it are written.
        source: The camera, as sessions name it.
        model: The pose model.
    """

    def __init__(self, folder: Path, source: str, model: str) -> None:
        self._folder = folder
        self._source = source
        self._model = model
        self._poses: list[Pose] = []
        self._parts = 0
        self._error: PoiseError | None = None
        self._behind = Behind(self._write)

    def add(self, moment: Moment) -> None:
        """Take the pose of the moment, with its time in the session."""
        if self._poses and moment.t_s <= self._poses[-1].t_s:
            return
        if self._poses and moment.t_s - self._poses[0].t_s >= PART_S:
            self._hand_over()
        self._poses.append(replace(moment.snapshot.pose, t_s=moment.t_s))

    def close(self) -> None:
        """Write what is not written yet; may be called twice.

        Raises:
            OutputError: A part cannot be written.
        """
        self._hand_over()
        self._behind.close()
        if self._error:
            raise self._error

    def _hand_over(self) -> None:
        poses, self._poses = tuple(self._poses), []
        if poses:
            self._behind.put(poses)

    def _write(self, poses: tuple[Pose, ...]) -> None:
        self._parts += 1
        try:
            save_track(self._folder / f"track-{self._parts}.npz", Track(poses, self._source, self._model))
        except PoiseError as error:  # no reason to end the session
            self._error = error


class Film:
    """Films a session as the camera sees it, without a mirror and with nothing drawn on it.

    What is filmed is on the disk within two seconds, and can be played even when the program is killed. When the
    encoder cannot keep up, frames are left out rather than anybody kept waiting.

    Args:
        path: The file, ending in .mp4.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer: VideoWriter | None = None
        self._behind = Behind(self._write)
        self._error: PoiseError | None = None

    def take(self, frame: Frame) -> None:
        """Film the next frame; returns at once."""
        if self._error is None:
            self._behind.offer(frame)

    def close(self) -> None:
        """Finish the film; may be called twice.

        Raises:
            OutputError: The disk was full, or the encoder failed; what was filmed before is left.
        """
        self._behind.close()
        if self._error:
            raise self._error
        if self._writer:
            self._writer.close()

    def _write(self, frame: Frame) -> None:
        try:
            self._writer = self._writer or VideoWriter(self._path, frame.size_px, lasting=True)
            if frame.size_px == self._writer.size_px:  # a camera that came back may come back different
                self._writer.write(frame.bgr, frame.t_s)
        except PoiseError as error:  # a film that fails is no reason to end the session
            self._error = error
