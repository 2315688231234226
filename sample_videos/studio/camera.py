"""A pinhole camera: pictures of W x H square pixels, x right, y down."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from studio.body import Floats
from studio.rotation import Matrix, unit

NEAR_M, FAR_M = 0.15, 30.0


@dataclass(frozen=True)
class Camera:
    """Where the camera is and what it looks at.

    Attributes:
        eye: (x, y, z) world metres.
        target: The point in the middle of the picture.
        size_px: Width and height.
        field_deg: Horizontal field of view; a laptop's camera has 60 to 75.
    """

    eye: tuple[float, float, float]
    target: tuple[float, float, float]
    size_px: tuple[int, int] = (640, 480)
    field_deg: float = 66.0

    @property
    def focal_px(self) -> float:
        """Focal length in pixels."""
        return float(self.size_px[0] / 2 / np.tan(np.radians(self.field_deg) / 2))

    @cached_property
    def view(self) -> Matrix:
        """(4, 4) from the world to the camera."""
        return look_at(self.eye, self.target)

    @cached_property
    def projection(self) -> Matrix:
        """(4, 4) from the camera to clip space."""
        width, height = self.size_px
        matrix = np.zeros((4, 4))
        matrix[0, 0], matrix[1, 1] = 2 * self.focal_px / width, 2 * self.focal_px / height
        matrix[2, 2] = -(FAR_M + NEAR_M) / (FAR_M - NEAR_M)
        matrix[2, 3], matrix[3, 2] = -2 * FAR_M * NEAR_M / (FAR_M - NEAR_M), -1
        return matrix

    def project(self, points: ArrayLike) -> Floats:
        """(..., 3) world metres to (..., 2) pixels."""
        seen = np.asarray(points, dtype=np.float64) @ self.view[:3, :3].T + self.view[:3, 3]
        depth = -seen[..., 2]
        width, height = self.size_px
        return np.stack(
            [width / 2 + self.focal_px * seen[..., 0] / depth, height / 2 - self.focal_px * seen[..., 1] / depth],
            axis=-1,
        )


def look_at(eye: ArrayLike, target: ArrayLike, up: ArrayLike = (0.0, 1.0, 1e-4)) -> Matrix:
    """(4, 4) from the world to a camera at ``eye`` that looks at ``target``."""
    position = np.asarray(eye, dtype=np.float64)
    ahead = unit(np.asarray(target, dtype=np.float64) - position)
    right = unit(np.cross(ahead, np.asarray(up, dtype=np.float64)))
    matrix = np.eye(4)
    matrix[:3, :3] = np.stack([right, np.cross(right, ahead), -ahead])
    matrix[:3, 3] = -matrix[:3, :3] @ position
    return matrix


def orthographic(half_m: float, depth_m: float) -> Matrix:
    """(4, 4) for parallel light over a square of ``2 * half_m``."""
    matrix = np.diag([1 / half_m, 1 / half_m, -2 / depth_m, 1.0])
    matrix[2, 3] = -1
    return matrix
