"""The summary of many clips: a page that leads to the report of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from poise.core.suggestions import printable
from poise.io.report.embed import write_page
from poise.io.report.page import LONGEST_NAME
from poise.text import clock


def write_summary(path: Path, title: str, rows: Sequence[Mapping[str, Any]], remark: str = "") -> None:
    """Write the summary, complete or not at all.

    Args:
        path: Where: the folder that the rows' folders lie in.
        title: What was analysed.
        rows: One for each clip, with the fields of an ``Outcome``.
        remark: What else there is to say, such as that the work was interrupted.

    Raises:
        OutputError: It cannot be written.
    """
    done = [row for row in rows if row["status"] != "failed"]
    failed = [row for row in rows if row["status"] == "failed"]
    write_page(
        path,
        "summary.html.j2",
        ("summary.js",),
        title=printable(title, LONGEST_NAME),
        remark=remark,
        tiles=_tiles(done, failed),
        rows=[_shown(row) for row in done],
        failed=[{"clip": printable(row["clip"], 200), "note": row["note"], "hint": row["hint"]} for row in failed],
        exercises=_exercises(done),
        data={},
    )


def _tiles(done: Sequence[Mapping[str, Any]], failed: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    before = sum(row["status"] == "as before" for row in done)
    minutes = sum(row["duration_s"] or 0.0 for row in done) / 60
    tiles = [
        (str(len(done)), "clip" + "s" * (len(done) != 1), f"{before} from earlier runs" if before else ""),
        (f"{minutes:.0f}" if minutes >= 10 else f"{minutes:.1f}", "minutes of video", ""),
        (str(sum(row["repetitions"] or 0 for row in done)), "repetitions", ""),
        (str(sum(row["faults"] or 0 for row in done)), "faults", ""),
    ]
    return [*tiles, (str(len(failed)), "failed", "see below")] if failed else tiles


def _shown(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """A row in words, with the addresses of its files relative to the summary."""
    files = {name.partition(".")[0]: f"{quote(row['folder'])}/{quote(name)}" for name in row["wrote"]}
    sides = f"{row['left']} left, {row['right']} right" if row["left"] or row["right"] else ""
    return {
        **row,
        "clip": printable(row["clip"], 200),
        "link": files.get("report") or files.get("annotated") or files.get("session", ""),
        "sides": sides,
        "sure": f"{row['confidence']:.0%} sure" if row["confidence"] is not None else "",
        "length": clock(row["duration_s"]),
    }


def _exercises(done: Sequence[Mapping[str, Any]]) -> list[tuple[str, int, int, int]]:
    """Each exercise with its clips, repetitions and faults, the most frequent first."""
    names = {row["exercise"] for row in done}
    lines = []
    for name in names:
        of = [row for row in done if row["exercise"] == name]
        lines.append((name, len(of), sum(row["repetitions"] for row in of), sum(row["faults"] for row in of)))
    return sorted(lines, key=lambda line: (-line[1], line[0]))
