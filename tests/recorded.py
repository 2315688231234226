"""Landmark tracks of the sample clips, recorded once, so that the suite tries every exercise without running the model.

usage: python tests/recorded.py        record what is missing or out of date, from the cache or by the model

A record keeps positions to a twentieth of a pixel, and the hash of its clip: one of a clip that was rendered anew is
refused. A few clips go through the model in every run of the suite, which shows that the records are what it sees.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Any

import numpy as np

from poise.app.tracking import track_of
from poise.core.types import Pose
from poise.io.sidecars import find_sidecars, load_sidecar
from poise.io.specs import load_spec
from poise.io.tracks import Track

SAMPLES = Path(__file__).parents[1] / "sample_videos"
FOLDER = Path(__file__).parent / "tracks"
PX = 20.0  # steps to a pixel
METRE = 1000.0  # steps to a metre
SEEN = 255.0  # steps to a whole visibility
MISSING = np.iinfo(np.int16).min
HINT = "record it with: python tests/recorded.py"


def recorded(clip: Path) -> Track:
    """The recorded track of a sample clip.

    Raises:
        ValueError: There is none, or it is that of an earlier rendering.
    """
    path = FOLDER / f"{clip.stem}.npz"
    if not path.exists():
        raise ValueError(f"{clip.name} has no recorded track; {HINT}")
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    if str(arrays["clip"]) != digest(clip):
        raise ValueError(f"{clip.name} was rendered anew since its track was recorded; {HINT}")
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
    return Track(tuple(poses), clip.name, str(arrays["model"]), ())


def record(clip: Path) -> None:
    """Write the track of a sample clip, with outlines where its exercise, or every exercise, is tried with them."""
    sidecar = load_sidecar(clip.with_suffix(".yaml"))
    masks = sidecar.negative or load_spec(sidecar.spec).needs_outline
    track = track_of(clip, masks=masks)
    found = np.array([pose.found for pose in track.poses])
    outlines = [pose.outline for pose in track.poses]
    FOLDER.mkdir(exist_ok=True)
    np.savez_compressed(
        FOLDER / f"{clip.stem}.npz",
        clip=np.array(digest(clip)),
        model=np.array(track.model),
        size=np.array(track.poses[0].size_px),
        t_s=np.array([pose.t_s for pose in track.poses]),
        xy=_steps([pose.xy_px for pose in track.poses], PX, found),
        world=_steps([pose.world_m for pose in track.poses], METRE, found),
        seen=np.rint(SEEN * np.nan_to_num([pose.visibility for pose in track.poses])).astype(np.uint8),
        outline_len=np.array([-1 if one is None else len(one) for one in outlines], np.int32),
        outline=np.concatenate([np.empty((0, 2)), *(one for one in outlines if one is not None)]).astype(np.int16),
    )


def _steps(arrays: list[Any], scale: float, found: Any) -> Any:
    values = np.rint(scale * np.nan_to_num(arrays)).clip(MISSING + 1, np.iinfo(np.int16).max).astype(np.int16)
    values[~found] = MISSING
    return values


def digest(clip: Path) -> str:
    """Hash of a clip's bytes."""
    return hashlib.sha256(clip.read_bytes()).hexdigest()[:16]


def main() -> None:
    """Record what is missing or out of date."""
    for clip in find_sidecars(SAMPLES):
        try:
            recorded(clip)
        except ValueError:
            sys.stdout.write(f"recording {clip.name}\n")
            sys.stdout.flush()
            record(clip)
    known = {clip.stem for clip in find_sidecars(SAMPLES)}
    for path in FOLDER.glob("*.npz"):
        if path.stem not in known:
            path.unlink()


if __name__ == "__main__":
    main()
