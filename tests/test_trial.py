"""Exercises against clips: every sample clip shows what its sidecar says, and what is wrong is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import media
from acting import Actor, cast, raising
from poise.app import backends, tracking, trial
from poise.app.tracking import track_of
from poise.app.trial import judge, tried_on, try_clip
from poise.cli import main
from poise.errors import SpecError
from poise.io.sidecars import find_sidecars, load_sidecar
from poise.io.specs import load_spec
from pose_material import cached_model
from recorded import recorded

SAMPLES = Path(__file__).parents[1] / "sample_videos"
SIDECARS = find_sidecars(SAMPLES)

SPEC = """\
poise: 1
id: raise
name: Raise
kind: strength
position: any
camera: {view: front, sees: [shoulders]}
sees: full
dose: {reps: 3}
steps:
  - {id: down, say: Arms down, where: {shoulder_abduction: {below: 50}}}
  - {id: up, say: Arms up, where: {shoulder_abduction: {above: 130}}}
guide: Lift both arms from the sides to over the head, and let them sink again slowly.
safety: {stop_if: [pain]}
"""


#: Clips of every kind of view and position that go through the model in every run.
THROUGH_THE_MODEL = (
    "upper-trapezius-stretch-b", "neck-rotation-b", "wall-angel-b", "squat-b", "cat-cow", "push-up", "band-row",
    "nobody-exercises-walk",
)  # fmt: skip


def with_known_failures() -> list[Any]:
    """All clips, those that are known not to be as expected marked so: one that passes must lose its mark."""
    known = {clip: load_sidecar(sidecar).known for clip, sidecar in SIDECARS.items()}
    marks = {clip: [pytest.mark.xfail(reason=reason, strict=True)] if reason else [] for clip, reason in known.items()}
    return [pytest.param(clip, marks=marks[clip], id=clip.stem) for clip in sorted(SIDECARS)]


@pytest.mark.parametrize("clip", with_known_failures())
def test_a_sample_clip_shows_what_its_sidecar_says(clip: Path) -> None:
    """Count, sides, holds, faults, near misses and times; of a clip in which nobody exercises, for every exercise."""
    said, track = load_sidecar(SIDECARS[clip], load_spec), recorded(clip)
    trials = [judge(clip, track, said, spec) for spec in tried_on(said)]
    assert trials
    assert {f"{one.spec.id}: {line}" for one in trials for line in one.differences} == set()
    assert all(one.session.frames > 50 for one in trials)


@pytest.mark.model
@pytest.mark.parametrize("name", THROUGH_THE_MODEL)
def test_the_records_are_what_the_model_sees(name: str) -> None:
    """The model gives the recorded poses on this machine too, to about a pixel, and the same verdict."""
    cached_model()
    clip = SAMPLES / f"{name}.mp4"
    seen = track_of(clip).poses
    kept = recorded(clip).poses
    assert [pose.t_s for pose in seen] == [pose.t_s for pose in kept]
    apart_px = [np.abs(a.xy_px - b.xy_px).mean() for a, b in zip(seen, kept, strict=True) if a.found and b.found]
    assert sum(a.found != b.found for a, b in zip(seen, kept, strict=True)) <= 0.02 * len(seen)
    assert np.median(apart_px) < 1.0
    said = load_sidecar(SIDECARS[clip], load_spec)
    specs = [spec for spec in tried_on(said) if not spec.needs_outline]
    track = track_of(clip)
    assert [line for spec in specs for line in judge(clip, track, said, spec).differences] == []


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an exercise, a clip in which it is done twice, and no sidecar yet; the model is an actor."""
    cast(monkeypatch, Actor(raising(2)), kept=True)
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path / "cache")
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "raise.yaml").write_text(SPEC)
    monkeypatch.setenv("POISE_SPECS", str(tmp_path / "specs"))
    (tmp_path / "clips").mkdir()
    media.make_clip(tmp_path / "clips" / "arms.mp4", [i / 20 for i in range(180)], size_px=(320, 240))
    return tmp_path / "clips"


def say(folder: Path, expect: str, spec: str = "raise") -> Path:
    """Write the clip's sidecar."""
    sidecar = folder / "arms.yaml"
    sidecar.write_text(f"spec: {spec}\nmade_by: actor\nexpect: {expect}\n")
    return sidecar


