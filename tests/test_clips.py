"""Clips below a folder or in a storage, and the folders of their results."""

from __future__ import annotations

from pathlib import Path

import pytest

from poise.errors import SourceError
from poise.io.clips import Clip, at_hand, find_clips


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """Some bytes under a video's name."""
    path = tmp_path / "clip.mp4"
    path.write_bytes(b"pictures")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four files that are called as videos are."""
    for name in ("a/bad.mkv", "a/one.mp4", "b/one.mp4", "two.MOV", "three.gif", "notes.txt"):
        touch(tmp_path / "in" / name)
    return tmp_path / "in"


def touch(path: Path) -> None:
    """An empty file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


@pytest.mark.parametrize("name", ["../../up.mp4", "/etc/x.mp4", "a/../../b.mp4", "./c.mp4", "...", "..", ". ."])
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    """A storage may call a clip whatever it likes."""
    parts = Clip("memory://x", name, 0).folder.parts
    assert parts
    assert not {"..", ".", "/", ""} & set(parts)


def test_folders_of_different_names_differ() -> None:
    """Also where the harmless name is the same."""
    assert len({Clip("", name, 0).folder for name in ("a?.mp4", "a*.mp4", "a_.mp4", "a_.mp4.")}) == 4


def test_results_and_hidden_files_are_no_clips(folder: Path) -> None:
    """What an analysis wrote is not analysed, wherever it lies."""
    for name in ("a/.hidden.mp4", ".git/x.mp4", "done/annotated.mp4", "results/x.mp4"):
        touch(folder / name)
    (folder / "done" / "session.json").touch()
    names = [clip.name for clip in find_clips(str(folder), folder / "results")]
    assert names == ["a/bad.mkv", "a/one.mp4", "b/one.mp4", "three.gif", "two.MOV"]


@pytest.mark.parametrize("place", ["nowhere", "empty"])
def test_no_clip_is_an_error(place: str, tmp_path: Path) -> None:
    """A wrong folder is told in one line."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError):
        find_clips(str(tmp_path / place))


@pytest.mark.parametrize("place", ["memory://nothing", "nosuch://x", "file:///no/such/place"])
def test_an_address_that_leads_nowhere_is_one_line(place: str) -> None:
    """Whatever the storage's own error is."""
    pytest.importorskip("fsspec")
    with pytest.raises(SourceError):
        find_clips(place)


def test_a_copy_is_removed_when_the_work_on_it_fails(clip: Path, tmp_path: Path) -> None:
    """However it ends; nor is there a folder in which nothing is."""
    pytest.importorskip("fsspec")

    def work_on_it() -> None:
        with at_hand(f"file://{clip}", tmp_path / "results") as path:
            assert path.read_bytes() == clip.read_bytes()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work_on_it()
    assert not (tmp_path / "results").exists()
