"""A live session without machines: a camera, a window and an ear that follow a script."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from coaching import ARM_RAISE
from figures import SITTING, SIZE_PX, STANDING, Motion

from poise.app.live import Live
from poise.core.live.flow import Flow
from poise.core.live.moment import Moment
from poise.core.live.sounds import Sound
from poise.core.session import Session
from poise.core.spec import Spec
from poise.core.types import ByteArray, Frame, Pose
from poise.io.overlay import Screens
from poise.testing import FakeBackend

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

    room = None

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


@dataclass
class FakeEar:
    """Keeps what would be heard; each sound is over at once."""

    problem: str = ""
    busy: bool = False
    speaks: bool = True
    heard: list[Sound] = field(default_factory=list)
    prepared: list[str] = field(default_factory=list)

    def play(self, sound: Sound) -> None:
        """Keep it."""
        self.heard.append(sound)

    def prepare(self, sentences: Iterable[str]) -> None:
        """Keep what may come."""
        self.prepared += sentences

    def close(self) -> None:
        """Nothing to close."""


@dataclass
class Ran:
    """What a session came to."""

    flow: Flow
    live: Live
    screen: ScriptedScreen
    ear: FakeEar
    moments: list[Moment]

    @property
    def session(self) -> Session:
        """Of the first exercise."""
        return self.flow.sessions[0][1]

    @property
    def phases(self) -> list[str]:
        """Each phase once, in order."""
        phases = [moment.phase for moment in self.moments]
        return [phase for i, phase in enumerate(phases) if i == 0 or phase != phases[i - 1]]


def frames(motion: Motion, lapse: tuple[int, float] = (0, 0.0)) -> list[Item]:
    """One plain frame for each moment of a motion; from the given frame on, so many seconds later."""
    count = len(motion.poses(FPS))
    return [Frame(i, LATE_S + i / FPS + (lapse[1] if i >= lapse[0] else 0.0), GREY) for i in range(count)]


def poses(motion: Motion) -> list[Pose]:
    """The motion in the smaller picture."""
    return [replace(pose, size_px=(WIDTH, HEIGHT), xy_px=SHARE * pose.xy_px) for pose in motion.poses(FPS)]


def ran(
    motion: Motion, items: Iterable[Item], keys: dict[int, str] | None = None, *specs: Spec, pain: bool = False,
    problem: str = "", **options: Any,
) -> Ran:  # fmt: skip
    """A live session to its end: one pose of the motion for each frame that is looked at, in order."""
    screen, ear, moments = ScriptedScreen(keys), FakeEar(problem), list[Moment]()
    blank = Session(poise="0", source="test", exercise="exercise", model="none")
    flow = Flow([(spec, blank) for spec in specs or (ARM_RAISE,)], pain=pain)
    live = Live(
        flow, ScriptedCamera(items), FakeBackend(poses(motion)), screen,  # type: ignore[arg-type]
        screens=Screens(), ear=ear, watchers=[moments.append], **options,
    )  # fmt: skip
    live.run()
    return Ran(flow, live, screen, ear, moments)


def raises(count: int) -> Motion:
    """So many arm raises."""
    up, down = {"shoulder_abduction": 170}, {"shoulder_abduction": 5}
    return Motion(STANDING).stay(1).times(count, lambda m: m.go(1, **up).go(1, **down).stay(0.5))


def held_tilt() -> Motion:
    """One tilt to the left, held for five seconds."""
    return Motion(SITTING).stay(2).go(1, neck_tilt=35).stay(5).go(1, neck_tilt=0).stay(2)
