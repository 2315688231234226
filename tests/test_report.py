"""The report in a real browser: it plays, seeks, asks nobody for anything, and takes every name as a name."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import Any

import pytest

from browser import Shown
from disks import full_disk
from poise.app.options import Options
from poise.app.results import Written, write_results
from poise.core.curves import Curves
from poise.core.session import FaultRecord, FramingRecord, NearMiss, Recognised, Session
from poise.core.spec import Spec
from poise.errors import OutputError
from poise.io.report import embed, write_report
from poise.io.words import read_words
from report_material import HOSTILE, film, session_of


@pytest.fixture(scope="module")
def stretch() -> tuple[Spec, Session, Curves]:
    """Six tilts of the neck, one with a shrug."""
    return session_of("upper-trapezius-stretch", "upper-trapezius-stretch", hold=5)


@pytest.fixture(scope="module")
def report(stretch: tuple[Spec, Session, Curves], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its report, with a video of the same length."""
    folder = tmp_path_factory.mktemp("report")
    spec, session, curves = stretch
    written = write_results(folder, spec, session, curves, Options(), film(folder / "annotated.mp4", 50))
    assert written.report_path is not None
    (folder / "annotated.mp4").unlink()  # what is in the page needs nothing beside it
    return written.report_path


def at(shown: Shown) -> float:
    """Where the video stands."""
    return float(shown.page.evaluate("video.currentTime"))


def test_the_report_is_in_the_readers_language(stretch: tuple[Spec, Session, Curves], tmp_path: Path) -> None:
    """Headings, measures, sides, doubts and what the script says."""
    spec, session, curves = stretch
    words = read_words("de")
    write_report(tmp_path / "report.html", spec.in_words(words.translate), session, curves, None, words=words)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    for german in ('<html lang="de">', "Bewegungsbericht", "Seitneigung des Kopfes", '"repetition": "Wiederholung"'):
        assert german in page, german
    for english in ("What to work on", "neck tilt", "mean error", "difference", "Stop if", "Made by Poise"):
        assert english not in page.partition("<script")[0], english


def test_what_is_wrong_with_the_clip_stands_above_the_figures(
    stretch: tuple[Spec, Session, Curves], tmp_path: Path
) -> None:
    """Whoever reads six repetitions must know first that half of the clip is missing."""
    spec, session, curves = stretch
    session = session.model_copy(update={"problems": ["breaks off after 4.7 s"]})
    write_report(tmp_path / "report.html", spec, session, curves, None)
    header = (tmp_path / "report.html").read_text(encoding="utf-8").partition("</header>")[0]
    assert "breaks off after 4.7 s" in header


def test_a_click_on_a_repetition_seeks_the_video_to_its_start(
    browser: Any, report: Path, stretch: tuple[Spec, Session, Curves]
) -> None:
    """On its row, on its time, on its bar in the timeline, and with the keyboard; the line in the plot goes along."""
    shown = Shown(browser, report, viewport={"width": 1280, "height": 900})
    shown.wait_for("video.readyState >= 2 && document.querySelectorAll('#plot .bars path').length >= 6")
    third = stretch[1].repetitions[2]
    shown.page.click("#repetition-3 td.reached")
    shown.wait_for("!video.seeking && video.currentTime > 0")
    assert at(shown) == pytest.approx(third.start_s, abs=0.05)
    assert shown.page.get_attribute("#timeline", "aria-valuetext") == f"{third.start_s:.1f} seconds"
    assert "now" in (shown.page.get_attribute("#repetition-3", "class") or "")
    shown.page.click("#repetition-1 button")
    assert at(shown) == pytest.approx(stretch[1].repetitions[0].start_s, abs=0.05)
    shown.page.locator("#timeline").scroll_into_view_if_needed()
    bar = shown.page.locator("#plot .bars path").nth(2).bounding_box()
    shown.page.mouse.click(bar["x"] + 0.9 * bar["width"], bar["y"] + bar["height"] / 2)
    assert third.start_s < at(shown) < third.end_s
    head = shown.page.locator("#head").bounding_box()
    assert head["x"] == pytest.approx(bar["x"] + 0.9 * bar["width"], abs=4)
    before = at(shown)
    shown.page.focus("#timeline")
    shown.page.keyboard.press("ArrowRight")
    assert at(shown) == pytest.approx(before + 0.5, abs=0.05)
    shown.page.keyboard.press("Home")
    assert at(shown) == pytest.approx(0, abs=0.05)
    assert shown.errors == []


