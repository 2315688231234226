"""Writing clips."""

from __future__ import annotations

import sys
from pathlib import Path

import av
import numpy as np
import pytest

import media
from disks import full_disk
from poise.errors import OutputError
from poise.io import encode
from poise.io.encode import VideoWriter
from poise.io.video import VideoFile

TIMES_S = [7.0, 7.033, 7.2, 7.21, 8.5]


def write(path: Path, size_px: tuple[int, int] = (64, 48)) -> VideoWriter:
    """Write one picture for each of the times."""
    with VideoWriter(path, size_px) as writer:
        for index, t_s in enumerate(TIMES_S):
            writer.write(media.picture(index, size_px), t_s)
    return writer


@pytest.mark.parametrize("suffix", [".mp4", ".webm"])
def test_pictures_and_times_come_back(tmp_path: Path, suffix: str) -> None:
    """Pictures, colours, and times at uneven distances are kept; the first time becomes the beginning."""
    clip = VideoFile(write(tmp_path / f"a{suffix}").path)
    frames = list(clip)
    wanted = [t_s - TIMES_S[0] for t_s in TIMES_S]
    assert [frame.t_s for frame in frames] == pytest.approx(wanted, abs=1e-5 if suffix == ".mp4" else 5e-4)
    for index, frame in enumerate(frames):
        assert np.abs(frame.bgr.astype(int) - media.picture(index)).mean() < 8
    assert clip.problems == []


def test_a_browser_can_play_it(tmp_path: Path) -> None:
    """H.264 in yuv420p, tagged with the matrix that was used, its index in front of the pictures."""
    path = write(tmp_path / "a.mp4").path
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        picture = next(container.decode(stream))
        assert (stream.codec.name, picture.format.name, picture.colorspace, picture.color_range) == (
            "h264", "yuv420p", 6, 1,
        )  # fmt: skip
    data = path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


@pytest.mark.parametrize(("size_px", "even_px"), [((63, 49), (64, 50)), ((64, 49), (64, 50)), ((1, 1), (2, 2))])
def test_odd_sizes_are_padded_with_their_edge(
    tmp_path: Path, size_px: tuple[int, int], even_px: tuple[int, int]
) -> None:
    """One more row or column, of the colour beside it."""
    with VideoWriter(tmp_path / "a.mp4", size_px) as writer:
        writer.write(np.full((size_px[1], size_px[0], 3), 200, np.uint8), 0.0)
    (frame,) = VideoFile(writer.path)
    assert frame.size_px == even_px
    assert np.abs(frame.bgr.astype(int) - 200).max() < 6


def test_equal_times_are_moved_apart(tmp_path: Path) -> None:
    """No container takes two pictures at one time; none is lost."""
    with VideoWriter(tmp_path / "a.mp4", (64, 48)) as writer:
        for t_s in (0.0, 0.0, 0.1):
            writer.write(media.picture(0), t_s)
    assert len(list(VideoFile(writer.path))) == 3


def test_nothing_has_the_name_before_it_is_complete(tmp_path: Path) -> None:
    """While writing there is no file of that name, and afterwards no other."""
    path = tmp_path / "deep" / "a.mp4"
    writer = VideoWriter(path, (64, 48))
    writer.write(media.picture(0), 0.0)
    assert not path.exists()
    writer.close()
    writer.close()
    assert [found.name for found in path.parent.iterdir()] == ["a.mp4"]


def test_an_older_file_survives_an_abort(tmp_path: Path) -> None:
    """An exception inside the block leaves everything as it was, and is not swallowed."""
    path = tmp_path / "a.mp4"
    path.write_bytes(b"older")

    def interrupted() -> None:
        with VideoWriter(path, (64, 48)) as writer:
            writer.write(media.picture(0), 0.0)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [path]


def test_without_a_frame_there_is_no_file(tmp_path: Path) -> None:
    """An empty clip is none."""
    VideoWriter(tmp_path / "a.mp4", (64, 48)).close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("limit_bytes", [0, 2_000, 100_000])
def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path, limit_bytes: int) -> None:
    """Whether it fills with the header, the pictures or the end: one line, and no file."""
    noise = np.random.default_rng(0).integers(0, 255, (240, 320, 3), np.uint8)

    def fill() -> None:
        with VideoWriter(tmp_path / "a.mp4", (320, 240)) as writer:
            for index in range(20):
                writer.write(noise, index / 30)

    with full_disk(limit_bytes), pytest.raises(OutputError, match=r"a\.mp4 cannot be written"):
        fill()
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told_at_once(tmp_path: Path) -> None:
    """A file where a folder should be, a folder where the file should be, a wrong ending: before any work is done."""
    (tmp_path / "file").touch()
    (tmp_path / "folder.mp4").mkdir()
    for name, words in {
        "file/a.mp4": "cannot be written",
        "folder.mp4": "is a folder",
        "a.avi": "does not end",
    }.items():
        with pytest.raises(OutputError, match=words) as caught:
            VideoWriter(tmp_path / name, (64, 48))
        assert caught.value.hint


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of folders work otherwise there")
def test_a_read_only_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Permission denied becomes one line (root may write everywhere, hence the stand-in)."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "touch", refuse)
    with pytest.raises(OutputError, match="Permission denied"):
        VideoWriter(tmp_path / "a.mp4", (64, 48))


def test_without_h264_it_writes_webm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Encoders that are missing are passed over; VP9 in WebM is the last, and ``path`` says where it went."""
    monkeypatch.setattr(encode, "_ENCODERS", (encode._Encoder("no_such_encoder", ".mp4"), encode._ENCODERS[-1]))
    writer = write(tmp_path / "a.mp4")
    assert writer.path == tmp_path / "a.webm"
    assert len(list(VideoFile(writer.path))) == len(TIMES_S)
    monkeypatch.setattr(encode, "_ENCODERS", (encode._Encoder("no_such_encoder", ".mp4"),))
    with pytest.raises(OutputError, match="no video encoder"):
        VideoWriter(tmp_path / "b.mp4", (64, 48))


def test_a_wrong_picture_is_a_mistake_of_the_caller(tmp_path: Path) -> None:
    """Another size, or writing after closing, raises ``ValueError``."""
    writer = VideoWriter(tmp_path / "a.mp4", (64, 48))
    with pytest.raises(ValueError, match="32x48"):
        writer.write(media.picture(0, (32, 48)), 0.0)
    writer.close()
    with pytest.raises(ValueError, match="closed"):
        writer.write(media.picture(0), 0.0)
