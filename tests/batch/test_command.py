"""``poise analyze FOLDER``: what it says of many clips."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from poise.app.batch import Outcome
from poise.cli import console as printing
from poise.cli import folder as folder_command
from poise.cli import main


@pytest.mark.usefixtures("by_threads")
def test_the_command_says_what_came_of_it(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Counts, each failure with its remedy, the summary, and an exit code that tells of failures."""
    words = ["analyze", str(folder), "--exercise", "arm-raise", "--no-video", "--no-report"]
    words += ["--out", str(tmp_path / "out")]
    assert main(words) == 1
    said = capsys.readouterr().out
    assert "3 analysed, 1 failed" in said
    assert "bad.mkv" in said
    assert "summary.html" in said
    (folder / "a" / "bad.mkv").unlink()
    assert main(words) == 0
    assert "3 done before" in capsys.readouterr().out
    with (tmp_path / "out" / "summary.csv").open(newline="") as file:
        assert [row["frames"] for row in csv.DictReader(file)] == ["15"] * 3


@pytest.mark.usefixtures("by_threads")
def test_it_speaks_the_readers_language(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Terminal and page, with the exercise's name; the table for programs is called alike in all languages."""
    words = ["analyze", str(folder), "--exercise", "arm-raise", "--no-video", "--no-report", "--language", "de"]
    assert main([*words, "--out", str(tmp_path / "out")]) == 1
    said, page = capsys.readouterr().out, (tmp_path / "out" / "summary.html").read_text()
    assert "3 ausgewertet, 1 misslungen" in said
    assert all(word in said for word in ("Arme heben", "Wiederholungen", "was zu tun ist"))
    assert all(word in page for word in ('lang="de"', "Arme heben", "Wiederholungen", "Zusammenfassung", "Clip suchen"))
    with (tmp_path / "out" / "summary.csv").open(newline="") as file:
        rows = [(row["exercise"], row["name"]) for row in csv.DictReader(file) if row["status"] == "done"]
    assert rows == [("arm-raise", "Arme heben")] * 3


@pytest.mark.usefixtures("by_threads")
def test_the_command_can_be_interrupted(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is a summary of what is done, and it says that the same command goes on."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(folder_command.Bars, "show", interrupt)
    assert (
        main(["analyze", str(folder), "--exercise", "arm-raise", "--no-video", "--out", str(tmp_path / "out")]) == 130
    )
    assert "goes on where it stopped" in capsys.readouterr().out
    assert "Interrupted" in (tmp_path / "out" / "summary.html").read_text()


def test_several_clips_belong_in_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A shell makes many words of ``*.mp4``: told what to name instead."""
    assert main(["analyze", *map(str, sorted(folder.rglob("one.mp4"))), "--exercise", "squat"]) == 2
    said = capsys.readouterr().err
    assert "2 clips are named" in said
    assert "folder" in said


def test_a_routine_is_not_for_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Told before the work."""
    assert main(["analyze", str(folder), "--exercise", "desk-break"]) == 2
    assert "routine" in capsys.readouterr().err


def test_what_is_wrong_with_a_clip_that_was_analysed_is_told_too(capsys: pytest.CaptureFixture[str]) -> None:
    """A clip that breaks off looks whole in a table of counts; a name of two lines stays one."""
    folder_command.print_outcomes([Outcome("two\nlines.mp4", "done", note="breaks off after 4.7 s", repetitions=1)])
    said = capsys.readouterr().out
    assert "Note two\\nlines.mp4: breaks off after 4.7 s" in said
    assert "two\nlines" not in said


def test_a_long_name_leaves_room_for_what_was_found(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In eighty columns the name is broken, and neither the exercise nor the headings are cut short."""
    monkeypatch.setattr(printing.console, "width", 80)
    name = "patients/2026-11/knee-after-surgery-second-visit-left.mp4"
    line = Outcome(name, "done", name="Upper trapezius stretch", repetitions=6, correction="Hold longer")
    folder_command.print_outcomes([line, Outcome(name, "failed", "is empty", "copy it again")])
    said = capsys.readouterr().out
    assert "…" not in said
    assert "repetitions" in said
    assert "trapezius" in said
    assert "copy it again" in said
