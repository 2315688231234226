"""What an analysis leaves in its folder besides the session and the video: the report and the tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from poise.app.options import Options
from poise.core.curves import Curves
from poise.core.results.table import measure_columns, repetition_columns
from poise.core.session import Session
from poise.core.spec import Spec
from poise.io.pictures import picture_file
from poise.io.report import write_report
from poise.io.tables import write_table
from poise.io.words import read_words


@dataclass(frozen=True, slots=True)
class Written:
    """Where the results of a session are.

    Attributes:
        report_path: ``report.html``, or None when none was asked for.
        repetitions_path: One row for each repetition; None when no table was asked for.
        measures_path: One row for each frame; None when no table was asked for.
    """

    report_path: Path | None = None
    repetitions_path: Path | None = None
    measures_path: Path | None = None


def write_results(
    folder: Path, spec: Spec, session: Session, curves: Curves, how: Options, video_path: Path | None = None
) -> Written:
    """Write the report and the tables of a session into its folder.

    Args:
        folder: Where ``session.json`` is.
        spec: The exercise in the language that is wanted, with the dose that was asked for.
        session: The result.
        curves: Its measures over time.
        how: What is wanted.
        video_path: The annotated video.

    Raises:
        OutputError: Something cannot be written.
    """
    repetitions_path = measures_path = report_path = None
    if how.data:
        repetitions_path, measures_path = folder / f"repetitions.{how.data}", folder / f"measures.{how.data}"
        write_table(repetitions_path, repetition_columns(session))
        write_table(measures_path, measure_columns(curves))
    if how.report:
        report_path = folder / "report.html"
        picture = picture_file(spec.id)
        write_report(
            report_path, spec, session, curves, video_path,
            embed=how.embed, picture=picture, day=date.today(), words=read_words(how.language),
        )  # fmt: skip
    return Written(report_path, repetitions_path, measures_path)
