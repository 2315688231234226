"""Rendered clips with what is exactly true in them, as the studio writes it beside each clip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ruamel.yaml import YAML

from poise.core.landmarks import INDEX
from poise.core.types import FloatArray, Pose
from poise.io.sidecars import load_sidecar
from poise.io.tracks import Track
from small_track import digest, read_small

SUFFIX = ".truth.npz"
HEAD_AND_SHOULDERS = slice(0, INDEX["right_shoulder"] + 1)
STRENGTHS = ("slight", "clear", "strong")


@dataclass(frozen=True, slots=True)
class TrueRepetition:
    """One repetition or attempt of the script.

    Attributes:
        start_s: When it is seen to begin.
        end_s: When it is seen to end.
        counts: False for an attempt that falls short.
        faults: Identifiers of the faults that it shows.
        strength: How strongly it shows them: slight, clear or strong.
    """

    start_s: float
    end_s: float
    counts: bool
    faults: tuple[str, ...] = ()
    strength: str = "clear"


@dataclass(frozen=True, eq=False)
class Truth:
    """What is true in one rendered clip of F frames.

    Attributes:
        clip: The video.
        who: Name of the person in it.
        set: "tune" where thresholds may be tuned on the clip, "check" where not.
        t_s: (F,) seconds.
        landmarks_px: (F, 33, 2) in the picture.
        landmarks_m: (F, 33, 3) in the world: x to the camera's right, y up, z toward the camera.
        values: (F,) of each true joint angle by name.
        repetitions: In order of time.
        outlines: The (N, 2) outline of the person in each frame, in pixels; none where the exercise needs none.
    """

    clip: Path
    who: str
    set: str
    t_s: FloatArray
    landmarks_px: FloatArray
    landmarks_m: FloatArray
    values: dict[str, FloatArray]
    repetitions: tuple[TrueRepetition, ...] = ()
    outlines: tuple[FloatArray, ...] = ()

    @cached_property
    def still_until_s(self) -> float:
        """Until when the person only waits: half a second before the first repetition begins."""
        return min((rep.start_s for rep in self.repetitions), default=0.0) - 0.5

    def found(self, poses: Sequence[Pose]) -> float:
        """Share of the frames with head and shoulders in the picture in which the model found somebody."""
        points = self.landmarks_px[:, HEAD_AND_SHOULDERS]
        shows = ((points > 0) & (points < np.array(poses[0].size_px))).all(axis=(1, 2))
        return float(np.mean(np.array([pose.found for pose in poses])[shows]))

    def without(self, left_out: NDArray[np.bool_], repetitions: tuple[TrueRepetition, ...]) -> Truth:
        """The same with these moments left out, and with these repetitions."""
        kept = ~left_out
        return replace(
            self,
            t_s=self.t_s[: kept.sum()],
            landmarks_px=self.landmarks_px[kept],
            landmarks_m=self.landmarks_m[kept],
            values={name: values[kept] for name, values in self.values.items()},
            repetitions=repetitions,
            outlines=tuple(one for one, stays in zip(self.outlines, kept, strict=False) if stays),
        )

    def poses(self, size_px: tuple[int, int]) -> list[Pose]:
        """What a pose model without error would find in pictures of this size."""
        world = self.landmarks_m * (1.0, -1.0, -1.0)  # the model's y points down and its z away from the camera
        world = world - world[:, 23:25].mean(axis=1, keepdims=True)
        sure = np.ones(self.landmarks_px.shape[1])
        outlines = self.outlines or [None] * len(self.t_s)
        return [
            Pose(float(t), size_px, xy, sure.copy(), xyz, outline)
            for t, xy, xyz, outline in zip(self.t_s, self.landmarks_px, world, outlines, strict=True)
        ]


def truth_clips(folder: Path) -> list[Path]:
    """The clips of a folder that have a truth file and a sidecar."""
    stems = (path.name.removesuffix(SUFFIX) for path in sorted(folder.glob(f"*{SUFFIX}")))
    clips = (folder / f"{stem}.mp4" for stem in stems)
    return [clip for clip in clips if clip.is_file() and clip.with_suffix(".yaml").is_file()]


def variants(folder: Path) -> list[Path]:
    """The clips that a folder of variants is about; there is no video of them."""
    return [folder / f"{path.stem}.mp4" for path in sorted((folder / "motions").glob("*.yaml"))]


def variant_track(clip: Path) -> Track:
    """What the pose model found in a variant.

    Raises:
        ValueError: The track is that of an earlier state of the motion file.
    """
    return read_small(clip.with_suffix(".npz"), clip.name, digest(clip.parent / "motions" / f"{clip.stem}.yaml"))


def load_truth(clip: Path) -> Truth:
    """Read what is true in a clip; the person's name comes from its motion file."""
    motion = YAML(typ="safe").load((clip.parent / "motions" / f"{clip.stem}.yaml").read_text(encoding="utf-8"))
    with np.load(clip.with_name(f"{clip.stem}{SUFFIX}")) as archive:
        rows = zip(
            archive["repetitions"].tolist(), archive["counts"].tolist(),
            archive["faults"].tolist(), archive["strength"].tolist(), strict=True,
        )  # fmt: skip
        return Truth(
            clip=clip,
            who=str(motion["who"]),
            set=load_sidecar(clip.with_suffix(".yaml")).set or "tune",
            t_s=archive["t_s"].astype(np.float64),
            landmarks_px=archive["landmarks_px"] / 10.0,
            landmarks_m=archive["landmarks_mm"] / 1000.0,
            values={str(n): archive["values"][:, i].astype(np.float64) for i, n in enumerate(archive["measures"])},
            repetitions=tuple(
                TrueRepetition(times[0], times[3], counts, tuple(faults.split()), strength)
                for times, counts, faults, strength in rows
            ),
            outlines=_outlines(archive),
        )


def _outlines(archive: Mapping[str, Any]) -> tuple[FloatArray, ...]:
    if "outline_len" not in archive or not len(archive["outline_len"]):
        return ()
    points, ends = archive["outline"].astype(np.float64), np.cumsum(archive["outline_len"])
    return tuple(np.split(points, ends[:-1]))
