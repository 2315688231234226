"""Many clips: the same tree of results, nothing done twice, nothing lost, and one bad clip stops nothing."""

from __future__ import annotations

import csv
import errno
import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

import pytest

import media
from acting import SIZE_PX, Actor, cast, raising
from disks import full_disk
from poise.app.batch import Outcome, Standing, analyze_all, write_summaries
from poise.app.options import Options
from poise.cli import folder as folder_command
from poise.cli import main
from poise.errors import DiskFullError, OutputError
from poise.files import output_error
from poise.io.clips import find_clips
from poise.io.session_file import load_session
from results_material import left_in

HOW = Options(exercise="arm-raise", report=False, data=None)
BARE = Options(exercise="arm-raise", video=False, report=False, data=None)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second of video."""
    return media.make_clip(tmp_path_factory.mktemp("clips") / "arms.mp4", 15, size_px=SIZE_PX)


@pytest.fixture
def actor(monkeypatch: pytest.MonkeyPatch) -> Actor:
    """An arm raise in place of the model, in workers that are threads."""
    return cast(monkeypatch, Actor(raising(1)))


@pytest.fixture
def folder(clip: Path, tmp_path: Path) -> Path:
    """Three clips, two of which have the same name, and one that is none."""
    for name in ("a/one.mp4", "b/one.mp4", "two.MOV"):
        put(clip, tmp_path / "in" / name)
    (tmp_path / "in" / "a" / "bad.mkv").write_text("no video")
    return tmp_path / "in"


def put(clip: Path, path: Path) -> None:
    """A copy that differs from every other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(clip.read_bytes() + path.as_posix().encode())


def run(
    place: Path | str, out: Path, how: Options = BARE, tell: Callable[[Standing], None] = lambda _: None
) -> tuple[dict[str, Outcome], bool]:
    """Analyse by one thread; outcomes by name, and whether it was interrupted."""
    with ThreadPoolExecutor(1) as executor:
        outcomes, interrupted = analyze_all(find_clips(str(place), out), out, how, executor, tell=tell)
    return {outcome.clip: outcome for outcome in outcomes}, interrupted


def statuses(outcomes: dict[str, Outcome]) -> dict[str, str]:
    """What came of each clip."""
    return {name: outcome.status for name, outcome in outcomes.items()}


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


def test_interrupted_work_goes_on_where_it_stopped(folder: Path, tmp_path: Path, actor: Actor) -> None:
    """Ctrl-C ends it within a frame; the next run does only what is missing."""

    def interrupt(standing: Standing) -> None:
        if any(outcome.status == "done" for outcome in standing.outcomes):
            raise KeyboardInterrupt

    outcomes, interrupted = run(folder, tmp_path / "out", HOW, interrupt)
    assert interrupted
    assert 1 <= list(statuses(outcomes).values()).count("done") < 3
    assert not [name for name in left_in(tmp_path / "out") if name.endswith(".part")]
    seen = len(actor.poses)
    again, interrupted = run(folder, tmp_path / "out", HOW)
    assert not interrupted
    assert [again[name].status for name, before in statuses(outcomes).items() if before == "done"] == ["as before"] * (
        list(statuses(outcomes).values()).count("done")
    )
    assert len(actor.poses) > seen


def test_a_clip_under_way_is_dropped_when_it_is_interrupted(folder: Path, tmp_path: Path) -> None:
    """Half a clip is no result: its folder has neither session nor video."""
    clips = find_clips(str(folder / "two.MOV"))

    def stop(standing: Standing) -> None:
        if standing.under_way:
            raise KeyboardInterrupt

    slow = Actor(raising(1))
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(1) as executor:
        cast(patch, slow)
        estimate = slow.estimate
        patch.setattr(slow, "estimate", lambda frame: (time.sleep(0.1), estimate(frame))[1])
        outcomes, interrupted = analyze_all(clips, tmp_path / "out", HOW, executor, tell=stop)
    assert (outcomes, interrupted) == ([], True)
    assert left_in(tmp_path / "out") == []


