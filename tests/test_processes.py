"""Worker processes: what the death of one costs."""

from __future__ import annotations

from pathlib import Path

from dying import died
from poise.app.processes import Processes
from poise.errors import WorkerError


def test_a_worker_that_dies_costs_its_own_clip_alone(tmp_path: Path) -> None:
    """It is tried once more; what the others do goes on, and its place is taken by a new process."""
    with Processes(2) as executor:
        futures = [executor.submit(died, tmp_path / f"{times}", times) for times in (1, 0, 2, 0)]
        answers = [future.exception() or future.result() for future in futures]
        later = executor.submit(died, tmp_path / "later", 0).result()
    assert [answer for answer in answers if answer == "alive"] == ["alive"] * 3
    assert isinstance(answers[2], WorkerError)
    assert later == "alive"
    assert (tmp_path / "2").read_text() == "xx"
