"""Makes the sheet of a live session's screens: four in English above, four in German below.

usage: python docs/images/make.py
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from poise.app.tracking import track_of
from poise.core.coach import Coach
from poise.core.cues import Cue
from poise.core.framing import WORDS
from poise.core.live.moment import Moment
from poise.core.live.summary import Done, Reach, Summary
from poise.core.spec import Spec
from poise.core.words import Words
from poise.io.overlay import Screens
from poise.io.pictures import picture_of
from poise.io.routines import read_routine
from poise.io.video import VideoFile
from poise.io.words import read_words

HERE = Path(__file__).parent
CLIP = HERE.parents[1] / "sample_videos" / "upper-trapezius-stretch.mp4"
HELD_S = 3.0
SIZE_PX = (480, 360)
GAP_PX = 8

Picture = NDArray[np.uint8]


def moments(words: Words, routine: list[Spec]) -> Iterator[tuple[Picture, Moment]]:
    """What is shown, with the frame to which each belongs."""
    number = number_in(routine)
    spec = routine[number]
    coach = Coach(spec, words)
    snapshots = [coach.step(pose) for pose in track_of(CLIP).poses]
    held = next(i for i, one in enumerate(snapshots) if (one.state.hold_s or 0.0) > HELD_S)
    frames = {frame.index: frame.bgr for frame in VideoFile(CLIP) if frame.index in (0, held)}
    first, last = snapshots[0], snapshots[held]
    far = replace(first, state=replace(first.state, problem="far"), cue=Cue("framing", words(WORDS["far"]), 0.0))
    begun = Moment(1.3, "ready", spec, first, number=number + 1, of=len(routine))
    ended = replace(begun, phase="work", snapshot=last)
    if words.language == "en":
        yield frames[0], replace(begun, phase="placing", snapshot=far)
        yield frames[0], begun
        yield frames[held], ended
        yield frames[held], replace(ended, phase="rest", left_s=7.0, following=routine[number + 1])
        return
    yield frames[0], replace(begun, phase="pain-before")
    yield frames[0], replace(begun, left_s=3.0)
    yield frames[held], replace(ended, phase="paused", raised=0.7)
    yield frames[held], replace(ended, phase="summary", summary=summary(routine, words))


def number_in(routine: list[Spec]) -> int:
    """Which of the routine's exercises the clip shows, from 0."""
    return next(n for n, spec in enumerate(routine) if spec.id == CLIP.stem)


def summary(routine: list[Spec], words: Words) -> Summary:
    """All was done as it should be; one thing could be better."""
    done = []
    for spec in routine:
        reps, hold = spec.dose.reps, spec.dose.hold
        counted = (2 * reps if spec.sided else reps, reps, reps)
        reach = Reach(34.0, 31.0, "°") if spec.sided else None
        done.append(Done(spec.name, spec.sided, counted, reps, counted[0] * hold, reach))
    return Summary(tuple(done), 412.0, words.with_side(routine[number_in(routine)].faults[0].say, "left"))


def row(language: str) -> Picture:
    """Four screens in one language, side by side."""
    words = read_words(language)
    routine = [spec.in_words(words.translate) for spec in read_routine("neck-relief").specs]
    parts = []
    for bgr, moment in moments(words, routine):
        screens = Screens(words, pictures=picture_of, room=(1280, 960))
        if moment.left_s:
            screens.draw(bgr, replace(moment, left_s=1.4 * moment.left_s))
        drawn = screens.draw(bgr, moment, mirrored=True)
        scale = SIZE_PX[1] / drawn.shape[0]
        parts.append(cv2.resize(drawn, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    return np.hstack([cv2.copyMakeBorder(part, GAP_PX, 0, GAP_PX, 0, 0, value=(255, 255, 255)) for part in parts])


def main() -> None:
    """Write the sheet."""
    rows = [row(language) for language in ("en", "de")]
    cv2.imwrite(str(HERE / "screens.jpg"), np.vstack(rows), [cv2.IMWRITE_JPEG_QUALITY, 88])


if __name__ == "__main__":
    main()
