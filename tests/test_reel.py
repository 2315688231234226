"""A whole routine on sample clips: in the flow on recorded tracks, and as a reel of files in place of a camera."""

from __future__ import annotations

import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import live_routine
import media
import recorded
from poise.app.mailbox import LatestFrame
from poise.app.reel import Reel, clips_of
from poise.app.sources import open_source
from poise.core.live.flow import Flow
from poise.core.session import Session
from poise.core.types import Frame
from poise.errors import SourceError

CLIPS = Path(__file__).parent / "clips"


def test_a_routine_untouched_from_the_hand_to_the_summary_is_what_its_sidecars_say(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A hand, a stretch, a rest, a turn of the head, the summary: every repetition, hold and fault, and no other."""

    def track(clip: Path, **_: object) -> Any:
        monkeypatch.setattr(
            recorded, "FOLDER", CLIPS if clip.parent == CLIPS else recorded.SAMPLES.parent / "tests/tracks"
        )
        return recorded.recorded(clip)

    monkeypatch.setattr(live_routine, "track_of", track)
    names = ("upper-trapezius-stretch", "neck-rotation")
    takes = [live_routine.Take(track(live_routine.HAND).poses), *map(live_routine.take_of, names)]
    blank = {"poise": "", "source": "", "model": ""}
    flow = Flow([(take.spec, Session(exercise=take.spec.id, **blank)) for take in takes if take.spec])
    moments = list(live_routine.play(flow, takes))
    phases = [moment.phase for moment in moments]
    assert list(dict.fromkeys(phases)) == ["placing", "neutral", "ready", "work", "rest", "summary"]
    assert [moment.understood for moment in moments if moment.understood] == ["go"]
    sessions = {session.exercise: session for _, session in flow.sessions}
    assert [line for take in takes[1:] for line in live_routine.verdict(take, sessions)] == []
    assert moments[-1].summary is not None
    assert len(moments[-1].summary.done) == 2
    capsys.readouterr()


class Told:
    """A flow that keeps what it is told."""

    def __init__(self) -> None:
        self.commands: list[str] = []

    def command(self, command: str) -> None:
        """Keep it."""
        self.commands.append(command)


def at(phase: str) -> Any:
    """A moment of that phase."""
    return SimpleNamespace(phase=phase)


def test_the_last_picture_of_a_clip_stands_until_the_next_is_wanted(tmp_path: Path) -> None:
    """Two clips of three pictures: the first one's last stands through a rest; then the second plays, and it ends."""
    for name in ("a", "b"):
        media.make_clip(tmp_path / f"{name}.mp4", [0.0, 0.02, 0.04])
    reel = open_source(f"{tmp_path}/a.mp4,{tmp_path}/b.mp4")
    assert isinstance(reel, Reel)
    flow: Any = Told()
    frames: list[Frame] = []
    wanted = iter(["rest"] * 3 + ["placing"])
    for frame in reel:
        frames.append(frame)
        if len(frames) in (4, 5, 6, 7):
            reel.follow(at(next(wanted)), flow)
        if len(frames) == 10:
            reel.close()
    times_s = [frame.t_s for frame in frames]
    assert times_s == sorted(set(times_s))
    assert [frame.index for frame in frames] == list(range(len(frames)))
    assert len(frames) >= 10
    assert flow.commands == []


def test_what_a_clip_did_not_finish_is_left_and_the_end_is_the_end() -> None:
    """Four seconds after a clip in the middle of the work the exercise is left; five after the summary it is over."""
    now_s = [0.0]
    reel, flow = Reel([], clock=lambda: now_s[0]), Told()
    reel.follow(at("work"), flow)  # type: ignore[arg-type]  # while a clip plays nothing is hurried
    reel._still_since_s = 0.0
    for now_s[0] in (1.0, 4.5, 5.0):
        reel.follow(at("work"), flow)  # type: ignore[arg-type]
    assert flow.commands == ["next"]
    now_s[0] = 10.0
    reel.follow(at("summary"), flow)  # type: ignore[arg-type]
    assert list(Reel([])) == []
    assert reel._closed.is_set()


def test_a_folder_is_played_in_order_of_names(tmp_path: Path) -> None:
    """And one without clips is refused; a single file, a comma in its name, is one file."""
    for name in ("b.mp4", "a.mp4", "notes.txt"):
        (tmp_path / name).touch()
    assert [clip.name for clip in clips_of(str(tmp_path))] == ["a.mp4", "b.mp4"]
    (tmp_path / "none").mkdir()
    with pytest.raises(SourceError, match="no clips"):
        clips_of(str(tmp_path / "none"))
    odd = tmp_path / "one, two.mp4"
    odd.touch()
    assert clips_of(str(odd)) == clips_of(str(tmp_path / "a.mp4")) == []


def test_closing_ends_a_picture_that_stands(tmp_path: Path) -> None:
    """Also from another thread."""
    media.make_clip(tmp_path / "a.mp4", [0.0, 0.02])
    frames = LatestFrame(Reel([tmp_path / "a.mp4"]))
    end_s = time.monotonic() + 5
    while frames.take(0.5) is None and time.monotonic() < end_s:
        pass
    frames.close()
    assert frames.ended
