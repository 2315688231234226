"""Clothes: cut from the body's tights, let out, smoothed, and hung on the same bones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.body import Body, Floats, normals_of
from studio.surface import Surface, neighbours_of, part, smoothed

Colour = tuple[float, float, float]

#: Where an edge is drawn, the body under the cloth goes on for this far, so that no gap shows.
OVERLAP_M = 0.05
SLEEVE_OVERLAP_M = 0.02
TUCK_M = 0.006
ARM_BONES = ("upperarm", "lowerarm", "wrist", "metacarpal", "finger")


@dataclass(frozen=True)
class Outfit:
    """What a person wears.

    Attributes:
        shirt: Colour of the shirt.
        trousers: Colour of the trousers.
        feet: Colour of socks or shoes.
        sleeve: Length: 0.5 half the upper arm, 1 the elbow, 2 the wrist; 0.1 is sleeveless.
        collar_m: Radius of the collar's opening.
        loose: 0 skin-tight to 1 loose.
        cuff: Where the trousers end: 0 at the ankle, 1 at the knee, 1.6 half the thigh.
        stripes: Strength of the shirt's stripes, 0 to 1.
        shoes: Shoes with a sole, or socks.
    """

    shirt: Colour = (0.16, 0.42, 0.62)
    trousers: Colour = (0.17, 0.18, 0.22)
    feet: Colour = (0.85, 0.85, 0.85)
    sleeve: float = 0.55
    collar_m: float = 0.085
    loose: float = 0.4
    cuff: float = 0.1
    stripes: float = 0.0
    shoes: bool = False


@dataclass(frozen=True, eq=False)
class Regions:
    """Signed distances (metres, positive inside) of garments over points at rest, each (N,)."""

    shirt: Floats
    trousers: Floats
    feet: Floats


def membership(body: Body, weights: Floats, prefixes: tuple[str, ...]) -> Floats:
    """(N,) how much of each point belongs to the bones whose names begin so."""
    chosen = [i for i, bone in enumerate(body.bones) if bone.startswith(prefixes)]
    return np.asarray(weights[:, chosen].sum(axis=1))


def along_arm(body: Body, points: Floats) -> Floats:
    """(N,) place along the arm: 0 shoulder, 1 elbow, 2 wrist."""
    mirrored = np.column_stack([np.abs(points[:, 0]), points[:, 1:]])
    shoulder, elbow, wrist = (body.joint(f"{bone}.L") for bone in ("upperarm01", "lowerarm01", "wrist"))
    upper, lower = elbow - shoulder, wrist - elbow
    first = (mirrored - shoulder) @ upper / (upper @ upper)
    second = (mirrored - elbow) @ lower / (lower @ lower)
    return np.asarray(np.where(first < 1, first, 1 + np.maximum(second, 0)))


def regions(body: Body, outfit: Outfit, points: Floats, weights: Floats) -> Regions:
    """Which garment covers which point."""
    arm = membership(body, weights, ARM_BONES)
    neck, hip, knee, ankle = (body.joint(bone) for bone in ("neck01", "upperleg01.L", "lowerleg01.L", "foot.L"))
    upper_arm = body.length("upperarm01.L", "lowerarm01.L")
    sleeve = np.where(arm > 0.3, (outfit.sleeve - along_arm(body, points)) * upper_arm, 1.0)
    centre = np.array([0, neck[1] + 0.012, neck[2] + 0.015])
    collar = np.linalg.norm((points - centre) * [1.1, 1, 1], axis=1) - outfit.collar_m
    collar = np.minimum(collar, neck[1] + 0.055 - points[:, 1])
    hem = points[:, 1] - (hip[1] + 0.012)
    cuff = ankle[1] + 0.03 + (knee[1] - ankle[1]) * outfit.cuff
    legs = np.where(arm > 0.3, -1.0, np.minimum(hip[1] + 0.05 - points[:, 1], points[:, 1] - cuff))
    top = ankle[1] + (0.03 if outfit.shoes else 0.075)
    return Regions(
        shirt=np.where(arm > 0.3, sleeve, np.minimum(collar, hem)),
        trousers=legs,
        feet=np.where(arm > 0.3, -1.0, top - points[:, 1]),
    )


def hidden(body: Body, outfit: Outfit) -> NDArray[np.bool_]:
    """(N,) whether each of the body's points is so far under a garment that it cannot be seen."""
    found = regions(body, outfit, body.vertices, body.weights)
    arm = membership(body, body.weights, ARM_BONES) > 0.3
    waist = (found.shirt > -0.02) & (found.trousers > -0.03) & ~arm
    deep = (found.shirt > np.where(arm, SLEEVE_OVERLAP_M, OVERLAP_M)) | (found.trousers > OVERLAP_M)
    return np.asarray(deep | (found.feet > 0.012) | waist)


def tucked(body: Body, outfit: Outfit, used: NDArray[np.int64]) -> Floats:
    """(N, 3) the body's points at rest, pressed in under the cloth, so that skin never shows through a fold."""
    points, normals = body.vertices[used], normals_of(body.vertices, body.parts["body"])[used]
    found = regions(body, outfit, points, body.weights[used])
    depth = np.maximum(np.maximum(found.shirt, found.trousers), found.feet)
    return np.asarray(points - normals * (TUCK_M * np.clip(depth / TUCK_M + 0.8, 0, 1))[:, None])


def garments(body: Body, outfit: Outfit) -> list[Surface]:
    """The surfaces of all garments."""
    shirt = _garment(body, outfit, "shirt", 0.004 + 0.006 * outfit.loose, outfit.loose, outfit.shirt)
    trousers = _garment(body, outfit, "trousers", 0.003 + 0.004 * outfit.loose, 0.6 * outfit.loose, outfit.trousers)
    feet = _garment(body, outfit, "feet", 0.007 if outfit.shoes else 0.002, 0.3, outfit.feet)
    shirt.paint[:, 1] = outfit.stripes
    if outfit.shoes:
        sole = feet.points[:, 1].min() + 0.022
        feet.paint[:, 2] = feet.points[:, 1] < sole
    return [shirt, trousers, feet]


def _garment(body: Body, outfit: Outfit, name: str, offset_m: float, loose: float, colour: Colour) -> Surface:
    """Cut a garment out of the tights, let it out and give it smoother weights than the skin's."""
    tights = body.parts["tights"]
    inside = getattr(regions(body, outfit, body.vertices, body.weights), name)
    of_tights = np.zeros(len(body.vertices), dtype=bool)
    of_tights[tights.ravel()] = True
    # Cut wider than the edge: the material ends the cloth where the distance to the edge is 0.
    used, triangles = part(tights, of_tights & (inside > -OVERLAP_M))
    points, weights = body.vertices[used], body.weights[used]
    near = neighbours_of(triangles, len(used))
    normals = normals_of(points, triangles)
    bridged = points
    for _ in range(int(4 + 26 * loose)):
        bridged = smoothed(bridged, near, 0.6)
    # Smoothing shrinks; cloth never goes below the skin, so only its outward part is kept.
    outward = np.maximum(((bridged - points) * normals).sum(axis=1), 0.0)[:, None]
    cut = points + normals * (offset_m + outward)
    for _ in range(3):
        cut, weights = smoothed(cut, near, 0.4), smoothed(weights, near, 0.6)
    for _ in range(4):
        weights = smoothed(weights, near, 0.6)
    edge = getattr(regions(body, outfit, cut, weights), name)
    paint = np.column_stack([edge, np.zeros((len(used), 3))])
    return Surface(name, "cloth", cut, triangles, weights, paint, colour=colour, relax=2)
