"""Which exercise is it? Every exercise is tried on the same poses, and what they all make of them tells."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from poise.core.replay import Bodies
from poise.core.session import Repetition, Session
from poise.core.spec import Spec
from poise.core.types import Pose

EVERY_S = 0.08  # twelve moments a second: the quickest repetitions are counted with ten
LONGEST_LOOK_S = 0.5  # what lies between two poses that are farther apart is not known
TIMED = 0.05  # being there is what every exercise asks for, and says little
HELD = 0.8  # a position held without a counted repetition
PER_HELD = 4  # a repetition that is held is so many times as long as its hold, with the ways in and out, at most
PAUSE_S = 1.0  # a shorter hold is a pause in a movement
ITSELF = 0.3  # how much an exercise speaks for itself, beside its signature
SHARPNESS = 4  # of confidence: twice the score is sixteen times as sure

#: For each exercise, by id, how much of its own clips every exercise explains: a jumping jack is also an arm raise.
Signatures = Mapping[str, Mapping[str, float]]


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
    """What each exercise makes of the same poses, at twelve moments a second.

    Args:
        poses: In order of time.
        specs: Exercises.
        blank: What is known of the source.
    """
    bodies = Bodies(_thinned(poses))
    for spec in specs:
        yield bodies.judged(spec, blank.model_copy(update={"exercise": spec.id}))


def recognise(poses: Iterable[Pose], specs: Sequence[Spec], blank: Session, signatures: Signatures) -> list[Candidate]:
    """The exercises that explain something of what was seen, the likeliest first; empty when none does.

    Movements hold one another: who presses overhead also raises the arms. So an exercise is known by what all exercises
    make of it, its signature, and the likeliest one is that whose signature is most like what they make of this.

    Args:
        poses: In order of time.
        specs: Exercises to choose from.
        blank: What is known of the source.
        signatures: Of those exercises that have one; another speaks for itself alone.
    """
    sessions, shares = explanations(list(poses), specs, blank)
    found = _unit(shares)
    scores = {}
    for spec in specs:
        if found.get(spec.id, 0.0) > 0:
            known = _unit(_plus(signatures.get(spec.id, {}), {spec.id: ITSELF}))
            scores[spec.id] = sum(known.get(name, 0.0) * share for name, share in found.items())
            scores[spec.id] += ITSELF * found[spec.id]
    whole = sum(score**SHARPNESS for score in scores.values())
    ranked = sorted((spec for spec in specs if spec.id in scores), key=lambda spec: (-scores[spec.id], spec.id))
    return [
        Candidate(spec, sessions[spec.id], scores[spec.id], scores[spec.id] ** SHARPNESS / whole) for spec in ranked
    ]


def explanations(
    poses: Sequence[Pose], specs: Sequence[Spec], blank: Session
) -> tuple[dict[str, Session], dict[str, float]]:
    """What each exercise makes of the same poses, and how much of the time with somebody in the picture it explains.

    Args:
        poses: In order of time.
        specs: Exercises.
        blank: What is known of the source.

    Returns:
        Sessions and shares from 0 to 1, by the exercise's id.
    """
    present_s = seen_s(poses)
    sessions = dict(zip((spec.id for spec in specs), sessions_of(poses, specs, blank), strict=True))
    return sessions, {spec.id: explained(spec, sessions[spec.id], present_s) for spec in specs}


def seen_s(poses: Sequence[Pose]) -> float:
    """For how many seconds somebody is in the picture: from each pose to the next, but not over a gap in the clip."""
    return sum(min(after.t_s - pose.t_s, LONGEST_LOOK_S) for pose, after in pairwise(poses) if pose.found)


def explained(spec: Spec, session: Session, present_s: float) -> float:
    """How much of the time with somebody in the picture an exercise explains, 0 to 1.

    Args:
        spec: The exercise.
        session: What it makes of the poses.
        present_s: That time in seconds.
    """
    if present_s <= 0:
        return 0.0
    held = min(1.0, sum(hold.held_s for hold in session.holds) / present_s)
    if asks_only_presence(spec):
        return TIMED * held
    if not session.repetitions:
        return HELD * held
    share = _covered_s(session.repetitions) / present_s
    if any(spec.hold_s(step) > PAUSE_S for step in spec.steps):
        share = min(share, PER_HELD * held)  # to pass through a stretch is not to stretch
    return min(1.0, share)


def _covered_s(repetitions: Iterable[Repetition]) -> float:
    """How long any repetition lasts; what both sides do at the same time explains that time once."""
    whole, end_s = 0.0, -math.inf
    for start_s, until_s in sorted((rep.start_s, rep.end_s) for rep in repetitions):
        whole += max(0.0, until_s - max(start_s, end_s))
        end_s = max(end_s, until_s)
    return whole


def asks_only_presence(spec: Spec) -> bool:
    """Whether somebody who is there and does nothing in particular already does what the exercise asks for."""
    return spec.kind in ("posture", "timer") or spec.sees == "timer"


def signature_of(shares: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """The signature of an exercise, from what every exercise explains of each of its clips."""
    together: dict[str, float] = {}
    for one in shares:
        together = _plus(together, _unit(one))
    return together


def _plus(some: Mapping[str, float], others: Mapping[str, float]) -> dict[str, float]:
    return {name: some.get(name, 0.0) + others.get(name, 0.0) for name in {**some, **others}}


def _unit(shares: Mapping[str, float]) -> dict[str, float]:
    """Scaled to length 1; as it is where nothing is explained."""
    size = math.sqrt(sum(share * share for share in shares.values()))
    return {name: share / size for name, share in shares.items()} if size > 0 else dict(shares)


def _thinned(poses: Iterable[Pose]) -> Iterator[Pose]:
    due_s = -math.inf
    for pose in poses:
        if pose.t_s >= due_s - 1e-3:
            due_s = max(due_s + EVERY_S, pose.t_s)  # on average: 15 pictures a second are not halved
            yield pose
