"""Comparing on the command line: session files, folders of results and clips; the table and the page."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from browser import Shown
from poise.app import comparing
from poise.app.comparing import compare_taken, film_of, take, write_comparison_page
from poise.app.options import Options
from poise.app.results import write_results
from poise.cli import main
from poise.errors import OutputError, SourceError
from poise.io.session_file import load_session, save_session
from recorded import SAMPLES, recorded
from report_material import HOSTILE, film, session_of


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folders of results: squats of two people, and tilts of the neck."""
    folder = tmp_path_factory.mktemp("results")
    for clip, exercise in (("squat", "squat"), ("squat-b", "squat"),
                           ("upper-trapezius-stretch", "upper-trapezius-stretch")):  # fmt: skip
        spec, session, curves = session_of(clip, exercise)
        save_session(folder / clip / "session.json", session)
        kind = "parquet" if clip == "squat" else "csv"
        write_results(folder / clip, spec, session, curves, Options(report=False, data=kind))
    return folder


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clips whose poses are recorded."""
    monkeypatch.setattr(comparing, "track_of", lambda clip, **_: recorded(clip))


def test_two_folders_of_results(results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The figures of both in a table, whether a difference is clear, and where the page is."""
    words = ["compare", str(results / "squat"), str(results / "squat-b"), "--out", str(tmp_path)]
    assert main([*words, "--names", "before,after"]) == 0
    said = capsys.readouterr().out
    assert all(word in said for word in ("Squat", "before", "after", "hip drop", "no (takes ", "Chest up"))
    assert (tmp_path / "compare-before-after.html").exists()


