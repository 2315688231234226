"""The clock of one hold: starts in stillness, pauses, never resets, ends with the last still moment."""

from __future__ import annotations

import math

import pytest

from poise.core import holds
from poise.core.events import Event, HoldPaused, HoldReached, HoldStarted
from poise.core.holds import HoldClock


def clock(target_s: float = 5.0, grace_s: float = 1.0, approach_speed: float = 40.0) -> HoldClock:
    """A clock whose limit of stillness is 6 per second, 15 % of the approach."""
    return HoldClock("tilt", "left", target_s, grace_s, approach_speed)


def run(
    subject: HoldClock, start_s: float, end_s: float, met: bool | None = True, speed: float = 0.0, fps: int = 20
) -> list[Event]:
    """Let the same go on from one time up to, not including, another."""
    events: list[Event] = []
    for i in range(round((end_s - start_s) * fps)):
        events += subject.update(start_s + i / fps, met, speed)
    return events


def test_the_clock_runs_while_the_position_is_held() -> None:
    """Still from 1.0 s on (seen 0.1 s later, because a speed trails) to 4.0 s: held 3.0 s."""
    subject = clock()
    events = run(subject, 1.1, 4.15)
    assert [type(event) for event in events] == [HoldStarted]
    done = subject.done(5.0)
    assert (done.start_s, done.end_s, done.held_s) == pytest.approx((1.0, 4.0, 3.0), abs=0.01)
    assert (done.t_s, done.side, done.step, done.target_s) == (5.0, "left", "tilt", 5.0)


def test_the_clock_waits_for_the_movement_to_settle() -> None:
    """In the position but still moving at 7 per second, faster than 15 % of 40, nothing is held."""
    subject = clock()
    assert run(subject, 0.0, 2.0, speed=7.0) == []
    assert not subject.started
    assert subject.done(2.0).held_s == 0.0
    run(subject, 2.0, 3.0, speed=5.0)
    assert subject.started


@pytest.mark.parametrize(("approach", "still", "moving"), [(0.0, 2.9, 3.1), (40.0, 5.9, 6.1), (400.0, 19.9, 20.1)])
def test_stillness_is_judged_by_the_way_in(approach: float, still: float, moving: float) -> None:
    """15 % of the fastest moment on the way in, but never below 3 nor above 20 per second."""
    for speed, started in ((still, True), (moving, False)):
        subject = clock(approach_speed=approach)
        subject.update(1.0, True, speed)
        assert subject.started == started


def test_the_time_asked_for_is_told_once() -> None:
    """A hold of 2 s that lasts 5 s is reached once, at 2 s."""
    events = run(clock(target_s=2.0), 0.1, 5.0)
    reached = [event for event in events if isinstance(event, HoldReached)]
    assert [event.t_s for event in reached] == [pytest.approx(2.0, abs=0.051)]


@pytest.mark.parametrize("lapse", [False, None])
def test_a_lapse_pauses_and_never_resets(lapse: bool | None) -> None:
    """2 s held, 0.8 s left or out of sight, 2 s held: paused once, 4 s in all."""
    subject = clock()
    run(subject, 0.1, 2.05)
    paused = run(subject, 2.05, 2.85, lapse)
    assert [type(event) for event in paused] == [HoldPaused]
    assert not subject.left(2.85)
    run(subject, 2.85, 4.95)
    assert subject.held_s == pytest.approx(4.0, abs=0.15)


def test_leaving_for_longer_than_the_grace_time_is_for_good() -> None:
    """0.9 s outside is a lapse, 1.0 s is the end."""
    subject = clock()
    run(subject, 0.0, 2.0)
    subject.update(2.0, False, 0.0)
    assert not subject.left(2.9)
    assert subject.left(3.0)


def test_out_of_sight_is_never_for_good() -> None:
    """However long nobody is seen, the position was not left."""
    subject = clock()
    run(subject, 0.0, 2.0)
    run(subject, 2.0, 20.0, None)
    assert not subject.left(20.0)


