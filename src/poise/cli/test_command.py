"""``poise test``."""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping
from pathlib import Path

from poise.app.author.failure import report
from poise.app.author.workbench import Change, Watch, Workbench
from poise.app.trial import Trial, try_clip
from poise.cli.clips import CLIPS_HELP, clips_in
from poise.cli.console import FrameBar, console, fetch_progress, frame_progress, safe, table
from poise.cli.options import add_fresh, add_model
from poise.errors import PoiseError
from poise.io.sidecars import load_sidecar
from poise.io.specs import find_specs, load_spec

EXAMPLES = """\
A clip NAME.mp4 has beside it a file NAME.yaml that says what must be found in it. Landmarks are kept in the cache,
so that a changed exercise is tried again without the model. `pytest FOLDER` runs the same checks as tests.

examples:
  poise test                              all clips in sample_videos
  poise test sample_videos/squat.mp4      one clip; of what fails, a time axis and the nearest threshold that passes
  poise test --exercise squat             all clips of one exercise
  poise test --exercise squat --watch     again whenever the exercise is saved, with what changed
"""

LOOK_EVERY_S = 0.15


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("clips", nargs="*", type=Path, metavar="CLIP",
                        help=CLIPS_HELP)  # fmt: skip
    parser.add_argument("--exercise", metavar="ID", help="only the clips that show this exercise")
    parser.add_argument("--watch", action="store_true", help="try again whenever an exercise or sidecar is saved")
    add_fresh(parser)
    add_model(parser)


def run(options: argparse.Namespace) -> int:
    """Try all clips; exit code 1 when one is not as its sidecar says (and not known to be), or cannot be tried."""
    sidecars = clips_in(options.clips, options.exercise)
    failed, trials = _try_all(sidecars, options)
    if not options.watch:
        return 1 if failed else 0
    watch = Watch([*find_specs().values(), *sidecars.values()])
    bench = Workbench(sidecars, options.model)
    before = {(trial.spec.id, trial.clip): trial for trial in trials}
    for trial in trials[:8]:  # so that the first change is quick too
        bench.bodies(trial.clip, trial.spec.needs_outline)
    console.print("\nWatching: save an exercise or a sidecar to try it again. Ctrl+C ends.")
    while True:
        time.sleep(LOOK_EVERY_S)
        for path in watch.changed():
            print_changes(path, bench, before)


def print_changes(path: Path, bench: Workbench, before: dict[tuple[str, Path], Trial]) -> None:
    """Try what was saved, print what changed, and keep it for the next time; a mistake in the file is a line."""
    began_s = time.perf_counter()
    try:
        rows = _changes(path, bench, before)
    except PoiseError as error:
        console.print(f"\n[bold]{safe(path.name)}[/]  {safe(error.message)}", soft_wrap=True)
        return
    took_s = time.perf_counter() - began_s
    console.print(f"\n[bold]{safe(path.name)}[/]  [dim]{len(rows)} clip{'s' * (len(rows) != 1)} in {took_s:.2f} s[/]")
    shown = table("", "clip", "repetitions", "what changed")
    for row in rows:
        now, reps = row.now, row.now.session.reps
        mark = "✓" if now.passed else "~" if now.known else "✗"
        text = "; ".join(row.lines) or ("" if now.passed else now.differences[0])
        shown.add_row(mark, safe(now.clip.name), str(reps.total), safe(text))
        before[now.spec.id, now.clip] = now
    console.print(shown)


def _changes(path: Path, bench: Workbench, before: Mapping[tuple[str, Path], Trial]) -> list[Change]:
    """Every clip that a saved file has to do with, tried again."""
    clip = next((clip for clip, sidecar in bench.sidecars.items() if sidecar == path), None)
    if clip is not None:
        name = load_sidecar(path).spec
        specs = [one for one, at in before if at == clip] or [name]
        trials = [bench.tried(load_spec(one), clip) for one in specs]
    else:
        spec = load_spec(path)
        trials = [bench.tried(spec, one) for one in bench.clips_of(spec.id)]
    return [Change(before.get((trial.spec.id, trial.clip)), trial) for trial in trials]


def _try_all(sidecars: Mapping[Path, Path], options: argparse.Namespace) -> tuple[int, list[Trial]]:
    """Try every clip and print it; how many failed, and all trials."""
    passed = failed = known = 0
    everything: list[Trial] = []
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
            _print(trial, sidecar, options)
        everything += trials
    console.print(f"\n{passed} as expected, [bold]{failed} not[/]" + f", {known} known not to be" * bool(known))
    return failed, everything


def _trials(clip: Path, sidecar: Path, options: argparse.Namespace) -> list[Trial]:
    with fetch_progress() as fetching, frame_progress() as progress:
        bar = FrameBar(progress, clip.name)
        return list(try_clip(clip, sidecar, model=options.model, fresh=options.fresh, progress=bar, fetching=fetching))


def _print(trial: Trial, sidecar: Path, options: argparse.Namespace) -> None:
    reps = trial.session.reps
    sides = f" ({reps.left} left, {reps.right} right)" if trial.spec.sided else ""
    mark = "✓" if trial.passed else "✗" if trial.known is None else "~"
    counted = f"{reps.total} repetition{'s' * (reps.total != 1)}{sides}"
    console.print(f"{mark} {safe(trial.clip.name)}  [dim]{trial.spec.id}: {counted}[/]")
    if trial.known:
        console.print(
            f"    [dim]{'known' if not trial.passed else 'said to fail, and does not'}: {safe(trial.known)}[/]"
        )
    if trial.passed:
        return
    lines = trial.differences if trial.known else report(trial, load_sidecar(sidecar), options.model)
    for line in lines:
        console.print(f"    {safe(line)}", soft_wrap=True)
