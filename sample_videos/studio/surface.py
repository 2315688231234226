"""Surfaces that follow a body: a mesh at rest, how it moves, and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from studio.body import Floats, Transforms, Triangles, normals_of, skin

#: More neighbours than this are left out of the mean; the source meshes rarely have more.
MOST_NEIGHBOURS = 8


@dataclass(eq=False)
class Surface:
    """A mesh that is drawn in one material.

    Attributes:
        name: Unique in a scene.
        material: Name of a fragment shader.
        points: (N, 3) at rest, metres.
        triangles: (T, 3).
        weights: (N, B) bone weights.
        paint: (N, 4) what the material reads at each vertex.
        colour: What the material reads for the whole surface: linear red, green, blue.
        relax: Rounds of smoothing after skinning, for cloth that bridges folds.
        casts: Whether it throws a shadow.
    """

    name: str
    material: str
    points: Floats
    triangles: Triangles
    weights: Floats
    paint: Floats
    colour: tuple[float, float, float] = (0.5, 0.5, 0.5)
    relax: int = 0
    casts: bool = True
    normals: Floats = field(init=False)
    neighbours: NDArray[np.int64] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.weights = self.weights.astype(np.float32)
        self.points = self.points.astype(np.float32)
        self.normals = normals_of(self.points, self.triangles).astype(np.float32)
        if self.relax:
            self.neighbours = neighbours_of(self.triangles, len(self.points))

    def posed(self, transforms: Transforms, displacement: Floats | None = None) -> tuple[Floats, Floats]:
        """Points and normals in the world, each (N, 3).

        Args:
            transforms: The posed skeleton.
            displacement: (N, 3) to add at rest, such as closing eyelids.
        """
        points = self.points if displacement is None else self.points + displacement.astype(np.float32)
        moved, normals = skin(self.weights, points, self.normals, transforms)
        if self.neighbours is None:
            return moved, normals
        for _ in range(self.relax):
            moved = smoothed(moved, self.neighbours, 0.5)
        return moved, normals_of(moved, self.triangles)


def neighbours_of(triangles: Triangles, count: int) -> NDArray[np.int64]:
    """(count, MOST_NEIGHBOURS) indices of adjacent vertices, padded with the vertex itself."""
    edges = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    edges = np.unique(np.concatenate([edges, edges[:, ::-1]]), axis=0)
    first = np.searchsorted(edges[:, 0], np.arange(count))
    slot = np.arange(len(edges)) - first[edges[:, 0]]
    table = np.repeat(np.arange(count)[:, None], MOST_NEIGHBOURS, axis=1)
    kept = slot < MOST_NEIGHBOURS
    table[edges[kept, 0], slot[kept]] = edges[kept, 1]
    return table


def smoothed(values: Floats, neighbours: NDArray[np.int64], share: float) -> Floats:
    """Each row moved by a share of the way to the mean of its neighbours; (N, K) in and out."""
    return np.asarray(values + share * (values[neighbours].mean(axis=1) - values))


def part(triangles: Triangles, keep: NDArray[np.bool_]) -> tuple[NDArray[np.int64], Triangles]:
    """Cut a mesh down to the triangles that touch a kept vertex.

    Args:
        triangles: (T, 3).
        keep: (N,) which vertices to keep.

    Returns:
        Indices of the remaining vertices, and the triangles renumbered to them.
    """
    chosen = triangles[keep[triangles].any(axis=1)]
    used, numbered = np.unique(chosen, return_inverse=True)
    return used, numbered.reshape(-1, 3)
