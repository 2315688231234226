"""Whether the person can be judged from here, and if not, what to change."""

from __future__ import annotations

import math

from poise.core.body import SIDES, Body, Side
from poise.core.events import Event, FramingProblem, FramingRight
from poise.core.measures.catalogue import YAW_OF_VIEW
from poise.core.spec import Spec, View
from poise.core.words import ENGLISH, Words

READY_S = 0.5
PROBLEM_S = 0.7  # a shorter one is a flicker
GONE_S = 3.0  # nobody there for longer: they have left
SMALLEST_TORSO = 0.16  # of the picture's shorter side: a standing person who fills half of it
STILL_ENOUGH = 0.14  # once seen, a little smaller will do

WORDS = {
    "nobody": "I can't see anybody",
    "far": "Come closer to the camera",
    "hidden": "I can't see your {parts}",
    "beyond": "A little further back: I can't see your {parts}",
    "aside": "Move to the middle: I can't see your {parts}",
    "view-front": "Turn to face the camera",
    "view-oblique": "Turn half to the side",
    "view-side": "Turn side on to the camera",
    "view-working": "Turn your {side} side to the camera",
    "view-back": "Turn your back to the camera",
}


class Framing:
    """Follows whether the person is in the picture as the spec needs it.

    Attributes:
        problem: What is wrong now, by its id, or None; starts as "nobody".
        ready_since_s: Since when the person can be judged.
    """

    def __init__(self, spec: Spec, words: Words = ENGLISH) -> None:
        self._words = words
        self._views = spec.camera.views
        self._parts = tuple(spec.camera.sees)
        self._sided = spec.sided
        self._begins: Side | None = SIDES[0] if spec.sides == "each" else None
        self._away = spec.away
        self.problem: str | None = "nobody"
        self.say = words(WORDS["nobody"])
        self.ready_since_s = math.inf
        self._nobody_since_s = math.inf
        self._candidate: tuple[str | None, float] = ("nobody", -math.inf)
        self._told = False

    def check(self, body: Body, moving: bool) -> list[Event]:
        """Take the next body; the view is not questioned while somebody moves, since turning may be the exercise."""
        problem = self._problem(body, moving)
        if problem == self.problem and (self._told or problem is None):
            self._candidate = (problem, body.t_s)
            return []
        if problem != self._candidate[0] or self._candidate[1] == -math.inf:
            self._candidate = (problem, body.t_s)
        # What is right counts at once, so that a movement under way in the first frame is not lost.
        waited = body.t_s - self._candidate[1] >= PROBLEM_S
        if problem is None:
            return self._right(body.t_s)
        return self._wrong(body, problem) if waited else []

    def ready(self, t_s: float) -> bool:
        """Whether the person has been seen steadily for long enough to count."""
        return t_s - self.ready_since_s >= READY_S

    def gone(self, t_s: float) -> bool:
        """Whether nobody has been there for so long that somebody has left, rather than been lost from sight."""
        return t_s - self._nobody_since_s >= GONE_S

    @property
    def blocks(self) -> bool:
        """Whether nothing may count now.

        Once all parts have been seen, a part that is hidden for a while is told and does not block: its measures are
        missing, and what is missing neither meets nor leaves a condition. Hands overhead may leave the picture.
        """
        return self.problem is not None and not (self.problem == "hidden" and math.isfinite(self.ready_since_s))

    def _right(self, t_s: float) -> list[Event]:
        if self.blocks:
            self.ready_since_s = t_s
        self.problem, self._nobody_since_s = None, math.inf
        told, self._told = self._told, False
        return [FramingRight(t_s)] if told else []

    def _wrong(self, body: Body, problem: str) -> list[Event]:
        t_s, say = body.t_s, self._sentence(problem, body)
        self.problem, self.say, self._told = problem, say, True
        self._nobody_since_s = t_s if problem == "nobody" else math.inf
        if problem != "hidden":
            self.ready_since_s = math.inf
        return [FramingProblem(t_s, problem, say)]

    def _problem(self, body: Body, moving: bool) -> str | None:
        if self._away:
            return None
        if not body.found:
            return "nobody"
        smallest = SMALLEST_TORSO if self.problem else STILL_ENOUGH
        if body.near_size_px < smallest * min(body.size_px):
            return "far"
        for part in self._parts:
            if not body.shown(part, self._sided):
                return "hidden"
        return "view" if not moving and not any(_fits(view, body) for view in self._views) else None

    def _sentence(self, problem: str, body: Body) -> str:
        if problem == "view":
            return self._turn()
        if problem != "hidden":
            return self._words(WORDS[problem])
        hidden = [part for part in self._parts if not body.shown(part, self._sided)]
        edges = body.beyond(hidden)
        # Somebody who is cut off at one side stands aside; at the top, the bottom or both sides, too near.
        why = "hidden" if not edges else "aside" if edges in ({"left"}, {"right"}) else "beyond"
        return self._words(WORDS[why], parts=self._words(" and ").join(map(self._words, hidden)))

    def _turn(self) -> str:
        """How to turn: with the side that begins, where one works at a time."""
        if self._views[0] == "side" and self._begins:
            return self._words.with_side(self._words.translate(WORDS["view-working"]), self._begins)
        return self._words(WORDS[f"view-{self._views[0]}"])


def _fits(view: View, body: Body) -> bool:
    low, high = YAW_OF_VIEW[view]
    facing = body.back if view == "back" else not body.back or view == "side"
    return low <= body.yaw_deg <= high and facing
