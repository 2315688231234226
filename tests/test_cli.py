"""The command line as a user calls it."""

from __future__ import annotations

import subprocess
import sys

import pytest

import poise
from poise.app.sources import source_name
from poise.cli import console as printing
from poise.cli import main
from poise.cli.console import print_session
from poise.cli.main import COMMANDS
from poise.cli.show_command import plain
from poise.core.measures import CATALOGUE
from poise.core.session import FaultRecord, NearMiss, Repetition
from poise.text import escaped


def test_help_teaches_where_to_start(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a command, the help names every command and a way to begin."""
    assert main([]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in COMMANDS)
    assert "poise doctor" in said


@pytest.mark.parametrize("command", list(COMMANDS))
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each command explains itself."""
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert COMMANDS[command][1:] in capsys.readouterr().out.replace("\n", " ")


def test_help_imports_no_library_of_the_model() -> None:
    """Help is quick because it loads neither the model's libraries nor the drawing ones."""
    heavy = "{'cv2', 'mediapipe', 'av', 'numpy', 'pydantic'}"
    code = f"import sys; from poise.cli import main; main([]); print(sorted({heavy} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["fly"], "there is no command 'fly'"),
        (["analyse", "clip.mp4"], "did you mean 'analyze'"),
        (["analyze"], "required: CLIP"),
        (["analyze", "a.mp4", "--exercize", "squat"], "did you mean '--exercise'"),
        (["analyze", "a.mp4", "b.mp4"], "2 clips"),
        (["show", "squat", "twice"], "'twice' is one word too many"),
        (["show", "no-such.yaml"], "no-such.yaml cannot be read"),
        (["list", "--minutes", "nan"], "no whole number"),
        (["why", "no-such-clip.mp4", "--model", "no-such-model"], "no-such-clip.mp4"),
        (["new", "my-stretch", "--from", "a.mp4", "--reps", "-1"], "no whole number"),
        (["show", "sqat"], "did you mean 'squat'"),
        (["analyze", "no-such-clip.mp4", "--exercise", "squat"], "no-such-clip.mp4"),
        (["analyze", "clip.mp4"], "clip.mp4"),
        (["analyze", "clip.mp4", "--exercise", "squat", "--hold", "soon"], "a duration"),
        (["test", "no-such-folder"], "no-such-folder"),
        (["measures", "no-such-clip.mp4"], "no-such-clip.mp4"),
        (["live", "squat", "--camera", "no-such-clip.mp4"], "no-such-clip.mp4"),
        (["live", "neck-releif"], "did you mean 'neck-relief'"),
    ],
)
def test_a_wrong_word_is_one_line(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever is wrong is said in one line with a hint and exit code 2, never with a stack trace."""
    assert main(arguments) == 2
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("error: ")
    assert message in said[0]
    assert [line[:6] for line in said[1:]] == ["hint: "]


def test_a_name_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Escape sequences in a file name are shown, not obeyed."""
    assert main(["show", "\x1b[31mred.yaml"]) == 2
    assert "\x1b" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "shown"), [("plain ü", "plain ü"), ("a\x1b[0mb", "a\\x1b[0mb"), ("\u202ex", "\\u202ex")]
)
def test_printable(text: str, shown: str) -> None:
    """Control and direction characters are written out."""
    assert escaped(text) == shown


def test_list_shows_every_exercise(capsys: pytest.CaptureFixture[str]) -> None:
    """All ids are there in full, whatever the width."""
    assert main(["list"]) == 0
    said = capsys.readouterr().out
    assert "upper-trapezius-stretch" in said
    assert "levator-scapulae-stretch" in said


def test_list_finds_by_muscle(capsys: pytest.CaptureFixture[str]) -> None:
    """A word narrows the list by id, name or muscle."""
    assert main(["list", "gluteus"]) == 0
    said = capsys.readouterr().out
    assert "glute-bridge" in said
    assert "neck-rotation" not in said


def test_show_tells_what_counts(capsys: pytest.CaptureFixture[str]) -> None:
    """The guide, the conditions with their units, the faults and the safety words are there."""
    assert main(["show", "upper-trapezius-stretch"]) == 0
    said = capsys.readouterr().out
    assert "neck_tilt above 18°" in said
    assert "neck_tilt ±" in said and "as it gets easy, grow to 5 repetitions" in said  # noqa: PT018
    assert "dizziness" in said


