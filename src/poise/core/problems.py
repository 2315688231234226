"""What may be wrong with a clip: kept in English, wherever it was found, and told in the reader's language."""

from __future__ import annotations

import re

from poise.core.words import Words

WORDS = (
    "1 damaged part, the first at about {at} s",
    "{n} damaged parts, the first at about {at} s",
    "breaks off after {end} s of the {of} s that it declares",
    "no movement of an exercise was recognised: what was taken only asks that somebody is there",
    "interrupted: the rest of the clip was not analysed",
)
DAMAGED, OFTEN_DAMAGED, BROKEN_OFF, NO_MOVEMENT, INTERRUPTED = WORDS


def told(problem: str, words: Words) -> str:
    """A problem in the reader's language; one that is none of these stays as it is.

    Poses are kept with what was wrong with their clip, for readers of any language: so figures are found in the
    sentence again.
    """
    for sentence in WORDS:
        figures = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[\\d.]+)", re.escape(sentence))
        if found := re.fullmatch(figures, problem):
            return words(sentence, **found.groupdict())
    return problem
