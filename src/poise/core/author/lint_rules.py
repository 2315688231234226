"""What a piece of advice is, and the reason of every rule that gives one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from poise.core.findings import FieldPath, field_name


@dataclass(frozen=True, slots=True)
class Advice:
    """One piece of advice.

    Attributes:
        rule: Id of the rule, such as ``out-of-reach``.
        field: Where in the spec.
        message: What will disappoint, and why.
        mend: What to do about it.
    """

    rule: str
    field: FieldPath
    message: str
    mend: str

    def __str__(self) -> str:
        return f"{field_name(self.field)}: {self.message} [{self.rule}]; {self.mend}"


#: Every rule of the linter by its id, and why it is one.
RULES: Mapping[str, str] = {
    "out-of-reach": "No body reaches the threshold, so that the step or fault never happens.",
    "no-threshold": "Every body meets the threshold always, so that it says nothing.",
    "thin-margin": "A margin below the noise of the measure lets a still person flicker in and out of a position.",
    "unseen-view": "From one of the declared views the measure is never known, so that nothing is counted from there.",
    "unseen-part": "A measure without the landmarks that it needs is never known.",
    "far-arm": "Seen from the side the trunk hides the far arm, and what the model says of it is a guess.",
    "nothing-seen": "A first step that is met by what cannot be seen is met by an empty chair.",
    "overlap": "One position can be two steps at once, so that standing still counts repetitions.",
    "too-close": "Two steps that are less apart than the measure wobbles count its wobbling.",
    "fault-never": "The step in which the fault is judged excludes it.",
    "fault-always": "The step in which the fault is judged implies it, so that every repetition is corrected.",
    "fault-too-slow": "The fault must last longer than its step is held.",
    "slow-speed": "A speed lasts a moment: a fault that asks for longer is missed by those who are quickest.",
    "unused-hold": "The dose gives a time, and no step is held for it.",
    "no-growth": "The dose grows to what it is already.",
    "long-grace": "A lapse as long as the hold is forgiven, so that a hold cannot end.",
    "long-dose": "The whole dose takes longer than anybody exercises: mostly a slip of a number or of its unit.",
    "long-words": "What takes longer to say than a step takes comes too late.",
    "same-words": "Two corrections in the same words cannot be told apart by somebody who only hears them.",
    "side-words": "The engine mirrors an exercise for the other side, and cannot mirror a side written out.",
    "side-unsaid": "Nobody knows which side is meant when no words name it.",
    "short-guide": "The guide is all that somebody reads before the first repetition.",
    "no-safety": "Everybody is told when to stop.",
    "unused-measure": "A measure of the spec's own that nothing asks for is a slip or left over.",
}
