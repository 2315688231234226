"""Recordings one after another in place of a camera: a demonstration, or a proof, of a whole routine."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final

from poise.core.live.flow import Flow
from poise.core.live.moment import Moment
from poise.core.types import Frame
from poise.errors import SourceError
from poise.io.video import VideoFile

VIDEO_SUFFIXES: Final = (".mp4", ".mov", ".mkv", ".webm", ".avi")
_STILL_S: Final = 0.1  # between two copies of a picture that stands
_ENOUGH_S: Final = 4.0  # what has not been counted by then will not be counted
_SUMMARY_S: Final = 5.0


class Reel:
    """Plays clips at their own pace. The last picture of a clip stands until the person is placed for the next one.

    Args:
        clips: The files, in order.
        clock: Seconds that never go back.
    """

    def __init__(self, clips: Sequence[Path], clock: Callable[[], float] = time.monotonic) -> None:
        self._clips = tuple(clips)
        self._clock = clock
        self._closed = threading.Event()
        self._next = threading.Event()
        self._still_since_s: float | None = None  # on the clock: since when a clip is over

    def __iter__(self) -> Iterator[Frame]:
        start_s, index = self._clock(), 0
        for clip in self._clips:
            begin_s = self._clock() - start_s
            last: Frame | None = None
            with closing(VideoFile(clip)) as frames:
                for frame in frames:
                    t_s = begin_s + frame.t_s
                    if self._closed.wait(max(0.0, start_s + t_s - self._clock())):
                        return
                    last = replace(frame, index=index, t_s=t_s)
                    index += 1
                    yield last
            self._still_since_s = self._clock()
            self._next.clear()
            while last is not None and not self._next.wait(_STILL_S):
                if self._closed.is_set():
                    return
                last = replace(last, index=index, t_s=self._clock() - start_s)
                index += 1
                yield last
            self._still_since_s = None

    def close(self) -> None:
        """End the iteration."""
        self._closed.set()
        self._next.set()

    def follow(self, moment: Moment, flow: Flow) -> None:
        """Go on with the next clip when the person is to be placed, and past what a clip did not finish."""
        since_s = self._still_since_s
        if since_s is None:
            return
        still_s = self._clock() - since_s
        if moment.phase in ("placing", "neutral", "ready"):
            self._next.set()
        elif moment.phase == "work" and still_s > _ENOUGH_S:
            self._still_since_s = self._clock()
            flow.command("next")
        elif moment.phase == "summary" and still_s > _SUMMARY_S:
            self.close()


def clips_of(name: str) -> list[Path]:
    """What a user may give in place of a camera to have several clips played: a folder, or files with commas between.

    Raises:
        SourceError: The folder has no clips.
    """
    path = Path(name)
    if path.is_dir():
        clips = sorted(one for one in path.iterdir() if one.suffix.lower() in VIDEO_SUFFIXES)
        if not clips:
            raise SourceError(f"{name} has no clips", f"it may hold {', '.join(VIDEO_SUFFIXES)}")
        return clips
    parts = [Path(part.strip()) for part in name.split(",")]
    return parts if len(parts) > 1 and not path.exists() and all(part.suffix for part in parts) else []
