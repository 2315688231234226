"""``poise next``."""

from __future__ import annotations

import argparse

from poise.app.remembering import load_past, proposal
from poise.cli.choices import add_language, language_of
from poise.cli.console import console, messages, safe
from poise.cli.past_view import print_proposal

EXAMPLES = """\
A dose begins with three repetitions and grows by one step when the last two times were full and painless; after pain it
comes down. What hurt is left out for two days. A routine that was left out for longest comes first.

examples:
  poise next                what to do today, and why
  poise next --start        begin with it (as `poise live next` does)
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("--start", action="store_true", help="begin with it")
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Print today's session, or begin with it."""
    if options.start:
        from poise.cli.main import main

        return main(["live", "next", *(["--language", options.language] if options.language else [])])
    past, notice = load_past()
    if notice:
        messages.print(safe(notice))
    words = language_of(options)
    today = proposal(past, words)
    print_proposal(today, words)
    if today.items:
        console.print(f"\n{words('Begin with:')} [bold]poise next --start[/]")
    return 0
