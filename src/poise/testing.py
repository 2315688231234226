"""Stand-ins for the camera and for the pose model, for testing code that uses Poise without either.

Both pass the same contract tests as the real sources and backends. A whole session needs no picture and no model::

    source = FakeSource(times_s=[0.0, 0.1, 0.2])
    backend = FakeBackend(lambda t_s: np.full((33, 2), 100.0 * t_s))
    poses = [backend.estimate(frame) for frame in source]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from poise.core.landmarks import LANDMARK_COUNT
from poise.core.types import ByteArray, FloatArray, Frame, Pose
from poise.errors import ModelError, PoiseError

#: One scripted answer: a whole pose, its landmarks in pixels as (33, 2), or None where nobody is in view.
ScriptedPose = Pose | FloatArray | None


class FakeBackend:
    """A ``PoseBackend`` that answers from a script instead of looking at the picture.

    Args:
        script: Either a function of the frame's time in seconds, or a sequence with one answer per call: a (N, 33, 2)
            array of pixels, or a list of poses. When the sequence ends nobody is in view any more.

    A ``Pose`` of the script takes on the time of the frame; landmarks alone are taken as fully visible where finite.
    """

    def __init__(self, script: Callable[[float], ScriptedPose] | Sequence[ScriptedPose] | FloatArray) -> None:
        self._script = script
        self._calls = 0
        self._closed = False

    def estimate(self, frame: Frame) -> Pose:
        """The scripted pose with the frame's own time.

        Raises:
            ModelError: The backend was closed.
            ValueError: The scripted pose belongs to a picture of another size.
        """
        if self._closed:
            raise ModelError("the pose backend is closed")
        scripted = self._next_answer(frame.t_s)
        if scripted is None:
            return Pose.missing(frame.t_s, frame.size_px)
        if isinstance(scripted, Pose):
            if scripted.size_px != frame.size_px:
                raise ValueError(f"scripted pose is for a picture of {scripted.size_px}, the frame has {frame.size_px}")
            return replace(scripted, t_s=frame.t_s)
        xy_px = np.array(scripted, dtype=np.float64)
        visible = np.isfinite(xy_px).all(axis=1)
        return Pose(
            t_s=frame.t_s,
            size_px=frame.size_px,
            xy_px=xy_px,
            visibility=np.where(visible, 1.0, np.nan),
            world_m=np.full((LANDMARK_COUNT, 3), np.nan),
        )

    def close(self) -> None:
        """Refuse further work; may be called twice."""
        self._closed = True

    def _next_answer(self, t_s: float) -> ScriptedPose:
        if callable(self._script):
            return self._script(t_s)
        call = self._calls
        self._calls += 1
        return self._script[call] if call < len(self._script) else None


class FakeSource:
    """A ``FrameSource`` of given pictures at given times. Every iteration starts anew.

    Args:
        times_s: Seconds of each frame, strictly increasing.
        pictures: One (H, W, 3) uint8 picture per time; blank ones when left out.
        size_px: Width and height of the blank pictures.
        error: Raised in place of a normal end, as when a camera is unplugged.

    Raises:
        ValueError: The times do not increase, or there is not one picture per time.
    """

    def __init__(
        self,
        times_s: Sequence[float],
        pictures: Sequence[ByteArray] | None = None,
        *,
        size_px: tuple[int, int] = (640, 480),
        error: PoiseError | None = None,
    ) -> None:
        if any(later <= earlier for earlier, later in pairwise(times_s)):
            raise ValueError("the times of frames must increase strictly")
        if pictures is not None and len(pictures) != len(times_s):
            raise ValueError(f"{len(pictures)} pictures for {len(times_s)} times")
        self._times_s = times_s
        self._pictures = pictures
        self._size_px = size_px
        self._error = error
        self._closed = False

    def __iter__(self) -> Iterator[Frame]:
        """Yield the frames in order until the end or until closed, then raise the given error if there is one."""
        for index, t_s in enumerate(self._times_s):
            if self._closed:
                return
            yield Frame(index=index, t_s=float(t_s), bgr=self._picture(index))
        if self._error is not None and not self._closed:
            raise self._error

    def close(self) -> None:
        """End the iteration before the next frame; may be called twice."""
        self._closed = True

    def _picture(self, index: int) -> ByteArray:
        if self._pictures is not None:
            return self._pictures[index]
        width, height = self._size_px
        return np.zeros((height, width, 3), dtype=np.uint8)
