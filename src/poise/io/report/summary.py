"""The summary of many clips: a page that leads to the report of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from poise.core.suggestions import printable
from poise.core.words import ENGLISH, Words
from poise.io.report.embed import script_words, write_page
from poise.io.report.page import LONGEST_NAME
from poise.text import clock

WORDS = ("find a clip", "find a clip by its name, exercise or correction")  # that its script says


def write_summary(
    path: Path, title: str, rows: Sequence[Mapping[str, Any]], remark: str = "", words: Words = ENGLISH
) -> None:
    """Write the summary, complete or not at all.

    Args:
        path: Where: the folder that the rows' folders lie in.
        title: What was analysed.
        rows: One for each clip, with the fields of an ``Outcome``.
        remark: What else there is to say, such as that the work was interrupted.
        words: The reader's language.

    Raises:
        OutputError: It cannot be written.
    """
    done = [row for row in rows if row["status"] != "failed"]
    failed = [row for row in rows if row["status"] == "failed"]
    write_page(
        path,
        "summary.html.j2",
        ("summary.js",),
        words,
        title=printable(title, LONGEST_NAME),
        remark=remark,
        tiles=_tiles(done, failed, words),
        rows=[_shown(row, words) for row in done],
        failed=[{"clip": printable(row["clip"], 200), "note": row["note"], "hint": row["hint"]} for row in failed],
        exercises=_exercises(done),
        data=script_words(words, WORDS),
    )


def _tiles(
    done: Sequence[Mapping[str, Any]], failed: Sequence[Mapping[str, Any]], words: Words
) -> list[tuple[str, str, str]]:
    before = sum(row["status"] == "as before" for row in done)
    earlier = words("{n} from earlier runs", n=before) if before else ""
    minutes = sum(row["duration_s"] or 0.0 for row in done) / 60
    tiles = [
        (str(len(done)), words("clip") if len(done) == 1 else words("clips"), earlier),
        (f"{minutes:.0f}" if minutes >= 10 else f"{minutes:.1f}", words("minutes of video"), ""),
        (str(sum(row["repetitions"] or 0 for row in done)), words("repetitions"), ""),
        (str(sum(row["faults"] or 0 for row in done)), words("faults"), ""),
    ]
    return [*tiles, (str(len(failed)), words("failed"), words("see below"))] if failed else tiles


def _shown(row: Mapping[str, Any], words: Words) -> Mapping[str, Any]:
    """A row in words, with the addresses of its files relative to the summary."""
    files = {name.partition(".")[0]: f"{quote(row['folder'])}/{quote(name)}" for name in row["wrote"]}
    sided = row["left"] or row["right"]
    sure = row["confidence"]
    return {
        **row,
        "clip": printable(row["clip"], 200),
        "link": files.get("report") or files.get("annotated") or files.get("session", ""),
        "exercise": row["name"] or row["exercise"],
        "sides": words("{left} left, {right} right", left=row["left"], right=row["right"]) if sided else "",
        "sure": "" if sure is None else words("{share} sure", share=f"{sure:.0%}"),
        "length": clock(row["duration_s"]),
    }


def _exercises(done: Sequence[Mapping[str, Any]]) -> list[tuple[str, int, int, int]]:
    """Each exercise with its clips, repetitions and faults, the most frequent first."""
    lines = []
    for exercise in {row["exercise"] for row in done}:
        of = [row for row in done if row["exercise"] == exercise]
        lines.append(
            (
                of[0]["name"] or exercise,
                len(of),
                sum(row["repetitions"] for row in of),
                sum(row["faults"] for row in of),
            )
        )
    return sorted(lines, key=lambda line: (-line[1], line[0]))
