"""On the floor: on hands and knees, on the back, in support on hands and toes, and face down."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from studio.body import SIDES, Body, Transforms
from studio.limbs import ARM, LEG, SUFFIX, Limb, hand_rest, limb_lengths, reach
from studio.placement import ACROSS, AHEAD, UP, Channels, Placement, solve
from studio.rotation import Matrix, Vector, basis, pitch, turn
from studio.trunk import shoulder_centre, sided, trunk

KNEE_HEIGHT_M = 0.055
WRIST_HEIGHT_M = 0.055
#: Height of the joints of somebody who lies: hips and shoulders on the back, hips face down.
LYING_HIP_M, LYING_SHOULDER_M, PRONE_HIP_M = 0.115, 0.085, 0.10


class AllFours:
    """On hands and knees; the back may round and arch, an arm or a leg may be lifted."""

    rest: Mapping[str, float] = {"neck_nod": -18}
    props: tuple[str, ...] = ("mat",)
    seat_m = 0.0

    def __init__(self, body: Body) -> None:
        self.body = body
        self.thigh_m = limb_lengths(body, "left", LEG)[0]
        arm = body.length("upperarm01.L", "lowerarm01.L") + body.length("lowerarm01.L", "wrist.L")
        height = arm * 0.985 + WRIST_HEIGHT_M
        self.level_deg = solve(lambda deg: height - self._shoulders({}, deg, 0.0)[1], 60, 110)
        self.shoulders = self._shoulders({}, self.level_deg, 0.0)
        half = body.shoulder_width_m / 2
        self.wrists = {
            side: np.array([sign * (half + 0.02), WRIST_HEIGHT_M, self.shoulders[2] + 0.02])
            for side, sign in SIDES.items()
        }

    def place(self, channels: Channels) -> Placement:
        """The placement for a pose: the hips move so that the shoulders stay over the hands."""
        tilted, shift = 0.0, 0.0
        for _ in range(10):
            found = self._shoulders(channels, self.level_deg + tilted, shift)
            tilted += (found[1] - self.shoulders[1]) * 80
            shift -= (found[2] - self.shoulders[2]) * 0.8
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
        lengths = (
            self.body.length("upperarm01.L", "lowerarm01.L"),
            self.body.length("lowerarm01.L", "wrist.L"),
        )
        ahead = shoulder + sum(lengths) * np.array([0.1 * sign, 0.06, 0.985])
        target = self.wrists[side] * (1 - lift) + ahead * lift
        target = target + 4 * lift * (1 - lift) * np.array([0.10 * sign, 0.02, -0.06])
        pole = np.array([0.5 * sign, 0.2, -0.6]) * (1 - lift) + np.array([0.6 * sign, -0.5, 0.0]) * lift
        limb = reach(shoulder, target, pole, lengths)
        flat = turn(-sign * 3)
        return Limb(
            limb.upper, limb.lower, limb.hinge, end=None if lift > 0.05 else flat_hand(self.body, side, flat @ AHEAD)
        )


def flat_hand(body: Body, side: str, fingers: Vector) -> Matrix:
    """Rotation of a hand that lies flat on the floor, fingers as given."""

    return np.asarray(basis(fingers, UP) @ hand_rest(body, side).T)


class Supine:
    """On the back, knees bent, feet on the floor; the hips may be lifted (a bridge)."""

    rest: Mapping[str, float] = {"neck_nod": 6}
    props: tuple[str, ...] = ("mat",)
    seat_m = 0.0

    def __init__(self, body: Body) -> None:
        self.body = body
        lying = body.forward({}, {}, pitch(-90), np.array([0, LYING_HIP_M, 0]))
        self.shoulders = np.array([0, LYING_SHOULDER_M, shoulder_centre(body, lying)[2]])
        thigh, shank = limb_lengths(body, "left", LEG)
        # Knees at about 95 degrees when the hips are down.
        self.ankle_z = float(np.sqrt(thigh**2 + shank**2 - 2 * thigh * shank * np.cos(np.radians(82)))) * 0.93

    def place(self, channels: Channels) -> Placement:
        """The placement for a pose: the shoulders stay where they are."""
        root = pitch(-90 - channels.get("hip_lift", 0.0))
        hips = np.array([0, LYING_HIP_M, 0])
        offset = self.shoulders - shoulder_centre(self.body, self._trunk(channels, root, hips))
        hips = hips + offset
        legs = {side: self._leg(side, sided(channels, side), root, hips) for side in SIDES}
        return Placement(root, hips, legs, {side: self._arm(side, channels, root, hips) for side in SIDES})

    def _trunk(self, channels: Channels, root: Matrix, hips: Vector) -> Transforms:
        return self.body.forward(trunk(self.body, channels), {}, root, hips)

    def _leg(self, side: str, words: Mapping[str, float], root: Matrix, hips: Vector) -> Limb:
        joint = hips + root @ (self.body.joint("upperleg01" + SUFFIX[side]) - self.body.hip_centre)
        lengths = limb_lengths(self.body, side, LEG)
        ankle = np.array([joint[0] * 1.15, self.body.sole_m, self.ankle_z])
        pole = np.array([SIDES[side] * 0.10 - SIDES[side] * words.get("knee_in", 0.0) / 60, 1, 0.3])
        limb = reach(joint, ankle, pole, lengths)
        return Limb(limb.upper, limb.lower, limb.hinge, end=turn(SIDES[side] * 4))

    def _arm(self, side: str, channels: Channels, root: Matrix, hips: Vector) -> Limb:
        """Beside the trunk, palm on the floor."""
        posed = self._trunk(channels, root, hips)
        shoulder = self.body.joint_at(posed, "upperarm01" + SUFFIX[side])
        sign, length = SIDES[side], sum(limb_lengths(self.body, side, ARM))
        wrist = np.array([shoulder[0] + 0.11 * sign, WRIST_HEIGHT_M * 0.7, shoulder[2] + 0.975 * length])
        limb = reach(shoulder, wrist, np.array([sign, 0.25, 0]), limb_lengths(self.body, side, ARM))
        return Limb(limb.upper, limb.lower, limb.hinge, end=flat_hand(self.body, side, AHEAD))


class Support:
    """On hands and toes (a push-up): bending the elbows lowers the chest."""

    rest: Mapping[str, float] = {"neck_nod": -12}
    props: tuple[str, ...] = ("mat",)
    seat_m = 0.0

    def __init__(self, body: Body) -> None:
        self.body = body
        self.ankle = np.array([0.0, 0.125, -0.75])
        self.leg_m = sum(limb_lengths(body, "left", LEG)) * 0.998
        self.arm_m = limb_lengths(body, "left", ARM)
        straight = self._wrist_height(8.0)
        shoulders = self._shoulders({}, solve(lambda deg: self._shoulders({}, deg)[1] - straight, 2, 40))
        self.wrists = {
            side: np.array([sign * (body.shoulder_width_m / 2 + 0.08), WRIST_HEIGHT_M, shoulders[2]])
            for side, sign in SIDES.items()
        }

    def place(self, channels: Channels) -> Placement:
        """The placement for a pose: hands and toes stay, the body turns about the ankles."""
        bend = max(8.0, (channels.get("left.elbow_flexion", 0.0) + channels.get("right.elbow_flexion", 0.0)) / 2)
        upper, lower = self.arm_m
        wanted = np.sqrt(upper**2 + lower**2 + 2 * upper * lower * np.cos(np.radians(bend)))

        def too_far(degrees: float) -> float:
            posed = self._trunk(channels, degrees)
            joint = self.body.joint_at(posed, "upperarm01.L")
            return float(np.linalg.norm(joint - self.wrists["left"]) - wanted)

        incline = solve(too_far, 0.5, 40)
        posed, root, hips = self._trunk(channels, incline), self._root(channels, incline), self._hips(channels, incline)
        legs = {side: self._leg(side, incline, channels) for side in SIDES}
        return Placement(root, hips, legs, {side: self._arm(side, posed) for side in SIDES})

    def _wrist_height(self, bend: float) -> float:
        """Height of the shoulders over the floor when the arms are all but straight."""
        upper, lower = self.arm_m
        reach_m = np.sqrt(upper**2 + lower**2 + 2 * upper * lower * np.cos(np.radians(bend)))
        return float(np.sqrt(reach_m**2 - 0.08**2)) + WRIST_HEIGHT_M

    def _leg_direction(self, incline: float, channels: Channels) -> Vector:
        """From the ankles to the hips; sagging hips lower the legs and raise the trunk."""
        return np.asarray(pitch(90 - incline + 0.5 * channels.get("hip_sag", 0.0)) @ UP)

    def _root(self, channels: Channels, incline: float) -> Matrix:
        return pitch(90 - incline - 0.5 * channels.get("hip_sag", 0.0))

    def _hips(self, channels: Channels, incline: float) -> Vector:
        return self.ankle + self.leg_m * self._leg_direction(incline, channels)

    def _trunk(self, channels: Channels, incline: float) -> Transforms:
        return self.body.forward(
            trunk(self.body, channels), {}, self._root(channels, incline), self._hips(channels, incline)
        )

    def _shoulders(self, channels: Channels, incline: float) -> Vector:
        return shoulder_centre(self.body, self._trunk(channels, incline))

    def _leg(self, side: str, incline: float, channels: Channels) -> Limb:
        down = -self._leg_direction(incline, channels)
        return Limb(down + 0.02 * SIDES[side] * ACROSS, down, ACROSS, end=pitch(68))

    def _arm(self, side: str, posed: Transforms) -> Limb:
        shoulder = self.body.joint_at(posed, "upperarm01" + SUFFIX[side])
        pole = np.array([SIDES[side] * 0.9, 0.15, -1.0])
        limb = reach(shoulder, self.wrists[side], pole, self.arm_m)
        return Limb(limb.upper, limb.lower, limb.hinge, end=flat_hand(self.body, side, AHEAD))


class Prone:
    """Face down; arching the back lifts the chest."""

    rest: Mapping[str, float] = {
        "left.shoulder_abduction": 18, "right.shoulder_abduction": 18, "left.elbow_flexion": 8,
        "right.elbow_flexion": 8, "back_round": -6, "neck_nod": -6,
    }  # fmt: skip
    props: tuple[str, ...] = ("mat",)
    seat_m = 0.0

    def __init__(self, body: Body) -> None:
        self.body = body

    def place(self, channels: Channels) -> Placement:
        """The placement for a pose: the pelvis lies still."""
        legs = {}
        for side, sign in SIDES.items():
            lift = sided(channels, side).get("leg_reach", 0.0)
            back = np.array([0.10 * sign, -0.07 + 0.30 * lift, -1.0])
            legs[side] = Limb(back, np.array([0.06 * sign, -0.01 + 0.30 * lift, -1.0]), ACROSS, end=pitch(150))
        return Placement(pitch(90), np.array([0, PRONE_HIP_M, 0]), legs)
