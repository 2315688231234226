"""The sample clips that a command is about."""

from __future__ import annotations

from pathlib import Path

from poise.errors import SourceError
from poise.io.sidecars import CLIP_SUFFIXES, SUFFIX, find_sidecars, load_sidecar
from poise.io.specs import load_spec

SAMPLES = Path("sample_videos")
CLIPS_HELP = f"clips or folders (default: {SAMPLES}, or the clips that lie here)"


def clips_in(places: list[Path], exercise: str | None) -> dict[Path, Path]:
    """The clips with sidecars in some places, of one exercise where it is named.

    Raises:
        SourceError: There is none.
    """
    found = {clip: side for place in places for clip, side in find_sidecars(place).items()} if places else _here()
    if exercise:
        name = load_spec(exercise).id
        found = {clip: side for clip, side in found.items() if load_sidecar(side).spec == name}
    if not found:
        what = f"no clip of {exercise}" if exercise else "no clip with a sidecar"
        raise SourceError(f"{what} here", "name a clip or a folder; see `poise test --help`")
    return found


def _here() -> dict[Path, Path]:
    """Without a folder of samples only what lies right here: folders in it may be many, and somebody else's."""
    if SAMPLES.is_dir():
        return find_sidecars(SAMPLES)
    clips = (path for path in sorted(Path().iterdir()) if path.suffix.lower() in CLIP_SUFFIXES)
    return {clip: clip.with_suffix(SUFFIX) for clip in clips if clip.with_suffix(SUFFIX).is_file()}
