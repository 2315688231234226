"""`poise new` on the command line: from a demonstration to a file; the clip is acted, the model is not run."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import media
from acting import Actor, cast
from core.figures import STANDING, Motion
from live_material import ScriptedScreen
from poise.app.author import drafting
from poise.app.author.recording import READY_S, record_demonstration
from poise.cli import main, new_command
from poise.core.session import Reps
from poise.errors import SourceError
from poise.testing import FakeSource

pytest_plugins = ["author_material"]


class TestNew:
    """From a demonstration to a file."""

    def test_a_draft_counts_its_own_clip(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Both files are there; the exercise is lint-clean, known by its id, and passes its test."""
        assert main(["new", "my-raise", "--from", "demo.mp4", "--reps", "3"]) == 0
        said = capsys.readouterr().out
        assert "3 repetitions" in said
        assert re.search(r"\d ?[%°] at rest", " ".join(said.split()))
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

    @pytest.mark.parametrize(
        ("moved", "said"),
        [
            ({"shoulder_abduction": 150.0}, "both sides moved together"),
            ({"neck_nod": 35.0}, "neck_nod does not tell the sides apart"),
            ({"neck_tilt": 35.0}, "3 left, 0 right"),
        ],
    )
    def test_a_comment_says_what_is_known_of_sides(
        self, moved: dict[str, float], said: str, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Both arms; the chin, of which nobody knows a side; the head to the left."""
        rest = dict.fromkeys(moved, 5.0 if "shoulder_abduction" in moved else 0.0)
        motion = Motion(STANDING).stay(1).times(3, lambda m: m.go(0.8, **moved).stay(0.4).go(0.8, **rest).stay(0.4))
        cast(monkeypatch, Actor(motion))
        assert main(["new", "my-move", "--from", "demo.mp4", "--reps", "3"]) == 0
        assert f"# {said}" in (folder / "exercise_specs" / "my-move.yaml").read_text()

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
        sidecar.write_text(sidecar.read_text().replace("my-raise", "squat"))
        assert main(["new", "my-raise", "--from", "demo.mp4", "--force"]) == 0
        said = capsys.readouterr().out
        assert "it says what squat must find" in said
        assert "poise analyze demo.mp4 --exercise my-raise" in said
        sidecar.write_text("broken")
        assert main(["new", "my-raise", "--from", "demo.mp4", "--force"]) == 0
        assert "does it say what my-raise must find?" in capsys.readouterr().out

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
