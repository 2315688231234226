"""Sessions on disk, and the folders that results go to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from poise.core.session import Repetition, Session
from poise.errors import OutputError, SourceError
from poise.io.session_file import load_session, results_folder, save_session, source_text


def session(source: str = "clip.mp4", exercise: str = "squat") -> Session:
    """A session of one repetition."""
    rep = Repetition(n=1, side=None, start_s=1.0, end_s=2.5, peak={"knee_flexion": 93.5}, faults=["shallow"])
    return Session(poise="0.1.0", source=source, exercise=exercise, model="full", frames=30, repetitions=[rep])


def test_a_session_comes_back_as_it_was(tmp_path: Path) -> None:
    """Every field, words in any script included; and no other file is left behind."""
    path = tmp_path / "deep" / "session.json"
    written = session("Übung <b>\"1\"</b>\n'日本'.mp4")
    save_session(path, written)
    assert load_session(path) == written
    assert [found.name for found in path.parent.iterdir()] == ["session.json"]


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"hello": 1}', "poise"),
        ('{"format": 2}', "format"),
        (session().model_dump_json().replace('"format":1', '"format":2'), "format"),
        (session().model_dump_json().replace('"frames":30', '"frames":"many"'), "frames"),
        (session().model_dump_json().replace('"frames"', '"later":{},"frames"'), "later"),
    ],
    ids=["empty", "cut short", "deep", "other JSON", "bare newer", "newer", "wrong type", "unknown field"],
)
def test_what_is_no_session_is_refused(tmp_path: Path, content: str, where: str) -> None:
    """Foreign, damaged and newer files are told apart from sessions, in one line that names the first wrong place."""
    path = tmp_path / "session.json"
    path.write_text(content)
    with pytest.raises(SourceError, match="is no Poise session") as caught:
        load_session(path)
    assert f"({where})" in caught.value.message
    assert caught.value.hint


def test_a_session_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A folder of that name, or nothing at all."""
    for path in (tmp_path, tmp_path / "session.json"):
        with pytest.raises(SourceError, match="cannot be read"):
            load_session(path)


def test_a_name_that_is_no_text_can_be_kept(tmp_path: Path) -> None:
    """File names on Linux may hold any bytes; in a session those that are no text are written out."""
    name = b"a\xff.mp4".decode("utf-8", "surrogateescape")
    save_session(tmp_path / "session.json", session(source_text(name)))
    assert load_session(tmp_path / "session.json").source == "a\\udcff.mp4"


def test_results_have_a_folder_for_each_clip_and_exercise(tmp_path: Path) -> None:
    """The same clip and exercise find their folder again; another clip of that name, or exercise, gets another."""
    places = [("a/squats.mp4", "squat"), ("b/squats.mp4", "squat"), ("a/squats.mp4", "lunge")]
    folders = []
    for source, exercise in places:
        folders.append(results_folder(tmp_path, source, exercise))
        save_session(folders[-1] / "session.json", session(source, exercise))
    assert [folder.name for folder in folders] == ["squats", "squats-2", "squats-3"]
    assert [results_folder(tmp_path, *place) for place in places] == folders


def test_a_foreign_session_file_is_not_overwritten(tmp_path: Path) -> None:
    """What another program keeps under our file name stays."""
    foreign = tmp_path / "clip" / "session.json"
    foreign.parent.mkdir()
    foreign.write_text(json.dumps({"mine": True}))
    assert results_folder(tmp_path, "clip.mp4", "squat").name == "clip-2"


@pytest.mark.parametrize(
    "name", ["...mp4", "..mp4", ".mp4", "../../up.mp4", "/etc/passwd.mp4", "a\nb.mp4", '"<i>&.mp4']
)
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    """A clip may be called as it likes: its results stay in a folder of their own, directly inside."""
    assert results_folder(tmp_path, name, "squat").resolve().parent == tmp_path.resolve()


def test_a_place_that_cannot_be_written_is_told_before_the_work(tmp_path: Path) -> None:
    """A file in place of the folder is found when the folder is chosen; nothing is left behind."""
    (tmp_path / "out").touch()
    with pytest.raises(OutputError, match="cannot be written"):
        results_folder(tmp_path / "out", "clip.mp4", "squat")
    assert results_folder(tmp_path, "clip.mp4", "squat") == tmp_path / "clip"
    assert list((tmp_path / "clip").iterdir()) == []
