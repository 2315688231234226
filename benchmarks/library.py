"""The whole library over a cached landmark track of ten minutes, as `--exercise auto` tries it.

usage: python benchmarks/library.py [CLIP] [--minutes N]

The track of a clip is played again and again until it is long enough. Goal: every exercise in under 10 s together.
"""

from __future__ import annotations

import argparse
import platform
import time
from dataclasses import replace
from pathlib import Path

from poise.app.tracking import track_of
from poise.core.recognise import sessions_of
from poise.core.session import Session
from poise.core.types import Pose
from poise.io.specs import load_library

SAMPLE = Path(__file__).parents[1] / "sample_videos" / "upper-trapezius-stretch.mp4"
GOAL_S = 10.0


def repeated(poses: tuple[Pose, ...], duration_s: float) -> list[Pose]:
    """The poses, played again and again for so long."""
    length_s = poses[-1].t_s + poses[1].t_s - poses[0].t_s
    rounds = int(duration_s / length_s) + 1
    played = (replace(pose, t_s=pose.t_s + number * length_s) for number in range(rounds) for pose in poses)
    return [pose for pose in played if pose.t_s <= duration_s]


def main() -> None:
    """Try every exercise and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clip", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--minutes", type=float, default=10.0)
    options = parser.parse_args()
    poses = repeated(track_of(options.clip).poses, 60 * options.minutes)
    specs = load_library()
    blank = Session(poise="benchmark", source=options.clip.name, exercise="auto", model="full")
    before_s, processor_s = time.perf_counter(), time.process_time()
    counts = {session.exercise: session.reps.total for session in sessions_of(poses, specs, blank)}
    took_s, processor_s = time.perf_counter() - before_s, time.process_time() - processor_s
    print(f"{platform.platform()}, Python {platform.python_version()}; {options.clip.name}, {len(poses)} poses")
    print(f"{len(specs)} exercises over {options.minutes:g} minutes: {took_s:.1f} s ({processor_s:.1f} s of processor)")
    print(f"goal {GOAL_S:g} s: {'reached' if took_s <= GOAL_S else 'missed'}")
    print("counted:", ", ".join(f"{name} {count}" for name, count in counts.items() if count))


if __name__ == "__main__":
    main()
