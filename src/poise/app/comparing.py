"""Lay two sessions side by side: session files, folders of results, or clips."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path, PurePath

from poise.app.options import AUTO
from poise.app.progress import Progress
from poise.app.recognising import recognise_clip
from poise.app.tracking import blank_session, track_of
from poise.core.curves import CurveLog, Curves
from poise.core.replay import replay
from poise.core.results.compare import Comparison, Taken, compare, sides_of, usual_moment
from poise.core.results.table import curves_from
from poise.core.session import Session
from poise.core.spec import Spec
from poise.core.words import ENGLISH, Words
from poise.errors import SourceError, SpecError
from poise.files import is_folder
from poise.io.model.fetch import Progress as FetchProgress
from poise.io.pictures import small_jpeg
from poise.io.report import Still, write_comparison
from poise.io.session_file import load_session
from poise.io.specs import find_specs, load_spec
from poise.io.tables import FORMATS, read_table
from poise.io.video import VideoFile


def take(
    place: Path,
    exercise: str | Path = AUTO,
    *,
    name: str | None = None,
    hold_s: float | None = None,
    model: str | None = None,
    words: Words = ENGLISH,
    progress: Callable[[str], Progress] | None = None,
    fetching: FetchProgress | None = None,
) -> Taken:
    """One side of a comparison.

    Args:
        place: ``session.json``, the folder that it is in, or a clip.
        exercise: For a clip, the exercise, or ``auto`` to find out which it is.
        name: What to call it; the clip's name when None.
        hold_s: For a clip, seconds to hold instead of the spec's dose.
        model: lite, full, heavy, or the path of a bundle.
        words: The reader's language.
        progress: Makes a bar for a clip that is not known yet.
        fetching: Told when the model has to be fetched.

    Raises:
        PoiseError: It cannot be read.
    """
    folder = is_folder(place)
    if folder or place.suffix == ".json":
        taken = _from_session(place / "session.json" if folder else place, words)
    else:
        bar = progress(place.name) if progress else None
        taken = _from_clip(place, exercise, hold_s, model, words, bar, fetching)
    return Taken(name or PurePath(taken.session.source).stem or str(place), taken.session, taken.spec, taken.curves)


def compare_taken(first: Taken, second: Taken | None, words: Words = ENGLISH) -> Comparison:
    """Two sessions, or (with none as the second) the left and the right of one.

    Raises:
        SourceError: They have nothing to be compared by.
    """
    try:
        return compare(*(_told_apart(first, second) if second else sides_of(first, words)), words)
    except ValueError as error:
        raise SourceError(str(error), "compare sessions of one exercise; --exercise names it for clips") from error


def _told_apart(first: Taken, second: Taken) -> tuple[Taken, Taken]:
    """Two of the same name (the same camera, another day) are called by the nearest folders that differ, too."""
    if first.name != second.name:
        return first, second
    parents = zip(*(PurePath(taken.session.source).parts[-2::-1] for taken in (first, second)), strict=False)
    marks = next((pair for pair in parents if pair[0] != pair[1]), None)
    names = [f"{mark}/{first.name}" for mark in marks] if marks else [f"{first.name} (1)", f"{first.name} (2)"]
    return replace(first, name=names[0]), replace(second, name=names[1])


def write_comparison_page(folder: Path, found: Comparison, places: Sequence[Path] = (), words: Words = ENGLISH) -> Path:
    """Write the page and say where it is.

    Args:
        folder: Where it goes.
        found: The comparison.
        places: What ``take`` was given for the two (or for the one whose sides are compared), for pictures of them.
        words: The reader's language.

    Raises:
        OutputError: It cannot be written.
    """
    both = zip((found.first, found.second), (*places, *places), strict=False)
    stills = [_still(taken, film_of(place), words) for taken, place in both]
    names = [_file_part(taken.name) for taken in (found.first, found.second)]
    path = folder / f"compare-{names[0]}-{names[1]}.html"
    write_comparison(path, found, stills, words)
    return path


def film_of(place: Path) -> Path | None:
    """The video of what ``take`` was given: the annotated one of results, or the clip itself."""
    if not is_folder(place) and place.suffix != ".json":
        return place
    folder = place if is_folder(place) else place.parent
    return next((path for path in (folder / "annotated.mp4", folder / "annotated.webm") if path.is_file()), None)


def _still(taken: Taken, film: Path | None, words: Words) -> Still | None:
    """A usual repetition at its farthest; None where there is no video, or nothing to show."""
    moment = usual_moment(taken)
    if film is None or moment is None:
        return None
    rep, t_s = moment
    with suppress(SourceError), closing(VideoFile(film)) as source:
        for frame in source:
            if frame.t_s >= t_s - 1e-3:
                return Still(small_jpeg(frame.bgr), words("repetition {n} at {t} s", n=rep.n, t=f"{t_s:.1f}"))
    return None


def _file_part(name: str) -> str:
    """A name as part of a file's name: no folder, no surprise, not too long."""
    return "".join(c if c.isalnum() or c in "-_" else "-" for c in name)[:60].strip("-") or "session"


def _from_session(path: Path, words: Words) -> Taken:
    if not path.exists():
        raise SourceError(f"there is no {path.name} in {path.parent}", "name a folder of `poise analyze`, or a clip")
    session = load_session(path)
    spec = _library_spec(session, words)
    return Taken("", _retold(session, spec, words), spec, _kept_curves(path.parent, spec))


def _library_spec(session: Session, words: Words) -> Spec | None:
    """The exercise of a session in the reader's language, where the library (still) has it."""
    try:
        known = session.exercise in find_specs()
        return load_spec(session.exercise).in_words(words.translate) if known else None
    except SpecError:
        return None


def _retold(session: Session, spec: Spec | None, words: Words) -> Session:
    """The session with its corrections in the reader's language, whatever that of its analysis was."""
    says = {fault.id: fault.say for fault in spec.faults} if spec else {}
    faults = [
        fault.model_copy(update={"say": words.with_side(says.get(fault.id, fault.say), fault.side)})
        for fault in session.faults
    ]
    return session.model_copy(update={"faults": faults})


def _kept_curves(folder: Path, spec: Spec | None) -> Curves | None:
    """The measures over time that lie beside a session; None where they were not kept."""
    for kind in FORMATS:
        path = folder / f"measures.{kind}"
        if path.exists():
            try:
                return curves_from(read_table(path), spec)
            except ValueError as error:
                raise SourceError(f"{path} is no table of measures", "analyze the clip again") from error
    return None


def _from_clip(
    clip: Path, exercise: str | Path, hold_s: float | None, model: str | None, words: Words,
    progress: Progress | None, fetching: FetchProgress | None,
) -> Taken:  # fmt: skip
    if exercise == AUTO:
        finding = recognise_clip(clip, model=model, progress=progress, fetching=fetching)
        exercise = finding.candidates[0].spec.id
    spec = load_spec(exercise).with_dose(hold=hold_s).in_words(words.translate)
    track = track_of(clip, model=model, masks=spec.needs_outline, progress=progress, fetching=fetching)
    blank = blank_session(clip, spec.id, track)
    curves = CurveLog(spec)
    return Taken("", replay(track.poses, spec, blank, curves, words), spec, curves.close())
