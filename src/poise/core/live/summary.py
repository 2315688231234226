"""What a session came to, in the few lines that somebody reads at its end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from poise.core.body import Side
from poise.core.measures import measures_of
from poise.core.peaks import ref_of_peak
from poise.core.results.advice import by_urgency
from poise.core.session import Repetition, Session
from poise.core.spec import Spec


@dataclass(frozen=True, slots=True)
class Reach:
    """How far each side went: mean over its repetitions of the farthest value of the measure that matters.

    Attributes:
        left: In the unit.
        right: In the unit.
        unit: "°" or "%".
    """

    left: float
    right: float
    unit: str


@dataclass(frozen=True, slots=True)
class Done:
    """What was done of one exercise.

    Attributes:
        name: Its name.
        sided: Whether left and right are counted apart.
        reps: Repetitions counted: all, left, right.
        asked: Repetitions that the dose asks for: of each side where the sides are counted apart.
        held_s: Seconds held in all.
        reach: How far each side went; None without sides, or when one of them has no repetition.
    """

    name: str
    sided: bool
    reps: tuple[int, int, int]
    asked: int
    held_s: float
    reach: Reach | None

    @property
    def complete(self) -> bool:
        """Whether all that was asked for was done."""
        return (min(self.reps[1:]) if self.sided else self.reps[0]) >= self.asked


@dataclass(frozen=True, slots=True)
class Summary:
    """What the whole session came to.

    Attributes:
        done: Each exercise, in order.
        duration_s: Seconds of exercise in all.
        work_on: What to do better next time, in the person's language; None when there is nothing to say.
        doctor: What calls for a doctor, in the person's language, and what to do; empty when nothing does.
    """

    done: tuple[Done, ...]
    duration_s: float
    work_on: str | None
    doctor: tuple[str, ...] = ()


def summarise(sessions: Sequence[tuple[Spec, Session]]) -> Summary:
    """The summary of what was done, one exercise after the other.

    Args:
        sessions: Each exercise, in the person's language and with the dose that was asked for, and what came of it.
    """
    faults = by_urgency(fault for _, session in sessions for fault in session.faults)
    return Summary(
        done=tuple(_done(spec, session) for spec, session in sessions),
        duration_s=sum(session.duration_s for _, session in sessions),
        work_on=faults[0][-1].say if faults else None,
    )


def _done(spec: Spec, session: Session) -> Done:
    reps = session.reps
    return Done(
        name=spec.name,
        sided=spec.sided,
        reps=(reps.total, reps.left, reps.right),
        asked=spec.dose.reps * spec.dose.sets,
        held_s=sum(hold.held_s for hold in session.holds),
        reach=_reach(spec, session.repetitions),
    )


def _reach(spec: Spec, repetitions: Iterable[Repetition]) -> Reach | None:
    """Both sides compared by the measure that leads the last step."""
    peaks: dict[Side | None, list[float]] = {}
    leading = ""
    for repetition in (one for one in repetitions if one.peak):  # what is only held has none
        leading = list(repetition.peak)[-1]  # in the order of the steps
        peaks.setdefault(repetition.side, []).append(abs(repetition.peak[leading]))
    if "left" not in peaks or "right" not in peaks:
        return None
    unit = "°" if measures_of(spec)[ref_of_peak(leading).name].unit == "degrees" else "%"
    return Reach(fmean(peaks["left"]), fmean(peaks["right"]), unit)
