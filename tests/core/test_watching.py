"""When somebody at work is spoken to: a simulated day at the desk, one look in five seconds."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from coaching import exercise
from figures import SITTING, Figure

from poise.core.live.watching import LEARNING_S, QUICK_S, Advice, Limits, Look, Watching
from poise.core.spec import Spec
from poise.core.words import Words
from poise.io.specs import load_spec
from recorded import recorded

LEANS, RAISED = SITTING.but(trunk_lean=12.0), SITTING.but(shoulder_raise=14.0)
NOBODY, FAR = SITTING.but(present=False), SITTING.but(scale=0.2, trunk_lean=12.0)
MINUTE = 60.0

#: Slumping is to lean or to lift the shoulders; who stands or turns away is seen from a side that is not judged.
DESK: Spec = exercise(
    {"id": "sitting", "where": {"trunk_incline": {"below": 50}}},
    faults=[
        {"id": "leans", "where": {"either.shoulder_line": {"above": 6}}, "say": "Come back to the middle"},
        {"id": "raised", "where": {"both.shoulder_raise": {"above": 7}}, "say": "Let the shoulders sink"},
    ],
    sides="both",
)


class Day:
    """Looks at one figure after the other, as often as is wanted, and keeps what came of it."""

    def __init__(self, limits: Limits = Limits(), words: Words | None = None) -> None:  # noqa: B008
        self.watching = Watching(DESK, words, limits) if words else Watching(DESK, limits=limits)
        self.t_s = 0.0
        self.looks: list[Look] = []

    def sees(self, figure: Figure, seconds: float, every_s: float = 5.0) -> list[tuple[float, Advice]]:
        """So many seconds of one figure; what was said, and when."""
        first, end_s = len(self.looks), self.t_s + seconds
        said = []
        while self.t_s < end_s - 1e-6:
            self.t_s += QUICK_S if self.watching.learning else every_s
            look = self.watching.look(figure.pose(self.t_s))
            self.looks.append(look)
            if look.advice:
                said.append((self.t_s, look.advice))
        assert len(self.looks) > first
        return said


def kinds(said: Iterable[tuple[float, Advice]]) -> list[str]:
    """What kind each was."""
    return [advice.kind for _, advice in said]


def test_an_hour_without_a_break_is_told_and_again_ten_minutes_later() -> None:
    """Sitting tall all the time: after 60 minutes, and after 70, how long it has been."""
    day = Day()
    said = day.sees(SITTING, 75 * MINUTE)
    assert [(round(t_s / MINUTE), advice.kind) for t_s, advice in said] == [(60, "break"), (70, "break")]
    assert said[0][1].text.startswith("You have been sitting for 60 minutes")
    assert day.looks[0].posture == "learning"
    assert {look.posture for look in day.looks[60:]} == {"upright"}
    assert day.looks[-1].sitting_s == pytest.approx(75 * MINUTE, abs=2)


def test_the_upright_is_learned_in_quick_looks() -> None:
    """For five seconds ten looks in a second, then one."""
    day = Day()
    day.sees(SITTING, 20.0, every_s=1.0)
    assert len(day.looks) == pytest.approx(LEARNING_S / QUICK_S + 15, abs=2)


@pytest.mark.parametrize(("figure", "say"), [(LEANS, "Come back to the middle"), (RAISED, "Let the shoulders sink")])
def test_two_minutes_of_slumping_are_told_with_what_to_do(figure: Figure, say: str) -> None:
    """Once, and not again before ten minutes have passed, however long it goes on."""
    day = Day()
    day.sees(SITTING, 10.0)
    said = day.sees(figure, 15 * MINUTE)
    assert [(round(t_s), advice.text) for t_s, advice in said] == [(130, say), (730, say)]


def test_what_lasts_longest_is_what_is_told() -> None:
    """A minute of leaning and one and a half of lifted shoulders are two and a half minutes of slumping."""
    day = Day()
    day.sees(SITTING, 10.0)
    said = day.sees(LEANS, 45.0) + day.sees(RAISED, 80.0)
    assert [advice.text for _, advice in said] == ["Let the shoulders sink"]


def test_a_short_moment_of_upright_takes_off_no_more_than_itself() -> None:
    """Ninety seconds slumped, thirty upright, sixty slumped: that makes two minutes."""
    day = Day()
    day.sees(SITTING, 10.0)
    assert day.sees(LEANS, 90.0, 1.0) + day.sees(SITTING, 30.0, 1.0) + day.sees(LEANS, 57.0, 1.0) == []
    assert kinds(day.sees(LEANS, 5.0, 1.0)) == ["slump"]


def test_who_sits_up_again_is_left_alone() -> None:
    """A minute slumped and a minute upright, all morning."""
    day = Day()
    day.sees(SITTING, 10.0)
    assert [said for _ in range(20) for said in (*day.sees(LEANS, 60.0), *day.sees(SITTING, 65.0))] == []


def test_nothing_is_said_when_nobody_is_there() -> None:
    """An empty chair neither slumps nor sits too long."""
    day = Day()
    assert day.sees(NOBODY, 100 * MINUTE) == []
    assert {look.posture for look in day.looks} == {"away"}
    assert day.looks[-1].sitting_s == 0.0


def test_a_minute_away_is_a_break_and_less_is_none() -> None:
    """The hour begins anew after two minutes away, and goes on after half a minute."""
    day = Day()
    day.sees(SITTING, 50 * MINUTE)
    day.sees(NOBODY, 30.0)
    assert kinds(day.sees(SITTING, 15 * MINUTE)) == ["break"]
    day.sees(NOBODY, 2 * MINUTE)
    assert day.sees(SITTING, 59 * MINUTE) == []
    assert kinds(day.sees(SITTING, 2 * MINUTE)) == ["break"]


def test_after_a_break_the_upright_is_learned_anew() -> None:
    """The laptop stands elsewhere, and whoever comes back sits as they sit: that is the new measure."""
    day = Day()
    day.sees(SITTING, 10.0)
    day.sees(NOBODY, 2 * MINUTE)
    day.sees(LEANS, 3.0, every_s=1.0)
    assert day.looks[-1].posture == "learning"


def test_a_laptop_that_slept_has_had_a_break() -> None:
    """Half an hour without a look is no half hour of sitting."""
    day = Day()
    day.sees(SITTING, 40 * MINUTE)
    day.t_s += 30 * MINUTE
    assert day.sees(SITTING, 40 * MINUTE) == []


def test_a_clock_that_was_set_back_adds_nothing() -> None:
    """Time never runs backward."""
    day = Day()
    day.sees(SITTING, 10.0)
    before_s = day.looks[-1].sitting_s
    day.t_s -= 9.0
    day.sees(SITTING, 1.0)
    assert day.looks[-1].sitting_s == pytest.approx(before_s, abs=1.5)


def test_a_call_is_never_interrupted_and_is_sitting_all_the_same() -> None:
    """The break that is due during a call is told when it is over; slumping before the call is forgotten."""
    day = Day()
    day.sees(SITTING, 50 * MINUTE)
    day.sees(LEANS, 110.0)
    for _ in range(20 * 12):
        day.t_s += 5.0
        day.watching.in_call(day.t_s)
    assert kinds(day.sees(LEANS, 30.0)) == ["break"]
    assert day.looks[-1].sitting_s == pytest.approx(72 * MINUTE, abs=30)


def test_who_is_too_far_away_is_there_and_not_judged() -> None:
    """Leaning at the other end of the room is sitting, and no slump."""
    day = Day()
    day.sees(SITTING, 10.0)
    assert day.sees(FAR, 5 * MINUTE) == []
    assert day.looks[-1].posture == "unseen"
    assert day.looks[-1].sitting_s > 4 * MINUTE


def test_limits_and_words_are_the_persons_own() -> None:
    """Half an hour and thirty seconds, in their language."""
    day = Day(Limits(slump_s=30.0, break_s=30 * MINUTE), Words("de", {"Time for a break": "Zeit für eine Pause"}))
    day.sees(SITTING, 10.0)
    assert kinds(day.sees(LEANS, 35.0)) == ["slump"]
    assert [advice.title for _, advice in day.sees(SITTING, 30 * MINUTE)] == ["Zeit für eine Pause"]


@pytest.mark.parametrize(
    ("clip", "slumped", "upright"),
    [
        ("seated-posture", (7, 13, 14, 15, 20, 28), (10, 11, 18, 25, 26)),
        ("seated-posture-b", (7, 8, 13, 15), (11,)),
    ],
)
def test_one_look_in_a_second_sees_what_the_clips_show(
    clip: str, slumped: tuple[int, ...], upright: tuple[int, ...]
) -> None:
    """From front and side, against the upright of the clip's first seconds."""
    watching = Watching(load_spec("seated-posture"))
    track = recorded(Path(__file__).parents[2] / "sample_videos" / f"{clip}.mp4")
    postures, last_s = {}, -1.0
    for pose in track.poses:
        if pose.t_s - last_s >= (QUICK_S if watching.learning else 1.0) - 1e-6:
            last_s = pose.t_s
            postures[round(last_s)] = watching.look(pose).posture
    assert {postures[t_s] for t_s in slumped} == {"slumped"}
    assert {postures[t_s] for t_s in upright} == {"upright"}
