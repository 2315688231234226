"""The report of one session: what was done, what to work on, how sure that is, and when each thing happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePath
from typing import Any

from poise.core.curves import Curves
from poise.core.findings import printable
from poise.core.measures import measures_of
from poise.core.refs import MeasureRef
from poise.core.results.advice import advise, praise
from poise.core.results.review import Reached, Review, error_of, review, words_of
from poise.core.results.spread import said
from poise.core.session import Session
from poise.core.spec import Spec, View
from poise.io.report.embed import data_url, film, write_page
from poise.io.report.figures import sign_of, timeline

LONGEST_NAME = 90
WHERE: dict[View, str] = {
    "front": "the front, for most of the time",
    "oblique": "half from the side, for most of the time",
    "side": "the side, for most of the time",
    "back": "behind, for most of the time",
}


def write_report(
    path: Path,
    spec: Spec,
    session: Session,
    curves: Curves,
    video_path: Path | None,
    *,
    embed: bool = True,
    picture: Path | None = None,
    day: date | None = None,
) -> None:
    """Write the report, complete or not at all.

    Args:
        path: Where.
        spec: The exercise, with the dose that was asked for.
        session: The result.
        curves: Its measures over time.
        video_path: The annotated video, in the same folder.
        embed: Whether the page holds the video, unless it is very large, rather than pointing to it.
        picture: How the exercise is done.
        day: When the clip was analysed.

    Raises:
        OutputError: It cannot be written.
    """
    found = review(session, spec, curves)
    write_page(
        path,
        "report.html.j2",
        ("plotly-basic.min.js", "plot.js", "report.js"),
        spec=spec,
        session=session,
        found=found,
        clip=clip_name(session),
        day=f"analysed on {day.day} {day:%B %Y}" if day else "",
        tiles=list(tiles(session, spec, found)),
        advice=advise(session, found, spec),
        praise=praise(session, found),
        repetitions=list(_rows(session, spec)),
        balance=[(pair.what, *said(pair)) for pair in found.balance],
        doubts=list(doubts(session, spec)),
        data=timeline(session, spec, curves),
        film=film(video_path, embed),
        picture=data_url(picture) if picture else None,
    )


def clip_name(session: Session) -> str:
    """The clip without its folders, harmless and not too long."""
    return printable(PurePath(session.source).name or session.source, LONGEST_NAME)


def tiles(session: Session, spec: Spec, found: Review) -> Iterable[tuple[str, str, str]]:
    """The figures at the top: number, what it is, and a remark."""
    reps = session.reps
    sides = f"{reps.left} left, {reps.right} right" if spec.sided else ""
    yield str(reps.total), "repetition" + "s" * (reps.total != 1), sides
    for name in list(dict.fromkeys(one.measure for one in found.reached))[:2]:
        yield _reached_tile([one for one in found.reached if one.measure == name])
    if found.held:
        asked = f"of {found.hold_target_s:g} s asked for" if found.hold_target_s else ""
        yield f"{found.held.mean:.1f} s", "held (mean)", asked
    if found.tempo:
        tempo = found.tempo
        steady = f"{tempo.words}: ±{100 * tempo.variation:.0f} %" if tempo.words else ""
        yield f"{tempo.spread.mean:.1f} s", "a repetition", steady
    faults, misses = len(session.faults), len(session.near_misses)
    almost = f"{misses} near miss" + "es" * (misses != 1)
    yield str(faults), "fault" + "s" * (faults != 1), almost


def _reached_tile(sides: Sequence[Reached]) -> tuple[str, str, str]:
    """How far the repetitions went in one measure, with each side where there are sides."""
    first = sides[0]
    values = " / ".join(f"{one.spread.mean:.0f}{one.unit}" for one in sides)
    of = " / ".join(one.side for one in sides if one.side)
    error = f"±{first.error:.0f}{first.unit} mean error" if first.error is not None else "error not measured"
    return values, f"{words_of(first.measure)}, mean" + f" ({of})" * bool(of), error


def _rows(session: Session, spec: Spec) -> Iterable[Mapping[str, Any]]:
    for rep in session.repetitions:
        mine = {one.id: one.say for one in session.faults if one.repetition == rep.n and one.side == rep.side}
        yield {
            "n": rep.n,
            "side": rep.side or "both",
            "start_s": rep.start_s,
            "end_s": rep.end_s,
            "held_s": rep.held_s,
            "peak": [(words_of(name), f"{value:.0f}{sign_of(name.partition(' (')[0], spec)}")
                     for name, value in rep.peak.items()],
            "faults": [mine.get(name, name) for name in dict.fromkeys(rep.faults)],
        }  # fmt: skip


def doubts(session: Session, spec: Spec) -> Iterable[tuple[str, str]]:
    """How sure the numbers are: what each rests on, and what was wrong."""
    measures = measures_of(spec)
    names = dict.fromkeys(MeasureRef.parse(text).name for step in spec.steps for text in step.where)
    for name in names:
        error = error_of(measures[name], spec, session.view)
        unit = "°" if measures[name].unit == "degrees" else f" {measures[name].unit}"
        said = "error not measured" if error is None else f"±{error:g}{unit} mean error on rendered people"
        yield words_of(name), said
    if session.view:
        yield "seen from", WHERE[session.view]
    rate = f", {session.frames / session.duration_s:.0f} a second" if session.duration_s else ""
    yield "pictures", f"{session.frames} read{rate}; somebody found in {session.pose_found:.0%}"
    if session.every > 1:
        yield "left out", f"1 of {session.every} pictures was looked at: angles are a little less sure"
    if session.pieces > 1:
        yield "pieces", f"{session.pieces}, looked at together: angles differ by about half a degree at the seams"
    if session.frames and session.duration_s and session.frames / session.duration_s < 15:
        yield "quick moves", "below about 15 pictures a second, quick repetitions are missed"
    for framing in session.framing:
        yield f"{framing.t_s:.1f} to {framing.until_s:.1f} s", f"not judged: {framing.say}"
    for problem in session.problems:
        yield "the clip", problem
    if session.recognised:
        first = session.recognised[0]
        yield "which exercise", f"found out from the movement, with {first.confidence:.0%} of the evidence"
    if spec.sees_note:
        yield "not seen", spec.sees_note
    yield "made by", f"Poise {session.poise}, pose model {session.model}"
