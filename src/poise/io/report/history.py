"""The page of what was done over time: minutes, pain, range of motion, left against right."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from poise.core.body import Side
from poise.core.history.past import Past, PastSession
from poise.core.history.progress import Motion, Point, Week, motions, streak, weeks
from poise.core.history.progress_words import balance, change, measured, name_of, pain, unit_of
from poise.core.history.red_flags import red_flags
from poise.core.spec import Spec
from poise.core.words import ENGLISH, Words
from poise.io.report.embed import script_words, write_page

SESSIONS = 30  # that the table shows
WORDS = ("sessions", "week of", "before", "after", "left", "right", "both")  # that its script says


def write_history(
    path: Path,
    past: Past,
    specs: Mapping[str, Spec],
    names: Mapping[str, str],
    now: datetime,
    count: int,
    words: Words = ENGLISH,
) -> None:
    """Write the page, complete or not at all.

    Args:
        path: Where.
        past: All that is remembered; at least one session.
        specs: The exercises that are known, by id, in the person's language.
        names: What exercises and routines are called, by id.
        now: The present moment.
        count: How many weeks of minutes to show.
        words: The person's language.

    Raises:
        OutputError: It cannot be written.
    """
    found = motions(past, specs, now)
    minutes = weeks(past, now.date(), count)
    write_page(
        path,
        "history.html.j2",
        ("plotly-basic.min.js", "plot.js", "history.js"),
        words,
        first=past.sessions[0].at,
        last=past.sessions[-1].at,
        tiles=list(_tiles(past, now, words)),
        flags=red_flags(past, now, words),
        motions=[{"name": _name(motion, specs), "what": name_of(motion, words), "rows": list(_rows(motion, words)),
                  "balance": _balance(motion, words), "error": _error(motion, words)} for motion in found],
        sessions=[_session(session, names, words) for session in reversed(past.sessions[-SESSIONS:])],
        shown=min(SESSIONS, len(past.sessions)),
        of=len(past.sessions),
        pains=any(session.pains for session in past.sessions),
        data={"weeks": [_week(week) for week in minutes], "pains": _pains(past), "motions": [_plot(m) for m in found],
              **script_words(words, WORDS)},
    )  # fmt: skip


def _tiles(past: Past, now: datetime, words: Words) -> Iterable[tuple[str, str, str]]:
    """The figures at the top: number, what it is, and a remark."""
    seconds = sum(practice.seconds for practice in past.practices)
    row = streak((session.at.date() for session in past.sessions), now.date())
    since = words("since {day}", day=words.day(past.sessions[0].at, year=True))
    yield str(len(past.sessions)), words("session") if len(past.sessions) == 1 else words("sessions"), since
    yield f"{seconds / 60:.0f}", words("minutes of work"), ""
    days = words("day in a row") if row.now == 1 else words("days in a row")
    yield str(row.now), days, words("the most: {n}", n=row.longest)
    pains = [pain for session in past.sessions for pain in session.pains]
    if pains:
        yield str(pains[-1].level), words("pain, last told"), words("of 10; {level} at first", level=pains[0].level)


def _name(motion: Motion, specs: Mapping[str, Spec]) -> str:
    return specs[motion.exercise].name


def _rows(motion: Motion, words: Words) -> Iterable[tuple[str, str, str, str, str]]:
    """For each side: its name, first, last, the change, and how sure that is."""
    for side, points in motion.sides.items():
        text, farther = change(points, motion)
        unsure = words("no more than chance") if text else words("one session")
        verdict = unsure if farther is None else words("farther") if farther else words("less far")
        last = measured(points[-1], motion) if text else ""
        yield side or "both", measured(points[0], motion), last, text, verdict


def _balance(motion: Motion, words: Words) -> str:
    told = balance(motion, words)
    return words("Over the last four weeks: {told}.", told=told) if told else ""


def _error(motion: Motion, words: Words) -> str:
    if math.isnan(motion.error):
        return words("How far the camera's figure may be off was never measured for this.")
    error = f"{motion.error:.0f}{unit_of(motion)}"
    return words("The camera's figure may be off by {error}, always the same way.", error=error)


def _session(session: PastSession, names: Mapping[str, str], words: Words) -> dict[str, str]:
    done = [names.get(practice.exercise, practice.exercise) for practice in session.practices]
    full = sum(practice.full for practice in session.practices)
    return {
        "when": f"{words.weekday(session.at)} {words.day(session.at, year=True)}, {session.at:%H:%M}",
        "what": names.get(session.routine or "", session.routine) or ", ".join(done) or "-",
        "minutes": f"{sum(practice.seconds for practice in session.practices) / 60:.1f}",
        "full": words("{n} of {of}", n=full, of=len(done)),
        "pain": pain(session),
        "hurt": ", ".join(sorted({names.get(pang.exercise, pang.exercise) for pang in session.pangs})),
    }


def _week(week: Week) -> dict[str, Any]:
    return {"day": week.monday.isoformat(), "minutes": round(week.seconds / 60, 1), "sessions": week.sessions}


def _pains(past: Past) -> dict[str, list[list[Any]]]:
    """The answers before and after, with their dates."""
    return {
        when: [[pain.at.isoformat(), pain.level] for s in past.sessions for pain in s.pains if pain.when == when]
        for when in ("before", "after")
    }


def _plot(motion: Motion) -> dict[str, Any]:
    return {
        "unit": unit_of(motion),
        "sides": [_course(side, points) for side, points in motion.sides.items()],
    }


def _course(side: Side | None, points: Sequence[Point]) -> dict[str, Any]:
    return {
        "side": side,
        "at": [point.at.isoformat() for point in points],
        "values": [round(point.value, 1) for point in points],
        "give": [None if math.isnan(point.give) else round(point.give, 1) for point in points],
    }
