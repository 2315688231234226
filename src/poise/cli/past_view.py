"""What is remembered, as lines and tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.table import Table

from poise.cli.console import console, safe, table
from poise.cli.list_command import dose, minutes
from poise.core.history.past import Past, PastSession
from poise.core.history.progress import Motion, Point, Week
from poise.core.history.progress_words import balance, change, measured, name_of, pain
from poise.core.history.proposal import Proposal

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


def counted(number: int, what: str) -> str:
    """A number of things."""
    return f"{number} {what}{'s' * (number != 1)}"


def minutes_table(weeks: Sequence[Week]) -> Table:
    """A bar for each week."""
    rows = table("week of", ">minutes", "", ">sessions")
    most = max(week.seconds for week in weeks) or 1.0
    for week in weeks:
        bar = "█" * round(BAR_WIDTH * week.seconds / most) or ("▏" if week.seconds else "")
        count = str(week.sessions) if week.sessions else "-"
        rows.add_row(f"{week.monday:%d %b}", f"{week.seconds / 60:.0f}", f"[cyan]{bar}[/]", count)
    return rows


def pain_line(past: Past) -> str:
    """The answers over time, or nothing when nobody ever answered."""
    told = [session for session in past.sessions if session.pains]
    if not told:
        return ""
    course = "".join(SPARKS[min(len(SPARKS) - 1, round(max(p.level for p in s.pains) * 0.7))] for s in told)
    last = told[-1]
    return f"[bold]Pain[/] (0 none, 10 the worst): {course[-MOST_SPARKS:]}  last {pain(last)} on {last.at:%d %b}"


def motion_table(motions: Iterable[Motion], names: dict[str, str]) -> Table:
    """For each exercise, measure and side: where it was, where it is, and whether that is more than chance."""
    rows = table("range of motion", "side", ">first", ">last", ">change", "course")
    shown = ""
    for motion in motions:
        if motion.exercise != shown:
            rows.add_row(f"[bold]{safe(names.get(motion.exercise, motion.exercise))}[/]")
            shown = motion.exercise
        for number, (side, points) in enumerate(motion.sides.items()):
            several = len(points) > 1
            rows.add_row(
                f" {safe(name_of(motion))}" if number == 0 else "", side or "both",
                measured(points[0], motion), measured(points[-1], motion) if several else "",
                _changed(points, motion), sparkline([point.value for point in points]) if several else "",
            )  # fmt: skip
    for column in rows.columns:
        column.no_wrap = True
        column.min_width = 5
    return rows


def _changed(points: Sequence[Point], motion: Motion) -> str:
    text, farther = change(points, motion)
    if farther is None:
        return "[dim]unsure[/]" if text else ""
    return f"[{'green' if farther else 'yellow'}]{text}[/]"


def balance_lines(motions: Iterable[Motion], names: dict[str, str]) -> list[str]:
    """One line for each exercise in which left and right can be compared."""
    return [
        f"{safe(names.get(motion.exercise, motion.exercise))}: {safe(name_of(motion))} {balance(motion)}"
        for motion in motions
        if motion.balance
    ]


def sessions_table(sessions: Iterable[PastSession], names: dict[str, str]) -> Table:
    """The last sessions, newest first."""
    rows = table(">no.", "when", "what", ">minutes", "done", "pain")
    for session in sessions:
        done_names = dict.fromkeys(names.get(p.exercise, p.exercise) for p in session.practices)
        what = session.routine or ", ".join(done_names) or "-"
        full = sum(practice.full for practice in session.practices)
        done = f"{full} of {len(session.practices)} full" if len(session.practices) > 1 else _reps(session)
        hurt = f"[red]hurt {len(session.pangs)}x[/]" if session.pangs else ""
        work = sum(practice.seconds for practice in session.practices)
        rows.add_row(
            str(session.id), f"{session.at:%a %d %b %H:%M}", safe(what), f"{work / 60:.1f}", done,
            " ".join(filter(None, (pain(session), hurt))),
        )  # fmt: skip
    return rows


def _reps(session: PastSession) -> str:
    if not session.practices:
        return ""
    total, left, right = session.practices[0].reps
    sides = f" ({left} left, {right} right)" if left or right else ""
    return f"{total} repetitions{sides}"


def print_proposal(today: Proposal) -> None:
    """Today's session with a line for each reason."""
    if today.routine:
        console.print(f"[bold]{safe(today.routine)}[/], {minutes(today.seconds)} min. {safe(today.why)}\n")
        rows = table("exercise", "dose", "why")
        for item in today.items:
            rows.add_row(safe(item.spec.id), dose(item.spec), safe(item.why))
        console.print(rows)
    else:
        console.print(f"[bold]{safe(today.why)}[/]")
    for name, why in today.left_out:
        console.print(f"[yellow]left out[/] {safe(name)}: {safe(why)}")
    for sentence in today.flags:
        console.print(f"[bold red]![/] {safe(sentence)}")
