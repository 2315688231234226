"""Short holds made from good ones: what is left of them is as long as it is said to be, and the truth is true."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.figures import STANDING, Motion
from poise.core.replay import replay
from poise.core.session import Session
from poise.io.specs import load_spec
from short_holds import short_holds
from truth_files import TrueRepetition, Truth

HELD = load_spec("upper-trapezius-stretch")
SPEC = HELD.model_copy(update={"dose": HELD.dose.model_copy(update={"hold": 4.0})})
BLANK = Session(poise="0", source="made", exercise=SPEC.id, model="none")


def clip_of(motion: Motion, *repetitions: TrueRepetition) -> Truth:
    """A clip of a moving figure."""
    poses = motion.poses()
    world = np.array([pose.world_m for pose in poses]) * (1, -1, -1)
    t_s, picture = np.array([pose.t_s for pose in poses]), np.array([pose.xy_px for pose in poses])
    return Truth(Path("made.mp4"), "somebody", "tune", t_s, picture, world, {}, repetitions)


def test_a_good_hold_is_left_at_three_lengths() -> None:
    """Of four seconds that are asked for, 2.8, 2.0 and 1.0 are left; each is told to be short, and ends earlier."""
    motion = Motion(STANDING).stay(1.5).go(1, neck_tilt=35).stay(4).go(1, neck_tilt=0).stay(1)
    good = TrueRepetition(1.5, 7.5, counts=True)
    made = list(short_holds(clip_of(motion, good), motion.poses(), SPEC))
    assert [truth.repetitions[0].strength for truth, _ in made] == ["slight", "clear", "strong"]
    for (truth, poses), left_s in zip(made, (2.8, 2.0, 1.0), strict=True):
        (rep,) = truth.repetitions
        session = replay(poses, SPEC, BLANK)
        assert session.repetitions[0].held_s == pytest.approx(left_s, abs=0.2)
        assert session.repetitions[0].faults == ["hold-short"] == list(rep.faults)
        assert rep.end_s == pytest.approx(session.repetitions[0].end_s, abs=0.5)
        assert len(truth.t_s) == len(truth.landmarks_px) == len(poses)


def test_what_has_a_fault_or_no_hold_is_left_alone() -> None:
    """A repetition with a fault of its own is none of these, nor is one that counts as a miss."""
    motion = Motion(STANDING).stay(1.5).go(1, neck_tilt=35).stay(4).go(1, neck_tilt=0).stay(1)
    for rep in (TrueRepetition(1.5, 7.5, True, ("shrug",)), TrueRepetition(1.5, 7.5, False)):
        assert list(short_holds(clip_of(motion, rep), motion.poses(), SPEC)) == []
    quick = Motion(STANDING).stay(1.5).go(1, neck_tilt=35).stay(1).go(1, neck_tilt=0).stay(1)
    assert list(short_holds(clip_of(quick, TrueRepetition(1.5, 4.5, True)), quick.poses(), SPEC)) == []
