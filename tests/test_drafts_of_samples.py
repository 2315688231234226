"""Drafts of sample clips, unedited: does somebody else's clip of the same exercise count?"""

from __future__ import annotations

from pathlib import Path

from draft import SAMPLES, counted, poses_of, second_of
from poise.app.author.drafting import drafted
from poise.core.session import Reps
from poise.io.sidecars import load_sidecar

EVERY = 6  # of the clips that have a second person, so that nobody chose them: ten


def counts_the_other(stem: str) -> bool:
    """Whether a draft from one clip, unedited, counts the other person's exactly."""
    made = drafted(poses_of(stem), "draft", stem, Path("draft.yaml"), None)
    said = load_sidecar(second_of(stem)).expect.reps
    assert said is not None
    found: Reps = counted(poses_of(f"{stem}-b"), made.spec)
    return found.total == said.count


def test_of_ten_drafts_eight_count_somebody_else() -> None:
    """From every sixth sample clip, not told how many repetitions it shows, and nothing edited."""
    stems = [path.stem for path in sorted(SAMPLES.glob("*.yaml")) if second_of(path.stem).exists()][::EVERY]
    assert len(stems) == 10
    missed = [stem for stem in stems if not counts_the_other(stem)]
    assert len(missed) <= 2, missed
