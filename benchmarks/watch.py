"""What `poise watch` costs: the share of one core that a look a second takes, camera and window left out.

usage: python benchmarks/watch.py [SECONDS]

The looks are real ones of a sample clip; between two of them the program sleeps as it does in use. A camera adds what
its driver takes, and nothing is decoded between two looks.
"""

from __future__ import annotations

import platform
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from poise.app.watch import Asked, Idle, Watch
from poise.core.live.watching import Advice, Look, Watching
from poise.core.types import Frame
from poise.io.calls import call
from poise.io.mediapipe_backend import MediaPipeBackend
from poise.io.model.find import resolve_model
from poise.io.specs import load_spec
from poise.io.video import VideoFile

CLIP = Path(__file__).parents[1] / "sample_videos" / "seated-posture.mp4"


class Desk:
    """A camera that shows one picture of the clip after the other, and a person who asks for nothing."""

    def __init__(self, seconds: float) -> None:
        self._frames = [frame for frame in VideoFile(CLIP) if frame.index % 10 == 0]
        self._end_s = time.monotonic() + seconds
        self.looks: list[float] = []

    def __iter__(self) -> Iterator[Frame]:
        while time.monotonic() < self._end_s:
            yield self._frames[len(self.looks) % len(self._frames)]

    def close(self) -> None:
        """Nothing to give back."""

    def show(self, look: Look, frame: Frame) -> None:
        """Keep the processor's time of the looks after the learning."""
        del frame
        if look.posture != "learning":
            self.looks.append(time.process_time())

    def idle(self, why: Idle, what: str) -> None:
        """There is no call here that would matter."""

    def tell(self, advice: Advice) -> None:
        """Nobody listens."""

    def asked(self) -> Asked | None:
        """Nobody asks."""
        return None

    def take_break(self) -> None:
        """Nobody does."""


def main() -> None:
    """Watch for a while and print the share."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    with closing(MediaPipeBackend(resolve_model(None).path)) as backend:
        desk = Desk(seconds)
        Watch(Watching(load_spec("seated-posture")), lambda: desk, backend, desk, call=lambda: call() and None).run()
    spent_s = (desk.looks[-1] - desk.looks[0]) / (len(desk.looks) - 1)
    print(f"{platform.machine()}, Python {platform.python_version()}, {len(desk.looks)} looks, one a second")
    print(f"{1000 * spent_s:.1f} ms of processor time a look: {100 * spent_s:.1f} % of one core")


if __name__ == "__main__":
    main()
