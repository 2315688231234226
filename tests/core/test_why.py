"""Why something did or did not count: the condition, the value, how far off, what was waited for."""

from __future__ import annotations

import math

import pytest
from coaching import ARM_RAISE, CURL, TILT, TILT_FIELDS, TILT_STEPS, blank, exercise
from figures import STANDING, Motion
from reviewing import raising, tilting

from poise.core.explain.why import Explanation, explain, uncounted
from poise.core.explain.witness import Judged, witness
from poise.core.spec import Spec


def judged(motion: Motion, spec: Spec, fps: float = 15.0) -> Judged:
    """A motion, as it is judged."""
    return witness(motion.poses(fps), spec, blank(spec))


def asked(why: Explanation) -> list[tuple[str, bool | None, str]]:
    """The conditions that decided."""
    return [(check.asked, check.met, check.remark) for check in why.checks]


def test_a_repetition_counted() -> None:
    """Two raises of 170 degrees: the second is named, with the value that met what was asked."""
    told = judged(raising(170, 170), ARM_RAISE)
    why = explain(told, 7.0)
    assert why.verdict == "counted"
    assert why.headline.startswith("Counted: repetition 2, ")
    assert asked(why) == [("shoulder abduction above 130°", True, "")]
    assert why.checks[0].value == "170°"
    assert 6.0 < why.checks[0].at_s < 8.0
    assert why.strips[0].best[1] == pytest.approx(170, abs=1)
    assert why.strips[0].times_s[0] < why.from_s < why.to_s < why.strips[0].times_s[-1]


def test_an_attempt_that_fell_short() -> None:
    """Arms to 110 of 130 degrees, between two whole raises: 20 short, and told as a near miss."""
    told = judged(raising(170, 110, 170), ARM_RAISE)
    why = explain(told, 6.5)
    assert why.verdict == "not counted"
    assert 'did not reach step 2, "Go to 1"' in why.headline
    assert asked(why) == [("shoulder abduction above 130°", False, "20° short")]
    assert len(why.remarks) == 1
    assert why.remarks[0].startswith("told as a near miss at ")
    (attempt,) = uncounted(told)
    assert told.times_s[attempt.first] == pytest.approx(why.from_s)
    assert explain(told, why.to_s + 1.0).headline == why.headline, "just after, the same one is meant"


def test_an_attempt_of_a_third_of_the_way() -> None:
    """Arms to 40 of 130 degrees, from a rest below 20: less than a near miss, and said so."""
    spec = exercise({"where": {"shoulder_abduction": {"below": 20}}}, {"where": {"shoulder_abduction": {"above": 130}}})
    (remark,) = explain(judged(raising(170, 40, 170), spec), 6.5).remarks
    assert "% of the way; from 40% on it would be told as a near miss" in remark


def test_at_rest_nothing_is_under_way() -> None:
    """Two seconds before the first raise: what the next step waits for, and how far it is."""
    why = explain(judged(Motion(STANDING).stay(4).go(1, shoulder_abduction=170).stay(1), ARM_RAISE), 1.5)
    assert why.verdict == "at rest"
    assert 'at rest in step 1, "Go to 0", waiting for step 2, "Go to 1"' in why.headline
    assert asked(why) == [("shoulder abduction above 130°", False, "130° short")]


def test_the_beginning_was_never_reached() -> None:
    """Somebody who stands with the arms at 90 degrees all the time waits for the first step."""
    why = explain(judged(Motion(STANDING.but(shoulder_abduction=90)).stay(2), ARM_RAISE), 1.0)
    assert "the beginning was not reached yet, waiting for step 1" in why.headline


def test_nobody_there_is_not_judged() -> None:
    """The person leaves for four seconds: what the camera missed is the answer."""
    told = judged(Motion(STANDING).stay(2).stay(4, present=False).stay(2, present=True), ARM_RAISE)
    why = explain(told, 4.5)
    assert why.verdict == "not judged"
    assert "I can't see anybody" in why.headline
    assert why.remarks == ("what was wrong: nobody",)
    assert why.from_s < 4.5 < why.to_s
    assert not why.strips


def test_before_anybody_was_seen() -> None:
    """In the first moments nobody has been told anything yet."""
    told = judged(Motion(STANDING.but(present=False)).stay(0.3), ARM_RAISE)
    assert "nobody had been seen" in explain(told, 0.1).headline


