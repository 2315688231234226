"""Routines: files that name exercises in order, listed, shown and refused like exercises."""

from __future__ import annotations

from pathlib import Path

import pytest

import media
from acting import SIZE_PX, Actor, cast, raising
from poise.app import tracking
from poise.cli import main
from poise.errors import SpecError
from poise.io.routines import find_routines, is_routine, read_routine
from poise.io.session_file import load_session
from poise.io.specs import find_specs, lint_spec
from specs_material import GOOD

BREAK = """\
poise: 1
id: short-break
name: Short break
guide: Two minutes at the desk.
exercises:
  - {exercise: tilt, reps: 2, hold: 10 s}
  - {exercise: neck-rotation, reps: 3}
"""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the user's own with one exercise and one routine, before the package's library."""
    (tmp_path / "routines").mkdir()
    (tmp_path / "tilt.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "routines" / "short-break.yaml").write_text(BREAK, encoding="utf-8")
    monkeypatch.setenv("POISE_SPECS", str(tmp_path))
    return tmp_path


def test_routine_gives_each_exercise_its_dose(library: Path) -> None:
    """What the routine says goes before what the exercise says, and nothing else changes."""
    loaded = read_routine("short-break")
    assert loaded.path == library / "routines" / "short-break.yaml"
    tilt, turn = loaded.specs
    assert (tilt.id, tilt.dose.reps, tilt.dose.hold, tilt.dose.rest) == ("tilt", 2, 10, 5)
    assert (turn.id, turn.dose.reps) == ("neck-rotation", 3)


def test_duration_is_holds_moves_and_rests(library: Path) -> None:  # noqa: ARG001
    """Two sides of two tilts of 10 s and two moves of 2 s, and one rest of 5 s: 61 s."""
    assert read_routine("short-break").specs[0].duration_s == 2 * 2 * (10 + 2 * 2) + 5


def test_routines_and_exercises_are_told_apart(library: Path) -> None:
    """By the folder that they lie in."""
    assert "short-break" in find_routines()
    assert "short-break" not in find_specs()
    assert is_routine("short-break")
    assert is_routine(library / "routines" / "short-break.yaml")
    assert not is_routine("tilt")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("exercise: tilt", "exercise: tlt", "short-break.yaml:6:16: exercises[0].exercise: there is no exercise 'tlt'"),
        ("id: short-break", "id: long-break", "short-break.yaml:2:5: id: found 'long-break'"),
        ("reps: 3", "rps: 3", "rps"),
    ],
)
def test_mistakes_are_named_by_line(library: Path, old: str, new: str, message: str) -> None:
    """An exercise that does not exist, a wrong id, an unknown key: file, line and column."""
    path = library / "routines" / "short-break.yaml"
    path.write_text(BREAK.replace(old, new), encoding="utf-8")
    with pytest.raises(SpecError, match="short-break") as raised:
        read_routine(path)
    assert message in str(raised.value)


def test_a_hold_needs_an_exercise_that_is_held(library: Path) -> None:
    """A hold for squats is a mistake, not silently lost."""
    path = library / "routines" / "short-break.yaml"
    path.write_text(BREAK.replace("{exercise: neck-rotation, reps: 3}", "{exercise: squat, hold: 3 s}"))
    with pytest.raises(SpecError, match="squat has no hold"):
        read_routine(path)


def test_unknown_routine_names_the_nearest(library: Path) -> None:  # noqa: ARG001
    """One line, with what was probably meant."""
    with pytest.raises(SpecError, match="did you mean 'short-break'"):
        read_routine("shrt-break")


def test_show_tells_what_a_routine_is_made_of(library: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ARG001
    """Its exercises with their doses, and how long it takes."""
    assert main(["show", "short-break"]) == 0
    said = capsys.readouterr().out
    assert "2/side, 10 s" in said
    assert "About " in said


def test_list_finds_what_fits_now(library: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ARG001
    """Seated in so many minutes: the routine and its exercises, and nothing that lies on the floor."""
    assert main(["list", "--can", "seated", "--minutes", "5"]) == 0
    said = capsys.readouterr().out
    assert "short-break" in said
    assert "neck-rotation" in said
    assert "glute-bridge" not in said
    assert main(["list", "--can", "seated", "--minutes", "1"]) == 0
    assert "short-break" not in capsys.readouterr().out
    assert main(["list", "--no-equipment"]) == 0
    assert "lat-pulldown" not in capsys.readouterr().out
    assert main(["list", "--minutes", "0"]) == 2


def test_a_recorded_routine_is_looked_at_once(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every exercise of it is counted over the whole clip and keeps a session of its own."""
    clip = media.make_clip(library / "clip.mp4", [i / 10 for i in range(40)], size_px=SIZE_PX)
    actor = cast(monkeypatch, Actor(raising(1)))
    monkeypatch.setattr(tracking, "track_cache_path", lambda *_: library / "kept.npz")
    assert main(["analyze", str(clip), "--exercise", "short-break", "--out", str(library / "out")]) == 0
    exercises = {load_session(path).exercise for path in library.glob("out/*/session.json")}
    assert exercises == {"tilt", "neck-rotation"}
    assert len(actor.poses) == 40
    assert "Tilt: 0 repetitions" in capsys.readouterr().out


def test_every_routine_of_the_library_can_be_done() -> None:
    """Each names exercises that exist, and takes between two minutes and an hour."""
    for name in find_routines():
        assert 120 <= read_routine(name).duration_s <= 3600, name
        assert lint_spec(read_routine(name).specs[0].id) == []
