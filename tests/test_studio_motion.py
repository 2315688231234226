"""Motion files: their words, how they run in time, and what sidecar and truth file say of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio.clip import sidecar
from studio.motion import Motion, load_motion
from studio.stances import STANCES
from studio.timeline import Timeline, eased, time_at
from studio.truth import write_truth
from studio.words import MotionError, channels

MOTIONS = sorted((Path(__file__).parents[1] / "sample_videos" / "motions").glob("*.yaml"))


class TestWords:
    """Sides and prefixes."""

    def test_sides(self) -> None:
        """The working side, the other one, both, and a sign for what leans to a side."""
        assert channels("neck_tilt", 30, "right") == {"neck_tilt": -30}
        assert channels("left.neck_tilt", 30, "right") == {"neck_tilt": 30}
        assert channels("shoulder_raise", 9, "left") == {"left.shoulder_raise": 9}
        assert channels("other.shoulder_raise", 9, "left") == {"right.shoulder_raise": 9}
        assert channels("elbow_flexion", 9, None) == {"left.elbow_flexion": 9, "right.elbow_flexion": 9}

    def test_unknown_words_name_the_nearest(self) -> None:
        """A slip of the pen is answered with the word that was meant."""
        with pytest.raises(MotionError, match="neck_tilt"):
            channels("neck_tlit", 30, "left")

    def test_other_needs_a_side(self) -> None:
        """Without a working side there is no other one."""
        with pytest.raises(MotionError, match="working side"):
            channels("other.shoulder_raise", 9, None)


def motion(**changes: object) -> Motion:
    """A small motion: one arm raise of 2 s up, 3 s held, 2 s down, after 1 s of rest."""
    plan: dict[str, object] = {
        "spec": "arm-raise", "set": "tune", "seed": 1, "who": "mara", "room": "study", "stance": "standing",
        "camera": {"distance": 2, "height": 1, "aim": 1}, "lively": 0,
        "moves": {"up": [{"pose": {"shoulder_abduction": 100}, "over": 2, "stay": "3 s"}, {"pose": "rest", "over": 2}]},
        "script": [{"wait": 1}, {"rep": "up", "side": "left", "fault": "shrug"}],
    }  # fmt: skip
    return Motion.model_validate({**plan, **changes})


class TestTimeline:
    """From key poses to a pose at any time."""

    def test_holds_and_moves(self) -> None:
        """Rest before, half way in the middle of the movement, the whole during the hold, rest after."""
        made = Timeline(motion(), {"left.shoulder_abduction": 10})
        asked = {0.5: 10, 2.0: 55, 3.0: 100, 5.9: 100, 8.0: 10}
        for t_s, value in asked.items():
            assert made.written(t_s)["left.shoulder_abduction"] == pytest.approx(value)
        assert made.duration_s == pytest.approx(8)

    def test_repetition_times(self) -> None:
        """A repetition is seen to begin when a tenth of its first movement is done."""
        (repetition,) = Timeline(motion(), {}).repetitions
        assert repetition.held_from_s == pytest.approx(3)
        assert repetition.held_until_s == pytest.approx(6)
        assert repetition.start_s == pytest.approx(1 + 2 * time_at(0.1))
        assert repetition.end_s == pytest.approx(8 - 2 * time_at(0.1))
        assert repetition.faults == ("shrug",)

    def test_share_scales_from_rest(self) -> None:
        """Half of the way from 10 to 100 is 55."""
        half = motion(script=[{"rep": "up", "side": "left", "share": 0.5, "miss": True}])
        made = Timeline(half, {"left.shoulder_abduction": 10})
        assert made.written(3.0)["left.shoulder_abduction"] == pytest.approx(55)
        assert not made.repetitions[0].counts

    @pytest.mark.parametrize(("strength", "bent", "raised"), [("slight", 12, 6), ("clear", 20, 10), ("strong", 30, 15)])
    def test_strength_scales_what_a_fault_changes(self, strength: str, bent: float, raised: float) -> None:
        """Away from the pose without it (elbow at rest 0; shoulder left out of the pose); touching stays whole."""
        also = {"elbow_flexion": 20, "shoulder_raise": 10, "hand_on_hip": 1}
        made = Timeline(motion(script=[{"rep": "up", "side": "left", "also": also, "strength": strength}]), {})
        held = made.written(3.0)
        assert held["left.elbow_flexion"] == pytest.approx(bent)
        assert held["left.shoulder_raise"] == pytest.approx(raised)
        assert held["left.hand_on_hip"] == 1
        assert held["left.shoulder_abduction"] == 100

    def test_strength_is_measured_from_the_pose_itself(self) -> None:
        """An arm that goes to 140 in place of 100 goes to 124 when that is slight."""
        step = {"rep": "up", "side": "left", "also": {"shoulder_abduction": 140}, "strength": "slight"}
        assert Timeline(motion(script=[step]), {}).written(3.0)["left.shoulder_abduction"] == pytest.approx(124)

    def test_movement_starts_and_ends_gently(self) -> None:
        """Least jerk: symmetric, and almost still at both ends."""
        assert eased(0.5) == pytest.approx(0.5)
        assert eased(0.1) < 0.01
        assert eased(0.9) > 0.99

    def test_same_seed_same_movement(self) -> None:
        """Irregularities come from the seed alone."""
        lively = [Timeline(motion(lively=1, seed=seed), {}).at(2.2) for seed in (5, 5, 6)]
        assert lively[0] == lively[1]
        assert lively[0] != lively[2]

    def test_a_step_is_one_thing(self) -> None:
        """Waiting and moving at once is refused, and so is a move that is not there."""
        with pytest.raises(ValueError, match="exactly one"):
            motion(script=[{"wait": 1, "rep": "up"}])
        with pytest.raises(ValueError, match="'down'"):
            motion(script=[{"rep": "down"}])


def test_slight_faults_may_be_told_or_not() -> None:
    """The sidecar expects the strong fault and leaves the slight one open."""
    fault = {"rep": "up", "side": "left", "fault": "shrug"}
    plan = motion(script=[{**fault, "strength": "slight"}, {**fault, "strength": "strong"}])
    expect = sidecar(plan, Timeline(plan, {}))["expect"]
    assert expect["faults"] == {"shrug": [2]}
    assert expect["may"] == {"shrug": [1]}


def test_what_is_known_not_to_be_found_goes_into_the_sidecar() -> None:
    """A motion without such a note gives a sidecar without one."""
    noted = motion(known="the far arm is hidden")
    assert sidecar(noted, Timeline(noted, {}))["known"] == "the far arm is hidden"
    assert "known" not in sidecar(motion(), Timeline(motion(), {}))


def test_the_truth_keeps_faults_and_their_strength(tmp_path: Path) -> None:
    """Several faults of one repetition are one text; a repetition without any has an empty one."""
    both = {"rep": "up", "side": "left", "fault": ["shrug", "bent"], "strength": "strong"}
    made = Timeline(motion(script=[both, {"rep": "up", "side": "left"}]), {})
    path = tmp_path / "clip.truth.npz"
    nothing = (np.zeros((1, 33, 3)), np.zeros((1, 33, 2)), [{"neck_tilt": 0.0}])
    write_truth(path, [0.0], *nothing, made.repetitions, [np.array([[3.0, 4.0], [5.0, 6.0]])])
    with np.load(path) as truth:
        assert truth["outline"].tolist() == [[3, 4], [5, 6]]
        assert truth["outline_len"].tolist() == [2]
        assert truth["faults"].tolist() == ["shrug bent", ""]
        assert truth["strength"].tolist() == ["strong", "clear"]


def test_mistakes_in_a_motion_file_are_named(tmp_path: Path) -> None:
    """A file that is missing, is no YAML, or has an unknown key is refused with its name and the field."""
    path = tmp_path / "wave.yaml"
    with pytest.raises(MotionError, match=r"wave\.yaml cannot be read"):
        load_motion(path)
    path.write_text("spec: [")
    with pytest.raises(MotionError, match=r"wave\.yaml"):
        load_motion(path)
    path.write_text("{spec: null, set: tune, sed: 1}")
    with pytest.raises(MotionError, match=r"wave\.yaml: (seed|sed|who)"):
        load_motion(path)


@pytest.mark.parametrize("path", MOTIONS, ids=lambda path: path.stem)
def test_motion_files_are_whole(path: Path) -> None:
    """Every motion file loads and its words are known; it has a repetition unless it is a negative clip."""
    plan = load_motion(path)
    stance = STANCES[plan.stance]
    made = Timeline(plan, stance.rest)
    assert bool(made.repetitions) == (plan.spec is not None)
    assert 5 < made.duration_s < 75


def test_a_stick_needs_both_hands() -> None:
    """One hand cannot hold its two ends."""
    with pytest.raises(ValueError, match="both hands"):
        motion(held={"left": "stick"})
