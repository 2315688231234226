"""The plain MediaPipe loop that every tutorial shows: the fixed denominator of our benchmarks.

Read a frame with OpenCV, convert it, ask the stock bundle, draw the landmarks, write an mp4v file (or show the frame).
It stays as it is, whatever Poise becomes.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from poise.core.landmarks import BONES, INDEX


def landmarker(bundle: Path) -> Any:
    """The stock landmarker in VIDEO mode."""
    from mediapipe.tasks.python import vision
    from mediapipe.tasks.python.core.base_options import BaseOptions

    options = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(bundle)), running_mode=vision.RunningMode.VIDEO
    )
    return vision.PoseLandmarker.create_from_options(options)


def detect(model: Any, bgr: NDArray[np.uint8], t_ms: int) -> list[Any]:
    """Convert one frame and find its landmarks: the bare loop's work on a frame, reading aside."""
    import mediapipe

    rgb = cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)
    found = model.detect_for_video(mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=rgb), t_ms)
    return found.pose_landmarks[0] if found.pose_landmarks else []


def draw(bgr: NDArray[np.uint8], landmarks: list[Any]) -> None:
    """Lines and dots, as MediaPipe's own drawing utility does."""
    if not landmarks:
        return
    height, width = bgr.shape[:2]
    points = [(int(point.x * width), int(point.y * height)) for point in landmarks]
    for a, b in BONES:
        cv2.line(bgr, points[INDEX[a]], points[INDEX[b]], (224, 224, 224), 2)
    for point in points:
        cv2.circle(bgr, point, 4, (224, 224, 224), 2)
        cv2.circle(bgr, point, 2, (0, 128, 255), 2)


def read(clip: Path) -> Iterator[tuple[int, NDArray[np.uint8]]]:
    """Frames with their index / fps in milliseconds, as tutorials have it."""
    capture = cv2.VideoCapture(str(clip))
    fps = capture.get(cv2.CAP_PROP_FPS) or 30.0
    index = 0
    while True:
        there, bgr = capture.read()
        if not there:
            capture.release()
            return
        yield round(1000 * index / fps), np.asarray(bgr, np.uint8)
        index += 1


def analyze(clip: Path, bundle: Path, out: Path | None) -> tuple[int, float]:
    """The whole tutorial on a clip: frames, and seconds from the first read to the last write."""
    model = landmarker(bundle)
    writer = None
    started_s = time.perf_counter()
    frames = 0
    for t_ms, bgr in read(clip):
        landmarks = detect(model, bgr, t_ms)
        frames += 1
        if out is None:
            continue
        draw(bgr, landmarks)
        if writer is None:
            writer = cv2.VideoWriter(str(out), cv2.VideoWriter.fourcc(*"mp4v"), 30.0, (bgr.shape[1], bgr.shape[0]))
        writer.write(bgr)
    if writer:
        writer.release()
    seconds = time.perf_counter() - started_s
    model.close()
    return frames, seconds
