"""What an author's tools are made of: the numbers of a spec, how far they can go, the same clip seen otherwise."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from coaching import ARM_RAISE, CURL, TILT, exercise
from figures import SITTING, STANDING, Motion

from poise.core.author.knobs import Knob, knobs, turned
from poise.core.author.rejudging import Walk
from poise.core.author.sidecar import Expect, Reps
from poise.core.author.sweep import swept
from poise.core.author.timeline import timeline
from poise.core.author.variations import VARIATIONS, expected_of, shaken, thinned
from poise.core.landmarks import INDEX
from poise.core.replay import Bodies, replay
from poise.core.session import FaultRecord, FramingRecord, NearMiss, Repetition, Session
from poise.core.spec import Fault, Spec
from poise.core.types import Pose

BLANK = Session(poise="0", source="figure", exercise="exercise", model="figure")


def raises() -> Motion:
    """Both arms up twice."""
    motion = Motion(STANDING).stay(1)
    return motion.times(2, lambda m: m.go(0.8, shoulder_abduction=165).go(0.8, shoulder_abduction=5)).stay(0.5)


def test_bodies_judge_as_the_poses_do() -> None:
    """The same session, again and again, from bodies that were made once."""
    poses = raises().poses(15)
    bodies = Bodies(poses)
    assert bodies.judged(ARM_RAISE, BLANK) == bodies.judged(ARM_RAISE, BLANK) == replay(poses, ARM_RAISE, BLANK)


@pytest.mark.parametrize("angle", [20, 38, 60])
def test_faults_judged_again_are_as_if_all_was(angle: float) -> None:
    """Two tilts, the second with the head turned, lost for a while and left in haste; each fault in both ways."""
    motion = Motion(SITTING).stay(1).go(0.8, neck_tilt=35).stay(2).go(0.8, neck_tilt=0).stay(1)
    motion.go(0.8, neck_tilt=35, neck_turn=40).stay(0.1).stay(0.01, present=False).stay(1.5)
    motion.stay(0.01, present=True).stay(2).go(0.2, neck_tilt=0, neck_turn=0).stay(1)
    bodies = Bodies(motion.poses(15))
    walk = Walk(bodies, FULL, BLANK)
    for knob in [one for one in knobs(FULL) if one.place[0] == "faults"]:
        changed = turned(FULL, knob, -angle if knob.name.endswith("lower") else angle)
        assert changed is not None
        found = walk.with_fault(changed.faults[int(knob.place[1])])
        whole = bodies.judged(changed, BLANK)
        assert (found.reps, found.holds, found.near_misses) == (whole.reps, whole.holds, whole.near_misses)
        assert _told(found) == _told(whole)


@pytest.mark.parametrize(("before", "after"), [(150, 60), (60, 150)])
def test_a_fault_at_rest_judged_again_belongs_to_no_repetition_either(before: float, after: float) -> None:
    """Arms up and down, and bent by 90 half a second later: a fault above 60, none above 150."""
    motion = Motion(STANDING).stay(1).go(1, shoulder_abduction=170).go(1, shoulder_abduction=5).stay(0.5)
    bodies = Bodies(motion.go(0.3, elbow_flexion=90).stay(1).poses(15))
    one, other = (
        ARM_RAISE.model_copy(
            update={
                "faults": [
                    Fault.model_validate(
                        {"id": "bent", "during": "down", "where": {"elbow_flexion": {"above": limit}}, "say": "Long"}
                    )
                ]
            }
        )
        for limit in (before, after)
    )
    found = Walk(bodies, one, BLANK).with_fault(other.faults[0])
    assert _told(found) == _told(bodies.judged(other, BLANK))
    assert [fault.repetition for fault in found.faults] == [None] * (after == 60)


def _told(session: Session) -> list[tuple[str, float, int | None]]:
    return sorted((fault.id, fault.t_s, fault.repetition) for fault in session.faults)


def test_no_bodies_are_an_empty_session() -> None:
    """Nothing is found in nothing."""
    assert Bodies([]).judged(ARM_RAISE, BLANK).frames == 0


FULL = exercise(
    {"id": "rest", "where": {"neck_tilt": {"between": [-12, 12]}}},
    {"id": "tilt", "where": {"neck_tilt": {"above": 20}}, "hold": "dose"},
    faults=[
        {"id": "turned", "where": {"neck_turn": {"outside": [-20, 20]}}, "say": "Face me"},
        {"id": "rushed", "where": {"speed.neck_tilt": {"above": 100}}, "for": "0.1 s", "say": "Slower"},
    ],
    dose={"hold": "5 s"},
    sides="each",
    camera={"view": "front", "sees": ["head", "shoulders"]},
)


def test_every_number_of_a_spec_is_a_knob() -> None:
    """Thresholds with both ends of an interval, the grace of a hold, how long a fault must last."""
    assert [(knob.name, knob.value, knob.unit) for knob in knobs(FULL)] == [
        ("rest: neck_tilt between, lower", -12, "degrees"),
        ("rest: neck_tilt between, upper", 12, "degrees"),
        ("tilt: neck_tilt above", 20, "degrees"),
        ("tilt: grace", 1, "s"),
        ("turned: neck_turn outside, lower", -20, "degrees"),
        ("turned: neck_turn outside, upper", 20, "degrees"),
        ("turned: for", 0.3, "s"),
        ("rushed: speed.neck_tilt above", 100, "degrees per s"),
        ("rushed: for", 0.1, "s"),
    ]


def test_a_knob_turns_its_own_number_alone() -> None:
    """Every knob can be turned by a grain, and no other number moves."""
    for knob in knobs(FULL):
        spec = turned(FULL, knob, knob.value + knob.grain)
        assert spec is not None
        moved = {one.name: one.value for one in knobs(spec)}
        expected = {one.name: one.value for one in knobs(FULL)} | {knob.name: knob.value + knob.grain}
        assert moved == pytest.approx(expected)


def test_a_knob_stops_where_the_file_would_be_refused() -> None:
    """The lower end of an interval cannot pass the upper one, and no time is negative."""
    lower, grace = knobs(FULL)[0], knobs(FULL)[3]
    assert turned(FULL, lower, 13) is None
    assert turned(FULL, grace, -0.1) is None


def _above(spec: Spec) -> float:
    return next(knob.value for knob in knobs(spec) if knob.name == "tilt: neck_tilt above")


def _knob(name: str) -> Knob:
    return next(knob for knob in knobs(FULL) if knob.name == name)


def test_the_room_of_a_threshold() -> None:
    """Clips that reach 27 and rest at 16: from 20 there is room for 4 down and 7 up, to within a grain."""
    found = swept(
        FULL,
        _knob("tilt: neck_tilt above"),
        lambda spec: "rests count" if _above(spec) < 16 else "reaches no more" if _above(spec) > 27 else None,
    )
    assert (found.lower.value, found.lower.by) == (16, "rests count")
    assert (found.upper.value, found.upper.by) == (27, "reaches no more")
    assert (found.margin, found.fragile) == (4, False)


def test_a_threshold_with_no_room_is_fragile() -> None:
    """One degree up, which is the noise of a tilt, and something changes."""
    found = swept(FULL, _knob("tilt: neck_tilt above"), lambda spec: "less" if _above(spec) > 20.5 else None)
    assert (found.upper.value, found.upper.by, found.fragile) == (20, "less", True)
    assert found.lower.by is None


def test_a_number_that_nothing_holds_has_all_the_room() -> None:
    """Nothing gives way, as far as it is tried, or as far as a file may say."""
    found = swept(FULL, _knob("rest: neck_tilt between, lower"), lambda _: None)
    assert (found.margin, found.fragile, found.lower.by, found.upper.by) == (math.inf, False, None, None)
    assert (found.lower.value, found.upper.value) == (-44, 4)


@pytest.mark.parametrize("name", VARIATIONS)
def test_a_variation_counts_the_same(name: str) -> None:
    """Two raises of both arms, however they are seen."""
    poses = VARIATIONS[name](raises().poses(30))
    assert Bodies(poses).judged(ARM_RAISE, BLANK).reps.total == 2


def test_a_mirror_swaps_the_sides() -> None:
    """One curl of the left arm becomes one of the right, outlines and all; twice mirrored is as it was."""
    motion = Motion(STANDING).stay(1).go(0.8, left_elbow_flexion=130).go(0.8, left_elbow_flexion=0).stay(1)
    poses = [replace(pose, outline=np.array([[10.0, 20.0], [30.0, 40.0]])) for pose in motion.poses(15)]
    mirrored = VARIATIONS["mirrored"](poses)
    reps = Bodies(mirrored).judged(CURL, BLANK).reps
    assert (reps.left, reps.right) == (0, 1)
    assert mirrored[0].outline is not None
    assert mirrored[0].outline[0].tolist() == [poses[0].size_px[0] - 10.0, 20.0]
    assert np.allclose(VARIATIONS["mirrored"](mirrored)[3].xy_px, poses[3].xy_px)


def test_what_is_expected_in_a_mirror() -> None:
    """Left and right are swapped; a total is a total; anything but a mirror changes nothing."""
    sided = Expect(reps=Reps(left=3, right=1))
    swapped = expected_of(sided, "mirrored").reps
    assert swapped is not None
    assert (swapped.left, swapped.right) == (1, 3)
    assert expected_of(sided, "jitter") is sided
    assert expected_of(Expect(reps=Reps(total=4)), "mirrored").reps == Reps(total=4)
    assert expected_of(Expect(), "mirrored") == Expect()


def test_frames_are_thinned_evenly() -> None:
    """Thirty a second become ten, and five stay five."""
    poses = Motion(STANDING).stay(2).poses(30)
    assert len(thinned(poses, 10)) == pytest.approx(20, abs=1)
    slow = Motion(STANDING).stay(2).poses(5)
    assert thinned(slow, 10) == slow


def test_jitter_is_small_and_always_the_same() -> None:
    """A hundredth of the torso of 200 pixels, and the same twice; with nobody in view there is nothing to shake."""
    poses = Motion(STANDING).stay(1).poses(15)
    one, two = shaken(poses), shaken(poses)
    apart = np.array([a.xy_px - b.xy_px for a, b in zip(one, poses, strict=True)])
    assert apart.std() == pytest.approx(2.0, rel=0.1)
    assert np.array_equal(one[3].xy_px, two[3].xy_px)
    assert INDEX
    assert not shaken([Pose.missing(0.0, (640, 480))])[0].found


def _session(**found: object) -> Session:
    return BLANK.model_copy(update={"duration_s": 20.0, **found})


def _rep(n: int, start_s: float, end_s: float, side: str | None = None) -> Repetition:
    return Repetition.model_validate({"n": n, "side": side, "start_s": start_s, "end_s": end_s, "peak": {}})


def test_both_time_axes_in_characters() -> None:
    """Twenty seconds on 72 characters: 2 s is column 7, 5 s column 18, 10 s column 36."""
    session = _session(
        repetitions=[_rep(1, 2, 5, "left"), _rep(2, 10, 10.1)],
        near_misses=[NearMiss(t_s=15, step="up", measure="elbow_flexion", best=80, short_by=10, side=None)],
        faults=[FaultRecord(id="rushed", repetition=1, t_s=4, severity="tip", say="Slower", side=None)],
        framing=[FramingRecord(t_s=0, until_s=1, problem="far", say="Come closer")],
    )
    axis, expected, found, missed, fault, unseen = timeline(session, Expect(at=[(2, 5), (10, 14)]))
    assert axis == "          |0 s              |5                |10               |15              |20"
    assert expected == "expected         [====1=====]                 [======2======]"
    assert found == "found            [====1L====]                 []"
    assert missed.index("x") == 10 + 54
    assert fault.index("x") == 10 + 14
    assert unseen == "not seen  [==]"


def test_nothing_found_is_told_and_what_overlaps_gets_a_line_of_its_own() -> None:
    """Both sides at once, and a clip of an hour."""
    assert timeline(_session(), Expect())[1] == "found     (none)"
    both = _session(repetitions=[_rep(1, 2, 8, "left"), _rep(2, 3, 9, "right")])
    lines = timeline(both, Expect())
    assert [line[:10].strip() for line in lines[1:]] == ["found", ""]
    assert "|3600" in timeline(_session(duration_s=4e4), Expect())[0]


def test_the_tilt_of_these_tests_has_knobs_too() -> None:
    """A hold that takes its time from the dose."""
    assert "tilt: grace" in [knob.name for knob in knobs(TILT)]
