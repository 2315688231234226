"""Real workers and the real model: a run that is killed, and a cluster that loses a worker."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import media
from poise.app.batch import Standing, analyze_all
from poise.app.batch.cluster import cluster
from poise.app.options import Options
from poise.cli import main
from poise.errors import WorkerError
from poise.io.clips import find_clips
from pose_material import cached_model

CLIPS = ("a.mp4", "b.mp4", "c.mp4", "d.mp4")
FRAMES = 80
HOW = Options(exercise="squat", video=False, report=False, data=None)
PATIENCE_S = 90


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four short clips in which nobody is."""
    cached_model()
    (tmp_path / "in").mkdir()
    first = media.make_clip(tmp_path / "in" / CLIPS[0], FRAMES, size_px=(64, 48))
    for name in reversed(CLIPS):  # none that was looked at before
        (tmp_path / "in" / name).write_bytes(first.read_bytes() + os.urandom(16))
    return tmp_path / "in"


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    return [int(child) for path in Path(f"/proc/{pid}/task").glob("*/children") for child in path.read_text().split()]


def alive(pid: int) -> bool:
    """Whether a process runs; one that is over and only waits to be asked does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.model
@pytest.mark.skipif(not Path("/proc").exists(), reason="looks at processes by /proc")
def test_a_killed_run_goes_on_where_it_stopped(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Killed in the middle, its workers end by themselves, what is done is whole, and the rest is done next time."""
    words = ["analyze", str(folder), "--exercise", "squat", "--no-report", "--workers", "2"]
    words += ["--out", str(tmp_path / "out")]
    run = subprocess.Popen([sys.executable, "-m", "poise", *words], stdout=subprocess.DEVNULL)
    try:
        end_s = time.monotonic() + PATIENCE_S
        while not list((tmp_path / "out").rglob("done.json")) and time.monotonic() < end_s:
            time.sleep(0.02)
        workers = children(run.pid)
        assert workers
        maps = "".join(Path(f"/proc/{pid}/maps").read_text() for pid in workers)
        boards = {Path(line.split()[-1]) for line in maps.splitlines() if "psm_" in line}
        assert boards
    finally:
        run.kill()
        run.wait()
    while any(map(alive, workers)) and time.monotonic() < end_s:
        time.sleep(0.02)
    assert not any(map(alive, workers))
    while any(board.exists() for board in boards) and time.monotonic() < end_s:
        time.sleep(0.02)
    assert not any(board.exists() for board in boards)
    done = list((tmp_path / "out").rglob("done.json"))
    assert 1 <= len(done) < len(CLIPS)
    for path in (tmp_path / "out").rglob("session.json"):
        assert json.loads(path.read_text())["frames"] == FRAMES
    assert main(words) == 0
    assert f"{len(CLIPS) - len(done)} analysed, {len(done)} done before" in capsys.readouterr().out
    assert not list((tmp_path / "out").rglob("*.part"))


@pytest.mark.model
def test_a_cluster_that_loses_a_worker_loses_no_clip(folder: Path, tmp_path: Path) -> None:
    """A scheduler and two workers on this machine; one is killed in the middle, and the other does its work."""
    distributed = pytest.importorskip("distributed")
    killed: list[int] = []
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=50
    ) as local:
        pids = [worker.pid for worker in local.workers.values()]

        def kill_one(standing: Standing) -> None:
            if standing.outcomes and not killed:
                killed.append(pids[0])
                os.kill(pids[0], signal.SIGKILL)

        with cluster(local.scheduler_address) as executor:
            clips = find_clips(f"file://{folder}")
            outcomes, _ = analyze_all(clips, tmp_path / "out", HOW, executor, here=False, tell=kill_one)
    assert killed
    assert {outcome.clip: (outcome.status, outcome.frames) for outcome in outcomes} == dict.fromkeys(
        CLIPS, ("done", FRAMES)
    )


def test_a_cluster_that_is_not_there_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody answers: told soon, with a way to begin."""
    pytest.importorskip("distributed")
    monkeypatch.setattr("poise.app.batch.cluster._CONNECT_S", 0.5)
    with pytest.raises(WorkerError, match="no Dask scheduler answers") as caught, cluster("tcp://127.0.0.1:1"):
        pytest.fail("there is none")
    assert "dask scheduler" in caught.value.hint


def test_what_is_no_address_of_a_cluster_is_told_at_once() -> None:
    """Dask's client would wait for a name that nobody has, and complain again as it ends."""
    pytest.importorskip("distributed")
    with pytest.raises(WorkerError, match="no address") as caught, cluster("scheduler"):
        pytest.fail("there is none")
    assert "tcp://" in caught.value.hint


def test_without_dask_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(WorkerError) as caught, cluster("tcp://127.0.0.1:1"):
        pytest.fail("there is none")
    assert "poise[dask]" in caught.value.hint
