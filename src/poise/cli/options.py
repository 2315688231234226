"""Options that several commands share."""

from __future__ import annotations

import argparse

from poise.core.spec import parse_seconds


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


def seconds(text: str) -> float:
    """A duration on the command line."""
    try:
        return float(parse_seconds(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
