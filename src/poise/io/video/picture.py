"""How a stored picture becomes an upright one with square pixels, in the colours that it is tagged with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, cast

import av
import cv2
import numpy as np
from av.sidedata.sidedata import SideData
from av.sidedata.sidedata import Type as SideDataType
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter

from poise.core.types import ByteArray

_SQUARE_TOLERANCE: Final = 0.01  # resizing for less than this would only blur
#: Without a colour tag players take BT.601 up to this height (PAL) and BT.709 above, and so do we.
_SD_HEIGHT_PX: Final = 576
_UNSPECIFIED: Final = 2


@dataclass(frozen=True, slots=True)
class Shape:
    """How a stored picture becomes an upright one with square pixels: resize, then transpose, then flip.

    A picture that changes its size on the way (a call recorded over a poor line) is resized to that of the first one.
    """

    width: int
    height: int
    transposed: bool = False
    flip_x: bool = False
    flip_y: bool = False

    @classmethod
    def of(cls, picture: av.VideoFrame, aspect: Fraction | None) -> Shape:
        """The shape of a clip, which is known only with its first picture."""
        width, height = _square_size(picture.width, picture.height, aspect)
        # Not VideoFrame.rotation: it reports a mirrored picture as one turned by 180 degrees.
        side_data = cast(Iterable[SideData], picture.side_data)  # its stub says str
        matrix = next((data for data in side_data if data.type == SideDataType.DISPLAYMATRIX), None)
        if matrix is None:
            return cls(width, height)
        (a, b, _), (c, d, _) = np.frombuffer(bytes(matrix), np.int32).reshape(3, 3)[:2].tolist()
        if abs(b) > abs(a):
            return cls(width, height, transposed=True, flip_x=c < 0, flip_y=b < 0)
        return cls(width, height, flip_x=a < 0, flip_y=d < 0)

    @property
    def upright_px(self) -> tuple[int, int]:
        """Width and height of the upright picture."""
        return (self.height, self.width) if self.transposed else (self.width, self.height)

    def converted(self, picture: av.VideoFrame, reformatter: VideoReformatter) -> ByteArray:
        """(H, W, 3) blue-green-red, upright."""
        tagged = picture.colorspace != _UNSPECIFIED or picture.color_range == ColorRange.JPEG
        guess_bt709 = not tagged and not picture.format.is_rgb and picture.height > _SD_HEIGHT_PX
        converted = reformatter.reformat(
            picture,
            width=self.width,
            height=self.height,
            format="bgr24",
            src_colorspace=Colorspace.ITU709 if guess_bt709 else None,
            threads=1,
        )
        return self._upright(cast(ByteArray, converted.to_ndarray()))

    def _upright(self, bgr: ByteArray) -> ByteArray:
        if self.transposed:
            bgr = cast(ByteArray, cv2.transpose(bgr))
        if self.flip_x or self.flip_y:
            bgr = cast(ByteArray, cv2.flip(bgr, -1 if self.flip_x and self.flip_y else int(self.flip_x)))
        return bgr


@contextmanager
def opencv_on_one_thread() -> Iterator[None]:
    """Keep OpenCV from threads of its own meanwhile: between pictures they spin, on cores that the pose model needs."""
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        yield
    finally:
        cv2.setNumThreads(threads)


def _square_size(width: int, height: int, aspect: Fraction | None) -> tuple[int, int]:
    """The height is kept, as players do; an absurd aspect ratio is taken for a damaged header."""
    if not aspect or not 0.125 <= aspect <= 8 or abs(aspect - 1) < _SQUARE_TOLERANCE:
        return width, height
    return max(1, round(width * aspect)), height
