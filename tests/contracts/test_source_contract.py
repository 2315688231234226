"""What every source of frames promises, real or fake."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import media
from poise.app.mailbox import LatestFrame
from poise.core.types import ByteArray, FrameSource
from poise.io.camera import Camera, Paced
from poise.io.video import VideoFile
from poise.testing import FakeSource

TIMES_S = [0.0, 0.01, 0.02, 0.05]


class EndlessCapture:
    """A device that always has another picture."""

    def __init__(self) -> None:
        self._count = 0

    def read(self) -> tuple[float, ByteArray] | None:
        """A new picture every tenth of a second."""
        self._count += 1
        return self._count / 10, media.picture(self._count)

    def release(self) -> None:
        """Nothing to give back."""


def clip(folder: Path) -> VideoFile:
    """A clip with the times above."""
    return VideoFile(media.make_clip(folder / "a.mp4", TIMES_S))


SOURCES: dict[str, Callable[[Path], FrameSource]] = {
    "fake": lambda _: FakeSource(TIMES_S, [media.picture(index) for index in range(4)]),
    "file": clip,
    "paced file": lambda folder: Paced(clip(folder)),
    "camera": lambda _: Camera("camera 0", EndlessCapture),
    "latest of a fake": lambda _: LatestFrame(FakeSource(TIMES_S, [media.picture(index) for index in range(4)])),
    "latest of a camera": lambda _: LatestFrame(Camera("camera 0", EndlessCapture)),
    "latest of a paced file": lambda folder: LatestFrame(Paced(clip(folder))),
}


@pytest.fixture(params=SOURCES)
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FrameSource]:
    """Each source in turn."""
    made = SOURCES[request.param](tmp_path)
    yield made
    made.close()


def test_frames_are_pictures_in_order_of_time(source: FrameSource) -> None:
    """Eight-bit pictures in one piece, of one size; index from 0 or later, both index and time rising."""
    frames = [frame for frame, _ in zip(source, range(4), strict=False)]
    assert frames
    for frame in frames:
        assert frame.bgr.dtype == np.uint8
        assert frame.bgr.flags.c_contiguous
        assert frame.size_px == (64, 48)
        assert media.quarters(frame.bgr) == "RGBW"
        assert isinstance(frame.t_s, float)
        assert isinstance(frame.index, int)
    assert frames[0].index >= 0
    assert all(later.t_s > earlier.t_s and later.index > earlier.index for earlier, later in pairwise(frames))


def test_a_frame_stays_as_it_was(source: FrameSource) -> None:
    """Whoever keeps a frame keeps its picture: no buffer is used again."""
    frames = iter(source)
    first = next(frames)
    before = first.bgr.copy()
    for _ in zip(frames, range(3), strict=False):
        pass
    np.testing.assert_array_equal(first.bgr, before)


def test_closing_twice_is_harmless_and_ends_it(source: FrameSource) -> None:
    """Closed before its first frame, a source has none, or at most the one that lay ready."""
    source.close()
    source.close()
    assert len(list(source)) <= (1 if isinstance(source, LatestFrame) else 0)


def test_closing_from_another_thread_ends_the_iteration(source: FrameSource) -> None:
    """The thread that iterates comes to its end soon after another one closed the source."""
    began = threading.Event()

    def read() -> None:
        for _ in source:
            began.set()

    thread = threading.Thread(target=read)
    thread.start()
    assert began.wait(10)
    source.close()
    thread.join(10)
    assert not thread.is_alive()
