"""Landmark tracks on disk."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import platformdirs
import pytest

from poise.core.types import Frame, Pose
from poise.errors import OutputError, SourceError
from poise.io import tracks
from poise.io.tracks import (
    Track,
    TrackBackend,
    keep_track,
    load_track,
    recall_track,
    save_track,
    track_cache_path,
)

SIZE_PX = (640, 480)


def pose(t_s: float, seed: int, *, outline_points: int | None = None) -> Pose:
    """A pose as a backend makes it: float32 numbers of the model, multiplied by the size in double precision."""
    random = np.random.default_rng(seed)
    unit = random.random((33, 2), np.float32).astype(np.float64)
    outline = None if outline_points is None else random.random((outline_points, 2)) * 100
    return Pose(
        t_s,
        SIZE_PX,
        unit * SIZE_PX,
        random.random(33, np.float32).astype(np.float64),
        random.standard_normal((33, 3)).astype(np.float32).astype(np.float64),
        outline,
    )


def track(count: int = 5) -> Track:
    """Poses at uneven times, one frame without anybody, one without an outline, one with an empty one."""
    poses = [pose(index / 30 + index**2 * 1e-7, index, outline_points=4 + index) for index in range(count)]
    if count > 3:
        poses[1] = Pose.missing(poses[1].t_s, SIZE_PX)
        poses[2] = replace(poses[2], outline=None)
        poses[3] = replace(poses[3], outline=np.empty((0, 2)))
    return Track(tuple(poses), "clip ü.mp4", "full", ("breaks off after 1.0 s",))


def assert_same(one: Track, other: Track) -> None:
    """Equal to the last bit, NaN included."""
    assert (one.source, one.model, one.problems) == (other.source, other.model, other.problems)
    assert len(one.poses) == len(other.poses)
    for a, b in zip(one.poses, other.poses, strict=True):
        assert (a.t_s, a.size_px) == (b.t_s, b.size_px)
        for name in ("xy_px", "visibility", "world_m"):
            assert getattr(a, name).dtype == getattr(b, name).dtype == np.float64
            np.testing.assert_array_equal(getattr(a, name), getattr(b, name))
        assert (a.outline is None) == (b.outline is None)
        if a.outline is not None and b.outline is not None:
            np.testing.assert_array_equal(a.outline, b.outline)


@pytest.mark.parametrize("count", [0, 1, 5])
def test_what_comes_back_is_what_was_saved(tmp_path: Path, count: int) -> None:
    """Every number to the last bit, so that counting on a cached track counts the same."""
    save_track(tmp_path / "deep" / "a.npz", track(count))
    assert_same(load_track(tmp_path / "deep" / "a.npz"), track(count))
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["a.npz"]


def test_exact_float32_is_stored_as_such_and_nothing_else_is(tmp_path: Path) -> None:
    """World landmarks are float32 at heart and take half the room; pixels are not, and keep every bit."""
    save_track(tmp_path / "a.npz", track())
    with np.load(tmp_path / "a.npz") as archive:
        assert (archive["world_m"].dtype, archive["xy_px"].dtype) == (np.float32, np.float64)


def test_a_damaged_track_never_passes_for_another(tmp_path: Path) -> None:
    """Wherever a byte is wrong or the file ends, loading tells so or returns exactly the saved track."""
    path = tmp_path / "a.npz"
    save_track(path, track())
    data = path.read_bytes()
    refused = 0
    for position in range(0, len(data), max(1, len(data) // 300)):
        flipped = bytearray(data)
        flipped[position] ^= 0x41
        for damaged in (bytes(flipped), data[:position]):
            path.write_bytes(damaged)
            try:
                found = load_track(path)
            except SourceError:
                refused += 1
            else:
                assert_same(found, track())
    assert refused > 300


def rewritten(path: Path, **changes: object) -> None:
    """Save the track with other arrays or another header entry."""
    save_track(path, track())
    with np.load(path) as archive:
        arrays = {name: archive[name] for name in archive.files}
    header = json.loads(str(arrays["header"]))
    for name, value in changes.items():
        if name in header:
            header[name] = value
        else:
            arrays[name] = np.asarray(value)
    np.savez(path, **{**arrays, "header": np.array(json.dumps(header))})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"version": 99}, "newer Poise"),
        ({"version": 0}, "older Poise"),
        ({"version": "one"}, "no landmark track"),
        ({"format": "another"}, "no landmark track"),
        ({"t_s": [0.0, 0.1, 0.1, 0.3, 0.4]}, "no landmark track"),
        ({"t_s": [0.0, 0.1, np.nan, 0.3, 0.4]}, "no landmark track"),
        ({"xy_px": np.zeros((5, 32, 2))}, "no landmark track"),
        ({"outline_len": [1, 1, 1, 1, 1]}, "no landmark track"),
        ({"world_m": np.array([{}] * 5, dtype=object)}, "no landmark track"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, changes: dict[str, object], words: str) -> None:
    """Another version, another format, wrong shapes, times that do not rise, pickled objects."""
    rewritten(tmp_path / "a.npz", **changes)
    with pytest.raises(SourceError, match=words):
        load_track(tmp_path / "a.npz")


def test_what_is_no_track_is_refused(tmp_path: Path) -> None:
    """A missing file, an empty one, text, and a single array."""
    (tmp_path / "empty.npz").touch()
    (tmp_path / "text.npz").write_text("hello")
    with (tmp_path / "array.npz").open("wb") as file:
        np.save(file, np.zeros(3))
    for name in ("missing.npz", "empty.npz", "text.npz", "array.npz", "."):
        with pytest.raises(SourceError):
            load_track(tmp_path / name)


def test_a_failed_save_leaves_the_older_track(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk the older file stays whole and nothing else is left."""
    path = tmp_path / "a.npz"
    save_track(path, track(1))

    def full(file: object, **_: object) -> None:
        file.write(b"half")  # type: ignore[attr-defined]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez_compressed", full)
    with pytest.raises(OutputError, match="No space left"):
        save_track(path, track(5))
    assert list(tmp_path.iterdir()) == [path]
    assert_same(load_track(path), track(1))


