"""What is remembered, from the command line: history, next, calibrate, export, forget."""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from datetime import datetime
from pathlib import Path

import pytest
from coaching import TILT

from poise.app import calibrate as calibrating
from poise.cli import console as printing
from poise.cli import main
from poise.core.live.moment import Hurt, PainTold
from poise.io.store import TABLES, open_store
from poise.io.store.migrations import MIGRATIONS
from recorded import SAMPLES, recorded
from remembering import header, keep, moments, remembered, telling
from seeded import seed

SECRET = "neck-relief-4711"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the store of this test will be."""
    monkeypatch.setenv("POISE_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(printing.console, "width", 100)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data" / "poise.sqlite"


@pytest.fixture
def seeded(path: Path) -> Path:
    """A store with ten weeks of practice."""
    seed(path, datetime.now().astimezone())
    return path


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """What was printed, lines joined."""
    printed = capsys.readouterr()
    return " ".join((printed.out + printed.err).split())


def test_without_a_past_every_command_says_what_to_do(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And none of them makes a store."""
    assert main(["history"]) == 0
    assert "No session is remembered yet" in said(capsys)
    assert main(["next"]) == 0
    assert "A good place to begin." in said(capsys)
    assert main(["calibrate"]) == 0
    assert "not yet" in said(capsys)
    for command in (["export"], ["forget", "--everything"]):
        assert main(command) == 2
        assert "hint:" in said(capsys)
    assert not path.exists()


@pytest.mark.usefixtures("seeded")
def test_history_and_what_is_next_speak_the_persons_language(capsys: pytest.CaptureFixture[str]) -> None:
    """Headings, names, measures, sides, dates and reasons, in the terminal and on the page, for its script too."""
    assert main(["history", "--language", "de", "--html", "page.html"]) == 0
    text = said(capsys)
    for words in ("Sitzungen", "hintereinander", "Schmerz", "Drehung des Kopfes links", "Erleichterung für den Nacken"):
        assert words in text, words
    page = Path("page.html").read_text(encoding="utf-8")
    for words in ('<html lang="de">', "Beweglichkeit", "Erleichterung für den Nacken", '"before": "vorher"'):
        assert words in page, words
    for english in ("Range of motion", "in a row", "farther", ">what<", "Poise is no medical device"):
        assert english not in page.partition("<script")[0], english
    assert main(["next", "--language", "de"]) == 0
    assert "Beginnen mit:" in said(capsys)


@pytest.mark.usefixtures("seeded")
def test_history_tells_what_was_done(capsys: pytest.CaptureFixture[str]) -> None:
    """Sessions, minutes, pain, range of motion, left against right."""
    assert main(["history"]) == 0
    text = said(capsys)
    for words in (
        "minutes",
        "in a row",
        "Pain",
        "neck turn left",
        "Neck rotation: neck turn",
        "farther",
        "Neck relief",
    ):
        assert words in text, words
    assert main(["history", "--exercise", "squat", "--weeks", "3"]) == 0
    assert "neck-relief" not in said(capsys)
    assert main(["history", "--exercise", "nothing"]) == 0
    assert "No session of nothing" in said(capsys)
    assert main(["history", "--weeks", "0"]) == 2


