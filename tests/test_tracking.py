"""Landmark tracks of clips: run the model once, know the clip again, mend what is damaged."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

import media
import poise
from core.figures import STANDING
from poise.app import backends, tracking
from poise.app.tracking import Landmarks, track_of
from poise.cli import main
from poise.core.recognise import Candidate
from poise.core.types import Frame, Pose
from poise.errors import ModelError, OutputError, SettingError, SourceError
from poise.io.model.find import ModelFile
from poise.io.specs import load_spec
from poise.io.tracks import Track
from poise.io.video import VideoFile

SQUAT = load_spec("squat")


class CountingBackend:
    """Finds the same person in every frame, and counts how often it is asked."""

    frames = 0

    def __init__(self, model: Path, *, masks: bool = False) -> None:
        assert model.name == "model.task"
        self._outline = np.zeros((4, 2)) if masks else None

    def estimate(self, frame: Frame) -> Pose:
        """A figure, whatever the picture shows."""
        CountingBackend.frames += 1
        pose = STANDING.pose(frame.t_s)
        return Pose(
            frame.t_s, frame.size_px, pose.xy_px.copy(), pose.visibility.copy(), pose.world_m.copy(), self._outline
        )

    def close(self) -> None:
        """Nothing is held."""


@pytest.fixture(autouse=True)
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that counts its frames, and a cache of this test's own."""
    monkeypatch.setattr(CountingBackend, "frames", 0)
    monkeypatch.setattr(backends, "MediaPipeBackend", CountingBackend)
    monkeypatch.setattr(
        backends,
        "resolve_model",
        lambda setting, **_: ModelFile(tmp_path / "model.task", "full", "0" * 64 if setting is None else "1" * 64),
    )
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path / "cache")


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """Ten frames."""
    return media.make_clip(tmp_path / "clip.mp4", 10)


def cached(tmp_path: Path) -> list[Path]:
    """What lies in the cache."""
    return list((tmp_path / "cache" / "tracks").iterdir())


def assert_same(one: Track, other: Track) -> None:
    """Equal times and landmarks."""
    assert [pose.t_s for pose in one.poses] == [pose.t_s for pose in other.poses]
    for a, b in zip(one.poses, other.poses, strict=True):
        np.testing.assert_array_equal(a.xy_px, b.xy_px)


def test_the_model_runs_once(clip: Path) -> None:
    """The second call gives the same track without a single frame estimated, and tells no progress."""
    told: list[tuple[int, int | None]] = []
    first = track_of(clip, progress=lambda frames, of: told.append((frames, of)))
    assert told == [(i, 10) for i in range(1, 11)]
    again = track_of(clip, progress=lambda *_: pytest.fail("there is nothing to do"))
    assert_same(first, again)
    assert (len(again.poses), again.model, CountingBackend.frames) == (10, "full " + "0" * 12, 10)


def test_a_renamed_clip_is_known_and_a_changed_one_is_not(clip: Path, tmp_path: Path) -> None:
    """What counts is the content, not the name or the date."""
    track_of(clip)
    (tmp_path / "elsewhere").mkdir()
    moved = tmp_path / "elsewhere" / "other.mp4"
    shutil.copyfile(clip, moved)
    track_of(moved)
    assert CountingBackend.frames == 10
    media.make_clip(clip, 7)
    assert len(track_of(clip).poses) == 7
    assert CountingBackend.frames == 17


def test_another_model_and_outlines_have_tracks_of_their_own(clip: Path, tmp_path: Path) -> None:
    """Whatever changes poses changes the track."""
    track_of(clip)
    track_of(clip, model="heavy")
    assert track_of(clip, masks=True).poses[0].outline is not None
    assert track_of(clip).poses[0].outline is None
    assert CountingBackend.frames == 30
    assert len(cached(tmp_path)) == 3


def test_other_ways_of_looking_have_tracks_of_their_own(clip: Path, tmp_path: Path) -> None:
    """Every second frame, the first part only: neither passes for the whole, nor the whole for them."""
    whole, half, part = track_of(clip), track_of(clip, every=2), track_of(clip, until_s=0.1)
    assert [len(track.poses) for track in (whole, half)] == [10, 5]
    assert [pose.t_s for pose in part.poses] == [pose.t_s for pose in whole.poses if pose.t_s <= 0.1] + [
        next(pose.t_s for pose in whole.poses if pose.t_s > 0.1)
    ]
    assert len(cached(tmp_path)) == 3
    seen = CountingBackend.frames
    assert_same(track_of(clip, until_s=60.0), whole)  # the clip is shorter
    assert CountingBackend.frames == seen


