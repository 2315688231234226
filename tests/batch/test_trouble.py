"""Many clips, and what may go wrong: nothing is lost, and one bad clip stops nothing."""

from __future__ import annotations

import errno
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

import pytest

import media
from acting import SIZE_PX, Actor, cast, raising
from batch_material import HOW, run, statuses
from disks import full_disk
from poise.app.batch import Standing, analyze_all
from poise.errors import DiskFullError, OutputError
from poise.files import output_error
from poise.io.clips import find_clips
from results_material import left_in


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
