"""What a worker does with one clip."""

from __future__ import annotations

import hashlib
import json
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import poise
from poise.app.analyze import Analysis, analyze_clip
from poise.app.options import AUTO, Options
from poise.app.progress import Progress
from poise.core.results.advice import by_urgency
from poise.core.session import Session
from poise.core.spec import Spec
from poise.errors import DiskFullError, PoiseError, SourceError
from poise.files import output_error, writing
from poise.io.clips import Clip, at_hand, fingerprint
from poise.io.specs import find_specs, read_spec

DONE = "done.json"
#: What an analysis may leave; what an earlier one left and this one did not is out of date.
_RESULTS = ("annotated.mp4", "annotated.webm", "report.html",
            "repetitions.csv", "repetitions.parquet", "measures.csv", "measures.parquet")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Job:
    """One clip to analyse.

    Attributes:
        clip: The clip.
        folder: Where its results go.
        options: How it is analysed.
        recipe: Hash of all that the result depends on besides the clip.
    """

    clip: Clip
    folder: Path
    options: Options
    recipe: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one clip: a line of the summary.

    Attributes:
        clip: Its name below the folder.
        status: Analysed now, done in an earlier run, or failed.
        note: What was wrong, in one line.
        hint: What to do about a failure.
        folder: Its results below the folder of all results.
        seconds: How long the analysis took.
        exercise, name, confidence: The exercise, what it is called in the reader's language, and how sure that is where
            it had to be found out.
        repetitions, left, right, held_s, faults, near_misses, duration_s, frames: As in the session.
        correction: What has to be corrected most often.
    """

    clip: str
    status: Literal["done", "as before", "failed"]
    note: str = ""
    hint: str = ""
    folder: str = ""
    seconds: float = 0.0
    exercise: str = ""
    name: str = ""
    confidence: float | None = None
    repetitions: int | None = None
    left: int | None = None
    right: int | None = None
    held_s: float | None = None
    faults: int | None = None
    near_misses: int | None = None
    correction: str = ""
    duration_s: float | None = None
    frames: int | None = None
    wrote: list[str] = field(default_factory=list)


def recipe_of(options: Options) -> str:
    """Hash of all that a result depends on besides its clip: options, exercise, version.

    Raises:
        SpecError: There is no such exercise.
    """
    if isinstance(options.exercise, Spec):
        judged: list[str | None] = [options.exercise.model_dump_json()]
    else:
        paths = find_specs().values() if options.exercise == AUTO else [options.exercise]
        judged = [read_spec(path).sha256 for path in paths]
    return _hash([poise.__version__, asdict(replace(options, exercise=AUTO, fresh=False)), judged])


def work(job: Job, progress: Progress | None = None) -> Outcome:
    """Analyse one clip, unless an earlier run did; whatever goes wrong with it is its outcome.

    Args:
        job: What to do.
        progress: Told how it goes.

    Raises:
        DiskFullError: There is no room for it, nor for another clip.
    """
    started_s = time.perf_counter()
    try:
        key = _hash([fingerprint(job.clip.place), job.recipe])
        return (None if job.options.fresh else _done(job, key)) or _analyzed(job, key, progress)
    except DiskFullError:
        raise
    except PoiseError as error:
        # Its place stands beside it already, and that of a copy says nothing.
        said = error.message.removeprefix(f"{job.clip.place} ")
        failure = Outcome(job.clip.name, "failed", said, error.hint)
    except Exception as error:  # noqa: BLE001 (a fault in one clip's analysis must not stop the others)
        said = f"{type(error).__name__}: {error}".splitlines()[0]
        failure = Outcome(job.clip.name, "failed", f"unexpected error: {said}", "analyze this clip alone for more")
    return replace(failure, seconds=round(time.perf_counter() - started_s, 2))


def _done(job: Job, key: str) -> Outcome | None:
    """The outcome of an earlier run, if it was of the same content, exercise, options and version."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        kept = json.loads((job.folder / DONE).read_bytes())
        outcome = Outcome(**kept["outcome"])
        if kept["key"] == key and all((job.folder / name).is_file() for name in outcome.wrote):
            return replace(outcome, clip=job.clip.name, status="as before")
    return None


def _analyzed(job: Job, key: str, progress: Progress | None) -> Outcome:
    _tidy(job.folder)
    with at_hand(job.clip.place, job.folder) as path:
        try:
            result = analyze_clip(path, job.options, folder=job.folder, name=job.clip.place, progress=progress)
        except SourceError as error:  # whoever reads of it knows the clip's place, not that of a copy
            raise SourceError(error.message.replace(str(path), job.clip.place), error.hint) from error
    outcome = _outcome(job, result)
    for name in set(_RESULTS) - set(outcome.wrote):
        (job.folder / name).unlink(missing_ok=True)
    _save(job.folder / DONE, {"key": key, "outcome": asdict(outcome)})
    return outcome


def _tidy(folder: Path) -> None:
    """Remove the mark of an earlier result, and what a killed run had begun to write."""
    try:
        for path in [folder / DONE, *folder.glob(".*.part")]:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise output_error(folder, error) from error


def _outcome(job: Job, result: Analysis) -> Outcome:
    session = result.session
    written = result.written
    paths = (result.session_path, result.video_path, written.report_path, written.repetitions_path,
             written.measures_path)  # fmt: skip
    return Outcome(
        clip=job.clip.name,
        status="done",
        note="; ".join(session.problems),
        folder=job.clip.folder.as_posix(),
        seconds=round(result.seconds, 2),
        exercise=session.exercise,
        name=result.spec.name,
        confidence=session.recognised[0].confidence if session.recognised else None,
        repetitions=session.reps.total,
        left=session.reps.left,
        right=session.reps.right,
        held_s=round(sum(hold.held_s for hold in session.holds), 1),
        faults=len(session.faults),
        near_misses=len(session.near_misses),
        correction=_most_frequent(session),
        duration_s=session.duration_s,
        frames=session.frames,
        wrote=[path.name for path in paths if path],
    )


def _most_frequent(session: Session) -> str:
    groups = by_urgency(session.faults)
    return max(groups, key=len)[0].say if groups else ""


def _save(path: Path, content: Any) -> None:
    with writing(path) as temporary:
        temporary.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _hash(content: Any) -> str:
    return hashlib.blake2b(json.dumps(content, sort_keys=True, default=str).encode(), digest_size=20).hexdigest()
