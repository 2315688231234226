"""Parts of the body that a camera must see, in the words of a spec, and the landmarks behind each."""

from __future__ import annotations

from typing import Literal

BodyPart = Literal["head", "shoulders", "elbows", "hands", "hips", "knees", "feet"]

#: Landmark names without side; "head" is any of its own.
LANDMARKS_OF: dict[BodyPart, tuple[str, ...]] = {
    "head": ("ear",),
    "shoulders": ("shoulder",),
    "elbows": ("elbow",),
    "hands": ("wrist",),
    "hips": ("hip",),
    "knees": ("knee",),
    "feet": ("ankle",),
}
