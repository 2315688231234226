"""The shipped clips: sidecar, truth and picture belong together, and the pose model finds the person."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from poise.io.sidecars import find_sidecars, load_sidecar
from poise.io.video import VideoFile
from recorded import recorded

SAMPLES = Path(__file__).parents[1] / "sample_videos"

CLIPS = sorted(clip for clip in find_sidecars(SAMPLES) if clip.with_name(f"{clip.stem}.truth.npz").exists())


def test_people_of_the_two_sets_differ() -> None:
    """Nobody on whom thresholds are tuned is in a clip that checks them."""
    from studio.motion import load_motion

    who: dict[str, set[str]] = {"tune": set(), "check": set()}
    for path in (SAMPLES / "motions").glob("*.yaml"):
        motion = load_motion(path)
        who[motion.set].add(motion.who)
    assert who["tune"]
    assert who["check"]
    assert not who["tune"] & who["check"]


def test_folder_stays_small() -> None:
    """All clips and truth files together stay under 60 MB."""
    assert sum(file.stat().st_size for file in SAMPLES.iterdir() if file.is_file()) < 60e6


@pytest.mark.parametrize("clip", CLIPS, ids=lambda clip: clip.stem)
class TestClip:
    """Every clip in the folder."""

    def test_sidecar_is_valid_and_agrees_with_the_truth(self, clip: Path) -> None:
        """The product reads the sidecar, and the truth has as many counted repetitions as it expects."""
        sidecar = load_sidecar(clip.with_suffix(".yaml"))
        with np.load(clip.with_name(f"{clip.stem}.truth.npz")) as truth:
            counts = truth["counts"]
            assert sidecar.expect.reps is not None
            assert sidecar.expect.reps.count == int(counts.sum())
            assert sidecar.negative == (len(counts) == 0)

    def test_truth_has_every_frame(self, clip: Path) -> None:
        """Truth and clip have the same times and no number is missing."""
        with np.load(clip.with_name(f"{clip.stem}.truth.npz")) as truth:
            info = VideoFile(clip).info
            assert info.frame_count == len(truth["t_s"])
            assert float(truth["t_s"][-1]) == pytest.approx((len(truth["t_s"]) - 1) / info.fps, abs=1e-3)
            assert truth["landmarks_px"].shape == (len(truth["t_s"]), 33, 2)
            assert np.isfinite(truth["values"]).all()

    def test_person_is_found(self, clip: Path) -> None:
        """The pose model finds somebody in at least 99 % of the frames that show the person."""
        from studio.check import compare

        assert compare(clip, recorded(clip).poses).found >= 0.99
