"""Compares what the pose model finds in rendered clips with the truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from poise.core.landmarks import INDEX
from poise.core.types import Pose
from studio.body import Floats
from studio.truth import joint_angles

#: A frame counts as showing the person when head and shoulders, the first landmarks, lie in the picture.
HEAD_AND_SHOULDERS = slice(0, INDEX["right_shoulder"] + 1)


@dataclass(frozen=True, eq=False)
class Agreement:
    """How well the model follows the truth in one clip.

    Attributes:
        clip: Name of the clip.
        found: Share of the frames showing the person in which the model found somebody.
        landmarks: Median distance of landmarks in the picture, % of the torso's length.
        angles: Mean absolute error of the angles in the picture, degrees, by name; limbs out of the picture left out.
    """

    clip: str
    found: float
    landmarks: float
    angles: dict[str, float]


def compare(clip: Path, poses: Sequence[Pose]) -> Agreement:
    """Compare what a model found in a clip with the truth.

    Args:
        clip: A rendered clip with its truth beside it.
        poses: One for each of its frames.
    """
    with np.load(clip.with_name(f"{clip.stem}.truth.npz")) as truth:
        true_px = truth["landmarks_px"] / 10.0
    found_px = np.array([pose.xy_px for pose in poses])
    width, height = poses[0].size_px
    inside = ((true_px > 0) & (true_px < [width, height])).all(axis=2)
    shows = inside[:, HEAD_AND_SHOULDERS].all(axis=1)
    found = np.isfinite(found_px[:, 0, 0])
    middle = [(true_px[:, INDEX[f"left_{n}"]] + true_px[:, INDEX[f"right_{n}"]]) / 2 for n in ("shoulder", "hip")]
    torso = float(np.median(np.linalg.norm(middle[0] - middle[1], axis=1)[shows]))
    away = np.where(inside, np.linalg.norm(found_px - true_px, axis=2), np.nan)
    return Agreement(
        clip=clip.stem,
        found=float(found[shows].mean()),
        landmarks=100 * float(np.nanmedian(away[shows])) / torso,
        angles=_angle_errors(found_px, true_px, inside, shows & found),
    )


def _angle_errors(found_px: Floats, true_px: Floats, inside: Floats, usable: Floats) -> dict[str, float]:
    """Mean absolute error of each angle over the frames in which its landmarks are in the picture."""
    errors: dict[str, list[float]] = {}
    for index in np.flatnonzero(usable):
        wanted, got = joint_angles(true_px[index]), joint_angles(found_px[index])
        for name, value in wanted.items():
            if _limb_inside(name, inside[index]):
                errors.setdefault(name, []).append(abs(got[name] - value))
    return {name: float(np.mean(values)) for name, values in errors.items()}


def _limb_inside(angle: str, inside: Floats) -> bool:
    """Whether the landmarks that an angle is taken from lie in the picture."""
    side, _, name = angle.partition(".")
    chains = {
        "shoulder_abduction": ("hip", "shoulder", "elbow"),
        "elbow_flexion": ("shoulder", "elbow", "wrist"),
        "hip_flexion": ("shoulder", "hip", "knee"),
        "knee_flexion": ("hip", "knee", "ankle"),
    }
    return all(bool(inside[INDEX[f"{side}_{joint}"]]) for joint in chains[name])


def table(agreements: list[Agreement]) -> str:
    """One line per clip."""
    lines = [f"{'clip':34} {'found':>7} {'landmarks':>10}  mean error of angles in the picture (degrees)"]
    for row in agreements:
        angles = ", ".join(f"{name} {error:.1f}" for name, error in row.angles.items())
        lines.append(f"{row.clip:34} {row.found:7.1%} {row.landmarks:9.1f}%  {angles}")
    return "\n".join(lines)
