"""Builds pose model bundles: the vendor's two networks, packed as the pose landmarker wants them, lean if wished.

A bundle is a stored zip of a detector and a landmark network. A lean bundle gives bit-identical landmarks for about
two thirds of the time a frame, and is ready in a third of the time:

- the segmentation output, and every operator that only it needed, is cut out of the landmark network. The heatmap
  output stays: it refines the landmarks;
- weights that are stored sparse or as half floats are unpacked once, here, and not at every start.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from poise.errors import ModelError

#: Raised whenever the bytes that ``build_bundle`` writes change, so that cached bundles are built anew.
BUILD_VERSION = 1


@dataclass(frozen=True, slots=True)
class _Part:
    """One network of the bundle.

    Attributes:
        in_wheel: Where the mediapipe wheels up to 0.10.21 keep it, for the full model.
        mean: With ``std`` brings pixels of 0 to 255 to the range that the network was trained on.
        std: See ``mean``.
        segmentation: Shape of the output that a lean bundle does without.
    """

    in_wheel: str
    mean: float
    std: float
    segmentation: tuple[int, ...] | None = None


_PARTS = {
    "pose_detector.tflite": _Part("mediapipe/modules/pose_detection/pose_detection.tflite", 127.5, 127.5),
    "pose_landmarks_detector.tflite": _Part(
        "mediapipe/modules/pose_landmark/pose_landmark_full.tflite", 0.0, 255.0, segmentation=(1, 256, 256, 1)
    ),
}


def read_wheel(path: Path) -> dict[str, bytes]:
    """The two networks inside a mediapipe wheel, by their names in a bundle.

    Raises:
        ModelError: The file is not such a wheel.
    """
    return _read_members(path, {name: part.in_wheel for name, part in _PARTS.items()})


def read_bundle(path: Path) -> dict[str, bytes]:
    """The two networks inside a bundle, by their names in it.

    Raises:
        ModelError: The file is not a pose bundle.
    """
    return _read_members(path, {name: name for name in _PARTS})


def build_bundle(networks: Mapping[str, bytes], *, lean: bool) -> bytes:
    """Pack a bundle; the same networks always give the same bytes, whether they came from a wheel or a bundle.

    Args:
        networks: The detector and the landmark network, as ``read_wheel`` and ``read_bundle`` return them.
        lean: Cut the segmentation output and unpack the weights. Never ask such a bundle for masks: they are empty.

    Raises:
        ModelError: A network cannot be understood, or (lean) has no segmentation output to cut.
    """
    try:
        # Here, because it imports mediapipe, which nobody with a cached bundle needs to wait for.
        from poise.io.model.tflite import rewrite_network
    except ImportError as error:
        raise ModelError(f"the pose model cannot be built without the mediapipe package: {error}") from error

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as bundle:
        for name, part in _PARTS.items():
            network = rewrite_network(
                networks[name],
                mean=part.mean,
                std=part.std,
                unpack=lean,
                cut_output=part.segmentation if lean else None,
            )
            # A plain ZipInfo dates from 1980: the time of building is not part of the content.
            bundle.writestr(zipfile.ZipInfo(name), network)
    return packed.getvalue()


def check_bundle(path: Path) -> None:
    """Make sure that a bundle is whole, by the checksums inside it; quicker than reading it.

    Raises:
        ModelError: The file is not a pose bundle, or it is damaged.
    """
    with _opened(path) as archive:
        if archive.testzip() is not None or set(archive.namelist()) != set(_PARTS):
            raise ModelError(f"{path} is not a pose model: it is damaged")


def _read_members(path: Path, members: Mapping[str, str]) -> dict[str, bytes]:
    with _opened(path) as archive:
        return {name: archive.read(member) for name, member in members.items()}


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    # What zipfile raises for damage of various kinds, on opening and on reading a member.
    except (OSError, EOFError, LookupError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        raise ModelError(
            f"{path} is not a pose model: {error}", "leave --model out to use the standard model"
        ) from error
