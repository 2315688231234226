"""The command line with clips and the real model: what the README promises."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import numpy as np
import pytest

import poise
from poise.cli import main
from poise.io.encode import VideoWriter
from pose_material import cached_model

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "sample_videos" / "upper-trapezius-stretch.mp4"


@pytest.fixture
def empty_room(tmp_path: Path) -> Path:
    """A short clip in which nobody is."""
    path = tmp_path / "room.mp4"
    with VideoWriter(path, (320, 240), 15) as writer:
        for i in range(15):
            writer.write(np.full((240, 320, 3), 90, np.uint8), i / 15)
    return path


@pytest.mark.model
def test_analyze_writes_a_valid_session(empty_room: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty room gives a session that the schema accepts, with nothing counted and the reason stated."""
    cached_model()
    assert main(["analyze", str(empty_room), "--exercise", "squat", "--out", str(tmp_path / "out"), "--no-video"]) == 0
    session = json.loads((tmp_path / "out" / "room" / "session.json").read_text())
    schema = json.loads((ROOT / "src/poise/schemas/session.json").read_text())
    jsonschema.validate(session, schema)
    assert (session["reps"]["total"], session["pose_found"], session["frames"]) == (0, 0.0, 15)
    assert [problem["problem"] for problem in session["framing"]] == ["nobody"]
    assert "can't see anybody" in capsys.readouterr().out
    assert not (tmp_path / "out" / "room" / "annotated.mp4").exists()


@pytest.mark.model
def test_another_clip_of_the_same_name_keeps_its_results(empty_room: Path, tmp_path: Path) -> None:
    """Results of an earlier clip are never overwritten by those of another with the same name."""
    cached_model()
    out, other = tmp_path / "out", tmp_path / "elsewhere" / "room.mp4"
    other.parent.mkdir()
    other.write_bytes(empty_room.read_bytes())
    for clip in (empty_room, other, empty_room):
        assert main(["analyze", str(clip), "--exercise", "squat", "--out", str(out), "--no-video"]) == 0
    sources = {path.name: json.loads((path / "session.json").read_text())["source"] for path in out.iterdir()}
    assert sources == {"room": str(empty_room), "room-2": str(other)}


@pytest.mark.model
def test_the_sample_clip_is_counted_held_and_corrected(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the README promises: three tilts to each side, held five seconds, one shrug, an annotated video.

    By every third frame, which is quicker; `.ci/run` takes the README's own words.
    """
    cached_model()
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path / "cache")  # the model is to run
    words = ["analyze", str(SAMPLE), "--exercise", "upper-trapezius-stretch", "--hold", "5 s", "--every", "3"]
    assert main([*words, "--out", str(tmp_path)]) == 0
    session = poise.Session.model_validate_json((tmp_path / SAMPLE.stem / "session.json").read_text())
    assert (session.reps.left, session.reps.right) == (3, 3)
    assert all(abs(rep.held_s - 5) <= 0.5 for rep in session.repetitions)
    assert [(fault.id, fault.repetition) for fault in session.faults] == [("shrug", 2)]
    assert (tmp_path / SAMPLE.stem / "annotated.mp4").stat().st_size > 100_000
    assert "6 repetitions" in capsys.readouterr().out


@pytest.mark.model
def test_measures_of_a_clip(empty_room: Path, tmp_path: Path) -> None:
    """A table with one row per frame, and a picture."""
    cached_model()
    assert main(["measures", str(empty_room), "--out", str(tmp_path)]) == 0
    assert len((tmp_path / "room.measures.csv").read_text().splitlines()) == 1 + 15
    assert (tmp_path / "room.measures.png").read_bytes().startswith(b"\x89PNG")
