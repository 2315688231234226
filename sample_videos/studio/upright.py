"""Standing and sitting."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from studio.body import SIDES, Body
from studio.limbs import LEG, SUFFIX, Limb, end_of, limb_lengths, reach
from studio.placement import ACROSS, AHEAD, UP, Channels, Placement
from studio.rotation import Matrix, Vector, pitch, tilt, turn
from studio.trunk import sided

#: Share of the knee's bend that the ankle takes in a squat, so that the weight stays over the feet.
ANKLE_SHARE = 0.30
#: How far the trunk leans forward half way between sitting and standing.
RISING_PITCH_DEG = 36.0
#: A step this long puts the hips midway between the feet, metres.
STEP_M = 0.2
#: Nearest that a hip comes to its ankle, metres.
MOST_BENT_M = 0.2
#: The heel of a foot left behind rises as soon as the shank leans forward by more than this.
HEEL_RISES_FROM_DEG = 20.0
#: From the ankle to the ball of the foot: sideways, down (in heights of the ankle) and ahead (metres).
BALL_OF_FOOT = np.array([0.0, -0.8, 0.13])


class Standing:
    """On both feet, on one, squatting, striding or walking."""

    rest: Mapping[str, float] = {
        "left.shoulder_abduction": 7, "right.shoulder_abduction": 7, "left.elbow_flexion": 14,
        "right.elbow_flexion": 14, "left.forearm_turn": 25, "right.forearm_turn": 25,
        "left.hip_abduction": 3, "right.hip_abduction": 3,
    }  # fmt: skip
    props: tuple[str, ...] = ()
    seat_m = 0.0

    def __init__(self, body: Body) -> None:
        self.body = body

    def place(self, channels: Channels) -> Placement:
        """The placement for a pose."""
        words = {side: sided(channels, side) for side in SIDES}
        root = turn(0) @ pitch(channels.get("trunk_pitch", 0.0))
        if channels.get("stride", 0.0) > 0.5:
            return self._walk(channels, root)
        standing = [side for side in SIDES if words[side].get("hip_flexion", 0.0) < 0.5] or ["left"]
        grounded = [side for side in standing if words[side].get("step_lift", 0.0) < 0.005] or standing
        heights, back = zip(*(self._hip_over_foot(words[side]) for side in grounded), strict=True)
        shift = channels.get("hip_shift", 0.0) / 100 * self.body.shoulder_width_m
        hips = np.array([shift, min(heights) + channels.get("jump", 0.0), float(np.mean(back))])
        legs = {}
        for side in SIDES:
            if side in standing:
                legs[side] = self._standing_leg(side, words[side], root, hips, channels.get("jump", 0.0))
            else:
                legs[side] = self._free_leg(side, words[side])
        return Placement(root, hips, legs)

    def _hip_over_foot(self, words: Mapping[str, float]) -> tuple[float, float]:
        """Height of the hips over the floor and their distance before the ankle, for one standing leg."""
        thigh, shank = limb_lengths(self.body, "left", LEG)
        knee = words.get("knee_flexion", 0.0) + 2.0
        lower, upper = np.radians(ANKLE_SHARE * knee), np.radians((1 - ANKLE_SHARE) * knee)
        ahead = shank * np.sin(lower) - thigh * np.sin(upper)
        down = shank * np.cos(lower) + thigh * np.cos(upper)
        down *= np.cos(np.radians(words.get("hip_abduction", 0.0)))
        placed = abs(words.get("step_ahead", 0.0))
        if placed > 0:
            # A foot set ahead or behind: the bent knee leaves a length from hip to ankle, and the step takes its share.
            whole = np.sqrt(thigh**2 + shank**2 + 2 * thigh * shank * np.cos(np.radians(knee)))
            slanted, gone = np.sqrt(max(whole**2 - placed**2, MOST_BENT_M**2)), min(1.0, placed / STEP_M)
            down, ahead = down + gone * (slanted - down), (1 - gone) * ahead
        return float(down + self.body.sole_m), float(ahead)

    def _standing_leg(self, side: str, words: Mapping[str, float], root: Matrix, hips: Vector, jump: float) -> Limb:
        body, sign = self.body, SIDES[side]
        joint = body.joint("upperleg01" + SUFFIX[side]) - body.hip_centre
        spread = sum(limb_lengths(body, side, LEG)) * np.sin(np.radians(words.get("hip_abduction", 0.0)))
        high = body.sole_m + jump + words.get("step_lift", 0.0)
        ankle = np.array([joint[0] + sign * spread, high, words.get("step_ahead", 0.0)])
        out = turn(sign * (8 + 0.25 * words.get("hip_abduction", 0.0) - words.get("knee_in", 0.0)))
        lengths, hip = limb_lengths(body, side, LEG), hips + root @ joint
        limb, heel = reach(hip, ankle, out @ AHEAD, lengths), 0.0
        for _ in range(4 if ankle[2] < 0 else 0):  # the heel of a foot left behind rises over the ball of the foot
            leaning = float(np.degrees(np.arctan2(-limb.lower[2], -limb.lower[1])))
            heel = float(np.clip(leaning - HEEL_RISES_FROM_DEG, 0, 65))
            ball = ankle + BALL_OF_FOOT * [0, body.sole_m, 1]
            limb = reach(hip, ball - pitch(heel) @ (ball - ankle), out @ AHEAD, lengths)
        return Limb(limb.upper, limb.lower, limb.hinge, end=turn(sign * 6) @ pitch(heel))

    def _free_leg(self, side: str, words: Mapping[str, float]) -> Limb:
        swing = tilt(-SIDES[side] * words.get("hip_abduction", 0.0)) @ pitch(-words.get("hip_flexion", 0.0))
        bent = pitch(words.get("knee_flexion", 0.0))
        return Limb(swing @ -UP, swing @ bent @ -UP, swing @ ACROSS)

    def _walk(self, channels: Channels, root: Matrix) -> Placement:
        """Legs that swing; the lower foot is on the floor."""
        phase = np.pi * channels.get("steps", 0.0)
        legs, lowest = {}, 0.0
        thigh, shank = limb_lengths(self.body, "left", LEG)
        for side, sign in SIDES.items():
            swing = channels["stride"] * np.sin(phase) * sign
            bend = 6 + 2.2 * channels["stride"] * max(0.0, np.cos(phase) * sign)
            legs[side] = self._free_leg(side, {"hip_flexion": swing + 0.3 * bend, "knee_flexion": bend})
            lowest = min(lowest, float(thigh * legs[side].upper[1] + shank * legs[side].lower[1]))
        return Placement(root, np.array([0, self.body.sole_m - lowest, 0]), legs)


class Seated:
    """On a chair, feet on the floor."""

    rest: Mapping[str, float] = {
        "left.shoulder_abduction": 8, "right.shoulder_abduction": 8, "left.elbow_flexion": 20,
        "right.elbow_flexion": 20, "left.hand_on_knee": 1, "right.hand_on_knee": 1, "back_round": 4,
        "neck_nod": -2,
    }  # fmt: skip
    props: tuple[str, ...] = ("chair",)

    def __init__(self, body: Body) -> None:
        self.body = body
        self.seat_m = limb_lengths(body, "left", LEG)[1] + body.sole_m + 0.03

    def place(self, channels: Channels) -> Placement:
        """The placement for a pose; ``rise`` lifts the person off the seat, over feet that stay."""
        seated = {}
        for side, sign in SIDES.items():
            out = turn(sign * 9)
            seated[side] = Limb(out @ np.array([0, -0.07, 1]), np.array([0.02 * sign, -1, 0.07]), out @ ACROSS, end=out)
        hips, rise = np.array([0, self.seat_m, 0]), channels.get("rise", 0.0)
        bent = channels.get("trunk_pitch", 0.0) + RISING_PITCH_DEG * float(np.sin(np.pi * rise))
        if rise <= 0:
            return Placement(pitch(bent), hips, seated)
        ankles = {side: self._end(side, leg, hips) for side, leg in seated.items()}
        standing_m = self.body.sole_m + 0.998 * sum(limb_lengths(self.body, "left", LEG))
        risen = hips + rise * np.array([0, standing_m - self.seat_m, ankles["left"][2]])
        return Placement(pitch(bent), risen, {side: self._over_foot(side, ankles[side], risen) for side in SIDES})

    def _hip(self, side: str, hips: Vector) -> Vector:
        return hips + self.body.joint("upperleg01" + SUFFIX[side]) - self.body.hip_centre

    def _end(self, side: str, leg: Limb, hips: Vector) -> Vector:
        return end_of(self.body, side, leg, self._hip(side, hips), LEG)

    def _over_foot(self, side: str, ankle: Vector, hips: Vector) -> Limb:
        out = turn(SIDES[side] * 9)
        limb = reach(self._hip(side, hips), ankle, out @ AHEAD, limb_lengths(self.body, side, LEG))
        return Limb(limb.upper, limb.lower, limb.hinge, end=out)
