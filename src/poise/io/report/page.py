"""The report of one session: what was done, what to work on, how sure that is, and when each thing happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePath
from typing import Any

from poise.core.curves import Curves
from poise.core.measures import measures_of
from poise.core.refs import MeasureRef
from poise.core.results.advice import MOST_LISTED, advise, praise
from poise.core.results.review import Reached, Review, error_of, review, words_of
from poise.core.results.spread import said
from poise.core.session import Session
from poise.core.spec import Spec, View
from poise.core.suggestions import printable
from poise.core.words import ENGLISH, Words
from poise.io.report.embed import data_url, film, script_words, write_page
from poise.io.report.figures import WORDS as SCRIPT_WORDS
from poise.io.report.figures import sign_of, timeline
from poise.text import clock

LONGEST_NAME = 90
WORDS: dict[View, str] = {
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
    words: Words = ENGLISH,
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
        words: The reader's language; that of the spec and of the session.

    Raises:
        OutputError: It cannot be written.
    """
    found = review(session, spec, curves, words)
    write_page(
        path,
        "report.html.j2",
        ("plotly-basic.min.js", "plot.js", "report.js"),
        words,
        spec=spec,
        session=session,
        found=found,
        clip=clip_name(session),
        day=words("analysed on {day}", day=words.day(day, year=True)) if day else "",
        tiles=list(tiles(session, spec, found, words)),
        advice=advise(session, found, spec, words),
        praise=praise(session, found, words),
        repetitions=list(_rows(session, spec, words)),
        balance=[(pair.what, *said(pair, words)) for pair in found.balance],
        doubts=list(doubts(session, spec, words)),
        data=timeline(session, spec, curves, words) | script_words(words, SCRIPT_WORDS),
        film=film(video_path, embed),
        picture=data_url(picture) if picture else None,
    )


def clip_name(session: Session) -> str:
    """The clip without its folders, harmless and not too long."""
    return printable(PurePath(session.source).name or session.source, LONGEST_NAME)


def tiles(session: Session, spec: Spec, found: Review, words: Words = ENGLISH) -> Iterable[tuple[str, str, str]]:
    """The figures at the top: number, what it is, and a remark."""
    reps = session.reps
    sides = words("{left} left, {right} right", left=reps.left, right=reps.right) if spec.sided else ""
    yield str(reps.total), words("repetition") if reps.total == 1 else words("repetitions"), sides
    for name in list(dict.fromkeys(one.measure for one in found.reached))[:2]:
        yield _reached_tile([one for one in found.reached if one.measure == name], words)
    if found.held:
        asked = words("of {target} s asked for", target=f"{found.hold_target_s:g}") if found.hold_target_s else ""
        yield f"{found.held.mean:.1f} s", words("held (mean)"), asked
    if found.tempo:
        tempo = found.tempo
        steady = f"{words(tempo.words)}: ±{100 * tempo.variation:.0f} %" if tempo.words else ""
        yield f"{tempo.spread.mean:.1f} s", words("a repetition"), steady
    faults, misses = len(session.faults), len(session.near_misses)
    almost = words.counted(misses, "1 near miss", "{n} near misses")
    yield str(faults), words("fault") if faults == 1 else words("faults"), almost


def _reached_tile(sides: Sequence[Reached], words: Words) -> tuple[str, str, str]:
    """How far the repetitions went in one measure, with each side where there are sides."""
    first = sides[0]
    values = " / ".join(f"{one.spread.mean:.0f}{one.unit}" for one in sides)
    of = " / ".join(words(one.side) for one in sides if one.side)
    error = words("error not measured")
    if first.error is not None:
        error = words("±{error} mean error", error=f"{first.error:.0f}{first.unit}")
    mean = words("{measure}, mean", measure=words_of(first.measure, words))
    return values, mean + f" ({of})" * bool(of), error


def _rows(session: Session, spec: Spec, words: Words) -> Iterable[Mapping[str, Any]]:
    told = {(one.repetition, one.side, one.id): one.say for one in session.faults}
    for rep in session.repetitions:
        yield {
            "n": rep.n,
            "side": rep.side or "both",
            "start_s": rep.start_s,
            "end_s": rep.end_s,
            "held_s": rep.held_s,
            "peak": [(words_of(name, words), f"{value:.0f}{sign_of(name.partition(' (')[0], spec)}")
                     for name, value in rep.peak.items()],
            "faults": [told.get((rep.n, rep.side, name), name) for name in dict.fromkeys(rep.faults)],
        }  # fmt: skip


def doubts(session: Session, spec: Spec, words: Words = ENGLISH) -> Iterable[tuple[str, str]]:
    """How sure the numbers are: what each rests on, and what was wrong."""
    yield from _errors(session, spec, words)
    yield from _looked_at(session, words)
    for framing in session.framing[:MOST_LISTED]:
        when = words("{low} to {high}", low=clock(framing.t_s), high=clock(framing.until_s))
        yield when, words("not judged: {why}", why=framing.say)
    if len(session.framing) > MOST_LISTED:
        yield words("and {n} more", n=len(session.framing) - MOST_LISTED), words("in session.json")
    for problem in session.problems:
        yield words("the clip"), problem
    if session.recognised:
        first = session.recognised[0]
        sure = words("found out from the movement, with {share} of the evidence", share=f"{first.confidence:.0%}")
        yield words("which exercise"), sure
    if spec.sees_note:
        yield words("not seen"), spec.sees_note
    yield words("made by"), words("Poise {version}, pose model {model}", version=session.poise, model=session.model)


def _errors(session: Session, spec: Spec, words: Words) -> Iterable[tuple[str, str]]:
    """What each measure that is judged may be off by."""
    measures = measures_of(spec)
    names = dict.fromkeys(MeasureRef.parse(text).name for step in spec.steps for text in step.where)
    for name in names:
        error = error_of(measures[name], spec, session.view)
        unit = "°" if measures[name].unit == "degrees" else f" {measures[name].unit}"
        told = words("error not measured")
        if error is not None:
            told = words("±{error} mean error on rendered people", error=f"{error:g}{unit}")
        yield words_of(name, words), told


def _looked_at(session: Session, words: Words) -> Iterable[tuple[str, str]]:
    """From where, and at how many pictures."""
    if session.view:
        yield words("seen from"), words(WORDS[session.view])
    rate = f"{session.frames / session.duration_s:.0f}" if session.duration_s else "-"
    yield words("pictures"), words(
        "{n} read, {rate} a second; somebody found in {share}", n=session.frames, rate=rate,
        share=f"{session.pose_found:.0%}",
    )  # fmt: skip
    if session.every > 1:
        yield (
            words("left out"),
            words("1 of {n} pictures was looked at: angles are a little less sure", n=session.every),
        )
    if session.pieces > 1:
        yield (
            words("pieces"),
            words("{n}, looked at together: angles differ by about half a degree at the seams", n=session.pieces),
        )
    if session.frames and session.duration_s and session.frames / session.duration_s < 15:
        yield words("quick moves"), words("below about 15 pictures a second, quick repetitions are missed")
