"""``poise analyze``."""

from __future__ import annotations

import argparse
from pathlib import Path

from poise.app.analyze import Analysis, analyze
from poise.app.recognising import AUTO
from poise.app.tracking import track_of
from poise.cli.console import FrameBar, console, fetch_progress, frame_progress, print_recognised, print_session, safe
from poise.cli.options import add_hold, add_model
from poise.io.routines import LoadedRoutine, is_routine, read_routine
from poise.io.specs import load_spec
from poise.io.tables import FORMATS, TableFormat

EXAMPLES = """\
examples:
  poise analyze squats.mp4 --exercise squat
  poise analyze neck.mov --exercise upper-trapezius-stretch --hold "10 s"
  poise analyze clip.mp4                                        which exercise is it?
  poise analyze clip.mp4 --exercise my-stretch.yaml --no-video --out results
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("clip", metavar="CLIP", help="a video file, in any usual format")
    parser.add_argument("--exercise", default=AUTO, metavar="ID",
                        help="an exercise or routine, or a .yaml file (default: auto, find it out)")  # fmt: skip
    parser.add_argument("--out", type=Path, default=Path("poise-out"), metavar="DIR",
                        help="where results go, in a folder for each clip (default: poise-out)")  # fmt: skip
    parser.add_argument("--no-video", action="store_true", help="write no annotated video: twice as fast")
    parser.add_argument("--no-report", action="store_true", help="write no report.html")
    parser.add_argument("--data", choices=(*FORMATS, "none"), default="csv",
                        help="format of the tables: repetitions, measures over time (default: csv)")  # fmt: skip
    add_hold(parser)
    add_model(parser)


def run(options: argparse.Namespace) -> int:
    """Analyse one clip and print what it shows; for a routine, each of its exercises in turn."""
    if is_routine(options.exercise):
        return _routine(options, read_routine(options.exercise))
    if options.exercise != AUTO:
        load_spec(options.exercise)  # a wrong name is told before the work begins
    with fetch_progress() as fetching, frame_progress() as progress:
        result = analyze(
            options.clip,
            options.exercise,
            out=options.out,
            video=not options.no_video,
            report=not options.no_report,
            data=_data(options),
            model=options.model,
            hold_s=options.hold,
            progress=FrameBar(progress, Path(options.clip).name),
            fetching=fetching,
        )
    print_recognised(result.session)
    shown = options.exercise if options.exercise != AUTO else result.session.exercise
    print_session(result.session, load_spec(shown).sided)
    rate = result.session.frames / result.seconds if result.seconds else 0.0
    console.print(f"\n[dim]{result.session.frames} frames in {result.seconds:.1f} s ({rate:.0f} frames/s)[/]")
    _print_written(result)
    return 0


def _routine(options: argparse.Namespace, loaded: LoadedRoutine) -> int:
    """Every exercise of a routine over the whole clip, whose poses are found once; no annotated video."""
    clip, masks = Path(options.clip), any(spec.needs_outline for spec in loaded.specs)
    with fetch_progress() as fetching, frame_progress() as progress:
        bar = FrameBar(progress, clip.name)
        track = track_of(clip, model=options.model, masks=masks, progress=bar, fetching=fetching)
    for spec in loaded.specs:
        result = analyze(
            clip, spec, out=options.out, video=False, report=not options.no_report, data=_data(options),
            hold_s=options.hold, track=track,
        )  # fmt: skip
        print_session(result.session, spec.sided)
        _print_written(result)
    return 0


def _print_written(result: Analysis) -> None:
    written = result.written
    tables = (written.repetitions_path, written.measures_path)
    for path in (result.video_path, result.session_path, *tables, written.report_path):
        if path:
            console.print(f"wrote {safe(path)}", soft_wrap=True)


def _data(options: argparse.Namespace) -> TableFormat | None:
    return None if options.data == "none" else options.data