def test_in_the_readers_language(results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Table, corrections and page, though the sessions were analysed in English; a clip is coached in it."""
    words = ["compare", str(results / "squat"), str(results / "squat-b"), "--out", str(tmp_path)]
    assert main([*words, "--language", "de"]) == 0
    said, page = capsys.readouterr().out, (tmp_path / "compare-squat-squat-b.html").read_text()
    assert all(word in said for word in ("Kniebeuge", "Wiederholungen", "Unterschied", "zu verbessern: Brust gehoben"))
    assert all(word in page for word in ("Nebeneinander", "Brust gehoben", "% der Wiederholung"))
    assert "Chest up" not in page
    assert "repetition" not in said


@pytest.mark.parametrize(
    ("sources", "names"),
    [
        (("/clinic/monday/knee.mp4", "/clinic/friday/knee.mp4"), ("monday/knee", "friday/knee")),
        (("/ann/monday/knee.mp4", "/eve/monday/knee.mp4"), ("ann/knee", "eve/knee")),
        (("/clinic/knee.mp4", "/clinic/knee.mp4"), ("knee (1)", "knee (2)")),
        (("knee.mp4", "other/knee.mp4"), ("knee (1)", "knee (2)")),
        (("/clinic/knee.mp4", "/clinic/hip.mp4"), ("knee", "hip")),
    ],
)
def test_clips_of_the_same_name_are_told_apart(
    results: Path, tmp_path: Path, sources: tuple[str, str], names: tuple[str, str]
) -> None:
    """By their folders: in a clinic many a clip has the same name."""
    session = load_session(results / "squat" / "session.json")
    for number, source in enumerate(sources):
        save_session(tmp_path / str(number) / "session.json", session.model_copy(update={"source": source}))
    found = comparing.compare_taken(comparing.take(tmp_path / "0"), comparing.take(tmp_path / "1"))
    assert (found.first.name, found.second.name) == names


def test_pictures_of_both(results: Path, tmp_path: Path) -> None:
    """From the annotated video where there is one; without a video, or with one that cannot be read, there is none."""
    folder = tmp_path / "squat"
    shutil.copytree(results / "squat", folder)
    film(folder / "annotated.mp4", 22)
    (tmp_path / "annotated.mp4").write_bytes(b"no video")
    taken = take(folder)
    found = compare_taken(taken, taken)
    for places, pictures in (([folder, folder / "session.json"], 2), ([folder], 2), ([folder, tmp_path / "a.json"], 1),
                             ([results / "squat-b"], 0)):  # fmt: skip
        page = write_comparison_page(tmp_path / "out", found, places).read_text()
        assert page.count("<figcaption") == pictures
    assert film_of(SAMPLES / "squat.mp4") == SAMPLES / "squat.mp4"


def test_left_and_right(results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One session, by its sides."""
    path = results / "upper-trapezius-stretch" / "session.json"
    assert main(["compare", str(path), "--sides", "--out", str(tmp_path)]) == 0
    assert "neck tilt" in capsys.readouterr().out
    assert (tmp_path / "compare-left-right.html").exists()


@pytest.mark.usefixtures("known")
def test_clips_and_results_together(results: Path) -> None:
    """A clip is judged by the exercise of the other one, and gives what its results give."""
    clip = take(SAMPLES / "squat.mp4", "squat")
    kept = take(results / "squat")
    tilts = take(SAMPLES / "upper-trapezius-stretch.mp4", "upper-trapezius-stretch", hold_s=5)
    assert {hold.target_s for hold in tilts.session.holds} == {5}
    assert clip.name == kept.name == "squat"
    found = compare_taken(clip, kept)
    assert all(not pair.difference for pair in found.pairs)
    assert len(found.lines[0]) == len(found.lines[1]) == 5
    for one, other in zip(*found.lines, strict=True):
        assert one.values == pytest.approx(other.values, abs=1e-3)


def test_an_exercise_that_is_not_in_the_library_any_more(results: Path, tmp_path: Path) -> None:
    """Its figures are compared all the same; without its measures there are no curves."""
    taken = take(results / "squat")
    taken.session.exercise = "my-own"
    save_session(tmp_path / "a" / "session.json", taken.session)
    own = take(tmp_path / "a" / "session.json")
    assert (own.spec, own.curves) == (None, None)
    path = write_comparison_page(tmp_path, compare_taken(own, own))
    assert "were not kept" in path.read_text()
    assert "my-own" in path.read_text()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["squat", "upper-trapezius-stretch"], "two exercises"),
        (["squat", "--sides"], "no repetitions of one side"),
        (["squat"], "name two sessions, or one with --sides"),
        (["squat", "squat-b", "--sides"], "name two sessions, or one with --sides"),
        (["squat", "squat-b", "--names", "one"], "two names"),
        (["squat", "nowhere.mp4", "--exercise", "squat"], "nowhere.mp4"),
        (["squat", "."], "no session.json"),
        (["squat", "x" * 300, "--exercise", "squat"], "xxx"),
        (["squat", "squat-b", "--exercise", "sqat"], "did you mean 'squat'"),
    ],
)
def test_what_cannot_be_compared_is_told(
    words: list[str], message: str, results: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one line, with a hint."""
    monkeypatch.chdir(results)
    assert main(["compare", *words]) == 2
    error, *hint = capsys.readouterr().err.splitlines()
    assert message in error
    assert hint


def test_a_damaged_table_of_measures_is_told(results: Path, tmp_path: Path) -> None:
    """Not silently left out."""
    save_session(tmp_path / "session.json", take(results / "squat").session)
    for content in ("a,b\n1,2\n", "t_s,trunk_pitch\n1,x\n"):
        (tmp_path / "measures.csv").write_text(content)
        with pytest.raises(SourceError, match="no table of measures"):
            take(tmp_path)


def test_a_place_that_cannot_be_written_is_told(results: Path, tmp_path: Path) -> None:
    """A file in place of the folder."""
    (tmp_path / "out").touch()
    taken = take(results / "squat")
    with pytest.raises(OutputError, match="cannot be written"):
        write_comparison_page(tmp_path / "out", compare_taken(taken, taken))


def test_the_page_takes_names_as_names(browser: Any, results: Path, tmp_path: Path) -> None:
    """Nothing runs, nothing is asked for, nothing lands outside the folder; the scale of time can be changed."""
    first, second = take(results / "squat", name=HOSTILE), take(results / "squat-b", name="../../after")
    path = write_comparison_page(tmp_path, compare_taken(first, second))
    assert path.parent == tmp_path
    shown = Shown(browser, path, viewport={"width": 390, "height": 800})
    shown.wait_for("document.querySelectorAll('#plot .trace').length === 13")
    shown.page.click("text=seconds >> nth=-1")
    shown.wait_for("document.querySelectorAll('#plot .trace').length === 11")
    assert shown.page.evaluate("window.hacked") is None
    assert shown.page.evaluate("document.documentElement.scrollWidth") == 390
    assert (shown.errors, shown.asked_for) == ([], [])
