"""What a live frame costs, with everything on, against the plain tutorial loop on the same frames in the same run.

usage: python benchmarks/live_loop.py [CLIP] [--exercise ID] [--bundle STOCK.task] [--frames N] [--show]

Each frame goes through both, in changing order, so that whatever else the machine does weighs on both; judge by the
ratios. Goals: Poise (lean bundle, coach, overlay) costs less than the plain loop (stock bundle, lines and dots); the
coach alone costs at most 4 % of the bare read-convert-detect loop, and less than 0.3 ms.
"""

from __future__ import annotations

import argparse
import math
import platform
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

from poise.core.coach import Coach
from poise.core.live.announcer import Announcer
from poise.core.live.flow import Flow
from poise.core.session import Session
from poise.core.spec import Spec
from poise.core.types import Frame, Pose
from poise.io.mediapipe_backend import MediaPipeBackend
from poise.io.model.find import resolve_model
from poise.io.overlay import Screens
from poise.io.specs import load_spec
from poise.io.video import VideoFile
from poise.io.window import Window

sys.path.insert(0, str(Path(__file__).parent))
import plain

SAMPLE = Path(__file__).parents[1] / "sample_videos" / "upper-trapezius-stretch.mp4"
ROOM = (1280, 760)  # of a laptop's screen
STAGES = ("convert and detect", "coach", "draw", "show", "choose what is heard")


class PoiseLoop:
    """Everything that `poise live` does with a frame once it has it."""

    def __init__(self, exercise: str, show: bool) -> None:
        self.spec = spec = load_spec(exercise)
        self.poses: list[Pose] = []
        self._backend = MediaPipeBackend(resolve_model().path)
        self._flow = Flow([(spec, Session(poise="", source="", exercise=spec.id, model=""))])
        self._screens = Screens(room=ROOM)
        self._beside = ThreadPoolExecutor(1)
        self._announcer = Announcer()
        self._window = Window("poise") if show else None
        self.costs_s: dict[str, list[float]] = {stage: [] for stage in STAGES}
        self.shown_s = 0.0

    def take(self, frame: Frame) -> None:
        """One frame, each stage timed."""
        ticks = [time.perf_counter()]
        ground = self._beside.submit(self._screens.ground, frame.bgr, True)
        pose = self._backend.estimate(frame)
        ticks.append(time.perf_counter())
        moment = self._flow.step(pose)
        ticks.append(time.perf_counter())
        self.poses.append(pose)
        picture = self._screens.draw(frame.bgr, moment, mirrored=True, ground=ground.result())
        ticks.append(time.perf_counter())
        if self._window:
            self._window.show(picture)
            self._window.key()
        ticks.append(time.perf_counter())
        self.shown_s = time.monotonic()
        self._announcer.take(moment, busy=False)
        ticks.append(time.perf_counter())
        for stage, before, after in zip(STAGES, ticks, ticks[1:], strict=False):
            self.costs_s[stage].append(after - before)

    def close(self) -> None:
        """Release the model."""
        self._beside.shutdown()
        self._backend.close()


class PlainLoop:
    """The tutorial: stock bundle, lines and dots."""

    def __init__(self, bundle: Path, show: bool) -> None:
        self._model = plain.landmarker(bundle)
        self._window = Window("plain") if show else None
        self.costs_s: list[float] = []
        self.detect_s: list[float] = []

    def take(self, frame: Frame) -> None:
        """One frame, timed."""
        started_s = time.perf_counter()
        landmarks = plain.detect(self._model, frame.bgr, round(1000 * frame.t_s))
        self.detect_s.append(time.perf_counter() - started_s)
        plain.draw(frame.bgr, landmarks)
        if self._window:
            self._window.show(frame.bgr)
            self._window.key()
        self.costs_s.append(time.perf_counter() - started_s)

    def close(self) -> None:
        """Release the model, which complains when the interpreter ends before it."""
        self._model.close()


def main() -> None:
    """Print machine, versions, medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clip", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--exercise", default="upper-trapezius-stretch")
    parser.add_argument("--bundle", type=Path, help="the stock bundle for the plain loop (default: the cached one)")
    parser.add_argument("--frames", type=int, default=600)
    parser.add_argument("--show", action="store_true", help="show the pictures in windows (needs a display)")
    options = parser.parse_args()
    ours = PoiseLoop(options.exercise, options.show)
    theirs = PlainLoop(options.bundle or resolve_model("full", masks=True).path, options.show)
    read_s = []
    before_s = time.perf_counter()
    for frame in VideoFile(options.clip):
        read_s.append(time.perf_counter() - before_s)
        own = Frame(frame.index, frame.t_s, frame.bgr.copy())  # the plain loop draws on its frame
        for loop, one in [(ours, own), (theirs, frame)][:: 1 if frame.index % 2 else -1]:
            loop.take(one)  # type: ignore[attr-defined]
        if frame.index + 1 >= options.frames:
            break
        before_s = time.perf_counter()
    ours.close()
    theirs.close()
    report(options.clip, statistics.median(read_s), ours, theirs)


def coach_alone_ms(spec: Spec, poses: list[Pose]) -> float:
    """The coach's mean cost a frame when it coaches a whole track: the best of three, in milliseconds."""
    best_s = math.inf
    for _ in range(3):
        coach = Coach(spec)
        started_s = time.perf_counter()
        for pose in poses:
            coach.step(pose)
        best_s = min(best_s, time.perf_counter() - started_s)
    return 1000 * best_s / len(poses)


def report(clip: Path, read_s: float, ours: PoiseLoop, theirs: PlainLoop) -> None:
    """The figures, and whether the goals are reached."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("mediapipe", "opencv-python", "numpy"))
    print(f"{platform.platform()}, Python {platform.python_version()}, {packages}, {clip.name}")
    median_ms = {stage: 1000 * statistics.median(costs) for stage, costs in ours.costs_s.items()}
    plain_ms = 1000 * statistics.median(theirs.costs_s)
    detect_ms = 1000 * statistics.median(theirs.detect_s)
    all_ms = 1000 * statistics.median(map(sum, zip(*ours.costs_s.values(), strict=True)))
    bare_ms = 1000 * read_s + median_ms["convert and detect"]
    for stage, cost in median_ms.items():
        print(f"  poise {stage:20s}{cost:7.3f} ms")
    print(f"  plain convert and detect  {detect_ms:7.3f} ms, everything {plain_ms:.3f} ms")
    checks = [
        ("inference, lean against stock", median_ms["convert and detect"] / detect_ms, 0.68),
        ("a live frame with everything on, against the plain loop", all_ms / plain_ms, 1.0),
        ("the coach, against the bare read-convert-detect loop", median_ms["coach"] / bare_ms, 0.04),
        ("the coach, in ms, in caches that the model has emptied", median_ms["coach"], 0.3),
        ("the coach, in ms, over the same poses one after another", coach_alone_ms(ours.spec, ours.poses), 0.3),
    ]
    for what, value, goal in checks:
        print(f"{what:58s}{value:6.3f} (goal {goal}: {'reached' if value <= goal else 'missed'})")


if __name__ == "__main__":
    main()
