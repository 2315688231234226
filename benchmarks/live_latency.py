"""How old a picture is when it is shown: Poise against the plain tutorial loop, on an idle and on a busy machine.

usage: python benchmarks/live_latency.py [CLIP] [--exercise ID] [--bundle STOCK.task] [--seconds S] [--rounds N]

A clip of 640x480 stands in for a webcam that takes 30 pictures a second, compresses them, and keeps up to four until
they are read, as drivers do; with its buffers full it drops what it takes. Such a camera has 1280x720, with which our
goals were measured, and that is what the tutorial reads; Poise asks for 640x480, the middle of it. To tell what comes
of that, the tutorial is measured with these smaller pictures, too. The loops read in turn.

On the busy machine processes do nothing but count: one for each core, about as much as a session bears on two slow
cores while it still gets nearly every picture, and, to see how it ends, two for each. Goals for the median age: at most
0.65 of the plain loop's on the idle machine, at most 0.15 on the busy one.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import statistics
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from poise.app.mailbox import LatestFrame
from poise.core.types import Frame
from poise.io.camera import Camera
from poise.io.model.find import resolve_model
from poise.io.video import VideoFile, opencv_on_one_thread

sys.path.insert(0, str(Path(__file__).parent))
from live_loop import SAMPLE, PlainLoop, PoiseLoop

FPS = 30
BUFFERS = 4  # what V4L2 and OpenCV agree on
WARM_UP_S = 2.0
CORES = os.cpu_count() or 1
#: Name, counting processes, and goal.
MACHINES = (("idle", 0, 0.65), ("busy", CORES, 0.15), ("very busy", 2 * CORES, math.inf))


class Webcam:
    """Takes pictures by the clock, whether or not anybody reads them."""

    def __init__(self, jpegs: list[NDArray[np.uint8]], seconds: float) -> None:
        self._jpegs = jpegs
        self._start_s = time.monotonic()
        self._count = round(seconds * FPS)
        self._taken = 0
        self._buffers: deque[int] = deque()

    def read(self) -> tuple[float, NDArray[np.uint8]] | None:
        """The oldest picture that nobody has read, and when it was taken; None at the end."""
        self._catch_up()
        if not self._buffers:
            if self._taken >= self._count:
                return None
            time.sleep(max(0.0, self._start_s + self._taken / FPS - time.monotonic()))
            self._catch_up()
        number = self._buffers.popleft()
        picture = cv2.imdecode(self._jpegs[number % len(self._jpegs)], cv2.IMREAD_COLOR)
        return self._start_s + number / FPS, np.asarray(picture, np.uint8)

    def release(self) -> None:
        """Nothing is held."""

    def _catch_up(self) -> None:
        while self._taken < self._count and self._start_s + self._taken / FPS <= time.monotonic():
            if len(self._buffers) < BUFFERS:
                self._buffers.append(self._taken)
            self._taken += 1


def main() -> None:
    """Print machine, versions, medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clip", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--exercise", default="upper-trapezius-stretch")
    parser.add_argument("--bundle", type=Path, help="the stock bundle for the plain loop (default: the cached one)")
    parser.add_argument("--seconds", type=float, default=10.0, help="how long each run lasts")
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    packages = ", ".join(f"{name} {version(name)}" for name in ("mediapipe", "opencv-python", "numpy"))
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, {packages}")
    small = [frame.bgr for frame in islice(VideoFile(options.clip), 300)]
    few, many = compressed(small), compressed([widened(picture) for picture in small])
    bundle = options.bundle or resolve_model("full", masks=True).path
    for machine, busy, goal in MACHINES:
        ages: dict[str, list[float]] = {"plain, 1280x720": [], "plain, 640x480": [], "poise": []}
        with hogs(busy):
            for _ in range(options.rounds):
                ages["plain, 1280x720"] += plain_ages(many, options.seconds, bundle)
                ages["poise"] += poise_ages(few, options.seconds, options.exercise)
                ages["plain, 640x480"] += plain_ages(few, options.seconds, bundle)
        report(machine, ages, goal)


def compressed(pictures: list[NDArray[np.uint8]]) -> list[NDArray[np.uint8]]:
    """As JPEG, at the quality at which it is made unless told otherwise."""
    return [np.asarray(cv2.imencode(".jpg", picture)[1], np.uint8) for picture in pictures]


def widened(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The 1280x720 of which this is the middle; what lies beside it repeats its edges."""
    middle = cv2.resize(picture, (960, 720), interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.copyMakeBorder(middle, 0, 0, 160, 160, cv2.BORDER_REPLICATE), np.uint8)


def plain_ages(jpegs: list[NDArray[np.uint8]], seconds: float, bundle: Path) -> list[float]:
    """The tutorial: read, work, show, one after the other. Seconds from taking to showing of each picture."""
    loop = PlainLoop(bundle, show=False)
    camera, start_s = Webcam(jpegs, seconds), time.monotonic()
    ages: list[float] = []
    while read := camera.read():
        taken_s, picture = read
        loop.take(Frame(len(ages), taken_s - start_s + 1.0, picture))
        ages.append(time.monotonic() - taken_s)
    loop.close()
    return ages[round(WARM_UP_S * len(ages) / seconds) :]


def poise_ages(jpegs: list[NDArray[np.uint8]], seconds: float, exercise: str) -> list[float]:
    """What `poise live` does: a thread that reads, and the newest frame for everything else."""
    loop = PoiseLoop(exercise, show=False)
    webcam, ages = Webcam(jpegs, seconds), []
    last_s = time.monotonic() + seconds - 2 / FPS  # a camera that ends would be waited for
    with opencv_on_one_thread(), closing(LatestFrame(Camera("the clip", lambda: webcam))) as frames:
        for frame in frames:
            loop.take(frame)
            ages.append(loop.shown_s - frame.t_s)
            if frame.t_s >= last_s:
                break
    loop.close()
    return ages[round(WARM_UP_S * len(ages) / seconds) :]


def report(machine: str, ages: dict[str, list[float]], goal: float) -> None:
    """Medians, and whether the goal is reached."""
    median_ms = {who: 1000 * statistics.median(values) for who, values in ages.items()}
    for who, values in ages.items():
        late_ms = 1000 * statistics.quantiles(values, n=20)[-1]
        print(f"  {machine}, {who:16s}{median_ms[who]:7.1f} ms (19 of 20 below {late_ms:.1f}), {len(values)} pictures")
    ratio, alike = (median_ms["poise"] / median_ms[f"plain, {size}"] for size in ("1280x720", "640x480"))
    told = "" if goal == math.inf else f" (goal {goal}: {'reached' if ratio <= goal else 'missed'})"
    print(f"{machine}: {ratio:.3f} of the plain loop's{told}; {alike:.3f} when it reads 640x480 as well")


@contextmanager
def hogs(count: int) -> Iterator[None]:
    """So many processes that do nothing but count."""
    running = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for process in running:
            process.kill()
            process.wait()


if __name__ == "__main__":
    main()
