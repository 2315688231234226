"""Where tests find the pose model and clips of real people, or why they skip."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest

from poise.errors import ModelError
from poise.io.model.find import ModelCache

_PROJECT = Path(__file__).parents[1]
_BESIDE = _PROJECT / ".." / "shared"
OFFICIAL_FULL = _BESIDE / "models" / "pose_landmarker_full.task"


def cached_model(*, masks: bool = False) -> Path:
    """The full model from the user's cache, never fetched by a test; skips the test where there is none."""
    cache = ModelCache(Path(platformdirs.user_cache_dir("poise", appauthor=False)) / "models", ways=[])
    try:
        return cache.resolve("full", masks=masks).path
    except ModelError:
        return pytest.skip("the pose model is not in the user's cache; any run of poise that needs it fetches it")


def private_clip(name: str) -> Path:
    """A clip of a real person beside the project; skips the test where there is none."""
    path = _BESIDE / "clips" / name
    if not path.is_file():
        pytest.skip(f"the private clip {name} is not beside the project")
    return path
