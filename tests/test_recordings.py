"""Films and landmark tracks of live sessions: complete, off the critical path, and playable after a kill."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from poise.app import recordings
from poise.app.recordings import Film, Together, TrackKeeper
from poise.core.types import Frame
from poise.errors import OutputError
from poise.io.encode import VideoWriter
from poise.io.tracks import load_track
from remembering import moments


def frames(count: int, size: tuple[int, int] = (64, 48)) -> list[Frame]:
    """Grey pictures that get brighter, 20 a second."""
    return [Frame(i, 5 + i / 20, np.full((size[1], size[0], 3), 2 * i, np.uint8)) for i in range(count)]


def shown(path: Path) -> int:
    """How many pictures of a film can be played."""
    with av.open(str(path)) as film:
        return sum(1 for _ in film.decode(video=0))


def test_a_film_holds_what_the_camera_saw(tmp_path: Path) -> None:
    """In order, with its times; a frame of another size is left out, and closing twice does no harm."""
    film = Film(tmp_path / "folder" / "film.mp4")
    for frame in frames(40):
        film.take(frame)
    film.take(frames(1, (32, 32))[0])
    film.close()
    film.close()
    assert 1 <= shown(tmp_path / "folder" / "film.mp4") <= 40


def test_what_was_filmed_can_be_played_though_the_film_was_never_finished(tmp_path: Path) -> None:
    """All but the last piece of a second, as after a kill."""
    path = tmp_path / "film.mp4"
    writer = VideoWriter(path, (64, 48), fps=20, lasting=True)
    for frame in frames(100):
        writer.write(frame.bgr, frame.t_s)
    left = tmp_path / "left.mp4"
    left.write_bytes(path.read_bytes())
    writer.close()
    assert shown(left) >= 80
    assert shown(path) == 100


def test_a_film_that_cannot_be_written_ends_no_session(tmp_path: Path) -> None:
    """It is told when the session is over."""
    (tmp_path / "folder").touch()
    film = Film(tmp_path / "folder" / "film.mp4")
    for frame in frames(3):
        film.take(frame)
    with pytest.raises(OutputError):
        film.close()


def test_landmarks_are_kept_with_the_times_of_the_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In parts, so that memory stays flat; a moment that repeats the time adds nothing."""
    monkeypatch.setattr(recordings, "PART_S", 5.0)
    keeper = TrackKeeper(tmp_path, "camera 0", "full")
    session = list(moments(1, begin_s=3.0))
    for moment in session:
        keeper.add(moment)
        keeper.add(replace(moment, phase="paused"))
    keeper.close()
    keeper.close()
    parts = [load_track(tmp_path / f"track-{n}.npz") for n in (1, 2, 3)]
    times = [pose.t_s for part in parts for pose in part.poses]
    assert times == [moment.t_s for moment in session]
    assert (parts[0].source, parts[0].model) == ("camera 0", "full")


def test_landmarks_that_cannot_be_kept_are_told_at_the_end(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "folder").touch()
    keeper = TrackKeeper(tmp_path / "folder", "camera 0", "full")
    keeper.add(next(moments(1)))
    with pytest.raises(OutputError):
        keeper.close()


def test_when_one_recorder_fails_the_others_are_closed(tmp_path: Path) -> None:
    """And its error is told."""
    (tmp_path / "folder").touch()
    good, bad = TrackKeeper(tmp_path / "good", "a", "b"), TrackKeeper(tmp_path / "folder", "a", "b")
    both = Together([good, bad])
    both.add(next(moments(1)))
    with pytest.raises(OutputError):
        both.close()
    assert load_track(tmp_path / "good" / "track-1.npz").poses
