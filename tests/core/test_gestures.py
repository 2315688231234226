"""Hands that ask for something: understood when held, and never found in an exercise."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from coaching import ARM_RAISE, CURL, TILT
from figures import PRONE, SITTING, STANDING, Figure, Motion

from poise.core.body import BodyTracker
from poise.core.landmarks import INDEX
from poise.core.live.gestures import Gestures, hears_hand
from poise.core.live.moment import Command
from poise.core.types import Pose

UP = {"right_shoulder_abduction": 80, "right_elbow_flexion": 95}
DOWN = {"right_shoulder_abduction": 0, "right_elbow_flexion": 0}
HAND = SITTING.but(**UP)


def understood(poses: list[Pose], hand: bool = True) -> list[tuple[float, Command]]:
    """What is understood, and when."""
    tracker, gestures = BodyTracker(), Gestures()
    said = [(pose.t_s, gestures.watch(tracker.track(pose), pose.t_s, hand)) for pose in poses]
    return [(round(t_s, 2), meant) for t_s, meant in said if meant]


def with_crossed(poses: list[Pose], lower_px: float = 0.0) -> list[Pose]:
    """Wrists at one point before the collarbone, fingers past each other, as the model draws crossed hands."""
    changed = []
    for pose in poses:
        xy = pose.xy_px.copy()
        left, right = xy[INDEX["left_shoulder"]], xy[INDEX["right_shoulder"]]
        middle = (left + right) / 2 + [0.0, 10.0 + lower_px]
        xy[INDEX["left_wrist"]] = xy[INDEX["right_wrist"]] = middle
        low = np.array([0.0, 90.0 + lower_px])
        xy[INDEX["left_elbow"]], xy[INDEX["right_elbow"]] = left + low, right + low
        across = left - right
        xy[INDEX["left_index"]], xy[INDEX["right_index"]] = middle - 0.25 * across, middle + 0.25 * across
        changed.append(dataclasses.replace(pose, xy_px=xy))
    return changed


def test_a_hand_is_understood_after_a_second() -> None:
    """Up at 1.5 s: understood at 2.5 s, once; the bar of its progress fills meanwhile."""
    motion = Motion(SITTING).stay(1).go(0.5, **UP).stay(2).go(0.5, **DOWN).stay(1)
    ((t_s, meant),) = understood(motion.poses())
    assert (t_s, meant) == (pytest.approx(2.45, abs=0.2), "go")
    gestures, tracker = Gestures(), BodyTracker()
    shares = [gestures.share for pose in motion.poses() if not gestures.watch(tracker.track(pose), pose.t_s)]
    assert max(shares) == 1.0
    assert shares[-1] == 0.0


def test_either_hand_will_do() -> None:
    """The left as the right."""
    motion = Motion(SITTING).go(0.5, left_shoulder_abduction=80, left_elbow_flexion=95).stay(2)
    assert [meant for _, meant in understood(motion.poses())] == ["go"]


def test_a_hand_that_stays_up_asks_for_the_next() -> None:
    """Four seconds in all; then nothing more."""
    motion = Motion(HAND).stay(8)
    assert understood(motion.poses()) == [(1.0, "go"), (4.0, "next")]


def test_a_short_lapse_does_not_begin_anew_and_a_long_one_does() -> None:
    """A tenth of a second out of sight is nothing; half a second is a new gesture."""
    short = Motion(HAND).stay(0.7).stay(0.1, present=False).stay(0.4, present=True)
    assert [meant for _, meant in understood(short.poses())] == ["go"]
    long = Motion(HAND).stay(0.7).stay(0.5, present=False).stay(0.7, present=True)
    assert understood(long.poses()) == []


def test_a_hand_that_waves_is_not_held() -> None:
    """To and fro by a third of the torso."""
    wave = Motion(HAND).times(6, lambda m: m.go(0.3, right_elbow_flexion=60).go(0.3, right_elbow_flexion=120))
    assert understood(wave.poses()) == []


@pytest.mark.parametrize(
    "figure",
    [
        SITTING.but(shoulder_abduction=80, elbow_flexion=95),  # both
        SITTING.but(right_shoulder_abduction=80, right_elbow_flexion=0),  # out to the side
        SITTING.but(right_shoulder_abduction=30, right_elbow_flexion=140),  # at the shoulder
        STANDING.but(right_shoulder_abduction=170, trunk_pitch=80),  # bent over
        PRONE.but(shoulder_flexion=170),
        STANDING.but(present=False),
        HAND.but(hidden=("elbow",)),
    ],
)
def test_other_arms_mean_nothing(figure: Figure) -> None:
    """Two hands, an arm out to the side, a hand at the shoulder, bent over, lying, nobody, half unseen."""
    assert understood(Motion(figure).stay(3).poses()) == []


@pytest.mark.parametrize("hidden", [("ear",), ("left_wrist",), ("left_ear",)])
def test_what_is_not_needed_may_be_hidden(hidden: tuple[str, ...]) -> None:
    """An ear behind hair, the other hand under the table."""
    assert understood(Motion(HAND.but(hidden=hidden)).stay(2).poses()) == [(1.0, "go")]


def test_crossed_wrists_say_that_it_hurts() -> None:
    """After a second; heard even where a hand is not."""
    poses = with_crossed(Motion(SITTING).stay(2).poses())
    assert understood(poses) == understood(poses, hand=False) == [(1.0, "hurts")]


def test_folded_arms_and_arms_from_the_side_mean_nothing() -> None:
    """Wrists as low as the belly; or a body so turned that its shoulders lie on one another."""
    assert understood(with_crossed(Motion(SITTING).stay(2).poses(), lower_px=120)) == []
    assert understood(with_crossed(Motion(SITTING.but(facing=88.0)).stay(2).poses())) == []


def test_where_a_hand_is_heard() -> None:
    """In an exercise of the neck always; of both arms at rest; of one arm never."""
    assert [hears_hand(TILT, moving) for moving in (False, True)] == [True, True]
    assert [hears_hand(ARM_RAISE, moving) for moving in (False, True)] == [True, False]
    assert [hears_hand(CURL, moving) for moving in (False, True)] == [False, False]
    assert understood(Motion(HAND).stay(3).poses(), hand=False) == []
