"""Landmark tracks: the poses of a clip on disk, so that a changed exercise can be judged again without the model.

A track is an ``.npz`` of plain arrays (no pickles), compressed or not. What comes back equals what was saved bit for
bit, so that a result from a cached track is the result of a fresh run.

    header       JSON: format, version, source, model, problems
    t_s          (N,) seconds
    size_px      (N, 2) width and height of each frame
    xy_px        (N, 33, 2)     visibility  (N, 33)     world_m  (N, 33, 3)
    outline_xy   (M, 2) all outlines, one after the other
    outline_len  (N,) points of each frame's outline, -1 where there is none
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import platformdirs
from numpy.typing import NDArray

from poise.core.landmarks import LANDMARK_COUNT
from poise.core.types import FloatArray, Frame, Pose
from poise.errors import SourceError
from poise.files import writing

#: Of the folder of kept tracks: some fifteen hours of video.
CACHE_BYTES: Final = 2_000_000_000
_FORMAT: Final = "poise-landmark-track"
#: Raised whenever the file's layout changes, or what a frame or pose in it means.
_VERSION: Final = 1
_AGAIN_HINT: Final = "delete it; the clip itself makes it anew"
#: What numpy and zipfile raise for a file that is damaged, cut short or something else altogether.
_DAMAGED: Final = (
    ValueError, KeyError, EOFError, TypeError, MemoryError, NotImplementedError, zipfile.BadZipFile, zlib.error
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Track:
    """The poses of one clip.

    Attributes:
        poses: One per frame, in order of time, those where nobody was found included.
        source: Name of the clip.
        model: What found the poses.
        problems: What was wrong with the clip, one line each.
    """

    poses: tuple[Pose, ...]
    source: str
    model: str
    problems: tuple[str, ...] = ()


class TrackBackend:
    """A ``PoseBackend`` that looks poses up in a track by the frame's time, to draw on a clip without the model.

    Args:
        track: The track of the clip whose frames will come.
    """

    def __init__(self, track: Track) -> None:
        self._source = track.source
        self._by_time = {pose.t_s: pose for pose in track.poses}
        self._closed = False

    def estimate(self, frame: Frame) -> Pose:
        """The saved pose of the frame.

        Raises:
            SourceError: The track has no such frame, or it had another size; or the backend is closed.
        """
        pose = self._by_time.get(frame.t_s)
        if self._closed or pose is None or pose.size_px != frame.size_px:
            reason = "is closed" if self._closed else f"has no frame of {frame.size_px} at {frame.t_s:.3f} s"
            raise SourceError(f"the landmark track of {self._source} {reason}", _AGAIN_HINT)
        return pose

    def close(self) -> None:
        """Refuse further work; may be called twice."""
        self._closed = True


def save_track(path: Path, track: Track, *, small: bool = True) -> None:
    """Write the track; a reader never meets half a file.

    Args:
        path: Where.
        track: The poses.
        small: Compress it: a quarter smaller, and fifty times as long to write.

    Raises:
        OutputError: The disk is full, or the place cannot be written.
    """
    arrays: dict[str, Any] = dict(_to_arrays(track))
    with writing(path) as temporary, temporary.open("wb") as file:
        (np.savez_compressed if small else np.savez)(file, **arrays)


def load_track(path: Path) -> Track:
    """Read a track.

    Raises:
        SourceError: There is none, it is damaged, a newer Poise wrote it, or it is something else.
    """
    try:
        with np.load(path, allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
        header = json.loads(str(arrays.pop("header")[()]))
        _check_header(path, header)
        return _from_arrays(header, arrays)
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror or error}", _AGAIN_HINT) from error
    except _DAMAGED as error:
        raise SourceError(f"{path} is no landmark track, or a damaged one", _AGAIN_HINT) from error


def recall_track(path: Path) -> Track | None:
    """A track that ``keep_track`` left, or None: whatever is wrong with it, it can be made again."""
    with suppress(SourceError):
        track = load_track(path)
        with suppress(OSError):
            path.touch()  # for whoever makes room: it was needed today
        return track
    return None


def keep_track(path: Path, track: Track) -> None:
    """Write a track into a folder of tracks, from which those that were not needed for longest go when it is full.

    Raises:
        OutputError: It cannot be written.
    """
    save_track(path, track, small=False)
    with suppress(OSError):
        kept = sorted((file.stat().st_mtime, file.stat().st_size, file) for file in path.parent.glob("*.npz"))
        over = sum(size for _, size, _ in kept) - CACHE_BYTES
        for _, size, file in kept:
            if over <= 0:
                break
            file.unlink(missing_ok=True)
            over -= size


def track_cache_path(clip: Path, model_sha256: str, options: Mapping[str, Any]) -> Path:
    """Where the track of this clip, model and options is kept; the file may not exist yet.

    The name follows from what the clip contains, not from where it lies or when it was written.

    Args:
        clip: The clip.
        model_sha256: Digest of the pose model.
        options: Whatever else changes poses: the frame step, the versions of the libraries. JSON values.

    Raises:
        SourceError: The clip cannot be read.
    """
    try:
        with clip.open("rb") as file:
            content = hashlib.file_digest(file, "blake2b").hexdigest()
    except OSError as error:
        raise SourceError(f"{clip} cannot be read: {error.strerror}", "check its name and permissions") from error
    recipe = json.dumps([_VERSION, content, model_sha256, dict(options)], sort_keys=True)
    name = hashlib.blake2b(recipe.encode(), digest_size=20).hexdigest()
    return platformdirs.user_cache_path("poise", appauthor=False) / "tracks" / f"{name}.npz"


def _to_arrays(track: Track) -> dict[str, NDArray[Any]]:
    poses, count = track.poses, len(track.poses)
    header = {
        "format": _FORMAT,
        "version": _VERSION,
        "source": track.source,
        "model": track.model,
        "problems": list(track.problems),
    }
    outlines = [pose.outline for pose in poses if pose.outline is not None]
    return {
        "header": np.array(json.dumps(header)),
        "t_s": np.array([pose.t_s for pose in poses], np.float64),
        "size_px": np.array([pose.size_px for pose in poses], np.int32).reshape(count, 2),
        "xy_px": _compact(_stacked([pose.xy_px for pose in poses], (LANDMARK_COUNT, 2))),
        "visibility": _compact(_stacked([pose.visibility for pose in poses], (LANDMARK_COUNT,))),
        "world_m": _compact(_stacked([pose.world_m for pose in poses], (LANDMARK_COUNT, 3))),
        "outline_xy": _compact(np.concatenate([np.empty((0, 2)), *outlines])),
        "outline_len": np.array([-1 if pose.outline is None else len(pose.outline) for pose in poses], np.int32),
    }


def _stacked(arrays: list[FloatArray], shape: tuple[int, ...]) -> FloatArray:
    return np.array(arrays, np.float64).reshape(len(arrays), *shape)


def _compact(values: FloatArray) -> NDArray[np.floating[Any]]:
    """Half the size where nothing is lost: the model computes in float32, but pixels are a product of those."""
    single = values.astype(np.float32)
    return single if np.array_equal(single.astype(np.float64), values, equal_nan=True) else values


def _check_header(path: Path, header: dict[str, Any]) -> None:
    if header["format"] != _FORMAT:
        raise ValueError("another format")
    if header["version"] > _VERSION:
        raise SourceError(
            f"{path} was written by a newer Poise (track version {header['version']}, known up to {_VERSION})",
            "update Poise, or delete the file",
        )
    if header["version"] < _VERSION:
        raise SourceError(f"{path} was written by an older Poise (track version {header['version']})", _AGAIN_HINT)


def _from_arrays(header: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> Track:
    t_s, size_px = arrays["t_s"].astype(np.float64), arrays["size_px"]
    count = len(t_s)
    shapes = {
        "size_px": (count, 2),
        "xy_px": (count, LANDMARK_COUNT, 2),
        "visibility": (count, LANDMARK_COUNT),
        "world_m": (count, LANDMARK_COUNT, 3),
        "outline_len": (count,),
    }
    wrong = [name for name, shape in shapes.items() if arrays[name].shape != shape]
    if wrong or not np.isfinite(t_s).all() or (np.diff(t_s) <= 0).any():
        raise ValueError(f"wrong shape of {wrong}" if wrong else "times do not increase")
    # Copies, so that no pose keeps the arrays of the whole clip alive.
    fields = [arrays[name].astype(np.float64) for name in ("xy_px", "visibility", "world_m")]
    poses = tuple(
        Pose(float(t), (int(size[0]), int(size[1])), xy.copy(), visibility.copy(), world.copy(), outline)
        for t, size, xy, visibility, world, outline in zip(t_s, size_px, *fields, _outlines(arrays), strict=True)
    )
    return Track(poses, str(header["source"]), str(header["model"]), tuple(map(str, header["problems"])))


def _outlines(arrays: dict[str, NDArray[Any]]) -> list[FloatArray | None]:
    points, lengths = arrays["outline_xy"].astype(np.float64), arrays["outline_len"]
    ends = np.cumsum(np.maximum(lengths, 0))
    if points.ndim != 2 or points.shape[1:] != (2,) or len(points) != (ends[-1] if len(ends) else 0):
        raise ValueError("outlines do not add up")
    return [
        None if length < 0 else points[end - length : end].copy() for length, end in zip(lengths, ends, strict=True)
    ]
