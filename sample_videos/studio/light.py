"""Light in the room: one lamp or window that throws shadows, light from all around, and what the camera makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Light:
    """How a room is lit and how the camera records it.

    Attributes:
        direction: Toward the lamp; the camera looks along -z.
        lamp: Its light, linear red, green, blue.
        sky: Light from above.
        ground: Light thrown back by the floor.
        fill: Weak light from the camera's left (a screen, a second window).
        exposure: Factor on all light.
        noise: Standard deviation of the sensor's noise, grey levels.
        window: How bright the window in the back wall is; above 1 it is overexposed.
    """

    direction: tuple[float, float, float] = (0.55, 1.1, 0.85)
    lamp: Colour = (0.80, 0.77, 0.72)
    sky: Colour = (0.44, 0.45, 0.47)
    ground: Colour = (0.24, 0.21, 0.19)
    fill: Colour = (0.13, 0.14, 0.16)
    exposure: float = 1.1
    noise: float = 1.2
    window: float = 1.0


LIGHTS: Mapping[str, Light] = {
    "day": Light(),
    "left": Light(direction=(-0.9, 0.8, 0.7)),
    "warm": Light(
        direction=(-0.3, 1.5, 0.7), lamp=(0.85, 0.66, 0.44), sky=(0.40, 0.33, 0.26), ground=(0.22, 0.17, 0.13),
        fill=(0.10, 0.09, 0.09), noise=2.0, window=0.10,
    ),
    "dim": Light(
        direction=(0.3, 1.4, 0.6), lamp=(0.50, 0.45, 0.38), sky=(0.24, 0.23, 0.23), ground=(0.13, 0.12, 0.11),
        fill=(0.12, 0.14, 0.18), exposure=1.0, noise=4.0, window=0.04,
    ),
    "window-behind": Light(
        direction=(0.5, 1.0, -0.55), lamp=(0.95, 0.95, 0.95), sky=(0.30, 0.31, 0.33), ground=(0.20, 0.19, 0.18),
        fill=(0.14, 0.14, 0.15), exposure=1.05, noise=2.0, window=1.9,
    ),
}  # fmt: skip
