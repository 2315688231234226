"""Seated posture in the background: a look every second or so, a word after minutes, no camera held during a call."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final, Literal, Protocol

from poise.app.mailbox import LatestFrame
from poise.app.sources import open_source
from poise.core.live.watching import QUICK_S, Advice, Look, Watching
from poise.core.types import Frame, FrameSource, PoseBackend
from poise.errors import SourceError

CALL_S: Final = 5.0  # between two questions whether a call is over
LOST_S: Final = 15.0  # between two attempts at a camera that is gone
MUTED_S: Final = 1800.0  # for so long somebody who asks for quiet is left alone
SPARING_S: Final = 10.0  # looks farther apart leave the camera to others in between
WARM_UP: Final = 5  # pictures until a camera has found its exposure
_TICK_S: Final = 0.1

Idle = Literal["call", "muted", "lost"]
Asked = Literal["quit", "mute", "break"]


class Face(Protocol):
    """What the person sees of it: a line in the terminal, perhaps a small window."""

    def show(self, look: Look, frame: Frame) -> None:
        """A look was taken."""
        ...

    def idle(self, why: Idle, what: str) -> None:
        """No look is taken, and why."""
        ...

    def tell(self, advice: Advice) -> None:
        """Something is worth an interruption."""
        ...

    def asked(self) -> Asked | None:
        """What the person asks for, if anything."""
        ...

    def take_break(self) -> None:
        """Do the desk break; returns when it is over."""
        ...


def open_eyes(camera: str, size_px: tuple[int, int]) -> FrameSource:
    """The camera, read only as often as is looked; a stream or a file goes on meanwhile, and its newest frame is taken.

    Raises:
        SourceError: It cannot be opened.
    """
    source = open_source(camera, size_px=size_px)
    return source if camera.isdigit() else LatestFrame(source)


class Watch:
    """Watches until the source ends or somebody asks to quit.

    Args:
        watching: Decides what to say.
        open_eyes: Opens the camera; called again after every call.
        backend: Finds the pose.
        face: What the person sees.
        call: What another program uses for a call, or None.
        every_s: Seconds between two looks.
        clock: Seconds that never go back.
        sleep: Waits for so many seconds.
    """

    def __init__(
        self, watching: Watching, open_eyes: Callable[[], FrameSource], backend: PoseBackend, face: Face,
        *, call: Callable[[], str | None], every_s: float = 1.0,
        clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep,
    ) -> None:  # fmt: skip
        self._watching = watching
        self._open_eyes = open_eyes
        self._backend = backend
        self._face = face
        self._call = call
        self._every_s = every_s
        self._clock = clock
        self._sleep = sleep
        self._eyes: tuple[FrameSource, Iterator[Frame]] | None = None
        self._muted_until_s = 0.0
        self._asked_call_s = -CALL_S
        self._in_call: str | None = None
        self._quit = False

    def run(self) -> None:
        """Watch.

        Raises:
            SourceError: The camera cannot be opened at the start; later it is waited for.
        """
        try:
            if not self._idle():
                self._open()
            while not self._quit:
                idle = self._idle()
                if idle:
                    self._release()
                    self._face.idle(*idle)
                    self._watching.in_call(self._clock())
                    self._wait(CALL_S)
                elif not self._look():
                    return
        finally:
            self._release()

    def _idle(self) -> tuple[Idle, str] | None:
        """Why not to look now."""
        now_s = self._clock()
        if now_s < self._muted_until_s:
            return "muted", f"{(self._muted_until_s - now_s) / 60:.0f}"
        if now_s - self._asked_call_s >= CALL_S:
            self._asked_call_s, self._in_call = now_s, self._call()
        return ("call", self._in_call) if self._in_call else None

    def _look(self) -> bool:
        """Take a look and wait for the next; False when the source has ended."""
        try:
            frame = self._frame()
        except SourceError as error:
            self._release()
            self._face.idle("lost", error.message)
            self._wait(LOST_S)
            return True
        if frame is None:
            return False
        look = self._watching.look(self._backend.estimate(replace(frame, t_s=self._clock())))
        self._face.show(look, frame)
        if look.advice:
            self._face.tell(look.advice)
        learning = self._watching.learning
        if self._every_s >= SPARING_S and not learning:
            self._release()
        self._wait(QUICK_S if learning else self._every_s)
        return True

    def _frame(self) -> Frame | None:
        fresh = self._eyes is None
        frames = self._open()
        frame = next(frames, None)
        for _ in range(WARM_UP * (fresh and self._every_s >= SPARING_S)):
            frame = next(frames, frame)
        return frame

    def _open(self) -> Iterator[Frame]:
        if self._eyes is None:
            eyes = self._open_eyes()
            self._eyes = eyes, iter(eyes)
        return self._eyes[1]

    def _release(self) -> None:
        if self._eyes:
            self._eyes[0].close()
            self._eyes = None

    def _wait(self, seconds: float) -> None:
        """Let time pass, and do what the person asks for meanwhile."""
        end_s = self._clock() + seconds
        while True:
            asked = self._face.asked()
            if asked == "quit":
                self._quit = True
            elif asked == "mute":
                self._muted_until_s = 0.0 if self._clock() < self._muted_until_s else self._clock() + MUTED_S
            elif asked == "break":
                self._release()
                self._face.take_break()
            left_s = end_s - self._clock()
            if asked or left_s <= 0:
                return
            self._sleep(min(_TICK_S, left_s))