def test_the_cache_goes_by_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Same content under another name: same track. Other content, model or options: another."""
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_, **__: tmp_path / "cache")
    one, copy, other = (tmp_path / name for name in ("one.mp4", "copy.mp4", "other.mp4"))
    one.write_bytes(b"clip")
    copy.write_bytes(b"clip")
    other.write_bytes(b"clip2")
    path = track_cache_path(one, "model", {"every": 1, "masks": False})
    assert path.is_relative_to(tmp_path / "cache")
    assert path == track_cache_path(copy, "model", {"masks": False, "every": 1})
    different = [
        track_cache_path(other, "model", {"every": 1, "masks": False}),
        track_cache_path(one, "model2", {"every": 1, "masks": False}),
        track_cache_path(one, "model", {"every": 2, "masks": False}),
    ]
    assert len({path, *different}) == 4
    with pytest.raises(SourceError, match="cannot be read"):
        track_cache_path(tmp_path / "missing.mp4", "model", {})


def test_a_track_answers_in_place_of_the_model() -> None:
    """Each frame gets its own pose; a frame that the track does not know is refused, and so is all after closing."""
    saved = track()
    backend = TrackBackend(saved)

    def frame(t_s: float, size_px: tuple[int, int] = SIZE_PX) -> Frame:
        return Frame(0, t_s, np.zeros((size_px[1], size_px[0], 3), np.uint8))

    for each in saved.poses:
        assert backend.estimate(frame(each.t_s)) is each
    for strange in (frame(99.0), frame(saved.poses[0].t_s, (320, 240))):
        with pytest.raises(SourceError, match="has no frame"):
            backend.estimate(strange)
    backend.close()
    backend.close()
    with pytest.raises(SourceError, match="closed"):
        backend.estimate(frame(saved.poses[0].t_s))


def test_of_kept_tracks_those_that_were_not_needed_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder has a size that it does not exceed; one that was read today is needed."""
    paths = [tmp_path / f"{name}.npz" for name in "abc"]
    keep_track(paths[0], track(5))
    keep_track(paths[1], track(5))
    monkeypatch.setattr(tracks, "CACHE_BYTES", 2 * paths[0].stat().st_size + 10)
    for path in paths[:2]:
        os.utime(path, (0, 0))
    again = recall_track(paths[0])
    assert again
    assert_same(again, track(5))
    keep_track(paths[2], track(5))
    assert sorted(tmp_path.iterdir()) == [paths[0], paths[2]]
    assert recall_track(paths[1]) is None
