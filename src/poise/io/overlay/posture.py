"""The small picture of somebody at work: how they sit, and for how long."""

from __future__ import annotations

from poise.core.coach import Snapshot
from poise.core.types import ByteArray
from poise.io.overlay.bar import Bar
from poise.io.overlay.figure import Figure
from poise.io.overlay.overlay import Size, enlarged
from poise.io.overlay.style import Sizes
from poise.io.overlay.telling import Spoken


class PostureView:
    """Draws looks at somebody, in order of time.

    Args:
        room: Width and height that the picture may fill.
    """

    def __init__(self, room: Size) -> None:
        self._room = room
        self._bar = Bar()

    def draw(self, bgr: ByteArray, snapshot: Snapshot, spoken: Spoken, *, mirrored: bool) -> ByteArray:
        """A new picture: the camera's, with what is said along an edge, off the face.

        Args:
            bgr: (H, W, 3) uint8, the frame that was looked at; left as it is.
            snapshot: What was seen.
            spoken: What to say of it.
            mirrored: Show it as a mirror does.
        """
        picture = enlarged(bgr, mirrored, self._room)
        height, width = picture.shape[:2]
        sizes = Sizes.of(width, height)
        figure = Figure(snapshot.reading.body, width, mirrored, sizes, width / bgr.shape[1])
        figure.draw_skeleton(picture, None)
        self._bar.draw(picture, spoken, None, sizes, figure.head_box())
        return picture
