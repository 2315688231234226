"""What the tests of many clips share; as in every conftest, Poise is imported by the fixtures that need it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second of video."""
    import media
    from acting import SIZE_PX

    return media.make_clip(tmp_path_factory.mktemp("clips") / "arms.mp4", 15, size_px=SIZE_PX)


@pytest.fixture
def actor(monkeypatch: pytest.MonkeyPatch) -> Any:
    """An arm raise in place of the model, in workers that are threads."""
    from acting import Actor, cast, raising

    return cast(monkeypatch, Actor(raising(1)))


@pytest.fixture
def folder(clip: Path, tmp_path: Path) -> Path:
    """Three clips, two of which have the same name, and one that is none."""
    from batch_material import put

    for name in ("a/one.mp4", "b/one.mp4", "two.MOV"):
        put(clip, tmp_path / "in" / name)
    (tmp_path / "in" / "a" / "bad.mkv").write_text("no video")
    return tmp_path / "in"


@pytest.fixture
def by_threads(monkeypatch: pytest.MonkeyPatch, actor: Any) -> Any:
    """The command with threads in place of processes, and an actor in place of the model."""
    from poise.cli import folder as folder_command

    monkeypatch.setattr(folder_command, "Processes", ThreadPoolExecutor)
    monkeypatch.setattr(folder_command, "estimator_of", lambda *_, **__: None)
    return actor
