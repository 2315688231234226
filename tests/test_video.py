"""Reading clips of every odd kind."""

from __future__ import annotations

import csv
import os
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from av.video.reformatter import ColorRange

import media
from poise.errors import SourceError
from poise.io.video import VideoFile

CLIPS = Path(__file__).parents[1] / ".." / "shared" / "clips"
#: Clips with non-square pixels: the index of the clips gives the stored size.
SQUARED = {
    "Wurminator69420__MRM-Fitness-Tutorials__lateral_raise.mp4": (405, 720),
    "lenagalanova8-debug__my-guides__glute-bridge.mp4": (906, 720),
}


def times_s(clip: VideoFile) -> list[float]:
    """Time of each frame."""
    return [frame.t_s for frame in clip]


def only_frame(clip: VideoFile) -> np.ndarray:
    """The picture of a clip that has one, which is at 0 s."""
    (frame,) = clip
    assert frame.t_s == 0
    return frame.bgr


def test_an_ordinary_clip_is_read_as_it_was_made(tmp_path: Path) -> None:
    """Ten pictures at 10 per second: count, times, order, size, colours and what the file says about itself."""
    clip = VideoFile(media.make_clip(tmp_path / "a.mp4", 10))
    frames = list(clip)
    assert [frame.index for frame in frames] == list(range(10))
    assert [frame.t_s for frame in frames] == pytest.approx([index / 10 for index in range(10)])
    for index, frame in enumerate(frames):
        assert np.abs(frame.bgr.astype(int) - media.picture(index)).mean() < 8
    assert (clip.info.width, clip.info.height, clip.info.fps, clip.info.codec) == (64, 48, 10, "h264")
    assert clip.info.duration_s == pytest.approx(1.0)
    assert clip.info.frame_count == 10
    assert clip.problems == []


@pytest.mark.parametrize(
    ("matrix", "expected"),
    [
        (media.IDENTITY, "RGBW"),
        (media.HALF_TURN, "WBGR"),
        (media.CLOCKWISE, "BRWG"),
        (media.ANTICLOCKWISE, "GWRB"),
        (media.MIRRORED, "GRWB"),
        (media.TRANSPOSED, "RBGW"),
    ],
)
def test_pictures_are_upright(tmp_path: Path, matrix: tuple[int, int, int, int], expected: str) -> None:
    """However the camera was held or mirrored, the display matrix is followed, also in the stated size."""
    clip = VideoFile(media.turn(media.make_clip(tmp_path / "a.mp4", 1), matrix))
    bgr = only_frame(clip)
    assert media.quarters(bgr) == expected
    assert (clip.info.width, clip.info.height) == bgr.shape[1::-1] == ((64, 48) if matrix[0] else (48, 64))


@pytest.mark.parametrize(
    ("aspect", "expected"),
    [
        (Fraction(3, 8), (60, 120)),
        (Fraction(4, 3), (213, 120)),
        (Fraction(1), (160, 120)),
        (Fraction(201, 200), (160, 120)),  # nearly square: not worth the blur
        (Fraction(1, 100), (160, 120)),  # absurd: a damaged header
    ],
)
def test_pixels_are_square(tmp_path: Path, aspect: Fraction, expected: tuple[int, int]) -> None:
    """Non-square pixels are resized in width, and the height is kept."""
    clip = VideoFile(media.make_clip(tmp_path / "a.mp4", 1, size_px=(160, 120), aspect=aspect))
    bgr = only_frame(clip)
    assert bgr.shape[1::-1] == (clip.info.width, clip.info.height) == expected
    assert media.quarters(bgr) == "RGBW"


def test_turned_and_non_square_at_once(tmp_path: Path) -> None:
    """The aspect ratio belongs to the stored picture: resized first, turned then."""
    path = media.make_clip(tmp_path / "a.mp4", 1, size_px=(160, 120), aspect=Fraction(1, 2))
    clip = VideoFile(media.turn(path, media.CLOCKWISE))
    assert only_frame(clip).shape[1::-1] == (clip.info.width, clip.info.height) == (120, 80)


def test_variable_frame_rate_keeps_its_times(tmp_path: Path) -> None:
    """Times come from the file, rebased to 0, never from an average rate."""
    given = [5.0, 5.033, 5.2, 5.21, 6.5]
    clip = VideoFile(media.make_clip(tmp_path / "a.mkv", given))
    assert times_s(clip) == pytest.approx([0.0, 0.033, 0.2, 0.21, 1.5])


@pytest.mark.parametrize("fps", [5, 24, 60])
def test_frame_rates(tmp_path: Path, fps: int) -> None:
    """From 5 to 60 per second, the stated average is that of the times."""
    clip = VideoFile(media.make_clip(tmp_path / "a.mp4", [index / fps for index in range(12)]))
    assert clip.info.fps == pytest.approx(fps, rel=0.02)
    assert times_s(clip) == pytest.approx([index / fps for index in range(12)], abs=0.001)


