"""A person who does a known exercise in front of a clip that shows nothing of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.figures import STANDING, Figure, Motion, moved
from poise.app import backends, tracking
from poise.core.spec import Spec
from poise.core.types import Frame, Pose
from poise.io.model.find import ModelFile

SCALE = 0.25  # of the figure's own picture
SIZE_PX = (320, 240)

#: Both arms up: rest below 50 degrees, up above 130.
ARM_RAISE = Spec.model_validate(
    {
        "poise": 1,
        "id": "arm-raise",
        "name": "Arm raise",
        "kind": "strength",
        "position": "any",
        "camera": {"view": "front", "sees": ["shoulders"]},
        "sees": "full",
        "guide": "Move.",
        "steps": [
            {"id": "down", "say": "Arms down", "where": {"shoulder_abduction": {"below": 50}}},
            {"id": "up", "say": "Arms up", "where": {"shoulder_abduction": {"above": 130}}},
        ],
    }
)


def raising(times: int) -> Motion:
    """Both arms go up and down so many times, four seconds each, after a second of standing."""
    return (
        Motion(STANDING)
        .stay(1)
        .times(times, lambda motion: motion.go(1.5, shoulder_abduction=160).go(1.5, shoulder_abduction=0).stay(1))
    )


class Actor:
    """A ``PoseBackend`` that sees a motion in every clip, whatever the model and the picture are.

    Args:
        motion: What is done; nobody is there when None.
        events: What happens instead of an answer: the number of the call, and the error.
    """

    def __init__(self, motion: Motion | Figure | None, events: dict[int, BaseException] | None = None) -> None:
        self._motion = motion
        self._events = events or {}
        self.poses: list[Pose] = []
        self.closed = 0

    def __call__(self, model: Path, *, masks: bool = False) -> Actor:
        """Take the place of a backend's constructor; there are no masks in what it sees."""
        assert isinstance(masks, bool)
        assert model.name == "model.task"
        return self

    def estimate(self, frame: Frame) -> Pose:
        """The figure at the frame's time."""
        if len(self.poses) in self._events:
            raise self._events[len(self.poses)]
        self.poses.append(self._pose(frame))
        return self.poses[-1]

    def close(self) -> None:
        """Count it."""
        self.closed += 1

    def _pose(self, frame: Frame) -> Pose:
        if self._motion is None:
            return Pose.missing(frame.t_s, frame.size_px)
        figure = self._motion.at(frame.t_s) if isinstance(self._motion, Motion) else self._motion
        seen = moved(figure.pose(frame.t_s), scale=SCALE)
        return Pose(frame.t_s, frame.size_px, seen.xy_px, seen.visibility, seen.world_m)


def cast(monkeypatch: pytest.MonkeyPatch, actor: Actor, *, kept: bool = False) -> Actor:
    """Put an actor in the place of the model; unless asked for, what one did is not kept: the next may do otherwise."""
    if not kept:
        monkeypatch.setattr(tracking, "recall_track", lambda _: None)
        monkeypatch.setattr(tracking, "keep_track", lambda *_: None)
    monkeypatch.setattr(backends, "MediaPipeBackend", actor)
    monkeypatch.setattr(backends, "resolve_model", lambda *_, **__: ModelFile(Path("model.task"), "full", "0" * 64))
    return actor
