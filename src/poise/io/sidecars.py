"""Sidecars: the files beside sample clips that say what must be found in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from poise.core.author.sidecar import Sidecar, contradictions, disagreements
from poise.core.findings import Finding
from poise.core.spec import Spec
from poise.documents import read_document
from poise.errors import LOOK_AGAIN, SpecError

SUFFIX = ".yaml"
CLIP_SUFFIXES = (".mp4", ".webm", ".mkv", ".mov", ".avi", ".gif")

FindSpec = Callable[[str], Spec]


def load_sidecar(path: Path, find_spec: FindSpec | None = None) -> Sidecar:
    """Read one sidecar.

    Args:
        path: The ``.yaml`` file beside the clip.
        find_spec: Finds an exercise by its id; with it, the exercise and its faults must exist.

    Raises:
        SpecError: The file has mistakes; ``problems`` has them all.
    """
    document = read_document(path)
    sidecar = document.as_model(Sidecar, also=contradictions(document.data))
    if find_spec is None or sidecar.negative:
        return sidecar
    try:
        spec = find_spec(sidecar.spec)
    except SpecError as error:
        document.refuse([Finding(("spec",), error.message)])
        raise
    document.refuse(disagreements(sidecar, spec))
    return sidecar


def find_sidecars(folder_or_clip: Path) -> dict[Path, Path]:
    """Each clip with its sidecar: of one clip, of one sidecar, or of a folder and all folders in it.

    Raises:
        SpecError: There is no such file or folder, or a named clip has no sidecar.
    """
    if folder_or_clip.is_dir():
        clips = (path for path in sorted(folder_or_clip.rglob("*")) if path.suffix.lower() in CLIP_SUFFIXES)
        return {clip: clip.with_suffix(SUFFIX) for clip in clips if clip.with_suffix(SUFFIX).is_file()}
    stem = folder_or_clip.with_suffix("")
    named = [folder_or_clip] if folder_or_clip.suffix.lower() in CLIP_SUFFIXES else []
    clips_beside = [stem.with_suffix(suffix) for suffix in CLIP_SUFFIXES]
    clip = next((path for path in (*named, *clips_beside) if path.is_file()), None)
    if clip is None:
        raise SpecError(f"there is no clip or folder {folder_or_clip}", LOOK_AGAIN)
    if not clip.with_suffix(SUFFIX).is_file():
        raise SpecError(f"{clip.name} has no sidecar", hint=f"write {clip.with_suffix(SUFFIX).name} beside it")
    return {clip: clip.with_suffix(SUFFIX)}
