"""What the coach finds in rendered clips against what is in them: repetitions, holds, times, near misses, faults."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from poise.app.trial import Trial
from poise.core.author.sidecar import Sidecar
from poise.core.author.verdict import held_steps
from poise.core.faults import HOLD_SHORT
from poise.core.replay import replay
from poise.core.session import Repetition, Session
from poise.core.spec import Spec, Step
from poise.core.types import Pose
from truth_files import STRENGTHS, TrueRepetition, Truth

SLIGHT = STRENGTHS[0]
SOON_S = 1.5  # after an attempt has ended, that it fell short or was let go too early is told within this time


@dataclass(frozen=True, eq=False)
class ClipResult:
    """One clip and what was found in it.

    Attributes:
        spec: The exercise.
        truth: What is true.
        session: What was found.
        hold_s: How long each repetition is held, or None where nothing is.
        timed: Whether its repetitions have a moment at which they begin and end.
        seen: Share of the frames showing the person in which the person was found.
        ideal: What is found on the true landmarks, as a pose model without error would see them.
        about: The one fault that is judged in it; None for all.
    """

    spec: Spec
    truth: Truth
    session: Session
    hold_s: float | None
    timed: bool = True
    seen: float = 1.0
    ideal: Session | None = None
    about: str | None = None

    @classmethod
    def of(
        cls, truth: Truth, trial: Trial, poses: Sequence[Pose], sidecar: Sidecar, about: str | None = None
    ) -> ClipResult:
        """What a trial on these poses found, with what the sidecar says of holds and times."""
        holds, at = sidecar.expect.holds, sidecar.expect.at
        seen, ideal = truth.found(poses), None
        if any(rep.faults for rep in truth.repetitions):
            blank = Session(poise="benchmark", source=truth.clip.name, exercise=trial.spec.id, model="none")
            ideal = replay(truth.poses(poses[0].size_px), sidecar.applied_to(trial.spec), blank)
        return cls(
            trial.spec, truth, trial.session, holds.seconds if holds else None, at is not None, seen, ideal, about
        )

    @property
    def repetitions(self) -> tuple[TrueRepetition, ...]:
        """The repetitions that are to be counted."""
        return tuple(rep for rep in self.truth.repetitions if rep.counts)

    @property
    def near_misses(self) -> int:
        """Attempts that truly fall short."""
        return len(self.truth.repetitions) - len(self.repetitions)

    @cached_property
    def pairs(self) -> list[tuple[TrueRepetition, Repetition]]:
        """True repetitions with the found ones that are the same."""
        return matched(self.repetitions, self.session.repetitions)

    def told(self, rep: TrueRepetition, fault: str) -> bool:
        """Whether a fault was told in a repetition, counted or not."""
        return _told(self.session, self.pairs, rep, fault)

    def beyond(self, rep: TrueRepetition, fault: str) -> bool:
        """Whether a fault that a repetition shows is told on the true landmarks."""
        return self.ideal is not None and _told(self.ideal, self._ideal_pairs, rep, fault)

    def falls_short_of(self, rep: TrueRepetition, fault: str) -> str | None:
        """The step that a repetition misses on the true landmarks; None where it is counted, or its fault is told."""
        counted = any(true is rep for true, _ in (*self._ideal_pairs, *self.pairs))
        if self.ideal is None or counted or self.beyond(rep, fault):
            return None
        missed = [miss.step for miss in self.ideal.near_misses if rep.start_s <= miss.t_s <= rep.end_s + SOON_S]
        target: Step = self.spec.steps[min(1, len(self.spec.steps) - 1)]
        return missed[0] if missed else target.id

    @cached_property
    def _ideal_pairs(self) -> list[tuple[TrueRepetition, Repetition]]:
        return matched(self.repetitions, self.ideal.repetitions) if self.ideal else []

    @property
    def holds(self) -> list[float]:
        """Seconds of every held step, but where the hold is meant to be cut short."""
        reps = [found for true, found in self.pairs if HOLD_SHORT not in true.faults]
        return [held_s for rep in reps for held_s in held_steps(self.session, rep)]


def matched(true: Sequence[TrueRepetition], found: Sequence[Repetition]) -> list[tuple[TrueRepetition, Repetition]]:
    """Each true repetition with the found one that shares most time with it; every one is used once at most."""
    left, pairs = list(found), []
    for rep in true:
        shared = {one.n: min(rep.end_s, one.end_s) - max(rep.start_s, one.start_s) for one in left}
        best = max(left, key=lambda one: shared[one.n], default=None)
        if best is not None and shared[best.n] > 0:
            left.remove(best)
            pairs.append((rep, best))
    return pairs


def _told(
    session: Session, pairs: Sequence[tuple[TrueRepetition, Repetition]], rep: TrueRepetition, fault: str
) -> bool:
    if any(true is rep and fault in one.faults for true, one in pairs):
        return True
    return any(
        one.id == fault and one.repetition is None and rep.start_s <= one.t_s <= rep.end_s + SOON_S
        for one in session.faults
    )


@dataclass(frozen=True, slots=True)
class ExerciseErrors:
    """How one exercise does over its clips; None where nothing could be judged.

    Attributes:
        name: Of the exercise, or of a set of clips.
        clips: How many.
        true: Repetitions in them.
        found: Repetitions counted.
        exact: Clips whose count is right.
        near: Clips whose count is off by one at most.
        misses_true: Attempts that fall short.
        misses_found: Near misses told.
        hold_mean_s: Mean absolute error of the holds.
        hold_worst_s: Greatest absolute error of a hold.
        start_s: Mean absolute error of the starts.
        end_s: Mean absolute error of the ends.
        seen: Share of the frames showing the person in which one was found, in the clip that has the fewest.
    """

    name: str
    clips: int
    true: int
    found: int
    exact: int
    near: int
    misses_true: int
    misses_found: int
    hold_mean_s: float | None
    hold_worst_s: float | None
    start_s: float | None
    end_s: float | None
    seen: float | None


def exercise_errors(name: str, results: Sequence[ClipResult]) -> ExerciseErrors:
    """Sum up clips of one exercise, or of several."""
    off = [abs(len(one.repetitions) - one.session.reps.total) for one in results]
    pairs = [pair for one in results if one.timed for pair in one.pairs]
    holds = [abs(held_s - one.hold_s) for one in results if one.hold_s is not None for held_s in one.holds]
    return ExerciseErrors(
        name=name,
        clips=len(results),
        true=sum(len(one.repetitions) for one in results),
        found=sum(one.session.reps.total for one in results),
        exact=sum(gap == 0 for gap in off),
        near=sum(gap <= 1 for gap in off),
        misses_true=sum(one.near_misses for one in results),
        misses_found=sum(len(one.session.near_misses) for one in results),
        hold_mean_s=_mean(holds),
        hold_worst_s=max(holds, default=None),
        start_s=_mean([abs(found.start_s - true.start_s) for true, found in pairs]),
        end_s=_mean([abs(found.end_s - true.end_s) for true, found in pairs]),
        seen=min((one.seen for one in results), default=None),
    )


@dataclass(frozen=True, slots=True)
class FaultErrors:
    """How well one fault is told.

    Attributes:
        exercise: Id of the exercise.
        fault: Id of the fault.
        shown: Repetitions that show it, by strength; without those that are none on the true landmarks either.
        told: How many of these it was told of, by strength.
        clean: Repetitions that do not show it.
        false: How many of these it was told of all the same.
        beyond: Slight ones that are told on the true landmarks: beyond the threshold, for a model without error.
        beyond_told: How many of these were told.
        short_of: By strength, the step that is not reached any more where it is shown so strongly.
    """

    exercise: str
    fault: str
    shown: dict[str, int]
    told: dict[str, int]
    clean: int
    false: int
    beyond: int = 0
    beyond_told: int = 0
    short_of: dict[str, str] = field(default_factory=dict)

    @property
    def precision(self) -> float | None:
        """Share of what was told that is true; None where nothing was told."""
        told = sum(self.told.values())
        return told / (told + self.false) if told + self.false else None

    def recall(self, *strengths: str) -> float | None:
        """Share of what is shown (so strongly; at any strength by default) that was told."""
        chosen = strengths or STRENGTHS
        shown = sum(self.shown[one] for one in chosen)
        return sum(self.told[one] for one in chosen) / shown if shown else None


def fault_errors(results: Sequence[ClipResult]) -> list[FaultErrors]:
    """One row for each fault of each exercise in these clips, and for what else was told in them."""
    names = {(one.spec.id, fault.id): None for one in results for fault in one.spec.faults}
    names |= {(one.spec.id, fault): None for one in results for rep in one.repetitions for fault in rep.faults}
    names |= {(one.spec.id, fault): None for one in results for _, rep in one.pairs for fault in rep.faults}
    return [
        _fault(exercise, fault, [one for one in results if one.spec.id == exercise and one.about in (None, fault)])
        for exercise, fault in names
    ]


def _fault(exercise: str, fault: str, results: Sequence[ClipResult]) -> FaultErrors:
    shown, told, short_of = dict.fromkeys(STRENGTHS, 0), dict.fromkeys(STRENGTHS, 0), dict[str, str]()
    clean = false = beyond = beyond_told = 0
    for clip in results:
        counted = {id(true) for true, _ in clip.pairs}
        for rep in clip.repetitions:
            is_told = clip.told(rep, fault)
            if fault not in rep.faults:
                if fault == HOLD_SHORT and clip.beyond(rep, fault):
                    continue  # another fault has truly cut it short
                clean += id(rep) in counted
                false += id(rep) in counted and is_told
            elif step := clip.falls_short_of(rep, fault):
                short_of[rep.strength] = step
            else:
                shown[rep.strength] += 1
                told[rep.strength] += is_told
                far = rep.strength == SLIGHT and clip.beyond(rep, fault)
                beyond += far
                beyond_told += far and is_told
    return FaultErrors(exercise, fault, shown, told, clean, false, beyond, beyond_told, short_of)


def total_faults(name: str, rows: Sequence[FaultErrors]) -> FaultErrors:
    """All faults together."""
    return FaultErrors(
        name, "all", {one: sum(row.shown[one] for row in rows) for one in STRENGTHS},
        {one: sum(row.told[one] for row in rows) for one in STRENGTHS},
        sum(row.clean for row in rows), sum(row.false for row in rows),
        sum(row.beyond for row in rows), sum(row.beyond_told for row in rows),
    )  # fmt: skip


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