def test_a_pose_that_was_only_brushed() -> None:
    """A tilt is to be held, and is met for less than 0.3 s: long enough to see, too short to be held."""
    motion = Motion(STANDING).stay(1).go(0.6, neck_tilt=22).go(0.6, neck_tilt=0).stay(2)
    why = explain(judged(motion, TILT), 1.6)
    assert why.verdict == "not counted"
    assert asked(why) == [("neck tilt above 20°", True, "")]
    assert "together for" in why.remarks[0]
    assert why.remarks[0].endswith("it takes 0.3 s")


def test_a_whole_movement_too_soon_after_coming_into_view() -> None:
    """A quick raise, over within half a second after the person came into view, does not count."""
    motion = Motion(STANDING.but(present=False)).stay(1).stay(0.05, present=True)
    motion.go(0.1, shoulder_abduction=175).stay(0.15).go(0.1, shoulder_abduction=0).stay(2)
    told = judged(motion, ARM_RAISE, fps=60)
    assert told.session.reps.total == 0
    (attempt,) = uncounted(told)
    why = explain(told, (told.times_s[attempt.first] + told.times_s[attempt.last]) / 2)
    assert why.headline.endswith("was whole, but over before the person had been seen for 0.5 s.")
    assert asked(why) == [("shoulder abduction above 130°", True, "")]


def test_the_side_that_is_meant() -> None:
    """A tilt to the left that falls short is the left's; the right one was at rest or turned away."""
    told = judged(tilting(35, 17, -35), TILT)
    why = explain(told, 12.0)
    assert "on the left" in why.headline
    assert "Ear toward your left shoulder" in why.headline
    assert asked(why)[0][:2] == ("neck tilt above 20°", False)
    assert explain(told, 4.0, "right").verdict != "counted"
    assert explain(told, 4.0).headline.startswith("Counted: repetition 1 (left)")
    assert explain(told, 4.0).remarks[0].startswith("held ")
    assert explain(told, 0.4).checks[0].asked == "neck tilt above 20°"


def test_faults_are_told_with_what_they_lacked() -> None:
    """One that was told, one that came near, one whose time was too short, one that belongs to a step not reached."""
    steps = [dict(step) for step in TILT_STEPS]
    faults = [
        {"id": "leans", "during": "tilt", "say": "Stay tall", "for": 1, "where": {"trunk_lean": {"above": 12}}},
        {"id": "turns", "say": "Look ahead", "where": {"neck_turn": {"outside": [-20, 20]}}},
        {"id": "nods", "say": "Chin up", "for": 30, "where": {"trunk_lean": {"above": 12}}},
    ]
    spec = exercise(*steps, **TILT_FIELDS | {"faults": faults})
    motion = Motion(STANDING).stay(1).go(1, neck_tilt=35).go(0.5, trunk_lean=20).stay(3).go(0.5, trunk_lean=0)
    motion.stay(1).go(1, neck_tilt=0).stay(1).go(1, neck_tilt=16).go(1, neck_tilt=0).stay(1)
    told = judged(motion, spec)
    values = {check.asked.split(" (")[0]: check for check in explain(told, 4.0).faults}
    assert values["Stay tall"].value == "told"
    assert values["Stay tall"].met is True
    assert values["Look ahead"].value.endswith("° away")
    assert "told from 30 s on" in values["Chin up"].value
    short = {check.asked.split(" (")[0]: check for check in explain(told, 10.0).faults}
    assert short["Stay tall"].value == "watched in step 2, which was not reached"


def test_a_hold_that_was_cut_short_is_among_the_faults() -> None:
    """Two of five seconds."""
    told = judged(Motion(STANDING).stay(1).go(1, neck_tilt=35).stay(2).go(1, neck_tilt=0).stay(3), TILT)
    assert any(check.asked.startswith("Hold longer") for check in explain(told, 3.0).faults)


def test_what_cannot_be_seen_is_said() -> None:
    """Arms that go up out of sight: the condition is neither met nor missed, and a fault was not seen."""
    fault = {"id": "turns", "say": "Look ahead", "where": {"neck_turn": {"outside": [-20, 20]}}}
    steps = [
        {"where": {"trunk_lean": {"below": 8}}},
        {"where": {"neck_tilt": {"above": 20}, "trunk_lean": {"above": 9}}},
    ]
    spec = exercise(*steps, sides="each", faults=[fault])
    motion = Motion(STANDING).stay(1).stay(0.1, hidden=("ear", "nose", "eye")).go(1, trunk_lean=30).stay(1)
    told = judged(motion.go(1, trunk_lean=0).stay(1), spec)
    why = explain(told, 2.8, "left")
    assert why.checks[0].value == "not seen"
    assert math.isnan(why.checks[0].at_s)
    assert why.checks[0].met is None
    assert why.faults[0].value == "not seen"


