"""``poise measures``."""

from __future__ import annotations

import argparse
from pathlib import Path

from poise.app.measuring import curves_of
from poise.app.tracking import track_of
from poise.cli.console import FrameBar, console, fetch_progress, frame_progress, safe, table
from poise.cli.options import add_fresh, add_model, add_out
from poise.core.measures import CATALOGUE, Measure
from poise.core.measures.catalogue import GOOD_ERROR
from poise.core.results.table import measure_columns
from poise.io.plots import write_measures_plot
from poise.io.tables import write_table

EXAMPLES = """\
Values of a clip are those that an exercise would judge: from the person's own rest where a measure is relative to it.

examples:
  poise measures                       the catalogue: every measure, its unit, the views it is seen from, its error
  poise measures clip.mp4              clip.measures.csv and clip.measures.png in poise-out
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("clip", nargs="?", type=Path, metavar="CLIP", help="a video file; without it, the catalogue")
    add_out(parser, "where results go")
    add_fresh(parser)
    add_model(parser)


def run(options: argparse.Namespace) -> int:
    """Measure a clip, or list what can be measured."""
    if options.clip is None:
        return _print_catalogue()
    with fetch_progress() as fetching, frame_progress() as progress:
        bar = FrameBar(progress, options.clip.name)
        track = track_of(options.clip, model=options.model, fresh=options.fresh, progress=bar, fetching=fetching)
    measured = curves_of(track.poses)
    csv_path = options.out / f"{options.clip.stem}.measures.csv"
    png_path = options.out / f"{options.clip.stem}.measures.png"
    write_table(csv_path, measure_columns(measured))
    write_measures_plot(png_path, options.clip.name, measured)
    rows = table("measure", ">lowest", ">median", ">highest", "unit")
    for curve in measured.curves:
        values = sorted(value for value in curve.values if value == value)
        if values:
            low, middle, high = values[len(values) // 50], values[len(values) // 2], values[-1 - len(values) // 50]
            rows.add_row(curve.title, *(str(round(value)) for value in (low, middle, high)), curve.measure.unit)
    console.print(rows)
    for path in (csv_path, png_path):
        console.print(f"wrote {safe(path)}", soft_wrap=True)
    return 0


def _views(measure: Measure) -> str:
    """From where a measure is seen, with its mean error there, one view a line."""
    texts = []
    for view in measure.views:
        error = f" ±{measure.errors[view]:g}" if view in measure.errors else ""
        texts.append(f"{view}{error}{' part' if view in measure.part else ''}")
    return "\n".join(texts)


def _print_catalogue() -> int:
    rows = table("measure", "what it is", "unit", "seen from", "sides")
    for measure in CATALOGUE.values():
        sides = "left, right" if measure.sided else ""
        rows.add_row(measure.name, measure.meaning, measure.unit, _views(measure), sides)
    console.print(rows)
    console.print(f"\n± mean error on rendered people; part: beyond {GOOD_ERROR:g}, or not measured yet.")
    console.print("Before any name: speed. steadiness. difference. other. left. right. both. either.")
    return 0
