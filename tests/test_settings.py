"""Choices that are remembered."""

from __future__ import annotations

from pathlib import Path

import pytest

from poise.errors import SettingError
from poise.io.settings import Settings, keep_settings, read_settings, settings_path


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings of a test are its own."""
    monkeypatch.setenv("POISE_CONFIG", str(tmp_path / "config"))
    return tmp_path / "config"


def test_nothing_chosen_is_the_usual() -> None:
    """Without a file there is nothing to complain about."""
    assert read_settings() == (Settings(), None)


def test_what_was_chosen_is_there_again() -> None:
    """Everything that was kept comes back; None leaves a choice as it was."""
    chosen = Settings().but(camera="Logi Webcam", mirror=False, language="de", voice=None, size=(1280, 720))
    keep_settings(chosen)
    assert read_settings() == (chosen, None)
    assert chosen.voice


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"mirror": "perhaps"}', b'{"size": [0, -3]}', b"\xff\x00", b"{" * 100_000]
)
def test_a_broken_file_is_told_in_one_line(content: bytes) -> None:
    """The usual choices serve, and the line names the file."""
    settings_path().parent.mkdir()
    settings_path().write_bytes(content)
    settings, problem = read_settings()
    assert settings == Settings()
    assert problem is not None
    assert "settings.json is left out" in problem
    assert "\n" not in problem


def test_choices_of_a_newer_version_are_left_out() -> None:
    """A key that is not known is no reason to forget the others."""
    settings_path().parent.mkdir()
    settings_path().write_text('{"mirror": false, "hologram": true}')
    assert read_settings() == (Settings(mirror=False), None)


def test_a_folder_that_cannot_be_written_is_told(own_folder: Path) -> None:
    """A file where the folder should be: one line, and what to do."""
    own_folder.write_text("in the way")
    with pytest.raises(SettingError, match="cannot be kept"):
        keep_settings(Settings())
