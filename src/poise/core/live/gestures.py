"""What a person asks for with their hands, from two metres away.

Two gestures, which no exercise of the library makes:

- **One hand up**: away from the head, wrist above the mouth, forearm upright, the other hand low. Held for a second it
  means "go" (start, pause, go on); kept up for three more, "next exercise".
- **Wrists crossed** high before the chest or the face, elbows apart, as one signals "stop". Held for a second it means
  "that hurts".

A raised hand is not heard in an exercise that itself moves one arm, and while a repetition of any other exercise of the
arms is under way. Crossed wrists are heard always.
"""

from __future__ import annotations

import math
from typing import Literal

from poise.core.body import OTHER, SIDES, Body, Side
from poise.core.geometry import Point, distance, is_missing
from poise.core.live.moment import Command
from poise.core.spec import Spec, measure_names

UNDERSTOOD_S = 1.0
NEXT_S = 4.0
LAPSE_S = 0.25  # a hand that is lost from sight for a moment is still up
SHOWN_FROM_S = 0.3  # a hand that passes by is no beginning of a gesture
STILL = 0.2  # of the torso's length: a hand that moves farther in its second waves, or is on its way somewhere

AWAY = 0.6  # of the torso's length from the nose, as all that follow: a hand on the head belongs to a stretch
BELOW_NOSE = 0.12
FOREARM = 0.25  # a shorter one points at the camera or away from it, as with hands behind the head
TALL = 0.25  # from the shoulder up to the nose: lying down or bent over, no hand is up
LOW = 0.2
HIGH = 0.35  # below the shoulder line at most: lower, arms are folded
UPRIGHT = 0.85  # cosine of the lean up to which a trunk is upright: lying, a hand ahead would be a hand up
CROSSED = 0.15  # of the shoulder line by which each hand is on the other's side

#: Measures of the arms: exercises that ask for them move the arms themselves.
ARMS = frozenset(
    {
        "shoulder_abduction", "shoulder_flexion", "elbow_flexion", "elbow_height", "elbow_gap", "wrist_height",
        "hand_to_head", "forearm_across", "shoulder_roll",
    }
)  # fmt: skip

Shape = Literal["raised", "crossed"]


def hears_hand(spec: Spec, moving: bool) -> bool:
    """Whether a raised hand means anything during the work; ``moving`` says that a repetition is under way."""
    return not measure_names(spec.steps) & ARMS or not (spec.sided or moving)


class Gestures:
    """Watches one person's hands, in order of time.

    Attributes:
        share: How far a gesture has come towards being understood, 0 to 1.
    """

    def __init__(self) -> None:
        self.share = 0.0
        self._shape: Shape | None = None
        self._place: Point = (math.nan, math.nan)
        self._since_s = math.inf
        self._seen_s = -math.inf
        self._said: Command | None = None

    def watch(self, body: Body, t_s: float, hand: bool = True) -> Command | None:
        """Take the next body: what was understood in this very moment, if anything.

        Args:
            body: The person.
            t_s: Seconds on a clock that never stands still.
            hand: Whether a raised hand means anything now.
        """
        shape, place = _shape_of(body, hand)
        if shape is None:
            if t_s - self._seen_s > LAPSE_S:
                self._shape, self._said, self.share = None, None, 0.0
            return None
        moved = self._said is None and distance(place, self._place) > STILL * body.near_size_px
        if shape != self._shape or moved:
            self._shape, self._place, self._since_s, self._said = shape, place, t_s, None
        self._seen_s = t_s
        return self._understand(shape, t_s - self._since_s)

    def _understand(self, shape: Shape, held_s: float) -> Command | None:
        self.share = min(1.0, held_s / UNDERSTOOD_S) if held_s >= SHOWN_FROM_S else 0.0
        meant: Command | None = None
        if held_s >= UNDERSTOOD_S - 1e-6:
            meant = "hurts" if shape == "crossed" else "next" if held_s >= NEXT_S - 1e-6 else "go"
        if meant is None or meant == self._said:
            return None
        self._said = meant
        return meant


def _shape_of(body: Body, hand: bool) -> tuple[Shape | None, Point]:
    """What the hands show now, and where the hand is."""
    if body.trunk_up[1] > -UPRIGHT:
        return None, (math.nan, math.nan)
    if _crossed(body):
        return "crossed", body.joint("left", "wrist")
    side = next((one for one in SIDES if hand and _raised(body, one)), None)
    return ("raised", body.joint(side, "wrist")) if side else (None, (math.nan, math.nan))


def _raised(body: Body, side: Side) -> bool:
    wrist, elbow, shoulder = (body.joint(side, name) for name in ("wrist", "elbow", "shoulder"))
    unit, nose = body.near_size_px, body.nose
    high = wrist[1] - BELOW_NOSE * unit < nose[1] < shoulder[1] - TALL * unit and distance(wrist, nose) > AWAY * unit
    upright = elbow[1] - wrist[1] > max(FOREARM * unit, 1.2 * abs(elbow[0] - wrist[0]))
    other, low = body.joint(OTHER[side], "wrist"), body.joint(OTHER[side], "shoulder")[1] + LOW * unit
    # A hand below the picture's edge is low. So is one behind the body, as far as anybody can tell.
    return high and upright and (is_missing(other) or not other[1] < low)


def _crossed(body: Body) -> bool:
    """Hands past each other: the model draws the wrists at one point then, and the fingers beyond it."""
    fingers, wrists, elbows, shoulders = (
        [body.joint(side, name) for side in SIDES] for name in ("index", "wrist", "elbow", "shoulder")
    )
    across = shoulders[0][0] - shoulders[1][0]  # to the person's left; its sign says which way that is in the picture
    if not abs(across) > 0.3 * body.near_size_px:
        return False
    crossed = (fingers[0][0] - fingers[1][0]) / across < -CROSSED and (elbows[0][0] - elbows[1][0]) / across > 0.3
    chest = (shoulders[0][1] + shoulders[1][1]) / 2 + HIGH * body.near_size_px
    eyes = body.nose[1] - LOW * body.near_size_px  # above them, hands meet in exercises overhead
    return crossed and all(eyes < wrist[1] < min(elbow[1], chest) for wrist, elbow in zip(wrists, elbows, strict=True))
