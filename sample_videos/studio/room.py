"""Rooms and furniture, built of boxes; what does not move is painted into a backdrop once per camera."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np
from numpy.typing import ArrayLike

from studio.body import Floats, Triangles
from studio.render import Picture
from studio.rotation import Matrix
from studio.surface import Surface

Colour = tuple[float, float, float]

PLAIN, WOOD, FABRIC, PANE, LAMP = 0.0, 1.0, 2.0, 3.0, 4.0
FLOORS: Mapping[str, tuple[Colour, float]] = {
    "oak": ((0.60, 0.46, 0.33), 1.0),
    "walnut": ((0.40, 0.28, 0.20), 1.0),
    "pale": ((0.72, 0.63, 0.52), 1.0),
    "carpet": ((0.52, 0.50, 0.48), 2.0),
}


@dataclass(frozen=True)
class Room:
    """A room, with its back wall square to the camera's floor direction.

    Attributes:
        wall: Colour of the wall.
        floor: One of ``FLOORS``.
        depth_m: Distance of the back wall behind the person.
        furniture: Names of the pieces against the wall, from ``PIECES``.
        seed: Moves the furniture along the wall.
    """

    wall: Colour = (0.80, 0.78, 0.74)
    floor: str = "oak"
    depth_m: float = 1.7
    furniture: tuple[str, ...] = ("window", "shelf", "plant", "picture")
    seed: int = 0


@dataclass(frozen=True)
class Box:
    """A box by its centre and size, metres, with a colour and a texture."""

    centre: tuple[float, float, float]
    size: tuple[float, float, float]
    colour: Colour
    texture: float = PLAIN


def box_mesh(boxes: list[Box], place: Matrix, shift: ArrayLike) -> tuple[Floats, Floats, Triangles]:
    """Points and paint of boxes, turned and moved, and their triangles."""
    corners: list[Floats] = []
    faces: list[tuple[int, int, int]] = []
    for box in boxes:
        for axis in range(3):
            for sign in (-1.0, 1.0):
                square = np.zeros((4, 3))
                square[:, axis] = sign
                square[:, (axis + 1) % 3] = [-1, 1, 1, -1]
                square[:, (axis + 2) % 3] = [-1, -1, 1, 1]
                first = len(corners) * 4
                corners.append(np.asarray(box.centre) + square * np.asarray(box.size) / 2)
                second, fourth = (first + 1, first + 3) if sign > 0 else (first + 3, first + 1)
                faces += [(first, second, first + 2), (first, first + 2, fourth)]
    points = np.concatenate(corners) @ np.asarray(place).T + np.asarray(shift)
    paint = np.repeat([(*box.colour, box.texture) for box in boxes], 24, axis=0)
    return points, paint, np.array(faces, dtype=np.int64)


def boxes_surface(name: str, boxes: list[Box], place: Matrix | None = None, shift: ArrayLike = (0, 0, 0)) -> Surface:
    """One surface of boxes that stay where they are."""
    points, paint, faces = box_mesh(boxes, np.eye(3) if place is None else place, shift)
    return Surface(name, "plain", points, faces, np.ones((len(points), 1)), paint)


def shell(room: Room) -> list[Surface]:
    """Floor and back wall: they show the backdrop and catch shadows."""
    colour, kind = FLOORS[room.floor]
    wide, back = 7.0, -room.depth_m
    floor = np.array([[-wide, 0, back], [-wide, 0, 7], [wide, 0, 7], [wide, 0, back]])
    wall = np.array([[-wide, 0, back], [wide, 0, back], [wide, 4, back], [-wide, 4, back]])
    faces = np.array([[0, 1, 2], [0, 2, 3]])
    ones = np.ones((4, 1))
    return [
        Surface("floor", "room", floor, faces, ones, np.tile([*colour, kind], (4, 1)), casts=False),
        Surface("wall", "room", wall, faces, ones, np.tile([*room.wall, 0.0], (4, 1)), casts=False),
    ]


def _window(x: float, _: np.random.Generator) -> Iterator[Box]:
    yield Box((x, 1.55, 0.01), (1.06, 1.36, 0.03), (0.92, 0.92, 0.90))
    for column in (-0.25, 0.25):
        yield Box((x + column, 1.88, 0.03), (0.44, 0.56, 0.02), (0.83, 0.90, 0.96), PANE)
        yield Box((x + column, 1.24, 0.03), (0.44, 0.56, 0.02), (0.74, 0.84, 0.80), PANE)
    yield Box((x, 0.86, 0.09), (1.20, 0.04, 0.20), (0.92, 0.92, 0.90))
    for side in (-0.74, 0.74):
        for fold in range(5):
            shade = 0.93 if fold % 2 else 1.0
            yield Box(
                (x + side + 0.055 * (fold - 2), 1.32, 0.07 + 0.02 * (fold % 2)), (0.056, 2.3, 0.03),
                (0.70 * shade, 0.66 * shade, 0.60 * shade), FABRIC,
            )  # fmt: skip


def _shelf(x: float, rng: np.random.Generator) -> Iterator[Box]:
    wood = (0.55, 0.42, 0.30)
    yield Box((x, 0.95, 0.01), (0.86, 1.90, 0.02), wood, WOOD)
    for side in (-0.43, 0.43):
        yield Box((x + side, 0.95, 0.15), (0.03, 1.90, 0.28), wood, WOOD)
    for level in range(6):
        height = 0.05 + level * 0.37
        yield Box((x, height, 0.15), (0.84, 0.03, 0.28), wood, WOOD)
        if level == 5:
            continue
        at = -0.39
        while at < 0.28:
            thick, tall = rng.uniform(0.02, 0.05), rng.uniform(0.19, 0.30)
            hue = rng.uniform(0.15, 0.75, 3) * rng.uniform(0.6, 1.1)
            if rng.random() < 0.8:
                tone = [float(v) for v in hue]
                yield Box(
                    (x + at + thick / 2, height + tall / 2 + 0.015, 0.15),
                    (thick * 0.94, tall, 0.18),
                    (tone[0], tone[1], tone[2]),
                )
            at += thick


def _plant(x: float, rng: np.random.Generator) -> Iterator[Box]:
    yield Box((x, 0.16, 0.28), (0.28, 0.32, 0.28), (0.62, 0.40, 0.30))
    for _ in range(46):
        spread = rng.normal(0, 0.15, 3)
        height = 0.72 + rng.uniform(-0.32, 0.42)
        tone = rng.uniform(0.6, 1.1)
        yield Box(
            (x + spread[0], height, 0.28 + spread[2] * 0.7), (rng.uniform(0.04, 0.10), rng.uniform(0.06, 0.16), 0.02),
            (0.20 * tone, 0.40 * tone, 0.19 * tone),
        )  # fmt: skip
    yield Box((x, 0.5, 0.28), (0.02, 0.5, 0.02), (0.35, 0.28, 0.2))


def _picture(x: float, rng: np.random.Generator) -> Iterator[Box]:
    yield Box((x, 1.72, 0.01), (0.66, 0.50, 0.03), (0.24, 0.18, 0.13))
    yield Box((x, 1.72, 0.03), (0.60, 0.44, 0.01), (0.90, 0.88, 0.83))
    for i in range(4):
        tone = rng.uniform(0.35, 0.8, 3)
        yield Box((x, 1.60 + 0.08 * i, 0.037), (0.46, 0.08, 0.002), (float(tone[0]), float(tone[1]), float(tone[2])))


def _door(x: float, _: np.random.Generator) -> Iterator[Box]:
    yield Box((x, 1.03, 0.01), (0.98, 2.06, 0.03), (0.90, 0.89, 0.86))
    yield Box((x, 1.00, 0.02), (0.86, 2.00, 0.03), (0.84, 0.82, 0.78))
    for height in (0.55, 1.45):
        yield Box((x, height, 0.04), (0.62, 0.72, 0.01), (0.88, 0.86, 0.82))
    yield Box((x - 0.36, 1.02, 0.07), (0.10, 0.03, 0.05), (0.55, 0.55, 0.55))


def _sofa(x: float, _: np.random.Generator) -> Iterator[Box]:
    tone = (0.42, 0.46, 0.50)
    yield Box((x, 0.22, 0.42), (1.7, 0.36, 0.80), tone, FABRIC)
    yield Box((x, 0.58, 0.14), (1.7, 0.50, 0.22), tone, FABRIC)
    for side in (-0.82, 0.82):
        yield Box((x + side, 0.38, 0.42), (0.18, 0.50, 0.80), tone, FABRIC)
    yield Box((x - 0.5, 0.55, 0.32), (0.42, 0.38, 0.14), (0.76, 0.56, 0.32), FABRIC)


def _lamp(x: float, _: np.random.Generator) -> Iterator[Box]:
    yield Box((x, 0.02, 0.3), (0.26, 0.03, 0.26), (0.2, 0.2, 0.2))
    yield Box((x, 0.75, 0.3), (0.025, 1.45, 0.025), (0.25, 0.25, 0.25))
    yield Box((x, 1.58, 0.3), (0.34, 0.28, 0.34), (0.93, 0.86, 0.70), LAMP)


PIECES = {
    "window": _window, "shelf": _shelf, "plant": _plant, "picture": _picture, "door": _door, "sofa": _sofa,
    "lamp": _lamp,
}  # fmt: skip
#: Where pieces stand along the wall, metres from the middle, in the order in which a room names them.
PLACES = (1.35, -1.6, -0.62, -2.6, 2.6, 0.5)


def furniture(room: Room) -> list[Surface]:
    """Skirting board and the pieces against the wall."""
    rng = np.random.default_rng(room.seed)
    boxes = [Box((0, 0.045, 0.008), (14, 0.09, 0.016), (0.90, 0.90, 0.88))]
    for name, place in zip(room.furniture, PLACES, strict=False):
        boxes += PIECES[name](place + float(rng.uniform(-0.1, 0.1)), rng)
    return [boxes_surface("furniture", boxes, shift=(0, 0, -room.depth_m))]


#: Radius of a foam roller, and where it lies under somebody on their back, metres.
ROLLER_M, ROLLER_Z_M = 0.07, -0.30


def chair_boxes(seat_m: float) -> list[Box]:
    """A chair whose seat is at the given height, in the stance's frame."""
    wood, cloth = (0.36, 0.26, 0.18), (0.35, 0.37, 0.40)
    seat = seat_m - 0.075
    boxes = [
        Box((0, seat - 0.02, 0.02), (0.46, 0.05, 0.46), cloth, FABRIC),
        Box((0, seat + 0.30, -0.25), (0.42, 0.36, 0.035), cloth, FABRIC),
    ]
    for x in (-0.2, 0.2):
        boxes.append(Box((x, (seat + 0.4) / 2, -0.25), (0.035, seat + 0.4, 0.035), wood, WOOD))
        boxes.append(Box((x, (seat - 0.04) / 2, 0.21), (0.035, seat - 0.04, 0.035), wood, WOOD))
    return boxes


