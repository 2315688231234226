"""Lying: on the back with bent knees, and face down."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from studio.body import SIDES, Body, Transforms
from studio.floor import WRIST_HEIGHT_M, flat_hand
from studio.limbs import ARM, LEG, SUFFIX, Limb, limb_lengths, reach
from studio.placement import ACROSS, Channels, Placement
from studio.rotation import Matrix, Vector, pitch, tilt, turn
from studio.trunk import shoulder_centre, sided, trunk

#: Height of the joints of somebody who lies: hips and shoulders on the back, hips face down.
LYING_HIP_M, LYING_SHOULDER_M, PRONE_HIP_M = 0.115, 0.085, 0.10

#: Share of the legs' fall to a side that the pelvis goes along.
PELVIS_SHARE = 0.45


class Supine:
    """On the back, knees bent, feet on the floor.

    The hips may be lifted (a bridge), the trunk rounded off the floor (a crunch), the knees lowered to a side, and a
    leg lifted; what is not lifted stays where it is.
    """

    rest: Mapping[str, float] = {"neck_nod": 6}
    props: tuple[str, ...] = ("mat",)
    seat_m = 0.0
    hip_m, shoulder_m = LYING_HIP_M, LYING_SHOULDER_M

    def __init__(self, body: Body) -> None:
        self.body = body
        lying = body.forward({}, {}, pitch(-90), np.array([0, self.hip_m, 0]))
        self.shoulders = np.array([0, self.shoulder_m, shoulder_centre(body, lying)[2]])
        thigh, shank = limb_lengths(body, "left", LEG)
        # Knees at about 95 degrees when the hips are down.
        self.ankle_z = float(np.sqrt(thigh**2 + shank**2 - 2 * thigh * shank * np.cos(np.radians(82)))) * 0.93

    def place(self, channels: Channels) -> Placement:
        """The placement for a pose: in a bridge the shoulders stay where they are, in a crunch the hips do."""
        fall = channels.get("knees_to_side", 0.0)
        lift = channels.get("hip_lift", 0.0)
        root = tilt(PELVIS_SHARE * fall) @ pitch(-90 - lift)
        hips = np.array([0, self.hip_m, 0])
        on_floor = {**channels, "back_round": min(0.0, channels.get("back_round", 0.0))}
        hips = hips + self.shoulders - shoulder_centre(self.body, self._trunk(on_floor, root, hips))
        hips = hips + np.array([0, 0, channels.get("roll_along", 0.0)])
        root = root @ pitch(channels.get("trunk_pitch", 0.0))
        legs = {side: self._leg(side, sided(channels, side), fall, root, hips) for side in SIDES}
        return Placement(root, hips, legs, {side: self._arm(side, channels, root, hips) for side in SIDES})

    def _trunk(self, channels: Channels, root: Matrix, hips: Vector) -> Transforms:
        return self.body.forward(trunk(self.body, channels), {}, root, hips)

    def _leg(self, side: str, words: Mapping[str, float], fall: float, root: Matrix, hips: Vector) -> Limb:
        """A foot stays on the floor until the thigh is lifted from where it rests."""
        joint = hips + root @ (self.body.joint("upperleg01" + SUFFIX[side]) - self.body.hip_centre)
        lengths = limb_lengths(self.body, side, LEG)
        sign, leaned = SIDES[side], np.radians(fall)
        ankle = np.array([joint[0] * 1.15, self.body.sole_m, self.ankle_z + words.get("foot_away", 0.0)])
        aside = sign * 0.10 - sign * words.get("knee_in", 0.0) / 60
        pole = np.array([aside * np.cos(leaned) + np.sin(leaned), np.cos(leaned), 0.3])
        limb = reach(joint, ankle, pole, lengths)
        lifted = pitch(-words.get("hip_flexion", 0.0))
        bent = lifted @ pitch(words.get("knee_flexion", 0.0))
        foot = tilt(fall) @ turn(sign * 4)
        return Limb(lifted @ limb.upper, bent @ limb.lower, limb.hinge, end=bent @ foot)

    def _arm(self, side: str, channels: Channels, root: Matrix, hips: Vector) -> Limb:
        """Beside the trunk, palm on the floor."""
        posed = self._trunk(channels, root, hips)
        shoulder = self.body.joint_at(posed, "upperarm01" + SUFFIX[side])
        sign, length = SIDES[side], sum(limb_lengths(self.body, side, ARM))
        out = np.radians(sided(channels, side).get("shoulder_abduction", 0.0))
        along = 0.975 * length * np.array([sign * np.sin(out), 0, np.cos(out)])
        wrist = np.array([shoulder[0] + 0.11 * sign, WRIST_HEIGHT_M * 0.7, shoulder[2]]) + along
        limb = reach(shoulder, wrist, np.array([sign, 0.25, 0]), limb_lengths(self.body, side, ARM))
        return Limb(limb.upper, limb.lower, limb.hinge, end=flat_hand(self.body, side, along))


class OnRoller(Supine):
    """On the back with a roller under the shoulder blades, hips a little off the floor, rolling up and down."""

    rest: Mapping[str, float] = {"neck_nod": 24, "both.hand_behind_head": 1, "both.arm_rotation": 40}
    props: tuple[str, ...] = ("mat", "roller")
    hip_m, shoulder_m = 0.20, 0.24


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
