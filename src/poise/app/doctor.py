"""What works on this machine, and how to mend what does not. Every check does the real thing, once."""

from __future__ import annotations

import platform
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from poise.app.backends import estimator_of
from poise.app.remembering import load_past
from poise.core.live.sounds import RATE
from poise.core.types import Frame
from poise.errors import OutputError, PoiseError
from poise.io.camera import open_camera
from poise.io.cameras import NamedCamera, find_cameras
from poise.io.encode import VideoWriter
from poise.io.settings import read_settings, settings_path
from poise.io.sound import find_player
from poise.io.specs import find_specs, own_folder, read_spec
from poise.io.store import store_path
from poise.io.video import VideoFile
from poise.io.voice import Voice
from poise.io.window import check_display
from poise.io.words import languages, system_language


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was tried.

    Attributes:
        name: What it is.
        works: Whether it does.
        found: What was found.
        mend: What to do when it does not work; empty when it does.
        needed: Whether analysing a clip needs it (otherwise only live coaching does).
    """

    name: str
    works: bool
    found: str
    mend: str = ""
    needed: bool = True


def examine(model: str | None = None) -> Iterator[Check]:
    """Try everything, one after the other; never raises for something that does not work."""
    yield Check("system", True, f"Python {platform.python_version()}, {platform.platform(terse=True)}")
    yield _tried("exercises", _exercises)
    yield _tried("pose model", lambda: _pose(model))
    yield _tried("video in and out", _codec)
    yield _tried("display", check_display, needed=False)
    yield _tried("camera", _camera, needed=False)
    yield _settings()
    yield _tried("store", _store, needed=False)
    yield _tried("sound", lambda: find_player().name, needed=False)
    yield _tried("voice", _voice, needed=False)


def _tried(name: str, attempt: Callable[[], str], *, needed: bool = True) -> Check:
    try:
        return Check(name, True, attempt(), needed=needed)
    except PoiseError as error:
        return Check(name, False, error.message, error.hint, needed)


def _exercises() -> str:
    specs = find_specs()
    for path in specs.values():
        read_spec(path)
    return f"{len(specs)} exercises, all readable; your own go to {own_folder()}"


def _pose(model: str | None) -> str:
    estimator = estimator_of(model, masks=False, fetching=None)
    with closing(estimator.open()) as backend:
        backend.estimate(Frame(0, 0.0, np.zeros((480, 640, 3), np.uint8)))
    return f"{estimator.label}, runs"


def _codec() -> str:
    with _scratch() as folder:
        with VideoWriter(Path(folder) / "try.mp4", (64, 48)) as writer:
            for i in range(3):
                writer.write(np.full((48, 64, 3), 40 * i, np.uint8), i / 30)
        clip = VideoFile(writer.path)
        frames = sum(1 for _ in clip)
        return f"{clip.info.codec}, wrote and read {frames} frames"


@contextmanager
def _scratch() -> Iterator[str]:
    try:
        with tempfile.TemporaryDirectory() as folder:
            yield folder
    except OSError as error:
        message = f"no temporary file can be written: {error.strerror}"
        raise OutputError(message, "free some space, or set TMPDIR to a folder with room") from error


def _camera() -> str:
    first, *others = find_cameras() or [NamedCamera(0, "camera 0")]
    with closing(open_camera(first.number)) as camera:
        frame = next(iter(camera))
    width, height = frame.size_px
    more = "".join(f"; {one.number}: {one.name}" for one in others)
    return f"{first.number}: {first.name}, {width} x {height}{more}"


def _settings() -> Check:
    settings, problem = read_settings()
    if settings.language and settings.language not in languages():
        problem = f"there is no language '{settings.language}', there are {', '.join(languages())}"
    if problem:
        return Check("settings", False, problem, f"mend or remove {settings_path()}", needed=False)
    language = settings.language or f"{system_language()}, as the system's"
    return Check("settings", True, f"language {language}; kept in {settings_path()}", needed=False)


def _store() -> str:
    """What is remembered; nothing is made by looking."""
    if not store_path().exists():
        return f"nothing is remembered yet ({store_path()})"
    past, notice = load_past()
    return notice or f"{len(past.sessions)} sessions in {store_path()}"


def _voice() -> str:
    voice = Voice(read_settings()[0].language or system_language())
    seconds = len(voice.samples("Poise")) / RATE
    return f"{voice.name}, says its name in {seconds:.1f} s"
