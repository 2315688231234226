"""What a live session leaves behind, and what it takes from those before it: options, targets, and the last word."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import poise
from poise.app.recordings import Film, Together, TrackKeeper
from poise.app.remembering import load_past, now, proposal
from poise.app.sources import source_name
from poise.cli.choices import Choices
from poise.cli.console import console, messages, safe
from poise.cli.live_session import Plan
from poise.cli.past_view import print_proposal
from poise.core.history.past import Past
from poise.core.history.personal import personalised
from poise.core.history.red_flags import in_short, red_flags, with_told
from poise.core.live.moment import Hurt, PainTold, Recorder
from poise.core.spec import Spec
from poise.core.words import ENGLISH, Words
from poise.errors import PoiseError
from poise.io.specs import spec_sha256
from poise.io.store import Header, StoreRecorder, open_store, recordings_folder, store_path

NEXT = "next"  # in place of an exercise: what `poise next` proposes


def add_keeping(parser: argparse.ArgumentParser) -> None:
    """``--no-store``, ``--record`` and ``--keep-track``."""
    group = parser.add_argument_group("what is kept", "on this machine alone; `poise forget` erases it")
    group.add_argument("--no-store", action="store_true", help="remember nothing of this session")
    group.add_argument("--record", action="store_true", help="film it, too")
    group.add_argument("--keep-track", action="store_true", help="keep the landmarks of every frame, too")


@dataclass(frozen=True, slots=True)
class Keeping:
    """What is to be kept of a session.

    Attributes:
        past: All that is remembered until now; empty when nothing is to be remembered.
        header: What is known of the session, or None when nothing is to be kept of it.
        film: Films it, or None.
        folder: Where its recordings go, or None.
        track: Whether its landmarks are kept.
    """

    past: Past
    header: Header | None
    film: Film | None
    folder: Path | None
    track: bool

    def recorder(self, model: str) -> Recorder:
        """What keeps every moment, given the name of what finds the poses."""
        recorders: list[Recorder] = []
        if self.header:
            recorders.append(StoreRecorder(store_path(), replace(self.header, model=model)))
            if self.track and self.folder:
                recorders.append(TrackKeeper(self.folder, self.header.source, model))
        return Together(recorders)


def remembered(options: argparse.Namespace) -> Past:
    """All that is remembered; nothing with ``--no-store``.

    Raises:
        PoiseError: The store cannot be read, or a recording is asked for without it.
    """
    if options.no_store:
        if options.record or options.keep_track:
            raise PoiseError("recordings are kept with their session", "leave out --no-store")
        return Past()
    with open_store() as store:  # made now, so that a disk that does not allow it is told before the session
        notice = store.notice
    if notice:
        messages.print(safe(notice), soft_wrap=True)
    return load_past()[0]


def todays_plan(past: Past, pain: bool, words: Words = ENGLISH) -> tuple[Plan, str]:
    """What ``poise next`` proposes, and the routine that it follows.

    Raises:
        PoiseError: Today is for rest.
    """
    today = proposal(past, words)
    if not today.routine:
        raise PoiseError(today.why, " ".join(today.flags) or "`poise next` says more")
    print_proposal(today, words)
    exercises = [(item.spec, spec_sha256(item.spec.id)) for item in today.items]
    return Plan(today.name, exercises, pain), today.routine


def fitted(plan: Plan, past: Past, choices: Choices) -> Plan:
    """The plan with this person's targets, which are told; what cannot be done without pain is left out, and told.

    Raises:
        PoiseError: Nothing is left to do.
    """
    kept: list[tuple[Spec, str]] = []
    reasons = []
    for spec, sha256 in plan.exercises:
        own = personalised(spec, past, now())
        name = choices.words.translate(spec.name)
        for fit in own.fits:
            messages.print(f"[dim]{safe(name)}[/] {safe(fit.say(choices.words))}", soft_wrap=True)
        if own.left_out:
            reasons.append(f"{name}: {own.left_out[0].say(choices.words)}")
        else:
            kept.append((own.spec, sha256))
    if not kept:
        raise PoiseError(
            reasons[0], f"leave it out for now; `poise calibrate {plan.exercises[0][0].id}` measures again"
        )
    begun = now()

    def doctor(told: Sequence[PainTold | Hurt]) -> tuple[str, ...]:
        return in_short(red_flags(with_told(past, told, begun), now(), choices.words)) if told else ()

    return replace(plan, exercises=kept, doctor=doctor)


@contextmanager
def keeping(
    options: argparse.Namespace, plan: Plan, past: Past, choices: Choices, routine: str | None
) -> Iterator[Keeping]:
    """Keep a session; at its end what it leads to is said, and where its recordings are."""
    if options.no_store:
        yield Keeping(past, None, None, None, False)
        return
    begun = now()
    name = f"{begun:%Y-%m-%d-%H%M%S}" if options.record or options.keep_track else None
    hashes = {spec.id: sha256 for spec, sha256 in plan.exercises}
    header = Header(begun, source_name(choices.camera), "", poise.__version__, routine, hashes, name)
    folder = recordings_folder(store_path(), name) if name else None
    film = Film(folder / "film.mp4") if folder and options.record else None
    try:
        yield Keeping(past, header, film, folder, options.keep_track)
    finally:
        if film:
            film.close()
        if folder:
            console.print(f"recorded in {safe(folder)}", soft_wrap=True)
    _last_word(past, choices)


def _last_word(before: Past, choices: Choices) -> None:
    """What calls for a doctor, when something of this session does."""
    past, _ = load_past()
    fresh = past.sessions[len(before.sessions) :]
    if any(session.pains or session.pangs for session in fresh):
        for sentence in red_flags(past, now(), choices.words):
            console.print(f"[bold red]![/] {safe(sentence)}")