def test_what_is_as_expected_passes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 0, one line for the clip, and the session behind it."""
    sidecar = say(folder, "{reps: {total: 2}, near_misses: 0}")
    (one,) = try_clip(folder / "arms.mp4", sidecar)
    assert (one.passed, one.session.reps.total, one.spec.id) == (True, 2, "raise")
    assert main(["test", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "✓ arms.mp4  raise: 2 repetitions" in said
    assert "1 as expected, 0 not" in said


@pytest.mark.parametrize(
    ("expect", "words"),
    [
        ("{reps: {total: 3}}", "expected 3 repetitions, found 2"),
        ("{reps: {total: 2}, near_misses: 1}", "expected 1 near misses, found 0"),
        ("{reps: {total: 2}, at: [[1.2, 4.0], [6.5, 8.0]]}", "expected its start at 6.5 s"),
    ],
)
def test_what_is_not_as_expected_is_told(
    expect: str, words: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 1, and each difference in a line of its own."""
    say(folder, expect)
    assert main(["test", str(folder / "arms.mp4")]) == 1
    said = capsys.readouterr().out
    assert "✗ arms.mp4" in said
    assert words in said
    assert "0 as expected, 1 not" in said


def test_a_clip_of_nobody_is_tried_with_every_exercise(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``spec: none``: one trial for each exercise, over one track; the one that counts is named."""
    runs = []
    monkeypatch.setattr(trial, "track_of", lambda clip, **options: (runs.append(options), tracking.track_of(clip))[1])
    monkeypatch.setattr(trial, "load_library", lambda: [load_spec(name) for name in ("raise", "squat", "push-up")])
    trials = list(try_clip(folder / "arms.mp4", say(folder, "{reps: {total: 0}}", spec="none")))
    assert [(one.spec.id, one.passed) for one in trials] == [("raise", False), ("squat", True), ("push-up", True)]
    assert len(runs) == 1


def test_a_changed_exercise_is_tried_again_without_the_model(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The landmarks are kept: only the judgement is made anew."""
    sidecar = say(folder, "{reps: {total: 2}}")
    assert main(["test", str(folder)]) == 0
    monkeypatch.setattr(backends, "MediaPipeBackend", lambda *_, **__: pytest.fail("the clip is known"))
    changed = SPEC.replace("above: 130", "above: 175")
    (folder.parent / "specs" / "raise.yaml").write_text(changed)
    (one,) = try_clip(folder / "arms.mp4", sidecar)
    assert one.differences == ("expected 2 repetitions, found 0",)


def test_what_was_wrong_with_the_clip_is_in_its_session(folder: Path) -> None:
    """A clip that breaks off is tried as far as it goes, and the session says so."""
    whole = media.make_clip(folder / "arms.mkv", [i / 20 for i in range(180)], size_px=(320, 240), options={"g": "10"})
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    (one,) = try_clip(whole, say(folder, "{reps: {total: 1}}"))
    assert one.session.problems


def test_a_sidecar_with_a_mistake_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """File, line and column, before any frame is looked at; and a folder without sidecars says so."""
    sidecar = say(folder, "{reps: {totl: 2}}")
    with pytest.raises(SpecError, match=r"arms\.yaml:3:\d+"):
        list(try_clip(folder / "arms.mp4", sidecar))
    assert main(["test", str(folder)]) == 1
    said = capsys.readouterr().out
    assert "arms.yaml:3:" in said
    assert "0 as expected, 1 not" in said
    sidecar.unlink()
    assert main(["test", str(folder)]) == 2
    assert "no clip with a sidecar" in capsys.readouterr().err


def test_what_is_known_to_fail_is_told_and_fails_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The difference and the reason are there, and the exit code is that of all others."""
    sidecar = say(folder, "{reps: {total: 3}}")
    sidecar.write_text(sidecar.read_text() + "known: the third raise is too quick\n")
    assert main(["test", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "~ arms.mp4" in said
    assert "known: the third raise is too quick" in said
    assert "0 as expected, 0 not, 1 known not to be" in said
    sidecar.write_text(sidecar.read_text().replace("total: 3", "total: 2"))
    assert main(["test", str(folder)]) == 0
    assert "said to fail, and does not" in capsys.readouterr().out


def test_the_session_of_a_trial_is_one_that_can_be_kept(folder: Path) -> None:
    """It names the clip, the exercise and the model."""
    (one,) = try_clip(folder / "arms.mp4", say(folder, "{reps: {total: 2}}"))
    data = json.loads(one.session.model_dump_json())
    assert (data["source"], data["exercise"]) == (str(folder / "arms.mp4"), "raise")
    assert data["model"].startswith("full ")
