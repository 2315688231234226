"""Attempts that fall short, and how far a repetition went."""

from __future__ import annotations

import pytest
from coaching import ARM_RAISE, JACK, ROLL, coached, exercise, raise_arms
from figures import STANDING, Motion

from poise.core.events import RepMissed, RepReturned


def test_a_near_miss_says_what_was_missing() -> None:
    """Arms up to 120 where 130 is asked: no repetition, 10 degrees short, told when it turned back below 50."""
    run = coached(raise_arms(Motion(STANDING).stay(1), top=120).stay(1), ARM_RAISE)
    assert run.counts == (0, 0, 0)
    (missed,) = run.only(RepMissed)
    assert (missed.step, missed.measure) == ("up", "shoulder_abduction")
    assert missed.best == pytest.approx(120, abs=1)
    assert missed.short_by == pytest.approx(10, abs=1)
    assert 2.5 < missed.t_s < 3.0
    assert run.session.near_misses[0].short_by == missed.short_by


def test_a_small_movement_is_not_even_a_near_miss() -> None:
    """From 0 to 130 degrees, turning back at 45 (35 % of the way) means nothing, at 60 (46 %) it is a near miss."""
    spec = exercise({"where": {"shoulder_abduction": {"below": 20}}}, {"where": {"shoulder_abduction": {"above": 130}}})
    for top, count in ((45, 0), (60, 1)):
        assert len(coached(raise_arms(Motion(STANDING).stay(1), top).stay(1), spec).only(RepMissed)) == count


def test_a_near_miss_of_two_conditions_names_the_one_that_fell_short() -> None:
    """Arms high enough in a jack whose feet reach 65 % of a torso apart instead of 75: the feet are 10 short."""
    # 40 % between the hips and 2 x 160 % x sin(spread): 65 % at 4.48 degrees.
    motion = Motion(STANDING).stay(1).go(0.5, shoulder_abduction=170, spread=4.48)
    run = coached(motion.go(0.5, shoulder_abduction=5, spread=0).stay(1), JACK)
    (missed,) = run.only(RepMissed)
    assert missed.measure == "foot_gap"
    assert missed.short_by == pytest.approx(10, abs=1)


@pytest.mark.parametrize("hidden_from_the_start", [True, False])
def test_nothing_is_said_about_an_attempt_whose_measure_was_never_seen(hidden_from_the_start: bool) -> None:
    """With the ankles hidden while the arms go up, nobody knows how far the feet went: no near miss."""
    spec = exercise(
        {"where": {"shoulder_abduction": {"below": 50}}},
        {"where": {"shoulder_abduction": {"above": 130}, "foot_gap": {"above": 75}}},
    )
    hidden = ("ankle",)
    motion = Motion(STANDING.but(hidden=hidden) if hidden_from_the_start else STANDING).stay(1)
    run = coached(raise_arms(motion.stay(0.01, hidden=hidden)).stay(0.5, hidden=()).stay(1), spec)
    assert run.counts == (0, 0, 0)
    assert run.only(RepMissed) == []


def test_a_peak_is_of_what_was_seen() -> None:
    """With the wrists hidden on the way up and seen from there on, the elbows' peak is still their 80 degrees."""
    steps = [step.model_dump(exclude_none=True) for step in ROLL.steps]
    steps[2]["where"] = {"elbow_flexion": {"above": 60}}
    motion = Motion(STANDING).stay(1).stay(0.01, hidden=("wrist",)).go(1, shoulder_abduction=90).stay(0.5, hidden=())
    run = coached(motion.go(1, elbow_flexion=80).go(1, shoulder_abduction=5, elbow_flexion=0).stay(1), exercise(*steps))
    assert run.session.repetitions[0].peak["elbow_flexion"] == pytest.approx(80, abs=1)


def test_each_repetition_has_its_own_peak() -> None:
    """To 170 and then to 140: the second's peak is 140."""
    run = coached(raise_arms(raise_arms(Motion(STANDING).stay(1)), top=140).stay(1), ARM_RAISE)
    assert [rep.peak["shoulder_abduction"] for rep in run.session.repetitions] == pytest.approx([170, 140], abs=1)


def test_a_repetition_whose_rest_was_not_seen_ends_all_the_same() -> None:
    """Down at 3 s, the elbows hidden from 3.3 s to 8.3 s: the repetition came to rest before, and is told once."""
    motion = raise_arms(Motion(STANDING).stay(1)).stay(0.3).stay(5, hidden=("elbow",))
    run = coached(raise_arms(motion.stay(1, hidden=())).stay(1), ARM_RAISE)
    returned = run.only(RepReturned)
    assert [event.n for event in returned] == [1, 2]
    assert returned[0].t_s == pytest.approx(3, abs=0.34)
