"""Pose backends of other packages, found by the entry point ``poise.backends``."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points

from poise.core.types import PoseBackend
from poise.errors import ModelError

GROUP = "poise.backends"
OWN = "mediapipe"


@dataclass(frozen=True, slots=True)
class OtherBackend:
    """A pose backend of another package.

    Attributes:
        name: As ``--model`` takes it.
        label: With the version of its package: what a track is kept under, and a session names.
    """

    name: str
    label: str
    _entry: EntryPoint

    def open(self, masks: bool) -> PoseBackend:
        """Make one for one stream.

        Args:
            masks: Whether silhouettes are needed.

        Raises:
            ModelError: It cannot be made.
        """
        try:
            made: PoseBackend = self._entry.load()(masks=masks)
        except Exception as error:
            raise ModelError(f"the pose backend {self.label} cannot be made: {error}", "ask its authors") from error
        return made


def other_backend(model: str | None) -> OtherBackend | None:
    """The backend of another package that goes by a name; None when the name means one of Poise's own models."""
    for entry in entry_points(group=GROUP, name=model) if model and model != OWN else ():
        version = entry.dist.version if entry.dist else "0"
        return OtherBackend(entry.name, f"{entry.name} {version}", entry)
    return None
