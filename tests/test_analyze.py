"""Analysing a clip: the same result with and without threads and video, real times, and an end in every case."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import av
import numpy as np
import pytest

import media
from acting import ARM_RAISE, SIZE_PX, Actor, cast
from disks import full_disk
from poise.app.analyze import Analysis, analyze
from poise.cli import main
from poise.core.replay import replay
from poise.core.session import Session
from poise.core.spec import Spec
from poise.errors import ModelError, OutputError, PoiseError, SourceError
from poise.io import encode
from poise.io.session_file import load_session
from poise.io.video import VideoFile
from results_material import RESULTS, UNEVEN_S, interrupt_at, left_in, no_thread_is_left


def test_it_finds_what_a_replay_of_the_same_poses_finds(clip: Path, actor: Actor, tmp_path: Path) -> None:
    """Threads, video and files change nothing: the session is that of the bare coach over the same poses."""
    result = analyze(clip, ARM_RAISE, out=tmp_path)
    blank = Session(**result.session.model_dump(include={"poise", "source", "exercise", "model"}))
    assert result.session == replay(actor.poses, ARM_RAISE, blank)
    assert result.session.reps.total == 2
    assert result.session.frames == len(UNEVEN_S)
    assert result.session_path == tmp_path / "arms" / "session.json"
    assert load_session(result.session_path) == result.session
    actor.poses.clear()
    assert analyze(clip, ARM_RAISE).session == result.session
    assert actor.closed == 2


def test_the_annotated_video_has_every_frame_at_its_own_time(clip: Path, actor: Actor, tmp_path: Path) -> None:
    """As many pictures as the clip, at the same uneven times, drawn on, in what every browser plays."""
    result = analyze(clip, ARM_RAISE, out=tmp_path)
    assert result.video_path == tmp_path / "arms" / "annotated.mp4"
    before, after = list(VideoFile(clip)), list(VideoFile(result.video_path))
    assert [frame.t_s for frame in after] == pytest.approx([frame.t_s for frame in before], abs=1e-3)
    assert [pose.t_s for pose in actor.poses] == [frame.t_s for frame in before]
    assert all(np.abs(a.bgr.astype(int) - b.bgr).max() > 100 for a, b in zip(before, after, strict=True))
    with av.open(str(result.video_path)) as container:
        stream = container.streams.video[0]
        assert (stream.codec.name, stream.pix_fmt) == ("h264", "yuv420p")


@pytest.mark.usefixtures("actor")
def test_the_result_names_the_video_that_was_written(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no encoder for H.264 it is a .webm, and ``video_path`` says so."""
    monkeypatch.setattr(encode, "_ENCODERS", (encode._Encoder("no_such_encoder", ".mp4"), encode._ENCODERS[-1]))
    result = analyze(clip, ARM_RAISE, out=tmp_path, progress=interrupt_at(10))
    assert result.video_path == tmp_path / "arms" / "annotated.webm"
    assert len(list(VideoFile(result.video_path))) == 10


