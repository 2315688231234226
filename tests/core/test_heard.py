"""What is heard of a session: by ear alone it can be followed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from coaching import ARM_RAISE, TILT, TILT_FIELDS, TILT_STEPS, exercise
from figures import SITTING, STANDING, Motion
from flowing import Stage
from listening import CAPTIONED, STRETCH, raises, still, tilts

from poise.core.live.announcer import Announcer
from poise.core.live.moment import Hurt
from poise.core.live.sounds import Sound, Tone
from poise.core.live.work_script import sentences_of
from poise.core.words import ENGLISH, Words


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


def test_a_hold_of_minutes_is_not_announced_in_seconds() -> None:
    """Only its tone."""
    spec = exercise({"id": "there", "where": {"trunk_lean": {"below": 30}}, "hold": 600}, dose={"reps": 1})
    stage = Stage(spec).play(still(12))
    assert "(hold)" in stage.said
    assert not any("breathe" in said for said in stage.said)


@pytest.mark.parametrize("tone", ["found", "done"])
def test_a_tone_is_short(tone: Tone) -> None:
    """And a sentence takes as long as it is long."""
    assert Sound(tone).seconds < 1 < Sound(None, "Ear toward your left shoulder").seconds
