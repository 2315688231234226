"""The loop around a live session: the newest frame, always; keys, pictures, sound; what was done is kept in any case.

What a session does is decided in ``core/live/flow.py``, what is heard in ``core/live/announcer.py``, what is seen in
``io/overlay``; here they meet the camera, the window and the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np

from poise.app.mailbox import LatestFrame
from poise.app.speaker import Ear
from poise.core.live.announcer import Announcer
from poise.core.live.flow import Flow
from poise.core.live.moment import Command, Moment, Recorder
from poise.core.live.sounds import Sound
from poise.core.live.work_script import sentences_of
from poise.core.types import ByteArray, Frame, PoseBackend
from poise.core.words import ENGLISH, Words
from poise.io.overlay import Notice, Screens, draw_notice
from poise.io.video import opencv_on_one_thread
from poise.io.window import Screen

WORDS: Final = {
    "keys": "q quit · space go, pause · n other side · e next exercise · o that hurts · r restart · m mirror · "
    "f full screen · h keys",
    "no loudspeaker": "there is no loudspeaker",  # as the errors of the sound say it
    "no voice": "there is no voice",
}
KEYS: Final = WORDS["keys"]
PATIENCE_S: Final = 1.0  # without a frame for longer, the picture says so
SAID_S: Final = 3.0  # and after this the voice, for who does not look
TICK_S: Final = 0.05  # how often keys are looked at while no frame comes
NOTICE_S: Final = 4.0
_COMMANDS: Final[dict[str, Command]] = {
    "space": "go", "enter": "go", "n": "side", "e": "next", "r": "restart", "o": "hurts"
}  # fmt: skip
_ANSWERS: Final = {str(level): level for level in range(10)} | {"x": 10}


def greet(screen: Screen, name: str, words: Words = ENGLISH) -> None:
    """Show at once what is about to begin: loading the model takes a moment."""
    screen.show(_card((name, words("Getting ready"))))
    screen.key()


def _card(notice: Notice) -> ByteArray:
    """A picture for when there is none from the camera."""
    picture: ByteArray = np.full((480, 640, 3), 40, np.uint8)
    draw_notice(picture, notice)
    return picture


class Live:
    """One live session. Source, backend, screen, ear and recorder belong to the caller.

    Args:
        flow: What to do.
        source: The camera.
        backend: Finds the pose.
        screen: Where pictures go and keys come from.
        screens: Draws the pictures.
        ear: Where sound goes.
        words: The person's language.
        recorder: Keeps what happens, or None.
        watchers: Told every moment, too.
        film: Given every frame as the camera sees it, or None.
        mirror: Show the picture as a mirror does.

    Attributes:
        mirror: As it was left by the keys.
    """

    def __init__(
        self, flow: Flow, source: LatestFrame, backend: PoseBackend, screen: Screen,
        *, screens: Screens, ear: Ear, words: Words = ENGLISH, recorder: Recorder | None = None,
        watchers: Sequence[Callable[[Moment], None]] = (), film: Callable[[Frame], None] | None = None,
        mirror: bool = True,
    ) -> None:  # fmt: skip
        self._flow = flow
        self._source = source
        self._backend = backend
        self._screen = screen
        self._screens = screens
        self._ear = ear
        self._words = words
        self._watchers = [*([recorder.add] if recorder else []), *watchers]
        self._film = film
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="picture")  # enlarges it while the model looks
        self._announcer = Announcer(words, speaks=ear.speaks)
        self.mirror = mirror
        self._last: tuple[Frame, Moment] | None = None
        self._silent_s = 0.0
        self._prepared = 0  # the exercise whose sentences the voice has been told
        self._help = False
        self._told: tuple[str, float] = ("", 0.0)  # a problem with the sound, and until when it stands on the screen

    def run(self) -> None:
        """Go on until the session is over, the source ends, the window is closed, or somebody quits.

        Raises:
            SourceError: The camera failed for good; what was done until then is kept.
        """
        try:
            with opencv_on_one_thread():
                self._go_on()
        except KeyboardInterrupt:
            pass
        finally:
            self._beside.shutdown()
            moment = self._flow.finish()
            if moment is not None:
                self._tell(moment)

    def _go_on(self) -> None:
        while not self._flow.over:
            frame = self._source.take(TICK_S)
            if frame is None and self._source.ended:
                break
            moment = self._take(frame) if frame is not None else self._silence()
            key = self._screen.key()  # which also brings the picture onto the screen: all else comes after it
            if frame is not None and self._film:
                self._film(frame)
            if moment is not None:
                self._tell(moment)
                self._sound(moment)
            if key == "q":
                break
            if key is not None:
                self._press(key)

    def _take(self, frame: Frame) -> Moment:
        if self._silent_s >= PATIENCE_S and self._last is not None:
            self._ear.play(Sound("found"))
        self._silent_s = 0.0
        self._screens.room = self._screen.room
        ground = self._beside.submit(self._screens.ground, frame.bgr, self.mirror)
        moment = self._flow.step(self._backend.estimate(frame))
        self._last = frame, moment
        self._draw(self._notice(moment), ground.result())
        return moment

    def _tell(self, moment: Moment) -> None:
        for watcher in self._watchers:
            watcher(moment)

    def _sound(self, moment: Moment) -> None:
        if moment.number != self._prepared:
            self._prepared = moment.number
            self._ear.prepare(sentences_of(moment.spec, self._words))
        sound = self._announcer.take(moment, self._ear.busy)
        if sound is not None:
            self._ear.play(sound)

    def _notice(self, moment: Moment) -> Notice | None:
        """What lies across the picture: the keys, or once, why nothing is heard."""
        problem = self._ear.problem
        if problem and problem != self._told[0]:
            self._told = problem, moment.t_s + NOTICE_S
        if self._help:
            return moment.spec.name, self._words(KEYS)
        if problem and moment.t_s < self._told[1]:
            return self._words("Not everything can be heard"), self._words.translate(problem)
        return None

    def _draw(self, notice: Notice | None, ground: ByteArray | None = None) -> None:
        if self._last is None:
            return
        frame, moment = self._last
        picture = self._screens.draw(frame.bgr, moment, mirrored=self.mirror, notice=notice, ground=ground)
        self._screen.show(picture)

    def _silence(self) -> Moment | None:
        """No frame: countdowns go on, and after a while the picture says what is waited for."""
        before_s = self._silent_s
        self._silent_s += TICK_S
        if self._last is None:
            self._screen.show(_card((self._words("Getting ready"), self._words("starting the camera"))))
            return None
        frame, _ = self._last
        moment = self._flow.wait(frame.t_s + self._silent_s) if self._silent_s >= PATIENCE_S else None
        if moment is None:
            return None
        if before_s < PATIENCE_S:
            self._ear.play(Sound("lost"))
        if before_s < SAID_S <= self._silent_s:
            self._ear.play(Sound(None, self._words("Waiting for the camera")))
        self._last = frame, moment
        lost = self._words("Waiting for the camera"), self._words("the session goes on when it comes back")
        self._draw(lost)
        return moment

    def _press(self, key: str) -> None:
        if self._flow.phase in ("pain-before", "pain-after") and key in _ANSWERS:
            self._flow.answer(_ANSWERS[key])
        elif key in _COMMANDS:
            self._flow.command(_COMMANDS[key])
        elif key == "m":
            self.mirror = not self.mirror
        elif key == "h":
            self._help = not self._help
