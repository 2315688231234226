"""Clips of every kind that a user may have, through the command line: results, or one clear line."""

from __future__ import annotations

import json
import os
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

import media
from acting import Actor, cast
from poise.cli import main
from poise.io.video import VideoFile
from results_material import RESULTS


@pytest.fixture(autouse=True)
def empty_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is in any of these clips."""
    cast(monkeypatch, Actor(None))


def analyze(clip: Path | str, out: Path) -> int:
    """``poise analyze`` with the annotated video."""
    return main(["analyze", str(clip), "--exercise", "squat", "--out", str(out)])


def make_text(path: Path) -> Path:
    """A video in name only."""
    path.write_text("this is no video\n" * 200)
    return path


def make_header(path: Path) -> Path:
    """The first bytes of an MP4 file, and then nothing."""
    whole = media.make_clip(path.with_name("whole.mp4"), 10)
    path.write_bytes(whole.read_bytes()[:300])
    whole.unlink()
    return path


def make_playlist(path: Path) -> Path:
    """A file that asks its reader to open an address."""
    path.write_text("#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n")
    return path


BAD = {
    "missing": lambda folder: folder / "missing.mp4",
    "folder": lambda folder: folder,
    "empty": lambda folder: (folder / "empty.mp4").touch() or folder / "empty.mp4",
    "text": lambda folder: make_text(folder / "text.mp4"),
    "cut in the header": lambda folder: make_header(folder / "header.mp4"),
    "sound only": lambda folder: media.make_sound(folder / "sound.m4a"),
    "playlist": lambda folder: make_playlist(folder / "list.m3u8"),
    "device": lambda _: Path(os.devnull),
    "long name": lambda folder: folder / ("x" * 300 + ".mp4"),
    "newline": lambda folder: folder / "a\nhint: run this\x1b[31m.mp4",
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_video_is_one_line(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, one error line and one hint, no stack trace, nothing written."""
    clip, out = BAD[kind](tmp_path), tmp_path / "out"
    assert analyze(clip, out) == 2
    said = capsys.readouterr()
    error, *hints = said.err.splitlines()
    assert error.startswith("error: ")
    assert len(hints) == 1
    assert hints[0].startswith("hint: ")
    assert "\x1b" not in said.err
    assert said.out == ""
    assert not out.exists()


GOOD = {
    "one frame": lambda p: (media.make_clip(p / "a.mp4", 1), 1, (64, 48)),
    "portrait by metadata": lambda p: (media.turn(media.make_clip(p / "a.mp4", 5), media.CLOCKWISE), 5, (48, 64)),
    "odd size": lambda p: (media.make_clip(p / "a.mkv", 5, size_px=(65, 49), pix_fmt="yuv444p"), 5, (66, 50)),
    "tiny": lambda p: (media.make_clip(p / "a.mp4", 5, size_px=(16, 16)), 5, (16, 16)),
    "GIF": lambda p: (media.make_clip(p / "a.gif", 5, codec="gif", pix_fmt="rgb8"), 5, (64, 48)),
    "no times": lambda p: (media.make_clip(p / "a.h264", 6, container="h264", options={"bf": "0"}), 6, (64, 48)),
    "10 bit": lambda p: (media.make_clip(p / "a.mkv", 5, pix_fmt="yuv420p10le"), 5, (64, 48)),
    "wide pixels": lambda p: (media.make_clip(p / "a.mp4", 5, aspect=Fraction(2)), 5, (128, 48)),
    "one frame a minute": lambda p: (media.make_clip(p / "a.mkv", [0.0, 60.0, 120.0]), 3, (64, 48)),
}


@pytest.mark.parametrize("kind", GOOD)
def test_odd_clips_are_analysed_whole(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every frame is judged and drawn, upright, with square pixels and at its time; the sides of the video are even."""
    clip, frames, size_px = GOOD[kind](tmp_path)
    assert analyze(clip, tmp_path / "out") == 0
    session = json.loads((tmp_path / "out" / "a" / "session.json").read_text())
    assert (session["frames"], session["reps"]["total"]) == (frames, 0)
    video = VideoFile(tmp_path / "out" / "a" / "annotated.mp4")
    assert (video.info.width, video.info.height) == size_px
    assert [frame.t_s for frame in video] == pytest.approx([frame.t_s for frame in VideoFile(clip)], abs=2e-3)
    assert capsys.readouterr().err == ""


def test_a_broken_off_clip_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The summary and the session tell what was wrong; what could be read is there."""
    whole = media.make_clip(tmp_path / "whole.mkv", 60, options={"g": "5"})
    clip = tmp_path / "a.mkv"
    clip.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert analyze(clip, tmp_path / "out") == 0
    session = json.loads((tmp_path / "out" / "a" / "session.json").read_text())
    assert 0 < session["frames"] < 60
    assert session["problems"]
    assert f"Note     {session['problems'][0]}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "name",
    ["a 'b' \"c\".mp4", "a\nb.mp4", "<script>&amp;.mp4", "...mp4", "[bold red].mp4", "a\\.mp4", "-x.mp4", "\x1b[2J.mp4",
     "\u202egpj.mp4", "übung 日本.mp4", b"a\xff.mp4".decode("utf-8", "surrogateescape"), "x" * 251 + ".mp4"],
)  # fmt: skip
def test_any_name_is_only_a_name(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever a clip is called: its results lie in a folder inside, and nothing of it acts on the terminal."""
    clip = media.make_clip(tmp_path / "clip.mp4", 3).rename(tmp_path / name)
    out = tmp_path / "results" / "out"
    assert analyze(clip, out) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "\x1b" not in said.out
    assert "\u202e" not in said.out
    (folder,) = out.iterdir()
    assert sorted(path.name for path in folder.iterdir()) == RESULTS
    assert [path.name for path in out.parent.iterdir()] == ["out"]
    source = json.loads((folder / "session.json").read_text())["source"]
    assert source.startswith(str(tmp_path))
    assert main(["analyze", str(clip), "--exercise", "squat", "--out", str(out), "--no-video"]) == 0
    assert list(out.iterdir()) == [folder]


@pytest.mark.parametrize(("said", "duration_s"), [("00:01:02.500000000", 62.5), ("soon", None)])
def test_a_container_with_sound_may_tell_how_long_the_picture_is(
    tmp_path: Path, said: str, duration_s: float | None
) -> None:
    """Matroska's own duration is that of the longest stream; a clip that breaks off is known by the picture's."""
    path = tmp_path / "a.mkv"
    with av.open(str(path), "w") as output:
        film, sound = output.add_stream("mjpeg", rate=10), output.add_stream("aac", rate=8000)
        film.width, film.height, film.pix_fmt = 64, 48, "yuvj420p"
        for index in range(10):
            output.mux(film.encode(av.VideoFrame.from_ndarray(media.picture(index, (64, 48)), format="bgr24")))
        samples = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
        samples.sample_rate = 8000
        output.mux([*film.encode(None), *sound.encode(samples), *sound.encode(None)])
    data = path.read_bytes()
    tag = b"00:00:01.000000000"
    path.write_bytes(data.replace(tag, said.encode().ljust(len(tag), b"\0"), 1))
    clip = VideoFile(path)
    assert clip.info.duration_s == duration_s
    assert len(list(clip)) == 10
    assert bool(clip.problems) == (duration_s is not None)
