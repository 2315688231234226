"""The smallest change of one number with which a clip would have been judged as its sidecar says."""

from __future__ import annotations

from dataclasses import dataclass

from poise.app.trial import Trial, judge
from poise.core.author.knobs import Knob, knobs, turned
from poise.core.author.sidecar import Sidecar
from poise.core.replay import Bodies
from poise.io.tracks import Track

GRAINS = (1, 2, 3, 5, 8, 12, 18, 27, 40)  # how far a number is moved, in noises of its measure


@dataclass(frozen=True, slots=True)
class Nearest:
    """One number, and the value with which the clip passes."""

    knob: Knob
    value: float

    def __str__(self) -> str:
        return f"it passes with {self.knob.name} {self.value:g} instead of {self.knob.value:g} {self.knob.unit}"


def nearest(trial: Trial, track: Track, said: Sidecar) -> Nearest | None:
    """The smallest change, in noises of the measure, that makes a failed trial pass; None when no single one does.

    Args:
        trial: One that failed.
        track: The poses of its clip.
        said: Its sidecar.
    """
    bodies = Bodies(track.poses)
    meant = [knob for knob in knobs(trial.spec) if _concerns(trial, knob)]
    for grains in GRAINS:
        for knob in meant:
            for value in (knob.value - grains * knob.grain, knob.value + grains * knob.grain):
                spec = turned(trial.spec, knob, value)
                if spec and judge(trial.clip, track, said, spec, bodies).passed:
                    return Nearest(knob, value)
    return None


def _concerns(trial: Trial, knob: Knob) -> bool:
    """Whether a number has to do with what is different: a fault's own ones, or those of the steps."""
    faults = [line.split()[1] for line in trial.differences if line.startswith("fault ")]
    if knob.place[0] == "faults":
        return trial.spec.faults[int(knob.place[1])].id in faults
    return len(faults) < len(trial.differences)
