"""What works on this machine, where nothing does."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

import pytest

from poise.app import doctor
from poise.app.doctor import Check, examine
from poise.cli import main
from poise.errors import ModelError, OutputError, SoundError, SourceError, SpecError
from poise.io.cameras import NamedCamera
from poise.testing import FakeSource
from pose_material import cached_model

LIVE_ONLY = {"display", "camera", "sound", "voice"}


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without display, camera and programs; the model is there."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", "")
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(doctor, "open_camera", raising(SourceError("camera 0 cannot be opened", "plug it in")))
    monkeypatch.setattr(doctor, "find_player", raising(SoundError("there is no loudspeaker", "plug one in")))
    monkeypatch.setattr(doctor, "_pose", lambda _: "full, runs")


def raising(error: Exception) -> object:
    """A function that fails."""

    def fail(*_: object, **__: object) -> NoReturn:
        raise error

    return fail


def failed(checks: list[Check]) -> set[str]:
    """Names of what does not work; each of them must say how to mend it."""
    broken = [check for check in checks if not check.works]
    assert all(check.mend and "\n" not in check.mend and check.found for check in broken)
    return {check.name for check in broken}


@pytest.mark.usefixtures("bare")
def test_a_bare_machine_can_analyse(capsys: pytest.CaptureFixture[str]) -> None:
    """Without display, camera and sound each of them is listed with a mend, and the exit code says all is well."""
    checks = list(examine())
    assert failed(checks) == LIVE_ONLY
    assert {check.name for check in checks if not check.needed} == LIVE_ONLY | {"settings", "store"}
    assert main(["doctor"]) == 0
    said = capsys.readouterr().out
    assert said.count("to mend it:") == len(LIVE_ONLY)
    assert said.count("✗") == len(LIVE_ONLY)


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize(
    ("what", "error", "name"),
    [
        ("_pose", ModelError("no pose model", "fetch it"), "pose model"),
        ("read_spec", SpecError("squat.yaml:1:1: found nothing", "write it"), "exercises"),
        ("VideoWriter", OutputError("no video encoder is installed", "install av"), "video in and out"),
    ],
)
def test_what_analysing_needs_decides_the_exit_code(
    what: str, error: Exception, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing model, a broken exercise or no encoder is exit code 1, and the other checks still run."""
    monkeypatch.setattr(doctor, what, raising(error))
    checks = list(examine())
    assert failed(checks) == LIVE_ONLY | {name}
    assert main(["doctor"]) == 1


@pytest.mark.usefixtures("bare")
def test_no_room_for_temporary_files_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is a finding like any other."""
    monkeypatch.setattr(tempfile, "TemporaryDirectory", raising(OSError(28, "No space left on device")))
    assert failed(list(examine())) == LIVE_ONLY | {"video in and out"}


@pytest.mark.usefixtures("bare")
def test_it_prints_to_a_pipe_that_has_no_room_for_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream that cannot show a check mark, as a pipe on Windows, gets something else in its place."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr(sys, "stdout", stream)
    assert main(["doctor"]) == 0
    stream.seek(0)
    assert "? exercises" in stream.read()


@pytest.mark.model
def test_the_real_checks_do_the_real_thing() -> None:
    """On a machine with the model, analysing works: the codec wrote and read three frames, the model ran."""
    cached_model()
    checks = {check.name: check for check in examine() if check.needed}
    assert all(check.works for check in checks.values())
    assert "3 frames" in checks["video in and out"].found
    assert "exercises, all readable; your own go to " in checks["exercises"].found
    assert "runs" in checks["pose model"].found


def test_a_wrong_model_is_named(tmp_path: Path) -> None:
    """The path of a bundle that is none is the finding of the model's check."""
    bad = tmp_path / "bad.task"
    bad.write_bytes(b"nothing")
    found = next(check for check in examine(str(bad)) if check.name == "pose model")
    assert not found.works
    assert "bad.task" in found.found


def test_settings_that_cannot_be_read_are_told_with_a_way_to_mend_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken file is named, and so is a language that is not there; a sound one tells the language."""
    monkeypatch.setenv("POISE_CONFIG", str(tmp_path))
    assert doctor._settings().works
    for text, found in (("{", "it is no JSON"), ('{"language": "xx"}', "no language 'xx'")):
        (tmp_path / "settings.json").write_text(text)
        check = doctor._settings()
        assert not check.works
        assert found in check.found
        assert str(tmp_path) in check.mend


def test_cameras_are_told_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first is tried, the others are named."""
    monkeypatch.setattr(doctor, "find_cameras", lambda: [NamedCamera(0, "Built in"), NamedCamera(2, "Brio")])
    monkeypatch.setattr(doctor, "open_camera", lambda _: FakeSource([0.0], size_px=(64, 48)))
    assert doctor._camera() == "0: Built in, 64 x 48; 2: Brio"
