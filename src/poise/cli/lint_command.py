"""``poise lint``."""

from __future__ import annotations

import argparse

from poise.app.author.checking import all_checked, files_of
from poise.cli.console import console, safe, table
from poise.core.author.lint_rules import RULES

EXAMPLES = """\
Mistakes are what Poise refuses; advice is about a file that is valid and will disappoint. Each is one line with file,
line, column, what was found and how to mend it. A clean file stays silent.

examples:
  poise lint                           every exercise and routine of the library
  poise lint my-stretch                one exercise, by its id or its file
  poise lint exercise_specs clips      everything in folders: exercises, routines, sidecars
  poise lint --rules                   what is looked for, and why
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("files", nargs="*", metavar="FILE", help="files, folders or ids (default: the library)")
    parser.add_argument("--rules", action="store_true", help="list the rules of advice, with their reasons")


def run(options: argparse.Namespace) -> int:
    """Print every mistake and piece of advice; exit code 1 when there is one."""
    if options.rules:
        rows = table("rule", "why")
        for rule, why in RULES.items():
            rows.add_row(rule, why)
        console.print(rows)
        return 0
    found = all_checked(files_of(options.files))
    for one in found:
        for line in (*one.mistakes, *one.advice):
            console.print(safe(line), soft_wrap=True)
    mistakes, advice = sum(len(one.mistakes) for one in found), sum(len(one.advice) for one in found)
    files = f"{len(found)} file{'s' * (len(found) != 1)}"
    if mistakes or advice:
        wrong = f"[bold]{mistakes}[/] mistake{'s' * (mistakes != 1)}"
        console.print(f"\n{files}: {wrong}, [bold]{advice}[/] piece{'s' * (advice != 1)} of advice")
        return 1
    console.print(f"{files}, nothing to say")
    return 0
