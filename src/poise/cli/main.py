"""Reads the command line and runs one command. Only the modules of that command are imported, so that help is quick."""

from __future__ import annotations

import argparse
import importlib
import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn, Protocol, cast

import poise
from poise.errors import PoiseError
from poise.text import escaped

COMMANDS: dict[str, str] = {
    "live": "coach you through an exercise in front of the camera",
    "next": "propose today's session, and why",
    "watch": "watch how you sit while you work, and speak up after minutes of slumping or an hour without a break",
    "history": "show what was done: sessions, range of motion, left and right over time",
    "calibrate": "measure how far you go without pain, so that targets fit you",
    "analyze": "count, time and correct what a recorded clip shows",
    "compare": "lay two sessions side by side: before and after, left and right",
    "why": "explain why a moment of a clip did or did not count",
    "list": "list the exercises",
    "show": "show how an exercise is done, and what is watched for",
    "test": "check exercises against sample clips",
    "lint": "check exercise files, with a line and a way to mend each thing",
    "diff": "tell what two versions of an exercise count differently on its clips",
    "schema": "print or write the JSON Schemas by which editors complete and check files",
    "sweep": "tell how far each threshold can move before a clip is judged otherwise",
    "new": "draft an exercise from one demonstration",
    "measures": "measure a clip: every measure over time, as a table and a picture",
    "doctor": "check what works on this machine, and how to mend what does not",
    "export": "write everything that is remembered as CSV or JSON",
    "forget": "erase a session, an exercise or everything, for good",
}

EPILOG = """\
start here:
  poise doctor                                    is everything in place?
  poise list                                      what can I do?
  poise live upper-trapezius-stretch              do it, coached
  poise next                                      what should I do today?
  poise analyze clip.mp4 --exercise squat         what does this clip show?

Nothing leaves this machine. The only use of the network is fetching the pose model when it is not there yet.
"""


class Command(Protocol):
    """What a command's module offers."""

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's options."""
        ...

    def run(self, options: argparse.Namespace) -> int:
        """Do it; returns the exit code."""
        ...


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Returns:
        0 when all went well, 1 when a check failed, 2 when something was wrong and said in one line.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a pipe on Windows has no room for signs such as a check mark
    try:
        parser = _parser(words)
        options = parser.parse_args(words)
        if options.command is None:
            parser.print_help()
            return 0
        return _command(options.command).run(options)
    except PoiseError as error:
        print(f"error: {escaped(error.message)}", file=sys.stderr)  # noqa: T201
        if error.hint:
            print(f"hint: {escaped(error.hint)}", file=sys.stderr)  # noqa: T201
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader (such as `head`) has gone: nothing to say, and nobody to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def _command(name: str) -> Command:
    return cast(Command, importlib.import_module(f"poise.cli.{name}_command"))


def _parser(words: list[str]) -> argparse.ArgumentParser:
    parser = _Parser(
        prog="poise",
        description="A form coach that watches through an ordinary camera.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"poise {poise.__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    chosen = next((word for word in words if not word.startswith("-")), None)
    for name, summary in COMMANDS.items():
        one = commands.add_parser(
            name, help=summary, description=summary[0].upper() + summary[1:] + ".",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )  # fmt: skip
        if name == chosen:
            _command(name).configure(one)
    return parser


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, with the way to the help."""

    def error(self, message: str) -> NoReturn:
        raise PoiseError(message, f"see `{self.prog} --help`")
