"""On hands and knees: rounding and arching, reaching, sitting back, threading an arm under the body."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from studio.body import SIDES, Body
from studio.limbs import ARM, LEG, SUFFIX, Limb, hand_rest, limb_lengths, reach
from studio.placement import ACROSS, AHEAD, UP, Channels, Placement, solve
from studio.rotation import Matrix, Vector, basis, pitch, turn
from studio.trunk import shoulder_centre, sided, trunk

KNEE_HEIGHT_M = 0.055
WRIST_HEIGHT_M = 0.055


class AllFours:
    """On hands and knees; the back may round, an arm or a leg may be lifted, hips and chest may sink."""

    rest: Mapping[str, float] = {"neck_nod": -18}
    props: tuple[str, ...] = ("mat",)
    seat_m = 0.0

    def __init__(self, body: Body) -> None:
        self.body = body
        self.thigh_m = limb_lengths(body, "left", LEG)[0]
        self.arm_m = limb_lengths(body, "left", ARM)
        height = sum(self.arm_m) * 0.985 + WRIST_HEIGHT_M
        self.level_deg = solve(lambda deg: height - self._shoulders({}, deg, 0.0)[1], 60, 110)
        self.shoulders = self._shoulders({}, self.level_deg, 0.0)
        half = body.shoulder_width_m / 2
        self.wrists = {
            side: np.array([sign * (half + 0.02), WRIST_HEIGHT_M, self.shoulders[2] + 0.02])
            for side, sign in SIDES.items()
        }

    def place(self, channels: Channels) -> Placement:
        """The placement for a pose: the hips move so that the shoulders stay over the hands.

        ``hips_back`` and ``chest_down`` are asked for on purpose: the shoulders follow the first, and the hips stay
        where they are in the second.
        """
        tilted, shift = 0.0, 0.0
        for _ in range(10):
            found = self._shoulders(channels, self.level_deg + tilted, shift)
            tilted += (found[1] - self.shoulders[1]) * 80
            shift -= (found[2] - self.shoulders[2]) * 0.8
        shift -= self.thigh_m * np.sin(np.radians(channels.get("hips_back", 0.0)))
        height = self.shoulders[1] - channels.get("chest_down", 0.0)
        for _ in range(10):
            tilted += (self._shoulders(channels, self.level_deg + tilted, shift)[1] - height) * 80
        root, hips = pitch(self.level_deg + tilted), self._hips(shift)
        return Placement(
            root,
            hips,
            {side: self._leg(side, sided(channels, side), hips, root) for side in SIDES},
            {side: self._arm(side, sided(channels, side), channels, root, hips) for side in SIDES},
        )

    def _hips(self, shift: float) -> Vector:
        return np.array([0, np.sqrt(self.thigh_m**2 - shift**2) + KNEE_HEIGHT_M, shift])

    def _shoulders(self, channels: Channels, degrees: float, shift: float) -> Vector:
        posed = self.body.forward(trunk(self.body, channels), {}, pitch(degrees), self._hips(shift))
        return shoulder_centre(self.body, posed)

    def _leg(self, side: str, words: Mapping[str, float], hips: Vector, root: Matrix) -> Limb:
        lift = words.get("leg_reach", 0.0)
        joint = hips + root @ (self.body.joint("upperleg01" + SUFFIX[side]) - self.body.hip_centre)
        knee = np.array([joint[0], KNEE_HEIGHT_M, 0.0])
        down, back = knee - joint, np.array([0, 0.05, -1.0])
        upper = down / np.linalg.norm(down) * (1 - lift) + back * lift
        lower = np.array([0, -0.03, -1.0]) * (1 - lift) + back * lift
        return Limb(upper, lower, ACROSS, end=pitch(145 - 20 * lift))

    def _arm(self, side: str, words: Mapping[str, float], channels: Channels, root: Matrix, hips: Vector) -> Limb:
        sign, lift = SIDES[side], words.get("arm_reach", 0.0)
        posed = self.body.forward(trunk(self.body, channels), {}, root, hips)
        shoulder = self.body.joint_at(posed, "upperarm01" + SUFFIX[side])
        across = words.get("hand_across", 0.0)
        on_floor = self.wrists[side] + np.array([-sign * across, 0, words.get("hand_ahead", 0.0)])
        ahead = shoulder + sum(self.arm_m) * np.array([0.1 * sign, 0.06, 0.985])
        target = on_floor * (1 - lift) + ahead * lift
        target = target + 4 * lift * (1 - lift) * np.array([0.10 * sign, 0.02, -0.06])
        pole = np.array([0.5 * sign, 0.2, -0.6]) * (1 - lift) + np.array([0.6 * sign, -0.5, 0.0]) * lift
        limb = reach(shoulder, target, pole, self.arm_m)
        if lift > 0.05 or across > 0.05:
            return limb
        return Limb(limb.upper, limb.lower, limb.hinge, end=flat_hand(self.body, side, turn(-sign * 3) @ AHEAD))


def flat_hand(body: Body, side: str, fingers: Vector) -> Matrix:
    """Rotation of a hand that lies flat on the floor, fingers as given."""
    return np.asarray(basis(fingers, UP) @ hand_rest(body, side).T)
