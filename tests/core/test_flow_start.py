"""How a live session begins: placing, the look at the neutral posture, and the start."""

from __future__ import annotations

import pytest
from coaching import ARM_RAISE, TILT, TILT_STEPS, exercise
from figures import SITTING, STANDING, Motion
from flowing import PLANK, Stage, hand, raises, still, tilt

from poise.core.live.phases import READY_S


def test_before_the_first_picture_there_is_no_moment() -> None:
    """There is nothing to draw and nothing to say."""
    assert Stage(TILT).flow.wait(1.0) is None


def test_nobody_is_asked_to_be_placed_until_somebody_is_there() -> None:
    """Placing lasts while nobody is seen; then half a second of being seen well is enough."""
    stage = Stage(ARM_RAISE).play(still(3, STANDING.but(present=False)))
    assert stage.phases == ["placing"]
    stage.play(still(1))
    assert stage.phases == ["placing", "neutral", "ready"]


def test_the_start_is_waited_for_and_a_hand_begins_it() -> None:
    """Nothing happens by itself; after the hand five seconds are counted down; what the hand moved is not counted."""
    stage = Stage(TILT).play(still(30, SITTING))
    assert stage.phases[-1] == "ready"
    assert stage.moments[-1].left_s is None
    stage.play(hand())
    understood = [moment for moment in stage.moments if moment.understood]
    assert [moment.understood for moment in understood] == ["go"]
    assert max(moment.raised for moment in stage.moments) == 1.0
    assert understood[0].left_s == READY_S
    stage.play(still(READY_S, SITTING))
    assert stage.phases[-1] == "work"
    assert stage.reps == [0]


def test_who_sets_out_has_begun() -> None:
    """A repetition under way needs no start, and counts whole: its beginning and what was wrong in it too."""
    stage = Stage(ARM_RAISE).play(still(2)).play(raises())
    assert stage.phases == ["placing", "neutral", "ready", "work"]
    ((_, session),) = stage.flow.sessions
    assert session.reps.total == 1
    assert session.repetitions[0].start_s == pytest.approx(2.0, abs=0.4)


def test_a_movement_under_way_while_somebody_is_placed_counts_as_it_is_told() -> None:
    """On the way up when first seen, and down again before a start was given: the session has what the count says."""
    first = Motion(STANDING).go(0.3, shoulder_abduction=170).stay(0.5).go(0.6, shoulder_abduction=5).stay(1)
    stage = Stage(ARM_RAISE).play(first).play(raises())
    assert stage.phases == ["placing", "neutral", "work"]
    ((_, session),) = stage.flow.sessions
    assert [repetition.n for repetition in session.repetitions] == [1, 2]
    assert stage.moments[-1].snapshot.state.reps[0] == session.reps.total == 2


def test_who_sets_out_during_a_rest_does_nothing_twice() -> None:
    """The first movement began the work; the one that ends the rest brings its own events and no older ones."""
    stage = Stage(ARM_RAISE.with_dose(sets=2, reps=1, rest=30)).play(still(2))
    quick = Motion(STANDING).times(3, lambda m: m.go(1, shoulder_abduction=170).go(1, shoulder_abduction=5))
    stage.play(quick)
    times = [event.t_s for moment in stage.moments if moment.phase == "work" for event in moment.snapshot.events]
    assert times == sorted(times)
    assert "rest" in stage.phases


def test_space_starts_and_a_second_one_starts_at_once() -> None:
    """By key as by hand; said again, there is no countdown."""
    stage = Stage(ARM_RAISE).play(still(3), {2.0: "go", 2.5: "go"})
    assert stage.phases == ["placing", "neutral", "ready", "work"]


def test_said_while_being_placed_nothing_is_asked_later() -> None:
    """The start need not be waited for then."""
    nobody = STANDING.but(scale=0.3)  # too small to be judged
    once = Stage(ARM_RAISE).play(still(2, nobody), {1.0: "go"}).play(still(2))
    assert once.moments[-1].left_s is not None


def test_who_leaves_before_the_start_is_placed_again() -> None:
    """The countdown does not run for an empty room."""
    stage = Stage(ARM_RAISE).play(still(2), {1.5: "go"}).play(still(8, STANDING.but(present=False)))
    assert stage.phases == ["placing", "neutral", "ready", "placing"]


def test_a_neutral_that_is_not_found_is_not_waited_for_for_ever() -> None:
    """Somebody who never sits still begins after four seconds, with the usual upright."""
    restless = Motion(SITTING).times(8, lambda m: m.go(0.4, neck_tilt=11).go(0.4, neck_tilt=-11))
    stage = Stage(TILT).play(restless)
    assert stage.phases == ["placing", "neutral", "ready"]
    neutral_s = [moment.t_s for moment in stage.moments if moment.phase == "neutral"]
    assert neutral_s[-1] - neutral_s[0] == pytest.approx(4.0, abs=0.3)


def test_who_was_not_settled_when_first_looked_at_is_measured_again() -> None:
    """Still for a second at 9 degrees while sitting down, then upright: from there a tilt of 24 counts, not from 9."""
    waiting = Motion(SITTING.but(neck_tilt=9)).stay(1).go(0.5, neck_tilt=0).stay(4)
    stage = Stage(TILT).play(waiting)
    assert stage.phases[-1] == "ready"
    assert stage.play(tilt(24)).reps == [1]


def test_who_comes_back_is_measured_again() -> None:
    """Somebody who sat straight goes; whoever comes sits 8 degrees aslant, from where 16 more are no 20."""
    stage = Stage(TILT).play(tilt(24)).play(still(5, SITTING.but(present=False)))
    aslant = Motion(SITTING.but(neck_tilt=8)).stay(2).go(1, neck_tilt=24).stay(6).go(1, neck_tilt=8).stay(2)
    assert stage.play(aslant).reps == [1]


def test_what_is_only_held_starts_by_itself_and_its_clock_with_it() -> None:
    """Nobody can set out for where they are already: a countdown, then three seconds are held, and it is over."""
    stage = Stage(PLANK).play(still(20))
    assert stage.phases == ["placing", "neutral", "ready", "work", "summary"]
    ((_, session),) = stage.flow.sessions
    assert session.reps.total == 1
    assert 3.0 <= session.holds[0].held_s <= 6.5


def test_hidden_parts_do_not_send_anybody_back_to_the_placing() -> None:
    """Hands that leave the picture before the start are told, and no more."""
    spec = exercise(*TILT_STEPS, sides="each", camera={"view": "front", "sees": ["head", "hands"]}, dose={"hold": 3})
    stage = Stage(spec).play(still(2, SITTING)).play(still(3, SITTING.but(hidden=("wrist",))))
    assert stage.phases == ["placing", "neutral", "ready"]
