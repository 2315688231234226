"""The same movement seen otherwise: mirrored, with fewer frames, with frames missing, with unsteady landmarks.

What a spec counts must not depend on any of these, so that each is a test of its thresholds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from poise.core.author.sidecar import Expect, Reps
from poise.core.landmarks import INDEX, MIRROR
from poise.core.types import FloatArray, Pose

DROPPED = 0.1  # share of the frames
JITTER = 0.01  # standard deviation, as a share of the torso's length
SEED = 7

Poses = Sequence[Pose]


def mirrored(poses: Poses) -> list[Pose]:
    """As in a mirror: left is right."""
    return [_mirrored(pose) for pose in poses]


def thinned(poses: Poses, fps: float) -> list[Pose]:
    """At most so many frames a second, evenly."""
    kept: list[Pose] = []
    due_s = -math.inf
    for pose in poses:
        if pose.t_s >= due_s - 1e-6:
            kept.append(pose)
            due_s = max(due_s + 1 / fps, pose.t_s + 0.5 / fps)
    return kept


def with_gaps(poses: Poses) -> list[Pose]:
    """With a tenth of the frames missing, here and there, always the same ones."""
    keep = np.random.default_rng(SEED).random(len(poses)) >= DROPPED
    return [pose for pose, kept in zip(poses, keep, strict=True) if kept]


def shaken(poses: Poses) -> list[Pose]:
    """With landmarks that jitter by a hundredth of the torso, always in the same way."""
    random = np.random.default_rng(SEED)
    size_px = _torso_px(poses)
    return [replace(pose, xy_px=pose.xy_px + random.normal(0, JITTER * size_px, pose.xy_px.shape)) for pose in poses]


#: Every variation by the name that reports give it.
VARIATIONS: Mapping[str, Callable[[Poses], list[Pose]]] = {
    "as recorded": list,
    "mirrored": mirrored,
    "15 fps": lambda poses: thinned(poses, 15.0),
    "10 fps": lambda poses: thinned(poses, 10.0),
    "frames dropped": with_gaps,
    "jitter": shaken,
}


def expected_of(expect: Expect, variation: str) -> Expect:
    """What must be found in a variation of a clip: the same, with the sides swapped in a mirror."""
    reps = expect.reps
    if variation != "mirrored" or reps is None or reps.total is not None:
        return expect
    return expect.model_copy(update={"reps": Reps(left=reps.right, right=reps.left)})


def _mirrored(pose: Pose) -> Pose:
    rows = list(MIRROR)
    width = pose.size_px[0]
    outline = None if pose.outline is None else pose.outline * [-1.0, 1.0] + [width, 0.0]
    return Pose(
        t_s=pose.t_s,
        size_px=pose.size_px,
        xy_px=pose.xy_px[rows] * [-1.0, 1.0] + [width, 0.0],
        visibility=pose.visibility[rows],
        world_m=pose.world_m[rows] * [-1.0, 1.0, 1.0],
        outline=outline,
    )


def _torso_px(poses: Poses) -> float:
    """Length of the torso in the picture: the middle one of those that are seen."""
    lengths: list[FloatArray] = []
    for pose in poses:
        shoulders = pose.xy_px[[INDEX["left_shoulder"], INDEX["right_shoulder"]]].mean(axis=0)
        hips = pose.xy_px[[INDEX["left_hip"], INDEX["right_hip"]]].mean(axis=0)
        lengths.append(np.hypot(*(shoulders - hips)))
    seen = np.array(lengths)[np.isfinite(lengths)]
    return float(np.median(seen)) if len(seen) else 0.0
