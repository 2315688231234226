"""Pages of long clips and of many: they can be read, and searched."""

from __future__ import annotations

import math
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from browser import Shown
from poise.app.batch import Outcome
from poise.app.options import Options
from poise.app.results import write_results
from poise.io.report.summary import write_summary
from poise.io.report.thinning import Thinning
from poise.text import clock
from report_material import repeated, session_of


def test_a_plot_of_a_long_clip_loses_no_peak() -> None:
    """An hour at ten pictures a second, flat but for one picture: it is drawn, and so is that nothing was seen."""
    times_s = [index / 10 for index in range(36_000)]
    values = [0.0] * 36_000
    values[17_321] = 90.0
    values[20_000:20_100] = [math.nan] * 100
    thinning = Thinning(times_s)
    kept, shown = thinning.times_s(), thinning.values(values)
    assert len(kept) == len(shown) <= 4 * 3600 + 2
    assert kept == sorted(kept)
    assert [round(t) for t, value in zip(kept, shown, strict=True) if value == 90.0] == [1732]
    unseen = [t for t, value in zip(kept, shown, strict=True) if value is None]
    assert 2000 <= min(unseen) < 2001
    assert 2009 <= max(unseen) < 2010
    assert kept.index(max(unseen)) - kept.index(min(unseen)) == len(unseen) - 1
    short = Thinning(times_s[:100])
    assert (short.times_s(), short.values(values[:100])) == (times_s[:100], values[:100])
    assert Thinning([]).times_s() == []


def test_a_long_session_can_be_read_and_looked_at_closely(browser: Any, tmp_path: Path) -> None:
    """Two hours of the same: no endless lists, times by the clock; what is dragged across is drawn in full."""
    spec, session, curves = repeated(
        *session_of("upper-trapezius-stretch", "upper-trapezius-stretch", hold=5), times=146
    )
    written = write_results(tmp_path, spec, session, curves, Options(data=None))
    assert written.report_path
    shown = Shown(browser, written.report_path, viewport={"width": 1280, "height": 900})
    said = shown.page.inner_text("main")
    assert "146 repetitions" in said
    assert "1:59:" in shown.page.inner_text(".repetitions tbody tr:last-child")
    assert shown.page.evaluate("plot._fullLayout.xaxis.ticktext")[1] == "15:00"
    assert shown.page.evaluate("Math.max(...plot.data.map((one) => one.x.length))") < 4000
    plot = shown.page.locator("#plot .nsewdrag").last.bounding_box()
    middle = plot["y"] + plot["height"] / 2
    shown.page.mouse.move(plot["x"] + 300, middle)
    shown.page.mouse.down()
    shown.page.mouse.move(plot["x"] + 320, middle, steps=4)
    shown.page.mouse.up()
    shown.wait_for("view[1] - view[0] < 300")
    assert shown.page.evaluate("plot._fullLayout.xaxis.range") == shown.page.evaluate("view")
    assert len(re.findall(rb"/Type\s*/Page\b", shown.page.pdf(prefer_css_page_size=True))) <= 4
    assert shown.errors == []


def test_moments_are_told_by_the_clock() -> None:
    """Seconds up to a minute, then as people write it; sixty seconds are a minute."""
    moments = {0.04: "0.0 s", 9.46: "9.5 s", 59.94: "59.9 s", 59.96: "1:00.0", 125.5: "2:05.5", 3665.5: "1:01:05.5"}
    assert {t_s: clock(t_s) for t_s in moments} == moments


def test_a_clip_is_found_among_many(browser: Any, tmp_path: Path) -> None:
    """By a word of its name, and by the order of a column: the most repetitions first, then the fewest."""
    done = [
        {
            **asdict(Outcome(f"{name}.mp4", "done", exercise="squat", repetitions=number, faults=0, duration_s=61.0)),
            "wrote": [],
        }
        for name, number in (("ann", 9), ("ben", 10), ("<b>cy</b>", 2))
    ]
    write_summary(tmp_path / "summary.html", "clinic", [*done, asdict(Outcome("bad.mp4", "failed", "is empty"))])
    shown = Shown(browser, tmp_path / "summary.html")
    page = shown.page
    assert "1:01.0" in page.inner_text(".clips")
    for expected in (["ben.mp4", "ann.mp4", "<b>cy</b>.mp4"], ["<b>cy</b>.mp4", "ann.mp4", "ben.mp4"]):
        page.click(".clips thead th:nth-child(4) button")
        assert page.locator(".clips tbody .clip-name").all_inner_texts() == expected
    page.fill(".find", "BEN")
    assert page.locator(".stacked tbody tr:visible .clip-name").all_inner_texts() == ["ben.mp4"]
    assert (shown.errors, shown.asked_for) == ([], [])
