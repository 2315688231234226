"""Many clips: the same tree of results, nothing done twice, and no name that does harm."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from acting import Actor
from batch_material import HOW, put, run, statuses
from poise.app.batch import write_summaries
from poise.app.options import Options
from poise.io.session_file import load_session
from results_material import left_in


@pytest.mark.usefixtures("actor")
def test_every_clip_has_its_own_folder_in_the_same_tree(folder: Path, tmp_path: Path) -> None:
    """Equal names in different folders do not meet; a bad clip is one line and leaves nothing."""
    outcomes, interrupted = run(folder, tmp_path / "out", HOW)
    done = {"a/one.mp4": "done", "b/one.mp4": "done", "two.MOV": "done"}
    assert (statuses(outcomes), interrupted) == ({**done, "a/bad.mkv": "failed"}, False)
    assert outcomes["a/bad.mkv"].note == "is not a video that can be read"
    assert left_in(tmp_path / "out") == sorted(
        f"{name}/{file}" for name in done for file in ("annotated.mp4", "done.json", "session.json")
    )
    session = load_session(tmp_path / "out" / "b" / "one.mp4" / "session.json")
    assert session.source == str(folder / "b" / "one.mp4")
    assert outcomes["b/one.mp4"].frames == session.frames == 15


def test_what_is_done_is_not_done_again(folder: Path, tmp_path: Path, actor: Actor) -> None:
    """By content: a touched clip is known, a changed one is not; other options are other work."""
    first, _ = run(folder, tmp_path / "out")
    seen = len(actor.poses)
    os.utime(folder / "two.MOV")
    second, _ = run(folder, tmp_path / "out")
    assert set(statuses(second).values()) == {"as before", "failed"}
    assert len(actor.poses) == seen
    assert second["two.MOV"].seconds == first["two.MOV"].seconds
    with (folder / "two.MOV").open("ab") as file:
        file.write(b"more")
    third, _ = run(folder, tmp_path / "out")
    assert [name for name, status in statuses(third).items() if status == "done"] == ["two.MOV"]
    fourth, _ = run(folder, tmp_path / "out", Options(exercise="arm-raise", video=False, report=False, every=2))
    assert statuses(fourth)["a/one.mp4"] == "done"


def test_a_result_that_somebody_removed_is_made_again(folder: Path, tmp_path: Path, actor: Actor) -> None:
    """The mark that a clip is done is believed only while its files are there."""
    run(folder, tmp_path / "out")
    seen = len(actor.poses)
    (tmp_path / "out" / "two.MOV" / "session.json").unlink()
    outcomes, _ = run(folder, tmp_path / "out")
    assert statuses(outcomes)["two.MOV"] == "done"
    assert len(actor.poses) == seen + 15


@pytest.mark.usefixtures("actor")
def test_what_an_earlier_run_left_is_out_of_date(folder: Path, tmp_path: Path) -> None:
    """Without a video there is none, not that of other options; what a killed run had begun goes too."""
    run(folder, tmp_path / "out", HOW)
    begun = tmp_path / "out" / "two.MOV" / ".0123.part"
    begun.touch()
    run(folder, tmp_path / "out")
    assert not (tmp_path / "out" / "two.MOV" / "annotated.mp4").exists()
    assert not begun.exists()


@pytest.mark.usefixtures("actor")
def test_another_version_does_everything_again(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its results may differ."""
    run(folder, tmp_path / "out")
    monkeypatch.setattr("poise.__version__", "99")
    assert statuses(run(folder, tmp_path / "out")[0])["two.MOV"] == "done"


HOSTILE = [
    "<script>alert(1)</script>.mp4", 'a "quoted" name.mp4', "two\nlines.mp4", "=cmd|' \\C calc'!A0.mp4", "\x1b[31m.mp4",
    "a ...mp4", "con?.mp4", "con*.mp4", "x" * 240 + ".mp4", "ümläut ✓.mp4",
]  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="such names cannot exist there")
@pytest.mark.usefixtures("actor")
def test_hostile_names_are_harmless(clip: Path, tmp_path: Path) -> None:
    """No name leads out of the folder, meets another, runs in the page, or computes in a spreadsheet."""
    for name in HOSTILE:
        put(clip, tmp_path / "in" / name)
    outcomes, _ = run(tmp_path / "in", tmp_path / "out")
    assert statuses(outcomes) == dict.fromkeys(HOSTILE, "done")
    folders = {path.parent for path in (tmp_path / "out").rglob("session.json")}
    assert len(folders) == len(HOSTILE)
    assert all(path.resolve().is_relative_to(tmp_path / "out") for path in folders)
    page, table = write_summaries(tmp_path / "out", "<b>", list(outcomes.values()), of=len(outcomes))
    text = page.read_text()
    assert "<script>alert" not in text
    assert "<b>" not in text
    assert "\x1b" not in text
    with table.open(newline="") as file:
        names = [row["clip"] for row in csv.DictReader(file)]
    assert not [name for name in names if name.startswith("=")]
    for path in folders:
        assert path.name.isprintable()


@pytest.mark.usefixtures("actor")
def test_clips_of_a_storage_are_copied_and_the_copies_removed(clip: Path, tmp_path: Path) -> None:
    """By an address of fsspec; the session names the address, and nothing remains."""
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    for name in ("/in/a/x.mp4", "/in/y.mp4"):
        memory.pipe(name, clip.read_bytes())
    (tmp_path / "out" / "y.mp4").mkdir(parents=True)
    (tmp_path / "out" / "y.mp4" / ".0123.part").write_bytes(b"the copy of a run that was killed")
    outcomes, _ = run("memory://in", tmp_path / "out")
    assert statuses(outcomes) == {"a/x.mp4": "done", "y.mp4": "done"}
    assert not list((tmp_path / "out").rglob("*.part"))
    assert load_session(tmp_path / "out" / "y.mp4" / "session.json").source.startswith("memory://")
    assert statuses(run("memory://in", tmp_path / "out")[0])["y.mp4"] == "as before"
    memory.pipe("/in/y.mp4", clip.read_bytes() + b"more")
    assert statuses(run("memory://in", tmp_path / "out")[0]) == {"a/x.mp4": "as before", "y.mp4": "done"}
    memory.pipe("/in/y.mp4", b"no video")
    assert run("memory://in", tmp_path / "out")[0]["y.mp4"].note == "is not a video that can be read"