def test_what_is_met_unless_seen() -> None:
    """A condition that is taken as met while nobody can see it says so."""
    spec = exercise(
        {"where": {"shoulder_abduction": {"below": 50}}},
        {"where": {"shoulder_abduction": {"above": 130}, "neck_nod": {"above": 60, "if_seen": True}}},
    )
    motion = Motion(STANDING.but(hidden=("ear", "nose", "eye"))).stay(1).go(1, shoulder_abduction=170).stay(0.5)
    told = judged(motion.go(1, shoulder_abduction=0).stay(1), spec)
    assert explain(told, 2.0).checks[1].value == "not seen, taken as met"


def test_of_two_sides_the_one_that_decides() -> None:
    """Both arms are asked for, and the right one stays at 90: its value is told, not the mean; either is content."""
    for whose, value, met in (("both", "90°", False), ("either", "170°", True)):
        spec = exercise(
            {"where": {"shoulder_abduction": {"below": 50}}}, {"where": {f"{whose}.shoulder_abduction": {"above": 130}}}
        )
        why = explain(judged(raising(170, lag=80), spec), 3.0)
        assert (why.checks[0].value, why.checks[0].met) == (value, met)
        assert f", {whose} side" in why.checks[0].asked


def test_the_clip_ends_before_the_movement() -> None:
    """Somebody is half way up when the clip ends."""
    why = explain(judged(Motion(STANDING).stay(1).go(1, shoulder_abduction=100), ARM_RAISE), 1.9)
    assert "the clip ends before the movement does" in why.remarks


def test_a_problem_with_the_picture_is_named_beside_an_attempt() -> None:
    """The person is lost for a second and a half in the middle of an attempt."""
    motion = Motion(STANDING).stay(1).go(1, shoulder_abduction=100).stay(0.5).stay(1.5, present=False)
    motion.stay(1.0, present=True).go(1, shoulder_abduction=0).stay(1).stay(1.5, present=False)
    told = judged(motion, ARM_RAISE)
    attempt = uncounted(told)[0]
    why = explain(told, told.times_s[attempt.first] + 0.3)
    assert sum("I can't see anybody" in remark for remark in why.remarks) == 1


def test_a_timer_has_one_step() -> None:
    """Being there is the repetition: its condition is explained."""
    timer = exercise({"where": {"trunk_lean": {"between": [-10, 10]}}, "hold": 2}, dose={"reps": 1, "hold": 2})
    told = judged(Motion(STANDING).stay(4).go(0.5, trunk_lean=40).stay(3), timer)
    assert explain(told, 1.0).checks[0].asked == "trunk lean between -10 and 10°"


def test_speeds_have_their_unit() -> None:
    """Degrees per second."""
    fault = {"id": "fast", "say": "Slower", "where": {"speed.shoulder_abduction": {"above": 400}}}
    spec = exercise(*({"where": {"shoulder_abduction": {key: at}}} for key, at in (("below", 50), ("above", 130))),
                    faults=[fault])  # fmt: skip
    why = explain(judged(raising(170), spec), 2.0)
    assert "above 400°/s" in why.faults[0].asked
    assert "°/s away" in why.faults[0].value


def test_what_the_other_side_moves_along_is_no_attempt() -> None:
    """Where either side may work, a curl of the left arm is no failed one of the right."""
    told = judged(Motion(STANDING).stay(1).go(1, left_elbow_flexion=120).go(1, left_elbow_flexion=0).stay(1), CURL)
    assert told.session.reps.total == 1
    assert uncounted(told) == []


@pytest.mark.parametrize(
    ("t_s", "side", "message"), [(99.0, None, "no moment at 99 s"), (1.0, "left", "work together")]
)
def test_a_moment_or_side_that_is_not_there(t_s: float, side: str | None, message: str) -> None:
    """Asked about what the clip does not have."""
    told = judged(Motion(STANDING).stay(2), ARM_RAISE)
    with pytest.raises(ValueError, match=message):
        explain(told, t_s, side)  # type: ignore[arg-type]


def test_a_clip_of_nothing_has_no_moments() -> None:
    """No frame at all."""
    with pytest.raises(ValueError, match="no moment"):
        explain(witness([], ARM_RAISE, blank(ARM_RAISE)), 0.0)
