"""``poise export``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from poise.cli.console import console, safe, table
from poise.cli.options import OUT, add_out
from poise.errors import StoreError
from poise.files import writing
from poise.io.store import TABLES, export_csv, export_json, open_store, store_path

EXAMPLES = """\
examples:
  poise export                          a CSV file for each table, in poise-out/export
  poise export --out mine               the same in another folder
  poise export --json mine.json         everything in one JSON file
  poise export --json -                 the same to the next program
  poise export --tables                 what the tables hold

The store itself is one SQLite file, which any program that reads SQLite may open; `poise export --tables` tells where.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    add_out(parser, "folder for the CSV files", default=OUT / "export")
    parser.add_argument("--json", metavar="FILE", help="write one JSON file instead; - is the standard output")
    parser.add_argument("--tables", action="store_true", help="only tell what the tables hold")


def run(options: argparse.Namespace) -> int:
    """Write every table of the store."""
    if options.tables:
        rows = table("table", "one row is")
        for name, meaning in TABLES.items():
            rows.add_row(name, safe(meaning))
        console.print(rows)
        console.print(f"\nstore: {safe(store_path())}", soft_wrap=True)
        return 0
    if not store_path().exists():
        raise StoreError("nothing is remembered yet", "`poise live ID` starts a session")
    with open_store() as store:
        if options.json:
            _write(options.json, export_json(store))
        else:
            paths = export_csv(store, options.out)
            console.print(f"wrote {len(paths)} tables to {safe(options.out)}", soft_wrap=True)
    return 0


def _write(place: str, text: str) -> None:
    if place == "-":
        sys.stdout.write(text)
        return
    with writing(Path(place)) as temporary:
        temporary.write_text(text, encoding="utf-8")
    console.print(f"wrote {safe(place)}", soft_wrap=True)