def test_no_request_leaves_the_page(browser: Any, report: Path) -> None:
    """Neither on opening nor while everything is used; the content policy would refuse one."""
    shown = Shown(browser, report, viewport={"width": 1280, "height": 900})
    shown.wait_for("document.querySelectorAll('.still').length === 6")
    for box in shown.page.locator("#choice input").all():
        box.click()
    shown.page.evaluate("fetch('https://example.org/').catch(() => 0)")
    assert shown.asked_for == []
    assert any("Content Security Policy" in error for error in shown.errors)


def test_measures_can_be_shown_and_hidden(browser: Any, report: Path) -> None:
    """The plot has a row for each measure that is chosen."""
    shown = Shown(browser, report)
    rows = "document.querySelectorAll('#plot .scatterlayer .trace .js-line').length"
    assert shown.page.evaluate(rows) == 2
    shown.page.click("text=shoulder raise")
    assert shown.page.evaluate(rows) == 4
    shown.page.click("#choice >> text=neck tilt >> nth=0")
    assert shown.page.evaluate(rows) == 2


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_nothing_is_wider_than_the_screen(browser: Any, report: Path, width: int) -> None:
    """On a laptop and on a phone."""
    shown = Shown(browser, report, viewport={"width": width, "height": 800})
    shown.wait_for("document.querySelector('#plot .main-svg')")
    assert shown.page.evaluate("document.documentElement.scrollWidth") == width
    assert shown.page.evaluate("document.querySelector('#plot .main-svg').getBoundingClientRect().right") <= width


@pytest.mark.parametrize("width", [1280, 390])
def test_longer_words_than_the_english_ones_are_whole(
    browser: Any, stretch: tuple[Spec, Session, Curves], tmp_path: Path, width: int
) -> None:
    """The sides beside the plot, and what stands above the figures of left and right, on a screen and on paper."""
    spec, session, curves = stretch
    words = read_words("de")
    page = tmp_path / "report.html"
    write_report(page, spec.in_words(words.translate), session, curves, None, words=words)
    shown = Shown(browser, page, viewport={"width": width, "height": 800})
    shown.wait_for("document.querySelector('#plot .ytick')")
    plot = "document.querySelector('#plot').getBoundingClientRect().left"
    least = "Math.min(...[...document.querySelectorAll('#plot .ytick')].map((t) => t.getBoundingClientRect().left))"
    assert shown.page.evaluate(f"{least} >= {plot}")
    shown.page.emulate_media(media="print")
    cut = "[...document.querySelectorAll('.figures thead th')].filter((t) => t.scrollWidth > t.clientWidth).length"
    assert shown.page.evaluate(cut) == 0


def test_it_prints_on_two_pages(browser: Any, report: Path) -> None:
    """With the plot as wide as the paper, whatever the screen was."""
    shown = Shown(browser, report, viewport={"width": 1280, "height": 800})
    shown.wait_for("document.querySelectorAll('.still').length === 6")
    pdf = shown.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2


def test_without_javascript_all_words_are_there(browser: Any, report: Path) -> None:
    """Only the plot and the video need a script, and a line says so."""
    shown = Shown(browser, report, java_script_enabled=False)
    assert shown.page.locator(".repetitions tbody tr").count() == 6
    assert "Let your left shoulder drop" in shown.page.inner_text("main")
    assert "needs JavaScript" in shown.page.inner_text("main")


def test_a_name_stays_a_name(browser: Any, tmp_path: Path, stretch: tuple[Spec, Session, Curves]) -> None:
    """HTML, quotes, new lines, templates and the end of a script, wherever a text may come from."""
    spec, session, curves = stretch
    spec = spec.model_copy(update={"name": HOSTILE, "guide": HOSTILE, "sees_note": HOSTILE})
    session = session.model_copy(deep=True)
    session.source, session.model, session.problems = f"../{HOSTILE}.mp4", HOSTILE, [HOSTILE]
    fault = {"id": "x", "repetition": 1, "t_s": 5, "severity": "stop", "say": HOSTILE, "side": "left"}
    session.faults.append(FaultRecord.model_validate(fault))
    session.framing.append(FramingRecord(t_s=1, until_s=2, problem="far", say=HOSTILE))
    session.recognised = [Recognised(exercise=HOSTILE, confidence=0.5)]
    session.near_misses = [NearMiss(t_s=20, step=HOSTILE, measure="neck_tilt", best=18, short_by=2, side="right")]
    path = tmp_path / "report.html"
    write_report(path, spec, session, curves, film(tmp_path / "annotated.mp4", 50))
    shown = Shown(browser, path)
    shown.wait_for("document.querySelectorAll('.still').length === 6")
    shown.page.locator("#timeline").scroll_into_view_if_needed()
    mark = shown.page.locator("#plot .scatterlayer .points path").nth(1).bounding_box()
    shown.page.mouse.move(mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2)
    shown.wait_for("document.querySelector('#plot .hoverlayer').textContent.includes('onerror')")
    assert shown.page.evaluate("window.hacked") is None
    assert (shown.errors, shown.asked_for) == ([], [])
    assert "<img src=x" in shown.page.inner_text("h1")
    assert "{{ 7 * 7 }}" in shown.page.inner_text("h1")
    assert shown.page.locator("main img[src=x]").count() == 0


