"""Coach a whole sequence of poses at once, as tests, tools and the library do with a landmark track."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from poise.core.body import BodyTracker
from poise.core.coach import Coach
from poise.core.curves import CurveLog
from poise.core.events import Event
from poise.core.session import Session, SessionLog, Sight
from poise.core.spec import Spec
from poise.core.types import Pose
from poise.core.words import ENGLISH, Words


def replay(
    poses: Iterable[Pose], spec: Spec, session: Session, curves: CurveLog | None = None, words: Words = ENGLISH
) -> Session:
    """The session that these poses make.

    Args:
        poses: In order of time.
        spec: The exercise.
        session: What is known of the source; its results are filled in, in a copy.
        curves: Keeps the measures over time, when they are wanted.
        words: The reader's language; that of the spec.
    """
    coach = Coach(spec, words)
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


class Bodies:
    """The bodies of a whole clip, tracked once, to be judged by many exercises, or by one with many thresholds.

    What has been measured on a body is kept there, so that judging it again costs little.

    Args:
        poses: In order of time.
    """

    def __init__(self, poses: Iterable[Pose]) -> None:
        tracker, self._sight = BodyTracker(), Sight()
        self._bodies = []
        for pose in poses:
            self._bodies.append(tracker.track(pose))
            self._sight.see(self._bodies[-1], pose.found)

    def judged(self, spec: Spec, blank: Session) -> Session:
        """The session that an exercise makes of it: the same as from the poses themselves.

        Args:
            spec: The exercise.
            blank: What is known of the source; its results are filled in, in a copy.
        """
        return self.told(blank, self.events(Coach(spec)))

    def events(self, coach: Coach) -> Iterator[list[Event]]:
        """What a coach finds in each body, in order of time, and at the end."""
        for body in self._bodies:
            yield coach.watch(body)[1]
        yield coach.finish(self._bodies[-1].t_s if self._bodies else 0.0)

    def told(self, blank: Session, found: Iterable[Iterable[Event]]) -> Session:
        """The session that such events make.

        Args:
            blank: What is known of the source; its results are filled in, in a copy.
            found: As ``events`` gives them.
        """
        log = SessionLog(blank)
        self._sight.tell(log.session)
        for events in found:
            log.take(events)
        return log.close(self._bodies[-1].t_s if self._bodies else 0.0)
