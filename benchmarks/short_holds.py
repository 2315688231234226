"""Holds that are let go too early, made from clips in which they are held: moments in the middle are left out.

Who holds a pose keeps still, so a clip without some of these moments shows the same person holding it for less, and its
truth is known as exactly as that of the clip.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from exercise_errors import matched
from poise.core.faults import HELD_ENOUGH, HOLD_SHORT
from poise.core.replay import replay
from poise.core.session import Hold, Session
from poise.core.spec import Spec
from poise.core.types import FloatArray, Pose
from truth_files import TrueRepetition, Truth

#: How much of the time that is asked for is left. All of them are faults: less than HELD_ENOUGH.
LEFT: Mapping[str, float] = {"slight": 0.7, "clear": 0.5, "strong": 0.25}


def short_holds(truth: Truth, poses: Sequence[Pose], spec: Spec) -> Iterator[tuple[Truth, list[Pose]]]:
    """The clip with every good hold cut short, once for each strength; nothing where nothing is held.

    Args:
        truth: What is true in the clip.
        poses: What the model found in each of its frames.
        spec: The exercise with the dose of the clip.
    """
    asked_s, held = spec.dose.hold, _held(truth, poses[0].size_px, spec)
    for strength, left in LEFT.items() if held else ():
        out = np.zeros(len(truth.t_s), dtype=np.bool_)
        for hold in held.values():
            spare_s, middle_s = hold.held_s - left * asked_s, hold.start_s + hold.held_s / 2
            out |= np.abs(truth.t_s - middle_s) < spare_s / 2
        reps = tuple(_earlier(rep, truth.t_s, out, strength) for rep in held)
        yield truth.without(out, reps), _joined(poses, out)


def _held(truth: Truth, size_px: tuple[int, int], spec: Spec) -> dict[TrueRepetition, Hold]:
    """The good repetitions with the one pose that each holds long enough, as the true landmarks show them."""
    blank = Session(poise="benchmark", source=truth.clip.name, exercise=spec.id, model="none")
    ideal = replay(truth.poses(size_px), spec, blank)
    good = [rep for rep in truth.repetitions if rep.counts and not rep.faults]
    held = {
        rep: [one for one in ideal.holds if found.start_s <= one.start_s < found.end_s and one.side == found.side]
        for rep, found in matched(good, ideal.repetitions)
    }
    enough = HELD_ENOUGH * spec.dose.hold
    return {rep: holds[0] for rep, holds in held.items() if holds and holds[0].held_s >= enough > 0}


def _earlier(rep: TrueRepetition, t_s: FloatArray, out: NDArray[np.bool_], strength: str) -> TrueRepetition:
    """A repetition of which some moments, and some before it, are left out."""
    frame_s = float(np.median(np.diff(t_s)))
    start_s, end_s = (t - frame_s * float(out[t_s < t].sum()) for t in (rep.start_s, rep.end_s))
    return replace(rep, start_s=start_s, end_s=end_s, faults=(HOLD_SHORT,), strength=strength)


def _joined(poses: Sequence[Pose], out: NDArray[np.bool_]) -> list[Pose]:
    kept = [pose for pose, leaves in zip(poses, out, strict=True) if not leaves]
    return [replace(pose, t_s=before.t_s) for pose, before in zip(kept, poses, strict=False)]
