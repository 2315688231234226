"""Whether memory stays flat over an hour of live work.

usage: python benchmarks/live_memory.py [--minutes M] [--model]

One clip is played round and round to the loop of ``poise live`` (flow, screens, announcer, store), as fast as it goes:
nothing waits for a clock, so that an hour takes some minutes. With --model every picture goes through the pose model,
too, otherwise poses come from the clip's track. Prints the memory in use every five minutes of the session; goal: over
the second half it grows by less than 5 MB.
"""

from __future__ import annotations

import argparse
import gc
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from poise.app.live import Live
from poise.app.speaker import Silence
from poise.app.tracking import track_of
from poise.core.live.flow import Flow
from poise.core.live.moment import Moment
from poise.core.session import Session
from poise.core.types import ByteArray, Frame, Pose, PoseBackend
from poise.io.mediapipe_backend import MediaPipeBackend
from poise.io.model.find import resolve_model
from poise.io.overlay import Screens
from poise.io.pictures import picture_of
from poise.io.specs import load_spec
from poise.io.store import Header, StoreRecorder, open_store
from poise.io.video import VideoFile

CLIP = Path(__file__).parents[1] / "sample_videos" / "upper-trapezius-stretch.mp4"
PICTURES = 24  # of the clip that are shown in turn: all of them would be half the memory
EVERY_S = 300.0
GOAL_MB = 5.0


class Endless:
    """A camera that gives the poses' times round and round, and measures memory on the way.

    Args:
        poses: Of the clip.
        minutes: How long it lasts.
    """

    def __init__(self, poses: tuple[Pose, ...], minutes: float) -> None:
        self.measured: list[tuple[float, float]] = []
        self.ended = False
        self._frames = self._forever(poses, 60.0 * minutes)

    def take(self, _: float) -> Frame | None:
        """The next frame at once."""
        frame = next(self._frames, None)
        self.ended = frame is None
        return frame

    def _forever(self, poses: tuple[Pose, ...], seconds: float) -> Iterator[Frame]:
        pictures = [frame.bgr for frame in islice(VideoFile(CLIP), PICTURES)]
        start_s, index, due_s = 0.0, 0, 0.0
        while start_s < seconds:
            for pose in poses:
                t_s = start_s + pose.t_s
                if t_s >= due_s:
                    self._measure(t_s)
                    due_s += EVERY_S
                yield Frame(index, t_s, pictures[index % PICTURES])
                index += 1
            start_s = t_s + 1 / 24
        self._measure(start_s)

    def _measure(self, t_s: float) -> None:
        gc.collect()
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        self.measured.append((t_s / 60, pages * os.sysconf("SC_PAGE_SIZE") / 1e6))
        print(f"{self.measured[-1][0]:6.1f} min {self.measured[-1][1]:8.1f} MB", flush=True)


class Track:
    """The poses of a clip round and round, in place of the model."""

    def __init__(self, poses: tuple[Pose, ...]) -> None:
        self._poses = poses

    def estimate(self, frame: Frame) -> Pose:
        """The pose whose turn it is."""
        return replace(self._poses[frame.index % len(self._poses)], t_s=frame.t_s)

    def close(self) -> None:
        """Nothing to close."""


class Nowhere:
    """A screen that nobody sees."""

    room = (1280, 760)

    def show(self, bgr: ByteArray) -> None:
        """Nobody looks."""

    def key(self) -> None:
        """Nobody presses anything."""

    def close(self) -> None:
        """Nothing to close."""


def main() -> None:
    """Print memory over time, and whether it is flat."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--model", action="store_true", help="run the pose model on every picture")
    options = parser.parse_args()
    poses = track_of(CLIP).poses
    backend: PoseBackend = MediaPipeBackend(resolve_model().path) if options.model else Track(poses)
    spec = load_spec("upper-trapezius-stretch").with_dose(hold=5)
    blank = Session(poise="0", source="benchmark", exercise=spec.id, model="")
    flow = Flow([(spec, blank)] * (2 + round(options.minutes)))
    counted: list[Moment] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "poise.sqlite"
        open_store(path).close()
        recorder = StoreRecorder(path, Header(datetime.now(), "benchmark", "", "0", None, {}))
        camera = Endless(poses, options.minutes)
        started_s = time.monotonic()
        Live(
            flow, camera, backend, Nowhere(), screens=Screens(pictures=picture_of), ear=Silence(),  # type: ignore[arg-type]
            recorder=recorder, watchers=[lambda moment: counted.__setitem__(slice(None), [moment])],
        ).run()  # fmt: skip
        recorder.close()
    exercises, took_s = counted[-1].number, time.monotonic() - started_s
    half = [megabytes for minutes, megabytes in camera.measured if minutes >= options.minutes / 2]
    grown = half[-1] - half[0]
    print(f"{options.minutes:g} minutes, {exercises} exercises, in {took_s:.0f} s")
    print(f"the second half grew by {grown:.1f} MB (goal {GOAL_MB:g}: {'reached' if grown < GOAL_MB else 'missed'})")


if __name__ == "__main__":
    main()
