"""Coach a whole sequence of poses at once: what tests, tools and the library do with a landmark track."""

from __future__ import annotations

from collections.abc import Iterable

from poise.core.coach import Coach
from poise.core.curves import CurveLog
from poise.core.session import Session, SessionLog
from poise.core.spec import Spec
from poise.core.types import Pose


def replay(poses: Iterable[Pose], spec: Spec, session: Session, curves: CurveLog | None = None) -> Session:
    """The session that these poses make.

    Args:
        poses: In order of time.
        spec: The exercise.
        session: What is known of the source; its results are filled in, in a copy.
        curves: Keeps the measures over time, when they are wanted.
    """
    coach = Coach(spec)
    log = SessionLog(session)
    t_s = 0.0
    for pose in poses:
        snapshot = coach.step(pose)
        log.add(snapshot)
        if curves:
            curves.add(snapshot)
        t_s = pose.t_s
    log.take(coach.finish(t_s))
    return log.close(t_s)
