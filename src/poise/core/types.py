"""The types between the stages: frame → pose → reading → snapshot.

Frozen, arrays read-only, units in the names. NaN means missing and is never replaced by 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from poise.core.landmarks import LANDMARK_COUNT

FloatArray = NDArray[np.float64]
ByteArray = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of the person: upright, square pixels, never mirrored.

    Attributes:
        index: Position in the source, from 0; a dropped frame leaves a gap.
        t_s: Seconds, strictly increasing: capture clock (camera) or presentation time (file), never index / fps.
        bgr: (H, W, 3) uint8, blue-green-red.
    """

    index: int
    t_s: float
    bgr: ByteArray

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return int(self.bgr.shape[1]), int(self.bgr.shape[0])


@dataclass(frozen=True, slots=True, eq=False)
class Pose:
    """Where the body is in one frame.

    Attributes:
        t_s: Seconds, as in the frame.
        size_px: Width and height of the frame in pixels.
        xy_px: (33, 2) landmark positions in pixels, x to the right and y down; NaN where missing. May lie outside
            the picture: the model guesses at hidden limbs, and ``core.body`` decides what to trust.
        visibility: (33,) 0 to 1, as the model states it (low-passed by the model over about ten frames).
        world_m: (33, 3) metres, origin between the hips; NaN where missing.
        outline: (N, 2) pixels of the person's silhouette, or None when the backend was not asked for it.
    """

    t_s: float
    size_px: tuple[int, int]
    xy_px: FloatArray
    visibility: FloatArray
    world_m: FloatArray
    outline: FloatArray | None = None

    def __post_init__(self) -> None:
        for array in (self.xy_px, self.visibility, self.world_m, self.outline):
            if array is not None:
                array.flags.writeable = False

    @property
    def found(self) -> bool:
        """Whether anybody was found in the frame."""
        return bool(np.isfinite(self.xy_px).any())

    @classmethod
    def missing(cls, t_s: float, size_px: tuple[int, int]) -> Pose:
        """A frame in which nobody was found: every landmark is NaN."""
        return cls(
            t_s=t_s,
            size_px=size_px,
            xy_px=np.full((LANDMARK_COUNT, 2), np.nan),
            visibility=np.full(LANDMARK_COUNT, np.nan),
            world_m=np.full((LANDMARK_COUNT, 3), np.nan),
        )


class FrameSource(Protocol):
    """Where frames come from: a camera, a clip, a stream. Iterating ends when the source does."""

    def __iter__(self) -> Iterator[Frame]:
        """Yield frames in order of time; raises ``SourceError`` when reading fails for good."""
        ...

    def close(self) -> None:
        """Release the device or file; may be called twice."""
        ...


class PoseBackend(Protocol):
    """What finds a pose in a frame. One instance serves one stream, in order of time.

    A backend may also have ``prepare(frame)``, which does on another thread all that does not need the frame before,
    and returns a function that gives the pose.
    """

    def estimate(self, frame: Frame) -> Pose:
        """The pose in the frame, with the frame's own ``t_s``; all NaN when nobody is found."""
        ...

    def close(self) -> None:
        """Release the model; may be called twice."""
        ...
