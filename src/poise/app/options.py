"""How clips are analysed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from poise.core.spec import Spec
from poise.core.words import ENGLISH
from poise.io.tables import TableFormat

AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Options:
    """How clips are analysed: by ``poise.analyze``, by the command line, and clip by clip in a folder.

    Attributes:
        exercise: A spec, the id of one in the library, the path of one, or ``auto`` to find out which it is.
        video: Whether to write the annotated video.
        report: Whether to write ``report.html``.
        embed: Whether the report holds the annotated video, unless it is very large, rather than pointing to it: a page
            to hand on, or one of a thousand.
        data: Format of the tables of repetitions and of measures, or None for no tables.
        model: lite, full, heavy, the path of a bundle, or the name of another package's backend.
        hold_s: Seconds to hold instead of the spec's dose.
        every: Look at every n-th frame only.
        workers: Look at so many pieces of a long clip at the same time. With 1 the clip is looked at in one go, and the
            result is the same on every machine; in pieces it is faster, and angles differ a little at the seams.
        fresh: Run the model even when the poses are known.
        language: Two letters: of the report, of what the annotated video says, and of the session's corrections.
    """

    exercise: str | Path | Spec = AUTO
    video: bool = True
    report: bool = True
    embed: bool = True
    data: TableFormat | None = "csv"
    model: str | None = None
    hold_s: float | None = None
    every: int = 1
    workers: int = 1
    fresh: bool = False
    language: str = ENGLISH.language
