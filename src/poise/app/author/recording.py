"""Records a demonstration with the camera, because an author asked for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from poise.core.types import FrameSource
from poise.errors import SourceError
from poise.io.encode import VideoWriter

READY_S = 5.0  # to step back from the keyboard


def record_demonstration(source: FrameSource, path: Path, time_s: float, say: Callable[[str], None]) -> Path:
    """Record what a camera sees for a while, after a moment to get into place.

    Args:
        source: The camera.
        path: The clip to write.
        time_s: Seconds to record.
        say: Told what to do, in a line.

    Returns:
        The clip that was written, which may have another ending than asked for.

    Raises:
        PoiseError: The camera gives no picture, or the clip cannot be written.
    """
    say(f"Get into place: it records in {READY_S:.0f} s, for {time_s:.0f} s. Ctrl+C ends it.")
    writer: VideoWriter | None = None
    began_s: float | None = None
    try:
        for frame in source:
            began_s = frame.t_s if began_s is None else began_s
            now_s = frame.t_s - began_s - READY_S
            if now_s < 0:
                continue
            if writer is None:
                say("Recording: from rest, do it two to five times, and come back to rest.")
                writer = VideoWriter(path, frame.size_px)
            if now_s >= time_s:
                break
            writer.write(frame.bgr, now_s)
    except KeyboardInterrupt:
        say("Ended.")
    if writer is None:
        raise SourceError("the camera gave no picture", "see `poise doctor`")
    writer.close()
    return writer.path
