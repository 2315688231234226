"""Reads the command line and runs one command. Only the modules of that command are imported, so that help is quick."""

from __future__ import annotations

import argparse
import importlib
import io
import os
import sys
from collections.abc import Iterable, Sequence
from typing import NoReturn, Protocol, cast

import poise
from poise.errors import PoiseError
from poise.text import escaped

#: Every command with what it does, by whom it is for, in the order of the help.
GROUPS: dict[str, dict[str, str]] = {
    "to begin": {
        "doctor": "check what works on this machine, and how to mend what does not",
        "list": "list the exercises, and routines made of them",
        "show": "show how an exercise is done, and what is watched for",
    },
    "for yourself": {
        "live": "coach you through an exercise in front of the camera",
        "next": "propose today's session, and why",
        "history": "show what was done: sessions, range of motion, left and right over time",
        "calibrate": "measure how far you go without pain, so that targets fit you",
        "watch": "watch how you sit while you work: slumping, and hours without a break",
        "export": "write everything that is remembered as CSV or JSON",
        "forget": "erase a session, an exercise or everything, for good",
    },
    "for recordings": {
        "analyze": "count, time and correct what a recorded clip shows",
        "compare": "lay two sessions side by side: before and after, left and right",
        "why": "explain why a moment of a clip did or did not count",
        "measures": "measure a clip: every measure over time, as a table and a picture",
    },
    "for authors of exercises": {
        "new": "draft an exercise from one demonstration",
        "lint": "check exercise files, with a line and a way to mend each thing",
        "test": "check exercises against sample clips",
        "sweep": "tell how far each threshold can move before a clip is judged otherwise",
        "diff": "tell what two versions of an exercise count differently on its clips",
        "schema": "print or write the JSON Schemas by which editors complete and check files",
    },
}
COMMANDS = {name: summary for group in GROUPS.values() for name, summary in group.items()}

START = """\
start here:
  poise doctor                                    is everything in place?
  poise list                                      what can I do?
  poise live upper-trapezius-stretch              do it, coached
  poise next                                      what should I do today?
  poise analyze clip.mp4 --exercise squat         what does this clip show?

`poise COMMAND --help` explains each command, with examples. Nothing leaves this machine; the only use of the network
is fetching the pose model when it is not there yet.
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
        options = _options(words)
        return _command(options.command).run(options) if options else 0
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


def _options(words: list[str]) -> argparse.Namespace | None:
    """What the words mean; None where help was all they asked for."""
    chosen = next((word for word in words if not word.startswith("-")), None)
    if chosen is not None and chosen not in COMMANDS:
        raise PoiseError(f"there is no command '{chosen}'{_near(chosen, COMMANDS)}", "`poise --help` lists them")
    parser, command = _parsers(chosen)
    options, unknown = parser.parse_known_args(words)
    if unknown:
        raise _unknown(unknown[0], command or parser)
    if chosen is None:
        parser.print_help()
        return None
    return options


def _parsers(chosen: str | None) -> tuple[argparse.ArgumentParser, argparse.ArgumentParser | None]:
    """The parser of everything, and that of the chosen command, whose module is the only one that is imported."""
    groups = "\n".join(
        "\n".join([f"{title}:", *(f"  {name:<11}{summary}" for name, summary in group.items()), ""])
        for title, group in GROUPS.items()
    )
    parser = _Parser(
        prog="poise", usage="poise COMMAND ...", epilog=f"{groups}\n{START}",
        description="A form coach that watches through an ordinary camera.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--version", action="version", version=f"poise {poise.__version__}")
    commands = parser.add_subparsers(dest="command", prog="poise", help=argparse.SUPPRESS)
    if chosen is None:
        return parser, None
    summary = COMMANDS[chosen]
    command = commands.add_parser(
        chosen, description=f"{summary[0].upper()}{summary[1:]}.", formatter_class=argparse.RawDescriptionHelpFormatter
    )
    _command(chosen).configure(command)
    return parser, command


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, with the way to the help."""

    def error(self, message: str) -> NoReturn:
        raise PoiseError(message, f"see `{self.prog} --help`")


def _unknown(word: str, parser: argparse.ArgumentParser) -> PoiseError:
    if not word.startswith("-"):
        return PoiseError(
            f"'{word}' is one word too many", f"put a name with spaces in quotes; see `{parser.prog} --help`"
        )
    name = word.partition("=")[0]
    return PoiseError(
        f"`{parser.prog}` has no option '{name}'{_near(name, parser._option_string_actions)}",
        f"see `{parser.prog} --help`",
    )


def _near(word: str, known: Iterable[str]) -> str:
    from poise.core.suggestions import did_you_mean  # here: it brings pydantic, and help is to be quick

    return did_you_mean(word, known)
