"""Records a demonstration with the camera, because an author asked for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from poise.core.types import Frame, FrameSource
from poise.errors import SourceError
from poise.io.encode import VideoWriter
from poise.io.overlay import Notice, draw_demonstration
from poise.io.window import Screen

READY_S = 5.0  # to step back from the keyboard
READY: Notice = ("Get into place", "all of you that moves in the picture, at rest")
SHOW: Notice = ("Recording", "do it two to five times, back to rest each time · space ends it")


def record_demonstration(
    source: FrameSource, path: Path, time_s: float, say: Callable[[str], None], screen: Screen | None = None
) -> Path:
    """Record what a camera sees for a while, after a moment to get into place.

    Args:
        source: The camera.
        path: The clip to write.
        time_s: Seconds to record.
        say: Told what to do, in a line.
        screen: Shows the picture with a countdown; its keys (space, enter, q, or closing it) end the recording.

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
            if now_s >= time_s or (screen and _shown(screen, frame, now_s, time_s)):
                break
            if now_s < 0:
                continue
            if writer is None:
                say("Recording: from rest, do it two to five times, and come back to rest.")
                writer = VideoWriter(path, frame.size_px)
            writer.write(frame.bgr, now_s)
    except KeyboardInterrupt:
        say("Ended.")
    if writer is None:
        what = "the camera gave no picture" if began_s is None else "it ended before anything was recorded"
        raise SourceError(what, "see `poise doctor`" if began_s is None else "wait for the countdown, then show it")
    writer.close()
    return writer.path


def _shown(screen: Screen, frame: Frame, now_s: float, time_s: float) -> bool:
    """Show a moment; whether a key ends it."""
    recording = now_s >= 0
    left_s, whole_s = (time_s - now_s, time_s) if recording else (-now_s, READY_S)
    notice = SHOW if recording else READY
    screen.show(draw_demonstration(frame.bgr, notice, left_s, whole_s, recording=recording, room=screen.room))
    key = screen.key()
    return key == "q" or (recording and key in ("space", "enter"))
