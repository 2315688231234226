"""How far bodies go: the values of each measure that people reach, and sets of values as intervals.

Generous on purpose: a dancer's range as the camera reads it, so that what lies outside is a slip of the pen.
"""

from __future__ import annotations

import math

from poise.core.conditions import Target
from poise.core.refs import MeasureRef
from poise.core.spec import OwnMeasure

Interval = tuple[float, float]
Values = tuple[Interval, ...]

FASTEST = 8.0  # times its whole range per second: faster than the fastest throw

#: Lowest and highest value of each measure of the catalogue, in its unit.
REACH: dict[str, Interval] = {
    "neck_tilt": (-65, 65),
    "neck_turn": (-90, 90),
    "neck_nod": (-75, 85),
    "chin_drop": (-30, 60),
    "neck_flexion": (-95, 100),
    "head_forward": (-180, 180),
    "shoulder_raise": (-35, 50),
    "shoulder_back": (-30, 40),
    "shoulder_line": (-60, 60),
    "shoulder_span": (-90, 60),
    "shoulder_opening": (-90, 90),
    "shoulder_abduction": (-60, 210),
    "shoulder_flexion": (-90, 230),
    "shoulder_retraction": (-80, 80),
    "elbow_height": (-90, 90),
    "elbow_flexion": (0, 165),
    "wrist_height": (-150, 150),
    "forearm_across": (-80, 80),
    "hand_to_head": (0, 200),
    "elbow_gap": (0, 300),
    "in_view": (0, 100),
    "head_height": (-300, 150),
    "hip_flexion": (-60, 165),
    "knee_flexion": (0, 170),
    "hip_drop": (-40, 130),
    "heel_gap": (0, 190),
    "leg_raise": (-90, 90),
    "foot_gap": (0, 300),
    "foot_ahead": (-250, 250),
    "trunk_lean": (-100, 100),
    "trunk_pitch": (-180, 180),
    "trunk_extension": (-100, 60),
    "trunk_incline": (0, 180),
    "trunk_rise": (-120, 120),
    "trunk_turn": (-90, 90),
    "body_sag": (-90, 90),
    "shoulder_roll": (-80, 80),
    "back_round": (-30, 40),
    "back_depth": (-40, 60),
}


def reach_of(ref: MeasureRef, own: OwnMeasure | None = None) -> Interval:
    """Lowest and highest value of a measure as a spec names it; ``own`` is the spec's own definition, if any."""
    low, high = REACH.get(ref.name, (-math.inf, math.inf))
    if own is not None:
        low, high = (0, 500) if own.distance else (0, 180)
    span = high - low
    match ref.transform:
        case "speed":
            return 0, FASTEST * span
        case "difference":
            return 0, span
        case "steadiness":
            return 0, span / 2
    return low, high


def allowed(target: Target, reach: Interval, slack: float = 0.0) -> Values:
    """The values within reach that meet a condition, widened by ``slack``; empty when there are none."""
    low, high = target.low - slack, target.high + slack
    parts = [(low, high)]
    if target.inverted:
        parts = [(-math.inf, target.low + slack), (target.high - slack, math.inf)]
    clipped = [(max(start, reach[0]), min(end, reach[1])) for start, end in parts]
    return tuple((start, end) for start, end in clipped if start < end)


def overlaps(some: Values, others: Values) -> bool:
    """Whether a value lies in both."""
    return any(max(a, c) < min(b, d) for a, b in some for c, d in others)


def contains(outer: Values, inner: Values) -> bool:
    """Whether every value of the inner set lies in the outer one."""
    return all(any(c <= a and b <= d for c, d in outer) for a, b in inner)


def gap(some: Values, others: Values) -> float:
    """Distance between the nearest values of two sets; 0 when they touch, and infinite when one is empty."""
    return min((max(0.0, c - b, a - d) for a, b in some for c, d in others), default=math.inf)
