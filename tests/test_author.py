"""What authors do on the command line: check, sweep, compare, watch; the clip is acted, the model is not run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from poise.app.author import sweeping
from poise.app.author.workbench import Change, Watch, Workbench, differing
from poise.app.trial import Trial
from poise.cli import main
from poise.cli.test_command import print_changes
from poise.core.author.variations import VARIATIONS
from poise.core.session import FaultRecord, Hold, Session
from poise.io.specs import load_spec, read_spec

pytest_plugins = ["author_material"]


class TestWatch:
    """Saving a file tries it again."""

    def test_a_saved_exercise_is_tried_again(self, drafted: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """With what changed, in a table; a mistake is a line; a sidecar that is saved is tried, too."""
        bench = Workbench({Path("demo.mp4"): Path("demo.yaml")})
        before: dict[tuple[str, Path], Trial] = {}
        print_changes(drafted, bench, before)
        assert "✓" in capsys.readouterr().out
        text = drafted.read_text()
        drafted.write_text(re.sub(r"above: -?[\d.]+", "above: 180", text, count=1))
        print_changes(drafted, bench, before)
        assert "repetitions 3 → 0" in capsys.readouterr().out
        drafted.write_text(text.replace("above:", "abve:"))
        print_changes(drafted, bench, before)
        assert "did you mean 'above'" in capsys.readouterr().out
        drafted.write_text(text)
        Path("demo.yaml").write_text(Path("demo.yaml").read_text().replace("total: 3", "total: 4"))
        print_changes(drafted, bench, before)
        print_changes(Path("demo.yaml"), bench, before)
        assert "expected 4 repetitions, found 3" in capsys.readouterr().out

    def test_only_what_was_saved_is_told(self, tmp_path: Path) -> None:
        """Once; a file that is gone for a moment, as editors do, is told when it is back."""
        one, two = tmp_path / "one", tmp_path / "two"
        one.write_text("1")
        watch = Watch([one, two])
        assert watch.changed() == []
        os.utime(one, ns=(1, 1))
        two.write_text("2")
        assert watch.changed() == [one, two]
        assert watch.changed() == []
        one.unlink()
        assert watch.changed() == []

    def test_what_differs_is_in_words(self) -> None:
        """Sides before totals, holds from half a second on, faults by their repetitions, near misses."""
        blank: dict[str, Any] = {"poise": "", "source": "", "exercise": "x", "model": ""}
        old = Session(**blank)
        new = Session(
            **blank,
            reps={"total": 2, "left": 2, "right": 0},
            holds=[Hold(side="left", start_s=1, end_s=4, held_s=3, step="s", target_s=3)],
            faults=[FaultRecord(id="rushed", repetition=2, t_s=2, severity="tip", say="Slower", side=None)],
        )
        assert differing(old, new) == ["left repetitions 0 → 2", "held 0.0 → 3.0 s", "rushed in none → 2"]
        assert Change(None, Trial(Path("x"), load_spec("squat"), new, ())).lines == []


class TestSweepAndDiff:
    """What a number may be, and what another version counts."""

    def test_a_sweep_names_the_room_of_every_number(
        self, drafted: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Of the draft nothing is fragile; the picture is there; in other processes it is the same."""
        monkeypatch.setattr(sweeping, "VARIATIONS", {name: VARIATIONS[name] for name in ("as recorded", "10 fps")})
        assert main(["sweep", "my-raise", ".", "--workers", "1"]) == 0
        assert "Nothing is fragile" in capsys.readouterr().out
        assert Path("poise-out/my-raise.sweep.png").read_bytes().startswith(b"\x89PNG")
        assert main(["sweep", str(drafted), ".", "--workers", "2"]) == 0
        assert "there:" in capsys.readouterr().out

    @pytest.mark.usefixtures("drafted")
    def test_a_sweep_over_nothing_that_passes_is_refused(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Where no clip is as its sidecar says, no number is called sound."""
        monkeypatch.setattr(sweeping, "VARIATIONS", {name: VARIATIONS[name] for name in ("as recorded", "10 fps")})
        sidecar = Path("demo.yaml")
        sidecar.write_text(sidecar.read_text().replace("total: 3", "total: 4"))
        assert main(["sweep", "my-raise", "--workers", "1"]) == 2
        told = capsys.readouterr()
        assert "no clip is judged as its sidecar says; demo.mp4, as recorded: expected 4 repetitions" in told.err
        assert "Nothing is fragile" not in told.out

    @pytest.mark.usefixtures("drafted")
    def test_without_samples_the_clips_that_lie_here_are_meant(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Not those in folders below, and with a folder of samples only that."""
        Path("below").mkdir()
        shutil.copy("demo.mp4", "below")
        shutil.copy("demo.yaml", "below")
        assert main(["test"]) == 0
        assert "1 as expected, 0 not" in capsys.readouterr().out
        Path("sample_videos").mkdir()
        assert main(["test"]) == 2
        assert "no clip with a sidecar here" in capsys.readouterr().err

    @pytest.mark.usefixtures("drafted")
    def test_an_exercise_without_clips_says_so(self, capsys: pytest.CaptureFixture[str]) -> None:
        """One line and a hint."""
        assert main(["sweep", "squat", "."]) == 2
        assert "no clip of squat" in capsys.readouterr().err

    def test_two_versions_of_an_exercise(self, drafted: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The same is the same; a higher target counts less, and the number and the clip are named."""
        assert main(["diff", str(drafted), str(drafted)]) == 0
        other = drafted.with_name("other.yaml")
        name, condition = next(iter(load_spec("my-raise").steps[1].where.items()))
        word, value, harder = (
            ("above", condition.above, 140) if condition.above is not None else ("below", condition.below, 20)
        )
        other.write_text(drafted.read_text().replace(f"{word}: {value:g}", f"{word}: {harder}"))
        assert main(["diff", str(drafted), str(other), "--clips", "."]) == 1
        said = capsys.readouterr().out
        assert f"there: {name} {word} {value:g} → {harder}" in said
        assert "demo.mp4" in said

    @pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
    def test_against_the_last_commit(self, drafted: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """One file alone is compared with what git has of it; what git has not is told."""
        assert main(["diff", str(drafted), "--clips", "."]) == 2
        assert "git has no earlier version of" in capsys.readouterr().err
        assert main(["diff", "HEAD:exercise_specs/my-raise.yaml", str(drafted)]) == 2
        assert "git has no HEAD:exercise_specs/my-raise.yaml" in capsys.readouterr().err
        git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.com"]
        for words in (["init", "-q"], ["add", "exercise_specs"], ["commit", "-q", "-m", "x"]):
            subprocess.run([*git, *words], check=True)
        drafted.write_text(drafted.read_text().replace("reps: 5", "reps: 6"))
        for named in (str(drafted), "my-raise"):
            assert main(["diff", named]) == 0
            assert "0 counted differently" in capsys.readouterr().out
        assert read_spec("my-raise").spec.dose.reps == 6


class TestLintAndSchema:
    """Checking files without a clip."""

    def test_every_kind_of_file_is_checked_as_what_it_is(
        self, drafted: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Exercises, routines and sidecars in a folder; other files there are left alone; one line each."""
        folder = Path("mixed")
        folder.mkdir()
        (folder / "other.yaml").write_text("a: 1\n")
        (folder / "routine.yaml").write_text(
            "poise: 1\nid: routine\nname: R\nguide: x\nexercises: [{exercise: sqat}]\n"
        )
        (folder / "clip.yaml").write_text("spec: squat\nmade_by: me\nexpect: {faults: {chest-drop: [1]}}\n")
        (folder / "broken.yaml").write_text("steps: [\n")
        (folder / "advised.yaml").write_text(drafted.read_text().replace("[pain, dizziness]", "[]"))
        assert main(["lint", str(folder)]) == 1
        said = capsys.readouterr().out
        assert "routine.yaml:5:24: exercises[0].exercise: there is no exercise 'sqat' (did you mean 'squat'?)" in said
        assert "clip.yaml:3:19: expect.faults.chest-drop" in said
        assert "broken.yaml:" in said
        assert "[no-safety]" in said
        assert "other.yaml" not in said
        assert "4 files: 3 mistakes, 1 piece of advice" in said

    def test_a_mistake_of_an_exercise_is_told_once(self, drafted: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Not again at each clip of it; where the sidecar alone is asked for, or has its own mistake, it is told."""
        drafted.write_text(drafted.read_text().replace("kind: mobility", "kind: mobilty"))
        assert main(["lint", "exercise_specs", "demo.yaml"]) == 1
        assert "2 files: 1 mistake, 0 pieces of advice" in capsys.readouterr().out
        assert main(["lint", "demo.yaml"]) == 1
        assert "did you mean 'mobility'?" in capsys.readouterr().out
        Path("demo.yaml").write_text(Path("demo.yaml").read_text().replace("total", "totl"))
        assert main(["lint", "exercise_specs", "demo.yaml"]) == 1
        assert "2 files: 2 mistakes, 0 pieces of advice" in capsys.readouterr().out

    def test_a_file_is_found_by_its_id(self, drafted: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """So another id in it is a mistake where exercises are looked for, and nowhere else."""
        drafted.write_text(drafted.read_text().replace("id: my-raise", "id: raise"))
        assert main(["lint", str(drafted)]) == 1
        assert "found 'raise', expected 'my-raise', the name of its file" in capsys.readouterr().out
        assert main(["lint", str(shutil.copy(drafted, "elsewhere.yaml"))]) == 0

    @pytest.mark.usefixtures("drafted")
    def test_what_lies_beside_a_clip_is_its_sidecar(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Even when its own keys do not tell."""
        Path("clips").mkdir()
        shutil.copy("demo.mp4", "clips")
        Path("clips/demo.yaml").write_text(Path("demo.yaml").read_text().replace("expect:", "expects:"))
        assert main(["lint", "clips"]) == 1
        assert "expects: found an unknown key (did you mean 'expect'?)" in capsys.readouterr().out

    def test_the_library_is_silent(self, capsys: pytest.CaptureFixture[str]) -> None:
        """And a name that is none gives the nearest."""
        assert main(["lint"]) == 0
        assert "nothing to say" in capsys.readouterr().out
        assert main(["lint", "sqat"]) == 2
        assert "squat" in capsys.readouterr().err
        assert main(["lint", "--rules"]) == 0
        assert "out-of-reach" in capsys.readouterr().out

    def test_schemas_are_printed_written_and_found(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """One to standard output, all to a folder, or where they are."""
        assert main(["schema", "spec"]) == 0
        printed = capsys.readouterr().out
        assert main(["schema", "--out", "schemas"]) == 0
        assert (folder / "schemas" / "spec.json").read_text() == printed
        assert main(["schema"]) == 0
        shown = capsys.readouterr().out.splitlines()
        lines = [line for line in shown if line.startswith("# yaml-language-server: $schema=")]
        assert [line.endswith(".json") for line in lines] == [True] * 4  # whole, so that they can be copied
