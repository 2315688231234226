"""Makes the helper modules in this folder importable from every test, in whatever folder it is.

Poise is imported by the fixtures that need it, and not here: coverage begins after this file is read.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

# OpenCV reads this once, when it first opens a stream; here a test may do so before the camera module does.
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")

# What the developer has chosen for their own sessions, and has done in them, is none of a test's business.
CHOICES = Path(tempfile.mkdtemp(prefix="poise-config-"))
os.environ["POISE_CONFIG"] = str(CHOICES)
PAST = Path(tempfile.mkdtemp(prefix="poise-data-"))
for _folder in (CHOICES, PAST):
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["POISE_DATA"] = str(PAST)
os.environ["LC_ALL"] = "C.UTF-8"

#: Beside those in core/, the tests that are asked whether they reach every branch of the core: of the files it reads.
FOLLOWED = {"test_lint.py", "test_routines.py", "test_sidecars.py", "test_specs.py"}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """All other tests run without being followed, which takes them less than half as long."""
    if item.path.parent.name == "core" or item.path.name in FOLLOWED:
        return (yield)
    followers = sys.gettrace(), threading.gettrace()
    sys.settrace(None)
    threading.settrace(None)  # type: ignore[arg-type]
    try:
        return (yield)
    finally:
        threading.settrace(followers[1])  # type: ignore[arg-type]
        sys.settrace(followers[0])


def pytest_runtest_teardown() -> None:
    """Nor does one test remember what another has chosen."""
    (CHOICES / "settings.json").unlink(missing_ok=True)


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clip of variable rate in which the actor raises the arms twice."""
    import media
    from acting import SIZE_PX
    from results_material import UNEVEN_S

    return media.make_clip(tmp_path_factory.mktemp("clips") / "arms.mp4", UNEVEN_S, size_px=SIZE_PX)


@pytest.fixture
def actor(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Two arm raises in place of the model."""
    from acting import Actor, cast, raising

    return cast(monkeypatch, Actor(raising(2)))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for all tests of a file; no longer, as others may not run asyncio's loops beside it."""
    from browser import chromium

    with chromium() as running:
        yield running
