"""Clips in pieces: together they are the whole clip, frame by frame, and so is what is made of them."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

import media
from acting import ARM_RAISE, SIZE_PX, Actor, cast, raising
from poise.app import estimating
from poise.app.analyze import analyze
from poise.app.estimating import Poses
from poise.errors import ModelError
from poise.io.video import VideoFile
from results_material import UNEVEN_S, left_in, no_thread_is_left

#: Groups of pictures of ten, whose pictures refer forwards and backwards.
GROUPS = {"g": "10", "bf": "2"}


@pytest.fixture(scope="module", params=["mp4", "mkv", "ts"])
def clip(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clip of uneven times; in a .ts without an index that would say where to go."""
    path = tmp_path_factory.mktemp("clips") / f"arms.{request.param}"
    return media.make_clip(path, UNEVEN_S, size_px=SIZE_PX, options=GROUPS)


@pytest.fixture(autouse=True)
def short_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of at most fifty frames, so that a short clip has several."""
    monkeypatch.setattr(estimating, "MOST", 50)
    monkeypatch.setattr(estimating, "LEAST", 10)


@pytest.mark.parametrize("every", [1, 3])
def test_pieces_have_the_frames_of_the_whole_clip(clip: Path, every: int) -> None:
    """Same index, time and picture, none twice and none missing, each piece after frames that only warm up."""
    source = VideoFile(clip, every=every)
    whole = list(source)
    pieces = source.pieces(2, least=10, most=20)
    assert len(pieces) >= 2
    read = [list(source.frames_of(piece)) for piece in pieces]
    joined = [frame for frames in read for frame, counts in frames if counts]
    assert [(frame.index, frame.t_s) for frame in joined] == [(frame.index, frame.t_s) for frame in whole]
    assert all(np.array_equal(a.bgr, b.bgr) for a, b in zip(joined, whole, strict=True))
    assert [sum(not counts for _, counts in frames) > 0 for frames in read] == [False] + [True] * (len(pieces) - 1)
    alone = [frame for piece in pieces for frame, _ in source.frames_of(piece.alone())]
    assert [(frame.index, frame.t_s) for frame in alone] == [(frame.index, frame.t_s) for frame in whole]
    assert all(np.array_equal(a.bgr, b.bgr) for a, b in zip(alone, whole, strict=True))
    assert source.problems == []


def test_the_result_in_pieces_is_that_of_one_go(clip: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One coach sees all poses in order: with the same poses, everything is the same, the video too."""
    cast(monkeypatch, Actor(raising(2)))
    whole = analyze(clip, ARM_RAISE, out=tmp_path / "whole")
    parts = analyze(clip, ARM_RAISE, out=tmp_path / "parts", workers=2)
    assert parts.session.pieces > 2
    assert parts.session.model_copy(update={"pieces": 1}) == whole.session
    assert parts.session.reps.total == 2
    assert whole.video_path is not None
    assert parts.video_path is not None
    pictures = zip(VideoFile(whole.video_path), VideoFile(parts.video_path), strict=True)
    assert all(a.t_s == b.t_s and np.array_equal(a.bgr, b.bgr) for a, b in pictures)
    assert analyze(clip, ARM_RAISE, workers=2).session == parts.session
    assert no_thread_is_left()


