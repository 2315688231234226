"""An author's folder for tests: a clip in which both arms go up three times, and an exercise drafted from it."""

from __future__ import annotations

from pathlib import Path

import pytest

import media
from acting import Actor, cast, raising
from poise.cli import main


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a clip in which both arms go up three times."""
    cast(monkeypatch, Actor(raising(3)))
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path / "cache")
    monkeypatch.setattr("poise.io.specs.user_data_path", lambda *_, **__: tmp_path / "data")
    monkeypatch.delenv("POISE_SPECS", raising=False)
    monkeypatch.chdir(tmp_path)
    media.make_clip(tmp_path / "demo.mp4", [i / 15 for i in range(200)], size_px=(320, 240))
    return tmp_path


@pytest.fixture
def drafted(folder: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """An exercise that was drafted from the clip."""
    assert main(["new", "my-raise", "--from", "demo.mp4"]) == 0
    capsys.readouterr()
    return folder / "exercise_specs" / "my-raise.yaml"
