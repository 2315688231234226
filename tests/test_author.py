"""What authors do on the command line: draft, check, sweep, compare, watch; the clip is acted, the model is not run."""

from __future__ import annotations

import dataclasses
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import media
from acting import Actor, cast, raising
from core.figures import STANDING, Motion
from live_material import ScriptedScreen
from poise.app.author import drafting, sweeping
from poise.app.author.recording import READY_S, record_demonstration
from poise.app.author.workbench import Change, Watch, Workbench, differing
from poise.app.trial import Trial
from poise.cli import main, new_command
from poise.cli.test_command import print_changes
from poise.core.author.variations import VARIATIONS
from poise.core.session import FaultRecord, Hold, Reps, Session
from poise.errors import SourceError
from poise.io.specs import load_spec, read_spec
from poise.testing import FakeSource


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a clip in which both arms go up three times."""
    cast(monkeypatch, Actor(raising(3)))
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path / "cache")
    monkeypatch.setattr("poise.io.specs.user_data_path", lambda *_, **__: tmp_path / "data")
    monkeypatch.delenv("POISE_SPECS", raising=False)
    monkeypatch.chdir(tmp_path)
    media.make_clip(tmp_path / "demo.mp4", [i / 15 for i in range(200)], size_px=(320, 240))
    return tmp_path


@pytest.fixture
def drafted(folder: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """An exercise that was drafted from the clip."""
    assert main(["new", "my-raise", "--from", "demo.mp4"]) == 0
    capsys.readouterr()
    return folder / "exercise_specs" / "my-raise.yaml"


class TestNew:
    """From a demonstration to a file."""

    def test_a_draft_counts_its_own_clip(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Both files are there; the exercise is lint-clean, known by its id, and passes its test."""
        assert main(["new", "my-raise", "--from", "demo.mp4", "--reps", "3"]) == 0
        said = capsys.readouterr().out
        assert "3 repetitions" in said
        assert "-98 % at rest" in " ".join(said.split())
        assert "seen from the front" in " ".join(said.split())
        text = (folder / "exercise_specs" / "my-raise.yaml").read_text()
        first = text.splitlines()[0]
        assert first.startswith("# yaml-language-server: $schema=")
        assert (folder / "exercise_specs" / first.partition("$schema=")[2]).resolve().is_file()
        assert "# reached" in text
        assert "reps: {total: 3}" in (folder / "demo.yaml").read_text()
        assert main(["lint", "my-raise", "demo.yaml"]) == 0
        assert main(["test", "demo.mp4"]) == 0

    @pytest.mark.parametrize(
        ("counted", "note"),
        [
            (2, "it went there 3 times: if they all count, add --reps 3 --force"),
            (0, "it counts nothing in its own clip"),
        ],
    )
    @pytest.mark.usefixtures("folder")
    def test_a_movement_that_the_draft_leaves_out_is_told(
        self, counted: int, note: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Where the draft counts less than it saw, what to do about it."""

        def made(*words: Any) -> drafting.Drafted:
            whole = drafting.drafted(*words)
            session = whole.session.model_copy(update={"reps": Reps(total=counted, left=0, right=0)})
            return dataclasses.replace(whole, session=session)

        monkeypatch.setattr(new_command, "drafted", made)
        assert main(["new", "my-raise", "--from", "demo.mp4"]) == 0
        assert note in capsys.readouterr().out

    def test_nothing_is_overwritten(self, drafted: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Not the file, not an exercise of the library, not a sidecar; ``--force`` replaces the file alone."""
        sidecar = Path("demo.yaml")
        sidecar.write_text(sidecar.read_text() + "# mine\n")
        assert main(["new", "my-raise", "--from", "demo.mp4"]) == 2
        assert main(["new", "squat", "--from", "demo.mp4"]) == 2
        assert "--force" in capsys.readouterr().err
        drafted.write_text("broken")
        assert main(["new", "my-raise", "--from", "demo.mp4", "--force"]) == 0
        assert "demo.yaml was there already and stays" in capsys.readouterr().out
        assert "my-raise" in drafted.read_text()
        assert sidecar.read_text().endswith("# mine\n")

    @pytest.mark.parametrize("name", ["My Raise", "../x", "a_b", ""])
    def test_a_wrong_name_is_told_at_once(self, name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Before the clip is looked at, in one line with a hint."""
        assert main(["new", name, "--from", "demo.mp4"]) == 2
        assert "hyphens" in capsys.readouterr().err
        assert not (folder / "exercise_specs").exists()

    def test_a_clip_without_a_movement_says_what_to_do(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Somebody stands there; nobody does."""
        for motion, words in ((Motion(STANDING).stay(14), "no movement"), (None, "nobody is seen")):
            cast(monkeypatch, Actor(motion))
            clip = media.make_clip(folder / f"{words[:2]}.mp4", [i / 15 for i in range(60)], size_px=(320, 240))
            clip.write_bytes(clip.read_bytes() + words.encode())  # another clip, for the cache
            assert main(["new", "still", "--from", str(clip)]) == 2
            assert words in capsys.readouterr().err

    @pytest.mark.usefixtures("folder")
    def test_more_than_is_there_is_told(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The clip shows three and the author says five: it is drafted, and said."""
        assert main(["new", "five", "--from", "demo.mp4", "--reps", "5"]) == 0
        assert "the clip shows 5" in capsys.readouterr().out

    def test_a_demonstration_is_recorded_after_a_moment(self, tmp_path: Path) -> None:
        """What comes while somebody gets into place is left out, and it ends by itself."""
        said: list[str] = []
        source = FakeSource([i / 10 for i in range(120)], size_px=(64, 48))
        path = record_demonstration(source, tmp_path / "demo.mp4", 3.0, said.append)
        from poise.io.video import VideoFile

        times_s = [frame.t_s for frame in VideoFile(path)]
        assert times_s[0] == pytest.approx(0, abs=0.05)
        assert len(times_s) == pytest.approx(30, abs=2)
        assert f"{READY_S:.0f} s" in said[0]
        with pytest.raises(SourceError, match="no picture"):
            record_demonstration(FakeSource([]), tmp_path / "none.mp4", 3.0, said.append)

    def test_a_recording_shows_the_picture_and_ends_by_a_key(self, tmp_path: Path) -> None:
        """A countdown, then what is recorded; space ends it then, and q before that leaves nothing."""
        times_s = [i / 10 for i in range(120)]
        screen = ScriptedScreen({20: "space", 70: "space"})  # the first one comes too early to mean anything
        record_demonstration(FakeSource(times_s, size_px=(64, 48)), tmp_path / "demo.mp4", 9.0, print, screen)
        assert len(screen.pictures) == 70
        assert not np.array_equal(screen.pictures[0], screen.pictures[60])
        with pytest.raises(SourceError, match="before anything"):
            record_demonstration(FakeSource(times_s), tmp_path / "n.mp4", 9.0, print, ScriptedScreen({3: "q"}))


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
        other.write_text(drafted.read_text().replace(f"above: {condition.above:g}", "above: 140"))
        assert main(["diff", str(drafted), str(other), "--clips", "."]) == 1
        said = capsys.readouterr().out
        assert f"there: {name} above {condition.above:g} → 140" in said
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
