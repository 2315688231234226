"""What sample clips do not show and users have: a camera that leans, a leg that the near one hides, arms held out."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from poise.core.body import BodyTracker
from poise.core.landmarks import INDEX
from poise.core.replay import replay
from poise.core.session import Reps, Session
from poise.core.spec import Spec
from poise.core.types import FloatArray, Pose
from poise.io.sidecars import load_sidecar
from poise.io.specs import load_spec
from recorded import SAMPLES, recorded


def counted(name: str, change: Callable[[Pose], Pose]) -> tuple[Reps, Reps]:
    """What the exercise of a sample clip counts in its recorded track, as it is and with every pose changed."""
    clip = SAMPLES / f"{name}.mp4"
    said = load_sidecar(clip.with_suffix(".yaml"))
    spec, poses = said.applied_to(load_spec(said.spec)), recorded(clip).poses
    return _reps(poses, spec), _reps([change(pose) for pose in poses], spec)


def _reps(poses: list[Pose] | tuple[Pose, ...], spec: Spec) -> Reps:
    return replay(poses, spec, Session(poise="0", source="track", exercise=spec.id, model="full")).reps


def changed(pose: Pose, xy_px: FloatArray, visibility: FloatArray) -> Pose:
    """A pose with its landmarks elsewhere, or seen less well."""
    return Pose(pose.t_s, pose.size_px, xy_px, visibility, pose.world_m.copy())


def leaning(pose: Pose, degrees: float) -> Pose:
    """The same before a camera that leans to a side, about the middle of the picture."""
    turn = math.radians(degrees)
    matrix = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    middle = np.array(pose.size_px) / 2
    return changed(pose, (pose.xy_px - middle) @ matrix + middle, pose.visibility.copy())


@pytest.mark.parametrize("degrees", [-6, 6])
@pytest.mark.parametrize(
    "name",
    [
        "dolphin-stretch",
        "glute-bridge",
        "overhead-side-reach",
        "plank",
        "prone-cobra-b",
        "push-up-b",
        "seated-extension",
        "upper-trapezius-stretch",
        "wall-lat-stretch",
    ],
)
def test_a_camera_that_leans_changes_no_count(name: str, degrees: float) -> None:
    """A phone against a mug leans by a few degrees: hips and chests are lifted and trunks bend as far as before."""
    upright, leant = counted(name, lambda pose: leaning(pose, degrees))
    assert leant == upright


@pytest.mark.parametrize("name", ["squat", "squat-b"])
def test_squats_count_while_the_near_leg_hides_the_far_one(name: str) -> None:
    """Side on, the model often gives the far knee and ankle up; the near ones are enough."""
    tracker = BodyTracker()

    def without_far_leg(pose: Pose) -> Pose:
        far = "left" if tracker.track(pose).near == "right" else "right"
        visibility = pose.visibility.copy()
        visibility[[INDEX[f"{far}_knee"], INDEX[f"{far}_ankle"]]] = 0.0
        return changed(pose, pose.xy_px.copy(), visibility)

    seen, hidden = counted(name, without_far_leg)
    assert hidden == seen


def test_arms_held_out_in_a_squat_are_no_roll_of_the_shoulders() -> None:
    """They come up with the arms and go forward as the trunk does; in a roll the arms hang."""
    assert _reps(recorded(SAMPLES / "squat.mp4").poses, load_spec("shoulder-roll-forward")).total == 0
