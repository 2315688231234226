"""Printing: tables, progress bars, and the summary of a session."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Literal

from rich.console import Console, OverflowMethod
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from poise.core.peaks import measure_of_peak, ref_of_peak
from poise.core.problems import INTERRUPTED
from poise.core.results.advice import by_urgency
from poise.core.results.review import sign, words_of
from poise.core.session import Session
from poise.core.spec import Spec
from poise.core.words import ENGLISH, Words
from poise.text import clock, escaped

#: Of a long clip no more is printed; its report and tables have all.
MOST_REPETITIONS, MOST_REMARKS = 60, 12

console = Console(highlight=False)
messages = Console(stderr=True, highlight=False)


def safe(text: object) -> str:
    """Text of unknown origin, made harmless for the terminal and for rich's markup."""
    return escape(escaped(str(text), keep="\n"))


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.0f} frames/s" if task.speed else "", style="dim")


class FrameBar:
    """A bar for the frames of one clip, for ``analyze(progress=...)``; nothing is shown before the first frame."""

    def __init__(self, progress: Progress, text: str) -> None:
        self._progress = progress
        self._task = progress.add_task(safe(text), total=None)

    def __call__(self, frames: int, of: int | None, /) -> None:
        """Frames done, and the estimate of all."""
        self._progress.start()
        self._progress.update(self._task, completed=frames, total=max(frames, of) if of else None)


