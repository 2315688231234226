"""The page that lays two sessions side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from poise.core.results.advice import advise, praise
from poise.core.results.compare import Comparison, Line, Taken, mean_line
from poise.core.results.review import Review, words_of
from poise.core.results.spread import said
from poise.core.words import ENGLISH, Words
from poise.io.report.embed import jpeg_url, script_words, write_page
from poise.io.report.page import clip_name
from poise.io.report.thinning import rounded

WORDS = ("seconds", "% of the repetition", "{curve} at {share} %")  # that its script says


@dataclass(frozen=True, slots=True)
class Still:
    """A picture of a session.

    Attributes:
        jpeg: The file's bytes.
        caption: What it shows.
    """

    jpeg: bytes
    caption: str


def write_comparison(
    path: Path, found: Comparison, stills: Sequence[Still | None] = (), words: Words = ENGLISH
) -> None:
    """Write the page, complete or not at all.

    Args:
        path: Where.
        found: The comparison.
        stills: A picture of each of the two, where there is one.
        words: The reader's language; that of the comparison.

    Raises:
        OutputError: It cannot be written.
    """
    both = (found.first, found.second)
    write_page(
        path,
        "compare.html.j2",
        ("plotly-basic.min.js", "plot.js", "compare.js"),
        words,
        title=found.first.spec.name if found.first.spec else found.first.session.exercise,
        sessions=[
            _session(taken, one, still, words)
            for taken, one, still in zip(both, found.reviews, (*stills, None, None), strict=False)
        ],
        rows=[(pair.what, *said(pair, words)) for pair in found.pairs],
        measure=words_of(found.leading, words) if found.leading else "",
        data={
            "unit": found.unit,
            "sessions": [
                {"name": taken.name, "lines": [_line(line) for line in lines], "mean": rounded(mean_line(lines))}
                for taken, lines in zip(both, found.lines, strict=True)
            ],
            **script_words(words, WORDS),
        },
    )


def _session(taken: Taken, found: Review, still: Still | None, words: Words) -> dict[str, Any]:
    return {
        "picture": jpeg_url(still.jpeg) if still else None,
        "caption": still.caption if still else "",
        "name": taken.name,
        "clip": clip_name(taken.session),
        "seconds": taken.session.duration_s,
        "advice": advise(taken.session, found, taken.spec, words),
        "praise": praise(taken.session, found, words),
        "model": taken.session.model,
        "poise": taken.session.poise,
    }


def _line(line: Line) -> dict[str, Any]:
    return {"n": line.n, "side": line.side, "t": line.t_s, "values": rounded(line.values)}
