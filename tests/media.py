"""Small, odd, deterministic clips, made on the spot.

Every picture shows four quarters in the colours red, green, blue and white (from the top left, row by row), so that
``quarters`` can tell how it was turned; a bar of changing grey in the middle tells pictures apart.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from poise.core.types import Frame

TICKS_PER_S = 1000
COLOURS = {"R": (40, 40, 200), "G": (40, 160, 40), "B": (200, 60, 40), "W": (230, 230, 230)}
IDENTITY, HALF_TURN = (1, 0, 0, 1), (-1, 0, 0, -1)
CLOCKWISE, ANTICLOCKWISE, MIRRORED, TRANSPOSED = (0, 1, -1, 0), (0, -1, 1, 0), (-1, 0, 0, 1), (0, 1, 1, 0)


def picture(index: int, size_px: tuple[int, int] = (64, 48)) -> NDArray[np.uint8]:
    """(H, W, 3) blue-green-red."""
    width, height = size_px
    bgr = np.empty((height, width, 3), np.uint8)
    bgr[: height // 2, : width // 2] = COLOURS["R"]
    bgr[: height // 2, width // 2 :] = COLOURS["G"]
    bgr[height // 2 :, : width // 2] = COLOURS["B"]
    bgr[height // 2 :, width // 2 :] = COLOURS["W"]
    bgr[height * 3 // 8 : height * 5 // 8, width * 3 // 8 : width * 5 // 8] = 20 * (index % 12)
    return bgr


def quarters(bgr: NDArray[np.uint8]) -> str:
    """The colours of the four quarters by their initials, from the top left, row by row: "RGBW" when upright."""
    height, width = bgr.shape[:2]
    points = [bgr[y * height // 8, x * width // 8].astype(int) for y in (1, 7) for x in (1, 7)]
    return "".join(min(COLOURS, key=lambda name: int(np.abs(point - COLOURS[name]).sum())) for point in points)


def make_clip(
    path: Path,
    times_s: Sequence[float] | int = 10,
    *,
    size_px: tuple[int, int] = (64, 48),
    codec: str = "libx264",
    pix_fmt: str = "yuv420p",
    aspect: Fraction | None = None,
    container: str | None = None,
    options: dict[str, str] | None = None,
    container_options: dict[str, str] | None = None,
    pictures: Sequence[NDArray[np.uint8]] | None = None,
    **tags: Any,
) -> Path:
    """Write a clip and return its path.

    Args:
        path: Where; the suffix chooses the container unless ``container`` does.
        times_s: Seconds of each picture, or how many at 10 per second.
        tags: Attributes of the codec context, such as ``colorspace``.
    """
    if isinstance(times_s, int):
        times_s = [index / 10 for index in range(times_s)]
    # The rate tells the muxer how long the last picture lasts.
    rate = round((len(times_s) - 1) / (times_s[-1] - times_s[0])) if len(times_s) > 1 else 10
    with av.open(str(path), "w", format=container, container_options=container_options or {}) as output:
        stream: Any = output.add_stream(codec, rate=rate, options=options or {})
        stream.width, stream.height, stream.pix_fmt = *size_px, pix_fmt
        stream.codec_context.time_base = Fraction(1, TICKS_PER_S)
        if aspect is not None:
            stream.codec_context.sample_aspect_ratio = aspect
        for name, value in tags.items():
            setattr(stream.codec_context, name, value)
        for index, t_s in enumerate(times_s):
            bgr = pictures[index] if pictures is not None else picture(index, size_px)
            frame = av.VideoFrame.from_ndarray(bgr, format="bgr24").reformat(
                format=pix_fmt, dst_colorspace=tags.get("colorspace"), dst_color_range=tags.get("color_range")
            )
            frame.pts, frame.time_base = round(t_s * TICKS_PER_S), Fraction(1, TICKS_PER_S)
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return path


def read_into(frames: list[Frame], source: Iterable[Frame]) -> None:
    """Collect frames one by one, so that those before an error are kept."""
    for frame in source:
        frames.append(frame)


def make_sound(path: Path, seconds: float = 0.5) -> Path:
    """Write a file that holds sound alone."""
    with av.open(str(path), "w") as output:
        stream = output.add_stream("aac", rate=8000)
        samples = np.zeros((1, int(8000 * seconds)), np.float32)
        frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout="mono")
        frame.sample_rate = 8000
        output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return path


def turn(path: Path, matrix: tuple[int, int, int, int]) -> Path:
    """Put a display matrix (a, b, c, d: x' = a x + c y, y' = b x + d y) into an MP4's track header, as a phone does."""
    data = bytearray(path.read_bytes())
    start = data.index(b"tkhd") + 44
    a, b, c, d = (value << 16 for value in matrix)
    data[start : start + 36] = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
    path.write_bytes(data)
    return path


def restamp(source: Path, target: Path, times_s: Sequence[float]) -> Path:
    """Copy a clip of independent pictures with other timestamps, wrong ones included."""
    with av.open(str(source)) as clip, av.open(str(target), "w") as output:
        stream = output.add_stream_from_template(clip.streams.video[0])
        packets = [packet for packet in clip.demux(video=0) if packet.size]
        for packet, t_s in zip(packets, times_s, strict=True):
            packet.time_base = Fraction(1, TICKS_PER_S)
            packet.pts = packet.dts = round(t_s * TICKS_PER_S)
            packet.stream = stream
            output.mux_one(packet)
    return target


def untag_colorspace(source: Path, target: Path) -> Path:
    """Copy a clip without its colour tags (Matroska's Colour element is renamed to one that readers skip)."""
    data = source.read_bytes()
    assert data.count(b"\x55\xb0") == 1
    target.write_bytes(data.replace(b"\x55\xb0", b"\x55\xb7", 1))
    return target
