"""``poise analyze``."""

from __future__ import annotations

import argparse
import shlex
from dataclasses import replace
from pathlib import Path

from poise.app.analyze import Analysis, analyze_clip
from poise.app.options import AUTO, Options
from poise.app.tracking import track_of
from poise.cli.choices import add_language, language_of
from poise.cli.console import FrameBar, console, fetch_progress, frame_progress, print_recognised, print_session, safe
from poise.cli.folder import analyze_folder
from poise.cli.options import add_exercise, add_fresh, add_hold, add_model, add_out, positive
from poise.errors import PoiseError
from poise.files import is_folder
from poise.io.clips import is_address
from poise.io.routines import LoadedRoutine, is_routine, read_routine
from poise.io.specs import load_spec
from poise.io.tables import FORMATS
from poise.io.words import read_words

EXAMPLES = """\
examples:
  poise analyze squats.mp4 --exercise squat
  poise analyze neck.mov --exercise upper-trapezius-stretch --hold "10 s"
  poise analyze clip.mp4                                        which exercise is it?
  poise analyze clip.mp4 --exercise my-stretch.yaml --no-video --out results
  poise analyze long.mp4 --exercise squat --workers 4           a long clip in pieces: faster

a whole folder, each clip by a process of its own:
  poise analyze recordings --exercise auto --out results        results/summary.html, and the same tree below it
  poise analyze recordings --dask tcp://scheduler:8786          by a Dask cluster that sees the same folders
  poise analyze s3://bucket/recordings --no-video               any address that fsspec knows
Reports of a folder point to their videos, which stay beside them; that of one clip holds its video, to be handed on.
Clips that are done are not done again: what was interrupted goes on where it stopped.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("clip", metavar="CLIP", help="a video file, a folder of them, or an address")
    parser.add_argument("more", nargs="*", default=[], help=argparse.SUPPRESS)
    add_exercise(parser, "an exercise or routine")
    add_out(parser, "where results go, in a folder for each clip")
    parser.add_argument("--no-video", action="store_true", help="write no annotated video: twice as fast")
    parser.add_argument("--no-report", action="store_true", help="write no report.html")
    parser.add_argument("--data", choices=(*FORMATS, "none"), default="csv",
                        help="format of the tables: repetitions, measures over time (default: csv)")  # fmt: skip
    parser.add_argument("--every", type=positive, default=1, metavar="N",
                        help="look at every n-th frame only: faster, and angles a little less sure")  # fmt: skip
    parser.add_argument("--workers", type=positive, metavar="N",
                        help="of a folder, clips at the same time (default: as many as there are cores); of a clip "
                        "longer than ten seconds, pieces at the same time: faster, but angles differ by about half a "
                        "degree from those of one go (default: 1, the same result on every machine)")  # fmt: skip
    parser.add_argument("--dask", metavar="ADDRESS", help="work on the Dask cluster of this scheduler")
    add_fresh(parser)
    add_hold(parser)
    add_language(parser)
    add_model(parser)


def run(options: argparse.Namespace) -> int:
    """Analyse one clip and print what it shows; for a routine, each of its exercises in turn; or a whole folder."""
    if options.more:  # as a shell makes of *.mp4
        raise PoiseError(
            f"{1 + len(options.more)} clips are named, and one is expected",
            "name the folder that holds them: `poise analyze FOLDER` takes every video below it",
        )
    how = Options(
        options.exercise,
        video=not options.no_video,
        report=not options.no_report,
        data=None if options.data == "none" else options.data,
        model=options.model,
        hold_s=options.hold,
        every=options.every,
        workers=options.workers or 1,
        fresh=options.fresh,
        language=language_of(options).language,
    )
    if options.dask or is_address(options.clip) or is_folder(Path(options.clip)):
        return analyze_folder(options, how)
    if is_routine(options.exercise):
        return _routine(options, how, read_routine(options.exercise))
    return _clip(options, how)


def _clip(options: argparse.Namespace, how: Options) -> int:
    if how.exercise != AUTO:
        load_spec(options.exercise)  # a wrong name is told before the work begins
    clip = Path(options.clip)
    with fetch_progress() as fetching, frame_progress() as progress:
        bar = FrameBar(progress, clip.name)
        result = analyze_clip(clip, how, out=options.out, progress=bar, fetching=fetching)
    words = read_words(how.language)
    print_recognised(result.session, words)
    print_session(result.session, result.spec, words)
    for miss in result.session.near_misses[:1]:
        shown = options.exercise if how.exercise != AUTO else result.spec.id
        asking = f"poise why {shlex.quote(str(clip))} --exercise {shown} --at {miss.t_s:.1f}"
        console.print(f"[dim]`{safe(asking)}`: {words('why it did not count')}[/]", soft_wrap=True)
    rate = result.session.frames / result.seconds if result.seconds else 0.0
    console.print(f"\n[dim]{result.session.frames} frames in {result.seconds:.1f} s ({rate:.0f} frames/s)[/]")
    _print_written(result)
    return 130 if result.interrupted else 0


def _routine(options: argparse.Namespace, how: Options, loaded: LoadedRoutine) -> int:
    """Every exercise of a routine over the whole clip, whose poses are found once; no annotated video."""
    clip, masks = Path(options.clip), any(spec.needs_outline for spec in loaded.specs)
    with fetch_progress() as fetching, frame_progress() as progress:
        bar = FrameBar(progress, clip.name)
        track = track_of(
            clip, model=how.model, masks=masks, fresh=how.fresh, every=how.every, workers=how.workers,
            progress=bar, fetching=fetching,
        )  # fmt: skip
    for spec in loaded.specs:
        result = analyze_clip(clip, replace(how, exercise=spec, video=False), out=options.out, track=track)
        print_session(result.session, result.spec, read_words(how.language))
        _print_written(result)
    return 0


def _print_written(result: Analysis) -> None:
    written = result.written
    tables = (written.repetitions_path, written.measures_path)
    for path in (result.video_path, result.session_path, *tables, written.report_path):
        if path:
            console.print(f"wrote {safe(path)}", soft_wrap=True)
