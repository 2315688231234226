"""What must not change a count: where and how large the person is, which side, how many frames, how clean they are."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest
from coaching import ARM_RAISE, CURL, JACK, TILT_FIELDS, TILT_STEPS, coached, exercise
from figures import STANDING, Motion, mirrored, moved
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from poise.core.landmarks import LANDMARK_COUNT
from poise.core.session import Session
from poise.core.spec import Spec
from poise.core.types import Pose


@dataclass(frozen=True, eq=False)
class Example:
    """A motion and what it counts for."""

    spec: Spec
    motion: Motion
    counts: tuple[int, int, int]

    @cache  # noqa: B019 (a handful of examples that live as long as the tests)
    def poses(self, fps: float) -> list[Pose]:
        """What a camera of that rate sees, made once."""
        return self.motion.poses(fps)


def _examples() -> dict[str, Example]:
    raising = (
        Motion(STANDING).stay(1).times(2, lambda m: m.go(0.8, shoulder_abduction=165).go(0.8, shoulder_abduction=5))
    )
    curling = Motion(STANDING).stay(1).go(0.8, left_elbow_flexion=130).go(0.8, left_elbow_flexion=0)
    curling.go(0.8, right_elbow_flexion=130).go(0.8, right_elbow_flexion=0).go(0.8, elbow_flexion=130)
    jumping = (
        Motion(STANDING)
        .stay(0.5)
        .times(4, lambda m: m.go(0.35, shoulder_abduction=170, spread=25).go(0.35, shoulder_abduction=10, spread=0))
    )
    tilting = Motion(STANDING).stay(1).times(2, lambda m: m.go(0.8, neck_tilt=35).stay(1.5).go(0.8, neck_tilt=0))
    tilting.go(0.8, neck_tilt=-35).stay(1.5).go(0.8, neck_tilt=0).stay(0.5)
    tilt = exercise(*TILT_STEPS, **(TILT_FIELDS | {"dose": {"hold": 1}}))
    return {
        "two raises": Example(ARM_RAISE, raising.stay(0.5), (2, 0, 0)),
        "left, right and both arms": Example(CURL, curling.go(0.8, elbow_flexion=0).stay(0.5), (3, 2, 2)),
        "four jacks": Example(JACK, jumping.stay(0.5), (4, 0, 0)),
        "two tilts left and one right": Example(tilt, tilting, (3, 2, 1)),
    }


EXAMPLES = _examples()
every_example = pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES.keys())
#: Without shrinking: a seed has no smaller neighbour, and every example is a whole session.
few = settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@every_example
def test_the_examples_count_as_described(example: Example) -> None:
    """Seen cleanly at 15 fps, each motion counts for what it is."""
    assert coached(example.motion, example.spec, fps=15).counts == example.counts


@every_example
@few
@given(st.floats(-150, 150), st.floats(-60, 60), st.floats(0.85, 1.1))
def test_place_and_size_do_not_matter(example: Example, right_px: float, down_px: float, scale: float) -> None:
    """Nearer or farther, and anywhere in the picture."""
    poses = [
        Pose(
            pose.t_s,
            pose.size_px,
            (pose.xy_px - [640, 520]) * scale + [640 + right_px, 520 + down_px],
            pose.visibility.copy(),
            pose.world_m.copy(),
        )
        for pose in example.poses(15)
    ]
    assert coached(poses, example.spec).counts == example.counts


@every_example
@pytest.mark.parametrize("scale", [0.25, 3.0])
def test_resolution_does_not_matter(example: Example, scale: float) -> None:
    """The same picture at 320 x 240 and at 3840 x 2880 gives the same count."""
    poses = [moved(pose, scale=scale) for pose in example.poses(15)]
    assert coached(poses, example.spec).counts == example.counts


@every_example
def test_a_mirrored_picture_swaps_the_sides(example: Example) -> None:
    """What the left did the right does, as often, and the total stays."""
    total, left, right = example.counts
    poses = [mirrored(pose) for pose in example.poses(15)]
    assert coached(poses, example.spec).counts == (total, right, left)


@every_example
@pytest.mark.parametrize("fps", [10, 24, 30, 60])
def test_the_frame_rate_does_not_matter(example: Example, fps: float) -> None:
    """From 10 to 60 frames per second."""
    assert coached(example.motion, example.spec, fps).counts == example.counts


@pytest.mark.parametrize("late_s", [0.0, 0.02, 0.04, 0.06, 0.08])
def test_ten_frames_a_second_are_enough_for_jumping_jacks(late_s: float) -> None:
    """Open for a quarter of a second, seen two or three times: that counts whenever the frames happen to fall."""
    example = EXAMPLES["four jacks"]
    times_s = np.arange(late_s, example.motion.seconds, 0.1)
    assert coached(example.motion.poses_at(times_s), example.spec).counts == example.counts


@every_example
@few
@given(st.floats(12, 40), st.integers(0, 2**32 - 1))
def test_an_uneven_frame_rate_does_not_matter(example: Example, fps: float, seed: int) -> None:
    """Every gap between two frames varies by up to a third."""
    rng = np.random.default_rng(seed)
    gaps_s = (1 + rng.uniform(-0.33, 0.33, round(example.motion.seconds * fps))) / fps
    times_s = np.cumsum(gaps_s)
    poses = example.motion.poses_at(float(t_s) for t_s in times_s[times_s <= example.motion.seconds])
    assert coached(poses, example.spec).counts == example.counts


@every_example
@few
@given(st.integers(0, 2**32 - 1))
def test_dropped_frames_do_not_matter(example: Example, seed: int) -> None:
    """One in ten frames of 24 per second never arrives."""
    rng = np.random.default_rng(seed)
    poses = [pose for pose in example.poses(24) if rng.random() >= 0.1]
    assert coached(poses, example.spec).counts == example.counts


@every_example
@few
@given(st.integers(0, 2**32 - 1))
def test_repeated_timestamps_do_not_matter(example: Example, seed: int) -> None:
    """One in five frames arrives twice with the same time."""
    rng = np.random.default_rng(seed)
    poses = [pose for pose in example.poses(15) for _ in range(1 + (rng.random() < 0.2))]
    assert coached(poses, example.spec).counts == example.counts


@every_example
@few
@given(st.integers(0, 2**32 - 1))
def test_jitter_does_not_matter(example: Example, seed: int) -> None:
    """Every landmark is off by 1 % of the torso (one standard deviation) in every frame, each by itself."""
    rng = np.random.default_rng(seed)
    poses = [
        Pose(
            pose.t_s,
            pose.size_px,
            pose.xy_px + rng.normal(0, 2.0, (LANDMARK_COUNT, 2)),
            pose.visibility.copy(),
            pose.world_m.copy(),
        )
        for pose in example.poses(24)
    ]
    assert coached(poses, example.spec).counts == example.counts


@every_example
@few
@given(st.floats(0.0, 1.0), st.integers(0, 2**32 - 1))
def test_missing_landmarks_never_add_a_repetition(example: Example, share: float, seed: int) -> None:
    """Any share of landmarks missing at random: nothing breaks, nothing is invented, and the session is valid."""
    rng = np.random.default_rng(seed)
    poses = []
    for pose in example.poses(15):
        xy_px = pose.xy_px.copy()
        xy_px[rng.random(LANDMARK_COUNT) < share] = math.nan
        poses.append(Pose(pose.t_s, pose.size_px, xy_px, pose.visibility.copy(), pose.world_m.copy()))
    run = coached(poses, example.spec)
    assert all(found <= true for found, true in zip(run.counts, example.counts, strict=True))
    assert Session.model_validate_json(run.session.model_dump_json()) == run.session


@every_example
@few
@given(st.integers(0, 2**32 - 1))
def test_whole_frames_without_a_person_never_add_a_repetition(example: Example, seed: int) -> None:
    """One in five frames finds nobody."""
    rng = np.random.default_rng(seed)
    poses = [Pose.missing(pose.t_s, pose.size_px) if rng.random() < 0.2 else pose for pose in example.poses(24)]
    run = coached(poses, example.spec)
    assert all(found <= true for found, true in zip(run.counts, example.counts, strict=True))