@pytest.mark.usefixtures("actor")
def test_without_a_folder_nothing_is_written(clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library's plain use returns the session alone."""
    monkeypatch.chdir(tmp_path)
    result = analyze(clip, ARM_RAISE)
    assert (result.session_path, result.video_path, left_in(tmp_path)) == (None, None, [])


@pytest.mark.usefixtures("actor")
def test_progress_is_told_after_each_frame(clip: Path) -> None:
    """One by one, with the estimate of all."""
    told: list[tuple[int, int | None]] = []
    analyze(clip, ARM_RAISE, progress=lambda frames, of: told.append((frames, of)))
    assert [frames for frames, _ in told] == list(range(1, len(UNEVEN_S) + 1))
    assert all(of is not None and abs(of - len(UNEVEN_S)) <= 2 for _, of in told)


@pytest.mark.usefixtures("actor")
def test_an_interrupted_analysis_keeps_what_is_done(clip: Path, tmp_path: Path) -> None:
    """Ctrl-C in the middle: session and video of the frames until then, both whole, and a remark."""
    result = analyze(clip, ARM_RAISE, out=tmp_path, progress=interrupt_at(100))
    assert (result.session.frames, result.session.reps.total) == (100, 1)
    assert result.session.problems == ["interrupted: the rest of the clip was not analysed"]
    assert load_session(tmp_path / "arms" / "session.json") == result.session
    assert len(list(VideoFile(tmp_path / "arms" / "annotated.mp4"))) == 100
    assert left_in(tmp_path) == [f"arms/{name}" for name in RESULTS]
    assert no_thread_is_left()


def test_interrupted_before_the_first_frame_there_is_no_video(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file of no frames is promised, not even where an earlier analysis has left one."""
    cast(monkeypatch, Actor(None, {0: KeyboardInterrupt()}))
    result = analyze(clip, ARM_RAISE, out=tmp_path)
    assert (result.session.frames, result.video_path) == (0, None)
    assert left_in(tmp_path) == [f"arms/{name}" for name in RESULTS if name != "annotated.mp4"]


@pytest.mark.parametrize("at", [0, 50])
def test_an_error_of_the_model_leaves_nothing(
    at: int, clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error comes unchanged; no half video, no session, no thread remain, and an older video stays."""
    error = ModelError("the pose model failed")
    actor = cast(monkeypatch, Actor(None, {at: error}))
    older = tmp_path / "arms" / "annotated.mp4"
    older.parent.mkdir()
    older.write_bytes(b"older")
    with pytest.raises(ModelError) as caught:
        analyze(clip, ARM_RAISE, out=tmp_path)
    assert caught.value is error
    assert left_in(tmp_path) == ["arms/annotated.mp4"]
    assert older.read_bytes() == b"older"
    assert actor.closed == 1
    assert no_thread_is_left()


@pytest.mark.parametrize("limit_bytes", [0, 3_000, 60_000])
@pytest.mark.usefixtures("actor")
def test_a_full_disk_is_told_and_leaves_nothing(clip: Path, tmp_path: Path, limit_bytes: int) -> None:
    """Whether it fills with the beginning, the middle or the session: one error, and no file."""
    with full_disk(limit_bytes), pytest.raises(OutputError, match="cannot be written") as caught:
        analyze(clip, ARM_RAISE, out=tmp_path)
    assert caught.value.hint
    assert left_in(tmp_path) == []
    assert no_thread_is_left()


@pytest.mark.usefixtures("actor")
def test_a_disk_that_is_full_for_the_session_alone(clip: Path, tmp_path: Path) -> None:
    """Without a video it is the session that cannot be written; half of it never has its name."""
    with full_disk(100), pytest.raises(OutputError, match=r"session\.json cannot be written"):
        analyze(clip, ARM_RAISE, out=tmp_path, video=False)
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("video", [True, False])
def test_a_folder_that_cannot_be_written_is_told_before_the_work(
    clip: Path, actor: Actor, tmp_path: Path, video: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Permission denied is found before the first frame (root may write everywhere, hence the stand-in)."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "touch", refuse)
    with pytest.raises(OutputError, match="Permission denied"):
        analyze(clip, ARM_RAISE, out=tmp_path, video=video)
    assert actor.poses == []


@pytest.mark.usefixtures("actor")
def test_a_truncated_clip_is_analysed_as_far_as_it_goes(tmp_path: Path) -> None:
    """What could be read is analysed, and ``problems`` says that it breaks off."""
    whole = media.make_clip(tmp_path / "whole.mkv", UNEVEN_S, size_px=SIZE_PX, options={"g": "10"})
    broken = tmp_path / "broken.mkv"
    broken.write_bytes(whole.read_bytes()[: whole.stat().st_size * 6 // 10])
    result = analyze(broken, ARM_RAISE, out=tmp_path / "out")
    assert result.session.reps.total == 1
    assert 60 < result.session.frames < len(UNEVEN_S) - 10
    assert any("breaks off" in problem or "damaged" in problem for problem in result.session.problems)
    assert result.video_path is not None
    assert len(list(VideoFile(result.video_path))) == result.session.frames


@pytest.mark.usefixtures("actor")
def test_repeated_times_still_increase(tmp_path: Path) -> None:
    """A clip that repeats a time gives a session and a video whose times increase."""
    made = media.make_clip(tmp_path / "made.mkv", 6, codec="mjpeg", pix_fmt="yuvj420p", size_px=SIZE_PX)
    clip = media.restamp(made, tmp_path / "a.mkv", [0.0, 0.1, 0.1, 0.1, 0.4, 0.5])
    result = analyze(clip, ARM_RAISE, out=tmp_path / "out")
    assert result.session.frames == 6
    assert result.video_path is not None
    assert np.diff([frame.t_s for frame in VideoFile(result.video_path)]).min() > 0


@pytest.mark.usefixtures("actor")
def test_another_hold_is_asked_for_and_everything_else_stays(clip: Path) -> None:
    """``hold_s`` changes the dose of this analysis only."""
    spec = ARM_RAISE.with_dose(hold=30)
    result = analyze(clip, "upper-trapezius-stretch", hold_s=2.0)
    assert isinstance(result, Analysis)
    assert spec.dose.hold == 30
    assert result.session.exercise == "upper-trapezius-stretch"
    assert result.session.spec_sha256 is not None
    assert analyze(clip, spec).session.spec_sha256 is None


@pytest.mark.parametrize("clip_name", ["nowhere.mp4", "."])
def test_the_clip_is_looked_at_before_the_model(
    clip_name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is fetched for a clip that is not there."""
    monkeypatch.setattr("poise.app.analyze.estimator_of", lambda *_, **__: pytest.fail("too early"))
    with pytest.raises(SourceError):
        analyze(tmp_path / clip_name, ARM_RAISE)


@pytest.mark.usefixtures("actor")
def test_every_error_is_one_of_ours(clip: Path, tmp_path: Path) -> None:
    """A spec that is none, a folder that is a file."""
    (tmp_path / "file").touch()
    for arguments in [{"exercise": "no-such"}, {"exercise": ARM_RAISE, "out": tmp_path / "file"}]:
        with pytest.raises(PoiseError):
            analyze(clip, **arguments)


@pytest.mark.usefixtures("actor")
def test_a_result_can_be_sent_from_one_process_to_another(clip: Path) -> None:
    """With measures that the exercise itself defines: whoever has processes of their own maps clips over them."""
    own = {"reach": {"angle": ["hip", "shoulder", "wrist"], "view": "front"}}
    fields = ARM_RAISE.model_dump(exclude_defaults=True, by_alias=True) | {"measures": own}
    fields["steps"][1]["where"]["reach"] = {"above": 0}
    result = analyze(clip, Spec.model_validate(fields))
    again = pickle.loads(pickle.dumps(result))
    assert (again.session, again.spec) == (result.session, result.spec)
    assert again.curves.times_s == result.curves.times_s


@pytest.mark.usefixtures("actor")
def test_folders_may_be_text(clip: Path, tmp_path: Path) -> None:
    """As the clip may."""
    result = analyze(str(clip), ARM_RAISE, out=str(tmp_path), video=False)
    assert result.session_path == tmp_path / "arms" / "session.json"


@pytest.mark.usefixtures("actor")
def test_what_a_killed_analysis_left_goes_with_the_next(clip: Path, tmp_path: Path) -> None:
    """But not what another one may be writing now."""
    (tmp_path / "arms").mkdir()
    old, new = tmp_path / "arms" / ".old.part", tmp_path / "arms" / ".new.part"
    old.touch()
    new.touch()
    os.utime(old, (0, 0))
    analyze(clip, ARM_RAISE, out=tmp_path, video=False)
    assert (old.exists(), new.exists()) == (False, True)


@pytest.mark.usefixtures("actor")
def test_the_command_tells_of_an_interruption(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By its exit code as well: half a clip is no success. That it shows nothing yet is no wonder."""
    monkeypatch.setattr("poise.cli.analyze_command.FrameBar", lambda *_: interrupt_at(3))
    line = ["analyze", str(clip), "--exercise", "arm-raise", "--no-video", "--language", "de", "--out", str(tmp_path)]
    assert main(line) == 130
    said = capsys.readouterr().out
    assert "unterbrochen: Der Rest" in said
    assert "Keine Wiederholung" not in said
