"""The pose backend on MediaPipe's pose landmarker: the only module that runs mediapipe.

mediapipe is imported when a backend is made, not before: words in, words out must not wait for it.
"""

from __future__ import annotations

import importlib
import os
import platform
import re
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from functools import partial
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from pathlib import Path
from types import ModuleType
from typing import IO, Any

import cv2
import numpy as np

from poise.core.types import FloatArray, Frame, Pose
from poise.errors import ModelError

#: Foreign errors that the landmarker raises for a status other than OK (``mediapipe_c_utils.convert_to_exception``).
_MEDIAPIPE_ERRORS = (OSError, RuntimeError, ValueError, IndexError)
#: What the library says on standard error on every start, and what never concerns a user.
_CHATTER = re.compile(rb"[IW]\d{4} |INFO: |WARNING: All log messages before absl::InitializeLog")
_MASK_THRESHOLD = 0.5
#: mediapipe 0.10.31 ends the whole process when it hands out a mask whose rows do not fill up 16 bytes.
_MASK_COLUMNS = 4


class MediaPipeBackend:
    """Finds one person per frame with MediaPipe's pose landmarker, in VIDEO mode.

    Args:
        model: A pose bundle, as ``poise.io.model.find.resolve_model`` returns it.
        masks: Also return the person's outline. Needs a bundle with its segmentation output (not a lean one).

    Raises:
        ModelError: mediapipe does not run on this machine, or the bundle is missing or damaged.
    """

    def __init__(self, model: Path, *, masks: bool = False) -> None:
        if not model.is_file():
            raise ModelError(f"no pose model at {model}", "leave --model out to fetch the standard one")
        self._masks = masks
        self._last_ms = -1
        self._chatty = True
        self._closed = False
        with _chatter_dropped:
            self._mediapipe = _import_mediapipe()
            self._landmarker = _create_landmarker(self._mediapipe, model, masks=masks)

    def estimate(self, frame: Frame) -> Pose:
        """The pose in the frame, with the frame's own time; all NaN when nobody is found.

        Raises:
            ModelError: The backend is closed, or the model fails on the frame.
        """
        return self.prepare(frame)()

    def prepare(self, frame: Frame) -> Callable[[], Pose]:
        """Do all that needs no model; what is returned then gives the pose, as ``estimate`` does.

        May be called on another thread, while the model looks at the frame before.

        Raises:
            ModelError: The backend is closed.
        """
        if self._closed:
            raise ModelError("the pose backend is closed")
        rgb = cv2.cvtColor(frame.bgr, cv2.COLOR_BGR2RGB)
        if self._masks:
            rgb = cv2.copyMakeBorder(rgb, 0, 0, 0, -rgb.shape[1] % _MASK_COLUMNS, cv2.BORDER_REPLICATE)
        image = self._mediapipe.Image(self._mediapipe.ImageFormat.SRGB, rgb)  # a copy
        return partial(self._look, image, (rgb.shape[1], rgb.shape[0]), frame.t_s, frame.size_px)

    def _look(self, image: Any, image_px: tuple[int, int], t_s: float, size_px: tuple[int, int]) -> Pose:
        try:
            result = self._detect(image, self._next_ms(t_s))
        except _MEDIAPIPE_ERRORS as error:
            raise ModelError(f"the pose model failed on the frame at {t_s:.3f} s: {error}") from error
        if not result.pose_landmarks:
            return Pose.missing(t_s, size_px)
        landmarks, world = result.pose_landmarks[0], result.pose_world_landmarks[0]
        return Pose(
            t_s=t_s,
            size_px=size_px,
            xy_px=np.array([(point.x, point.y) for point in landmarks]) * (float(image_px[0]), float(image_px[1])),
            visibility=np.array([point.visibility for point in landmarks]),
            world_m=np.array([(point.x, point.y, point.z) for point in world]),
            outline=_outline(result.segmentation_masks),
        )

    def close(self) -> None:
        """Release the model; may be called twice."""
        if not self._closed:
            self._closed = True
            self._landmarker.close()

    def _detect(self, image: Any, t_ms: int) -> Any:
        if not self._chatty:
            return self._landmarker.detect_for_video(image, t_ms)
        # The landmark network speaks up only when it first runs, which is when somebody is first found.
        with _chatter_dropped:
            result = self._landmarker.detect_for_video(image, t_ms)
        self._chatty = not result.pose_landmarks
        return result

    def _next_ms(self, t_s: float) -> int:
        """The frame's time in whole milliseconds, moved on where needed: the landmarker refuses equal times."""
        self._last_ms = max(self._last_ms + 1, round(t_s * 1000))
        return self._last_ms


