"""`poise analyze` against the plain tutorial loop, in one run.

usage: python benchmarks/analyze.py [CLIP] [--exercise ID] [--bundle STOCK.task] [--rounds N]

Runs are interleaved, so that whatever else the machine does weighs on both; judge by the ratio. Goals: annotated at
least 1.8 times as fast as the plain loop (whose mp4v file no browser plays), without video at least 1.6 times.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import poise

sys.path.insert(0, str(Path(__file__).parent))
import plain

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "sample_videos" / "upper-trapezius-stretch.mp4"
GOALS = {"annotated": 1.8, "no video": 1.6}


def main() -> None:
    """Print machine, versions, medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clip", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--exercise", default="upper-trapezius-stretch")
    parser.add_argument("--bundle", type=Path, help="the stock bundle for the plain loop (default: the cached one)")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    from poise.io.model.find import resolve_model

    bundle = options.bundle or resolve_model("full", masks=True).path
    packages = ", ".join(f"{name} {version(name)}" for name in ("mediapipe", "opencv-python", "av"))
    print(f"{platform.platform()}, Python {platform.python_version()}, {packages}, {options.clip.name}")
    times: dict[tuple[str, str], list[float]] = {}
    with tempfile.TemporaryDirectory() as name:
        for _ in range(options.rounds):
            for what in GOALS:
                one_round(what, options, bundle, Path(name), times)
    for what, goal in GOALS.items():
        ours, theirs = (statistics.median(times[what, who]) for who in ("poise", "plain"))
        verdict = "reached" if theirs / ours >= goal else "missed"
        print(
            f"{what:10s} plain {1000 * theirs:6.2f} ms a frame, poise {1000 * ours:6.2f}: "
            f"{theirs / ours:.2f} times as fast (goal {goal}: {verdict})"
        )


def one_round(
    what: str, options: argparse.Namespace, bundle: Path, folder: Path, times: dict[tuple[str, str], list[float]]
) -> None:
    """One run of each, in seconds per frame."""
    video = what == "annotated"
    frames, seconds = plain.analyze(options.clip, bundle, folder / "plain.mp4" if video else None)
    times.setdefault((what, "plain"), []).append(seconds / frames)
    result = poise.analyze(options.clip, options.exercise, out=folder / "poise", video=video)
    times.setdefault((what, "poise"), []).append(result.seconds / result.session.frames)


if __name__ == "__main__":
    main()
