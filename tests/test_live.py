"""The live loop with a scripted camera, model, screen and ear."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from coaching import ARM_RAISE, TILT
from figures import SIZE_PX, STANDING, Motion

from live_material import (
    FPS,
    GREY,
    HEIGHT,
    LATE_S,
    SHARE,
    TICKS,
    WIDTH,
    FakeEar,
    ScriptedCamera,
    ScriptedScreen,
    frames,
    held_tilt,
    poses,
    raises,
    ran,
)
from poise.app.live import Live
from poise.app.mailbox import LatestFrame
from poise.core.live.flow import Flow
from poise.core.live.moment import Hurt, PainTold
from poise.core.session import Session
from poise.core.types import Frame
from poise.errors import SourceError
from poise.io.overlay import Screens
from poise.testing import FakeBackend, FakeSource


def test_who_sets_out_is_coached_to_the_end_of_the_source() -> None:
    """Every frame is shown; what was done counts from the first moment of work."""
    motion = raises(3)
    items = frames(motion)
    run = ran(motion, items)
    assert run.session.reps.total == 3
    assert len(items) == len(run.screen.pictures) == len(run.moments) - 1  # the last one closes the exercise
    assert run.session.repetitions[0].start_s == pytest.approx(1.0, abs=0.5)
    assert run.phases == ["placing", "neutral", "ready", "work"]


def test_q_ends_it_and_keeps_what_was_done() -> None:
    """After q no frame is taken any more, and the repetitions until then are there."""
    run = ran(raises(3), frames(raises(3)), {38: "q"})
    assert len(run.screen.pictures) == 38
    assert run.session.reps.total == 1


def test_a_pause_is_no_hold_time() -> None:
    """Twenty seconds of pause in the middle of a hold add nothing to it, and take nothing from it."""
    motion = held_tilt()
    items = frames(motion)
    whole = ran(motion, items, None, TILT)
    spare = 20 * FPS
    still = motion.poses(FPS)[50]
    stretched = [*items[:50], *[Frame(50 + i, LATE_S + 5 + i / FPS, GREY) for i in range(spare)]]
    stretched += [replace(item, t_s=item.t_s + spare / FPS) for item in items[50:] if isinstance(item, Frame)]
    all_poses = poses(motion)
    small = replace(still, size_px=(WIDTH, HEIGHT), xy_px=SHARE * still.xy_px)
    shown = [*all_poses[:50], *[small] * spare, *all_poses[50:]]
    screen, blank = (
        ScriptedScreen({50: "space", 50 + spare: "space"}),
        Session(poise="", source="", exercise="x", model=""),
    )
    flow = Flow([(TILT, blank)])
    camera = ScriptedCamera(stretched)
    Live(flow, camera, FakeBackend(shown), screen, screens=Screens(), ear=FakeEar()).run()  # type: ignore[arg-type]
    ((_, session),) = flow.sessions
    assert [hold.held_s for hold in session.holds] == pytest.approx([h.held_s for h in whole.session.holds], abs=0.15)
    assert session.reps.total == whole.session.reps.total == 1


def test_a_lost_camera_is_told_and_its_time_is_no_hold_time() -> None:
    """While no frame comes the picture says so; when they come back the hold goes on where it was."""
    motion = held_tilt()
    whole = ran(motion, frames(motion), None, TILT)
    items = frames(motion, lapse=(50, 30.0))
    run = ran(motion, [*items[:50], *[None] * 3 * TICKS, *items[50:]], None, TILT)
    held = [hold.held_s for hold in run.session.holds]
    assert held == pytest.approx([hold.held_s for hold in whole.session.holds], abs=0.15)
    assert not np.array_equal(run.screen.pictures[50], run.screen.pictures[49])
    tones = [sound.tone for sound in run.ear.heard]
    assert tones.index("lost") < tones.index("found")
    assert "Waiting for the camera" in [sound.text for sound in run.ear.heard]


def test_r_begins_anew() -> None:
    """What was counted before is forgotten."""
    run = ran(raises(3), frames(raises(3)), {33: "r"})
    assert run.session.reps.total == 2


def test_m_turns_the_mirror_and_it_is_known_how_it_was_left() -> None:
    """The picture is mirrored at first, and not any more after m."""
    motion = Motion(STANDING).stay(1)
    run = ran(motion, frames(motion), {3: "m"})
    assert run.live.mirror is False


def test_h_shows_the_keys_until_it_is_pressed_again() -> None:
    """The keys lie over the picture, and the coaching goes on."""
    motion = Motion(STANDING.but(present=False)).stay(2)
    run = ran(motion, frames(motion), {8: "h", 11: "h"})
    shown = run.screen.pictures
    assert not np.array_equal(shown[8], shown[7])
    assert np.array_equal(shown[8], shown[10])
    assert np.array_equal(shown[11], shown[7])


def test_unknown_keys_do_nothing() -> None:
    """A cat on the keyboard changes nothing."""
    run = ran(raises(1), frames(raises(1)), dict.fromkeys(range(1, 30), "z"))
    assert run.session.reps.total == 1


def test_pain_is_one_key_before_and_after() -> None:
    """7 before; the dose done, x (ten) after; and what hurts in between ends the exercise."""
    spec = ARM_RAISE.with_dose(reps=1)
    motion = raises(1).stay(12)
    run = ran(motion, frames(motion), {2: "7", 80: "x"}, spec, pain=True)
    assert [told for moment in run.moments for told in moment.told] == [
        PainTold(pytest.approx(0.2, abs=0.15), "before", 7),  # type: ignore[arg-type]
        PainTold(pytest.approx(8.0, abs=0.15), "after", 10),  # type: ignore[arg-type]
    ]
    assert run.phases == ["pain-before", "placing", "neutral", "ready", "work", "pain-after", "summary"]
    hurt = ran(raises(3), frames(raises(3)), {25: "o"})
    assert [told for moment in hurt.moments for told in moment.told] == [
        Hurt(pytest.approx(2.5, abs=0.15), "exercise", None)  # type: ignore[arg-type]
    ]
    assert hurt.phases[-1] == "summary"


def test_why_nothing_is_heard_is_said_once() -> None:
    """For four seconds the picture says so, then never again."""
    motion = Motion(STANDING.but(present=False)).stay(6)
    silent = ran(motion, frames(motion), problem="there is no voice").screen.pictures
    well = ran(motion, frames(motion)).screen.pictures
    differ = [not np.array_equal(one, other) for one, other in zip(silent, well, strict=True)]
    assert differ == [True] * 40 + [False] * 21


def test_what_is_to_be_heard_reaches_the_ear() -> None:
    """The name of the exercise, the count."""
    ear = ran(raises(2), frames(raises(2))).ear
    said = [sound.text for sound in ear.heard]
    assert "Exercise" in said
    assert "1" in said
    assert ear.prepared[:3] == ["Exercise", "Go to 0", "Go to 1"]


def test_a_source_that_fails_keeps_the_session() -> None:
    """The error reaches the caller, and what was done until then can still be had."""
    motion = raises(2)
    items = [*frames(motion)[:40], SourceError("camera 0 delivers no pictures", "plug it in")]
    blank = Session(poise="0", source="test", exercise="x", model="none")
    flow = Flow([(ARM_RAISE, blank)])
    live = Live(
        flow, ScriptedCamera(items), FakeBackend(poses(motion)), ScriptedScreen(),  # type: ignore[arg-type]
        screens=Screens(), ear=FakeEar(),
    )  # fmt: skip
    with pytest.raises(SourceError, match="delivers no pictures"):
        live.run()
    assert flow.sessions[0][1].reps.total == 1


def test_an_interrupt_is_an_end() -> None:
    """Ctrl-C ends the session as q does."""

    class Interrupted(ScriptedScreen):
        def key(self) -> str | None:
            raise KeyboardInterrupt

    blank, screen = Session(poise="0", source="test", exercise="x", model="none"), Interrupted()
    camera, backend = ScriptedCamera(frames(raises(1))), FakeBackend(poses(raises(1)))
    flow = Flow([(ARM_RAISE, blank)])
    Live(flow, camera, backend, screen, screens=Screens(), ear=FakeEar()).run()  # type: ignore[arg-type]
    assert len(screen.pictures) == 1


def test_before_the_first_frame_the_window_is_not_empty() -> None:
    """While the camera starts there is a picture, always the same one."""
    motion = Motion(STANDING).stay(0.5)
    shown = ran(motion, [None, None, None, *frames(motion)]).screen.pictures
    assert (shown[0] > 200).any()
    assert np.array_equal(shown[0], shown[2])


def test_with_a_real_mailbox_it_ends_with_its_source() -> None:
    """Frames may be dropped, but the end is noticed and the last frame is seen."""
    source = LatestFrame(FakeSource([i / 30 for i in range(20)], size_px=SIZE_PX))
    screen, blank = ScriptedScreen(), Session(poise="0", source="test", exercise="x", model="none")
    backend = FakeBackend(lambda _: STANDING.pose())
    Live(Flow([(ARM_RAISE, blank)]), source, backend, screen, screens=Screens(), ear=FakeEar()).run()
    source.close()
    assert 1 <= len(screen.pictures) <= 20


def test_in_a_routine_one_exercise_follows_the_other() -> None:
    """One raise, a rest, and the next exercise; e leaves that one out and the session closes with a summary."""
    spec = ARM_RAISE.with_dose(reps=1)
    motion = raises(1).stay(20)
    run = ran(motion, frames(motion), {190: "e"}, spec, ARM_RAISE)
    assert run.phases == ["placing", "neutral", "ready", "work", "rest", "placing", "neutral", "ready", "summary"]
    assert [session.reps.total for _, session in run.flow.sessions] == [1]