def test_short_clips_are_not_cut(tmp_path: Path) -> None:
    """Nor are those whose times are missing or repeated: they do not tell which frame is which."""
    short = media.make_clip(tmp_path / "short.mp4", 15, size_px=SIZE_PX)
    assert VideoFile(short).pieces(2, least=10, most=50) == []
    made = media.make_clip(tmp_path / "made.mkv", 30, codec="mjpeg", pix_fmt="yuvj420p", size_px=SIZE_PX)
    repeated = media.restamp(made, tmp_path / "repeated.mkv", [0.04 * (i // 2) for i in range(30)])
    assert VideoFile(repeated).pieces(2, least=5, most=10) == []


def test_every_piece_has_a_model_of_its_own(clip: Path) -> None:
    """So that the result does not depend on which thread was free; all are closed."""
    actor = Actor(raising(2))
    opened: list[Path] = []

    def open_one() -> Actor:
        opened.append(clip)
        return actor

    poses = Poses(VideoFile(clip), open_one, at_once=2)
    assert len(list(poses)) == len(list(VideoFile(clip)))
    assert len(opened) == poses.pieces == actor.closed


def test_an_interrupted_analysis_in_pieces_keeps_what_is_done(
    clip: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Session and video as far as it came, and no thread is left."""
    cast(monkeypatch, Actor(raising(2)))
    told = iter(range(1, 1000))

    def interrupt(*_: object) -> None:
        if next(told) == 60:
            raise KeyboardInterrupt

    result = analyze(clip, ARM_RAISE, out=tmp_path, workers=2, progress=interrupt)
    assert result.session.frames == 60
    assert result.video_path is not None
    assert len(list(VideoFile(result.video_path))) == 60
    assert no_thread_is_left()


def test_an_error_in_a_piece_leaves_nothing(clip: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The error comes unchanged, wherever in the clip it arose."""
    error = ModelError("the pose model failed")
    cast(monkeypatch, Actor(raising(2), {120: error}))
    with pytest.raises(ModelError) as caught:
        analyze(clip, ARM_RAISE, out=tmp_path, workers=2)
    assert caught.value is error
    assert left_in(tmp_path) == []
    assert no_thread_is_left()


def test_a_clip_that_breaks_off_is_told_in_pieces_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same remark as in one go, once."""
    cast(monkeypatch, Actor(raising(2)))
    whole = media.make_clip(tmp_path / "whole.mkv", UNEVEN_S, size_px=SIZE_PX, options=GROUPS)
    broken = tmp_path / "broken.mkv"
    broken.write_bytes(whole.read_bytes()[: whole.stat().st_size * 6 // 10])
    one, parts = analyze(broken, ARM_RAISE).session, analyze(broken, ARM_RAISE, workers=2).session
    assert one.problems
    assert parts.model_copy(update={"pieces": 1}) == one


def test_damage_is_told_once_in_pieces_too(tmp_path: Path) -> None:
    """A part on which the next piece only warms up is the one before's to tell."""
    noise = np.random.default_rng(1).integers(0, 255, (60, 48, 64, 3), np.uint8)
    path = media.make_clip(tmp_path / "a.mov", 60, codec="mjpeg", pix_fmt="yuvj420p", pictures=list(noise))
    data = path.read_bytes()
    starts = [found.start() for found in re.finditer(b"\xff\xd8\xff", data)]
    for number in (22, 50):  # the second piece begins with the thirtieth
        data = data[: starts[number]] + b"\x55" * 1500 + data[starts[number] + 1500 :]
    path.write_bytes(data)
    source = VideoFile(path)
    assert len(list(source)) == 58
    (told,) = source.problems
    assert told == "2 damaged parts, the first at about 2 s"
    pieces = source.pieces(2, least=10, most=30)
    assert [piece.first_index for piece in pieces] == [0, 30]
    parts = VideoFile(path)
    for piece in reversed(pieces):
        list(parts.frames_of(piece))
    assert parts.problems == [told]


@pytest.mark.parametrize("workers", [1, 2])
def test_every_second_frame(clip: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, workers: int) -> None:
    """Session and video are of the frames that were looked at, at their own times."""
    actor = cast(monkeypatch, Actor(raising(2)))
    result = analyze(clip, ARM_RAISE, out=tmp_path, every=2, workers=workers)
    wanted = [frame.t_s for frame in VideoFile(clip)][::2]
    assert (result.session.every, result.session.frames, result.session.reps.total) == (2, len(wanted), 2)
    assert result.video_path is not None
    assert [frame.t_s for frame in VideoFile(result.video_path)] == pytest.approx(wanted, abs=1e-3)
    assert {pose.t_s for pose in actor.poses} == set(wanted)
