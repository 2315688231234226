"""``poise analyze`` of many clips: bars while it goes on, and what came of it."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePath

from rich.progress import Progress, TaskID

from poise.app.backends import estimator_of
from poise.app.batch import Outcome, Standing, analyze_all, write_summaries
from poise.app.batch.cluster import cluster
from poise.app.options import AUTO, Options
from poise.app.processes import Processes
from poise.cli.console import batch_progress, console, fetch_progress, safe, table
from poise.core.words import ENGLISH, Words
from poise.errors import PoiseError
from poise.io.clips import find_clips
from poise.io.routines import is_routine
from poise.io.specs import load_spec
from poise.io.words import read_words
from poise.text import escaped

SHOWN = 20  # lines of either table; the rest stands in the summary


def analyze_folder(options: argparse.Namespace, how: Options) -> int:
    """Analyse every clip below a folder or an address.

    Returns:
        0 when all went well, 1 when a clip failed, 130 when it was interrupted.
    """
    if is_routine(options.exercise):
        raise PoiseError("a routine is analysed clip by clip", "name one clip, or one exercise for the whole folder")
    clips = find_clips(options.clip, besides=options.out)
    # A report among thousands points to its video, and cores are kept busy by clips rather than by pieces of them.
    how = replace(how, exercise=_absolute(options.exercise), embed=False, workers=1)
    masks = how.exercise == AUTO or load_spec(options.exercise).needs_outline
    with fetch_progress() as fetching:  # once, rather than by every worker
        for wanted in {False, masks}:
            estimator_of(how.model, masks=wanted, fetching=fetching)
    number = min(options.workers or _cores(), len(clips))
    with _workers(options.dask, number) as executor, batch_progress() as progress:
        bars = Bars(progress)
        outcomes, interrupted = analyze_all(clips, options.out, how, executor, here=not options.dask, tell=bars.show)
    words, title = read_words(how.language), PurePath(options.clip).name or options.clip
    page, rows = write_summaries(options.out, title, outcomes, of=len(clips), words=words)
    print_outcomes(outcomes, words)
    for path in (page, rows):
        console.print(f"wrote {safe(path)}", soft_wrap=True)
    if interrupted:
        console.print(words("Interrupted. The same command goes on where it stopped."))
        return 130
    return int(any(outcome.status == "failed" for outcome in outcomes))


def print_outcomes(outcomes: Sequence[Outcome], words: Words = ENGLISH) -> None:
    """How many clips went how, and what is wrong with those that failed."""
    counts = Counter(outcome.status for outcome in outcomes)
    said = (
        words("{n} analysed", n=counts["done"]) if counts["done"] else "",
        words("{n} done before", n=counts["as before"]) if counts["as before"] else "",
        words("{n} failed", n=counts["failed"]) if counts["failed"] else "",
    )
    console.print(", ".join(filter(None, said)) or words("nothing was analysed"))
    well = [outcome for outcome in outcomes if outcome.status != "failed"]
    if well:
        _print_counts(well, words)
    for outcome in [one for one in well if one.note][:SHOWN]:
        note = f"[bold]{words('Note')}[/] {safe(escaped(outcome.clip))}: {safe(outcome.note)}"
        console.print(note, soft_wrap=True)
    failed = [outcome for outcome in outcomes if outcome.status == "failed"]
    if failed:
        rows = table(words("clip"), words("what is wrong"), words("what to do"), long_names=True)
        for outcome in failed[:SHOWN]:
            rows.add_row(safe(escaped(outcome.clip)), safe(outcome.note), safe(outcome.hint))
        console.print(rows)
    _print_more(failed, words)


def _print_counts(well: Sequence[Outcome], words: Words) -> None:
    heads = (words("clip"), words("exercise"), f">{words('repetitions')}", f">{words('faults')}")
    rows = table(*heads, words("to correct most often"), whole=heads[2:], long_names=True)
    for outcome in well[:SHOWN]:
        name, counted = (
            safe(outcome.name or outcome.exercise),
            (str(outcome.repetitions or 0), str(outcome.faults or "")),
        )
        rows.add_row(safe(escaped(outcome.clip)), name, *counted, safe(outcome.correction))
    console.print(rows)
    _print_more(well, words)


def _print_more(outcomes: Sequence[Outcome], words: Words) -> None:
    if len(outcomes) > SHOWN:
        console.print(words("and {n} more, in the summary", n=len(outcomes) - SHOWN))


class Bars:
    """One bar for everything, by bytes because that tells best how long it takes, and one for each clip under way.

    Args:
        progress: Where they are drawn.
    """

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._all: TaskID | None = None
        self._tasks: dict[str, TaskID] = {}

    def show(self, standing: Standing) -> None:
        """Draw how far it is."""
        sizes = {clip.name: max(1, clip.size) for clip in standing.clips}
        if self._all is None:
            self._progress.start()
            self._all = self._progress.add_task("", total=sum(sizes.values()))
        done = sum(sizes[outcome.clip] for outcome in standing.outcomes)
        done += sum(int(sizes[clip.name] * min(1.0, frames / of)) for clip, frames, of in standing.under_way if of)
        text = f"{len(standing.outcomes)} of {len(standing.clips)} clips"
        failed = sum(outcome.status == "failed" for outcome in standing.outcomes)
        self._progress.update(self._all, completed=done, description=text + f", {failed} failed" * bool(failed))
        under_way = {clip.name: (frames, of) for clip, frames, of in standing.under_way}
        for name in set(self._tasks) - set(under_way):
            self._progress.remove_task(self._tasks.pop(name))
        for name, (frames, of) in under_way.items():
            if name not in self._tasks:
                self._tasks[name] = self._progress.add_task(safe(escaped(name)))
            self._progress.update(self._tasks[name], completed=frames, total=max(frames, of) if of else None)


@contextmanager
def _workers(address: str | None, number: int) -> Iterator[Executor]:
    if address:
        with cluster(address) as executor:
            yield executor
    else:
        with Processes(number) as executor:
            yield executor


def _cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _absolute(exercise: str) -> str:
    """A file's whole path: workers may stand in another folder."""
    path = Path(exercise)
    return str(path.absolute()) if path.suffix and path.is_file() else exercise