@pytest.mark.parametrize("limit", [1000, 64_000_000])
def test_a_video_may_stay_beside_the_page(
    browser: Any, tmp_path: Path, stretch: tuple[Spec, Session, Curves], monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    """Because it is large, or because that is asked for: it is named, found there, and can be sought in."""
    monkeypatch.setattr(embed, "LARGEST_EMBEDDED", limit)
    spec, session, curves = stretch
    video = film(tmp_path / "annotated.mp4", 50)
    write_report(tmp_path / "report.html", spec, session, curves, video, embed=limit < 2000)
    shown = Shown(browser, tmp_path / "report.html")
    shown.wait_for("video.readyState >= 1")
    shown.page.click("#repetition-3 button")
    assert at(shown) == pytest.approx(session.repetitions[2].start_s, abs=0.05)
    assert "keep the two together" in shown.page.inner_text("main")
    assert {Path(address).name for address in shown.asked_for} == {"annotated.mp4"}


def test_a_session_of_nothing_has_a_report(browser: Any, tmp_path: Path) -> None:
    """No frame, no repetition, no video: the page says what is missing, and its script runs."""
    spec, session, _ = session_of("upper-trapezius-stretch", "upper-trapezius-stretch")
    empty = Session(poise="0", source="", exercise=spec.id, model="m")
    write_report(tmp_path / "report.html", spec, empty, Curves([], ()), None)
    shown = Shown(browser, tmp_path / "report.html")
    shown.wait_for("document.querySelector('#plot .main-svg')")
    assert "No repetition was counted" in shown.page.inner_text("main")
    assert shown.errors == []
    assert session.reps.total


def test_reports_of_other_exercises(browser: Any, tmp_path: Path) -> None:
    """Both sides together, near misses, steps with several measures, a timer."""
    for clip, exercise in (("neck-roll", "neck-roll"), ("plank", "plank")):
        write_report(tmp_path / f"{clip}.html", *session_of(clip, exercise), None)
        shown = Shown(browser, tmp_path / f"{clip}.html")
        shown.wait_for("document.querySelector('#plot .main-svg')")
        assert shown.errors == []


def test_a_disk_that_is_full_leaves_no_report(tmp_path: Path, stretch: tuple[Spec, Session, Curves]) -> None:
    """Nothing half-written under its name."""
    with full_disk(100_000), pytest.raises(OutputError, match=r"report\.html cannot be written"):
        write_report(tmp_path / "report.html", *stretch, None)
    assert list(tmp_path.iterdir()) == []


def test_a_video_that_cannot_be_read_is_told(tmp_path: Path, stretch: tuple[Spec, Session, Curves]) -> None:
    """It went away between writing and reading."""
    with pytest.raises(OutputError, match="gone"):
        write_report(tmp_path / "report.html", *stretch, tmp_path / "gone.mp4")
    assert list(tmp_path.iterdir()) == []


def test_what_was_written_is_known(tmp_path: Path, stretch: tuple[Spec, Session, Curves]) -> None:
    """Only what was asked for, by anybody who may read files here."""
    assert write_results(tmp_path, *stretch, Options(report=False, data=None)) == Written()
    written = write_results(tmp_path, *stretch, Options())
    paths = [written.report_path, written.repetitions_path, written.measures_path]
    assert [path.name for path in paths if path] == ["report.html", "repetitions.csv", "measures.csv"]
    usual = 0o666 & ~_umask()
    assert all(stat.S_IMODE(path.stat().st_mode) == usual for path in paths if path)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
