"""Hair: a cap over the scalp, and what hangs or is tied below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from studio.body import Body, Floats, Triangles, normals_of
from studio.surface import Surface, neighbours_of, part, smoothed

Colour = tuple[float, float, float]
Style = Literal["short", "tied", "long", "bald"]

THICKNESS_M = {"short": 0.020, "tied": 0.011, "long": 0.019}
#: Layers of a cap, from the scalp outward: the outer ones let the edge of the head look soft.
LAYERS = 3


@dataclass(frozen=True, eq=False)
class Face:
    """Places on the head at rest: centre of the left eye, tip of the left ear, top of the head."""

    eye: Floats
    ear: Floats
    top: float


def face_of(body: Body) -> Face:
    """Find eye, ear and top of the head."""
    eyes = np.unique(body.parts["eyes"])
    eye = body.vertices[eyes[body.vertices[eyes, 0] > 0]].mean(axis=0)
    head = body.weights[:, body.index["head"]] > 0.5
    level = head & (np.abs(body.vertices[:, 1] - eye[1]) < 0.04)
    level[np.unique(body.parts["tights"])] = False
    candidates = np.where(level)[0]
    ear = body.vertices[candidates[np.argmax(body.vertices[candidates, 0])]]
    return Face(eye, ear, float(body.vertices[np.unique(body.parts["body"]), 1].max()))


def smoothstep(start: float, end: float, value: Floats) -> Floats:
    """0 before ``start``, 1 after ``end``, smooth between."""
    t = np.clip((value - start) / (end - start), 0, 1)
    return np.asarray(t * t * (3 - 2 * t))


def above_hairline(points: Floats, face: Face, style: Style) -> Floats:
    """(N,) metres above the hairline: forehead, sideburn, nape."""
    across = np.abs(points[:, 0])
    forehead = face.eye[1] + 0.058 - 8.0 * across**2
    front = smoothstep(face.ear[2] + 0.014, face.ear[2] + 0.055, points[:, 2])
    behind = 1 - smoothstep(face.ear[2] - 0.05, face.ear[2] - 0.012, points[:, 2])
    nape = face.ear[1] - (0.055 if style == "short" else 0.075)
    side = (face.ear[1] + 0.016) * (1 - behind) + nape * behind
    return np.asarray(points[:, 1] - (side * (1 - front) + forehead * front))


def hair(body: Body, style: Style, colour: Colour) -> list[Surface]:
    """The surfaces of a hair style; none for a bald head."""
    if style == "bald":
        return []
    face = face_of(body)
    surfaces = [_cap(body, face, style, colour)]
    if style == "tied":
        surfaces.append(_bun(body, face, colour))
    if style == "long":
        surfaces.append(_curtain(body, face, colour))
    return surfaces


def _cap(body: Body, face: Face, style: Style, colour: Colour) -> Surface:
    head = body.weights[:, body.index["head"]] > 0.2
    inside = above_hairline(body.vertices, face, style)
    used, triangles = part(body.parts["body"], head & (inside > -0.004))
    near = neighbours_of(triangles, len(used))
    points = body.vertices[used]
    # The ears lie under the cap's outline: smoothing takes them out of it.
    for _ in range(6):
        points = smoothed(points, near, 0.5)
    normals = normals_of(points, triangles)
    lift = THICKNESS_M[style] * smoothstep(0.0, 0.045, inside[used])
    crown = smoothstep(face.eye[1] + 0.03, face.top, points[:, 1])
    lift = lift * (0.75 + 0.45 * crown)
    layers = []
    for layer in range(1, LAYERS + 1):
        height = layer / LAYERS
        paint = np.column_stack([inside[used], np.full(len(used), height), lift, np.zeros(len(used))])
        layers.append((points + normals * (0.0015 + lift * height)[:, None], paint))
    count = len(used)
    return Surface(
        "hair",
        "hair",
        np.concatenate([p for p, _ in layers]),
        np.concatenate([triangles + i * count for i in range(LAYERS)]),
        np.tile(body.weights[used], (LAYERS, 1)),
        np.concatenate([p for _, p in layers]),
        colour=colour,
        casts=False,
    )


def _grid(rows: int, columns: int) -> Triangles:
    """Triangles of a grid of points, row by row."""
    corner = (np.arange(rows - 1)[:, None] * columns + np.arange(columns - 1)).ravel()
    return np.concatenate(
        [
            np.column_stack([corner, corner + 1, corner + columns]),
            np.column_stack([corner + 1, corner + columns + 1, corner + columns]),
        ]
    )


def _solid(rows: Floats) -> tuple[Floats, Triangles]:
    """Points and triangles of a (R, C, 3) grid."""
    return rows.reshape(-1, 3), _grid(rows.shape[0], rows.shape[1])


def _bun(body: Body, face: Face, colour: Colour) -> Surface:
    """A knot at the back of the head."""
    centre = np.array([0.0, face.ear[1] + 0.055, face.ear[2] - 0.118])
    rows = []
    for polar in np.linspace(0.02, np.pi - 0.02, 10):
        circle = np.linspace(0, 2 * np.pi, 17)
        ring = np.column_stack([np.cos(circle), np.sin(circle), np.zeros_like(circle)]) * np.sin(polar)
        ring[:, 2] = np.cos(polar)
        rows.append(centre + ring * [0.040, 0.040, 0.032])
    points, triangles = _solid(np.array(rows))
    return _hanging(body, "bun", points, triangles, colour)


def _curtain(body: Body, face: Face, colour: Colour) -> Surface:
    """Hair that falls from the cap past the ears to the shoulders, open at the face."""
    rows = []
    angles = np.radians(np.linspace(-128, 128, 37))
    for down in np.linspace(0, 1, 12):
        height = face.ear[1] + 0.055 - 0.24 * down
        # The top lies under the cap, so that no rim shows.
        out = min(1.0, 0.74 + 1.6 * down)
        wide = out * (0.089 + 0.012 * np.sin(np.pi * down) + 0.012 * down)
        deep = out * (0.108 + 0.004 * down)
        wave = 1 + 0.012 * np.sin(angles * 11 + 3 * down)
        centre = np.array([0.0, height, face.ear[2] - 0.002 - 0.012 * down])
        ring = np.column_stack([np.sin(angles) * wide * wave, np.zeros_like(angles), -np.cos(angles) * deep * wave])
        rows.append(centre + ring)
    points, triangles = _solid(np.array(rows))
    return _hanging(body, "curtain", points, triangles, colour)


def _hanging(body: Body, name: str, points: Floats, triangles: Triangles, colour: Colour) -> Surface:
    """A surface that follows the head above and the chest below."""
    low = body.joint("neck01")[1]
    high = body.joint("head")[1] + 0.05
    of_head = smoothstep(float(low), float(high), points[:, 1])
    weights: NDArray[np.float64] = np.zeros((len(points), len(body.bones)))
    weights[:, body.index["head"]] = 0.45 + 0.55 * of_head
    weights[:, body.index["spine01"]] = 0.55 - 0.55 * of_head
    paint = np.column_stack(
        [np.full(len(points), 0.1), np.full(len(points), 0.5), np.full(len(points), 0.02), np.zeros(len(points))]
    )
    return Surface(name, "hair", points, triangles, weights, paint, colour=colour, casts=False)
