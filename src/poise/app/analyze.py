"""Analyse one recorded clip: every frame, in order, with the times of the file."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import poise
from poise.app.backends import estimator_of
from poise.app.estimating import Poses
from poise.app.pipeline import Behind
from poise.app.progress import Progress, second_look
from poise.app.recognising import AUTO, recognise_clip
from poise.app.results import Written, write_results
from poise.app.tracking import frames_in
from poise.core.coach import Coach, Snapshot
from poise.core.curves import CurveLog, Curves
from poise.core.session import Recognised, Session, SessionLog
from poise.core.spec import Spec
from poise.core.types import Frame, Pose, PoseBackend
from poise.io.encode import VideoWriter
from poise.io.model.fetch import Progress as FetchProgress
from poise.io.overlay import Overlay
from poise.io.session_file import check_folder, results_folder, save_session, source_text
from poise.io.specs import read_spec
from poise.io.tables import TableFormat, check_format
from poise.io.tracks import Track, TrackBackend
from poise.io.video import VideoFile


@dataclass(frozen=True, slots=True)
class Analysis:
    """What an analysis made.

    Attributes:
        session: The result.
        session_path: ``session.json``, or None when nothing was to be written.
        video_path: The annotated video, or None.
        seconds: How long it took.
        curves: The measures that the exercise asks for, over time.
        written: Where the report and the tables are.
        interrupted: Whether it was stopped before the clip's end.
    """

    session: Session
    session_path: Path | None
    video_path: Path | None
    seconds: float
    curves: Curves
    written: Written
    interrupted: bool = False


def analyze(
    clip: str | Path,
    exercise: str | Path | Spec,
    *,
    out: str | Path | None = None,
    folder: str | Path | None = None,
    name: str | None = None,
    video: bool = True,
    report: bool = True,
    embed: bool = True,
    data: TableFormat | None = "csv",
    model: str | None = None,
    hold_s: float | None = None,
    every: int = 1,
    workers: int = 1,
    track: Track | None = None,
    keep_track: bool = True,
    progress: Progress | None = None,
    fetching: FetchProgress | None = None,
) -> Analysis:
    """Count, time and correct what a clip shows.

    Args:
        clip: A video file.
        exercise: A spec, the id of one in the library, the path of one, or ``auto`` to find out which it is.
        out: Folder for results; ``session.json`` and the annotated video go to a folder of their own inside. None
            writes nothing.
        folder: The very folder for the results, in place of one inside ``out``.
        name: What the session calls the clip; its path unless said otherwise.
        video: Whether to write the annotated video.
        report: Whether to write ``report.html``.
        embed: Whether the report holds the annotated video, rather than pointing to it.
        data: Format of the tables of repetitions and of measures, or None for no tables.
        model: lite, full, heavy, or the path of a bundle.
        hold_s: Seconds to hold instead of the spec's dose.
        every: Look at every n-th frame only.
        workers: Look at so many pieces of a long clip at the same time. With 1 the clip is looked at in one go, and the
            result is the same on every machine; in pieces it is faster, and angles differ a little at the seams.
        track: The poses in the clip where they are known, so that the model need not run.
        keep_track: Whether poses that were found to tell the exercise go to the user's cache.
        progress: Told how the analysis goes.
        fetching: Told when the model has to be fetched.

    Raises:
        PoiseError: The clip, the spec or the model cannot be read, no exercise was recognised, or the results cannot
            be written. Interrupting (Ctrl-C) is no error: what was analysed until then is the result.
    """
    started_s = time.perf_counter()
    if data:
        check_format(data)
    source = VideoFile(Path(clip), every=every)  # first: a wrong clip is told before a model is fetched
    recognised, remarks = list[Recognised](), list[str]()
    if exercise == AUTO:
        check_folder(out)
        looking, progress = second_look(progress, frames_in(source))
        finding = recognise_clip(
            Path(clip), every=every, workers=workers, keep=keep_track, model=model, progress=looking, fetching=fetching
        )
        exercise, recognised = finding.candidates[0].spec.id, finding.named()
        remarks = finding.remarks()
        track = None if finding.candidates[0].spec.needs_outline or not finding.whole else finding.track
    spec, sha256 = _spec_of(exercise)
    spec = spec.with_dose(hold=hold_s)
    label, open_backend = _pose_finder(track, spec, model, fetching)
    poses = Poses(source, open_backend, at_once=workers, frames=video and bool(out or folder))
    session = Session(
        poise=poise.__version__,
        source=source_text(name or clip),
        exercise=spec.id,
        spec_sha256=sha256,
        model=label,
        recognised=recognised,
        every=every,
        pieces=poses.pieces,
    )
    folder = Path(folder) if folder else results_folder(Path(out), session.source, spec.id) if out else None
    run = _Run(Coach(spec), SessionLog(session), CurveLog(spec))
    video_path = folder / "annotated.mp4" if folder and video else None
    with closing(source), _annotating(video_path, source, spec) as annotate:
        _walk(poses, run, annotate, progress, frames_in(source))
    result = run.close([*source.problems, *remarks])
    curves, written = run.curves.close(), Written()
    if folder:
        save_session(folder / "session.json", result)
        written = write_results(
            folder, spec, result, curves, video_path=annotate.path, report=report, embed=embed, data=data
        )
    seconds = time.perf_counter() - started_s
    session_path = folder / "session.json" if folder else None
    return Analysis(result, session_path, annotate.path, seconds, curves, written, run.interrupted)


def _pose_finder(
    track: Track | None, spec: Spec, model: str | None, fetching: FetchProgress | None
) -> tuple[str, Callable[[], PoseBackend]]:
    """The model's name, and what gives the poses: a clip that was looked through already needs no second look."""
    if track:
        return track.model, partial(TrackBackend, track)
    estimator = estimator_of(model, masks=spec.needs_outline, fetching=fetching)
    return estimator.label, estimator.open


