"""Writes pictures as an H.264 file that a browser plays."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from av.video.reformatter import ColorRange

from studio.render import Picture

#: FFmpeg's number for BT.601, the matrix that OpenCV converts with.
BT601 = 6
#: Constant quality of x264: lower is better and bigger.
QUALITY = "28"


def write_video(path: Path, pictures: Iterable[Picture], size_px: tuple[int, int], fps: int) -> None:
    """Encode pictures.

    Args:
        path: The ``.mp4`` to write.
        pictures: (H, W, 3) RGB each.
        size_px: Width and height, even.
        fps: Pictures per second.
    """
    # One thread, no build information, and none of x264's look ahead by macroblock tree, whose last bits depend on
    # where memory happens to lie: the same pictures give the same bytes.
    options = {"crf": QUALITY, "preset": "medium", "threads": "1", "x264-params": "threads=1:no-mbtree=1"}
    with av.open(str(path), "w", options={"movflags": "+faststart", "fflags": "+bitexact"}) as container:
        stream = container.add_stream("libx264", rate=fps, options=options)
        stream.width, stream.height = size_px
        stream.pix_fmt = "yuv420p"
        stream.codec_context.colorspace = BT601
        stream.codec_context.color_range = ColorRange.MPEG
        stream.time_base = Fraction(1, fps)
        for index, picture in enumerate(pictures):
            # OpenCV converts: FFmpeg's scaler gives other last bits from run to run, with the alignment of memory.
            planes = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2YUV_I420), dtype=np.uint8)
            frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
            frame.pts = index
            frame.time_base = Fraction(1, fps)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
