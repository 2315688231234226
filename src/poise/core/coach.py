"""The coach: poses in, counted repetitions, timed holds and corrections out.

Pure and deterministic: no clock, no file, no model. What it says depends on the spec and on the poses with their
times, and on nothing else, so that live, recorded and replayed input give the same result.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from poise.core.body import OTHER, SIDES, Body, BodyTracker, Side
from poise.core.compiled import CompiledFault, CompiledStep
from poise.core.conditions import Target
from poise.core.cues import Cue, CueBoard
from poise.core.events import Event, HoldDone, RepDone, RepMissed, SetDone, SideDone
from poise.core.faults import FaultWatch
from poise.core.framing import Framing
from poise.core.measures import Measure, measures_of
from poise.core.reading import Reader, Reading
from poise.core.refs import MeasureRef
from poise.core.spec import Spec
from poise.core.steps import Walker
from poise.core.types import Pose
from poise.core.words import ENGLISH, Words


@dataclass(frozen=True, slots=True)
class Aim:
    """The measure that matters now, and where it should go."""

    target: Target
    value: float
    progress: float


@dataclass(frozen=True, slots=True)
class CoachState:
    """Where the exercise stands.

    Attributes:
        problem: Why the person cannot be judged now, or None.
        side: The side that works now; None when both work together.
        step: Id of the last step reached, or None before the first.
        next_step: Id of the step to go to.
        next_words: The next step in words.
        reps: Repetitions counted: all, left, right (the last two are 0 without sides).
        sets: Sets finished.
        hold_s: Seconds held in the hold under way, or None.
        hold_target_s: Seconds asked for.
        aim: The measure that matters now, or None when nobody can be judged.
    """

    problem: str | None
    side: Side | None
    step: str | None
    next_step: str
    next_words: str
    reps: tuple[int, int, int]
    sets: int
    hold_s: float | None
    hold_target_s: float
    aim: Aim | None


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """All that overlay, voice, recorder and report see of one moment."""

    t_s: float
    pose: Pose
    reading: Reading
    state: CoachState
    events: tuple[Event, ...]
    cue: Cue


class Coach:
    """Coaches one person through one exercise.

    Args:
        spec: The exercise; ``spec.with_dose(hold=10)`` changes how much.
        words: The person's language; the spec's own sentences are in it already (``spec.in_words``).

    Attributes:
        settling: Somebody who has not begun yet is looked at, whose neutral is still being taken.
    """

    def __init__(self, spec: Spec, words: Words = ENGLISH) -> None:
        self._words = words
        self.spec = spec
        measures = measures_of(spec)
        sides: tuple[Side | None, ...] = SIDES if spec.sided else (None,)
        self._steps = {
            side: tuple(CompiledStep.compile(step, spec, measures, side) for step in spec.steps) for side in sides
        }
        faults = CompiledFault.compile_all(spec, measures)
        self._faults = faults
        self._reader = _reader(measures, self._steps[sides[0]], faults)
        self._tracker = BodyTracker()
        self._framing = Framing(spec, words)
        self._cues = CueBoard(words, measures)
        self._reps = spec.dose.reps
        self.settling = False
        self.begin()

    def begin(self) -> None:
        """Count from now on: what was done is forgotten, and what is known of the body, such as its neutral, stays."""
        sides = tuple(self._steps)
        self._walkers = tuple(Walker(steps, self.spec.count == "return", side) for side, steps in self._steps.items())
        self._watches = tuple(FaultWatch(self._faults, self._words) for _ in sides)
        self._counts: dict[Side | None, int] = dict.fromkeys(sides, 0)
        self._let_off: dict[Side | None, int] = dict.fromkeys(sides, 0)  # repetitions that were skipped
        self._skipped = False
        self._midway = False  # nobody can be judged since the middle of a repetition
        self._total = 0
        self._sets = 0
        self._last: tuple[float, float, Side | None] | None = None  # start, end and side of the last repetition
        self._turn: Side | None = sides[0]

    @property
    def walkers(self) -> tuple[Walker, ...]:
        """Where each side stands, or both together: for those who explain what is waited for."""
        return self._walkers

    @property
    def moving(self) -> bool:
        """Whether a repetition is under way."""
        return any(walker.moving for walker in self._walkers)

    @property
    def neutral_found(self) -> bool:
        """Whether the person's own zero of all measures that are relative to it is known by now."""
        return self._reader.neutral_found

    def placed(self, t_s: float) -> bool:
        """Whether the person has been seen, as the exercise needs it, for long enough to count."""
        return self._framing.ready(t_s)

    def step(self, pose: Pose) -> Snapshot:
        """Take the next pose, in order of time."""
        return self.judge(self._tracker.track(pose), pose)

    def judge(self, body: Body, pose: Pose) -> Snapshot:
        """Take the next body, for callers that have one already."""
        reading, events = self.watch(body)
        state = self._state(reading)
        cue = self._cues.choose(body.t_s, events, state.next_words)
        return Snapshot(body.t_s, pose, reading, state, tuple(events), cue)

    def watch(self, body: Body) -> tuple[Reading, list[Event]]:
        """Take the next body and say nothing, for callers that only count and share a body among several coaches."""
        moving = self.moving
        events = self._framing.check(body, moving)
        if self._skipped:
            self._skipped = False
            events += self._set_done(body.t_s)
        if self._framing.blocks:
            # What is seen from the wrong place says nothing about the person's neutral.
            gone = self._framing.gone(body.t_s)
            # Who is lost in the middle of a repetition may be seen again in it: its stillness is no neutral.
            self._midway = self._midway or any(walker.index > 0 for walker in self._walkers)
            if gone and not self._midway:
                self._reader.come_back()
            for walker, watch in zip(self._walkers, self._watches, strict=True):
                events += walker.leave(body.t_s) if gone else walker.wait(body.t_s)
                watch.pause()
            return Reading(body, self._reader), events
        self._midway = False
        reading = self._reader.read(body, not moving, self.settling)
        for walker, watch in zip(self._walkers, self._watches, strict=True):
            events += self._advance(walker, watch, reading)
        return reading, events

    def blink(self) -> None:
        """Nobody was watched until now, as in a pause: from where they were to where they are is no movement."""
        self._tracker = BodyTracker()
        self._reader.blink()

    def finish(self, t_s: float) -> list[Event]:
        """The source has ended at ``t_s``: close what is open."""
        return [event for walker in self._walkers for event in walker.finish(t_s)]

    def skip_side(self) -> None:
        """Go on with the other side, and let this one off what it has not done of the set."""
        if self._turn is not None:
            self._let_off[self._turn] = max(0, self._reps * (self._sets + 1) - self._counts[self._turn])
            self._skipped = True
            self._turn = OTHER[self._turn]

    def _advance(self, walker: Walker, watch: FaultWatch, reading: Reading) -> list[Event]:
        events: list[Event] = []
        for event in walker.advance(reading, self._total + 1):
            if isinstance(event, RepDone):
                events += self._count(event, walker)
                continue
            if isinstance(event, RepMissed) and self._belongs_to_other_side(walker):
                continue
            events.append(event)
            if isinstance(event, HoldDone):
                events += watch.short_hold(event)
        return events + watch.watch(walker, reading)

    def _count(self, rep: RepDone, walker: Walker) -> list[Event]:
        if not self._framing.ready(rep.t_s):
            return []
        if self._is_same_movement(rep):
            rep = replace(rep, n=self._total, merged=True)
            walker.number = rep.n
        else:
            self._total += 1
        self._counts[rep.side] += 1
        self._last = (rep.start_s, rep.t_s, rep.side)
        return [rep, *self._finished(rep)]

    def _is_same_movement(self, rep: RepDone) -> bool:
        """With ``sides: any`` both sides may make one repetition together, which then counts once."""
        if self.spec.sides != "any" or self._last is None:
            return False
        start_s, end_s, side = self._last
        shared_s = min(end_s, rep.t_s) - max(start_s, rep.start_s)
        return side != rep.side and shared_s > 0.5 * min(end_s - start_s, rep.t_s - rep.start_s)

    def _belongs_to_other_side(self, walker: Walker) -> bool:
        """Whether the other side's repetition moved this one along: what it falls short of is no attempt of its own."""
        if any(other.index > 0 for other in self._walkers if other is not walker):
            return True
        return self._last is not None and self._last[2] != walker.side and walker.missed_from_s < self._last[1]

    def _finished(self, rep: RepDone) -> list[Event]:
        """What this repetition completes: a side, a set."""
        events: list[Event] = []
        if rep.side is not None and self._counts[rep.side] % self._reps == 0:
            events.append(SideDone(rep.t_s, rep.side))
        events += self._set_done(rep.t_s)
        if rep.side is not None and (events or self.spec.sides == "alternate"):
            self._turn = OTHER[rep.side]
        return events

    def _set_done(self, t_s: float) -> list[Event]:
        if min(count + self._let_off[side] for side, count in self._counts.items()) < self._reps * (self._sets + 1):
            return []
        self._sets += 1
        return [SetDone(t_s, self._sets)]

    def _active(self, reading: Reading) -> Walker:
        """The walker to show: the one in its repetition, else the one on its way, else the one whose turn it is."""

        def claim(walker: Walker) -> tuple[bool, float, bool]:
            under_way = walker.progress(reading) if walker.moving else 0.0
            return walker.index > 0, under_way, walker.side == self._turn

        return max(self._walkers, key=claim)

    def _state(self, reading: Reading) -> CoachState:
        walker = self._active(reading)
        following = walker.next_step
        words = next(step.say for step in self.spec.steps if step.id == following.id)
        clock = walker.clock
        aim = None
        if not self._framing.blocks:
            target = (walker.steps[walker.index] if clock else following).position.leading
            aim = Aim(target, reading.value(target.ref, walker.side), walker.progress(reading))
        return CoachState(
            problem=self._framing.problem,
            side=walker.side,
            step=walker.steps[walker.index].id if walker.index >= 0 else None,
            next_step=following.id,
            next_words=self._words.with_side(words, walker.side),
            reps=(self._total, self._counts.get("left", 0), self._counts.get("right", 0)),
            sets=self._sets,
            hold_s=clock.held_s if clock else None,
            hold_target_s=clock.target_s if clock else 0.0,
            aim=aim,
        )


def _reader(
    measures: Mapping[str, Measure], steps: tuple[CompiledStep, ...], faults: tuple[CompiledFault, ...]
) -> Reader:
    """A reader that follows what this spec asks for, and nothing else."""
    positions = [step.position for step in steps] + [fault.position for fault in faults]
    refs: set[MeasureRef] = {target.ref for position in positions for target in position.targets}
    moving = {ref for ref in refs if ref.transform in ("speed", "steadiness")}
    if any(step.hold_s for step in steps):
        moving |= {step.position.leading.ref for step in steps}
    return Reader(measures, sorted(refs, key=str), sorted(moving, key=str))
