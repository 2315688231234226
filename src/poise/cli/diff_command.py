"""``poise diff``."""

from __future__ import annotations

import argparse
from pathlib import Path

from poise.app.author.revisions import committed, compared, numbers_changed, version_of
from poise.app.author.workbench import Workbench
from poise.cli.clips import CLIPS_HELP, clips_in
from poise.cli.console import console, safe, table
from poise.cli.options import add_model

EXAMPLES = """\
Both versions are tried on every sample clip of the exercise, and on those in which nobody exercises.

examples:
  poise diff exercise_specs/my-stretch.yaml                        against the last commit
  poise diff squat.yaml squat-2.yaml                               two files
  poise diff v1.0:exercise_specs/general/squat.yaml squat          git's word for a revision, and an id
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("old", metavar="OLD", help="a file, an id, or REVISION:PATH; alone: the new one")
    parser.add_argument("new", nargs="?", metavar="NEW", help="the same (default: OLD, against its last commit)")
    parser.add_argument("--clips", nargs="+", type=Path, default=[], metavar="CLIP",
                        help=CLIPS_HELP)  # fmt: skip
    add_model(parser)


def run(options: argparse.Namespace) -> int:
    """Say what is counted differently; exit code 1 when something is."""
    new = version_of(options.new or options.old)
    old = version_of(options.old) if options.new else committed(new.path)
    if old.sha256 == new.sha256:
        console.print("The two are the same, byte for byte.")
        return 0
    for line in numbers_changed(old.spec, new.spec):
        console.print(f"  {safe(line)}")
    bench = Workbench(clips_in(options.clips, None), options.model)
    changes = list(compared(old.spec, new.spec, bench))
    rows = table("", "clip", ">old", ">new", "counted differently")
    different = 0
    for one in changes:
        reps = [trial.session.reps.total for trial in (one.before, one.now) if trial]
        if one.lines:
            different += 1
            mark = "✓" if one.now.passed else "✗"
            rows.add_row(mark, safe(one.now.clip.name), *map(str, reps), safe("; ".join(one.lines)))
    if different:
        console.print(rows)
    console.print(f"\n{len(changes)} clips, [bold]{different}[/] counted differently")
    return 1 if different else 0
