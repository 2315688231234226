"""The flow of a live session once it has begun: what follows what, pauses, pain, and the end."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from coaching import ARM_RAISE, TILT, TILT_FIELDS, TILT_STEPS, exercise
from figures import SITTING, STANDING, Motion
from flowing import ONE_RAISE, PLANK, Stage, hand, raises, still, tilt

from poise.core.live.moment import Command, Hurt, PainTold
from poise.core.live.phases import BREAK_S, PAIN_S, READY_S, SUMMARY_S


def test_exercises_follow_each_other_by_themselves() -> None:
    """Rest, placing, countdown; what comes next is told, and the numbers go up."""
    stage = Stage(ONE_RAISE, ONE_RAISE).play(still(2)).play(raises()).play(still(BREAK_S + READY_S + 4))
    assert stage.phases == ["placing", "neutral", "ready", "work", "rest", "placing", "neutral", "ready", "work"]
    rests = [moment for moment in stage.moments if moment.phase == "rest"]
    assert rests[0].left_s == BREAK_S
    assert (rests[0].number, rests[0].of, rests[0].following) == (1, 2, ONE_RAISE)
    assert stage.moments[-1].number == 2
    assert stage.moments[-1].following is None


def test_a_rest_can_be_ended_and_the_next_exercise_left_out() -> None:
    """Go ends the rest; next leaves out the one that would follow, or comes to the end."""
    early = Stage(ONE_RAISE, ONE_RAISE).play(still(2)).play(raises()).play(still(4), {2.0: "go"})
    assert early.phases[-4:] == ["rest", "placing", "neutral", "ready"]
    third = ARM_RAISE.with_dose(reps=2)
    skipped = Stage(ONE_RAISE, ONE_RAISE, third).play(still(2)).play(raises()).play(still(15), {3.0: "next"})
    assert skipped.moments[-1].spec is third
    assert skipped.phases.count("rest") == 1
    last = Stage(ONE_RAISE, ONE_RAISE).play(still(2)).play(raises()).play(still(4), {3.0: "next"})
    assert last.phases[-1] == "summary"
    hasty = Stage(ONE_RAISE, ONE_RAISE, third).play(still(2)).play(raises()).play(still(2))
    for _ in range(4):
        hasty.tell("next")
    assert hasty.play(still(1)).phases[-1] == "summary"
    both = Stage(ONE_RAISE, ONE_RAISE).play(still(2)).play(raises()).play(still(2))
    both.tell("go")
    both.tell("next")
    assert both.play(still(1)).phases[-1] == "summary"


def test_an_exercise_that_is_left_before_the_work_is_followed_at_once() -> None:
    """There is nothing to rest from."""
    stage = Stage(ONE_RAISE, ONE_RAISE).play(still(3), {2.0: "next"})
    assert stage.phases == ["placing", "neutral", "ready", "placing", "neutral", "ready"]
    assert stage.moments[-1].number == 2


def test_between_sets_there_is_a_rest_that_whoever_sets_out_ends() -> None:
    """Two sets with ten seconds between; the first rest is sat out, the second cut short by a repetition."""
    spec = ARM_RAISE.with_dose(sets=3, reps=1, rest=10)
    stage = Stage(spec).play(still(2)).play(raises()).play(still(12)).play(raises()).play(still(3)).play(raises())
    assert stage.phases[3:] == ["work", "rest", "work", "rest", "work"]
    assert stage.reps == [3]
    rests = [moment for moment in stage.moments if moment.phase == "rest"]
    assert rests[0].following is spec
    assert stage.play(still(4)).phases[-1] == "summary"


def test_sets_without_a_rest_follow_at_once() -> None:
    """Nothing comes between."""
    stage = Stage(ARM_RAISE.with_dose(sets=2, reps=1)).play(still(2)).play(raises(2)).play(still(4))
    assert stage.phases == ["placing", "neutral", "ready", "work", "summary"]


def test_a_pause_stops_the_clock_and_a_hand_ends_it() -> None:
    """In a neck exercise a hand pauses and goes on; the hold has no second of it."""
    hold = Motion(SITTING).go(1, neck_tilt=35).stay(3)
    there = SITTING.but(neck_tilt=35)
    stage = Stage(TILT).play(still(2, SITTING)).play(hold).play(hand(there)).play(still(20, there))
    assert stage.phases[-1] == "paused"
    stage.play(hand(there)).play(Motion(there).stay(2).go(1, neck_tilt=0).stay(2))
    assert stage.phases[-2:] == ["paused", "work"]
    ((_, session),) = stage.flow.sessions
    assert session.holds[0].held_s < 12


def test_who_goes_on_elsewhere_after_a_pause_has_not_rushed() -> None:
    """Paused or lost by the camera in a tilt, and half upright when it goes on: nobody saw how fast that was."""
    rushed = {"id": "rushed", "during": "rep", "where": {"speed.neck_tilt": {"above": 60}}, "for": "0 s",
              "say": "Slower", "severity": "stop"}  # fmt: skip
    spec = exercise(*TILT_STEPS, **TILT_FIELDS, faults=[rushed])
    there = Motion(SITTING).go(1, neck_tilt=35).stay(3)
    half = still(3, SITTING.but(neck_tilt=16))
    paused = Stage(spec).play(still(2, SITTING)).play(there, {3.0: "go"}).play(half, {2.0: "go"})
    lost = Stage(spec).play(still(2, SITTING)).play(there).lose(5).play(half)
    hasty = Stage(spec).play(still(2, SITTING)).play(there).play(half)
    told = [stage.flow.sessions[0][1].faults for stage in (paused, lost, hasty)]
    assert [[fault.id for fault in faults if fault.id == "rushed"] for faults in told] == [[], [], ["rushed"]]


def test_a_hand_that_stays_up_leaves_the_exercise_out() -> None:
    """Three seconds more than for a pause."""
    up = Motion(SITTING).go(0.5, right_shoulder_abduction=80, right_elbow_flexion=95).stay(5)
    stage = Stage(TILT, TILT).play(still(2, SITTING), {1.5: "go"}).play(still(6, SITTING)).play(up)
    assert [moment.understood for moment in stage.moments if moment.understood] == ["go", "next"]
    assert stage.phases[-3:] == ["paused", "work", "rest"]


def test_that_hurts_ends_the_exercise_gently() -> None:
    """It is told with exercise and side; a rest follows, and the next exercise."""
    stage = Stage(TILT, TILT).play(still(2, SITTING)).play(tilt(-35), {3.0: "hurts"})
    told = [told for moment in stage.moments for told in moment.told]
    assert told == [Hurt(pytest.approx(5.1, abs=0.11), "exercise", "right")]  # type: ignore[arg-type]
    assert stage.phases[-2:] == ["work", "rest"]
    paused = Stage(TILT).play(still(2, SITTING)).play(tilt(-35), {3.0: "go", 4.0: "hurts"})
    assert paused.phases[-1] == "summary"


def test_that_hurts_means_nothing_where_nothing_is_done() -> None:
    """A key at rest is a mistake."""
    assert [told for moment in Stage(TILT).play(still(2), {1.0: "hurts"}).moments for told in moment.told] == []


def test_pain_is_asked_before_and_after_and_may_be_left_out() -> None:
    """Answered, it is told; not answered, the session goes on by itself."""
    stage = Stage(ONE_RAISE, pain=True).play(still(2), {0.5: 3}).play(still(2)).play(raises()).play(still(6), {5.0: 0})
    told = [told for moment in stage.moments for told in moment.told]
    assert [(one.when, one.level) for one in told if isinstance(one, PainTold)] == [("before", 3), ("after", 0)]
    assert stage.phases == ["pain-before", "neutral", "ready", "work", "pain-after", "summary"]
    assert Stage(ONE_RAISE, pain=True).play(still(PAIN_S + 1)).phases[-1] == "ready"
    left_out = Stage(ONE_RAISE, pain=True).play(still(1), {0.5: "go"}).play(still(1)).play(raises())
    left_out.play(still(6), {5.0: "go"})
    assert left_out.phases[-2:] == ["pain-after", "summary"]


def test_who_moves_while_being_asked_has_not_begun() -> None:
    """A look aside, to the keys: nothing is counted of it, and the start is waited for."""
    stage = Stage(TILT, pain=True).play(still(1, SITTING)).play(tilt(35)).play(still(2, SITTING), {0.0: 3, 0.3: "go"})
    assert stage.phases == ["pain-before", "neutral", "ready"]
    assert stage.moments[-1].snapshot.state.reps == (0, 0, 0)


def test_an_answer_where_nobody_asked_is_none() -> None:
    """A digit during the placing."""
    assert Stage(ONE_RAISE).play(still(1), {0.5: 4}).moments[-1].told == ()


def test_after_nothing_pain_is_not_asked_again() -> None:
    """Who left every exercise out comes to the end."""
    stage = Stage(ONE_RAISE, pain=True).play(still(2), {0.5: 3, 1.5: "next"})
    assert stage.phases[-1] == "summary"
    assert stage.moments[-1].summary is not None


def test_a_summary_closes_by_itself_or_when_told() -> None:
    """The session is over then."""
    stage = Stage(ONE_RAISE).play(still(2)).play(raises()).play(still(5))
    assert not stage.flow.over
    stage.play(still(1), {0.5: "go"})
    assert stage.flow.over
    waiting = Stage(ONE_RAISE).play(still(2)).play(raises()).play(still(5)).lose(SUMMARY_S)
    assert waiting.flow.over


def test_a_side_that_is_skipped_is_let_off() -> None:
    """Left skipped, three to the right are all that is asked for."""
    spec = TILT.with_dose(reps=1)
    stage = Stage(spec).play(still(2, SITTING)).play(tilt(-35), {4.0: "side"}).play(still(4, SITTING))
    assert stage.phases[-1] == "summary"
    before = Stage(spec).play(still(2, SITTING), {1.0: "side"})
    assert before.phases[-1] == "ready"


def test_restart_forgets_what_was_counted() -> None:
    """Also from a pause; elsewhere there is nothing to restart."""
    stage = Stage(ARM_RAISE).play(still(2), {1.5: "restart"}).play(raises(2), {4.0: "go", 4.5: "restart"})
    assert stage.reps == [0] or stage.reps == [1]
    assert stage.phases[-1] == "work"


def test_time_goes_on_without_pictures_except_for_the_work() -> None:
    """A rest passes while the camera is lost; work waits, and what nobody saw is no hold."""
    stage = Stage(ONE_RAISE, ONE_RAISE).play(still(2)).play(raises()).play(still(3))
    assert stage.phases[-1] == "rest"
    stage.lose(BREAK_S)
    assert stage.phases[-1] == "placing"
    held = Stage(TILT).play(still(2, SITTING)).play(Motion(SITTING).go(1, neck_tilt=35).stay(2))
    held.lose(20).play(Motion(SITTING.but(neck_tilt=35)).stay(1).go(1, neck_tilt=0).stay(3))
    ((_, session),) = held.flow.sessions
    assert session.holds[0].held_s == pytest.approx(3.0, abs=0.6)
    assert [moment.phase for moment in held.moments[-60:]] == ["work"] * 60


def test_what_is_broken_off_is_closed() -> None:
    """The hold under way is kept as far as it went; without work there is nothing to close."""
    stage = Stage(TILT).play(still(2, SITTING)).play(Motion(SITTING).go(1, neck_tilt=35).stay(3))
    moment = stage.flow.finish()
    assert moment is not None
    assert moment.phase == "work"
    assert [type(event).__name__ for event in moment.snapshot.events] == ["HoldDone"]
    assert Stage(TILT).play(still(2)).flow.finish() is None
    assert Stage(TILT).flow.finish() is None


@pytest.mark.parametrize("seed", range(30))
def test_whatever_is_pressed_and_whoever_is_seen_the_session_goes_on(seed: int) -> None:
    """A session of chance: no error, time never goes back, and no sound lies on another."""
    seen = [
        motion.poses(5.0)
        for motion in (
            still(1),
            still(1, STANDING.but(present=False)),
            raises(),
            tilt(30, 2),
            hand(),
            still(2, SITTING),
        )
    ]
    specs = [ONE_RAISE, TILT.with_dose(reps=1, hold=2), PLANK, ARM_RAISE.with_dose(sets=2, reps=1, rest=3)]
    keys: list[Command | int] = ["go", "go", "next", "side", "restart", "hurts", 3]
    chance = random.Random(seed)
    stage = Stage(*chance.choices(specs, k=3), pain=chance.random() < 0.3)
    for _ in range(10):
        for key in chance.choices(keys, k=chance.choice([0, 0, 1, 1, 3])):
            stage.tell(key)
        stage.lose(chance.choice([0, 0, 0, 0.5, 15]))
        stage.play(chance.choice(seen))
    stage.flow.finish()
    times_s = [moment.t_s for moment in stage.moments]
    assert times_s == sorted(times_s)
    assert all(1 <= moment.number <= moment.of for moment in stage.moments)
    for (start_s, sound), (next_s, following) in pairwise(stage.heard):
        assert next_s >= start_s + sound.seconds - 1e-6 or following.interrupts
