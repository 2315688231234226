"""Live coaching with a scripted camera, model and screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from coaching import ARM_RAISE, TILT
from figures import SITTING, SIZE_PX, STANDING, Motion

from poise.app.live import Live
from poise.app.mailbox import LatestFrame
from poise.core.coach import Coach
from poise.core.session import Session
from poise.core.spec import Spec
from poise.core.types import ByteArray, Frame, Pose
from poise.errors import SourceError
from poise.io.overlay import Overlay
from poise.testing import FakeBackend, FakeSource

FPS = 10
SHARE = 0.25  # of the size of the figures' picture: smaller ones are drawn sooner
WIDTH, HEIGHT = round(SHARE * SIZE_PX[0]), round(SHARE * SIZE_PX[1])
GREY = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
LATE_S = 1000.0  # cameras count from when the machine was started
TICKS = 40  # without a frame for two seconds

Item = Frame | None | Exception


class ScriptedCamera:
    """Gives what it is told to: a frame, None for a while without one, or an error; then it has ended."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = list(items)
        self.given = 0

    def take(self, timeout_s: float) -> Frame | None:  # noqa: ARG002
        """The next item."""
        if self.ended:
            return None
        item = self._items[self.given]
        self.given += 1
        if isinstance(item, Exception):
            raise item
        return item

    @property
    def ended(self) -> bool:
        """Whether all was given."""
        return self.given == len(self._items)


class ScriptedScreen:
    """Keeps the pictures it is shown, and presses keys after the given numbers of looks."""

    def __init__(self, keys: dict[int, str] | None = None) -> None:
        self.pictures: list[ByteArray] = []
        self._keys = keys or {}
        self._looks = 0

    def show(self, bgr: ByteArray) -> None:
        """Keep it."""
        self.pictures.append(bgr.copy())

    def key(self) -> str | None:
        """The key for this look."""
        self._looks += 1
        return self._keys.get(self._looks)

    def close(self) -> None:
        """Nothing to close."""


def frames(motion: Motion, lapse: tuple[int, float] = (0, 0.0)) -> list[Item]:
    """One plain frame for each moment of a motion; from the given frame on, so many seconds later."""
    count = len(motion.poses(FPS))
    return [Frame(i, LATE_S + i / FPS + (lapse[1] if i >= lapse[0] else 0.0), GREY) for i in range(count)]


def poses(motion: Motion) -> list[Pose]:
    """The motion in the smaller picture."""
    return [replace(pose, size_px=(WIDTH, HEIGHT), xy_px=SHARE * pose.xy_px) for pose in motion.poses(FPS)]


def coached(
    motion: Motion, items: Iterable[Item], keys: dict[int, str] | None = None, spec: Spec = ARM_RAISE, **options: Any
) -> tuple[Session, ScriptedScreen, Live]:
    """A live session to its end: one pose of the motion for each frame that is looked at, in order."""
    screen = ScriptedScreen(keys)
    backend = FakeBackend(poses(motion))
    blank = Session(poise="0", source="test", exercise=spec.id, model="none")
    live = Live(spec, ScriptedCamera(items), backend, screen, blank, **options)  # type: ignore[arg-type]
    return live.run(), screen, live


