"""What was chosen once is chosen the next time; cameras are known by their names."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from poise.cli import main
from poise.cli.choices import add_choices, camera_of, choose, remember
from poise.errors import SettingError, SourceError
from poise.io.cameras import NamedCamera, find_cameras
from poise.io.settings import Settings, keep_settings, read_settings

CAMERAS = [NamedCamera(0, "Integrated Camera"), NamedCamera(2, "Logi C920"), NamedCamera(4, "Logi Brio")]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of a test are its own, and so is the language of its system."""
    monkeypatch.setenv("POISE_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


def options(*words: str) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser()
    add_choices(parser)
    return parser.parse_args(words)


@pytest.mark.parametrize(
    ("name", "opened"),
    [("2", "2"), ("logi c920", "2"), ("brio", "4"), ("http://host/video", "http://host/video"), ("x.mp4", "x.mp4")],
)
def test_a_camera_is_known_by_its_name_or_part_of_it(name: str, opened: str) -> None:
    """Large or small letters; numbers, addresses and files are what they are."""
    assert camera_of(name, CAMERAS) == opened


def test_a_name_that_fits_none_or_several_is_told_with_those_there_are() -> None:
    """One line, and what to choose from."""
    with pytest.raises(SourceError, match="no camera or file 'kinect'") as raised:
        camera_of("kinect", CAMERAS)
    assert "2 Logi C920" in raised.value.hint
    with pytest.raises(SourceError, match="several cameras"):
        camera_of("logi", CAMERAS)
    with pytest.raises(SourceError) as raised:
        camera_of("kinect", [])
    assert "no camera that tells its name" in raised.value.hint


def test_what_is_chosen_is_remembered() -> None:
    """The next time nothing need be said; what a key has changed meanwhile is remembered as well."""
    words = ["--camera", "brio", "--size", "1280x720", "--language", "de", "--no-mirror", "--still"]
    choices = choose(options(*words), listed=CAMERAS)
    assert (choices.camera, choices.words.language) == ("4", "de")
    remember(choices, {"full_screen": True})
    again = choose(options(), listed=CAMERAS)
    expected = Settings(camera="brio", size=(1280, 720), mirror=False, full_screen=True, still=True, language="de")
    assert again.settings == expected == read_settings()[0]
    assert (again.camera, again.words.language) == ("4", "de")
    assert choose(options("--mirror"), listed=CAMERAS).settings.mirror


def test_a_file_in_place_of_a_camera_is_for_once(tmp_path: Path) -> None:
    """The next time the camera is the camera again; an address with a password is not kept either."""
    clip = tmp_path / "clip.mp4"
    clip.touch()
    choices = choose(options("--camera", str(clip)))
    assert choices.camera == str(clip)
    remember(choices)
    remember(choose(options("--camera", "http://me:secret@host/video")))
    assert choose(options()).camera == "0"


def test_a_remembered_camera_that_is_not_there_gives_way(capsys: pytest.CaptureFixture[str]) -> None:
    """The first one is taken, and one line says so."""
    remember(choose(options("--camera", "brio"), listed=CAMERAS))
    assert choose(options(), listed=CAMERAS[:1]).camera == "0"
    assert "'brio' is not there" in capsys.readouterr().err


def test_settings_that_cannot_be_read_or_kept_are_told_and_no_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Coaching goes on."""
    (tmp_path / "config").write_text("in the way")
    remember(choose(options("--no-mirror")))
    assert "cannot be kept" in capsys.readouterr().err


def test_an_unknown_language_is_an_error() -> None:
    """Nothing begins in a language that nobody asked for."""
    with pytest.raises(SettingError, match="no language 'xx'"):
        choose(options("--language", "xx"))


def test_a_remembered_language_that_is_not_there_gives_way(capsys: pytest.CaptureFixture[str]) -> None:
    """Another version may have known it: the system's is spoken, and one line says so."""
    keep_settings(Settings(language="xx"))
    assert choose(options()).words.language == "en"
    assert "'xx' is not there" in capsys.readouterr().err


@pytest.mark.parametrize("size", ["1280", "x", "12x34", "640x480x3"])
def test_a_size_is_width_and_height(size: str) -> None:
    """Anything else is refused by the command line."""
    with pytest.raises(SystemExit):
        options("--size", size)


def test_a_system_that_does_not_tell_has_no_names() -> None:
    """Numbers still work; a name with control characters is made harmless."""

    def fails() -> list[tuple[int, str]]:
        raise NotImplementedError

    assert find_cameras(fails) == []
    assert find_cameras(lambda: [(1, "b\x1b[2J"), (0, "")]) == [NamedCamera(0, "camera 0"), NamedCamera(1, "b\\x1b[2J")]
    assert all(camera.number >= 0 for camera in find_cameras())


def test_exercises_and_routines_are_shown_in_the_persons_language(capsys: pytest.CaptureFixture[str]) -> None:
    """The whole page: guide, steps, corrections, warnings; in the language that was asked for, or is remembered."""
    assert main(["show", "neck-roll", "--language", "de"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Ohr zur linken Schulter" in said
    assert "Hör auf bei" in said
    remember(choose(options("--language", "de")))
    assert main(["show", "neck-relief"]) == 0
    assert "Für einen steifen Nacken" in " ".join(capsys.readouterr().out.split())
