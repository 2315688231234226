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
from poise.cli.console import console, fetch_progress, print_session, safe
from poise.cli.options import add_hold, add_model
from poise.core.session import Session
from poise.io.mediapipe_backend import MediaPipeBackend
from poise.io.model.find import resolve_model
from poise.io.session_file import save_session
from poise.io.specs import read_spec
from poise.io.window import Window, check_display

EXAMPLES = f"""\
keys: {KEYS}

examples:
  poise live upper-trapezius-stretch
  poise live squat --camera 1
  poise live squat --camera http://192.168.0.7:8080/video
  poise live wall-angel --camera clip.mp4              a file in place of a camera, at its own pace
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("exercise", metavar="EXERCISE", help="an exercise of `poise list`, or a .yaml file")
    parser.add_argument("--camera", default="0", metavar="CAMERA",
                        help="a camera's number, the URL of a stream, or a file (default: 0)")  # fmt: skip
    parser.add_argument("--no-mirror", action="store_true", help="do not show the picture as a mirror does")
    parser.add_argument("--out", type=Path, default=Path("poise-out"), metavar="DIR",
                        help="where the session is kept (default: poise-out)")  # fmt: skip
    add_hold(parser)
    add_model(parser)


def run(options: argparse.Namespace) -> int:
    """Coach until the end of the source, or a key; keep the session and print it."""
    loaded = read_spec(options.exercise)
    spec = loaded.spec if options.hold is None else loaded.spec.with_dose(hold=options.hold)
    with closing(open_source(options.camera)) as opened:
        check_display()
        with fetch_progress() as fetching:
            model = resolve_model(options.model, masks=spec.needs_outline, progress=fetching)
        session = Session(
            poise=poise.__version__,
            source=source_name(options.camera),
            exercise=spec.id,
            spec_sha256=loaded.sha256,
            model=model.label,
        )
        with closing(Window(f"Poise: {spec.name}")) as window:
            greet(window, spec)
            backend = MediaPipeBackend(model.path, masks=spec.needs_outline)
            # Read from now on only: a file in place of a camera would play on while the model loads.
            source = LatestFrame(opened)
            live = Live(spec, source, backend, window, session, mirror=not options.no_mirror)
            try:
                live.run()
            finally:
                source.close()
                backend.close()
                _keep(live.session, spec.sided, options.out)
    return 0


def _keep(session: Session, sided: bool, out: Path) -> None:
    """Write and print the session, also of one that ended in an error; nothing when no frame came."""
    if session.frames:
        path = out / f"{session.exercise}-{datetime.now():%Y-%m-%d-%H%M%S}" / "session.json"
        print_session(session, sided)
        save_session(path, session)
        console.print(f"wrote {safe(path)}", soft_wrap=True)
