"""Coach somebody in front of a camera: the newest frame, always; keys; a session that is kept whatever happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from poise.app.mailbox import LatestFrame
from poise.core.coach import Coach, Snapshot
from poise.core.events import SetDone
from poise.core.session import Session, SessionLog
from poise.core.spec import Spec
from poise.core.types import ByteArray, Frame, PoseBackend
from poise.io.overlay import Notice, Overlay, draw_notice
from poise.io.window import Screen

KEYS = "q quit · space pause · r restart · m mirror · n next side · e next exercise · h keys"
PATIENCE_S = 1.0  # without a frame for longer, the picture says so
TICK_S = 0.05  # how often keys are looked at while no frame comes


def greet(screen: Screen, spec: Spec) -> None:
    """Show at once what is about to begin: loading the model takes a moment."""
    screen.show(_card((spec.name, "getting ready")))
    screen.key()


def _card(notice: Notice) -> ByteArray:
    """A picture for when there is none from the camera."""
    picture: ByteArray = np.full((480, 640, 3), 40, np.uint8)
    draw_notice(picture, notice)
    return picture


class Live:
    """One live session.

    Args:
        spec: The exercise.
        source: The camera; belongs to the caller.
        backend: Finds the pose; belongs to the caller.
        screen: Where pictures go and keys come from.
        session: What is known of the session before it begins.
        mirror: Show the picture as a mirror does.
        ends: End when the dose is done, as in a routine; otherwise go on counting.

    Attributes:
        mirror: As it was left by the keys.
        quit: Whether somebody asked to stop altogether, rather than to go on with the next exercise.
    """

    def __init__(
        self, spec: Spec, source: LatestFrame, backend: PoseBackend, screen: Screen, session: Session,
        *, mirror: bool = True, ends: bool = False,
    ) -> None:  # fmt: skip
        self._spec = spec
        self._source = source
        self._backend = backend
        self._screen = screen
        self._blank = session
        self.mirror = mirror
        self.quit = False
        self._ends = ends
        self._done = False
        self._overlay = Overlay(spec)
        self._last: tuple[Frame, Snapshot] | None = None
        self._clock_start_s: float | None = None  # on the source's clock; moves on while nobody is watched
        self._paused = False
        self._silent_s = 0.0
        self._help = False
        self._keys: dict[str, Callable[[], None]] = {
            "space": self._pause,
            "r": self._restart,
            "m": self._turn_mirror,
            "n": self._next_side,
            "e": self._end,
            "h": self._turn_help,
        }
        self._restart()

    def run(self) -> Session:
        """Coach until the source ends, the window is closed, or somebody quits.

        Raises:
            SourceError: The camera failed for good; ``session`` then has what was done until then.
        """
        try:
            while not self._done:
                frame = self._source.take(TICK_S)
                if frame is not None:
                    self._take(frame)
                elif self._source.ended:
                    break
                else:
                    self._silence()
                key = self._screen.key()
                if key == "q":
                    self.quit = True
                    break
                if key in self._keys:
                    self._keys[key]()
                    if self._paused:  # no frame will show what the key did
                        self._draw(("Paused", KEYS))
        except KeyboardInterrupt:
            self.quit = True
        return self.session

    @property
    def session(self) -> Session:
        """What was done until now."""
        t_s = self._last[0].t_s if self._last else 0.0
        self._log.take(self._coach.finish(t_s))
        return self._log.close(t_s)

    def _take(self, frame: Frame) -> None:
        lost, self._silent_s = self._silent_s >= PATIENCE_S, 0.0
        if self._clock_start_s is None:
            self._clock_start_s = frame.t_s
        if self._last and (self._paused or lost):
            # Time stands still in a pause and while the camera is lost: what nobody saw is no hold and no repetition.
            self._clock_start_s = frame.t_s - self._last[0].t_s - TICK_S * (not self._paused)
        if self._paused:
            return
        timed = replace(frame, t_s=frame.t_s - self._clock_start_s)
        snapshot = self._coach.step(self._backend.estimate(timed))
        self._log.add(snapshot)
        self._last = (timed, snapshot)
        self._draw()
        if self._ends and any(isinstance(e, SetDone) and e.number >= self._spec.dose.sets for e in snapshot.events):
            self._done = True

    def _draw(self, notice: Notice | None = None) -> None:
        if self._help and notice is None:
            notice = (self._spec.name, KEYS)
        if self._last:
            frame, snapshot = self._last
            picture = self._overlay.draw(frame.bgr, snapshot, mirrored=self.mirror, notice=notice)
        else:
            picture = _card(notice or (self._spec.name, ""))
        self._screen.show(picture)

    def _silence(self) -> None:
        self._silent_s += TICK_S
        if self._last is None:
            self._draw((self._spec.name, "starting the camera"))
        elif self._silent_s >= PATIENCE_S and not self._paused:
            self._draw(("Waiting for the camera", "the session goes on when it comes back"))

    def _pause(self) -> None:
        self._paused = not self._paused and self._last is not None

    def _restart(self) -> None:
        self._coach = Coach(self._spec)
        self._log = SessionLog(self._blank)
        self._paused = False

    def _turn_mirror(self) -> None:
        self.mirror = not self.mirror

    def _next_side(self) -> None:
        self._coach.skip_side()

    def _end(self) -> None:
        self._done = True

    def _turn_help(self) -> None:
        self._help = not self._help
