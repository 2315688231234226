"""Analysing a clip without naming the exercise: it is found out, in one look, or what is missing is told."""

from __future__ import annotations

from pathlib import Path

import pytest

import media
from acting import SIZE_PX, Actor, cast, raising
from core.figures import STANDING
from poise.app import recognising, tracking
from poise.app.analyze import analyze
from poise.app.backends import Estimator
from poise.core.problems import NO_MOVEMENT
from poise.errors import OutputError, SourceError
from results_material import UNEVEN_S


def test_auto_finds_the_exercise_and_looks_at_the_clip_once(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a name the likeliest exercise is taken and named with its confidence; the poses are those found once."""
    actor = cast(monkeypatch, Actor(raising(2)))
    monkeypatch.setattr(tracking, "track_cache_path", lambda *_: tmp_path / "kept.npz")
    result = analyze(clip, "auto", out=tmp_path)
    assert result.session.recognised[0].exercise == result.session.exercise
    assert 0 < result.session.recognised[0].confidence <= 1
    assert result.session.reps.total == 2
    assert len(actor.poses) == result.session.frames


def test_auto_looks_at_the_first_part_of_a_long_clip(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The poses of ten hours would fill the memory; the analysis is of the whole clip all the same."""
    cast(monkeypatch, Actor(raising(2)))
    looked = Actor(raising(2))
    monkeypatch.setattr(tracking, "estimator_of", lambda *_, **__: Estimator("full", "0" * 64, lambda: looked))
    monkeypatch.setattr(tracking, "track_cache_path", lambda *_: tmp_path / "kept.npz")
    monkeypatch.setattr(recognising, "LONGEST_S", 6.0)
    result = analyze(clip, "auto", out=tmp_path)
    assert looked.poses[-1].t_s < 8
    assert result.session.recognised
    assert result.session.reps.total == 2
    assert result.session.frames == len(UNEVEN_S)


def test_auto_says_so_when_the_clip_shows_no_exercise(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody in the picture does nothing that could be named; somebody may do nothing, or for too short a time."""
    monkeypatch.setattr(tracking, "track_cache_path", lambda *_: tmp_path / "kept.npz")
    cast(monkeypatch, Actor(None))
    with pytest.raises(SourceError, match="shows nobody"):
        analyze(clip, "auto", out=tmp_path)
    monkeypatch.setattr(recognising, "recognise", lambda *_: [])
    cast(monkeypatch, Actor(raising(2)))
    with pytest.raises(SourceError, match="shows none of the exercises"):
        analyze(clip, "auto", out=tmp_path)
    short = media.make_clip(tmp_path / "short.mp4", 5, size_px=SIZE_PX)
    with pytest.raises(SourceError, match="too short to tell an exercise"):
        analyze(short, "auto", out=tmp_path)


@pytest.mark.parametrize("every", [1, 2])
def test_auto_tells_one_progress_of_both_looks(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, every: int
) -> None:
    """Finding the exercise out is the first half, judging it the second; nothing begins again."""
    cast(monkeypatch, Actor(raising(2)))
    monkeypatch.setattr(tracking, "track_cache_path", lambda *_: tmp_path / "kept.npz")
    told: list[tuple[int, int | None]] = []
    analyze(clip, "auto", every=every, progress=lambda frames, of: told.append((frames, of)))
    done = [frames for frames, _ in told]
    assert done == sorted(done)
    assert len({of for _, of in told}) == 1
    assert done[-1] == pytest.approx(told[-1][1], abs=2)
    assert abs(done[len(done) // 2] - done[-1] / 2) <= 2


def test_auto_tells_before_the_work_that_nothing_can_be_written(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rather than after minutes of it."""
    actor = cast(monkeypatch, Actor(raising(2)))
    (tmp_path / "file").touch()
    with pytest.raises(OutputError):
        analyze(clip, "auto", out=tmp_path / "file")
    assert actor.poses == []


def test_who_only_sits_there_is_no_sure_finding(clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no movement is recognised, a posture fits best; it is said that this means little."""
    cast(monkeypatch, Actor(STANDING))
    monkeypatch.setattr(tracking, "track_cache_path", lambda *_: tmp_path / "kept.npz")
    session = analyze(clip, "auto").session
    assert session.recognised[0].confidence <= 0.5
    assert session.problems == [NO_MOVEMENT]