def mat_boxes(_: float) -> list[Box]:
    """An exercise mat, in the stance's frame."""
    return [Box((0, 0.005, 0.1), (0.75, 0.012, 2.1), (0.36, 0.44, 0.52), FABRIC)]


def mat_across_boxes(_: float) -> list[Box]:
    """An exercise mat across the view of somebody who lies on a side, in the stance's frame."""
    return [Box((0, 0.005, 0.05), (2.1, 0.012, 0.75), (0.36, 0.44, 0.52), FABRIC)]


def partition_boxes(_: float) -> list[Box]:
    """A piece of wall at the back of somebody whose feet are set ahead of the hips, in the stance's frame."""
    return [Box((0, 1.05, -0.21), (1.1, 2.1, 0.08), (0.86, 0.84, 0.79))]


def doorway_boxes(_: float) -> list[Box]:
    """The frame of a door in which the person stands, in the stance's frame."""
    white = (0.90, 0.89, 0.86)
    posts = [Box((x, 1.05, -0.12), (0.09, 2.10, 0.16), white) for x in (-0.56, 0.56)]
    return [*posts, Box((0, 2.14, -0.12), (1.21, 0.09, 0.16), white)]


def side_chair_boxes(seat_m: float, sign: float) -> list[Box]:
    """A chair on which the person sits sideways, the backrest at the left (sign 1) or at the right (-1)."""
    turned = []
    for box in chair_boxes(seat_m):
        (x, y, z), (width, height, depth) = box.centre, box.size
        turned.append(Box((-sign * z, y, sign * x), (depth, height, width), box.colour, box.texture))
    return turned


