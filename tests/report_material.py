"""Sessions of recorded clips, and what they are shown with."""

from __future__ import annotations

from pathlib import Path

import media
from poise.core.curves import CurveLog, Curves
from poise.core.replay import replay
from poise.core.session import Session
from poise.core.spec import Spec
from poise.io.specs import load_spec
from recorded import SAMPLES, recorded


def session_of(clip: str, exercise: str, **dose: float) -> tuple[Spec, Session, Curves]:
    """What a recorded sample clip shows."""
    spec = load_spec(exercise).with_dose(**dose)
    track, curves = recorded(SAMPLES / f"{clip}.mp4"), CurveLog(spec)
    blank = Session(poise="0", source=f"{clip}.mp4", exercise=spec.id, model=track.model)
    return spec, replay(track.poses, spec, blank, curves), curves.close()


def film(path: Path, seconds: int) -> Path:
    """A small video that lasts so long, two pictures a second."""
    return media.make_clip(path, [i / 2 for i in range(2 * seconds + 1)], options={"g": "4"})