def has_notice(picture: ByteArray) -> bool:
    """Whether something lies across the picture above the band, out to its edge."""
    return bool((picture[: HEIGHT * 3 // 4, :4] != 90).any())


def raises(count: int) -> Motion:
    """So many arm raises."""
    up, down = {"shoulder_abduction": 170}, {"shoulder_abduction": 5}
    return Motion(STANDING).stay(1).times(count, lambda m: m.go(1, **up).go(1, **down).stay(0.5))


def held_tilt() -> Motion:
    """One tilt to the left, held for five seconds."""
    return Motion(SITTING).stay(2).go(1, neck_tilt=35).stay(5).go(1, neck_tilt=0).stay(2)


def paused(items: list[Item], at: int, motion_frames: int, spare: int) -> list[Item]:
    """The frames with so many spare ones in between, that a pause swallows; later ones come later."""
    first, rest = items[:at], items[at:motion_frames]
    last = first[-1]
    assert isinstance(last, Frame)
    extra: list[Item] = [Frame(i, last.t_s + (i + 1) / FPS, last.bgr) for i in range(spare)]
    later = [Frame(f.index, f.t_s + spare / FPS, f.bgr) for f in rest if isinstance(f, Frame)]
    return [*first, *extra, *later]


def test_a_session_is_coached_to_the_end_of_its_source() -> None:
    """Every frame is coached and shown; the times of the session count from its first frame."""
    motion = raises(3)
    items = frames(motion)
    session, screen, _ = coached(motion, items)
    assert session.reps.total == 3
    assert session.frames == len(items) == len(screen.pictures)
    assert session.repetitions[0].start_s == pytest.approx(1.0, abs=0.5)


def test_q_ends_it_and_keeps_what_was_done() -> None:
    """After q no frame is taken any more, and the repetitions until then are there."""
    motion = raises(3)
    session, _, _ = coached(motion, frames(motion), {38: "q"})
    assert (session.frames, session.reps.total) == (38, 1)


def test_a_pause_is_no_hold_time() -> None:
    """Twenty seconds of pause in the middle of a hold add nothing to it, and take nothing from it."""
    motion = held_tilt()
    items = frames(motion)
    whole, _, _ = coached(motion, items, spec=TILT)
    spare = 20 * FPS
    with_pause = paused(items, 50, len(items), spare)
    session, screen, _ = coached(motion, with_pause, {50: "space", 50 + spare: "space"}, spec=TILT)
    assert [hold.held_s for hold in session.holds] == pytest.approx([hold.held_s for hold in whole.holds], abs=0.01)
    assert session.reps.total == whole.reps.total == 1
    assert session.frames == whole.frames
    assert len(screen.pictures) == len(items) + 1  # the notice, and then nothing new


def test_a_lost_camera_is_told_and_its_time_is_no_hold_time() -> None:
    """While no frame comes the picture says so; when they come back the hold goes on where it was."""
    motion = held_tilt()
    items = frames(motion, lapse=(50, 30.0))
    whole, _, _ = coached(motion, frames(motion), spec=TILT)
    session, screen, _ = coached(motion, [*items[:50], *[None] * TICKS, *items[50:]], spec=TILT)
    assert [hold.held_s for hold in session.holds] == pytest.approx([hold.held_s for hold in whole.holds], abs=0.1)
    assert [has_notice(picture) for picture in (screen.pictures[49], screen.pictures[50], screen.pictures[-1])] == [
        False, True, False,
    ]  # fmt: skip


def test_r_begins_anew() -> None:
    """What was counted before is forgotten, and the times of the new session still fit the pictures."""
    motion = raises(3)
    session, _, _ = coached(motion, frames(motion), {33: "r"})
    assert session.reps.total == 2
    assert session.frames == len(frames(motion)) - 33


def test_m_turns_the_mirror() -> None:
    """The picture is mirrored at first, and not any more after m."""
    half = np.zeros((48, 64, 3), np.uint8)
    half[:, 32:] = 200
    items: list[Item] = [Frame(i, i / FPS, half) for i in range(2)]
    backend = FakeBackend(lambda _: None)
    screen = ScriptedScreen({1: "m"})
    blank = Session(poise="0", source="test", exercise="x", model="none")
    Live(ARM_RAISE, ScriptedCamera(items), backend, screen, blank).run()  # type: ignore[arg-type]
    first, second = screen.pictures
    assert first[2, 5].tolist() == [200] * 3 == second[2, -5].tolist()
    assert first[2, -5].tolist() == [0] * 3 == second[2, 5].tolist()


def test_n_shows_the_other_side() -> None:
    """The words and the highlight go to the other side at once, as if the coach had begun there."""
    motion = Motion(SITTING).stay(1)
    _, screen, _ = coached(motion, frames(motion), {5: "n"}, spec=TILT, mirror=False)
    coach, overlay = Coach(TILT), Overlay(TILT)
    for i, pose in enumerate(poses(motion)):
        snapshot = coach.step(pose)
        expected = overlay.draw(GREY, snapshot)
        assert np.array_equal(screen.pictures[i], expected)
        if i == 4:
            coach.skip_side()
    assert snapshot.state.side == "right"


def test_h_shows_the_keys_until_it_is_pressed_again() -> None:
    """The keys lie over the picture, and the coaching goes on."""
    motion = Motion(STANDING).stay(1)
    session, screen, _ = coached(motion, frames(motion), {3: "h", 6: "h"})
    helped = [has_notice(picture) for picture in screen.pictures]
    assert helped == [False] * 3 + [True] * 3 + [False] * (session.frames - 6)


def test_unknown_keys_do_nothing() -> None:
    """A cat on the keyboard changes nothing."""
    motion = raises(1)
    session, _, _ = coached(motion, frames(motion), dict.fromkeys(range(1, 30), "x"))
    assert session.reps.total == 1


def test_a_source_that_fails_keeps_the_session() -> None:
    """The error reaches the caller, and what was done until then can still be had."""
    motion = raises(2)
    items = [*frames(motion)[:40], SourceError("camera 0 delivers no pictures", "plug it in")]
    screen = ScriptedScreen()
    blank = Session(poise="0", source="test", exercise="x", model="none")
    live = Live(ARM_RAISE, ScriptedCamera(items), FakeBackend(poses(motion)), screen, blank)  # type: ignore[arg-type]
    with pytest.raises(SourceError, match="delivers no pictures"):
        live.run()
    assert (live.session.frames, live.session.reps.total) == (40, 1)


def test_an_interrupt_is_an_end() -> None:
    """Ctrl-C ends the session as q does."""
    motion = raises(1)

    class Interrupted(ScriptedScreen):
        def key(self) -> str | None:
            raise KeyboardInterrupt

    blank = Session(poise="0", source="test", exercise="x", model="none")
    camera, backend = ScriptedCamera(frames(motion)), FakeBackend(poses(motion))
    assert Live(ARM_RAISE, camera, backend, Interrupted(), blank).run().frames == 1  # type: ignore[arg-type]


def test_before_the_first_frame_the_window_is_not_empty() -> None:
    """While the camera starts there is a picture, always the same one."""
    motion = Motion(STANDING).stay(0.5)
    _, screen, _ = coached(motion, [None, None, None, *frames(motion)])
    assert (screen.pictures[0] > 200).any()
    assert np.array_equal(screen.pictures[0], screen.pictures[2])


def test_with_a_real_mailbox_it_ends_with_its_source() -> None:
    """Frames may be dropped, but the end is noticed and the last frame is seen."""
    source = FakeSource([i / 30 for i in range(20)], size_px=SIZE_PX)
    screen = ScriptedScreen()
    blank = Session(poise="0", source="test", exercise="x", model="none")
    latest = LatestFrame(source)
    session = Live(ARM_RAISE, latest, FakeBackend(lambda _: STANDING.pose()), screen, blank).run()
    latest.close()
    assert 1 <= session.frames <= 20


def test_in_a_routine_an_exercise_ends_with_its_dose() -> None:
    """Two sets of one raise: the third raise belongs to the next exercise."""
    spec = ARM_RAISE.with_dose(sets=2, reps=1)
    motion = raises(3)
    session, _, live = coached(motion, frames(motion), spec=spec, ends=True)
    assert session.reps.total == 2
    assert not live.quit


def test_e_goes_on_with_the_next_exercise_and_q_stops() -> None:
    """Both end this exercise at once; only one of them ends the routine."""
    motion = raises(1)
    for key, quits in (("e", False), ("q", True)):
        session, _, live = coached(motion, frames(motion), {5: key})
        assert session.frames == 5
        assert live.quit is quits