def test_repeated_times_are_mended(tmp_path: Path) -> None:
    """A repeated time becomes the previous one plus the average interval, and good times are taken up again."""
    made = media.make_clip(tmp_path / "made.mkv", 6, codec="mjpeg", pix_fmt="yuvj420p")
    clip = VideoFile(media.restamp(made, tmp_path / "a.mkv", [0.0, 0.1, 0.1, 0.3, 0.4, 0.5]))
    assert times_s(clip) == pytest.approx([0.0, 0.1, 0.1 + 1 / clip.info.fps, 0.3, 0.4, 0.5])


def test_no_timestamps_at_all(tmp_path: Path) -> None:
    """A bare elementary stream has none: the average rate gives them."""
    path = media.make_clip(tmp_path / "a.h264", 6, container="h264", options={"bf": "0"})
    clip = VideoFile(path)
    found = times_s(clip)
    assert found == pytest.approx([index / clip.info.fps for index in range(6)])


@pytest.mark.parametrize(
    ("name", "codec", "pix_fmt"),
    [
        ("a.mkv", "libx264", "yuv420p10le"),
        ("a.mkv", "ffv1", "gray"),
        ("a.mkv", "ffv1", "bgra"),
        ("a.mkv", "mjpeg", "yuvj444p"),
        ("a.webm", "libvpx-vp9", "yuv420p"),
        ("a.webm", "libvpx-vp9", "yuva420p"),
        ("a.avi", "mpeg4", "yuv420p"),
        ("a.mov", "prores_ks", "yuv422p10le"),
        ("a.gif", "gif", "rgb8"),
        ("a.mp4", "libx264", "yuv444p"),
    ],
)
def test_pixel_formats_and_containers(tmp_path: Path, name: str, codec: str, pix_fmt: str) -> None:
    """10-bit, grey, alpha, full range, GIF, Matroska, WebM, AVI, MOV: the same picture, eight bits, three channels."""
    clip = VideoFile(media.make_clip(tmp_path / name, 5, codec=codec, pix_fmt=pix_fmt))
    frames = list(clip)
    assert [frame.t_s for frame in frames] == pytest.approx([0.0, 0.1, 0.2, 0.3, 0.4], abs=0.011)
    wanted = media.picture(4)
    if pix_fmt != "gray":
        assert media.quarters(frames[4].bgr) == "RGBW"
    else:
        wanted = np.repeat((wanted @ [0.114, 0.587, 0.299])[..., None], 3, axis=2).astype(np.uint8)
    assert frames[4].bgr.dtype == np.uint8
    assert np.abs(frames[4].bgr.astype(int) - wanted).mean() < (25 if codec == "gif" else 12)  # a GIF has 256 colours
    assert clip.problems == []


@pytest.mark.parametrize("colorspace", [1, 5])
@pytest.mark.parametrize("color_range", [ColorRange.MPEG, ColorRange.JPEG])
def test_tagged_colours_are_right(tmp_path: Path, colorspace: int, color_range: ColorRange) -> None:
    """BT.709 and BT.601, limited and full range: a saturated red comes back within the codec's rounding."""
    red = np.full((48, 64, 3), (30, 60, 200), np.uint8)
    path = media.make_clip(
        tmp_path / "a.mp4", 1, pictures=[red], options={"qp": "0"}, colorspace=colorspace, color_range=color_range
    )
    assert np.abs(only_frame(VideoFile(path)).astype(int) - red).max() <= 4


@pytest.mark.parametrize(("height", "colorspace"), [(480, 5), (720, 1)])
def test_untagged_colours_are_taken_as_players_do(tmp_path: Path, height: int, colorspace: int) -> None:
    """Without a tag a small picture is BT.601 and a high one BT.709."""
    red = np.full((height, 64, 3), (30, 60, 200), np.uint8)
    tagged = media.make_clip(
        tmp_path / "t.mkv", 1, size_px=(64, height), pictures=[red], codec="ffv1", colorspace=colorspace
    )
    untagged = media.untag_colorspace(tagged, tmp_path / "u.mkv")
    assert np.abs(only_frame(VideoFile(untagged)).astype(int) - red).max() <= 4


@pytest.mark.parametrize("size_px", [(63, 49), (17, 33), (2, 2)])
def test_odd_sizes(tmp_path: Path, size_px: tuple[int, int]) -> None:
    """Odd and tiny pictures come in the size that they have."""
    path = media.make_clip(tmp_path / "a.mkv", 2, size_px=size_px, codec="ffv1", pix_fmt="yuv444p")
    assert {frame.size_px for frame in VideoFile(path)} == {size_px}


