"""The summary of many clips, as a page and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path

from poise.app.batch.run import SUMMARY
from poise.app.batch.work import Outcome
from poise.core.words import ENGLISH, Words
from poise.io.report import write_summary
from poise.io.tables import write_table


def write_summaries(
    out: Path, title: str, outcomes: Sequence[Outcome], *, of: int, words: Words = ENGLISH
) -> tuple[Path, Path]:
    """Write ``summary.html`` and ``summary.csv``.

    Args:
        out: The folder of all results.
        title: What was analysed.
        outcomes: What came of the clips.
        of: How many clips there are; fewer outcomes mean that it was interrupted.
        words: The reader's language; the table's columns are called alike in all.

    Returns:
        Paths of the two.

    Raises:
        OutputError: They cannot be written.
    """
    missing = of - len(outcomes)
    remark = words("Interrupted: {n} of {of} clips are not analysed yet.", n=missing, of=of) if missing else ""
    page, table = out / SUMMARY, out / "summary.csv"
    write_summary(page, title, [asdict(outcome) for outcome in outcomes], remark, words)
    names = [field.name for field in fields(Outcome) if field.name != "wrote"]
    write_table(table, {name: [getattr(outcome, name) for outcome in outcomes] for name in names})
    return page, table
