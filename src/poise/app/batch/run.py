"""Hand out clips to workers, and gather what comes of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from poise.app.batch.board import Board, Stopped
from poise.app.batch.work import Job, Outcome, recipe_of, work
from poise.app.options import Options
from poise.errors import DiskFullError, OutputError, PoiseError
from poise.files import PendingFile
from poise.io.clips import Clip

SUMMARY = "summary.html"
_TICK_S = 0.2


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the work is.

    Attributes:
        clips: All of them.
        outcomes: Those that are through, in the order in which they came.
        under_way: Those that are worked on, with the frames done and how many there are, about; 0 where that is not
            known. Empty on a cluster, which tells of whole clips only.
    """

    clips: Sequence[Clip]
    outcomes: Sequence[Outcome]
    under_way: Sequence[tuple[Clip, int, int]]


def analyze_all(
    clips: Sequence[Clip],
    out: Path,
    options: Options,
    executor: Executor,
    *,
    here: bool = True,
    tell: Callable[[Standing], None] = lambda _: None,
) -> tuple[list[Outcome], bool]:
    """Analyse clips, each by one worker; those that an earlier run did are not done again.

    Args:
        clips: The clips.
        out: Where results go, in the clips' own tree.
        options: How to analyse.
        executor: The workers: processes, threads, or a cluster's.
        here: Whether the workers are on this machine, and can tell of single frames.
        tell: Told every now and then how far the work is.

    Returns:
        What came of the clips, by name, and whether it was interrupted (Ctrl-C): then some are missing.

    Raises:
        SpecError: There is no such exercise.
        OutputError: Nothing can be written into the folder, which is told before the work.
        DiskFullError: There was no more room; what is done is done.
    """
    recipe, out = recipe_of(options), out.absolute()
    jobs = [Job(clip, out.joinpath(clip.folder), options, recipe) for clip in clips]
    if any(job.folder.is_file() for job in jobs):  # a clip's folder is called as the clip
        raise OutputError(f"{out} holds clips where their results would go", f"try --out {out / 'poise-out'}")
    PendingFile(out / SUMMARY).discard()
    board = Board(len(jobs)) if here else None
    # The largest first: one that begins when all others are done would keep a single worker busy, and the rest waiting.
    order = sorted(range(len(jobs)), key=lambda number: -clips[number].size)
    futures = {executor.submit(work, jobs[number], board.slot(number) if board else None): number for number in order}
    outcomes: list[Outcome] = []
    pending, interrupted = set(futures), False
    try:
        while pending:
            ready, pending = wait(pending, _TICK_S, FIRST_COMPLETED)
            outcomes += [_outcome(future, clips[futures[future]]) for future in ready]
            tell(Standing(clips, outcomes, _under_way(clips, {futures[future] for future in pending}, board)))
    except KeyboardInterrupt:
        interrupted = True
        outcomes += _stop(pending, board)
    except DiskFullError as error:
        _stop(pending, board)
        raise DiskFullError(
            error.message, "free some space there: the same command goes on where it stopped"
        ) from error
    finally:
        if board:
            board.close()
    return sorted(outcomes, key=lambda outcome: outcome.clip), interrupted


def _outcome(future: Future[Outcome], clip: Clip) -> Outcome:
    try:
        return future.result()
    except DiskFullError:
        raise
    except PoiseError as error:
        return Outcome(clip.name, "failed", error.message, error.hint)
    except Exception as error:  # noqa: BLE001 (a cluster's own errors, when its workers died again and again)
        said = f"{type(error).__name__}: {error}".splitlines()[0]
        return Outcome(clip.name, "failed", f"no worker finished it: {said}", "see the cluster's own log")


def _under_way(clips: Sequence[Clip], pending: set[int], board: Board | None) -> list[tuple[Clip, int, int]]:
    if board is None:
        return []
    frames = ((number, *board.frames(number)) for number in sorted(pending))
    return [(clips[number], done, of) for number, done, of in frames if done]


def _stop(pending: set[Future[Outcome]], board: Board | None) -> list[Outcome]:
    """What still comes of the clips that are worked on when everybody is asked to stop."""
    if board:
        board.stop()
    for future in pending:
        future.cancel()
    outcomes = []
    for future in pending:
        with suppress(Exception, Stopped, CancelledError):  # how those that were asked to stop did so does not matter
            outcomes.append(future.result())
    return outcomes
