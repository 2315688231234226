"""Renders what no sample clip shows, and keeps what the pose model finds of it: no video, and little room.

usage: python benchmarks/variants.py [NAME...]     render what is missing or out of date
       python benchmarks/variants.py --list        what is planned, and what is there

A sample clip shows most faults once, clearly, and from the front or the side. This derives, from the motion files of
the sample clips, short variants (variants_plan.py): the same faults slight and strong, in other bodies, before other
cameras; and people filmed from behind. It renders each to a temporary file, runs the pose model, and keeps in
benchmarks/variants/ the landmark track, the truth, the sidecar and the motion file that says exactly what was rendered.
benchmarks/accuracy.py reads them.

All of it takes about an hour on two cores; what is there and up to date is skipped, so it can be stopped at any time.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Container, Iterator
from functools import partial
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from ruamel.yaml import YAML

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "sample_videos"))
from poise.app.tracking import track_of
from poise.io.specs import load_spec
from small_track import digest, write_small
from studio.clip import render
from studio.motion import Motion
from variants_plan import ENDINGS, plan

ROOT = Path(__file__).parents[1]
FOLDER = Path(__file__).with_name("variants")
HEAD = "# Derived from sample_videos/motions/{name}.yaml by benchmarks/variants.py.\n"


def main() -> None:
    """Render, estimate and keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="variants, all when none is named")
    parser.add_argument("--list", action="store_true", help="list what is planned")
    options = parser.parse_args()
    variants = plan(ROOT / "sample_videos" / "motions", FOLDER / "motions")
    if unknown := sorted(set(options.names) - variants.keys()):
        parser.error(f"no such variant: {', '.join(unknown)}; --list names them")
    chosen = {name: motion for name, motion in variants.items() if not options.names or name in options.names}
    if options.list:
        for name, motion in chosen.items():
            print(
                f"{'there' if up_to_date(name, motion) else '-':6} {name:36} {motion.who:6} {', '.join(shows(motion))}"
            )
        return
    drop_unplanned(variants.keys())
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns) as bars:
        for name, motion in chosen.items():
            if not up_to_date(name, motion):
                bar = bars.add_task(name, total=None)
                make(name, motion, partial(_advance, bars, bar))


def _advance(bars: Progress, bar: TaskID, done: int, total: int) -> None:
    bars.update(bar, completed=done, total=total)


def shows(motion: Motion) -> Iterator[str]:
    """The faults of a variant with their strengths."""
    for step in motion.script:
        if step.rep and step.faults:
            yield f"{'+'.join(step.faults)} {step.strength}"


def text_of(name: str, motion: Motion) -> str:
    """A variant as a motion file."""
    stream = StringIO()
    writer = YAML()
    writer.default_flow_style = None
    writer.width = 120
    writer.dump(motion.model_dump(mode="json", exclude_defaults=True) | {"spec": motion.spec}, stream)
    base = next((name.removesuffix(ending) for ending in ENDINGS if name.endswith(ending)), name)
    return HEAD.format(name=base) + stream.getvalue()


def up_to_date(name: str, motion: Motion) -> bool:
    """Whether a variant's files are there and show what is planned."""
    said = FOLDER / "motions" / f"{name}.yaml"
    files = (FOLDER / f"{name}{ending}" for ending in (".yaml", ".truth.npz", ".npz"))
    return all(file.is_file() for file in files) and said.is_file() and said.read_text("utf-8") == text_of(name, motion)


def drop_unplanned(names: Container[str]) -> None:
    """Delete what an earlier state of the motion files asked for."""
    for said in (FOLDER / "motions").glob("*.yaml"):
        if said.stem not in names:
            said.unlink()
            for file in FOLDER.glob(f"{said.stem}.*"):
                file.unlink()


def make(name: str, motion: Motion, progress: Callable[[int, int], None]) -> None:
    """Render one variant, find its landmarks, and keep them with the truth."""
    (FOLDER / "motions").mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        written = Path(folder) / f"{name}.yaml"
        written.write_text(text_of(name, motion), encoding="utf-8")
        clips = Path(folder) / "clip"
        clips.mkdir()
        clip = render(written, clips, progress)
        masks = load_spec(motion.spec or "").needs_outline
        write_small(FOLDER / f"{name}.npz", track_of(clip, masks=masks), digest(written))
        for kept in (clip.with_suffix(".yaml"), clip.with_name(f"{name}.truth.npz")):
            (FOLDER / kept.name).write_bytes(kept.read_bytes())
        (FOLDER / "motions" / f"{name}.yaml").write_bytes(written.read_bytes())  # last: it says that the rest is there


if __name__ == "__main__":
    main()
