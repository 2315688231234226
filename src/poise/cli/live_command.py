"""``poise live``."""

from __future__ import annotations

import argparse
from contextlib import closing
from datetime import datetime
from pathlib import Path

import poise
from poise.app.live import KEYS, Live, greet
from poise.app.mailbox import LatestFrame
from poise.app.sources import open_source, source_name
from poise.cli.choices import add_choices, choose, remember
from poise.cli.console import console, fetch_progress, print_session, safe
from poise.cli.options import add_hold, add_model
from poise.core.session import Session
from poise.core.spec import Spec
from poise.io.mediapipe_backend import MediaPipeBackend
from poise.io.model.find import resolve_model
from poise.io.routines import is_routine, read_routine
from poise.io.session_file import save_session
from poise.io.specs import read_spec, spec_sha256
from poise.io.window import Window, check_display

EXAMPLES = f"""\
keys: {KEYS}

examples:
  poise live upper-trapezius-stretch
  poise live neck-relief                               a routine: one exercise after another
  poise live squat --camera brio                       a camera by its name, or part of it
  poise live --list-cameras                            what cameras are called here
  poise live neck-relief --language de                 auf Deutsch
  poise live squat --camera http://192.168.0.7:8080/video
  poise live wall-angel --camera clip.mp4              a file in place of a camera, at its own pace
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("exercise", metavar="EXERCISE", help="an exercise or routine of `poise list`, or a .yaml file")
    add_choices(parser)
    parser.add_argument("--out", type=Path, default=Path("poise-out"), metavar="DIR",
                        help="where the session is kept (default: poise-out)")  # fmt: skip
    add_hold(parser)
    add_model(parser)


def run(options: argparse.Namespace) -> int:
    """Coach until the end of the source, or a key; keep the session of every exercise and print it."""
    choices = choose(options)
    exercises = _exercises(options)
    masks = any(spec.needs_outline for spec, _ in exercises)
    with closing(open_source(choices.camera, size_px=choices.settings.size)) as opened:
        check_display()
        with fetch_progress() as fetching:
            model = resolve_model(options.model, masks=masks, progress=fetching)
        with closing(Window(f"Poise: {options.exercise}", full=choices.settings.full_screen)) as window:
            greet(window, exercises[0][0])
            # Read from now on only: a file in place of a camera would play on while the model loads.
            source: LatestFrame | None = None
            mirror = choices.settings.mirror
            try:
                for spec, sha256 in exercises:
                    backend = MediaPipeBackend(model.path, masks=masks)
                    source = source or LatestFrame(opened)
                    session = Session(
                        poise=poise.__version__,
                        source=source_name(choices.camera),
                        exercise=spec.id,
                        spec_sha256=sha256,
                        model=model.label,
                    )
                    live = Live(spec, source, backend, window, session, mirror=mirror, ends=len(exercises) > 1)
                    with closing(backend):
                        _coach(live, spec, options.out)
                    mirror = live.mirror
                    if live.quit or source.ended:
                        break
            finally:
                remember(choices, {"mirror": mirror, "full_screen": window.full})
                if source:
                    source.close()
    return 0


def _exercises(options: argparse.Namespace) -> list[tuple[Spec, str]]:
    """What to do, in order, with the hash of each file: one exercise, or those of a routine."""
    if is_routine(options.exercise):
        return [(spec, spec_sha256(spec.id)) for spec in read_routine(options.exercise).specs]
    loaded = read_spec(options.exercise)
    spec = loaded.spec if options.hold is None else loaded.spec.with_dose(hold=options.hold)
    return [(spec, loaded.sha256)]


def _coach(live: Live, spec: Spec, out: Path) -> None:
    """Coach one exercise, and keep its session, also of one that ended in an error."""
    try:
        live.run()
    finally:
        _keep(live.session, spec.sided, out)


def _keep(session: Session, sided: bool, out: Path) -> None:
    """Write and print the session; nothing when no frame came."""
    if session.frames:
        path = out / f"{session.exercise}-{datetime.now():%Y-%m-%d-%H%M%S}" / "session.json"
        print_session(session, sided)
        save_session(path, session)
        console.print(f"wrote {safe(path)}", soft_wrap=True)
