"""``poise forget``."""

from __future__ import annotations

import argparse
import sys

from poise.cli.console import console, safe
from poise.errors import StoreError
from poise.io.store import Erasure, forget, matching_sessions, open_store, store_path

EXAMPLES = """\
What is forgotten is gone: from the store and its log, with the recordings and with the copies that Poise itself made of
the store. Session files and videos that you had written elsewhere (--out) are yours and stay.

examples:
  poise forget --session 12              one session (`poise history` has the numbers)
  poise forget --exercise squat          an exercise: its sessions, its pains, its measured ranges
  poise forget --everything
  poise forget --everything --yes        without being asked
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--session", type=int, metavar="N", help="forget one session")
    what.add_argument("--exercise", metavar="ID", help="forget one exercise")
    what.add_argument("--everything", action="store_true", help="forget everything")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(options: argparse.Namespace) -> int:
    """Ask, and forget."""
    if not store_path().exists():
        raise StoreError("nothing is remembered", "there is nothing to forget")
    erasure = Erasure(options.session, options.exercise)
    with open_store() as store:
        count = len(matching_sessions(store, erasure))
        if options.session is not None and not count:
            raise StoreError(f"there is no session {options.session}", "`poise history` has the numbers")
        if not (options.yes or _agreed(erasure, count)):
            console.print("Nothing was forgotten.")
            return 1
        forget(store, erasure)
    console.print("Forgotten.")
    return 0


def _agreed(erasure: Erasure, count: int) -> bool:
    what = f"session {erasure.session}" if erasure.session is not None else erasure.exercise or "everything"
    sessions = "" if erasure.session is not None else f" ({count} session{'s' * (count != 1)})"
    if not sys.stdin.isatty():
        raise StoreError(f"forgetting {what} needs a yes", "add --yes")
    return console.input(f"Forget {safe(what)}{sessions}, for good? \\[y/N] ").strip().lower() in ("y", "yes")
