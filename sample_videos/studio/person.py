"""A person: a body with skin, face, hair and clothes, and the 33 true landmarks on it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from poise.core.landmarks import LANDMARKS
from studio.body import SIDES, Body, Floats, Transforms, load_body, normals_of
from studio.hair import Face, Style, above_hairline, face_of, hair
from studio.limbs import SUFFIX
from studio.room import Box, box_mesh
from studio.surface import Surface, neighbours_of, part, smoothed
from studio.wardrobe import Outfit, garments, hidden, tucked

Colour = tuple[float, float, float]

#: Bones at whose beginning a landmark lies.
JOINT_LANDMARKS = {
    "shoulder": "upperarm01", "elbow": "lowerarm01", "wrist": "wrist", "hip": "upperleg01", "knee": "lowerleg01",
    "ankle": "foot", "pinky": "finger5-1", "index": "finger2-1", "thumb": "finger1-2",
}  # fmt: skip


@dataclass(frozen=True)
class Character:
    """How a person looks.

    Attributes:
        body: Name of a baked body.
        skin: Colour of the skin.
        hair: Colour of hair and brows.
        style: Hair style.
        iris: Colour of the eyes.
        stubble: 0 to 1.
        glasses: Whether the person wears glasses.
        outfit: Clothes.
    """

    body: str
    skin: Colour = (0.86, 0.67, 0.56)
    hair: Colour = (0.16, 0.10, 0.07)
    style: Style = "short"
    iris: Colour = (0.30, 0.20, 0.12)
    stubble: float = 0.0
    glasses: bool = False
    outfit: Outfit = field(default_factory=Outfit)


class Person:
    """A character made of surfaces that follow one skeleton."""

    def __init__(self, character: Character) -> None:
        self.character = character
        self.body = load_body(character.body)
        self.face = face_of(self.body)
        self._eyelids: dict[str, NDArray[np.int64]] = {}
        self.surfaces = [*self._skin(), *garments(self.body, character.outfit), *self._eyes()]
        self.surfaces += hair(self.body, character.style, character.hair)
        if character.glasses:
            self.surfaces.append(_glasses(self.body, self.face))
        self._landmark_vertices = _landmark_vertices(self.body, self.face)

    @property
    def looks(self) -> dict[str, float | tuple[float, ...]]:
        """What the materials read about the person as a whole."""
        return {
            "eyeAt": tuple(float(v) for v in self.face.eye),
            "hairColour": self.character.hair,
            "brows": 0.9,
        }

    def displacement(self, name: str, blink: float) -> Floats | None:
        """What closing the eyes adds to a surface at rest, (N, 3), or None."""
        if blink <= 0 or name not in self._eyelids:
            return None
        return np.asarray(self.body.blink[self._eyelids[name]] * blink)

    def landmarks(self, transforms: Transforms) -> Floats:
        """(33, 3) true landmarks of a posed skeleton, in the order of ``poise.core.landmarks``, metres."""
        found = np.empty((len(LANDMARKS), 3))
        for i, name in enumerate(LANDMARKS):
            if name in self._landmark_vertices:
                found[i] = self._on_skin(transforms, self._landmark_vertices[name])
            else:
                side, _, joint = name.partition("_")
                found[i] = self.body.joint_at(transforms, JOINT_LANDMARKS[joint] + SUFFIX[side])
        return found

    def _on_skin(self, transforms: Transforms, vertices: NDArray[np.int64]) -> Floats:
        """Where the centre of some vertices of the skin goes."""
        weights = self.body.weights[vertices]
        packed = np.concatenate([transforms.rotation.reshape(-1, 9), transforms.offset], axis=1)
        mixed = weights @ packed
        rotation = mixed[:, :9].reshape(-1, 3, 3)
        moved = np.einsum("nij,nj->ni", rotation, self.body.vertices[vertices]) + mixed[:, 9:]
        return np.asarray(moved.mean(axis=0))

    def _skin(self) -> list[Surface]:
        body, character = self.body, self.character
        used, triangles = part(body.parts["body"], ~hidden(body, character.outfit))
        near = neighbours_of(triangles, len(used))
        points = tucked(body, character.outfit, used)
        hairline = above_hairline(points, self.face, character.style)
        head = body.weights[used][:, body.index["head"]]
        of_scalp = np.where((head > 0.3) & (character.style != "bald"), hairline, -1.0)
        jaw = (points[:, 1] < self.face.eye[1] - 0.055) & (head > 0.25) & (points[:, 2] > self.face.ear[2])
        stubble = np.where(jaw, character.stubble, 0.0)[:, None]
        for _ in range(3):
            stubble = smoothed(stubble, near, 0.6)
        paint = np.column_stack([body.lips[used], _hollows(points, triangles, near), of_scalp, stubble[:, 0]])
        self._eyelids["skin"] = used
        return [Surface("skin", "skin", points, triangles, body.weights[used], paint, colour=character.skin)]

    def _eyes(self) -> list[Surface]:
        body, surfaces = self.body, []
        for name, colour in (("eyes", self.character.iris), ("lashes", (0.12, 0.09, 0.08))):
            used, triangles = part(body.parts[name], np.ones(len(body.vertices), dtype=bool))
            paint = np.zeros((len(used), 4))
            surfaces.append(
                Surface(name, name, body.vertices[used], triangles, body.weights[used], paint, colour, casts=False)
            )
        self._eyelids["lashes"] = np.unique(body.parts["lashes"])
        return surfaces


def _hollows(points: Floats, triangles: NDArray[np.int64], near: NDArray[np.int64]) -> Floats:
    """(N,) light that reaches a point: 1 in the open, less in hollows such as nostrils and eye sockets."""

    normals = normals_of(points, triangles)
    wide = points
    for _ in range(4):
        wide = smoothed(wide, near, 0.7)
    depth = ((wide - points) * normals).sum(axis=1)
    return np.asarray(np.clip(1 - np.maximum(depth, 0) / 0.006, 0.45, 1.0))


def _landmark_vertices(body: Body, face: Face) -> dict[str, NDArray[np.int64]]:
    """Vertices of the skin at whose centre a landmark lies, for those that are no joints."""
    skin = np.unique(body.parts["body"])
    points = body.vertices[skin]

    def nearest(place: tuple[float, float, float]) -> NDArray[np.int64]:
        return skin[[int(np.argmin(((points - np.asarray(place)) ** 2).sum(axis=1)))]]

    middle = (np.abs(points[:, 0]) < 0.01) & (points[:, 1] < face.eye[1]) & (points[:, 1] > face.eye[1] - 0.06)
    found = {"nose": skin[[np.where(middle)[0][np.argmax(points[middle, 2])]]]}
    lips = points[body.lips[skin] > 0.5]
    corner = lips[np.argmax(lips[:, 0])]
    eye_x, eye_y, eye_z = face.eye
    eyes = np.unique(body.parts["eyes"])
    toe, second = body.joint("toe1-1.L"), body.joint("toe3-1.L")
    for side, sign in SIDES.items():
        found[f"{side}_eye"] = eyes[body.vertices[eyes, 0] * sign > 0]
        found[f"{side}_eye_inner"] = nearest((sign * (eye_x - 0.016), eye_y - 0.002, eye_z + 0.004))
        found[f"{side}_eye_outer"] = nearest((sign * (eye_x + 0.016), eye_y - 0.001, eye_z - 0.002))
        found[f"{side}_ear"] = nearest((sign * face.ear[0] * 0.88, face.ear[1] - 0.012, face.ear[2] + 0.012))
        found[f"mouth_{side}"] = nearest((sign * corner[0], corner[1], corner[2]))
        foot = (points[:, 1] < body.joint("foot.L")[1]) & (points[:, 0] * sign > 0)
        found[f"{side}_heel"] = skin[[np.where(foot)[0][np.argmin(points[foot, 2])]]]
        found[f"{side}_foot_index"] = nearest((sign * (0.6 * toe[0] + 0.4 * second[0]), toe[1], toe[2] + 0.02))
    return found


def _glasses(body: Body, face: Face) -> Surface:
    """A frame before the eyes, on the bones of the head."""

    dark = (0.08, 0.08, 0.09)
    x, y, z = face.eye
    front, temple = z + 0.027, 0.036 + x
    boxes = [Box((0, y + 0.006, front + 0.001), (0.018, 0.003, 0.003), dark)]
    for sign in (1.0, -1.0):
        for height in (-0.019, 0.016):
            boxes.append(Box((sign * x, y + height, front), (0.046, 0.0028, 0.003), dark))
        for side in (-0.0235, 0.0235):
            boxes.append(Box((sign * (x + side), y - 0.0015, front), (0.0028, 0.036, 0.003), dark))
        hinge = (x + 0.0235 + temple) / 2
        boxes.append(Box((sign * hinge, y + 0.010, front), (temple - x - 0.0235, 0.004, 0.003), dark))
        boxes.append(
            Box((sign * temple, y + 0.010, (front + face.ear[2]) / 2), (0.0025, 0.004, front - face.ear[2]), dark)
        )
    points, paint, faces = box_mesh(boxes, np.eye(3), (0, 0, 0))
    weights = np.zeros((len(points), len(body.bones)))
    weights[:, body.index["head"]] = 1
    return Surface("glasses", "plain", points, faces, weights, paint, casts=False)
