"""The picture while somebody shows an exercise to the camera: themselves, what to do, and how long it still goes on."""

from __future__ import annotations

from poise.core.types import ByteArray
from poise.io.overlay.card import draw_countdown
from poise.io.overlay.ink import draw_panel
from poise.io.overlay.overlay import Notice, Size, draw_notice, enlarged
from poise.io.overlay.style import INK

_LARGE, _SMALL = 0.34, 0.18  # of the picture's height: the countdown, in a corner, where it hides nobody
_EDGE = 0.04
_LOWER = 0.76  # of the height: below it there is room for words


def draw_demonstration(
    bgr: ByteArray, notice: Notice, left_s: float, whole_s: float, *, recording: bool, room: Size | None = None
) -> ByteArray:
    """A new picture of this moment, as in a mirror.

    Args:
        bgr: (H, W, 3) as the camera sees it.
        notice: What to do.
        left_s: Seconds left, of ``whole_s``.
        whole_s: Seconds in all.
        recording: Whether it is kept already; then the countdown is small.
        room: Width and height that the picture may fill.
    """
    picture = enlarged(bgr, True, room)
    height, width = picture.shape[:2]
    side = round((_SMALL if recording else _LARGE) * height)
    edge = round(_EDGE * height)
    box = (width - side - edge, edge, width - edge, edge + side)
    draw_panel(picture, box, INK, side)  # the number is read on a white wall too
    draw_countdown(picture, box, left_s, 1.0 - left_s / whole_s)
    draw_notice(picture, notice, (0, round(_LOWER * height), width, height))
    return picture