@pytest.mark.parametrize("exercise", ["squat", "auto"])
def test_what_an_analysis_has_seen_is_known_afterwards(
    clip: Path, exercise: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The exercise being named or not: `poise why` and the next analysis run no model."""
    monkeypatch.setattr("poise.app.recognising.recognise", lambda *_: [Candidate(SQUAT, None, 1.0, 1.0)])
    first = poise.analyze(clip, exercise)
    assert len(track_of(clip).poses) == 10
    assert poise.analyze(clip, exercise).session == first.session
    assert CountingBackend.frames == 10


def test_an_analysis_draws_on_frames_whose_poses_are_known(clip: Path, tmp_path: Path) -> None:
    """The clip is read again for the video, and the model does not run."""
    track_of(clip)
    result = poise.analyze(clip, SQUAT, out=tmp_path / "out", report=False)
    assert result.video_path is not None
    assert len(list(VideoFile(result.video_path))) == 10
    assert CountingBackend.frames == 10


def test_half_an_analysis_is_not_kept(clip: Path, tmp_path: Path) -> None:
    """Interrupted, it does not pass for the whole clip next time."""

    def interrupt(frames: int, _: int | None) -> None:
        if frames == 5:
            raise KeyboardInterrupt

    assert poise.analyze(clip, SQUAT, progress=interrupt).interrupted
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("says", [True, False])
def test_an_analysis_keeps_nothing_of_a_long_clip(
    clip: Path, tmp_path: Path, says: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its memory stays flat, whether the file says how long it is or not; who needs all poses keeps them."""
    monkeypatch.setattr(Landmarks.__init__, "__kwdefaults__", Landmarks.__init__.__kwdefaults__ | {"kept_s": 0.1})
    if not says:
        monkeypatch.setattr("poise.io.video.file.declared_duration", lambda *_: None)
    assert poise.analyze(clip, SQUAT).session.frames == 10
    assert not (tmp_path / "cache").exists()
    track_of(clip)
    assert len(cached(tmp_path)) == 1


def test_fresh_runs_the_model_again(clip: Path) -> None:
    """Even when the track is there."""
    track_of(clip)
    track_of(clip, fresh=True)
    assert CountingBackend.frames == 20


def test_a_language_that_is_not_there_is_told_before_the_work(clip: Path) -> None:
    """No frame is looked at for a report that nobody can write."""
    with pytest.raises(SettingError, match="no language 'xx'"):
        poise.analyze(clip, language="xx")
    assert CountingBackend.frames == 0


def test_fresh_runs_the_model_again_for_a_routine(clip: Path, tmp_path: Path) -> None:
    """Once for all its exercises, and once more when that is asked for."""
    words = ["analyze", str(clip), "--exercise", "desk-break", "--no-report", "--data", "none", "--out", str(tmp_path)]
    assert main(words) == main([*words, "--fresh"]) == 0
    assert CountingBackend.frames == 20


@pytest.mark.parametrize("damage", [b"", b"no track", None], ids=["empty", "foreign", "cut short"])
def test_a_damaged_track_is_made_anew(clip: Path, tmp_path: Path, damage: bytes | None) -> None:
    """Whatever became of the file in the cache, the result is right, and the cache is whole again."""
    first = track_of(clip)
    (kept,) = cached(tmp_path)
    kept.write_bytes(kept.read_bytes()[:-100] if damage is None else damage)
    assert_same(track_of(clip), first)
    assert CountingBackend.frames == 20
    assert_same(track_of(clip), first)
    assert CountingBackend.frames == 20


def test_a_cache_that_cannot_be_written_costs_only_time(clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk does not take away what the model has found."""

    def full(*_: object) -> None:
        raise OutputError("the disk is full")

    monkeypatch.setattr(tracking, "keep_track", full)
    assert len(track_of(clip).poses) == 10


def test_an_error_of_the_model_ends_everything(clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error is the model's own, and half a track is not kept."""

    def fail(_: CountingBackend, frame: Frame) -> Pose:
        if frame.index == 5:
            raise ModelError("the pose model failed")
        return Pose.missing(frame.t_s, frame.size_px)

    monkeypatch.setattr(CountingBackend, "estimate", fail)
    with pytest.raises(ModelError, match="the pose model failed"):
        track_of(clip)
    assert not (tmp_path / "cache").exists()


def test_what_is_wrong_with_the_clip_is_kept_with_the_track(tmp_path: Path) -> None:
    """A clip that breaks off says so from the cache, too."""
    whole = media.make_clip(tmp_path / "long.mkv", 60, options={"g": "5"})
    broken = tmp_path / "broken.mkv"
    broken.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    first, again = track_of(broken), track_of(broken)
    assert first.problems == again.problems != ()
    assert 0 < len(again.poses) < 60


def test_a_clip_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Before the model is even made."""
    with pytest.raises(SourceError, match="nowhere"):
        track_of(tmp_path / "nowhere.mp4")
