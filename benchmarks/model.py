"""Lean pose bundle against the vendor's, and the time from process start to the first pose.

usage: python benchmarks/model.py [CLIP] [--whole BUNDLE] [--frames N] [--starts N]

Goals: a frame costs at most 0.68 of the whole bundle's with landmarks that do not differ, and the first pose is there
0.4 s after the process starts. Both bundles see each frame in turn, in changing order, so that whatever else the
machine does weighs on both; judge by the ratio.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import time
from importlib.metadata import version
from itertools import takewhile
from pathlib import Path

import cv2
import numpy as np

from poise.core.types import Frame, Pose
from poise.io.mediapipe_backend import MediaPipeBackend
from poise.io.model.find import resolve_model

RATIO_GOAL = 0.68
START_GOAL_S = 0.4
SAMPLES = Path(__file__).parents[1] / "sample_videos"

#: What a session does until its first pose. The model is looked up too: that checks the cached file.
FIRST_POSE = """
import sys
import cv2
from poise.core.types import Frame
from poise.io.mediapipe_backend import MediaPipeBackend
from poise.io.model.find import resolve_model
backend = MediaPipeBackend(resolve_model().path)
backend.estimate(Frame(0, 0.0, cv2.VideoCapture(sys.argv[1]).read()[1]))
print(flush=True)
"""


def main() -> None:
    """Print the machine, both measurements and whether the goals are reached."""
    arguments = parse_arguments()
    frames = read_frames(arguments.clip, arguments.frames)
    whole = arguments.whole or resolve_model("full", masks=True).path
    lean = resolve_model(arguments.whole or "full").path
    packages = ", ".join(f"{name} {version(name)}" for name in ("mediapipe", "numpy", "opencv-python"))
    print(f"{platform.platform()}, {platform.processor() or platform.machine()}, Python {platform.python_version()}")
    print(f"{packages}; {arguments.clip.name}, {len(frames)} frames of {frames[0].size_px}")

    whole_s, lean_s, difference = compare(whole, lean, frames)
    ratio = statistics.median(lean_s) / statistics.median(whole_s)
    print(f"whole bundle   {1000 * statistics.median(whole_s):6.2f} ms a frame (median)")
    print(f"lean bundle    {1000 * statistics.median(lean_s):6.2f} ms a frame (median)")
    print(f"ratio          {ratio:6.3f}    goal at most {RATIO_GOAL}: {verdict(ratio <= RATIO_GOAL)}")
    print(f"landmarks      {difference:6.1f} px at most apart, goal 0.0: {verdict(difference == 0)}")

    time_first_pose(arguments.clip)  # fills the bytecode cache
    starts_s = [time_first_pose(arguments.clip) for _ in range(arguments.starts)]
    start_s = statistics.median(starts_s)
    print(
        f"first pose     {start_s:6.3f} s after process start (median of {len(starts_s)}, {min(starts_s):.3f} at best),"
    )
    print(f"               goal {START_GOAL_S}: {verdict(start_s <= START_GOAL_S)}")


def parse_arguments() -> argparse.Namespace:
    """The command line, with a sample clip where none is given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sample = next(iter(sorted(SAMPLES.glob("**/*.mp4"))), None)
    parser.add_argument("clip", nargs="?" if sample else None, type=Path, default=sample)
    parser.add_argument("--whole", type=Path, help="a bundle with segmentation, instead of the cached one")
    parser.add_argument("--frames", type=int, default=300)
    parser.add_argument("--starts", type=int, default=9)
    return parser.parse_args()


def read_frames(clip: Path, count: int) -> list[Frame]:
    """The first frames of a clip, decoded beforehand so that decoding is not measured."""
    capture = cv2.VideoCapture(str(clip))
    fps = capture.get(cv2.CAP_PROP_FPS) or 30.0
    reads = takewhile(lambda read: read[0], (capture.read() for _ in range(count)))
    frames = [Frame(index, index / fps, np.asarray(bgr, np.uint8)) for index, (_, bgr) in enumerate(reads)]
    if not frames:
        sys.exit(f"error: {clip} has no frames that can be read")
    return frames


def compare(whole: Path, lean: Path, frames: list[Frame]) -> tuple[list[float], list[float], float]:
    """Seconds of each frame with either bundle, and the largest difference of a landmark in pixels."""
    backends = [MediaPipeBackend(whole), MediaPipeBackend(lean)]
    seconds: list[list[float]] = [[], []]
    difference = 0.0
    for frame in frames:
        poses: dict[int, Pose] = {}
        for which in (0, 1) if frame.index % 2 else (1, 0):
            began = time.perf_counter()
            poses[which] = backends[which].estimate(frame)
            seconds[which].append(time.perf_counter() - began)
        if poses[0].found != poses[1].found:
            difference = float("inf")
        elif poses[0].found:
            difference = max(difference, float(np.abs(poses[0].xy_px - poses[1].xy_px).max()))
    for backend in backends:
        backend.close()
    return seconds[0], seconds[1], difference


def time_first_pose(clip: Path) -> float:
    """Seconds from starting a process until it has its first pose."""
    # Installed programs have their bytecode cached; a setting that forbids it would measure the compiler.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", FIRST_POSE, str(clip)]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        if process.stdout is None or not process.stdout.readline():
            sys.exit("error: the process ended without a pose")
        return time.perf_counter() - began


def verdict(reached: bool) -> str:
    """One word for a goal."""
    return "reached" if reached else "MISSED"


if __name__ == "__main__":
    main()
