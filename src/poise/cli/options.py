"""Options that several commands share."""

from __future__ import annotations

import argparse
from pathlib import Path

from poise.app.options import AUTO
from poise.core.spec import parse_seconds

OUT = Path("poise-out")


def add_out(parser: argparse.ArgumentParser, what: str, *, default: Path = OUT) -> None:
    """``--out``, the folder of what a command writes.

    Args:
        parser: Of the command.
        what: Such as "where the picture goes".
        default: Its usual place.
    """
    parser.add_argument("--out", type=Path, default=default, metavar="DIR", help=f"{what} (default: {default})")


def add_exercise(parser: argparse.ArgumentParser, what: str) -> None:
    """``--exercise``, which is found out where it is not named.

    Args:
        parser: Of the command.
        what: May be named, such as "an exercise".
    """
    parser.add_argument(
        "--exercise", default=AUTO, metavar="ID", help=f"{what}, or a .yaml file (default: auto, find it out)"
    )


def add_fresh(parser: argparse.ArgumentParser) -> None:
    """``--fresh``."""
    parser.add_argument("--fresh", action="store_true", help="run the model even on clips that it has seen before")


def add_model(parser: argparse.ArgumentParser) -> None:
    """``--model``."""
    parser.add_argument(
        "--model", metavar="MODEL",
        help="lite, full or heavy, the path of a .task file, or the name of another package's backend (default: full)",
    )  # fmt: skip


def add_hold(parser: argparse.ArgumentParser) -> None:
    """``--hold``."""
    parser.add_argument(
        "--hold", type=seconds, metavar="TIME", help='how long to hold instead of the usual dose, such as "10 s"'
    )


def positive(text: str) -> int:
    """A number of things on the command line."""
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"'{text}' is no whole number above 0")
    return int(text)


def seconds(text: str) -> float:
    """A duration on the command line."""
    try:
        return float(parse_seconds(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' is no time: {error}") from error
