"""What a user may name as a camera."""

from __future__ import annotations

from poise.app.reel import Reel, clips_of
from poise.core.types import FrameSource
from poise.io.camera import Paced, open_camera, open_stream
from poise.io.session_file import source_text
from poise.io.video import VideoFile


def source_name(spec: str) -> str:
    """The same as a session records it: "camera 0", the file, or the address without a password in it."""
    if spec.isascii() and spec.isdigit():
        return f"camera {int(spec)}"
    if "://" not in spec:
        return source_text(spec)
    scheme, _, rest = spec.partition("://")
    # A password may hold a slash or a question mark: rather part of a path is lost than part of it told.
    return source_text(f"{scheme}://{rest.rpartition('@')[2].partition('?')[0]}")


def open_source(spec: str, *, size_px: tuple[int, int] = (640, 480)) -> FrameSource:
    """Open a live source.

    Args:
        spec: A number (a camera of this machine), an address with ``://`` (a network stream), or else a file, which is
            played at its own pace; a folder, or files with commas between, are played one after another.
        size_px: Width and height to ask a camera for.

    Raises:
        SourceError: It cannot be opened.
    """
    if spec.isascii() and spec.isdigit():
        return open_camera(int(spec), size_px)
    if "://" in spec:
        return open_stream(spec)
    clips = clips_of(spec)
    return Reel(clips) if clips else Paced(VideoFile(spec))
