"""The sample clips that a command is about."""

from __future__ import annotations

from pathlib import Path

from poise.errors import SourceError
from poise.io.sidecars import find_sidecars, load_sidecar
from poise.io.specs import load_spec

SAMPLES = Path("sample_videos")


def clips_in(places: list[Path], exercise: str | None) -> dict[Path, Path]:
    """The clips with sidecars in some places, of one exercise where it is named.

    Raises:
        SourceError: There is none.
    """
    found = {clip: side for place in places or [SAMPLES] for clip, side in find_sidecars(place).items()}
    if exercise:
        name = load_spec(exercise).id
        found = {clip: side for clip, side in found.items() if load_sidecar(side).spec == name}
    if not found:
        what = f"no clip of {exercise}" if exercise else "no clip with a sidecar"
        raise SourceError(f"{what} here", "name a clip or a folder; see `poise test --help`")
    return found
