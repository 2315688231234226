"""The announcer: of all that could be said it chooses one thing, kind and seldom, and nothing is late."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from coaching import TILT_FIELDS, TILT_STEPS, exercise
from flowing import Stage
from listening import CAPTIONED, Listener, fault, moments_of, raises, still

from poise.core.events import (
    FaultSeen,
    FramingProblem,
    FramingRight,
    HoldPaused,
    HoldReached,
    HoldStarted,
    RepDone,
    RepMissed,
    SideDone,
    StepReached,
)
from poise.core.live.moment import Hurt, Moment
from poise.core.live.sounds import Sound


@pytest.fixture(scope="module")
def working() -> Moment:
    """Somebody at work, long after the start."""
    stage = Stage(CAPTIONED).play(still(2)).play(raises(1))
    return replace(moments_of(stage)[0], snapshot=replace(moments_of(stage)[0].snapshot, events=()))


def test_a_correction_is_not_repeated_within_its_cooldown_and_at_most_three_times(working: Moment) -> None:
    """Seen every three seconds for a minute and a half: heard three times, twelve seconds apart or more."""
    listener = Listener(working).wait(0, 6)
    for n in range(30):
        listener.tell(6 + 3 * n, fault("Chest up", "fix")).wait(6.1 + 3 * n, 2.8)
    times = [t_s for t_s, sound in listener.heard if sound.text == "Chest up"]
    assert len(times) == 3
    assert all(b - a >= 12 for a, b in pairwise(times))


def test_a_tip_is_seldom(working: Moment) -> None:
    """Twice at most."""
    listener = Listener(working).wait(0, 6)
    for n in range(30):
        listener.tell(6 + 5 * n, fault("Breathe out", "tip")).wait(6.1 + 5 * n, 4.8)
    assert listener.said.count("Breathe out") == 2


def test_where_tips_are_all_there_is_they_go_on(working: Moment) -> None:
    """Of the posture one is told as long as one sits, every half minute at most."""
    moment = replace(working, spec=working.spec.model_copy(update={"kind": "posture"}))
    listener = Listener(moment).wait(0, 6)
    for n in range(20):
        listener.tell(6 + 10 * n, fault("Grow tall", "tip")).wait(6.1 + 10 * n, 3)
    assert listener.said.count("Grow tall") == 7


def test_safety_interrupts(working: Moment) -> None:
    """A sign to stop does not wait for the end of a sentence; a correction does, or is dropped."""
    listener = Listener(working).wait(0, 6).tell(6.0, fault("A sentence that takes its time to be said", "fix"))
    listener.tell(6.5, fault("Slower", "stop")).wait(6.6, 1)
    assert listener.heard[-1] == (6.5, Sound(None, "Slower", interrupts=True))


def test_what_waited_too_long_is_dropped(working: Moment) -> None:
    """A count that would come two seconds late is not heard."""
    listener = (
        Listener(working).wait(0, 6).tell(6.0, fault("A sentence that takes quite a long time to be said", "fix"))
    )
    listener.tell(6.2, RepDone(6.2, None, 1, 5.0, {})).wait(6.3, 5)
    assert "1" not in listener.said


def test_the_latest_count_takes_the_place_of_an_earlier_one(working: Moment) -> None:
    """Two quick repetitions during a sentence."""
    listener = Listener(working).wait(0, 6).tell(6.0, fault("Chest up now", "fix"))
    three = replace(working.snapshot.state, reps=(3, 0, 0))
    listener.tell(6.2, RepDone(6.2, None, 2, 5.0, {}))
    moved = replace(working, snapshot=replace(working.snapshot, state=three))
    listener._moment = moved
    listener.tell(6.4, RepDone(6.4, None, 3, 5.0, {})).wait(6.5, 2)
    assert listener.said[-1] == "3, and one more"


def test_lost_and_found(working: Moment) -> None:
    """A falling tone and why; a rising one; and a hold that is lost has its tone too, and a near miss its words."""
    listener = Listener(working).wait(0, 6).tell(6.0, FramingProblem(6.0, "nobody", "I can't see anybody")).wait(6.1, 3)
    listener.tell(9.5, FramingRight(9.5)).wait(9.6, 1)
    assert listener.said[-3:] == ["(lost)", "I can't see anybody", "(found)"]
    state = replace(working.snapshot.state, hold_s=3.0, hold_target_s=15.0)
    listener._moment = replace(working, snapshot=replace(working.snapshot, state=state))
    listener.tell(12.0, HoldPaused(12.0, None, "up")).wait(12.1, 1)
    assert listener.said[-1] == "(lost)"
    listener.tell(14.0, RepMissed(14.0, None, "up", "shoulder_abduction", 100.0, 30.0)).wait(14.1, 1)
    assert listener.said[-1] == "Almost, a little further"


def test_who_stands_still_is_reminded(working: Moment) -> None:
    """After nine seconds, of the next step, and three times at most; once something happened, again."""
    listener = Listener(working).wait(0, 60)
    said = working.snapshot.state.next_words
    assert listener.said.count(said) == 1 + 3
    assert listener.tell(60, FramingRight(60)).wait(60.1, 10).said.count(said) == 1 + 4


def test_merged_repetitions_are_counted_once(working: Moment) -> None:
    """Both arms together."""
    listener = Listener(working).wait(0, 6).tell(6.0, RepDone(6.0, "left", 1, 5.0, {}, merged=True)).wait(6.1, 2)
    assert not {"0", "1"} & set(listener.said)


def test_crossed_wrists_are_answered_in_words_that_nothing_cuts_off(working: Moment) -> None:
    """The tone that says so comes first, and none after it."""
    listener = Listener(working).wait(0, 6)
    before = len(listener.said)
    listener.tell(6.0, told=(Hurt(6.0, "exercise", None),), understood="hurts").wait(6.1, 4)
    assert listener.said[before:] == ["(stop)", "All right. Come back slowly. We leave this one out"]


def test_a_hold_that_is_over_before_its_tone_could_be_heard_has_none(working: Moment) -> None:
    """While a correction is said the hold begins and ends: only its end is heard, never "the clock runs" after it."""
    listener = Listener(working).wait(0, 6).tell(6.0, fault("Let your left shoulder drop", "fix"))
    listener.tell(6.5, HoldStarted(6.5, None, "up", 1.0)).tell(7.5, HoldReached(7.5, None, "up")).wait(7.6, 3)
    assert listener.said[-2:] == ["Let your left shoulder drop", "(done)"]


def test_who_leaves_a_hold_early_is_told_after_the_count(working: Moment) -> None:
    """How long it was and should be, once for each length; it is not lost behind what to do next."""
    short = FaultSeen(6.0, None, "hold-short", "tip", "Hold longer: 5 of 15 seconds")
    counted = RepDone(6.0, None, 1, 1.0, {}, merged=False)
    back = StepReached(6.0, None, "down")
    held = replace(working, spec=working.spec.with_dose(hold=15))
    listener = Listener(held).wait(0, 6).tell(6.0, short, counted, back).wait(6.1, 5)
    listener.tell(12.0, short, counted, back).wait(12.1, 5)
    assert listener.said.count("Hold longer: 5 of 15 seconds") == 1
    at = listener.said.index("Hold longer: 5 of 15 seconds")
    assert listener.said[at - 1].isdecimal()


def test_a_count_is_heard_in_the_next_hold_where_that_is_short(working: Moment) -> None:
    """A hold of three seconds has no tones of its last ones to keep clear of."""
    state = replace(working.snapshot.state, hold_s=0.2, hold_target_s=3.0)
    listener = Listener(working).wait(0, 6)
    listener._moment = replace(working, snapshot=replace(working.snapshot, state=state))
    listener.tell(6.0, RepDone(6.0, None, 1, 1.0, {}, merged=False)).wait(6.1, 2)
    assert listener.said[-1].isdecimal()


def test_who_is_there_is_not_sent_there(working: Moment) -> None:
    """A hold that begins takes the place of the way to it."""
    listener = (
        Listener(working).wait(0, 6).tell(6.0, fault("Chest up", "fix")).tell(6.1, StepReached(6.1, None, "down"))
    )
    listener.tell(6.2, HoldStarted(6.2, None, "up", 4.0)).wait(6.3, 3)
    assert listener.said[-3:] == ["Chest up", "(hold)", "Hold for 4 seconds, and breathe"]


def test_the_count_takes_the_place_of_coming_back(working: Moment) -> None:
    """Who is back already is not told to come back."""
    listener = Listener(working).wait(0, 6).tell(6.0, fault("Chest up", "fix")).tell(6.1, HoldReached(6.1, None, "up"))
    listener.tell(6.3, RepDone(6.3, None, 1, 1.0, {}, merged=False)).wait(6.4, 4)
    assert listener.said[-1].isdecimal()
    assert "Done. Come back slowly" not in listener.said


def test_what_calls_for_a_doctor_is_said_in_place_of_advice() -> None:
    """Each sentence of it, after the minutes."""
    stage = Stage(CAPTIONED.with_dose(reps=1)).play(still(2)).play(raises(1)).play(still(5))
    moment = stage.moments[-1]
    assert moment.summary is not None
    summary = replace(moment.summary, doctor=("See a doctor.",), work_on="Chest up")
    listener = Listener(replace(moment, summary=summary)).wait(0, 8)
    assert listener.said[-1] == "See a doctor."


def test_from_the_side_the_side_that_works_turns_to_the_camera(working: Moment) -> None:
    """The change of sides says so."""
    spec = exercise(*TILT_STEPS, **TILT_FIELDS | {"camera": {"view": "side", "sees": ["head"]}})
    moment = replace(working, spec=spec, snapshot=replace(working.snapshot, events=()))
    listener = Listener(moment).wait(0, 6).tell(6.0, SideDone(6.0, "left")).wait(6.1, 1)
    assert listener.said[-1] == "Now your right side: turn it to the camera"
