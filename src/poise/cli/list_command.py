"""``poise list``."""

from __future__ import annotations

import argparse

from poise.cli.console import console, safe, table
from poise.core.spec import Spec
from poise.io.specs import find_specs, read_spec


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("word", nargs="?", metavar="WORD", help="only exercises with this word in id, name or muscles")


def run(options: argparse.Namespace) -> int:
    """List the exercises by region."""
    rows = table("exercise", "position", "camera", "dose", "judged")
    region = None
    for path in sorted(find_specs().values(), key=lambda path: (path.parent.name, path.name)):
        spec = read_spec(path).spec
        if options.word and options.word.lower() not in f"{spec.id} {spec.name} {spec.muscles}".lower():
            continue
        if path.parent.name != region:
            region = path.parent.name
            rows.add_row(f"[bold]{safe(region)}[/]")
        rows.add_row(f"  {spec.id}", spec.position, ", ".join(spec.camera.views), dose(spec), spec.sees)
    console.print(rows)
    return 0


def dose(spec: Spec) -> str:
    """The dose in words, such as "3 per side, hold 15 s"."""
    amount = spec.dose
    reps = f"{amount.sets} x {amount.reps}" if amount.sets > 1 else f"{amount.reps}"
    per = " per side" if spec.sided and spec.sides != "any" else ""
    hold = f", hold {amount.hold:g} s" if amount.hold else ""
    return f"{reps}{per}{hold}"
