"""Analyse one recorded clip: every frame, in order, with the times of the file."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import poise
from poise.app.annotating import Annotator, annotating
from poise.app.backends import estimator_of
from poise.app.options import AUTO, Options
from poise.app.progress import Progress, second_look
from poise.app.recognising import recognise_clip
from poise.app.results import Written, write_results
from poise.app.tracking import Landmarks, frames_in
from poise.core.coach import Coach, Snapshot
from poise.core.curves import CurveLog, Curves
from poise.core.problems import INTERRUPTED, told
from poise.core.session import Recognised, Session, SessionLog
from poise.core.spec import Spec
from poise.core.types import Pose
from poise.core.words import Words
from poise.io.model.fetch import Progress as FetchProgress
from poise.io.session_file import check_folder, results_folder, save_session, source_text
from poise.io.specs import read_spec
from poise.io.tables import check_format
from poise.io.tracks import Track
from poise.io.video import VideoFile
from poise.io.words import read_words


@dataclass(frozen=True, slots=True)
class Analysis:
    """What an analysis made.

    Attributes:
        spec: The exercise, in the language and with the dose that were asked for.
        session: The result.
        session_path: ``session.json``, or None when nothing was to be written.
        video_path: The annotated video, or None.
        seconds: How long it took.
        curves: The measures that the exercise asks for, over time.
        written: Where the report and the tables are.
        interrupted: Whether it was stopped before the clip's end.
    """

    spec: Spec
    session: Session
    session_path: Path | None
    video_path: Path | None
    seconds: float
    curves: Curves
    written: Written
    interrupted: bool = False


def analyze(
    clip: str | Path,
    exercise: str | Path | Spec = AUTO,
    *,
    out: str | Path | None = None,
    progress: Progress | None = None,
    fetching: FetchProgress | None = None,
    **options: Any,
) -> Analysis:
    """Count, time and correct what a clip shows.

    Args:
        clip: A video file.
        exercise: A spec, the id of one in the library, the path of one, or ``auto`` to find out which it is.
        out: Folder for results, in a folder of their own inside: ``session.json``, the annotated video, report and
            tables. None writes nothing.
        progress: Told how the analysis goes.
        fetching: Told when the model has to be fetched.
        options: Whatever else ``poise.Options`` has, by name: ``video=False``, ``hold_s=10``, ``every=2``.

    Raises:
        PoiseError: The clip, the spec or the model cannot be read, no exercise was recognised, or the results cannot
            be written. Interrupting (Ctrl-C) is no error: what was analysed until then is the result.
    """
    how = Options(exercise, **options)
    return analyze_clip(Path(clip), how, out=Path(out) if out else None, progress=progress, fetching=fetching)


def analyze_clip(
    clip: Path,
    how: Options,
    *,
    out: Path | None = None,
    folder: Path | None = None,
    name: str | None = None,
    track: Track | None = None,
    progress: Progress | None = None,
    fetching: FetchProgress | None = None,
) -> Analysis:
    """The same for callers who have decided more.

    Args:
        clip: The video file.
        how: The options.
        out: Folder in which the results get a folder of their own.
        folder: The very folder for the results, in place of one inside ``out``.
        name: What the session calls the clip; its path unless said otherwise.
        track: The poses in the clip where they are known.
        progress: Told how the analysis goes.
        fetching: Told when the model has to be fetched.

    Raises:
        PoiseError: As ``analyze``.
    """
    started_s = time.perf_counter()
    if how.data:
        check_format(how.data)
    words = read_words(how.language)
    with closing(VideoFile(clip, every=how.every)) as source:  # first: a wrong clip is told before a model is fetched
        if how.exercise == AUTO:
            check_folder(folder or out)
            looking, progress = second_look(progress, frames_in(source))
            subject = _found_out(clip, how, looking, fetching)
        else:
            subject = _named(how.exercise)
        spec = subject.spec.with_dose(hold=how.hold_s).in_words(words.translate)
        masks = spec.needs_outline
        source_name = source_text(name or clip)
        folder = folder or (results_folder(out, source_name, spec.id) if out else None)
        video_path = folder / "annotated.mp4" if folder and how.video else None
        by = track or subject.track or estimator_of(how.model, masks=masks, fetching=fetching)
        landmarks = Landmarks(
            source, by, masks=masks, workers=how.workers, fresh=how.fresh, frames=video_path is not None
        )
        run = _Run(spec, subject.session(source_name, landmarks, how.every), words)
        with annotating(video_path, source, spec, words) as annotate:
            run.watch(landmarks, annotate, progress, frames_in(source))
    session, curves = run.close([*landmarks.problems, *subject.remarks]), run.curves.close()
    session_path, written = folder / "session.json" if folder else None, Written()
    if folder and session_path:
        save_session(session_path, session)
        written = write_results(folder, spec, session, curves, how, annotate.path)
    seconds = time.perf_counter() - started_s
    return Analysis(spec, session, session_path, annotate.path, seconds, curves, written, run.interrupted)


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a clip is judged by, and what is known of it before."""

    spec: Spec
    sha256: str | None = None
    recognised: list[Recognised] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    track: Track | None = None

    def session(self, source: str, landmarks: Landmarks, every: int) -> Session:
        """The session before the first pose."""
        return Session(
            poise=poise.__version__,
            source=source,
            exercise=self.spec.id,
            spec_sha256=self.sha256,
            model=landmarks.model,
            recognised=self.recognised,
            every=every,
            pieces=landmarks.pieces,
        )


def _named(exercise: str | Path | Spec) -> _Subject:
    if isinstance(exercise, Spec):
        return _Subject(exercise)
    loaded = read_spec(exercise)
    return _Subject(loaded.spec, loaded.sha256)


def _found_out(clip: Path, how: Options, progress: Progress | None, fetching: FetchProgress | None) -> _Subject:
    """The likeliest exercise, and the poses by which it was found, where they are those that it is judged by."""
    finding = recognise_clip(
        clip,
        fresh=how.fresh,
        every=how.every,
        workers=how.workers,
        model=how.model,
        progress=progress,
        fetching=fetching,
    )
    loaded = read_spec(finding.candidates[0].spec.id)
    track = finding.track if finding.whole and not loaded.spec.needs_outline else None
    return _Subject(loaded.spec, loaded.sha256, finding.named(), finding.remarks(), track)


class _Run:
    """The coach and the logs of one analysis."""

    def __init__(self, spec: Spec, session: Session, words: Words) -> None:
        self._words = words
        self._coach = Coach(spec, words)
        self._log = SessionLog(session)
        self.curves = CurveLog(spec)
        self._t_s = 0.0
        self.interrupted = False

    def watch(self, landmarks: Landmarks, annotate: Annotator, progress: Progress | None, of: int | None) -> None:
        """Take every pose of the clip; Ctrl-C ends it early and keeps what is done."""
        with closing(iter(landmarks)) as seen:
            try:
                for taken, (frame, pose) in enumerate(seen, 1):
                    annotate.put(frame, self._take(pose))
                    if progress:
                        progress(landmarks.done(taken), of)
            except KeyboardInterrupt:
                self.interrupted = True

    def _take(self, pose: Pose) -> Snapshot:
        snapshot = self._coach.step(pose)
        self._log.add(snapshot)
        self.curves.add(snapshot)
        self._t_s = pose.t_s
        return snapshot

    def close(self, problems: list[str]) -> Session:
        """The session; afterwards no pose is taken."""
        self._log.take(self._coach.finish(self._t_s))
        session = self._log.close(self._t_s)
        session.problems = [told(problem, self._words) for problem in (*problems, *([INTERRUPTED] * self.interrupted))]
        return session
