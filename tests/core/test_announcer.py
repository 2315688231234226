"""What is heard of a session: few and kind, one thing at a time, nothing late; and by ear alone it can be followed."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from coaching import ARM_RAISE, TILT, TILT_FIELDS, TILT_STEPS, exercise
from figures import SITTING, STANDING, Figure, Motion
from flowing import Stage

from poise.core.events import (
    Event,
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
from poise.core.live.announcer import Announcer
from poise.core.live.moment import Hurt, Moment
from poise.core.live.sounds import Sound, Tone
from poise.core.live.work_script import sentences_of
from poise.core.words import ENGLISH, Words

CAPTIONED = exercise(
    {"id": "down", "say": "Let them sink", "where": {"shoulder_abduction": {"below": 50}}},
    {"id": "up", "say": "Lift both arms", "where": {"shoulder_abduction": {"above": 130}}},
    name="Arm raise",
    dose={"reps": 4},
)
STRETCH = exercise(*TILT_STEPS, **TILT_FIELDS | {"dose": {"reps": 1, "hold": 12}}, name="Stretch")


def still(seconds: float, figure: Figure = STANDING) -> Motion:
    """Somebody who does nothing."""
    return Motion(figure).stay(seconds)


def raises(count: int, seconds: float = 2.0) -> Motion:
    """Slow arm raises with a rest after each."""
    up, down = {"shoulder_abduction": 170}, {"shoulder_abduction": 5}
    return Motion(STANDING).times(count, lambda m: m.go(seconds, **up).go(seconds, **down).stay(2))


def tilts(*degrees: float, hold_s: float = 13.0) -> Motion:
    """Held tilts, one after another."""
    motion = Motion(SITTING)
    for one in degrees:
        motion.go(2, neck_tilt=one).stay(hold_s).go(2, neck_tilt=0).stay(3)
    return motion


@pytest.fixture(scope="module")
def routine() -> Stage:
    """A stretch and an exercise from the first look to the end, done as one is told."""
    stage = Stage(STRETCH, CAPTIONED).play(still(12, SITTING), {11.0: "go"}).play(still(6.5, SITTING))
    stage.play(tilts(35, -35)).play(still(20, STANDING)).play(raises(4)).play(still(15))
    return stage


def test_a_session_can_be_followed_by_ear(routine: Stage) -> None:
    """What to do, which side, the hold, the change of sides, the rest, what comes next, the count, and the end."""
    assert routine.said == [
        "Stretch", "once each side, hold for 12 seconds", "Go to 0", "Raise a hand to begin, or simply begin",
        "Get ready", "(count)", "(count)", "(count)", "(go)",
        "Ear toward your left shoulder", "(hold)", "Hold for 12 seconds, and breathe", "(half)",
        "(last)", "(last)", "(last)", "(done)", "Done. Come back slowly",
        "Now your right side", "Ear toward your right shoulder", "(hold)", "Hold for 12 seconds, and breathe", "(half)",
        "(last)", "(last)", "(last)", "(done)", "Done. Come back slowly", "1",
        "Rest, and breathe", "Next: Arm raise", "4 times",
        "Get ready", "(count)", "(count)", "(count)", "(go)",
        "Lift both arms", "Let them sink", "1", "Lift both arms", "Let them sink", "2", "3, and one more", "4",
        "Well done, thank you", "1 minute of exercise",
    ]  # fmt: skip


def test_nothing_lies_on_top_of_anything(routine: Stage) -> None:
    """Each sound begins when the one before is over."""
    for (start_s, sound), (next_s, following) in pairwise(routine.heard):
        assert next_s >= start_s + sound.seconds - 1e-6 or following.interrupts, (sound, following)


def moments_of(stage: Stage, count: int = 1) -> list[Moment]:
    """Moments of work to put events into."""
    return [moment for moment in stage.moments if moment.phase == "work"][:count]


@pytest.fixture(scope="module")
def working() -> Moment:
    """Somebody at work, long after the start."""
    stage = Stage(CAPTIONED).play(still(2)).play(raises(1))
    return replace(moments_of(stage)[0], snapshot=replace(moments_of(stage)[0].snapshot, events=()))


class Listener:
    """An announcer with a voice that takes its time, told events at will."""

    def __init__(self, moment: Moment) -> None:
        self._announcer = Announcer(ENGLISH)
        self._moment = moment
        self._busy_until_s = 0.0
        self.heard: list[tuple[float, Sound]] = []

    def tell(self, t_s: float, *events: Event, **changes: object) -> Listener:
        """One moment."""
        snapshot = replace(self._moment.snapshot, t_s=t_s, events=events)
        moment = replace(self._moment, t_s=t_s, snapshot=snapshot, **changes)  # type: ignore[arg-type]
        sound = self._announcer.take(moment, t_s < self._busy_until_s)
        if sound:
            self.heard.append((round(t_s, 1), sound))
            self._busy_until_s = t_s + sound.seconds
        return self

    def wait(self, t_s: float, seconds: float) -> Listener:
        """Nothing happens for a while."""
        for tick in range(round(10 * seconds)):
            self.tell(t_s + tick / 10)
        return self

    @property
    def said(self) -> list[str]:
        """Sentences, and tones in brackets."""
        return [sound.text or f"({sound.tone})" for _, sound in self.heard]


def fault(say: str, severity: str, t_s: float = 0.0) -> FaultSeen:
    """A fault."""
    return FaultSeen(t_s, None, "fault", severity, say)  # type: ignore[arg-type]


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


def test_of_a_long_hold_the_last_ten_seconds_are_told() -> None:
    """By words: the tones come with the last three."""
    spec = exercise({"id": "there", "where": {"trunk_lean": {"below": 30}}, "hold": 30}, dose={"reps": 1})
    said = Stage(spec).play(still(45)).said
    assert said[said.index("(half)") :][:4] == ["(half)", "10 more seconds", "(last)", "(last)"]


def test_what_may_be_said_is_known_before() -> None:
    """Name, steps and faults for each side, the count."""
    assert sentences_of(STRETCH.with_dose(reps=2), ENGLISH) == [
        "Stretch", "Go to 0", "Ear toward your left shoulder", "Ear toward your right shoulder",
        "Done. Come back slowly", "1", "2",
    ]  # fmt: skip


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


def test_nobody_is_reminded_while_the_camera_is_away() -> None:
    """Its clock stands still: nothing is asked for that could not be seen."""
    stage = Stage(CAPTIONED).play(still(2), {1.0: "go"}).play(still(10))
    before = len(stage.said)
    assert stage.phases[-1] == "work"
    assert stage.lose(40).said[before:] == []


def test_at_the_end_of_a_set_a_rest_is_told_and_nothing_else_to_do() -> None:
    """The next step is told when the next set begins."""
    spec = CAPTIONED.with_dose(sets=2, reps=1, rest=20)
    stage = Stage(spec).play(still(2), {1.0: "go"}).play(still(10)).play(raises(1)).play(still(20))
    one = stage.said.index("1")
    assert stage.said[one + 1] == "Rest for 20 seconds"
    assert "set 2 of 2" in stage.said


def test_who_sets_out_early_hears_no_set_after_its_first_repetition() -> None:
    """The count takes its place."""
    stage = Stage(CAPTIONED.with_dose(sets=2, reps=2, rest=20)).play(still(2), {1.0: "go"}).play(still(10))
    for _ in range(3):
        stage.play(Motion(STANDING).go(0.5, shoulder_abduction=170).go(0.5, shoulder_abduction=5).stay(0.6))
    stage.play(still(4))
    assert stage.phases[-2:] == ["rest", "work"]
    assert stage.said[-3:-1] == ["Rest for 20 seconds", "1"]
    assert "set 2 of 2" not in stage.said


def test_without_a_voice_a_tone_counts() -> None:
    """Each repetition has one, and no sentence takes its place."""
    stage = Stage(CAPTIONED.with_dose(reps=2)).play(still(2)).play(raises(2))
    announcer = Announcer(ENGLISH, speaks=False)
    heard = [sound for moment in stage.moments if (sound := announcer.take(moment, busy=False))]
    assert not any(sound.text for sound in heard)
    assert [sound.tone for sound in heard].count("count") == 2


def test_merged_repetitions_are_counted_once(working: Moment) -> None:
    """Both arms together."""
    listener = Listener(working).wait(0, 6).tell(6.0, RepDone(6.0, "left", 1, 5.0, {}, merged=True)).wait(6.1, 2)
    assert not {"0", "1"} & set(listener.said)


def test_that_hurts_is_answered_at_once_and_nothing_is_praised() -> None:
    """The tone, then the words; the rest after it has no "well done"."""
    stage = Stage(STRETCH, CAPTIONED).play(still(2, SITTING)).play(tilts(35), {4.0: "hurts"})
    stop = stage.said.index("(stop)")
    assert stage.said[stop : stop + 3] == [
        "(stop)", "All right. Come back slowly. We leave this one out", "Next: Arm raise"
    ]  # fmt: skip
    alone = (
        Stage(STRETCH, pain=True).play(still(1), {0.5: "go"}).play(still(1, SITTING)).play(tilts(35), {4.0: "hurts"})
    )
    assert "Well done, thank you" not in alone.said
    assert "How much does it hurt now?" in alone.said
    assert any(isinstance(told, Hurt) for moment in alone.moments for told in moment.told)


def test_pain_is_asked_aloud() -> None:
    """Before with the way to answer, after with thanks."""
    stage = Stage(ARM_RAISE.with_dose(reps=1), pain=True).play(still(9, STANDING)).play(still(8))
    assert stage.said[:2] == ["How much does it hurt?", "Press a key from 0 to 9, or x for 10"]
    stage.play(raises(1)).play(still(8))
    assert stage.said[-3:] == [
        "Well done, thank you",
        "How much does it hurt now?",
        "Press a key from 0 to 9, or x for 10",
    ]


def test_a_pause_says_how_it_ends() -> None:
    """And going on says what to do."""
    stage = (
        Stage(STRETCH).play(still(2, SITTING), {1.0: "go", 1.5: "go"}).play(still(14, SITTING), {5.0: "go", 12.0: "go"})
    )
    said = stage.said
    paused = said.index("Paused")
    assert said[paused : paused + 3] == [
        "Paused", "Raise a hand, or press space, to go on", "Ear toward your left shoulder"
    ]  # fmt: skip


def test_a_rest_between_sets_says_how_long_and_what_set_comes() -> None:
    """With its last seconds counted."""
    spec = CAPTIONED.with_dose(sets=2, reps=1, rest=10)
    stage = Stage(spec).play(still(2)).play(raises(1)).play(still(14))
    rest = stage.said.index("Rest for 10 seconds")
    assert stage.said[rest : rest + 5] == ["Rest for 10 seconds", "(count)", "(count)", "(count)", "set 2 of 2"]


def test_what_is_wrong_with_the_place_is_said_and_said_again() -> None:
    """After a moment, and every ten seconds while it stands; a neutral that takes its time is told."""
    stage = Stage(STRETCH).play(still(16, SITTING.but(scale=0.3)))
    assert stage.said.count("Come closer to the camera") == 2
    restless = Motion(SITTING).times(4, lambda m: m.go(0.4, neck_tilt=11).go(0.4, neck_tilt=-11))
    assert "Good. Stay like that for a moment" in Stage(STRETCH).play(restless.stay(4)).said


def test_a_summary_has_one_thing_to_work_on() -> None:
    """The one that counts most."""
    spec = exercise(
        *TILT_STEPS, **TILT_FIELDS | {"dose": {"reps": 1, "hold": 2}}, name="Stretch",
        faults=[{"id": "lean", "during": "tilt", "where": {"either.trunk_lean": {"above": 10}}, "say": "Stay tall"}],
    )  # fmt: skip
    motion = Motion(SITTING)
    for one in (35, -35):
        motion.go(1, neck_tilt=one, trunk_lean=20).stay(6).go(1, neck_tilt=0, trunk_lean=0).stay(3)
    stage = Stage(spec).play(still(2, SITTING)).play(motion).play(still(8, SITTING))
    assert "Stay tall" in stage.said
    assert stage.said[-1] == "To work on: Stay tall"


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


def test_who_knows_the_steps_hears_the_count_alone() -> None:
    """A step is told in the first two repetitions, so that fast ones are counted aloud."""
    stage = Stage(CAPTIONED.with_dose(reps=8)).play(still(2), {1.0: "go"}).play(still(4)).play(raises(6))
    third = stage.said.index("3")
    assert stage.said[third:] == ["3", "4", "5", "6"]


def test_a_hand_that_is_understood_is_told_at_once() -> None:
    """In the middle of a sentence."""
    hand = Motion(SITTING).go(0.3, right_shoulder_abduction=80, right_elbow_flexion=95).stay(2)
    stage = Stage(STRETCH).play(still(1.5, SITTING)).play(hand)
    assert ("understood", True) in [(sound.tone, sound.interrupts) for _, sound in stage.heard]


def test_sides_are_told_in_the_persons_language() -> None:
    """Stem and ending make a word."""
    german = Words("de", {"Now your {side} side": "Jetzt die {side}e Seite", "{side} = right": "recht"})
    announcer = Announcer(german)
    spec = TILT.with_dose(reps=1)
    stage = Stage(spec).play(still(2, SITTING)).play(tilts(35, hold_s=6))
    said = [sound.text for moment in stage.moments if (sound := announcer.take(moment, busy=False))]
    assert "Jetzt die rechte Seite" in said


def test_what_calls_for_a_doctor_is_said_in_place_of_advice() -> None:
    """Each sentence of it, after the minutes."""
    stage = Stage(CAPTIONED.with_dose(reps=1)).play(still(2)).play(raises(1)).play(still(5))
    moment = stage.moments[-1]
    assert moment.summary is not None
    summary = replace(moment.summary, doctor=("See a doctor.",), work_on="Chest up")
    listener = Listener(replace(moment, summary=summary)).wait(0, 8)
    assert listener.said[-1] == "See a doctor."


def test_a_hold_of_minutes_is_not_announced_in_seconds() -> None:
    """Only its tone."""
    spec = exercise({"id": "there", "where": {"trunk_lean": {"below": 30}}, "hold": 600}, dose={"reps": 1})
    stage = Stage(spec).play(still(12))
    assert "(hold)" in stage.said
    assert not any("breathe" in said for said in stage.said)


def test_from_the_side_the_side_that_works_turns_to_the_camera(working: Moment) -> None:
    """The change of sides says so."""
    spec = exercise(*TILT_STEPS, **TILT_FIELDS | {"camera": {"view": "side", "sees": ["head"]}})
    moment = replace(working, spec=spec, snapshot=replace(working.snapshot, events=()))
    listener = Listener(moment).wait(0, 6).tell(6.0, SideDone(6.0, "left")).wait(6.1, 1)
    assert listener.said[-1] == "Now your right side: turn it to the camera"


@pytest.mark.parametrize("tone", ["found", "done"])
def test_a_tone_is_short(tone: Tone) -> None:
    """And a sentence takes as long as it is long."""
    assert Sound(tone).seconds < 1 < Sound(None, "Ear toward your left shoulder").seconds
