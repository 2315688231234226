"""One live session on this machine, from the camera to the last word: what ``poise live`` and ``calibrate`` share."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import poise
from poise.app.backends import estimator_of
from poise.app.live import Live, greet
from poise.app.mailbox import LatestFrame
from poise.app.reel import Reel
from poise.app.sources import open_source, source_name
from poise.app.speaker import Silence, Speaker, open_speaker
from poise.cli.choices import Choices, remember
from poise.cli.console import fetch_progress
from poise.core.live.flow import Flow
from poise.core.live.moment import Hurt, PainTold, Recorder
from poise.core.session import Session
from poise.core.spec import Spec
from poise.core.types import Frame
from poise.io.overlay import Screens
from poise.io.pictures import picture_of
from poise.io.window import Window, check_display


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done.

    Attributes:
        title: What the window's frame says.
        exercises: Each exercise with its dose, in English, and the hash of its file.
        pain: Whether to ask how much it hurts, before and after.
        doctor: Says what calls for a doctor, given all that the person has told in this session.
    """

    title: str
    exercises: Sequence[tuple[Spec, str]]
    pain: bool = False
    doctor: Callable[[Sequence[PainTold | Hurt]], tuple[str, ...]] = lambda _: ()


def add_sound(parser: argparse.ArgumentParser) -> None:
    """``--quiet`` and ``--sound-file``; ``--voice`` is a choice that is remembered."""
    parser.add_argument("--quiet", action="store_true", help="no words and no tones")
    parser.add_argument("--sound-file", type=Path, metavar="FILE",
                        help="write all that is heard into a WAV file, each sound at its time")  # fmt: skip


def run_session(
    plan: Plan,
    choices: Choices,
    options: argparse.Namespace,
    done: Callable[[list[tuple[Spec, Session]]], None],
    recorder: Callable[[str], Recorder] | None = None,
    film: Callable[[Frame], None] | None = None,
) -> None:
    """Coach until the end.

    Args:
        plan: What to do.
        choices: Camera, language and what else is remembered.
        options: The command line: ``model``, ``quiet`` and ``sound_file``.
        done: Told what was done of each exercise, also when the camera failed.
        recorder: Makes what keeps every moment, given the name of what finds the poses.
        film: Given every frame as the camera sees it, or None.

    Raises:
        PoiseError: The camera, the model, the display or the sound file cannot be used.
    """
    masks = any(spec.needs_outline for spec, _ in plan.exercises)
    words, settings = choices.words, choices.settings
    with closing(open_source(choices.camera, size_px=settings.size)) as opened:
        check_display()
        with fetch_progress() as fetching:
            estimator = estimator_of(options.model, masks=masks, fetching=fetching)
        with closing(Window(f"Poise: {plan.title}", full=settings.full_screen)) as window:
            greet(window, words.translate(plan.title), words)
            flow = Flow(list(_sessions(plan, choices, estimator.label)), words, pain=plan.pain, doctor=plan.doctor)
            kept = recorder(estimator.label) if recorder else None
            with (
                closing(_ear(choices, options)) as ear,
                closing(estimator.open()) as backend,
                # Read from now on only: a file in place of a camera would play on while the model loads.
                closing(LatestFrame(opened)) as source,
                _closed_last(kept),
            ):
                live = Live(
                    flow, source, backend, window,
                    screens=Screens(words, pictures=picture_of, still=settings.still, room=window.room),
                    ear=ear, words=words, recorder=kept, film=film, mirror=settings.mirror,
                    watchers=[lambda moment: opened.follow(moment, flow)] if isinstance(opened, Reel) else [],
                )  # fmt: skip
                try:
                    live.run()
                finally:
                    remember(choices, {"mirror": live.mirror, "full_screen": window.full})
                    window.close()  # what is printed now should not wait behind it
                    done(flow.sessions)


def _sessions(plan: Plan, choices: Choices, model: str) -> Iterator[tuple[Spec, Session]]:
    for spec, sha256 in plan.exercises:
        session = Session(
            poise=poise.__version__, source=source_name(choices.camera), exercise=spec.id, spec_sha256=sha256,
            model=model,
        )  # fmt: skip
        yield spec.in_words(choices.words.translate), session


def _ear(choices: Choices, options: argparse.Namespace) -> Speaker | Silence:
    if options.quiet:
        return Silence()
    return open_speaker(choices.words.language, voice=choices.settings.voice, file=options.sound_file)


@contextmanager
def _closed_last(recorder: Recorder | None) -> Iterator[None]:
    try:
        yield
    finally:
        if recorder is not None:
            recorder.close()
