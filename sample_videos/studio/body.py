"""A body at rest, its skeleton, and how the skin follows the bones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.bake import UNIT_M
from studio.rotation import Matrix, Vector

BODY_FILE = Path(__file__).with_name("body.npz")
SIDES = {"left": 1.0, "right": -1.0}

Floats = NDArray[np.float64]
Triangles = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Transforms:
    """Where the bones are: a point p of bone b at rest moves to ``rotation[b] @ p + offset[b]``.

    Attributes:
        rotation: (B, 3, 3) from rest to world.
        offset: (B, 3) metres.
    """

    rotation: Floats
    offset: Floats


@dataclass(frozen=True, eq=False)
class Body:
    """One body at rest: standing, arms hanging away from the trunk by about 45 degrees.

    Attributes:
        name: As in ``body_names``.
        bones: Names, parents before children; sided ones end in ``.L`` or ``.R``.
        parents: (B,) index of each bone's parent, -1 for the root.
        joints: (B, 3) where each bone begins.
        vertices: (N, 3) of all parts together.
        blink: (N, 3) displacement that closes the eyes.
        weights: (N, B) how much of each bone moves each vertex; rows sum to 1.
        lips: (N,) 0 to 1.
        parts: Triangles of ``body``, ``tights``, ``eyes`` and ``lashes``, each (T, 3) indices of vertices.
    """

    name: str
    bones: tuple[str, ...]
    parents: NDArray[np.int64]
    joints: Floats
    vertices: Floats
    blink: Floats
    weights: Floats
    lips: Floats
    parts: Mapping[str, Triangles]

    @cached_property
    def index(self) -> dict[str, int]:
        """Index of each bone by its name."""
        return {bone: i for i, bone in enumerate(self.bones)}

    @cached_property
    def sole_m(self) -> float:
        """Height of the ankle above the sole."""
        return float(self.joint("foot.L")[1] - self.vertices[self.parts["body"].ravel(), 1].min())

    @cached_property
    def hip_centre(self) -> Vector:
        """The point between the hip joints, at rest."""
        return np.asarray((self.joint("upperleg01.L") + self.joint("upperleg01.R")) / 2)

    @cached_property
    def shoulder_width_m(self) -> float:
        """Distance between the shoulder joints, at rest."""
        return float(np.linalg.norm(self.joint("upperarm01.L") - self.joint("upperarm01.R")))

    def joint(self, bone: str) -> Vector:
        """Where a bone begins, at rest."""
        return np.asarray(self.joints[self.index[bone]])

    def length(self, start: str, end: str) -> float:
        """Distance between the beginnings of two bones, at rest."""
        return float(np.linalg.norm(self.joint(end) - self.joint(start)))

    def forward(
        self,
        local: Mapping[str, Matrix],
        absolute: Mapping[str, Matrix],
        root: Matrix,
        hip_centre: Vector,
    ) -> Transforms:
        """Carry rotations down the skeleton.

        Args:
            local: Rotations of bones relative to their parents.
            absolute: Rotations of bones relative to rest in the world; they win over ``local``.
            root: Rotation of the pelvis.
            hip_centre: (3,) where the point between the hip joints goes, metres.

        Returns:
            The transforms of all bones.
        """
        rotation = np.empty((len(self.bones), 3, 3))
        place = np.empty((len(self.bones), 3))
        for i, bone in enumerate(self.bones):
            parent = self.parents[i]
            if parent < 0:
                rotation[i] = root
                place[i] = hip_centre + root @ (self.joints[i] - self.hip_centre)
                continue
            above = rotation[parent]
            place[i] = place[parent] + above @ (self.joints[i] - self.joints[parent])
            if bone in absolute:
                rotation[i] = absolute[bone]
            else:
                rotation[i] = above @ local[bone] if bone in local else above
        return Transforms(rotation, place - np.einsum("bij,bj->bi", rotation, self.joints))

    def joint_at(self, transforms: Transforms, bone: str) -> Vector:
        """Where a bone begins in a posed skeleton, world metres."""
        i = self.index[bone]
        return np.asarray(transforms.rotation[i] @ self.joints[i] + transforms.offset[i])

    def rotation_at(self, transforms: Transforms, bone: str) -> Matrix:
        """Rotation of a bone from rest to world."""
        return np.asarray(transforms.rotation[self.index[bone]])


def skin(weights: Floats, points: Floats, normals: Floats, transforms: Transforms) -> tuple[Floats, Floats]:
    """Move points of the skin with the bones (linear blend skinning).

    Args:
        weights: (N, B) rows summing to 1.
        points: (N, 3) at rest.
        normals: (N, 3) at rest.
        transforms: The posed skeleton.

    Returns:
        Posed points and unit normals, each (N, 3).
    """
    packed = np.concatenate([transforms.rotation.reshape(-1, 9), transforms.offset], axis=1).astype(weights.dtype)
    mixed = weights @ packed
    rotation = mixed[:, :9].reshape(-1, 3, 3)
    moved = np.einsum("nij,nj->ni", rotation, points) + mixed[:, 9:]
    turned = np.einsum("nij,nj->ni", rotation, normals)
    return moved, turned / np.maximum(np.linalg.norm(turned, axis=1, keepdims=True), 1e-9)


def normals_of(points: Floats, triangles: Triangles) -> Floats:
    """(N, 3) unit normals: the mean of the adjacent triangles', weighted by area."""
    a, b, c = (points[triangles[:, k]] for k in range(3))
    face = np.cross(b - a, c - a)
    normals = np.zeros_like(points)
    for k in range(3):
        for axis in range(3):
            normals[:, axis] += np.bincount(triangles[:, k], weights=face[:, axis], minlength=len(points))
    return np.asarray(normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12))


def body_names(path: Path = BODY_FILE) -> tuple[str, ...]:
    """Names of the bodies in the file."""
    with np.load(path) as file:
        return tuple(str(name) for name in file["names"])


def load_body(name: str, path: Path = BODY_FILE) -> Body:
    """Load one body.

    Raises:
        KeyError: No body of that name is in the file.
    """
    with np.load(path) as file:
        names = [str(known) for known in file["names"]]
        if name not in names:
            raise KeyError(f"no body {name!r}; there are {', '.join(names)}")
        which = names.index(name)
        rows = np.arange(len(file["weights"]))[:, None]
        weights = np.zeros((len(rows), len(file["bones"])))
        weights[rows, file["weight_bones"]] = file["weights"]
        return Body(
            name=name,
            bones=tuple(str(bone) for bone in file["bones"]),
            parents=file["parents"].astype(np.int64),
            joints=file["joints"][which].astype(np.float64),
            vertices=file["shapes"][which] * UNIT_M,
            blink=file["blinks"][which] * UNIT_M,
            weights=weights / weights.sum(axis=1, keepdims=True),
            lips=file["lips"] / 255.0,
            parts={key[5:]: file[key].astype(np.int64) for key in file.files if key.startswith("part_")},
        )
