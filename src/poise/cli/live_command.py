"""``poise live``."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from poise.app.live import KEYS
from poise.cli.choices import add_choices, choose
from poise.cli.console import console, print_session, safe
from poise.cli.live_session import Plan, add_sound, run_session
from poise.cli.options import add_hold, add_model, add_out
from poise.cli.remembering import NEXT, add_keeping, fitted, keeping, remembered, todays_plan
from poise.core.history.past import Past
from poise.core.session import Session
from poise.core.spec import Spec
from poise.core.words import Words
from poise.io.routines import is_routine, read_routine
from poise.io.session_file import save_session
from poise.io.specs import read_spec, spec_sha256

EXAMPLES = f"""\
keys: {KEYS}
hands: raise one and hold it for a second to start, pause and go on, three more to leave the exercise out;
cross your wrists before the chest for "that hurts"

examples:
  poise live upper-trapezius-stretch
  poise live neck-relief                               a routine: one exercise after another
  poise live next                                      what is due today, with your own doses and targets
  poise live squat --camera brio                       a camera by its name, or part of it
  poise live --list-cameras                            what cameras are called here
  poise live neck-relief --language de                 auf Deutsch
  poise live squat --camera http://192.168.0.7:8080/video
  poise live wall-angel --camera clip.mp4              a file in place of a camera, at its own pace
  poise live desk-break --camera a.mp4,b.mp4           several, or a folder: each waits for its exercise
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument(
        "exercise",
        metavar="ID",
        help="an exercise or routine of `poise list`, a .yaml file, or `next`: what `poise next` proposes",
    )
    add_choices(parser)
    add_sound(parser)
    parser.add_argument("--no-pain", action="store_true", help="do not ask how much it hurts, before and after")
    add_out(parser, "where the session is kept")
    add_keeping(parser)
    add_hold(parser)
    add_model(parser)


def run(options: argparse.Namespace) -> int:
    """Coach until the end; keep the session of every exercise and print it."""
    choices = choose(options)
    # A recording cannot answer, and plays on meanwhile.
    live = choices.camera.isdigit() or "://" in choices.camera
    past = remembered(options)
    plan, routine = _plan(options, past, choices.words, pain=live and not options.no_pain)
    plan = fitted(plan, past, choices)

    def keep(sessions: list[tuple[Spec, Session]]) -> None:
        for spec, session in sessions:
            _keep(session, spec, options.out, choices.words)

    with keeping(options, plan, past, choices, routine) as kept:
        run_session(plan, choices, options, keep, kept.recorder, kept.film.take if kept.film else None)
    return 0


def _plan(options: argparse.Namespace, past: Past, words: Words, pain: bool) -> tuple[Plan, str | None]:
    """What to do: one exercise, those of a routine, or what is proposed for today; and the routine's id."""
    if options.exercise == NEXT:
        return todays_plan(past, pain, words)
    if is_routine(options.exercise):
        routine = read_routine(options.exercise)
        exercises = [(spec, spec_sha256(spec.id)) for spec in routine.specs]
        return Plan(routine.routine.name, exercises, pain), routine.routine.id
    loaded = read_spec(options.exercise)
    spec = loaded.spec.with_dose(hold=options.hold)
    return Plan(spec.name, [(spec, loaded.sha256)], pain), None


def _keep(session: Session, spec: Spec, out: Path, words: Words) -> None:
    """Write and print the session."""
    path = out / f"{session.exercise}-{datetime.now():%Y-%m-%d-%H%M%S}" / "session.json"
    print_session(session, spec, words)
    save_session(path, session)
    console.print(f"wrote {safe(path)}", soft_wrap=True)
