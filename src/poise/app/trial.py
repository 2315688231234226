"""Try exercises against sample clips with sidecars: does each clip show what its sidecar says?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from poise.app.progress import Progress
from poise.app.tracking import blank_session, track_of
from poise.core.author.sidecar import Sidecar
from poise.core.author.verdict import differences
from poise.core.replay import Bodies, replay
from poise.core.session import Session
from poise.core.spec import Spec
from poise.io.model.fetch import Progress as FetchProgress
from poise.io.sidecars import load_sidecar
from poise.io.specs import load_library, load_spec
from poise.io.tracks import Track


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one clip and one exercise.

    Attributes:
        clip: The clip.
        spec: The exercise.
        session: What was found.
        differences: What is not as the sidecar says; empty when all is well.
        known: What the sidecar says is not found yet, or None.
    """

    clip: Path
    spec: Spec
    session: Session
    differences: tuple[str, ...]
    known: str | None = None

    @property
    def passed(self) -> bool:
        """Whether all is as the sidecar says."""
        return not self.differences


def try_clip(
    clip: Path,
    sidecar: Path,
    *,
    model: str | None = None,
    fresh: bool = False,
    progress: Progress | None = None,
    fetching: FetchProgress | None = None,
) -> Iterator[Trial]:
    """Try the exercise of a sidecar, or every exercise on a clip in which nobody exercises.

    Raises:
        PoiseError: The clip, its sidecar, the exercise or the model cannot be read.
    """
    said = load_sidecar(sidecar, load_spec)
    tracks: dict[bool, Track] = {}
    for spec in tried_on(said):
        masks = spec.needs_outline
        if masks not in tracks:
            tracks[masks] = track_of(clip, model=model, masks=masks, fresh=fresh, progress=progress, fetching=fetching)
        yield judge(clip, tracks[masks], said, spec)


def tried_on(said: Sidecar) -> list[Spec]:
    """What is tried on a clip: its exercise, or every exercise where nobody does one."""
    return load_library() if said.negative else [load_spec(said.spec)]


def judge(clip: Path, track: Track, said: Sidecar, spec: Spec, bodies: Bodies | None = None) -> Trial:
    """Whether an exercise finds in the poses of a clip what its sidecar says.

    Args:
        clip: The clip.
        track: Its poses.
        said: What they show.
        spec: The exercise.
        bodies: The same poses as bodies, for a caller that judges them again and again.
    """
    blank = blank_session(clip, spec.id, track)
    asked = said.applied_to(spec)
    session = bodies.judged(asked, blank) if bodies else replay(track.poses, asked, blank)
    return Trial(clip, spec, session, tuple(differences(session, said.expect)), said.known)
