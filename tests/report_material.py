"""Sessions of recorded clips, and what they are shown with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel

import media
from poise.core.curves import CurveLog, Curves
from poise.core.replay import replay
from poise.core.session import Session
from poise.core.spec import Spec
from poise.io.specs import load_spec
from recorded import SAMPLES, recorded

HOSTILE = "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1>\"'&amp;\n{{ 7 * 7 }}"


def session_of(clip: str, exercise: str, **dose: float) -> tuple[Spec, Session, Curves]:
    """What a recorded sample clip shows."""
    spec = load_spec(exercise).with_dose(**dose)
    track, curves = recorded(SAMPLES / f"{clip}.mp4"), CurveLog(spec)
    blank = Session(poise="0", source=f"{clip}.mp4", exercise=spec.id, model=track.model)
    return spec, replay(track.poses, spec, blank, curves), curves.close()


def film(path: Path, seconds: int) -> Path:
    """A small video that lasts so long, two pictures a second."""
    return media.make_clip(path, [i / 2 for i in range(2 * seconds + 1)], options={"g": "4"})


def repeated(spec: Spec, session: Session, curves: Curves, *, times: int) -> tuple[Spec, Session, Curves]:
    """The same again and again, in one long session."""
    lasts_s, more = curves.times_s[-1] + 0.1, session.model_copy(deep=True)
    for turn in range(1, times):
        for name in ("repetitions", "holds", "faults", "near_misses", "framing"):
            getattr(more, name).extend(
                _later(one, turn * lasts_s, turn * session.reps.total) for one in getattr(session, name)
            )
    more.duration_s = round(times * lasts_s, 3)
    times_s = [turn * lasts_s + t for turn in range(times) for t in curves.times_s]
    return spec, more, Curves(times_s, tuple(replace(one, values=list(one.values) * times) for one in curves.curves))


def _later(one: BaseModel, by_s: float, by: int) -> BaseModel:
    fields = one.model_dump()
    moved = {name: fields[name] + by_s for name in ("t_s", "until_s", "start_s", "end_s") if name in fields}
    counted = {name: fields[name] + by for name in ("n", "repetition") if fields.get(name)}
    return one.model_copy(update=moved | counted)
