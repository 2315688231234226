"""The tutorial does what it says: its commands are run, in order, with the files that it shows."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest

from poise.app import tracking
from poise.app.author import failure, sweeping, workbench
from poise.cli import main, measures_command, new_command
from poise.core.author.variations import VARIATIONS
from poise.io.tracks import Track
from recorded import SAMPLES, recorded

PAGE = Path(__file__).parents[1] / "docs" / "writing-a-spec.md"
BLOCK = re.compile(r"<!-- (run|append|write) ?(\S*) -->\n```\w+\n(.*?)```", re.DOTALL)

#: The clips that the reader films, and the sample clips that stand for them.
CLIPS = {"demo.mp4": SAMPLES / "neck-rotation.mp4", "friend.mp4": SAMPLES / "neck-rotation-b.mp4"}


def _track(clip: Path, **_: Any) -> Track:
    return recorded(CLIPS[clip.name])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the two clips in it, whose tracks are known."""
    for name, sample in CLIPS.items():
        shutil.copy(sample, tmp_path / name)
    for module in (tracking, new_command, measures_command, failure, sweeping, workbench):
        monkeypatch.setattr(module, "track_of", _track)
    monkeypatch.setattr("poise.app.trial.track_of", _track)
    monkeypatch.setattr(sweeping, "VARIATIONS", {"10 fps": VARIATIONS["10 fps"]})  # the quickest will do here
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_from_a_clip_to_a_green_test(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every block in order: commands succeed, and what is drafted is what the page shows."""
    blocks = BLOCK.findall(PAGE.read_text())
    assert [kind for kind, *_ in blocks].count("run") >= 5
    said = []
    for kind, place, text in blocks:
        if kind == "write":
            (folder / place).write_text(text)
        elif kind == "append":
            with (folder / place).open("a") as file:
                file.write(text)
        for line in text.splitlines() if kind == "run" else ():
            command, *words = shlex.split(line)
            words = [*words, "--workers", "1"] if words[0] == "sweep" else words
            code = main(words) if command == "poise" else pytest.main(["-q", "-p", "no:cacheprovider", *words])
            said.append(capsys.readouterr().out)
            assert code == 0, f"{line}\n{said[-1]}"
    drafted, *_, passed = said
    assert "4 repetitions  (left 2, right 2)" in drafted
    assert "3 passed" in passed
    assert (folder / "poise-out" / "side-look.sweep.png").stat().st_size > 10_000
    shown = re.search(r"```yaml\n(sides: each.*?)```", PAGE.read_text(), re.DOTALL)
    assert shown is not None
    written = (folder / "exercise_specs" / "side-look.yaml").read_text()
    for line in shown[1].splitlines():
        assert line.split("#")[0].strip() in written
