"""``poise new``."""

from __future__ import annotations

import argparse
from contextlib import ExitStack, closing
from pathlib import Path

from poise.app.author.drafting import Drafted, drafted, place_of, sidecar_text
from poise.app.author.recording import record_demonstration
from poise.app.sources import open_source
from poise.app.tracking import track_of
from poise.cli.choices import CAMERA_HELP, camera_chosen
from poise.cli.console import FrameBar, console, fetch_progress, frame_progress, print_session, safe
from poise.cli.options import add_model, positive, seconds
from poise.cli.show_command import WORDS
from poise.core.results.review import sign
from poise.core.spec import ID_PATTERN
from poise.errors import DisplayError, OutputError, PoiseError, SpecError
from poise.io.settings import read_settings
from poise.io.sidecars import SUFFIX, load_sidecar
from poise.io.specs import find_specs
from poise.io.window import Window
from poise.io.yaml_text import write_text

EXAMPLES = """\
Show the exercise two to five times, well, from rest and back to rest, all of you that moves in the picture. The draft
finds what moves, from where to where, on which side, and how long it is held, and writes an exercise file in which a
comment says where each number came from; beside the clip it writes a sidecar with what it counted, for `poise test`.
Words, guide and faults are yours to write.

examples:
  poise new my-stretch --from demo.mp4             exercise_specs/my-stretch.yaml, and demo.yaml beside the clip
  poise new my-stretch --from demo.mp4 --reps 3    the clip shows it three times: a better draft
  poise new my-stretch --live                      show it to the camera, after a countdown; keeps my-stretch-demo.mp4
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("id", metavar="ID", help="a name in small letters, joined by hyphens")
    shown = parser.add_mutually_exclusive_group(required=True)
    shown.add_argument("--from", dest="clip", type=Path, metavar="CLIP", help="a clip of somebody doing it")
    shown.add_argument("--live", action="store_true", help="record a demonstration with the camera first")
    parser.add_argument("--reps", type=positive, metavar="N", help="how often the clip shows it (default: find out)")
    parser.add_argument("--out", type=Path, metavar="PATH",
                        help="the file, or its folder (default: exercise_specs/ID.yaml)")  # fmt: skip
    parser.add_argument("--camera", metavar="CAMERA",
                        help=f"for --live: {CAMERA_HELP} (default: that of `poise live`)")  # fmt: skip
    parser.add_argument(
        "--time", type=seconds, default=30.0, metavar="TIME", help="for --live: how long to record (default: 30 s)"
    )
    parser.add_argument("--force", action="store_true", help="replace the file if it is there")
    add_model(parser)


def run(options: argparse.Namespace) -> int:
    """Draft an exercise, write it and its sidecar, and say what it counts."""
    path = place_of(options.id, options.out)
    _check_name(options.id, path, options.force)
    clip = _recorded(options) if options.live else options.clip
    with fetch_progress() as fetching, frame_progress() as progress:
        track = track_of(clip, model=options.model, progress=FrameBar(progress, clip.name), fetching=fetching)
    made = drafted(track.poses, options.id, clip.name, path, options.reps)
    write_text(path, made.text)
    sidecar = clip.with_suffix(SUFFIX)
    wrote = not sidecar.exists() and sidecar.resolve() != path.resolve()
    if wrote:
        write_text(sidecar, sidecar_text(made, sidecar))
    _print(made, options.reps)
    console.print(f"\nwrote {safe(path)}", soft_wrap=True)
    _print_next(path, clip, sidecar, options.id, wrote)
    return 0


def _print_next(path: Path, clip: Path, sidecar: Path, name: str, wrote: bool) -> None:
    """What became of the sidecar, and what to do now: a test of the clip is of the exercise that its sidecar names."""
    tried = f"poise test {safe(clip)} --watch"
    if wrote:
        console.print(f"wrote {safe(sidecar)}", soft_wrap=True)
    elif (named := _named_in(sidecar)) not in (name, None):
        console.print(f"{safe(sidecar)} was there already and stays: it says what {named} must find", soft_wrap=True)
        tried = f"poise analyze {safe(clip)} --exercise {name}"
    else:
        console.print(
            f"{safe(sidecar)} was there already and stays: does it say what {name} must find?", soft_wrap=True
        )
    console.print(f"\nNext: read {safe(path.name)}, then {tried}", soft_wrap=True)


def _named_in(sidecar: Path) -> str | None:
    """The exercise that a sidecar is about; None where it cannot be read."""
    try:
        return load_sidecar(sidecar).spec
    except PoiseError:
        return None


def _check_name(name: str, path: Path, force: bool) -> None:
    """Tell a wrong name, or one that is taken, before the work begins."""
    if not ID_PATTERN.fullmatch(name):
        raise SpecError(f"'{name}' is no id of an exercise", "small letters and digits, joined by hyphens")
    if path.exists() and not force:
        raise OutputError(f"{path} is there already", "take another name, or --force to replace it")
    known = find_specs().get(name)
    if known is not None and known.resolve() != path.resolve() and not force:
        raise SpecError(f"there is an exercise {name} already: {known}", "take another name, or --force")


def _recorded(options: argparse.Namespace) -> Path:
    path = Path(f"{options.id}-demo.mp4")
    if path.exists() and not options.force:
        raise OutputError(f"{path} is there already", "use it with --from, or --force to replace it")
    with ExitStack() as opened:
        source = opened.enter_context(closing(open_source(camera_chosen(options.camera, read_settings()[0]))))
        try:
            screen: Window | None = opened.enter_context(closing(Window(f"Poise: show {options.id}")))
        except DisplayError as error:
            console.print(f"{safe(error.message)}: it records without a picture", soft_wrap=True)
            screen = None
        return record_demonstration(source, path, options.time, console.print, screen)


def _print(made: Drafted, told: int | None) -> None:
    console.print(f"{_shown_in(made)}, seen {WORDS[made.draft.views[0]]}.")
    print_session(made.session, made.spec)
    counted = made.session.reps.total
    moved = len(made.draft.motion.excursions) if made.draft.motion else 1
    if told is not None and told != counted:
        console.print(f"[bold]Note[/]     the clip shows {told}: edit the thresholds, or show it again")
    if counted == 0:
        console.print(
            "[bold]Note[/]     it counts nothing in its own clip: show it again, from rest and back to rest, "
            "all of you in the picture"
        )
    elif told is None and moved > counted:
        console.print(f"[bold]Note[/]     it went there {moved} times: if they all count, add --reps {moved} --force")


def _shown_in(made: Drafted) -> str:
    """What the exercise is judged by, in words."""
    motion = made.draft.motion
    if motion is None:
        names = ", ".join(bound.measure for bound in made.draft.steps[0])
        return f"Nothing goes there and back: it is drafted as a time to keep, told by [bold]{names}[/]"
    unit = sign(motion.measure)
    at_rest, farthest = f"{round(motion.at(0))}{unit}", f"{round(motion.at(1))}{unit}"
    both = ", first to one end and then to the other" if len(made.draft.steps) > 2 else ""
    return (
        f"It shows in [bold]{motion.measure.name}[/] ({motion.measure.meaning}): {at_rest} at rest, "
        f"{farthest} at the farthest{both}"
    )
