"""What is rendered beside the sample clips: faults slight and strong, and people from behind."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from poise.core.types import Pose
from poise.io.tracks import Track
from small_track import read_small, write_small
from studio.motion import Motion
from truth_files import load_truth, variant_track, variants
from variants import FOLDER, up_to_date
from variants_plan import TURNED, plan, strengths, variant

MOTIONS = Path(__file__).parents[1] / "sample_videos" / "motions"


@pytest.fixture(scope="module")
def planned() -> dict[str, Motion]:
    """All variants."""
    return plan(MOTIONS, FOLDER / "motions")


def motion(*script: dict[str, object]) -> Motion:
    """Somebody raises an arm in two seconds and keeps it for two; a fault does it in one, bent, and lets go at once."""
    return Motion.model_validate(
        {
            "spec": "arm-raise", "set": "tune", "seed": 1, "who": "joel", "room": "study", "stance": "standing",
            "camera": {"distance": 2.0, "height": 1.0, "aim": 1.0},
            "moves": {
                "up": [{"pose": {"shoulder_abduction": 160}, "over": 2, "stay": 2}, {"pose": "rest", "over": 2}],
                "bad": [
                    {"pose": {"shoulder_abduction": 110, "elbow_flexion": 50}, "over": 1, "stay": 1},
                    {"pose": "rest", "over": 2},
                ],
            },
            "script": [{"wait": 1}, *script],
        }
    )  # fmt: skip


def test_a_fault_that_scales_its_words_keeps_them() -> None:
    """The studio scales what is under "also"; the good repetition is done once, and the miss not at all."""
    fault = {"rep": "up", "also": {"elbow_flexion": 60}, "fault": "bent"}
    made = variant(
        motion({"rep": "up", "times": 3}, {"rep": "up", "share": 0.4, "miss": True}, fault), {("bent", "slight")}, "mei"
    )
    assert [(step.rep, step.faults, step.strength, step.times) for step in made.script[1:]] == [
        ("up", (), "clear", 1), ("up", ("bent",), "slight", 1),
    ]  # fmt: skip
    assert (made.who, made.set) == ("mei", "check")


def test_haste_is_scaled_from_the_usual_tempo() -> None:
    """Three times as fast is two times as much more than usual: 0.6 of that is 2.2 times, 1.5 of it four times."""
    both = {("rushed", "slight"), ("rushed", "strong")}
    made = variant(motion({"rep": "up"}, {"rep": "up", "tempo": 3, "fault": "rushed"}), both, "mei")
    assert [step.tempo for step in made.script[2:]] == [2.2, 4.0]


def test_a_move_of_its_own_is_scaled_from_the_good_one() -> None:
    """0.6 of the way from 160 to 110 degrees, from no bend to 50, from 2 to 1 s of hold, from half to full speed."""
    made = variant(motion({"rep": "up"}, {"rep": "bad", "fault": "short"}), {("short", "slight")}, "mei")
    name = made.script[2].rep
    assert name
    key = made.moves[name][0]
    assert key.pose == {"shoulder_abduction": 130, "elbow_flexion": 30}
    assert key.stay == pytest.approx(1.4)
    assert key.over == pytest.approx(1 / (0.5 + 0.6 * (1 - 0.5)), abs=0.01)


def test_what_a_sample_clip_shows_is_not_rendered_again() -> None:
    """A fault that is there clear and slight is missing strong only; without any fault there is nothing to do."""
    bent = {"rep": "up", "also": {"elbow_flexion": 60}, "fault": "bent"}
    other = motion({"rep": "up"}).model_copy(update={"set": "check", "who": "mei"})
    made = strengths({"arm-raise": motion({"rep": "up"}, bent, bent | {"strength": "slight"}), "other": other})
    assert list(made) == ["arm-raise"]
    assert [step.strength for step in made["arm-raise"].script if step.faults] == ["strong"]


def test_who_is_in_a_variant_stays() -> None:
    """So that a change of one motion file changes no other variant; only nobody who is in the sample clip."""
    bent = {"rep": "up", "also": {"elbow_flexion": 60}, "fault": "bent"}
    other = motion({"rep": "up"}).model_copy(update={"set": "check", "who": "mei"})
    motions = {"arm-raise": motion({"rep": "up"}, bent), "other": other}
    assert [strengths(motions, {"arm-raise": who})["arm-raise"].who for who in ("karl", "joel")] == ["karl", "mei"]


def test_every_variant_is_what_is_planned(planned: dict[str, Motion]) -> None:
    """Rendered from the motion files as they are now; none is left of an earlier state of them."""
    there = {clip.stem for clip in variants(FOLDER)}
    assert there <= planned.keys()
    assert [name for name in sorted(there) if not up_to_date(name, planned[name])] == []


@pytest.mark.parametrize("clip", variants(FOLDER), ids=lambda clip: clip.stem)
def test_variants_load(clip: Path) -> None:
    """A pose for every true moment; faults at another strength than clear, and none in those from another view."""
    truth, track = load_truth(clip), variant_track(clip)
    assert [pose.t_s for pose in track.poses] == pytest.approx(truth.t_s, abs=1e-3)
    faulty = [rep.strength for rep in truth.repetitions if rep.faults]
    assert set(faulty) <= {"slight", "strong"}
    assert bool(faulty) != clip.stem.endswith(tuple(TURNED))


def test_a_small_track_is_what_it_was_to_a_twentieth_of_a_pixel(tmp_path: Path) -> None:
    """With its outlines, and with nobody where nobody was found; one of something else is refused."""
    there = Pose(0.0, (640, 480), np.full((33, 2), 12.34), np.ones(33), np.full((33, 3), 0.5), np.array([[3.0, 4.0]]))
    track = Track((there, Pose.missing(0.1, (640, 480))), "clip.mp4", "full", ())
    write_small(tmp_path / "clip.npz", track, "abc")
    first, second = read_small(tmp_path / "clip.npz", "clip.mp4", "abc").poses
    assert np.abs(first.xy_px - 12.34).max() <= 0.025
    assert first.outline is not None
    assert first.outline.tolist() == [[3, 4]]
    assert not second.found
    with pytest.raises(ValueError, match="changed"):
        read_small(tmp_path / "clip.npz", "clip.mp4", "abd")
