"""A person in a room in front of a camera: one picture for one pose."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from studio.body import Transforms
from studio.camera import Camera
from studio.light import Light
from studio.person import Person
from studio.render import Picture, Renderer
from studio.room import PROPS, Room, boxes_surface, darkened_corners, furniture, shell, softened
from studio.rotation import turn

#: Noise pictures that are drawn once and shown in turn, shifted.
NOISE_PICTURES = 4


@dataclass(eq=False)
class Scene:
    """Everything that does not change during a clip.

    Attributes:
        person: Who is filmed.
        camera: What films.
        room: Where.
        light: By what light.
        facing_deg: How far the stage (stance and its furniture) is turned: positive shows the person's right side.
        props: Furniture of the stance.
        seat_m: Height of the seat.
        seed: Of the sensor's noise.
        backdrop: The empty room, (H, W, 3) RGB, drawn once.
    """

    person: Person
    camera: Camera
    room: Room
    light: Light
    facing_deg: float = 0.0
    props: tuple[str, ...] = ()
    seat_m: float = 0.5
    seed: int = 0

    def __post_init__(self) -> None:
        self.stage = turn(self.facing_deg)
        self.renderer = Renderer(self.camera.size_px, self.light, self.person.looks)
        boxes = [boxes_surface(prop, PROPS[prop](self.seat_m), self.stage) for prop in self.props]
        fixed = [*shell(self.room), *furniture(self.room), *boxes]
        self._receivers = [surface.name for surface in shell(self.room)]
        self._props = [surface.name for surface in boxes]
        for surface in fixed + self.person.surfaces:
            self.renderer.add(surface)
        empty = self.renderer.draw_room(self.camera, (0, 0.7, 0), [surface.name for surface in fixed])
        self.backdrop = softened(empty)
        rng = np.random.default_rng(self.seed)
        width, height = self.camera.size_px
        grain = rng.normal(0, self.light.noise, (NOISE_PICTURES, height, width, 1))
        self._grain = np.rint(grain).astype(np.int16)
        self._rng = rng
        self._falloff = darkened_corners(np.full((height, width, 1), 255, dtype=np.uint8)).astype(np.uint16)

    def staged(self, transforms: Transforms) -> Transforms:
        """A skeleton in the stance's frame, turned with the stage."""
        return Transforms(self.stage @ transforms.rotation, transforms.offset @ self.stage.T)

    def picture(self, transforms: Transforms, blink: float = 0.0) -> Picture:
        """The picture of a pose.

        Args:
            transforms: In the world, as ``staged`` gives them.
            blink: How far the eyes are closed, 0 to 1.

        Returns:
            (H, W, 3) RGB.
        """
        names = []
        for surface in self.person.surfaces:
            points, normals = surface.posed(transforms, self.person.displacement(surface.name, blink))
            self.renderer.move(surface.name, points, normals)
            names.append(surface.name)
        centre = transforms.rotation[0] @ self.person.body.joints[0] + transforms.offset[0]
        drawn = self.renderer.draw(
            self.camera, (float(centre[0]), 0.8, float(centre[2])), self._props + names, self._receivers, self.backdrop
        )
        return self._as_filmed(drawn)

    def _as_filmed(self, drawn: Picture) -> Picture:
        """What the sensor makes of a picture: dark corners and noise."""
        which = int(self._rng.integers(NOISE_PICTURES))
        shift = int(self._rng.integers(drawn.shape[1]))
        grain = np.roll(self._grain[which], shift, axis=1)
        darker = (drawn.astype(np.uint16) * self._falloff) >> 8
        return np.asarray(np.clip(darker.astype(np.int16) + grain, 0, 255).astype(np.uint8))
