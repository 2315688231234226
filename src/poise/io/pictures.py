"""Pictures of the exercises, a strip of key poses for each (``docs/exercises/make.py``), and small ones of clips."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from poise.core.types import ByteArray

_PACKAGE = Path(__file__).parents[1]
FOLDERS = (_PACKAGE / "pictures", _PACKAGE.parents[1] / "docs" / "exercises" / "images")  # in a wheel, in a checkout
MOST_ACROSS = 480  # pixels of a small picture


def picture_file(exercise: str) -> Path | None:
    """Where the strip of key poses of an exercise is, a JPEG; None when there is none."""
    paths = (folder / f"{exercise}.jpg" for folder in FOLDERS)
    return next((path for path in paths if path.is_file()), None)


def picture_of(exercise: str) -> ByteArray | None:
    """The strip of key poses of an exercise, (H, W, 3) uint8 blue-green-red; None when there is none."""
    path = picture_file(exercise)
    picture = cv2.imread(str(path)) if path else None
    return None if picture is None else np.asarray(picture, dtype=np.uint8)


def small_jpeg(bgr: ByteArray) -> bytes:
    """A picture as a small JPEG, for a page.

    Args:
        bgr: (H, W, 3) uint8 blue-green-red.
    """
    height, width = bgr.shape[:2]
    if width > MOST_ACROSS:
        size = (MOST_ACROSS, round(height * MOST_ACROSS / width))
        bgr = np.asarray(cv2.resize(bgr, size, interpolation=cv2.INTER_AREA))
    return bytes(cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, 82])[1])