def test_every_nth_frame_keeps_its_index_and_time(tmp_path: Path) -> None:
    """Frames in between are skipped, and nothing moves in time."""
    path = media.make_clip(tmp_path / "a.mp4", 10)
    found = [(frame.index, round(frame.t_s, 3)) for frame in VideoFile(path, every=4)]
    assert found == [(0, 0.0), (4, 0.4), (8, 0.8)]
    with pytest.raises(ValueError, match="every"):
        VideoFile(path, every=0)


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv"])
def test_a_truncated_clip_yields_what_is_left_and_says_so(tmp_path: Path, name: str) -> None:
    """Half of the file gives about half of the pictures, and one line that says how far it went."""
    options = {"movflags": "+faststart"} if name.endswith("mp4") else {}
    noise = np.random.default_rng(1).integers(0, 255, (60, 48, 64, 3), np.uint8)
    path = media.make_clip(tmp_path / name, 60, container_options=options, pictures=list(noise))
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    clip = VideoFile(path)
    assert 15 < len(list(clip)) < 45
    list(clip)  # a second reading tells it once, not twice
    (problem,) = (problem for problem in clip.problems if "breaks off after" in problem)
    assert "6.0 s" in problem


def test_damage_in_the_middle_is_passed_over_and_told(tmp_path: Path) -> None:
    """Pictures behind a damaged part are still read."""
    noise = np.random.default_rng(1).integers(0, 255, (40, 48, 64, 3), np.uint8)
    path = media.make_clip(tmp_path / "a.mkv", 40, codec="mjpeg", pix_fmt="yuvj420p", pictures=list(noise))
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 1500] = b"\x55" * 1500
    path.write_bytes(data)
    clip = VideoFile(path)
    found = times_s(clip)
    assert 36 <= len(found) < 40
    assert found[-1] == pytest.approx(3.9, abs=0.01)
    assert clip.problems == ["1 damaged part, the first at about 2 s"]


def sources_error(path: Path) -> SourceError:
    """The error of a file that is refused, which has a hint and one line."""
    with pytest.raises(SourceError) as caught:
        VideoFile(path)
    assert caught.value.hint
    assert "\n" not in caught.value.message
    return caught.value


def test_what_is_no_clip_is_refused_in_one_line(tmp_path: Path) -> None:
    """Missing, empty, a folder, a device, text, noise, a playlist and sound alone: each by its own words."""
    (tmp_path / "empty.mp4").touch()
    (tmp_path / "text.mp4").write_text("hello\n" * 100)
    (tmp_path / "text.txt").write_text("hello\n" * 100)
    (tmp_path / "noise.mp4").write_bytes(np.random.default_rng(0).bytes(5000))
    (tmp_path / "list.m3u8").write_text("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n")
    media.make_sound(tmp_path / "sound.mp4")
    expected = {
        "missing.mp4": "does not exist",
        "empty.mp4": "is empty",
        ".": "is a folder",
        "text.mp4": "not a video",
        "text.txt": "not a video",
        "noise.mp4": "not a video",
        "list.m3u8": "not a video",
        "sound.mp4": "only audio",
    }
    for name, words in expected.items():
        assert words in sources_error(tmp_path / name).message, name
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert "a device" in sources_error(tmp_path / "pipe").message


def test_an_index_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    """An MP4 whose index stood at its lost end holds nothing that can be decoded."""
    path = media.make_clip(tmp_path / "a.mp4", 20)
    path.write_bytes(path.read_bytes()[:-700])
    assert "not a video" in sources_error(path).message


def test_a_forbidden_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without permission the line says so (root may read everything, hence the stand-in)."""
    path = media.make_clip(tmp_path / "a.mp4", 1)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert "Permission denied" in sources_error(path).message


def test_a_name_is_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file name that looks like an address or a pattern is only a file name."""
    monkeypatch.chdir(tmp_path)
    for name in ("concat:a.mp4", "%03d.mp4", "-", "http:x.mp4"):
        path = media.make_clip(tmp_path / "made.mp4", 2).rename(tmp_path / name)
        assert len(list(VideoFile(Path(path.name)))) == 2


@pytest.mark.private
@pytest.mark.skipif(not CLIPS.is_dir(), reason="the real-people clips are not beside the project")
def test_real_clips() -> None:
    """Count, upright size and rising times of every real clip agree with the index of the clips."""
    with (CLIPS / "INDEX.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        clip = VideoFile(CLIPS / row["file"])
        frames = [(frame.t_s, frame.size_px) for frame in clip]
        assert len(frames) == int(row["n_frames"]), row["file"]
        assert {size for _, size in frames} == {SQUARED.get(row["file"], (int(row["width"]), int(row["height"])))}
        assert all(later > earlier for (earlier, _), (later, _) in pairwise(frames))
        assert frames[0][0] == 0
        assert clip.info.fps == pytest.approx(float(row["fps"]), abs=0.01)
        assert clip.problems == []
