"""The body as a beam: on hands or forearms and toes or knees, on one forearm, and with the hips high."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from studio.body import SIDES, Body, Transforms
from studio.floor import KNEE_HEIGHT_M, WRIST_HEIGHT_M, flat_hand
from studio.limbs import ARM, LEG, SUFFIX, Limb, limb_lengths, reach
from studio.placement import ACROSS, AHEAD, UP, Channels, Placement, solve
from studio.rotation import Matrix, Vector, pitch, tilt, unit
from studio.trunk import shoulder_centre, trunk

ELBOW_HEIGHT_M = 0.05


class Support:
    """On hands and toes (a push-up): bending the elbows lowers the chest, the body turns about the ankles."""

    rest: Mapping[str, float] = {"neck_nod": -12}
    props: tuple[str, ...] = ("mat",)
    seat_m = 0.0
    #: How far beside and over the floor what the shoulders stand on is.
    wide_m, hand_m = 0.08, WRIST_HEIGHT_M

    def __init__(self, body: Body) -> None:
        self.body = body
        self.arm_m = limb_lengths(body, "left", ARM)
        self.pivot, self.leg_m = self._pivot()
        straight = float(np.sqrt(self._span({}) ** 2 - self.wide_m**2)) + self.hand_m
        shoulders = self._shoulders({}, solve(lambda deg: self._shoulders({}, deg)[1] - straight, 2, 40))
        self.wrists = {
            side: np.array([sign * (body.shoulder_width_m / 2 + self.wide_m), self.hand_m, shoulders[2]])
            for side, sign in SIDES.items()
        }

    def place(self, channels: Channels) -> Placement:
        """The placement for a pose: hands and toes stay, the body turns about the ankles."""
        wanted = self._span(channels)

        def too_far(degrees: float) -> float:
            posed = self._trunk(channels, degrees)
            joint = self.body.joint_at(posed, "upperarm01.L")
            return float(np.linalg.norm(joint - self.wrists["left"]) - wanted)

        incline = solve(too_far, 0.5, 40)
        posed, root, hips = self._trunk(channels, incline), self._root(channels, incline), self._hips(channels, incline)
        legs = {side: self._leg(side, incline, channels) for side in SIDES}
        return Placement(root, hips, legs, {side: self._arm(side, posed) for side in SIDES})

    def _pivot(self) -> tuple[Vector, float]:
        """About what the body turns, and how far from there the hips are."""
        return np.array([0.0, 0.125, -0.75]), sum(limb_lengths(self.body, "left", LEG)) * 0.998

    def _span(self, channels: Channels) -> float:
        """Distance from the shoulder to what it stands on: the wrist."""
        bend = max(8.0, (channels.get("left.elbow_flexion", 0.0) + channels.get("right.elbow_flexion", 0.0)) / 2)
        upper, lower = self.arm_m
        return float(np.sqrt(upper**2 + lower**2 + 2 * upper * lower * np.cos(np.radians(bend))))

    def _leg_direction(self, incline: float, channels: Channels) -> Vector:
        """From the ankles to the hips; sagging hips lower the legs and raise the trunk."""
        return np.asarray(pitch(90 - incline + 0.5 * channels.get("hip_sag", 0.0)) @ UP)

    def _root(self, channels: Channels, incline: float) -> Matrix:
        return pitch(90 - incline - 0.5 * channels.get("hip_sag", 0.0))

    def _hips(self, channels: Channels, incline: float) -> Vector:
        return self.pivot + self.leg_m * self._leg_direction(incline, channels)

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


class KneeSupport(Support):
    """On hands and knees with the body in one line (an easier push-up): the body turns about the knees."""

    def _pivot(self) -> tuple[Vector, float]:
        return np.array([0.0, KNEE_HEIGHT_M, -0.35]), limb_lengths(self.body, "left", LEG)[0]

    def _leg(self, side: str, incline: float, channels: Channels) -> Limb:
        down = -self._leg_direction(incline, channels)
        return Limb(down, np.array([0.02 * SIDES[side], 0.12, -1.0]), ACROSS, end=pitch(150))


class ForearmSupport(Support):
    """On forearms and toes (a plank), elbows under the shoulders."""

    rest: Mapping[str, float] = {"neck_nod": -8}
    wide_m, hand_m = 0.0, ELBOW_HEIGHT_M

    def _span(self, channels: Channels) -> float:  # noqa: ARG002 (the forearm lies, however the elbow is bent)
        return self.arm_m[0]

    def _arm(self, side: str, posed: Transforms) -> Limb:
        shoulder = self.body.joint_at(posed, "upperarm01" + SUFFIX[side])
        upper = unit(self.wrists[side] - shoulder)
        return Limb(upper, AHEAD, ACROSS * -1, end=flat_hand(self.body, side, AHEAD))


class HipsHigh:
    """Forearms and toes on the floor: kneeling at rest; straightening the knees lifts the hips.

    ``shoulders_back`` opens the shoulders (degrees by which the upper arms lean toward the feet) and ``trunk_pitch``
    is by how much more than at rest the trunk is bent down.
    """

    rest: Mapping[str, float] = {"neck_nod": -4}
    props: tuple[str, ...] = ("mat",)
    seat_m = 0.0

    def __init__(self, body: Body) -> None:
        self.body = body
        self.arm_m = limb_lengths(body, "left", ARM)
        thigh, shank = limb_lengths(body, "left", LEG)
        elbow_z = 0.35
        shoulders = np.array([0.0, self.arm_m[0] + ELBOW_HEIGHT_M, elbow_z])
        hip_y = thigh * np.cos(np.radians(18)) + KNEE_HEIGHT_M
        self.level_deg = solve(lambda deg: self._hips({}, deg, shoulders)[1] - hip_y, 70, 150)
        self.elbows = {
            side: np.array([sign * body.shoulder_width_m / 2, ELBOW_HEIGHT_M, elbow_z]) for side, sign in SIDES.items()
        }
        hips = self._hips({}, self.level_deg, shoulders)
        self.ankle = np.array([0.0, 0.11, hips[2] - thigh * np.sin(np.radians(18)) - shank * 0.985])

    def place(self, channels: Channels) -> Placement:
        """The placement for a pose: elbows and toes stay; the knees bend as much as the hips leave them."""
        lean = np.radians(channels.get("shoulders_back", 0.0))
        over = self.arm_m[0] * np.array([0.0, np.cos(lean), -np.sin(lean)])
        shoulders = np.array([0.0, *self.elbows["left"][1:]]) + over
        degrees = self.level_deg + channels.get("trunk_pitch", 0.0)
        root, hips = pitch(degrees), self._hips(channels, degrees, shoulders)
        posed = self.body.forward(trunk(self.body, channels), {}, root, hips)
        legs = {}
        for side, sign in SIDES.items():
            joint = hips + root @ (self.body.joint("upperleg01" + SUFFIX[side]) - self.body.hip_centre)
            ankle = self.ankle + np.array([joint[0], 0, 0])
            limb = reach(joint, ankle, np.array([0.06 * sign, -0.7, 1.0]), limb_lengths(self.body, side, LEG))
            legs[side] = Limb(limb.upper, limb.lower, limb.hinge, end=pitch(68))
        return Placement(root, hips, legs, {side: self._arm(side, posed) for side in SIDES})

    def _hips(self, channels: Channels, degrees: float, shoulders: Vector) -> Vector:
        posed = self.body.forward(trunk(self.body, channels), {}, pitch(degrees), np.zeros(3))
        return np.asarray(shoulders - shoulder_centre(self.body, posed))

    def _arm(self, side: str, posed: Transforms) -> Limb:
        shoulder = self.body.joint_at(posed, "upperarm01" + SUFFIX[side])
        upper = unit(self.elbows[side] - shoulder)
        return Limb(upper, AHEAD, ACROSS * -1, end=flat_hand(self.body, side, AHEAD))


class SideSupport:
    """On one forearm and the outside of the feet, the chest toward the camera; ``propped`` says on which side."""

    rest: Mapping[str, float] = {"hip_sag": 34}
    props: tuple[str, ...] = ("mat-across",)
    seat_m = 0.0

    def __init__(self, body: Body) -> None:
        self.body = body
        self.arm_m = limb_lengths(body, "left", ARM)
        self.leg_m = sum(limb_lengths(body, "left", LEG)) * 0.998

    def place(self, channels: Channels) -> Placement:
        """The placement for a pose: forearm and feet stay, the body turns about the feet."""
        side = "right" if channels.get("right.propped", 0.0) > channels.get("left.propped", 0.0) else "left"
        sign, sag = SIDES[side], channels.get("hip_sag", 0.0)
        ankle = np.array([-0.75 * sign, 0.05, 0.0])
        height = self.arm_m[0] + ELBOW_HEIGHT_M

        def hips(incline: float) -> Vector:
            return np.asarray(ankle + self.leg_m * self._legs_up(sign, incline, sag))

        def skeleton(incline: float) -> Transforms:
            return self.body.forward(trunk(self.body, channels), {}, self._root(sign, incline, sag), hips(incline))

        shoulder = "upperarm01" + SUFFIX[side]
        incline = solve(lambda deg: self.body.joint_at(skeleton(deg), shoulder)[1] - height, -20, 50)
        propped = self.body.joint_at(skeleton(incline), shoulder)
        down = -self._legs_up(sign, incline, sag)
        foot = self._root(sign, incline, -sag)
        legs = {each: Limb(down, down, np.array([0, 0, 0.02]) + ACROSS * 0, end=foot) for each in SIDES}
        elbow = np.array([propped[0], ELBOW_HEIGHT_M, propped[2]])
        arm = Limb(unit(elbow - propped), AHEAD, ACROSS * -1, end=flat_hand(self.body, side, AHEAD))
        return Placement(self._root(sign, incline, sag), hips(incline), legs, {side: arm})

    def _legs_up(self, sign: float, incline: float, sag: float) -> Vector:
        """From the feet to the hips: sagging hips lower the legs and raise the trunk."""
        return np.asarray(tilt(sign * (90 - incline + 0.5 * sag)) @ UP)

    def _root(self, sign: float, incline: float, sag: float) -> Matrix:
        return tilt(sign * (90 - incline - 0.5 * sag))