@pytest.mark.parametrize("limit_bytes", [0, 2_000])
@pytest.mark.usefixtures("actor")
def test_a_full_disk_leaves_nothing_half_written(folder: Path, tmp_path: Path, limit_bytes: int) -> None:
    """Every clip then fails in one line; with room again, the same command does them."""
    place = str(folder / "two.MOV")
    job_out = tmp_path / "out"
    job_out.mkdir()
    with ThreadPoolExecutor(1) as executor, full_disk(limit_bytes):
        outcomes, _ = analyze_all(find_clips(place), job_out, HOW, executor, here=False)
    assert [outcome.status for outcome in outcomes] == ["failed"]
    assert "cannot be written" in outcomes[0].note
    assert left_in(job_out) == []
    assert statuses(run(place, job_out, HOW)[0]) == {"two.MOV": "done"}


@pytest.mark.usefixtures("actor")
def test_a_disk_that_fills_ends_the_work(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hours of work for clips whose results have no room help nobody; with room again, it goes on."""
    asked: list[str] = []

    def fill(path: Path, *_: object, **__: object) -> None:
        asked.append(path.name)
        if len(asked) > 1:  # work takes time, in which the first failure is heard of
            threading.Event().wait(1.0)
        raise output_error(path, OSError(errno.ENOSPC, "No space left on device"))

    with monkeypatch.context() as patch:
        patch.setattr(import_module("poise.app.batch.work"), "analyze_clip", fill)
        with pytest.raises(DiskFullError, match="No space left") as caught:
            run(folder, tmp_path / "out")
    assert "goes on" in caught.value.hint
    assert len(asked) <= 2  # one more may have begun meanwhile
    assert statuses(run(folder, tmp_path / "out")[0])["two.MOV"] == "done"


def test_a_folder_that_cannot_be_written_is_told_before_the_work(
    folder: Path, tmp_path: Path, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once, and not for every clip (root may write everywhere, hence the stand-in)."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "touch", refuse)
    with pytest.raises(OutputError, match="Permission denied"):
        run(folder, tmp_path / "out")
    assert actor.poses == []


def test_results_do_not_go_where_the_clips_are(folder: Path, actor: Actor) -> None:
    """A clip's folder of results has its name: told once before the work, with a folder that is free."""
    with pytest.raises(OutputError, match="holds clips where their results would go") as caught:
        run(folder, folder)
    assert "poise-out" in caught.value.hint
    assert actor.poses == []
    assert set(statuses(run(folder, folder / "poise-out")[0]).values()) == {"done", "failed"}


@pytest.mark.usefixtures("actor")
def test_a_clip_that_breaks_off_is_analysed_as_far_as_it_goes(tmp_path: Path) -> None:
    """It is done, with a remark."""
    whole = media.make_clip(tmp_path / "whole.mkv", 60, size_px=SIZE_PX, options={"g": "10"})
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "cut.mkv").write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    outcome = run(tmp_path / "in", tmp_path / "out")[0]["cut.mkv"]
    assert outcome.status == "done"
    assert "breaks off" in outcome.note or "damaged" in outcome.note


def test_a_fault_of_ours_costs_one_clip(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that nobody foresaw is a line of the summary too."""
    cast(monkeypatch, Actor(raising(1), {0: ZeroDivisionError("oh")}))
    outcomes, _ = run(folder, tmp_path / "out")
    assert outcomes["a/one.mp4"].note == "unexpected error: ZeroDivisionError: oh"
    assert statuses(outcomes)["two.MOV"] in ("done", "failed")  # the actor's count of frames goes on


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


@pytest.fixture
def by_threads(monkeypatch: pytest.MonkeyPatch, actor: Actor) -> Iterator[Actor]:
    """The command with threads in place of processes, and an actor in place of the model."""
    monkeypatch.setattr(folder_command, "Processes", ThreadPoolExecutor)
    monkeypatch.setattr(folder_command, "estimator_of", lambda *_, **__: None)
    return actor


@pytest.mark.usefixtures("by_threads")
def test_the_command_says_what_came_of_it(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Counts, each failure with its remedy, the summary, and an exit code that tells of failures."""
    words = [
        "analyze",
        str(folder),
        "--exercise",
        "arm-raise",
        "--no-video",
        "--no-report",
        "--out",
        str(tmp_path / "out"),
    ]
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
