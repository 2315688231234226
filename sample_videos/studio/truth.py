"""The truth of a clip: for every frame the true landmarks and the true value of every measure.

Angles come from the posed joints, never from the words of the motion file. The file ``NAME.truth.npz`` holds:

- ``t_s``: (F,) float64 presentation times.
- ``landmarks_px``: (F, 33, 2) int16 in tenths of a pixel, in the order of ``poise.core.landmarks``.
- ``landmarks_mm``: (F, 33, 3) int16 millimetres in the world: x to the camera's right, y up, z toward the camera.
- ``measures``: (M,) names; ``values``: (F, M) float32, degrees or % of the shoulder width.
- ``repetitions``: (R, 4) float64 start, reached, left, end in seconds; ``counts``: (R,) whether it counts.
- ``faults``: (R,) identifiers of the faults that it shows, with spaces between; ``strength``: (R,) of these faults.
- ``outline``: (N, 2) int16 pixels of the person's outlines, one after the other; ``outline_len``: (F,) points of each.
  Both are empty where the exercise is not judged by the silhouette.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from poise.core.landmarks import INDEX
from studio.body import SIDES, Body, Floats, Transforms
from studio.limbs import SUFFIX
from studio.rotation import Matrix, Vector, angle_between, unit
from studio.timeline import Repetition


def neck_angles(body: Body, transforms: Transforms) -> dict[str, float]:
    """Tilt and turn (positive to the left) and nod (chin down positive) of the head on the upper trunk, degrees."""
    relative = body.rotation_at(transforms, "spine01").T @ body.rotation_at(transforms, "head")
    turned, tilted, nodded = euler(relative)
    return {"neck_turn": turned, "neck_tilt": tilted, "neck_nod": nodded}


def euler(rotation: Matrix) -> tuple[float, float, float]:
    """Turn, tilt and pitch whose product ``turn @ tilt @ pitch`` is the rotation, degrees."""
    tilted = float(np.degrees(-np.arcsin(np.clip(rotation[1, 0], -1, 1))))
    turned = float(np.degrees(np.arctan2(-rotation[2, 0], rotation[0, 0])))
    pitched = float(np.degrees(np.arctan2(-rotation[1, 2], rotation[1, 1])))
    return turned, tilted, pitched


def shoulder_heights(body: Body, transforms: Transforms) -> dict[str, float]:
    """How far each shoulder joint is raised in the upper trunk, % of the shoulder width, from the body at rest."""
    inverse = body.rotation_at(transforms, "spine01").T
    base = body.joint("spine01")
    heights = {}
    for side, suffix in SUFFIX.items():
        joint = f"upperarm01{suffix}"
        lifted = inverse @ (body.joint_at(transforms, joint) - body.joint_at(transforms, "spine01"))
        height = lifted[1] - (body.joint(joint) - base)[1]
        heights[f"{side}.shoulder_raise"] = 100 * float(height) / body.shoulder_width_m
    return heights


def joint_angles(points: Floats) -> dict[str, float]:
    """Angles between landmarks, from (33, D) positions; D is 3 for the world and 2 for the picture.

    Returns:
        Flexion (0 is straight) of elbows, hips and knees, and the angle of each arm against the trunk.
    """
    found = {}
    for side in SIDES:
        shoulder, elbow, wrist, hip, knee, ankle = (
            points[INDEX[f"{side}_{name}"]] for name in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
        )
        found[f"{side}.shoulder_abduction"] = angle_between(hip - shoulder, elbow - shoulder)
        found[f"{side}.elbow_flexion"] = angle_between(elbow - shoulder, wrist - elbow)
        found[f"{side}.hip_flexion"] = angle_between(hip - shoulder, knee - hip)
        found[f"{side}.knee_flexion"] = angle_between(knee - hip, ankle - knee)
    return found


def trunk_angles(points: Floats, body: Body, transforms: Transforms) -> dict[str, float]:
    """Lean (to the left) and pitch (forward) of the trunk in the pelvis's own directions, its turn over the hips."""
    middle = {
        name: (points[INDEX[f"left_{name}"]] + points[INDEX[f"right_{name}"]]) / 2 for name in ("hip", "shoulder")
    }
    up = unit(middle["shoulder"] - middle["hip"])
    across = level(body.rotation_at(transforms, "root")[:, 0])
    ahead = np.cross(across, (0, 1, 0))
    line = points[INDEX["left_shoulder"]] - points[INDEX["right_shoulder"]]
    return {
        "trunk_lean": float(np.degrees(np.arctan2(up @ across, up[1]))),
        "trunk_pitch": float(np.degrees(np.arctan2(up @ ahead, up[1]))),
        "trunk_turn": float(np.degrees(np.arctan2(line @ -ahead, line @ across))),
        "shoulder_line": float(np.degrees(np.arctan2(line[1], np.hypot(line[0], line[2])))),
    }


def level(direction: Vector) -> Vector:
    """A direction made level with the floor."""
    return unit([direction[0], 0.0, direction[2]])


def measures(body: Body, transforms: Transforms, world: Floats, picture: Floats) -> dict[str, float]:
    """The true value of every measure for one pose.

    Args:
        body: Whose pose.
        transforms: The posed skeleton.
        world: (33, 3) true landmarks, metres.
        picture: (33, 2) true landmarks, pixels.

    Returns:
        Values by name; ``picture.NAME`` is the angle as it lies in the picture's plane.
    """
    return {
        **neck_angles(body, transforms),
        **shoulder_heights(body, transforms),
        **trunk_angles(world, body, transforms),
        **joint_angles(world),
        **{f"picture.{name}": value for name, value in joint_angles(picture).items()},
    }


def write_truth(
    path: Path,
    times: list[float],
    world: Floats,
    picture: Floats,
    values: list[dict[str, float]],
    repetitions: list[Repetition],
    outlines: Sequence[Floats] = (),
) -> None:
    """Write the truth file; arrays as the head of this module describes them."""
    names = list(values[0])
    np.savez_compressed(
        path,
        t_s=np.array(times),
        landmarks_px=np.rint(np.clip(picture, -3000, 3000) * 10).astype(np.int16),
        landmarks_mm=np.rint(world * 1000).astype(np.int16),
        measures=np.array(names),
        values=np.array([[row[name] for name in names] for row in values], dtype=np.float32).round(2),
        repetitions=np.array([(r.start_s, r.held_from_s, r.held_until_s, r.end_s) for r in repetitions]).reshape(-1, 4),
        counts=np.array([r.counts for r in repetitions], dtype=bool),
        faults=np.array([" ".join(r.faults) for r in repetitions], dtype=str),
        strength=np.array([r.strength for r in repetitions], dtype=str),
        outline=np.concatenate([np.empty((0, 2)), *outlines]).astype(np.int16),
        outline_len=np.array([len(one) for one in outlines], dtype=np.int32),
    )
