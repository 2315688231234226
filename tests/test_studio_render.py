"""Drawing: the same motion gives the same picture, and the person is where the truth says."""

from __future__ import annotations

import ctypes
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("moderngl", reason="drawing needs the studio extra")


def opengl_missing() -> bool:
    """Whether the system's OpenGL libraries are absent."""
    try:
        for library in ("libGL.so.1", "libEGL.so.1"):
            ctypes.CDLL(library)
    except OSError:
        return True
    return False


pytestmark = pytest.mark.skipif(opengl_missing(), reason="drawing needs libgl1 and libegl1")


@pytest.fixture(scope="module")
def motion_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A third of a second of somebody standing in front of the camera."""
    path = tmp_path_factory.mktemp("motion") / "standing.yaml"
    path.write_text(
        "{spec: none-yet, set: tune, seed: 4, who: amara, room: white, stance: standing,"
        " camera: {distance: 2.4, height: 1, aim: 0.95, size: [320, 240], fps: 15},"
        " moves: {up: [{pose: {shoulder_abduction: 90}, over: 0.2}]}, script: [{rep: up}, {wait: 0.2}]}"
    )
    return path


def silent(_done: int, _total: int) -> None:
    """Nobody watches the progress."""


def test_rendering_is_deterministic(motion_file: Path, tmp_path: Path) -> None:
    """Two renderings of a motion are equal, byte for byte: clip, sidecar and truth."""
    from studio.clip import render

    folders = [tmp_path / name for name in ("first", "second")]
    for folder in folders:  # which are made
        render(motion_file, folder, silent)
    for name in ("standing.mp4", "standing.yaml"):
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes()
    first, second = (np.load(folder / "standing.truth.npz") for folder in folders)
    assert all(np.array_equal(first[key], second[key]) for key in first.files)


def test_person_is_where_the_truth_says(motion_file: Path) -> None:
    """At the true hips, knees and elbows the picture differs from the empty room; beside the head it does not."""
    from poise.core.landmarks import INDEX
    from studio.clip import Clip, Report
    from studio.motion import load_motion

    clip = Clip(load_motion(motion_file))
    report = Report()
    (picture,) = clip.film([0.1], report)
    changed = np.abs(picture.astype(int) - clip.scene.backdrop.astype(int)).sum(axis=2) > 60
    for name in ("left_hip", "right_hip", "left_knee", "right_knee", "left_elbow", "right_elbow", "nose"):
        x, y = (int(value) for value in report.picture[0][INDEX[name]])
        assert changed[y - 1 : y + 2, x - 1 : x + 2].any(), name
    x, y = (int(value) for value in report.picture[0][INDEX["nose"]])
    assert not changed[max(0, y - 60) : y - 40, x - 5 : x + 5].any()
    clip.scene.renderer.close()
