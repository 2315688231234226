"""Which exercise is it? Every exercise is tried on the same poses, and the one that explains most of them wins."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from poise.core.body import Body, BodyTracker
from poise.core.coach import Coach
from poise.core.session import Session, SessionLog
from poise.core.spec import Spec
from poise.core.types import Pose

EVERY_S = 0.08  # twelve moments a second tell exercises apart as well as thirty
FAULTY = 0.6  # what a repetition is worth for each of its faults: an exercise seldom fits with all its faults
PER_CONDITION = 0.2  # of two exercises that fit, the one that asks for more is meant
TIMED = 0.02  # being there is what every exercise asks for, and says little
HELD = 0.3  # a position held without a counted repetition


@dataclass(frozen=True, slots=True)
class Candidate:
    """One exercise and how well it explains what was seen.

    Attributes:
        spec: The exercise.
        session: What it makes of the poses.
        score: For comparing candidates, above 0.
        confidence: Its share of the scores of all candidates, 0 to 1.
    """

    spec: Spec
    session: Session
    score: float
    confidence: float


def sessions_of(poses: Iterable[Pose], specs: Sequence[Spec], blank: Session) -> Iterator[Session]:
    """What each exercise makes of the same poses, at a dozen moments a second.

    Args:
        poses: In order of time.
        specs: Exercises.
        blank: What is known of the source.
    """
    tracker = BodyTracker()
    moments = [tracker.track(pose) for pose in _thinned(poses)]
    for spec in specs:
        yield _session(moments, spec, blank.model_copy(update={"exercise": spec.id}))


def recognise(poses: Iterable[Pose], specs: Sequence[Spec], blank: Session) -> list[Candidate]:
    """The exercises that explain something of what was seen, the likeliest first; empty when none does.

    Args:
        poses: In order of time.
        specs: Exercises to choose from.
        blank: What is known of the source.
    """
    poses = list(poses)
    seen_s = EVERY_S * sum(1 for pose in _thinned(poses) if pose.found)
    found = []
    for spec, session in zip(specs, sessions_of(poses, specs, blank), strict=True):
        score = _score(spec, session, seen_s)
        if score > 0:
            found.append((score, spec, session))
    whole = sum(score for score, _, _ in found)
    found.sort(key=lambda item: (-item[0], item[1].id))
    return [Candidate(spec, session, score, score / whole) for score, spec, session in found]


def _score(spec: Spec, session: Session, seen_s: float) -> float:
    """How well an exercise explains what was seen: the share of the time that its repetitions take, weighed."""
    if seen_s <= 0:
        return 0.0
    held_s = sum(hold.held_s for hold in session.holds)
    if spec.kind in ("posture", "timer") or spec.sees == "timer":
        return TIMED * min(1.0, held_s / seen_s)
    if not session.repetitions:
        return HELD * min(1.0, held_s / seen_s)
    weighed_s = sum((rep.end_s - rep.start_s) * FAULTY ** len(rep.faults) for rep in session.repetitions)
    conditions = sum(len(step.where) for step in spec.steps)
    return min(1.0, weighed_s / seen_s) * (1.0 + PER_CONDITION * conditions)


def _session(moments: Sequence[Body], spec: Spec, blank: Session) -> Session:
    coach, log = Coach(spec), SessionLog(blank)
    for body in moments:
        log.take(coach.watch(body)[1])
    end_s = moments[-1].t_s if moments else 0.0
    log.take(coach.finish(end_s))
    return log.close(end_s)


def _thinned(poses: Iterable[Pose]) -> Iterator[Pose]:
    due_s = -math.inf
    for pose in poses:
        if pose.t_s >= due_s:
            due_s = pose.t_s + EVERY_S - 1e-3
            yield pose
