"""What an analysis leaves behind, and a clip to be analysed."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np

#: Eleven seconds of a phone that now and then needs longer for a picture.
UNEVEN_S = [t for t in np.cumsum([0.0, *([0.04, 0.04, 0.12, 0.05, 0.03] * 39)]).tolist() if t < 11]

#: All that an analysis leaves in the clip's folder.
RESULTS = ["annotated.mp4", "measures.csv", "repetitions.csv", "report.html", "session.json"]


def no_thread_is_left() -> bool:
    """Whether the threads of the pipeline have ended."""
    return not {"read ahead", "work behind"} & {thread.name for thread in threading.enumerate()}


def left_in(folder: Path) -> list[str]:
    """Files in a folder and below."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def interrupt_at(count: int) -> object:
    """A progress bar during which somebody presses Ctrl-C."""

    def progress(frames: int, _: int | None) -> None:
        if frames == count:
            raise KeyboardInterrupt

    return progress
