"""``poise test``."""

from __future__ import annotations

import argparse
from pathlib import Path

from poise.app.trial import Trial, try_clip
from poise.cli.console import FrameBar, console, fetch_progress, frame_progress, safe
from poise.cli.options import add_model
from poise.errors import PoiseError, SourceError
from poise.io.sidecars import find_sidecars

EXAMPLES = """\
A clip NAME.mp4 has beside it a file NAME.yaml that says what must be found in it. Landmarks are kept in the cache,
so that a changed exercise is tried again without the model.

examples:
  poise test                           all clips in sample_videos
  poise test sample_videos/squat.mp4   one clip
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("clips", nargs="*", type=Path, metavar="CLIP",
                        help="clips or folders (default: sample_videos)")  # fmt: skip
    parser.add_argument("--fresh", action="store_true", help="run the model even if the clip is known")
    add_model(parser)


def run(options: argparse.Namespace) -> int:
    """Try all clips; exit code 1 when one is not as its sidecar says (and not known to be), or cannot be tried."""
    places = options.clips or [Path("sample_videos")]
    sidecars = {clip: sidecar for place in places for clip, sidecar in find_sidecars(place).items()}
    if not sidecars:
        raise SourceError("no clip with a sidecar here", "name a clip or a folder; see `poise test --help`")
    passed = failed = known = 0
    for clip, sidecar in sidecars.items():
        try:
            trials = _trials(clip, sidecar, options)
        except PoiseError as error:  # one bad file is a line, and stops nothing
            failed += 1
            console.print(f"✗ {safe(clip.name)}\n    {safe(error.message)}", soft_wrap=True)
            continue
        for trial in trials:
            passed += trial.passed
            known += not trial.passed and trial.known is not None
            failed += not trial.passed and trial.known is None
            _print(trial)
    console.print(f"\n{passed} as expected, [bold]{failed} not[/]" + f", {known} known not to be" * bool(known))
    return 1 if failed else 0


def _trials(clip: Path, sidecar: Path, options: argparse.Namespace) -> list[Trial]:
    with fetch_progress() as fetching, frame_progress() as progress:
        bar = FrameBar(progress, clip.name)
        return list(try_clip(clip, sidecar, model=options.model, fresh=options.fresh, progress=bar, fetching=fetching))


def _print(trial: Trial) -> None:
    reps = trial.session.reps
    sides = f" ({reps.left} left, {reps.right} right)" if trial.spec.sided else ""
    mark = "✓" if trial.passed else "✗" if trial.known is None else "~"
    console.print(f"{mark} {safe(trial.clip.name)}  [dim]{trial.spec.id}: {reps.total} repetitions{sides}[/]")
    for line in trial.differences:
        console.print(f"    {safe(line)}")
    if trial.known:
        console.print(
            f"    [dim]{'known' if not trial.passed else 'said to fail, and does not'}: {safe(trial.known)}[/]"
        )
    if not trial.passed:
        for miss in trial.session.near_misses:
            console.print(f"    [dim]almost at {miss.t_s:.1f} s: {miss.measure} {miss.short_by:.0f} short[/]")