def test_two_lapses_do_not_add_up() -> None:
    """Back in the position the grace time begins anew."""
    subject = clock()
    run(subject, 0.0, 2.0)
    run(subject, 2.0, 2.8, False)
    run(subject, 2.8, 3.2)
    subject.update(3.2, False, 0.0)
    assert not subject.left(3.8)


def test_setting_out_on_the_way_back_is_not_holding() -> None:
    """Still until 3.0 s, then moving away at 30 per second inside the position until 3.6 s: held until 3.0 s."""
    subject = clock()
    run(subject, 0.1, 3.1)
    run(subject, 3.1, 3.6, speed=30.0)
    done = subject.done(4.0)
    assert done.end_s == pytest.approx(3.0, abs=0.06)
    assert done.held_s == pytest.approx(3.0, abs=0.06)


def test_a_position_never_still_was_not_held() -> None:
    """Brushed in passing, a hold has no length and begins where it ends."""
    subject = clock()
    run(subject, 0.0, 0.5, speed=math.inf)
    done = subject.done(0.5)
    assert (done.start_s, done.end_s, done.held_s) == (0.5, 0.5, 0.0)


def wavering(depth_at: dict[float, tuple[float, float]]) -> HoldClock:
    """A clock that was shown a speed and a depth from each of these times on, up to 5.0 s, 20 times a second."""
    subject = clock()
    for i in range(101):
        t_s = i / 20
        speed, depth = depth_at[max(start_s for start_s in depth_at if start_s <= t_s)]
        subject.update(t_s, True, speed, depth)
    return subject


def test_a_limb_that_never_looks_still_is_held_from_where_it_is_deep() -> None:
    """Still only from 2.1 to 3 s, as deep as then from 1 to 4 s, and less deep before and after: held for 3 s."""
    done = wavering({0.0: (9, 5), 1.0: (9, 30), 2.1: (0, 30), 3.0: (9, 30), 4.0: (9, 5)}).done(5.0)
    assert (done.start_s, done.end_s, done.held_s) == pytest.approx((1.0, 4.0, 3.0), abs=0.06)


def test_a_way_that_is_less_deep_is_no_part_of_the_hold() -> None:
    """Moving at 5 deep until 2.1 s and from 3 s on, still at 30 in between: held for 0.9 s, as by stillness alone."""
    done = wavering({0.0: (9, 5), 2.1: (0, 30), 3.0: (9, 5)}).done(5.0)
    assert (done.start_s, done.end_s, done.held_s) == pytest.approx((2.0, 2.95, 0.95), abs=0.06)


def test_a_long_hold_is_timed_as_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """With fewer than 32 moments kept, one in four (0.2 s) is: deep from 1 to 4 s is still a hold of about 3 s."""
    monkeypatch.setattr(holds, "MOST_DEPTHS", 32)
    done = wavering({0.0: (9, 5), 1.0: (9, 30), 2.1: (0, 30), 3.0: (9, 30), 4.0: (9, 5)}).done(5.0)
    assert done.held_s == pytest.approx(3.0, abs=0.25)


def test_a_moment_that_looks_still_on_the_way_back_is_no_part_of_the_hold() -> None:
    """Still until 3 s, then on the way back, of which the moment at 4 s alone looks still: held until 3 s."""
    done = wavering({0.0: (0, 30), 3.0: (9, 5), 4.0: (0, 5), 4.05: (9, 5)}).done(5.0)
    assert done.end_s == pytest.approx(2.95, abs=0.06)


@pytest.mark.parametrize("lapse", [False, None])
def test_time_out_of_a_position_that_was_brushed_is_no_part_of_the_hold(lapse: bool | None) -> None:
    """Deep for 0.2 s in passing, 0.8 s left or out of sight, then still for 3 s and less deep: held for 3.2 s."""
    subject = clock()
    for i in range(81):
        deep, away = i <= 4, 4 < i < 20
        subject.update(i / 20, lapse if away else True, 40 if deep else 0, 10 if deep else 8)
    done = subject.done(4.0)
    assert (done.start_s, done.end_s, done.held_s) == pytest.approx((0.0, 4.0, 3.2), abs=0.06)
