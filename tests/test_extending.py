"""The pages on measures and backends do what they say: their code is run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import media
import poise
from core.figures import STANDING, Motion
from poise.app import backends
from poise.app.doctor import examine
from poise.app.tracking import track_of
from poise.core.body import BodyTracker
from poise.core.spec import Spec
from poise.documents import parse_document
from poise.errors import ModelError
from poise.testing import FakeSource
from specs_material import UNSIDED

DOCS = Path(__file__).parents[1] / "docs"


def block(page: str, name: str) -> str:
    """The code of a page that carries a name."""
    found = re.search(rf"<!-- {name} -->\n```\w+\n(.*?)```", (DOCS / page).read_text(), re.DOTALL)
    assert found is not None
    return found[1]


def run(code: str, **names: Any) -> dict[str, Any]:
    """The names that a block of code makes."""
    exec(code, names)
    return names


def test_measures_of_a_file_are_read() -> None:
    """The block of the page belongs into an exercise."""
    text = UNSIDED + block("adding-a-measure.md", "own")
    spec = parse_document(text.encode(), Path("own.yaml")).as_model(Spec)
    assert list(spec.measures) == ["wrists_apart", "shin_incline"]


def test_a_measure_is_a_function_and_a_row() -> None:
    """With the names of its module, it measures what the page says: hanging arms are a shoulder width apart."""
    from poise.core.measures import arms

    row = run(block("adding-a-measure.md", "measure"), **vars(arms))["ROW"]
    body = BodyTracker().track(STANDING.pose())
    assert row.value(body, "left") == pytest.approx(100, abs=1)
    assert row.valid(body)


class _Entry:
    """An entry point of an installed package."""

    name = "mine"

    class dist:  # noqa: N801 (as importlib names it)
        version = "2.0"

    def load(self) -> Any:
        """The class of the page."""
        return run(block("adding-a-backend.md", "backend"))["MyBackend"]


class _Broken(_Entry):
    def load(self) -> Any:
        """A package that does not work here."""
        raise OSError("no such library")


def _installed(monkeypatch: pytest.MonkeyPatch, entry: _Entry) -> None:
    monkeypatch.setattr(
        backends,
        "entry_points",
        lambda *, group, name: [entry] if (group, name) == (backends.GROUP, entry.name) else [],
    )


def test_a_backend_of_another_package_finds_the_landmarks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its name as the model; its tracks are its own, and name it; Poise's own model is not looked for."""
    _installed(monkeypatch, _Entry())
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path / "cache")
    clip = media.make_clip(tmp_path / "clip.mp4", [i / 10 for i in range(5)], size_px=(320, 240))
    track = track_of(clip, model="mine")
    assert (track.model, len(track.poses)) == ("mine 2.0", 5)
    assert track.poses[0].xy_px[11].tolist() == [192.0, 96.0]
    assert len(list((tmp_path / "cache").rglob("*.npz"))) == 1
    assert track_of(clip, model="mine").poses[0].t_s == track.poses[0].t_s


def test_the_doctor_tries_the_backend_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked for a pose, and told with its version."""
    _installed(monkeypatch, _Entry())
    tried = next(check for check in examine("mine") if check.name == "pose model")
    assert (tried.works, tried.found) == (True, "mine 2.0, runs")


def test_a_backend_that_cannot_be_made_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one line, with its name and version."""
    _installed(monkeypatch, _Broken())
    clip = media.make_clip(tmp_path / "clip.mp4", [i / 10 for i in range(5)], size_px=(320, 240))
    with pytest.raises(ModelError, match=r"mine 2\.0 cannot be made: no such library"):
        track_of(clip, model="mine", fresh=True)


def test_poises_own_models_are_no_other_backend() -> None:
    """Neither their names nor none at all, nor the name of Poise's own entry point."""
    assert [backends.other_backend(name) for name in (None, "lite", "mediapipe")] == [None, None, None]


def test_a_coach_needs_frames_and_a_backend_only() -> None:
    """The loop of the page."""
    poses = Motion(STANDING).stay(1).poses(10)

    class Backend:
        def estimate(self, frame: poise.Frame) -> poise.Pose:
            """A pose of the figure."""
            return poses[frame.index]

    made = run(block("adding-a-backend.md", "loop"), source=FakeSource([p.t_s for p in poses]), backend=Backend())
    assert made["snapshot"].state.step == "standing"
