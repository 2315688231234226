"""``poise compare``."""

from __future__ import annotations

import argparse
from pathlib import Path

from poise.app.comparing import compare_taken, take, write_comparison_page
from poise.app.options import AUTO
from poise.cli.choices import add_language, language_of
from poise.cli.console import FrameBar, console, fetch_progress, frame_progress, safe, table
from poise.cli.options import add_exercise, add_hold, add_model, add_out
from poise.core.results.compare import Comparison
from poise.core.results.spread import said
from poise.core.words import Words
from poise.errors import PoiseError
from poise.io.specs import load_spec

EXAMPLES = """\
A and B are clips, or what `poise analyze` made of them: a folder of results, or its session.json.

examples:
  poise compare monday.mp4 friday.mp4 --exercise squat           before and after
  poise compare poise-out/monday poise-out/friday                the same, of clips analysed before
  poise compare patient.mp4 reference.mp4 --names "Ann,how it should be"
  poise compare neck.mp4 --sides                                 left and right in one session

A difference is called clear when it is more than chance from one repetition to the next and the measured error of the
camera's figures could make together. Curves are drawn over each other, repetition by repetition.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("first", metavar="A", type=Path, help="a clip, a folder of results, or a session.json")
    parser.add_argument("second", metavar="B", type=Path, nargs="?", help="the same, to be compared with it")
    parser.add_argument("--sides", action="store_true", help="compare the left with the right side of A alone")
    add_exercise(parser, "of clips: an exercise")
    parser.add_argument("--names", metavar="A,B", type=_names, help='what to call the two, such as "before,after"')
    add_out(parser, "where the page goes")
    add_hold(parser)
    add_language(parser)
    add_model(parser)


def run(options: argparse.Namespace) -> int:
    """Print the figures side by side and write the page."""
    if options.sides == bool(options.second):
        raise PoiseError("name two sessions, or one with --sides", "see `poise compare --help`")
    if options.exercise != AUTO:
        load_spec(options.exercise)  # a wrong name is told before the work begins
    names, words = options.names or (None, None), language_of(options)
    with fetch_progress() as fetching, frame_progress() as progress:

        def bar(name: str) -> FrameBar:
            return FrameBar(progress, name)

        how = {"hold_s": options.hold, "model": options.model, "words": words, "progress": bar, "fetching": fetching}
        first = take(options.first, options.exercise, name=names[0], **how)
        second = None
        if options.second:
            exercise = first.session.exercise if options.exercise == AUTO else options.exercise
            second = take(options.second, exercise, name=names[1], **how)
    found = compare_taken(first, second, words)
    _print(found, words)
    places = [options.first, options.second] if options.second else [options.first]
    page = write_comparison_page(options.out, found, places, words)
    console.print(f"wrote {safe(page)}", soft_wrap=True)
    return 0


def _names(text: str) -> tuple[str, str]:
    first, comma, second = text.partition(",")
    if not (comma and first.strip() and second.strip()):
        raise argparse.ArgumentTypeError('two names with a comma between them are expected, such as "before,after"')
    return first.strip(), second.strip()


def _print(found: Comparison, words: Words) -> None:
    spec = found.first.spec
    console.print(f"\n[bold]{safe(spec.name if spec else found.first.session.exercise)}[/]\n")
    names = (f">{safe(taken.name)}" for taken in (found.first, found.second))
    rows = table("", *names, f">{words('difference')}", words("clear?"))
    rows.columns[0].no_wrap = False  # a correction is a whole sentence
    for pair in found.pairs:
        rows.add_row(safe(pair.what), *(safe(text) for text in said(pair, words)))
    console.print(rows)
    clear = words("A difference is clear when it is more than chance and the camera's measured error could make.")
    console.print(f"\n[dim]{clear}[/]", soft_wrap=True)