def test_history_as_a_page_holds_everything_it_shows(seeded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One file with its data and its scripts, that asks for nothing from elsewhere."""
    assert main(["history", "--html"]) == 0
    page = Path("poise-out/history.html").read_text(encoding="utf-8")
    assert "Minutes of work, by week" in page
    assert "Upper trapezius stretch: neck tilt" in page
    data = json.loads(page.split('id="data">')[1].split("</script>")[0])
    assert {side["side"] for motion in data["motions"] for side in motion["sides"]} == {"left", "right", None}
    assert len(data["pains"]["before"]) == len(remembered(seeded).sessions)
    assert 'src="http' not in page
    assert "wrote" in said(capsys)


@pytest.mark.usefixtures("seeded")
def test_next_proposes_ones_own_routine(capsys: pytest.CaptureFixture[str]) -> None:
    """With a reason for each exercise."""
    assert main(["next"]) == 0
    text = said(capsys)
    assert text.startswith("Neck relief")
    assert "poise next --start" in text


def test_strong_pain_is_answered_by_rest_and_a_doctor(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In `next`, in `history`, and in place of `live next`."""
    now = datetime.now().astimezone()
    keep(path, [telling(next(moments(1)), PainTold(0.1, "before", 9))], header(now))
    assert main(["next"]) == 0
    text = said(capsys)
    assert "Rest today: you told a pain of 9 of 10." in text
    assert "See one at once" in text
    assert main(["history"]) == 0
    assert "See one at once" in said(capsys)
    assert main(["next", "--start"]) == 2
    assert "Rest today" in said(capsys)


def test_export_is_complete(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every table, row and column, as CSV and as JSON."""
    session = list(moments(1))
    session[5] = telling(session[5], PainTold(0.5, "before", 3), Hurt(0.5, TILT.id, "left"), phase="work")
    keep(path, session)
    assert main(["export"]) == 0
    assert main(["export", "--json", "all.json"]) == 0
    whole = json.loads(Path("all.json").read_text(encoding="utf-8"))
    with open_store(path) as store:
        tables = {name for (name,) in store.connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )}  # fmt: skip
        assert tables == set(TABLES) == set(whole)
        for name in tables:
            rows = store.connection.execute(f"SELECT * FROM {name}").fetchall()
            with (Path("poise-out/export") / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                written = list(csv.reader(file))
            assert len(written) == len(rows) + 1
            assert len(whole[name]) == len(rows)
    assert whole["exercise"][0]["dose"]["reps"] == TILT.dose.reps
    assert all(whole[name] for name in ("event", "repetition", "peak", "hold", "pain", "hurt", "phase"))
    capsys.readouterr()
    assert main(["export", "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out) == whole
    assert main(["export", "--tables"]) == 0
    assert str(path.parent) in capsys.readouterr().out.replace("\n", "")


def test_forgetting_everything_leaves_no_byte(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not in the file, its log, its copies, nor beside it; and afterwards all works as before."""
    open_store(path, MIGRATIONS[:1]).close()
    open_store(path).close()  # which keeps a copy of the older store
    head = header(routine=SECRET)
    keep(path, moments(1), type(head)(**{**_fields(head), "recordings": "2025-03-10-120000"}))
    film = path.parent / "recordings" / "2025-03-10-120000" / "film.mp4"
    film.parent.mkdir(parents=True)
    film.write_bytes(SECRET.encode())
    assert SECRET.encode() in _bytes(path.parent)
    assert main(["forget", "--everything", "--yes"]) == 0
    assert SECRET.encode() not in _bytes(path.parent)
    assert not film.exists()
    assert sorted(one.name for one in path.parent.iterdir()) == ["poise.sqlite"]
    assert remembered(path).sessions == ()
    keep(path, moments(1))
    assert len(remembered(path).sessions) == 1
    assert "Forgotten." in said(capsys)


def _fields(head: object) -> dict[str, object]:
    return {name: getattr(head, name) for name in head.__slots__}  # type: ignore[attr-defined]


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_forgetting_one_session_or_one_exercise_leaves_the_others(seeded: Path) -> None:
    """And nothing of it: every table that knew of it has fewer rows, none a row without its session."""
    before = remembered(seeded)
    assert main(["forget", "--session", "3", "--yes"]) == 0
    assert [s.id for s in remembered(seeded).sessions] == [s.id for s in before.sessions if s.id != 3]
    assert main(["forget", "--exercise", "squat", "--yes"]) == 0
    after = remembered(seeded)
    assert after.of("squat") == ()
    assert after.of("neck-rotation")
    with sqlite3.connect(seeded) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    assert main(["forget", "--session", "3", "--yes"]) == 2


def test_forget_asks_first(seeded: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A script must say --yes; a person is asked, and may say no."""
    count = len(remembered(seeded).sessions)
    assert main(["forget", "--everything"]) == 2
    assert "--yes" in said(capsys)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    answers = iter(["n", "yes"])
    monkeypatch.setattr("builtins.input", lambda *_: next(answers))
    assert main(["forget", "--everything"]) == 1
    assert len(remembered(seeded).sessions) == count
    assert main(["forget", "--everything"]) == 0
    assert remembered(seeded).sessions == ()


def test_a_clip_is_measured_and_lowers_or_raises_the_target(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rendered person turns her head by 60 degrees and more: 80 % of that, at most the 50 of the file."""
    clip = SAMPLES / "neck-rotation.mp4"
    monkeypatch.setattr(calibrating, "track_of", lambda *_, **__: recorded(clip))
    assert main(["calibrate", "neck-rotation", "--clip", str(clip)]) == 0
    text = said(capsys)
    assert "Kept." in text
    assert {found.side for found in remembered(path).ranges} == {"left", "right"}
    assert all(50 < found.reached < 80 and found.count >= 2 for found in remembered(path).ranges)
    assert main(["calibrate"]) == 0
    assert "neck-rotation neck turn" in said(capsys)


def test_the_two_ways_of_a_nod_are_told_apart(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Down and up have a name and a range each, and nobody looks up by less than nothing."""
    clip = SAMPLES / "neck-flexion-extension.mp4"
    monkeypatch.setattr(calibrating, "track_of", lambda *_, **__: recorded(clip))
    for command in (["calibrate", "neck-flexion-extension", "--clip", str(clip)], ["calibrate"]):
        assert main(command) == 0
        text = said(capsys)
        assert "neck nod (down)" in text
        assert "neck nod (up)" in text
        assert " -" not in text
    assert {found.step for found in remembered(path).ranges} == {"down", "up"}


def test_what_cannot_be_measured_is_said(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An exercise without a personal target, and a clip without repetitions: nothing is kept."""
    assert main(["calibrate", "squat"]) == 2
    assert "no target that is fitted" in said(capsys)
    clip = SAMPLES / "nobody-exercises-desk.mp4"
    monkeypatch.setattr(calibrating, "track_of", lambda *_, **__: recorded(clip))
    assert main(["calibrate", "neck-rotation", "--clip", str(clip)]) == 2
    assert "too few repetitions" in said(capsys)
    assert remembered(path).ranges == ()