def _spec_of(exercise: str | Path | Spec) -> tuple[Spec, str | None]:
    if isinstance(exercise, Spec):
        return exercise, None
    loaded = read_spec(exercise)
    return loaded.spec, loaded.sha256


class _Run:
    """The coach and the logs of one analysis."""

    def __init__(self, coach: Coach, log: SessionLog, curves: CurveLog) -> None:
        self._coach = coach
        self._log = log
        self.curves = curves
        self._t_s = 0.0
        self.interrupted = False

    def take(self, pose: Pose) -> Snapshot:
        snapshot = self._coach.step(pose)
        self._log.add(snapshot)
        self.curves.add(snapshot)
        self._t_s = pose.t_s
        return snapshot

    def close(self, problems: list[str]) -> Session:
        self._log.take(self._coach.finish(self._t_s))
        session = self._log.close(self._t_s)
        session.problems = [*problems, *(["interrupted: the rest of the clip was not analysed"] * self.interrupted)]
        return session


class _Annotator:
    """Draws and writes the annotated video behind the analysis; without a path it does nothing."""

    def __init__(self, path: Path | None, source: VideoFile, overlay: Overlay) -> None:
        self.path = path
        self._overlay = overlay
        self._drawn = False
        size_px, fps = (source.info.width, source.info.height), source.info.fps / source.every
        self._writer = VideoWriter(path, size_px, fps) if path else None
        self._behind = Behind(self._write) if path else None

    def put(self, frame: Frame | None, snapshot: Snapshot) -> None:
        self._drawn = True
        if self._behind and frame is not None:
            self._behind.put((frame, snapshot))

    def _write(self, item: tuple[Frame, Snapshot]) -> None:
        assert self._writer is not None
        frame, snapshot = item
        self._writer.write(self._overlay.draw(frame.bgr, snapshot, over=True), frame.t_s)

    def close(self) -> None:
        if self._behind and self._writer:
            self._behind.close()
            self._writer.close()
            self.path = self._writer.path if self._drawn else None  # there is no video of no frame

    def abort(self) -> None:
        if self._behind and self._writer:
            self._behind.abandon()  # first, so that nobody writes to a writer that is gone
            self._writer.abort()


@contextmanager
def _annotating(path: Path | None, source: VideoFile, spec: Spec) -> Iterator[_Annotator]:
    annotator = _Annotator(path, source, Overlay(spec))
    try:
        yield annotator
        annotator.close()
    except BaseException:
        annotator.abort()
        raise


def _walk(poses: Poses, run: _Run, annotate: _Annotator, progress: Progress | None, of: int | None) -> None:
    """Every pose from the clip to the result; Ctrl-C ends it early and keeps what is done."""
    taken = 0
    with closing(iter(poses)) as seen:
        try:
            for frame, pose in seen:
                annotate.put(frame, run.take(pose))
                taken += 1
                if progress:
                    progress((taken + poses.estimated(taken)) // 2, of)
        except KeyboardInterrupt:
            run.interrupted = True
