"""A session with its measures over time, made of a motion."""

from __future__ import annotations

from coaching import blank
from figures import STANDING, Motion

from poise.core.curves import CurveLog, Curves
from poise.core.replay import replay
from poise.core.session import Session
from poise.core.spec import Spec


def measured(motion: Motion, spec: Spec, fps: float = 15.0) -> tuple[Session, Curves]:
    """What a coach makes of a motion, with the measures that it judged by."""
    curves = CurveLog(spec)
    return replay(motion.poses(fps), spec, blank(spec), curves), curves.close()


def tilting(*degrees: float) -> Motion:
    """After a second upright, one tilt after the other: a second there, five held, a second back, one upright.

    Positive is to the left.
    """
    motion = Motion(STANDING).stay(1)
    for angle in degrees:
        motion.go(1, neck_tilt=angle).stay(5.5).go(1, neck_tilt=0).stay(1)
    return motion


def raising(*degrees: float, lag: float = 0.0) -> Motion:
    """After a second of standing, both arms up to an angle (the right one less by ``lag``) and down, 4 s each."""
    motion = Motion(STANDING).stay(1)
    for angle in degrees:
        motion.go(1.5, left_shoulder_abduction=angle, right_shoulder_abduction=angle - lag).stay(0.5)
        motion.go(1.5, shoulder_abduction=0).stay(0.5)
    return motion
