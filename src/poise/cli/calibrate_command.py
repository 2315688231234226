"""``poise calibrate``."""

from __future__ import annotations

import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("exercise")


def run(options: argparse.Namespace) -> int:
    """Not yet."""
    raise NotImplementedError(options.exercise)
