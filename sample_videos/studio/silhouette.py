"""The true outline of a person in a picture, from the posed skin, clothes and hair; needs no graphics."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.body import Floats, Transforms
from studio.camera import Camera
from studio.surface import Surface


def silhouette(surfaces: Iterable[Surface], transforms: Transforms, camera: Camera) -> Floats:
    """The outline of everything that is worn by a posed skeleton: (N, 2) pixels, empty out of the picture."""
    width, height = camera.size_px
    mask = np.zeros((height, width), np.uint8)
    for surface in surfaces:
        points, _ = surface.posed(transforms)
        corners = np.rint(camera.project(points)).astype(np.int32)
        for triangle in corners[surface.triangles]:
            cv2.fillConvexPoly(mask, triangle, 1)
    return outline(mask)


def outline(mask: NDArray[np.uint8]) -> Floats:
    """The largest contour of a mask, (N, 2) pixels, found as in the pose model's own mask."""
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    largest = max(contours, key=cv2.contourArea, default=np.empty((0, 2)))
    return np.asarray(largest, dtype=np.float64).reshape(-1, 2)