class FetchBar:
    """A bar for fetching the model, which says what is fetched and from where; silent when it is in place."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("pose model", total=1.0)
        self._text = ""

    def __call__(self, text: str, share: float | None, /) -> None:
        """One line for the user, and the share that is done."""
        if text != self._text:
            self._text = text
            messages.print(safe(text), style="dim")
        if share is not None:
            self._progress.start()
            self._progress.update(self._task, completed=share)


@contextlib.contextmanager
def frame_progress() -> Iterator[Progress]:
    """Bars with frames done, rate and time left, on standard error; they start when used and vanish when done."""
    yield from _bars(BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())


@contextlib.contextmanager
def fetch_progress() -> Iterator[FetchBar]:
    """A bar for fetching the model."""
    for progress in _bars(BarColumn(), TimeRemainingColumn()):
        yield FetchBar(progress)


@contextlib.contextmanager
def batch_progress() -> Iterator[Progress]:
    """Bars with the share that is done and the time left, for many clips."""
    yield from _bars(BarColumn(), TaskProgressColumn(), TimeRemainingColumn())


@contextlib.contextmanager
def work_progress() -> Iterator[Progress]:
    """Bars of things done, and of how many, with the time left."""
    yield from _bars(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())


def _bars(*columns: ProgressColumn) -> Iterator[Progress]:
    silent = not messages.is_terminal  # a file or a program that reads along wants no bars
    text = TextColumn("{task.description}")
    progress = Progress(text, *columns, console=messages, transient=True, disable=silent)
    try:
        yield progress
    finally:
        if progress.live.is_started:
            progress.stop()


def table(*columns: str, whole: Sequence[str] = (), long_names: bool = False) -> Table:
    """A plain table; columns whose name starts with ">" are set to the right.

    The first column is never broken into lines, nor are those named in ``whole``; but ``long_names``, such as those of
    files, are, anywhere: whole, they would leave the others no room.
    """
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, column in enumerate(columns):
        justify: Literal["left", "right"] = "right" if column.startswith(">") else "left"
        unbroken = (number == 0 and not long_names) or column in whole
        fold: OverflowMethod = "fold" if number == 0 else "ellipsis"
        made.add_column(column.lstrip(">"), justify=justify, header_style="dim", no_wrap=unbroken, overflow=fold)
    return made


def print_recognised(session: Session, words: Words = ENGLISH) -> None:
    """Which exercise it seems to be, and what else it could be; nothing when it was named."""
    if session.recognised:
        first, *others = session.recognised
        rest = ", ".join(f"{safe(other.exercise)} {other.confidence:.0%}" for other in others)
        looks = words("This looks like {exercise}", exercise=f"[bold]{safe(first.exercise)}[/]")
        console.print(f"{looks} ({first.confidence:.0%})" + (f"; {rest}" * bool(rest)))


def print_session(session: Session, spec: Spec, words: Words = ENGLISH) -> None:
    """Repetitions, holds, corrections, near misses and what could not be judged; the exercise is in that language."""
    reps = session.reps
    sides = words("  (left {left}, right {right})", left=reps.left, right=reps.right) if spec.sided else ""
    done = words.counted(reps.total, "1 repetition", "{n} repetitions")
    console.print(f"\n[bold]{safe(spec.name)}: {done}[/]{sides}")
    if session.repetitions:
        _print_repetitions(session, spec.sided, words)
    for text in _remarks(session, words):
        console.print(text)
    cut_short = words(INTERRUPTED) in session.problems
    if not (session.repetitions or session.near_misses or session.framing or cut_short):
        console.print(words("No repetition was seen. Is it the right exercise? `poise show` tells what is counted."))


def _print_repetitions(session: Session, sided: bool, words: Words) -> None:
    times = (f">{words('start')}", f">{words('end')}", f">{words('held')}")
    rows = table(">#", *([words("side")] if sided else []), *times, words("reached"), words("to correct"))
    told = {(fault.repetition, fault.side, fault.id): fault.say for fault in session.faults}
    for rep in session.repetitions[:MOST_REPETITIONS]:
        peak = ", ".join(f"{words_of(name, words)} {_figure(value, name)}" for name, value in rep.peak.items())
        held = f"{rep.held_s:.1f} s" if rep.held_s else ""
        faults = "; ".join(told.get((rep.n, rep.side, name), name) for name in dict.fromkeys(rep.faults))
        rows.add_row(
            str(rep.n), *([words(rep.side or "")] if sided else []), clock(rep.start_s), clock(rep.end_s), held,
            safe(peak), safe(faults),
        )  # fmt: skip
    console.print(rows)
    if len(session.repetitions) > MOST_REPETITIONS:
        console.print(words("and {n} more", n=len(session.repetitions) - MOST_REPETITIONS))


def _figure(value: float, name: str, digits: int = 0) -> str:
    """A value of a measure as a session names it, with its unit, never "-0"."""
    unit = sign(measure_of_peak(name, None)) + "/s" * (ref_of_peak(name).transform == "speed")
    return f"{round(value, digits) + 0.0:.{digits}f}{unit}"


def _remarks(session: Session, words: Words) -> Iterator[str]:
    for faults in by_urgency(session.faults):
        often = f" ({words('{n} times', n=len(faults))})" if len(faults) > 1 else ""
        yield f"[bold]{words('Correct'):<8}[/] {safe(faults[0].say)}{often}"
    for miss in session.near_misses[:MOST_REMARKS]:
        digits = 0 if miss.short_by >= 1 else 1  # never "0 short"
        best = _figure(miss.best, miss.measure, digits)
        short = _figure(max(miss.short_by, 0.1), miss.measure, digits)
        what = words_of(miss.measure, words)
        told = words("at {t}: {measure} {best}, {short} short", t=clock(miss.t_s), measure=what, best=best, short=short)
        yield f"[bold]{words('Almost'):<8}[/] {safe(told)}"
    yield from _more(session.near_misses, words)
    for problem in session.framing[:MOST_REMARKS]:
        when = words("{low} to {high}", low=clock(problem.t_s), high=clock(problem.until_s))
        yield f"[bold]{words('Not seen'):<8}[/] {when}: {safe(problem.say)}"
    yield from _more(session.framing, words)
    for text in session.problems:
        yield f"[bold]{words('Note'):<8}[/] {safe(text)}"


def _more(remarks: Sequence[object], words: Words) -> Iterator[str]:
    if len(remarks) > MOST_REMARKS:
        yield f"{'':<8} " + words("and {n} more", n=len(remarks) - MOST_REMARKS)
