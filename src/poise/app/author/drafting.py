"""``poise new``: a commented exercise file from one demonstration, and the sidecar that says what it must count."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import poise
from poise.app.author.wording import step_words
from poise.core.author.draft import Draft, drafts, watch
from poise.core.findings import FieldPath
from poise.core.replay import replay
from poise.core.results.review import sign, words_of
from poise.core.session import Session
from poise.core.spec import Spec
from poise.core.types import Pose
from poise.documents import parse_document
from poise.errors import SourceError
from poise.io.schemas import schema_line
from poise.io.yaml_text import annotated

SHORTEST_HOLD_S = 1.5  # what is shorter is a turning point
ASKED = 0.9  # of the time for which a posture was shown
STRETCH_S = 5.0
REPS_HINT = "show it two or three times, from rest and back to rest; `--reps N` says how often the clip shows it"


@dataclass(frozen=True, slots=True)
class Drafted:
    """A drafted exercise.

    Attributes:
        text: The exercise file.
        spec: The same, read.
        draft: What it was drafted from.
        session: What it finds in its own demonstration.
    """

    text: str
    spec: Spec
    draft: Draft
    session: Session


def drafted(poses: Sequence[Pose], name: str, source: str, path: Path, reps: int | None = None) -> Drafted:
    """Draft an exercise from the poses of one demonstration.

    Args:
        poses: In order of time.
        name: The id of the exercise.
        source: Name of the clip, for the comments.
        path: Where the file will be, so that it can point at its schema.
        reps: How many repetitions it shows, where that is known.

    Raises:
        SourceError: Nobody is seen in it, or no movement.
    """
    shown = watch(poses)
    if shown is None:
        raise SourceError(f"nobody is seen in {source} for a second", "the whole movement must be in the picture")
    first: Drafted | None = None
    for found in drafts(shown, reps):
        made = _made(poses, found, name, source, path)
        if found.motion is None or made.session.reps.total == (reps or len(found.motion.excursions)):
            return made
        first = first or made
    if first is None:
        raise SourceError(f"no movement stands out in {source}", REPS_HINT)
    return first


def _made(poses: Sequence[Pose], found: Draft, name: str, source: str, path: Path) -> Drafted:
    """A draft as a file, with the hold that its demonstration shows."""
    trial = _spec(_data(found, name, source, 30.0 if found.held else 0.0)[0])
    held = [hold.held_s for hold in _session(poses, trial, source).holds]
    hold_s = _asked(statistics.median(held), found) if held else 0.0
    data, comments = _data(found, name, source, hold_s if hold_s >= SHORTEST_HOLD_S else 0.0)
    heading = (
        f"{schema_line('spec', path)}\n# Drafted by `poise new` from {source}. Make it yours: words, guide, faults."
    )
    if found.others:
        heading += f"\n# The movement also shows in {', '.join(found.others)}: of use for faults."
    text = annotated(data, comments, heading)
    spec = _spec(data)
    return Drafted(text, spec, found, _session(poses, spec, source))


def _asked(held_s: float, found: Draft) -> float:
    """What a hold asks for: what was shown; of a posture, where the time is all that counts, not to the last second."""
    return math.floor(2 * held_s) / 2 if found.motion else float(math.floor(ASKED * held_s))


def sidecar_text(made: Drafted, path: Path) -> str:
    """The sidecar of the demonstration: what was counted in it, for the author to check by eye."""
    reps = made.session.reps
    counted = {"left": reps.left, "right": reps.right} if made.spec.sided else {"total": reps.total}
    expect: dict[str, Any] = {"reps": counted}
    comments: dict[FieldPath, str] = {("expect", "reps"): "as counted by the draft: is it what you did?"}
    if any(step.hold for step in made.spec.steps):
        expect["holds"] = {"seconds": made.spec.dose.hold, "within": 1.0}
    expect["faults"] = {}
    data = {"spec": made.spec.id, "made_by": "own clip", "expect": expect}
    return annotated(data, comments, schema_line("sidecar", path))


def _spec(data: dict[str, Any]) -> Spec:
    return parse_document(annotated(data, {}).encode(), Path("draft.yaml")).as_model(Spec)


def _session(poses: Sequence[Pose], spec: Spec, source: str) -> Session:
    return replay(poses, spec, Session(poise=poise.__version__, source=source, exercise=spec.id, model=""))


def _data(found: Draft, name: str, source: str, hold_s: float) -> tuple[dict[str, Any], dict[FieldPath, str]]:
    """The file as plain data, and the comments by their places."""
    steps: list[dict[str, Any]] = [
        {"id": step, "say": say, "where": {bound.measure: bound.condition for bound in where}}
        for (step, say), where in zip(step_words(found), found.steps, strict=True)
    ]
    dose: dict[str, Any] = {"sets": 1, "reps": 5 if found.motion else 1}
    if hold_s:
        for step in steps[1:] or steps:
            step["hold"] = "dose"
        dose["hold"] = f"{hold_s:g} s"
    data: dict[str, Any] = {
        "poise": 1,
        "id": name,
        "name": name.replace("-", " ").capitalize(),
        "kind": "timer" if not found.motion else "stretch" if hold_s >= STRETCH_S else "mobility",
        "position": "floor" if found.upright is False else "any",
        "camera": {"view": list(found.views), "sees": list(found.sees)},
        **_seen(found),
        "sides": "each" if found.motion and found.motion.sided else "both",
        "dose": dose,
        "steps": steps,
        "safety": {"stop_if": ["pain", "dizziness"]},
        "guide": "Say here how it is done: where to sit or stand, what moves and how far, and what stays still.",
        "source": f"drafted from {source}",
    }
    return data, _comments(found, hold_s)


def _seen(found: Draft) -> dict[str, str]:
    """How much of it one camera can judge from there."""
    if found.motion is None:
        return {"sees": "timer", "sees_note": "The camera sees that you are in place, and the clock runs."}
    measure, view = found.motion.measure, found.views[0]
    if view not in measure.part:
        return {"sees": "full"}
    error = measure.errors.get(view)
    exactly = f"is right to about {error:g}{sign(measure)}" if error is not None else "was never measured for exactness"
    return {"sees": "part", "sees_note": f"The {words_of(measure.name)} {exactly} as the camera sees it."}


def _comments(found: Draft, hold_s: float) -> dict[FieldPath, str]:
    comments: dict[FieldPath, str] = {
        ("dose",): f"held {hold_s:g} s in the demonstration" if hold_s else "choose how many",
    }
    if found.motion is None:
        comments["dose",] = "about as long as in the demonstration"
    else:
        reps = found.motion.excursions
        left = sum(one.side == "left" for one in reps)
        sides = f"{found.motion.measure.name} does not tell the sides apart"
        if found.motion.sided:
            sides = f"{left} left, {len(reps) - left} right"
        elif found.motion.kind == "both":
            sides = "both sides moved together"
        comments["sides",] = sides
    for index, bounds in enumerate(found.steps):
        for bound in bounds:
            comments["steps", index, "where", bound.measure] = bound.why
    if len(found.views) > 1:
        comments["camera",] = "as shown first; the others see this measure too"
    return comments


def place_of(name: str, out: Path | None) -> Path:
    """Where a new exercise goes: the file that was asked for, or the folder of exercises below the current one."""
    if out is None:
        return Path("exercise_specs") / f"{name}.yaml"
    return out if out.suffix in (".yaml", ".yml") else out / f"{name}.yaml"
