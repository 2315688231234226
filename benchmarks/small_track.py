"""Landmark tracks that are small enough to lie in the repository: rounded, and stamped with what they were made from.

A small track keeps positions to a twentieth of a pixel, outlines to a pixel, and the hash of the clip or motion file
that it shows, so that one which is out of date is refused.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np

from poise.core.types import Pose
from poise.io.tracks import Track

PX = 20.0  # steps to a pixel
METRE = 1000.0  # steps to a metre
SEEN = 255.0  # steps to a whole visibility
MISSING = np.iinfo(np.int16).min


def digest(path: Path) -> str:
    """Hash of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def write_small(path: Path, track: Track, stamp: str) -> None:
    """Write a track.

    Args:
        path: The ``.npz`` to write.
        track: What the model found; at least one pose.
        stamp: Hash of what the track shows.
    """
    found = np.array([pose.found for pose in track.poses])
    outlines = [pose.outline for pose in track.poses]
    path.parent.mkdir(exist_ok=True, parents=True)
    np.savez_compressed(
        path,
        clip=np.array(stamp),
        model=np.array(track.model),
        size=np.array(track.poses[0].size_px),
        t_s=np.array([pose.t_s for pose in track.poses]),
        xy=_steps([pose.xy_px for pose in track.poses], PX, found),
        world=_steps([pose.world_m for pose in track.poses], METRE, found),
        seen=np.rint(SEEN * np.nan_to_num([pose.visibility for pose in track.poses])).astype(np.uint8),
        outline_len=np.array([-1 if one is None else len(one) for one in outlines], np.int32),
        outline=np.concatenate([np.empty((0, 2)), *(one for one in outlines if one is not None)]).astype(np.int16),
    )


def read_small(path: Path, name: str, stamp: str) -> Track:
    """Read a track.

    Args:
        path: The ``.npz``.
        name: Of the clip.
        stamp: Hash of what the track must show.

    Raises:
        ValueError: It shows something else, mostly an earlier state of it.
    """
    with np.load(path) as file:
        arrays = {key: file[key] for key in file.files}
    if str(arrays["clip"]) != stamp:
        raise ValueError(f"{name} has changed since its track was recorded")
    found = arrays["xy"][:, 0, 0] != MISSING
    xy = np.where(found[:, None, None], arrays["xy"] / PX, np.nan)
    world = np.where(found[:, None, None], arrays["world"] / METRE, np.nan)
    seen = np.where(found[:, None], arrays["seen"] / SEEN, np.nan)
    ends = np.cumsum(np.maximum(arrays["outline_len"], 0))
    size = (int(arrays["size"][0]), int(arrays["size"][1]))
    poses = []
    for i, t_s in enumerate(arrays["t_s"].tolist()):
        length = int(arrays["outline_len"][i])
        outline = None if length < 0 else arrays["outline"][ends[i] - length : ends[i]].astype(np.float64)
        poses.append(Pose(t_s, size, xy[i], seen[i], world[i], outline))
    return Track(tuple(poses), name, str(arrays["model"]), ())


def _steps(arrays: list[Any], scale: float, found: Any) -> Any:
    values = np.rint(scale * np.nan_to_num(arrays)).clip(MISSING + 1, np.iinfo(np.int16).max).astype(np.int16)
    values[~found] = MISSING
    return values
