"""Pictures of a moment, drawn on a plain frame, and what can be measured on them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from coaching import ARM_RAISE
from figures import SIZE_PX, STANDING, Figure

from poise.core.coach import Coach, Snapshot
from poise.core.cues import Cue
from poise.core.spec import Spec
from poise.core.types import ByteArray, Pose
from poise.io.overlay import Overlay

Size = tuple[int, int]
LAPTOP, HD, PORTRAIT, SMALL = (640, 480), (1920, 1080), (1080, 1920), (640, 360)
NOBODY = STANDING.but(present=False)


def frame_of(size_px: Size, grey: int = 128) -> ByteArray:
    """A plain picture."""
    return np.full((size_px[1], size_px[0], 3), grey, np.uint8)


def pose_of(figure: Figure, size_px: Size, t_s: float = 0.0) -> Pose:
    """The figure in a picture of another size, as high in it as in its own, and in the middle."""
    pose = figure.pose(t_s)
    scale = size_px[1] / SIZE_PX[1]
    aside = (size_px[0] - scale * SIZE_PX[0]) / 2
    return replace(pose, size_px=size_px, xy_px=pose.xy_px * scale + (aside, 0.0))


def snapshot_of(figure: Figure, size_px: Size = LAPTOP, spec: Spec = ARM_RAISE, **changes: Any) -> Snapshot:
    """What a coach sees in the first moment of a figure, with parts of its state changed."""
    snapshot = Coach(spec).step(pose_of(figure, size_px))
    if "cue" in changes:
        snapshot = replace(snapshot, cue=Cue(*changes.pop("cue"), 0.0))
    return replace(snapshot, state=replace(snapshot.state, **changes))


def drawn(
    figure: Figure, size_px: Size = LAPTOP, spec: Spec = ARM_RAISE, mirrored: bool = False, **changes: Any
) -> Any:
    """The picture of one moment, on a plain frame."""
    snapshot = snapshot_of(figure, size_px, spec, **changes)
    return Overlay(spec).draw(frame_of(size_px), snapshot, mirrored=mirrored)


def count_of(picture: ByteArray, colour: tuple[int, int, int]) -> int:
    """How many pixels have exactly this colour."""
    return int((picture == colour).all(axis=2).sum())


def longest_run(inked: Any) -> int:
    """The longest run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inked.astype(np.int8), [0]])))
    return int((edges[1::2] - edges[::2]).max(initial=0))
