"""Exercises as small as their tests need, and what a coach makes of a motion."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from figures import Motion

from poise.core.coach import Coach, Snapshot
from poise.core.events import Event
from poise.core.session import Session, SessionLog
from poise.core.spec import Spec
from poise.core.types import Pose

E = TypeVar("E")


def exercise(*steps: dict[str, Any], **fields: Any) -> Spec:
    """A spec of these steps; everything else has a value that the test need not care about."""
    numbered = [{"id": f"step-{i}", "say": f"Go to {i}"} | step for i, step in enumerate(steps)]
    usual: dict[str, Any] = {
        "poise": 1,
        "id": "exercise",
        "name": "Exercise",
        "kind": "strength",
        "position": "any",
        "camera": {"view": "front", "sees": ["shoulders"]},
        "sees": "full",
        "guide": "Move.",
        "steps": numbered,
    }
    return Spec.model_validate(usual | fields)


#: Both arms up: rest below 50 degrees, up above 130.
ARM_RAISE = exercise(
    {"id": "down", "where": {"shoulder_abduction": {"below": 50}}},
    {"id": "up", "where": {"shoulder_abduction": {"above": 130}}},
)

#: Ear to shoulder, each side, held: upright within 12 degrees, tilted above 20.
TILT_FIELDS: dict[str, Any] = {
    "kind": "stretch",
    "sides": "each",
    "camera": {"view": "front", "sees": ["head", "shoulders"]},
    "dose": {"reps": 3, "hold": 5},
}
TILT_STEPS: tuple[dict[str, Any], ...] = (
    {"id": "upright", "where": {"neck_tilt": {"between": [-12, 12]}}},
    {"id": "tilt", "say": "Ear toward your {side} shoulder", "where": {"neck_tilt": {"above": 20}}, "hold": "dose"},
)
TILT = exercise(*TILT_STEPS, **TILT_FIELDS)

#: Either arm, or both together.
CURL = exercise(
    {"id": "long", "where": {"elbow_flexion": {"below": 40}}},
    {"id": "bent", "where": {"elbow_flexion": {"above": 90}}},
    sides="any",
)

JACK = exercise(
    {"id": "closed", "where": {"shoulder_abduction": {"below": 60}, "foot_gap": {"below": 80}}},
    {"id": "open", "where": {"shoulder_abduction": {"above": 105}, "foot_gap": {"above": 75}}},
    camera={"view": "front", "sees": ["shoulders", "elbows", "hips", "feet"]},
)
ROLL = exercise(
    {"id": "down", "where": {"shoulder_abduction": {"below": 30}}},
    {"id": "level", "where": {"shoulder_abduction": {"between": [70, 110]}}},
    {"id": "bent", "where": {"shoulder_abduction": {"between": [70, 110]}, "elbow_flexion": {"above": 60}}},
)


@dataclass(frozen=True)
class Coached:
    """What a coach made of a motion."""

    session: Session
    snapshots: list[Snapshot]
    last: list[Event]

    @property
    def events(self) -> list[Event]:
        """All events in order, those of the end included."""
        return [event for snapshot in self.snapshots for event in snapshot.events] + self.last

    def only(self, kind: type[E]) -> list[E]:
        """The events of one kind."""
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def counts(self) -> tuple[int, int, int]:
        """Repetitions in all, left, right."""
        reps = self.session.reps
        return reps.total, reps.left, reps.right

    def at(self, t_s: float) -> Snapshot:
        """The last moment at or before a time."""
        return [snapshot for snapshot in self.snapshots if snapshot.t_s <= t_s + 1e-6][-1]


def blank(spec: Spec) -> Session:
    """A session before its first frame."""
    return Session(poise="0", source="figure", exercise=spec.id, model="figure")


def coached(motion: Motion | Iterable[Pose], spec: Spec, fps: float = 30.0) -> Coached:
    """Coach somebody through a whole motion."""
    poses = motion.poses(fps) if isinstance(motion, Motion) else list(motion)
    coach, log = Coach(spec), SessionLog(blank(spec))
    snapshots = []
    for pose in poses:
        snapshots.append(coach.step(pose))
        log.add(snapshots[-1])
    last = coach.finish(poses[-1].t_s)
    log.take(last)
    return Coached(log.close(poses[-1].t_s), snapshots, last)


def raise_arms(motion: Motion, top: float = 170, seconds: float = 1.0) -> Motion:
    """Arms out to the side and up, and down again."""
    return motion.go(seconds, shoulder_abduction=top).go(seconds, shoulder_abduction=5)


def curl(motion: Motion, *arms: str) -> Motion:
    """Bends the named arms together and stretches them again."""
    motion.go(1, **{f"{arm}_elbow_flexion": 130 for arm in arms})
    return motion.go(1, **{f"{arm}_elbow_flexion": 0 for arm in arms}).stay(1)
