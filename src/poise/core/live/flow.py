"""The flow of a live session: poses and commands in, moments out, for one exercise or a whole routine.

    pain before → for each exercise: placing → neutral → ready → work (and rests between sets) → rest
                → pain after → summary

Pure and deterministic, as the coach is: time is the time of the poses. Two rules run through all of it:

- **Whoever sets out has begun.** Reaching the first position away from rest starts the work, whether a start is waited
  for, counted down to, or a rest between two sets is not over yet.
- **Nothing is asked twice.** The start is waited for once in a session; from then on it goes on by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from poise.core.body import Body, BodyTracker
from poise.core.coach import Snapshot
from poise.core.live.exercising import Exercising
from poise.core.live.gestures import Gestures, hears_hand
from poise.core.live.moment import Command, Hurt, Moment, PainTold, Phase
from poise.core.live.phases import BREAK_S, EXERCISING, NEUTRAL_S, heard, whole
from poise.core.live.summary import Summary, summarise
from poise.core.session import Session
from poise.core.spec import Spec
from poise.core.types import Pose
from poise.core.words import ENGLISH, Words


class Flow:
    """One live session.

    Args:
        exercises: Each exercise, in the person's language and with its dose, and what is known of its session.
        words: The person's language.
        pain: Ask how much it hurts, before and after.
        doctor: Says what calls for a doctor, given all that the person has told in this session.

    Attributes:
        phase: What the person is doing now.
        over: Whether the session has come to its end.
    """

    def __init__(
        self, exercises: Sequence[tuple[Spec, Session]], words: Words = ENGLISH, *, pain: bool = False,
        doctor: Callable[[Sequence[PainTold | Hurt]], tuple[str, ...]] = lambda _: (),
    ) -> None:  # fmt: skip
        self.phase: Phase = "pain-before" if pain else "placing"
        self.over = False
        self._plan = tuple(exercises)
        self._words = words
        self._number = 0
        self._exercise = Exercising(*self._plan[0], words)
        self._over: list[tuple[Spec, Session]] = []  # what was done of the exercises before
        self._pain = pain
        self._doctor = doctor
        self._gestures = Gestures()
        self._idle = BodyTracker()  # sees the hands while the coach's time stands still
        self._commands: list[Command] = []
        self._answer: int | None = None
        self._told: list[PainTold | Hurt] = []
        self._told_before: list[PainTold | Hurt] = []
        self._first_s: float | None = None
        self._t_s = 0.0
        self._seen_s = 0.0  # when the last pose came
        self._phase_s = 0.0  # when the phase began
        self._rest_s = 0.0
        self._started = False  # somebody has said so, or has simply begun
        self._between = False  # the rest is one between two exercises
        self._then: Callable[[], None] | None = None  # what the next moment begins with: this one still belongs here
        self._summary: Summary | None = None

    def command(self, command: Command) -> None:
        """Somebody asks for something; it happens with the next pose."""
        self._commands.append(command)

    def answer(self, level: int) -> None:
        """Somebody says how much it hurts, 0 to 10, where that was asked."""
        self._answer = level

    @property
    def sessions(self) -> list[tuple[Spec, Session]]:
        """What was done until now of each exercise that was worked at."""
        now = (self._exercise.spec, self._exercise.log.session)
        return [*self._over, now] if now[1].frames else list(self._over)

    def step(self, pose: Pose) -> Moment:
        """Take the next pose, in order of time: where the session stands then."""
        self._pass_time(pose.t_s)
        gap_s, self._seen_s = self._t_s - self._seen_s, self._t_s
        exercise = self._exercise
        paused = self.phase == "paused"
        snapshot = exercise.glance(pose, self._idle.track(pose)) if paused else exercise.see(pose, gap_s)
        understood = self._watch_hands(snapshot.reading.body)
        self._obey(snapshot)
        return self._moment(self._follow(snapshot), understood)

    def wait(self, t_s: float) -> Moment | None:
        """No picture came until now: countdowns go on all the same. None before the first picture."""
        snapshot = self._exercise.snapshot
        if snapshot is None:
            return None
        self._pass_time(t_s)
        if self.phase != "work":
            self._obey(snapshot)
            self._count_down()
        return self._moment(replace(snapshot, events=()), None)

    def finish(self) -> Moment | None:
        """The session is broken off: the last moment of the exercise under way, with what closes it. None without."""
        snapshot = self._exercise.snapshot
        if snapshot is None or self.phase not in ("work", "paused"):
            return None
        self.phase, self._told = "work", []
        return self._moment(replace(snapshot, events=self._exercise.close()), None)

    @property
    def _following(self) -> Spec | None:
        """What comes after this exercise."""
        return self._plan[self._number + 1][0] if self._number + 1 < len(self._plan) else None

    def _enter(self, phase: Phase) -> None:
        self.phase, self._phase_s = phase, self._t_s

    def _pass_time(self, t_s: float) -> None:
        """Let the session's time pass, and go on with what the last moment decided."""
        if self._first_s is None:
            self._first_s = t_s
        self._t_s = max(self._t_s, t_s - self._first_s)
        self._told_before += self._told
        self._told = []
        then, self._then = self._then, None
        if then:
            then()

    def _watch_hands(self, body: Body) -> Command | None:
        listens = self.phase != "work" or hears_hand(self._exercise.spec, self._exercise.moving)
        said = self._gestures.watch(body, self._t_s, listens)
        if said is None or said not in heard(self.phase):
            return None
        self._commands.append(said)
        return said

    def _obey(self, snapshot: Snapshot) -> None:
        if self._answer is not None and self.phase in ("pain-before", "pain-after"):
            self._told.append(PainTold(self._t_s, "before" if self.phase == "pain-before" else "after", self._answer))
            self._after_pain()
        self._answer = None
        commands, self._commands = self._commands, []
        for command in commands:
            if command == "go":
                _GO[self.phase](self)
            elif command == "hurts" and self.phase in ("work", "paused"):
                self._told.append(Hurt(self._t_s, self._exercise.spec.id, snapshot.state.side))
                self._break_off()
            elif command == "next" and self.phase in EXERCISING:
                self._break_off()
            elif command == "side" and self.phase == "work":
                self._exercise.skip_side()
            elif command == "restart" and self.phase in ("work", "paused"):
                self._exercise.restart()
                self._enter("work")

    def _start(self) -> None:
        """The hand that said so comes down: what it moved is no movement of the exercise."""
        self._exercise.begin()
        self._enter("work" if self._started else "ready")
        self._started = True

    def _start_later(self) -> None:
        """Said while the person is still being placed: it need not be said again."""
        self._started = True

    def _break_off(self) -> None:
        if self.phase == "paused":
            self._enter("work")
        elif self.phase == "rest" and self._between and self._following is not None:
            self._turn_page()  # it has ended already: what is left out is the next one
        self._then = self._leave

    def _end_rest(self) -> None:
        self._rest_s = 0.0

    def _after_pain(self) -> None:
        if self.phase == "pain-after":
            self._close()
            return
        self._exercise.begin()  # who moved while being asked has not set out
        self._enter("placing")

    def _close_summary(self) -> None:
        self.over = True

    def _follow(self, snapshot: Snapshot) -> Snapshot:
        """Go on to the next phase where that is due; returns the snapshot with the events that belong to it."""
        exercise, problem = self._exercise, snapshot.state.problem
        if self.phase in ("neutral", "ready", "rest") and not self._between and not self._gestures.share:
            begun = exercise.sets_out(snapshot)
            if begun is not None:
                self._started, snapshot = True, begun
                self._enter("work")
        if self.phase == "placing" and exercise.placed and problem is None:
            self._enter("neutral")
        elif self.phase in ("neutral", "ready") and problem not in (None, "hidden"):
            self._enter("placing")
        elif self.phase == "neutral" and (exercise.neutral_found or self._t_s - self._phase_s >= NEUTRAL_S):
            self._started |= len(exercise.spec.steps) == 1  # nobody can set out for where they are already
            self._enter("ready")
        self._count_down()
        return self._work(snapshot) if self.phase == "work" else snapshot

    def _work(self, snapshot: Snapshot) -> Snapshot:
        exercise = self._exercise
        exercise.work(snapshot)
        over = exercise.set_over()
        if over == "set" and exercise.spec.dose.rest:
            self._then = self._rest
        elif over == "all":
            self._then = self._leave
        leaving = self._then == self._leave
        return replace(snapshot, events=snapshot.events + exercise.close()) if leaving else snapshot

    def _count_down(self) -> None:
        """What ends by itself when its time is over."""
        left_s = self._left_s
        if left_s is None or left_s > 0 or self._then is not None:
            return
        if self.phase in ("pain-before", "pain-after"):
            self._after_pain()
        elif self.phase == "ready":
            if len(self._exercise.spec.steps) == 1:
                self._exercise.begin()  # the hold begins now
            self._enter("work")
        elif self.phase == "rest" and self._between:
            self._next()
        elif self.phase == "rest":
            self._enter("work")
        else:  # the summary
            self.over = True

    def _leave(self) -> None:
        """This exercise is over: rest after work, and go on; or come to the end."""
        if self._following is None:
            self._enter("pain-after") if self._pain and self.sessions else self._close()
        elif self.phase in ("work", "rest"):
            self._between = True
            self._rest()
        else:
            self._next()

    def _rest(self) -> None:
        dose_s = self._exercise.spec.dose.rest
        self._rest_s = max(BREAK_S, dose_s) if self._between else dose_s
        self._enter("rest")

    def _next(self) -> None:
        self._between = False
        self._turn_page()
        self._enter("placing")

    def _turn_page(self) -> None:
        """Keep what was done of this exercise, and no more of it, and take up the next."""
        self._over = self.sessions
        self._number += 1
        self._exercise = Exercising(*self._plan[self._number], self._words)

    def _close(self) -> None:
        self._summary = replace(summarise(self.sessions), doctor=self._doctor([*self._told_before, *self._told]))
        self._enter("summary")

    @property
    def _left_s(self) -> float | None:
        """Seconds left in this phase, or None where it does not end by itself."""
        whole_s = whole(self.phase, self._rest_s, self._started)
        return None if whole_s is None else max(0.0, whole_s - (self._t_s - self._phase_s))

    def _moment(self, snapshot: Snapshot, understood: Command | None) -> Moment:
        spec = self._exercise.spec
        return Moment(
            self._t_s, self.phase, spec, snapshot, self._number + 1, len(self._plan), self._left_s,
            following=spec if self.phase == "rest" and not self._between else self._following,
            raised=self._gestures.share, understood=understood, told=tuple(self._told), summary=self._summary,
        )  # fmt: skip


_GO: Final[dict[Phase, Callable[[Flow], None]]] = {
    "pain-before": Flow._after_pain,
    "placing": Flow._start_later,
    "neutral": Flow._start_later,
    "ready": Flow._start,
    "work": lambda flow: flow._enter("paused"),
    "paused": lambda flow: flow._enter("work"),
    "rest": Flow._end_rest,
    "pain-after": Flow._after_pain,
    "summary": Flow._close_summary,
}
