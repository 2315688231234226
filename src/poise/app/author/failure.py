"""Why a clip is not judged as its sidecar says: the report of a failed trial, in lines of plain text."""

from __future__ import annotations

from collections.abc import Iterator

from poise.app.author.nearest import nearest
from poise.app.tracking import track_of
from poise.app.trial import Trial
from poise.core.author.sidecar import Sidecar
from poise.core.author.timeline import timeline


def report(trial: Trial, said: Sidecar, model: str | None = None) -> Iterator[str]:
    """The differences, both time axes, the near misses, and the nearest threshold that would have passed.

    Args:
        trial: One that failed.
        said: The sidecar of its clip.
        model: The model that its poses were found with.
    """
    yield from trial.differences
    yield ""
    yield from timeline(trial.session, said.expect)
    yield ""
    for miss in trial.session.near_misses:
        side = f" {miss.side}" if miss.side else ""
        short = f"{miss.short_by:.1f} short of '{miss.step}'"
        yield f"almost at {miss.t_s:.1f} s{side}: {miss.measure} {miss.best:g}, {short}"
    for fault in trial.session.faults:
        where = f"repetition {fault.repetition}" if fault.repetition else "no repetition"
        yield f"fault {fault.id} at {fault.t_s:.1f} s, in {where}"
    track = track_of(trial.clip, model=model, masks=trial.spec.needs_outline)
    found = nearest(trial, track, said)
    yield str(found) if found else "no change of a single threshold makes it pass"
