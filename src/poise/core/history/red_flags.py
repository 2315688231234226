"""When what somebody told of their pain calls for a doctor: rules over the answers, and the words for it.

Poise never judges what is wrong. It says what was told, and when doctors ask to be seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from poise.core.history.past import Pain, Pang, Past, PastSession, Practice
from poise.core.live.moment import Hurt, PainTold
from poise.core.spec import Dose
from poise.core.words import ENGLISH, Words

STRONG = 7  # of 10
FELT = 2  # less is hardly worth a word
RECENT = timedelta(days=14)
LASTING = timedelta(days=14)  # pain for longer than this belongs before a doctor
RISING = 3  # sessions in a row
OFTEN = 3  # pangs within the recent days

WORDS = (
    "A doctor can tell why. Until then leave out what hurts.",
    "See one at once after an accident, or with fever, numbness, chest pain, pain into arms or legs, or loss of bladder"
    " or bowel control.",
)


def red_flags(past: Past, now: datetime, words: Words = ENGLISH) -> tuple[str, ...]:
    """What the person told that calls for a doctor, one sentence each, followed by what to do; empty when nothing does.

    Args:
        past: All that is remembered.
        now: The present moment: what was told long ago is no news.
        words: The person's language.
    """
    sessions = [session for session in past.sessions if session.at > now - RECENT]
    reasons = [*_strong(sessions, words), *_rising(sessions, words), *_often(past, now, words)]
    reasons += _lasting(past, now, words)
    return (*reasons, *(words(sentence) for sentence in WORDS)) if reasons else ()


def in_short(told: tuple[str, ...]) -> tuple[str, ...]:
    """The first reason and what to do, for a card or a voice."""
    return (*told[:1], *told[-len(WORDS) :])


def with_told(past: Past, told: Sequence[PainTold | Hurt], begun: datetime) -> Past:
    """The past with what the person has told in the session that is just ending.

    Args:
        past: All that was remembered before.
        told: In order.
        begun: When the session began.
    """
    pains, pangs = [], []
    for one in told:
        at = begun + timedelta(seconds=one.t_s)
        if isinstance(one, PainTold):
            pains.append(Pain(at, one.when, one.level))
        else:
            pangs.append(Pang(at, one.exercise, one.side))
    practice = Practice(begun, "", "both", Dose(), (0, 0, 0), pangs=tuple(pangs))
    number = past.sessions[-1].id + 1 if past.sessions else 1
    session = PastSession(number, begun, 0.0, practices=(practice,), pains=tuple(pains))
    return replace(past, sessions=(*past.sessions, session))


def _strong(sessions: list[PastSession], words: Words) -> list[str]:
    """The last answer was seven or more."""
    pains = [pain for session in sessions for pain in session.pains]
    if not pains or pains[-1].level < STRONG:
        return []
    return [words("You told a pain of {level} of 10.", level=pains[-1].level)]


def _rising(sessions: list[PastSession], words: Words) -> list[str]:
    """Each of the last sessions began or ended worse than the one before it."""
    levels = [max(pain.level for pain in session.pains) for session in sessions if session.pains][-RISING:]
    if len(levels) < RISING or any(later <= earlier for earlier, later in pairwise(levels)):
        return []
    told = ", ".join(str(level) for level in levels)
    return [words("Your pain has risen from session to session: {levels}.", levels=told)]


def _often(past: Past, now: datetime, words: Words) -> list[str]:
    count = sum(pang.at > now - RECENT for pang in past.pangs)
    return [words("It hurt {count} times within two weeks.", count=count)] if count >= OFTEN else []


def _lasting(past: Past, now: datetime, words: Words) -> list[str]:
    """Answers over more than two weeks, up to now, and none of them free of pain."""
    pains = [pain for session in past.sessions for pain in session.pains]
    run: list[Pain] = []
    for pain in pains:
        run = [*run, pain] if pain.level >= FELT else []
    if not run or run[-1].at < now - RECENT or run[-1].at - run[0].at <= LASTING:
        return []
    return [words("You have told of pain since {day}, for more than two weeks.", day=words.day(run[0].at, year=True))]
