"""What is remembered, put together with the library: the past, an exercise as this person does it, today's session."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime

from poise.core.history.past import Past
from poise.core.history.proposal import Offer, Proposal, propose
from poise.core.spec import Spec
from poise.core.words import ENGLISH, Words
from poise.errors import SpecError
from poise.io.routines import find_routines, read_routine
from poise.io.specs import load_spec
from poise.io.store import open_store, read_past, store_path


def now() -> datetime:
    """The present moment in local time, as the store keeps times."""
    return datetime.now().astimezone()


def load_past() -> tuple[Past, str]:
    """All that is remembered, and what the user should know of how it was read; an empty past where there is no store.

    Raises:
        StoreError: The store cannot be read.
    """
    if not store_path().exists():
        return Past(), ""
    with open_store() as store:
        return read_past(store), store.notice


def known_specs(exercises: Iterable[str]) -> dict[str, Spec]:
    """Those of the exercises that are (still) in the library, without mistakes, by id."""
    found = {}
    for name in sorted(set(exercises)):
        with suppress(SpecError):
            found[name] = load_spec(name)
    return found


def names_of(specs: Mapping[str, Spec], words: Words) -> dict[str, str]:
    """What exercises and routines are called in the person's language, by id; the specs are in it already."""
    names = {name: spec.name for name, spec in specs.items()}
    for name in find_routines():
        with suppress(SpecError):
            names[name] = words.translate(read_routine(name).routine.name)
    return names


def proposal(past: Past, words: Words = ENGLISH) -> Proposal:
    """Today's session from the routines of the library.

    Raises:
        SpecError: A routine has mistakes, or there is none.
    """
    routines = [read_routine(name) for name in find_routines()]
    if not routines:
        raise SpecError("there is no routine to propose", "see `poise list`")
    offers = [
        Offer(one.routine.id, words.translate(one.routine.name),
              tuple(spec.in_words(words.translate) for spec in one.specs))
        for one in routines
    ]  # fmt: skip
    return propose(past, offers, now(), words)