def roller_boxes(_: float) -> list[Box]:
    """A foam roller under the shoulder blades of somebody who lies, in slices, in the stance's frame."""
    slices = (np.linspace(-0.9, 0.9, 7) * ROLLER_M).tolist()
    heights = [2 * (ROLLER_M**2 - z**2) ** 0.5 for z in slices]
    return [
        Box((0, ROLLER_M, ROLLER_Z_M + z), (0.66, height, 0.3 * ROLLER_M), (0.16, 0.17, 0.19), FABRIC)
        for z, height in zip(slices, heights, strict=True)
    ]


PROPS: Mapping[str, Callable[[float], list[Box]]] = {
    "chair": chair_boxes,
    "mat": mat_boxes,
    "mat-across": mat_across_boxes,
    "roller": roller_boxes,
    "partition": partition_boxes,
    "doorway": doorway_boxes,
    "side-chair-left": partial(side_chair_boxes, sign=1.0),
    "side-chair-right": partial(side_chair_boxes, sign=-1.0),
}


def darkened_corners(picture: Picture, strength: float = 0.10) -> Picture:
    """A lens darkens the corners of a picture slightly."""
    height, width = picture.shape[:2]
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    falloff = 1 - strength * (x**2 + y**2) / 2
    return np.asarray(np.clip(picture * falloff[..., None], 0, 255).astype(np.uint8))


def softened(picture: Picture) -> Picture:
    """The backdrop, slightly out of focus."""
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), picture.shape[1] / 640 * 0.9), dtype=np.uint8)
