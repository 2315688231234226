"""The gestures of live coaching on what the model really sees: found where they are made, and in no exercise."""

from __future__ import annotations

from pathlib import Path

import pytest

import recorded
from poise.app.tracking import track_of
from poise.core.body import BodyTracker
from poise.core.live.gestures import Gestures, hears_hand
from poise.core.live.moment import Command
from poise.core.spec import Spec
from poise.core.types import Pose
from poise.io.sidecars import find_sidecars, load_sidecar
from poise.io.specs import load_spec
from pose_material import cached_model, private_clip

CLIPS = Path(__file__).parent / "clips"


def understood(poses: tuple[Pose, ...], spec: Spec | None = None) -> list[tuple[float, Command]]:
    """What is understood, and when; at rest, where a hand is heard in the most exercises."""
    tracker, gestures, hand = BodyTracker(), Gestures(), spec is None or hears_hand(spec, moving=False)
    said = [(pose.t_s, gestures.watch(tracker.track(pose), pose.t_s, hand)) for pose in poses]
    return [(t_s, meant) for t_s, meant in said if meant]


def test_hands_are_found_where_they_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """The right hand from second 1.9, the left one from 6.9, wrists crossed from 12; each is told a second later."""
    monkeypatch.setattr(recorded, "FOLDER", CLIPS)
    said = understood(recorded.recorded(CLIPS / "hands.mp4").poses)
    assert [meant for _, meant in said] == ["go", "go", "hurts"]
    assert [t_s for t_s, _ in said] == pytest.approx([2.9, 7.9, 12.9], abs=0.3)


def test_no_exercise_makes_a_gesture() -> None:
    """In no sample clip, well done or not, nor in those in which nobody exercises, but for the one who waves."""
    for clip in find_sidecars(recorded.SAMPLES):
        sidecar = load_sidecar(clip.with_suffix(".yaml"))
        spec = None if sidecar.negative else load_spec(sidecar.spec)
        assert understood(recorded.recorded(clip).poses[::4], spec) == [], clip.stem


@pytest.mark.private
@pytest.mark.model
def test_no_real_person_makes_a_gesture_by_chance() -> None:
    """In clips of real people who exercise, talk, walk and gesture a raised hand is listened for all the time."""
    cached_model()
    for clip in sorted(private_clip("INDEX.csv").parent.glob("*.m*4")):
        assert understood(track_of(clip).poses) == [], clip.name
