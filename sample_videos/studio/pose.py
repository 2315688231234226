"""From the channels of a pose to the posed skeleton."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from studio.body import SIDES, Body, Transforms
from studio.hands import touching_arm
from studio.limbs import SUFFIX, arm_bones, arm_directions, fingers, leg_bones
from studio.lying import PELVIS_SHARE
from studio.placement import Stance
from studio.rotation import Matrix, turn
from studio.trunk import sided, trunk


def posed(body: Body, stance: Stance, channels: Mapping[str, float]) -> Transforms:
    """Pose a body.

    Args:
        body: The body at rest.
        stance: Made for the same body.
        channels: Values by channel (see ``words``); a missing one is 0.

    Returns:
        The skeleton in the stance's frame: floor at y = 0, the person facing +z, then turned by ``facing`` and
        moved by ``aside`` and ``away``.
    """
    # On the back the head stays on the floor when the trunk is lifted off it.
    channels = {**channels, "neck_nod": channels.get("neck_nod", 0.0) + 0.9 * channels.get("hip_lift", 0.0)}
    # And the shoulders stay level when the pelvis turns to a side.
    turned = PELVIS_SHARE * channels.get("knees_to_side", 0.0)
    channels["trunk_turn"] = channels.get("trunk_turn", 0.0) - turned
    placement = stance.place(channels)
    local = trunk(body, channels)
    absolute: dict[str, Matrix] = {}
    skeleton = body.forward(local, absolute, placement.root, placement.hip_centre)
    for side in SIDES:
        hip = body.rotation_at(skeleton, "pelvis" + SUFFIX[side])
        absolute.update(leg_bones(body, side, placement.legs[side], hip))
    skeleton = body.forward(local, absolute, placement.root, placement.hip_centre)
    for side in SIDES:
        words = sided(channels, side)
        free = placement.arms.get(side) or arm_directions(side, words, body.rotation_at(skeleton, "spine01"))
        arm = touching_arm(body, side, free, words, skeleton)
        shoulder = body.rotation_at(skeleton, "shoulder01" + SUFFIX[side])
        absolute.update(arm_bones(body, side, arm, shoulder))
        local.update(fingers(body, side, words.get("grip", 1.0 if arm.end is None else 0.35)))
    return moved(body.forward(local, absolute, placement.root, placement.hip_centre), channels)


def moved(skeleton: Transforms, channels: Mapping[str, float]) -> Transforms:
    """Turn the whole person by ``facing`` and move it by ``aside`` and ``away``."""
    facing = turn(channels.get("facing", 0.0))
    shift = np.array([channels.get("aside", 0.0), 0.0, -channels.get("away", 0.0)])
    return Transforms(facing @ skeleton.rotation, skeleton.offset @ facing.T + shift)