def _import_mediapipe() -> ModuleType:
    put_off = _PutOff()
    sys.meta_path.insert(0, put_off)
    try:
        return importlib.import_module("mediapipe")
    except (ImportError, OSError) as error:
        raise _cannot_run(error) from error
    finally:
        sys.meta_path.remove(put_off)


class _PutOff(MetaPathFinder):
    """Puts off mediapipe's audio package until somebody touches it.

    mediapipe imports all its packages, and the one for audio searches the system for sound hardware, which takes
    longer than the rest together. Whoever does use it in this process gets the real package at first touch.
    """

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != "mediapipe.tasks.python.audio":
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


def _create_landmarker(mediapipe: ModuleType, model: Path, *, masks: bool) -> Any:
    tasks = mediapipe.tasks
    options = tasks.vision.PoseLandmarkerOptions(
        base_options=tasks.BaseOptions(model_asset_path=str(model)),
        running_mode=tasks.vision.RunningMode.VIDEO,
        # More than one would detect anew in every frame and switch the model's own smoothing off.
        num_poses=1,
        output_segmentation_masks=masks,
    )
    try:
        return tasks.vision.PoseLandmarker.create_from_options(options)
    except AttributeError as error:  # the shared library lacks a function: a broken installation
        raise _cannot_run(error) from error
    except _MEDIAPIPE_ERRORS as error:
        if "libmediapipe" in str(error):
            raise _cannot_run(error) from error
        raise ModelError(
            f"{model} is not a working pose model: {str(error).splitlines()[0]}",
            "leave --model out to fetch the standard one",
        ) from error


def _cannot_run(error: Exception) -> ModelError:
    return ModelError(
        f"mediapipe does not run on this machine ({platform.system()} {platform.machine()}): {error}",
        "it exists for Linux on x86-64, Windows on x86-64 and macOS on Apple silicon only",
    )


class _Hush:
    """Holds back what is written to standard error, and afterwards passes on everything but the library's chatter.

    The library logs past Python's ``sys.stderr`` and reads no setting that would quiet it. Standard error belongs to
    the process, so backends on several threads share one hush: the first holds it back, the last lets it go.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._depth = 0
        self._held: IO[bytes] | None = None
        self._stderr = -1

    def __enter__(self) -> None:
        with self._lock:
            self._depth += 1
            if self._depth == 1:
                self._hold()

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._depth -= 1
            if self._depth == 0 and self._held:
                self._pass_on(self._held)

    def _hold(self) -> None:
        self._held = None
        try:
            held = tempfile.TemporaryFile()  # noqa: SIM115 closed below; failing to open is handled here
            self._stderr = os.dup(2)
        except OSError:  # no standard error, or no room for a temporary file: hold back nothing
            return
        self._held = held
        os.dup2(held.fileno(), 2)

    def _pass_on(self, held: IO[bytes]) -> None:
        os.dup2(self._stderr, 2)
        os.close(self._stderr)
        with held:
            held.seek(0)
            for line in held:
                if not _CHATTER.match(line):
                    os.write(2, line)


_chatter_dropped = _Hush()


def _outline(masks: Sequence[Any] | None) -> FloatArray | None:
    """Largest contour of the person's mask as (N, 2) pixels."""
    if not masks:
        return None
    mask = masks[0].numpy_view()
    inside = (mask.reshape(mask.shape[:2]) > _MASK_THRESHOLD).astype(np.uint8)
    contours, _ = cv2.findContours(inside, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return None
    largest = max(contours, key=cv2.contourArea)
    return np.array(largest, np.float64).reshape(-1, 2)
