"""Which cameras there are, by the names that the system gives them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from poise.core.suggestions import printable

#: OpenCV's interface by which ``io.camera`` opens cameras: numbers of another one would name other cameras.
_INTERFACE: Final = {"linux": "CAP_V4L2", "darwin": "CAP_AVFOUNDATION", "win32": "CAP_DSHOW"}


@dataclass(frozen=True, slots=True, order=True)
class NamedCamera:
    """A camera of this machine.

    Attributes:
        number: By which it is opened.
        name: As the system calls it; several may have the same.
    """

    number: int
    name: str


def _listed() -> list[tuple[int, str]]:
    import cv2  # both take their time, and who names no camera needs neither
    import cv2_enumerate_cameras as enumerating

    found = enumerating.enumerate_cameras(getattr(cv2, _INTERFACE.get(sys.platform, "CAP_ANY")))
    return [(camera.index, camera.name) for camera in found]


def find_cameras(listed: Callable[[], list[tuple[int, str]]] = _listed) -> list[NamedCamera]:
    """The cameras that the system tells of, by number; empty where it tells of none, or none of their names.

    Args:
        listed: Asks the system for numbers and names.
    """
    try:
        found = listed()
    except (OSError, RuntimeError, NotImplementedError):  # a system without the interface: numbers still work
        return []
    return sorted(NamedCamera(number, printable(name or f"camera {number}", 100)) for number, name in found)


def matching(name: str, cameras: list[NamedCamera]) -> list[NamedCamera]:
    """The cameras that a person may mean by a name: those called so, or else those whose name has it in it."""
    wanted = name.strip().casefold()
    exact = [camera for camera in cameras if camera.name.casefold() == wanted]
    return exact or [camera for camera in cameras if wanted and wanted in camera.name.casefold()]
