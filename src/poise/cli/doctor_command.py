"""``poise doctor``."""

from __future__ import annotations

import argparse

from poise.app.doctor import examine
from poise.cli.console import console, safe
from poise.cli.options import add_model

EXAMPLES = """\
What analysing clips needs must work; what only live coaching needs (display, camera, sound) may be missing. The
camera is opened for a moment, and a word is spoken that nobody hears; nothing is kept.

examples:
  poise doctor                    what works here, with a line to mend what does not
  poise doctor --model heavy      the same with another model, which is fetched if need be
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    add_model(parser)


def run(options: argparse.Namespace) -> int:
    """Try everything; exit code 1 when something that analysing needs does not work."""
    broken = False
    for check in examine(options.model):
        mark = "[bold]✓[/]" if check.works else "[bold]✗[/]"
        only_live = "" if check.needed or check.works else " [dim](needed for live coaching only)[/]"
        console.print(f"{mark} {check.name:<18}{safe(check.found)}{only_live}", soft_wrap=True)
        if check.mend:
            console.print(f"  {'':<18}[dim]to mend it:[/] {safe(check.mend)}", soft_wrap=True)
        broken |= check.needed and not check.works
    return 1 if broken else 0
