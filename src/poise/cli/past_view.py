"""What is remembered, as lines and tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.table import Table

from poise.cli.console import console, safe, table
from poise.cli.list_command import minutes
from poise.core.history.past import Past, PastSession
from poise.core.history.progress import Motion, Point, Week
from poise.core.history.progress_words import balance, change, measured, name_of, pain
from poise.core.history.proposal import Proposal
from poise.core.live.doses import written_dose
from poise.core.words import ENGLISH, Words

BAR_WIDTH = 28
SPARKS = "▁▂▃▄▅▆▇█"
MOST_SPARKS = 12


def sparkline(values: Sequence[float]) -> str:
    """The course of some values in one line, from their least to their greatest; the newest ones where it is long."""
    values = values[-MOST_SPARKS:]
    low, high = min(values), max(values)
    span = high - low
    if span < 1e-9:
        return SPARKS[3] * len(values)
    return "".join(SPARKS[min(len(SPARKS) - 1, int((value - low) / span * len(SPARKS)))] for value in values)


def minutes_table(weeks: Sequence[Week], words: Words) -> Table:
    """A bar for each week."""
    rows = table(words("week of"), f">{words('minutes')}", "", f">{words('sessions')}")
    most = max(week.seconds for week in weeks) or 1.0
    for week in weeks:
        bar = "█" * round(BAR_WIDTH * week.seconds / most) or ("▏" if week.seconds else "")
        count = str(week.sessions) if week.sessions else "-"
        rows.add_row(words.day(week.monday), f"{week.seconds / 60:.0f}", f"[cyan]{bar}[/]", count)
    return rows


def pain_line(past: Past, words: Words) -> str:
    """The answers over time, or nothing when nobody ever answered."""
    told = [session for session in past.sessions if session.pains]
    if not told:
        return ""
    course = "".join(SPARKS[min(len(SPARKS) - 1, round(max(p.level for p in s.pains) * 0.7))] for s in told)
    last = told[-1]
    scale = words("Pain (0 none, 10 the worst)")
    return f"[bold]{scale}[/]: {course[-MOST_SPARKS:]}  " + words(
        "last {level} on {day}", level=pain(last), day=words.day(last.at)
    )


def motion_table(motions: Iterable[Motion], names: dict[str, str], words: Words) -> Table:
    """For each exercise, measure and side: where it was, where it is, and whether that is more than chance."""
    heads = (words("range of motion"), words("side"), f">{words('first')}", f">{words('last')}",
             f">{words('change')}", words("course"))  # fmt: skip
    rows = table(*heads)
    shown = ""
    for motion in motions:
        if motion.exercise != shown:
            rows.add_row(f"[bold]{safe(names.get(motion.exercise, motion.exercise))}[/]")
            shown = motion.exercise
        for number, (side, points) in enumerate(motion.sides.items()):
            several = len(points) > 1
            rows.add_row(
                f" {safe(name_of(motion, words))}" if number == 0 else "", words(side or "both"),
                measured(points[0], motion), measured(points[-1], motion) if several else "",
                _changed(points, motion, words), sparkline([point.value for point in points]) if several else "",
            )  # fmt: skip
    for column in rows.columns:
        column.no_wrap = True
        column.min_width = 5
    return rows


def _changed(points: Sequence[Point], motion: Motion, words: Words) -> str:
    text, farther = change(points, motion)
    if farther is None:
        return f"[dim]{words('unsure')}[/]" if text else ""
    return f"[{'green' if farther else 'yellow'}]{text}[/]"


def balance_lines(motions: Iterable[Motion], names: dict[str, str], words: Words) -> list[str]:
    """One line for each exercise in which left and right can be compared."""
    return [
        f"{safe(names.get(motion.exercise, motion.exercise))}: {safe(name_of(motion, words))} {balance(motion, words)}"
        for motion in motions
        if motion.balance
    ]


def sessions_table(sessions: Iterable[PastSession], names: dict[str, str], words: Words) -> Table:
    """The last sessions, newest first."""
    heads = (f">{words('no.')}", words("when"), words("what"), f">{words('minutes')}", words("done"), words("pain"))
    rows = table(*heads)
    for session in sessions:
        done_names = dict.fromkeys(names.get(p.exercise, p.exercise) for p in session.practices)
        what = names.get(session.routine or "", session.routine) or ", ".join(done_names) or "-"
        full = sum(practice.full for practice in session.practices)
        several = len(session.practices) > 1
        done = words("{n} of {of} in full", n=full, of=len(session.practices)) if several else _reps(session, words)
        hurt = f"[red]{words('hurt {n}x', n=len(session.pangs))}[/]" if session.pangs else ""
        work = sum(practice.seconds for practice in session.practices)
        when = f"{words.weekday(session.at)} {words.day(session.at)} {session.at:%H:%M}"
        rows.add_row(
            str(session.id), when, safe(what), f"{work / 60:.1f}", done,
            " ".join(filter(None, (pain(session), hurt))),
        )  # fmt: skip
    return rows


def _reps(session: PastSession, words: Words) -> str:
    if not session.practices:
        return ""
    total, left, right = session.practices[0].reps
    sides = f" ({words('{left} left, {right} right', left=left, right=right)})" if left or right else ""
    return words.counted(total, "1 repetition", "{n} repetitions") + sides


def print_proposal(today: Proposal, words: Words = ENGLISH) -> None:
    """Today's session with a line for each reason."""
    if today.routine:
        console.print(f"[bold]{safe(today.name)}[/], {minutes(today.seconds)} min. {safe(today.why)}\n")
        rows = table(words("exercise"), words("dose"), words("why"))
        for item in today.items:
            rows.add_row(safe(item.spec.name), written_dose(item.spec, words), safe(item.why))
        console.print(rows)
    else:
        console.print(f"[bold]{safe(today.why)}[/]")
    for name, why in today.left_out:
        console.print(f"[yellow]{words('left out')}[/] {safe(name)}: {safe(why)}")
    for sentence in today.flags:
        console.print(f"[bold red]![/] {safe(sentence)}")
