"""A clip's poses made into bodies once, to be judged by many exercises, or by one with many thresholds."""

from __future__ import annotations

from collections.abc import Iterable

from poise.core.body import BodyTracker
from poise.core.coach import Coach
from poise.core.session import Session, SessionLog
from poise.core.spec import Spec
from poise.core.types import Pose


class Moments:
    """All moments of one clip.

    What has been measured on a body is kept there, so that judging it again costs little.

    Args:
        poses: In order of time.
    """

    def __init__(self, poses: Iterable[Pose]) -> None:
        tracker = BodyTracker()
        self._found = 0
        self._bodies = []
        for pose in poses:
            self._found += pose.found
            self._bodies.append(tracker.track(pose))

    @property
    def span_s(self) -> tuple[float, float]:
        """Time of the first and of the last moment; zeros when there is none."""
        return (self._bodies[0].t_s, self._bodies[-1].t_s) if self._bodies else (0.0, 0.0)

    def judged(self, spec: Spec, blank: Session) -> Session:
        """The session that an exercise makes of it: the same as from the poses themselves.

        Args:
            spec: The exercise.
            blank: What is known of the source; its results are filled in, in a copy.
        """
        coach, log = Coach(spec), SessionLog(blank)
        for body in self._bodies:
            log.take(coach.watch(body)[1])
        first_s, last_s = self.span_s
        log.take(coach.finish(last_s))
        session = log.close(last_s)
        session.frames = len(self._bodies)
        session.pose_found = round(self._found / max(1, len(self._bodies)), 4)
        session.duration_s = round(last_s - first_s, 3)
        return session