def test_a_sentence_for_both_sides_reads_as_one() -> None:
    """Wherever the side stands in it."""
    assert plain("Turn your chest to the {side}") == "Turn your chest to the left or right"
    assert plain("Reach your {side} arm over to the {other}") == "Reach your left or right arm over to the other"


def test_measures_without_a_clip_is_the_catalogue(capsys: pytest.CaptureFixture[str]) -> None:
    """Every measure is listed with its unit and its measured error."""
    assert main(["measures"]) == 0
    said = capsys.readouterr().out
    assert "neck_tilt" in said
    assert "degrees" in said
    assert f"±{CATALOGUE['trunk_lean'].errors['front']:g}" in said
    assert "part" in said


def test_holds_that_were_too_short_are_one_remark(capsys: pytest.CaptureFixture[str]) -> None:
    """However long each of them was."""
    session = poise.Session(poise="", source="", exercise="x", model="")
    session.faults = [
        FaultRecord(id="hold-short", repetition=n, t_s=n, severity="tip", side=None, say=f"Hold longer: {n} of 15 s")
        for n in (5, 6)
    ]
    print_session(session, poise.load_spec("squat"))
    said = capsys.readouterr().out
    assert said.count("Hold longer") == 1
    assert "(2 times)" in said


def test_figures_of_a_session_have_their_units_and_corrections_their_words(capsys: pytest.CaptureFixture[str]) -> None:
    """A person reads degrees and sentences, not ids, and never a minus zero."""
    session = poise.Session(poise="", source="", exercise="x", model="")
    session.repetitions = [Repetition(n=1, side=None, start_s=1, end_s=2, peak={"neck_turn": 59.6}, faults=["turned"])]
    session.faults = [FaultRecord(id="turned", repetition=1, t_s=1, severity="tip", side=None, say="Shoulders still")]
    session.near_misses = [
        NearMiss(t_s=3, step="there", measure="shoulder_back", best=-0.4, short_by=2.0, side=None),
        NearMiss(t_s=4, step="there", measure="speed.neck_turn", best=20, short_by=10, side=None),
    ]
    print_session(session, poise.load_spec("squat"))
    said = capsys.readouterr().out
    assert "neck turn 60°" in said
    assert said.count("Shoulders still") == 2 and "turned" not in said  # noqa: PT018
    assert "shoulder back 0 %, 2 % short" in said
    assert "20°/s, 10°/s short" in said


def test_list_breaks_no_dose_into_lines(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Eighty columns are enough for the whole library, and a single hold is told as its time alone."""
    monkeypatch.setattr(printing.console, "width", 80)
    assert main(["list"]) == 0
    said = capsys.readouterr().out
    assert "3/side, 15 s" in said and "2 x 10 min" in said and "all-fours" in said  # noqa: PT018
    assert "…" not in said


def test_an_error_is_one_line_whatever_it_quotes(capsys: pytest.CaptureFixture[str]) -> None:
    """A name with a line break cannot pass for a hint of ours."""
    assert main(["measures", "a\nhint: run this.mp4"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(":")[0] for line in lines] == ["error", "hint"]
    assert "run this" in lines[0]


@pytest.mark.parametrize(
    ("camera", "recorded"),
    [
        ("0", "camera 0"),
        ("clips/a.mp4", "clips/a.mp4"),
        ("rtsp://user:pa/s?s@host/live?x=1", "rtsp://host/live"),
        ("http://host:80", "http://host:80"),
    ],
)
def test_what_a_session_records_of_its_source(camera: str, recorded: str) -> None:
    """A camera by its number, a file by its name, an address without user, password and query."""
    assert source_name(camera) == recorded


def test_public_names() -> None:
    """The library's public names are these, and each can be imported."""
    assert poise.__all__ == [
        "Analysis", "Coach", "Frame", "Options", "PoiseError", "Pose", "Session", "Snapshot", "Spec", "__version__",
        "analyze", "load_spec",
    ]  # fmt: skip
    assert all(hasattr(poise, name) for name in poise.__all__)


def test_help_and_completion_know_the_public_names() -> None:
    """Also those that nobody has used yet."""
    names = "import poise; print(set(poise.__all__) - set(dir(poise)))"
    assert (
        subprocess.run([sys.executable, "-c", names], capture_output=True, text=True, check=True).stdout.strip()
        == "set()"
    )
