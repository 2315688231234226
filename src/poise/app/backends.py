"""What finds the poses: Poise's own models, or backends of other packages by the entry point ``poise.backends``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.metadata import EntryPoint, entry_points

from poise.core.types import PoseBackend
from poise.errors import ModelError
from poise.io.mediapipe_backend import MediaPipeBackend
from poise.io.model.fetch import Progress as FetchProgress
from poise.io.model.find import resolve_model

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


@dataclass(frozen=True, slots=True)
class Estimator:
    """What finds the poses.

    Attributes:
        label: Its name in a session.
        digest: What its tracks are kept under.
        open: Makes a backend for one stream.
    """

    label: str
    digest: str
    open: Callable[[], PoseBackend]


def estimator_of(model: str | None, *, masks: bool, fetching: FetchProgress | None) -> Estimator:
    """What ``--model`` names.

    Args:
        model: lite, full, heavy, the path of a bundle, or the name of another package's backend.
        masks: Whether silhouettes are needed.
        fetching: Told when the model has to be fetched.

    Raises:
        ModelError: There is no such model, or it cannot be had.
    """
    other = other_backend(model)
    if other:
        return Estimator(other.label, other.label, partial(other.open, masks))
    found = resolve_model(model, masks=masks, progress=fetching)
    return Estimator(found.label, found.sha256, partial(MediaPipeBackend, found.path, masks=masks))
