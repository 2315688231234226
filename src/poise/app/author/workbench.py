"""Sample clips kept at hand, so that an exercise that was just saved is tried on all of its clips at once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from poise.app.tracking import track_of
from poise.app.trial import Trial, judge
from poise.core.author.sidecar import Sidecar
from poise.core.replay import Bodies
from poise.core.session import Session
from poise.core.spec import Spec
from poise.io.sidecars import load_sidecar
from poise.io.specs import load_spec
from poise.io.tracks import Track

KEPT = 24  # clips whose bodies are kept: about 3 MB each


class Workbench:
    """The clips that an author works with.

    Args:
        sidecars: Each clip with its sidecar.
        model: The model whose landmarks are used.
    """

    def __init__(self, sidecars: Mapping[Path, Path], model: str | None = None) -> None:
        self.sidecars = dict(sidecars)
        self._model = model
        self._kept: OrderedDict[tuple[Path, bool], tuple[Track, Bodies]] = OrderedDict()

    def clips_of(self, exercise: str) -> dict[Path, Sidecar]:
        """The clips that show an exercise, and those in which nobody exercises; raises as ``load_sidecar``."""
        said = {clip: load_sidecar(sidecar) for clip, sidecar in self.sidecars.items()}
        return {clip: one for clip, one in said.items() if one.spec == exercise or one.negative}

    def tried(self, spec: Spec, clip: Path) -> Trial:
        """Judge one clip; raises as ``track_of`` and ``load_sidecar``."""
        said = load_sidecar(self.sidecars[clip], load_spec)
        track, bodies = self.bodies(clip, spec.needs_outline)
        return judge(clip, track, said, spec, bodies)

    def bodies(self, clip: Path, masks: bool) -> tuple[Track, Bodies]:
        """The track of a clip and its bodies, kept for the next time."""
        key = clip, masks
        if key not in self._kept:
            track = track_of(clip, model=self._model, masks=masks)
            self._kept[key] = track, Bodies(track.poses)
        self._kept.move_to_end(key)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return self._kept[key]


class Watch:
    """Tells which of some files have been saved since the last look. A file that vanishes and returns has changed.

    Args:
        paths: The files.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        self._stamps = {path: _stamp(path) for path in paths}

    def changed(self) -> list[Path]:
        """The files that were saved, in their order."""
        now = {path: _stamp(path) for path in self._stamps}
        found = [path for path, stamp in now.items() if stamp is not None and stamp != self._stamps[path]]
        self._stamps.update({path: now[path] for path in found})
        return found


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_size


@dataclass(frozen=True, slots=True)
class Change:
    """What a saved exercise makes of one clip, and what it made of it before.

    Attributes:
        before, now: The trials; ``before`` is None for one that was not tried yet.
    """

    before: Trial | None
    now: Trial

    @property
    def lines(self) -> list[str]:
        """What is counted differently, in words; empty when nothing is."""
        return [] if self.before is None else differing(self.before.session, self.now.session)


def differing(old: Session, new: Session) -> list[str]:
    """What two sessions of one clip count differently, in words."""
    lines: list[str] = []
    for side in ("left", "right", "total"):
        before, now = getattr(old.reps, side), getattr(new.reps, side)
        if before != now and (side != "total" or not lines):
            lines.append(f"{'' if side == 'total' else side + ' '}repetitions {before} → {now}")
    before_held, now_held = (sum(hold.held_s for hold in one.holds) for one in (old, new))
    if abs(before_held - now_held) >= 0.5:
        lines.append(f"held {before_held:.1f} → {now_held:.1f} s")
    names = sorted({fault.id for fault in (*old.faults, *new.faults)})
    for name in names:
        were, are = (_repetitions(one, name) for one in (old, new))
        if were != are:
            lines.append(f"{name} in {were or 'none'} → {are or 'none'}")
    if len(old.near_misses) != len(new.near_misses):
        lines.append(f"near misses {len(old.near_misses)} → {len(new.near_misses)}")
    return lines


def _repetitions(session: Session, fault: str) -> str:
    numbers = sorted({one.repetition for one in session.faults if one.id == fault and one.repetition is not None})
    return ", ".join(str(number) for number in numbers)
