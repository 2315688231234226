"""``poise why`` on the command line: the words, the sketch and the picture."""

from __future__ import annotations

import math
from pathlib import Path

import cv2
import pytest

from poise.app import explaining, recognising
from poise.cli import main
from poise.cli.sketch import HEIGHT, sketched
from poise.core.conditions import Target
from poise.core.explain.evidence import Strip
from poise.core.measures import CATALOGUE
from poise.core.spec import Condition
from poise.io.plots import wanted
from recorded import SAMPLES, recorded

SQUAT = str(SAMPLES / "squat.mp4")


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clips whose poses are recorded."""
    monkeypatch.setattr(explaining, "track_of", lambda clip, **_: recorded(clip))


def test_why_one_did_not_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The step that was waited for, each condition with its nearest value and what was missing, and a picture."""
    assert main(["why", SQUAT, "--exercise", "squat", "--at", "13.5", "--out", str(tmp_path)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert 'Not counted: the attempt from 13.0 to 13.9 s did not reach step 2, "Sit back and down".' in said
    assert "✗ knee flexion, both sides above 50° 34° 13.6 s 16° short" in said
    assert "told as a near miss at 14.0 s" in said
    assert "Chest up (trunk pitch above 60°)" in said
    picture = cv2.imread(str(tmp_path / "squat.why-13.5.png"))
    assert picture is not None
    assert picture.shape[1] == 9 * 110


def test_why_one_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the fault that was told in it; minutes and seconds are understood."""
    assert main(["why", SQUAT, "--exercise", "squat", "--at", "0:10", "--out", str(tmp_path)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Counted: repetition 3, 8.9 to 10.9 s." in said
    assert "▼ Chest up (trunk pitch above 60°) told" in said


def test_all_of_a_clip_in_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Five repetitions, and the attempt between them with what it lacked."""
    assert main(["why", SQUAT, "--exercise", "squat", "--out", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert said.count("counted: repetition") == 5
    assert said.count("not counted") == 1
    assert list(tmp_path.iterdir()) == []


def test_the_exercise_can_be_found_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a name, the likeliest exercise is explained, and said so."""
    monkeypatch.setattr(recognising, "track_of", lambda clip, **_: recorded(clip))
    assert main(["why", SQUAT, "--at", "13.5", "--out", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "Squat (found out from the movement)" in said
    assert "Not counted" in said


def test_a_clip_of_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody who works at a desk: nothing that counted."""
    desk = str(SAMPLES / "nobody-exercises-desk.mp4")
    assert main(["why", desk, "--exercise", "squat", "--out", str(tmp_path)]) == 0
    assert "counted: repetition" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--exercise", "squat", "--at", "99"], "no moment at 99 s"),
        (["--exercise", "squat", "--at", "noon"], "seconds such as 12.5"),
        (["--exercise", "squat", "--at", "5", "--side", "left"], "work together"),
        (["--exercise", "sqat", "--at", "5"], "did you mean 'squat'"),
    ],
)
def test_what_cannot_be_explained_is_told(
    words: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one line."""
    assert main(["why", SQUAT, *words, "--out", str(tmp_path)]) == 2
    assert message in capsys.readouterr().err.splitlines()[0]


def strip(values: list[float], **condition: object) -> Strip:
    """A measure over as many seconds."""
    target = Target.compile("neck_tilt", Condition.model_validate(condition), CATALOGUE)
    return Strip("neck tilt", "°", [float(i) for i in range(len(values))], values, target, (0.0, values[0]))


def test_the_sketch_shows_course_target_and_moment() -> None:
    """A ramp from 0 to 40 with 20 asked for: up from the lower left, through the line, to the upper right."""
    lines = list(sketched(strip([float(value) for value in range(41)], above=20), 10.0, 60))
    assert len(lines) == HEIGHT + 1
    assert lines[0].startswith(" 40 ")
    assert lines[0].rstrip().endswith("•")
    assert lines[HEIGHT // 2].startswith(" 20 ─")
    assert lines[HEIGHT - 1].lstrip().startswith("0 •")
    assert sum("│" in line for line in lines) >= HEIGHT - 1
    assert lines[-1].split() == ["0.0", "s", "40.0", "s"]
    assert all(len(line) <= 60 for line in lines)


def test_a_sketch_of_what_was_not_seen_or_does_not_move() -> None:
    """Nothing known is said; one value at the threshold is a line; a moment outside is not drawn."""
    assert list(sketched(strip([math.nan], above=20), 0.0, 60)) == ["(not seen)"]
    lines = list(sketched(strip([20.0], above=20), 9.0, 40))
    assert any("•" in line for line in lines)
    assert not any("│" in line for line in lines)


def test_what_is_shaded_in_the_picture() -> None:
    """Above, below, between and outside, within the limits of the plot."""
    assert list(wanted(strip([0.0], above=20), -50, 50)) == [(20, 50)]
    assert list(wanted(strip([0.0], below=20), -50, 50)) == [(-50, 20)]
    assert list(wanted(strip([0.0], between=(-9, 9)), -50, 50)) == [(-9, 9)]
    assert list(wanted(strip([0.0], outside=(-9, 9)), -50, 50)) == [(-50, -9), (9, 50)]
