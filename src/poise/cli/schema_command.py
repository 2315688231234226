"""``poise schema``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from poise.cli.console import console, safe
from poise.io.schemas import FOLDER, MODELS, schema_line, schema_text, write_schemas

EXAMPLES = """\
An editor with a YAML language server (VS Code with its YAML extension, Neovim, Emacs, JetBrains) completes and checks
a file whose first line names its schema. `poise new` writes that line.

examples:
  poise schema                 where the schemas are, and the line for a file in this folder
  poise schema spec            print one
  poise schema --out schemas   write them all
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("name", nargs="?", choices=list(MODELS), metavar="NAME", help=" or ".join(MODELS))
    parser.add_argument("--out", type=Path, metavar="DIR", help="write all schemas to this folder")


def run(options: argparse.Namespace) -> int:
    """Print one schema, write all, or say where they are."""
    if options.out:
        for path in write_schemas(options.out):
            console.print(f"wrote {safe(path)}", soft_wrap=True)
        return 0
    if options.name:
        sys.stdout.write(schema_text(MODELS[options.name]))
        return 0
    console.print("The first line of a file in this folder, to be copied:")
    for name in MODELS:
        console.print(f"\n[bold]{name}[/]\n{safe(schema_line(name, Path('file.yaml')))}", soft_wrap=True)
    console.print(f"\nin {safe(FOLDER)}", soft_wrap=True)
    return 0
