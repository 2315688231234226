"""``poise history``."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from poise.app.remembering import known_specs, load_past, names_of, now
from poise.cli.choices import add_language, language_of
from poise.cli.console import console, messages, safe
from poise.cli.past_view import balance_lines, minutes_table, motion_table, pain_line, sessions_table
from poise.core.history.past import Past
from poise.core.history.progress import motions, streak, weeks
from poise.core.history.red_flags import red_flags
from poise.core.spec import Spec
from poise.core.words import Words

EXAMPLES = """\
± is how far chance from one repetition to the next may move a mean, in nineteen cases of twenty. A measure may also be
off by its own error (`poise measures`), always the same way: changes are told better than values.

examples:
  poise history                              the last eight weeks
  poise history --weeks 26
  poise history --exercise neck-rotation     one exercise alone
  poise history --html                       a page with plots: poise-out/history.html
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("--weeks", type=_weeks, default=8, metavar="N",
                        help="how many weeks to look back for minutes and sessions (default: 8)")  # fmt: skip
    parser.add_argument("--exercise", metavar="ID", help="only this exercise")
    parser.add_argument("--html", type=Path, nargs="?", const=Path("poise-out/history.html"), metavar="FILE",
                        help="write a page with plots as well (default: poise-out/history.html)")  # fmt: skip
    add_language(parser)


def _weeks(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 520):
        raise argparse.ArgumentTypeError("a number of weeks from 1 to 520 is expected")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Print what is remembered, and write the page when it is asked for."""
    words = language_of(options)
    past, notice = load_past()
    if notice:
        messages.print(safe(notice))
    past = _only(past, options.exercise) if options.exercise else past
    if not past.sessions:
        none = words("No session is remembered yet.")
        if options.exercise:
            none = words("No session of {exercise} is remembered yet.", exercise=safe(options.exercise))
        console.print(f"{none} {words('`poise next` proposes one, `poise live ID` starts one.')}")
        return 0
    specs = known_specs([*(done.exercise for done in past.practices), *(found.exercise for found in past.ranges)])
    specs = {name: spec.in_words(words.translate) for name, spec in specs.items()}
    names = names_of(specs, words)
    _print(past, specs, names, options.weeks, words)
    if options.html:
        from poise.io.report import write_history

        write_history(options.html, past, specs, names, now(), options.weeks, words)
        console.print(f"\nwrote {safe(options.html)}", soft_wrap=True)
    return 0


def _only(past: Past, exercise: str) -> Past:
    """The past of one exercise."""
    cut = (
        replace(session, practices=tuple(p for p in session.practices if p.exercise == exercise))
        for session in past.sessions
    )
    ranges = tuple(found for found in past.ranges if found.exercise == exercise)
    return Past(tuple(session for session in cut if session.practices), ranges)


def _print(past: Past, specs: dict[str, Spec], names: dict[str, str], count: int, words: Words) -> None:
    today = now()
    row = streak((session.at.date() for session in past.sessions), today.date())
    minutes = sum(practice.seconds for practice in past.practices) / 60
    done = (
        words.counted(len(past.sessions), "1 session", "{n} sessions"),
        words.counted(round(minutes), "1 minute of work", "{n} minutes of work"),
        words.counted(row.now, "1 day in a row", "{n} days in a row"),
    )
    console.print(f"[bold]{', '.join(done)}[/] ({words('the most: {n}', n=row.longest)})\n")
    console.print(minutes_table(weeks(past, today.date(), count), words))
    if pain := pain_line(past, words):
        console.print(f"\n{pain}")
    found = motions(past, specs, today)
    if found:
        console.print()
        console.print(motion_table(found, names, words))
    if lines := balance_lines(found, names, words):
        console.print(f"\n[bold]{words('Left and right over the last four weeks')}[/]")
        for line in lines:
            console.print(f"  {line}")
    console.print()
    console.print(sessions_table(reversed(past.sessions[-10:]), names, words))
    for sentence in red_flags(past, today, words):
        console.print(f"[bold red]![/] {safe(sentence)}")
