"""Landmark tracks of the sample clips, recorded once, so that the suite tries every exercise without running the model.

usage: python tests/recorded.py        record what is missing or out of date, from the cache or by the model

A record keeps positions to a twentieth of a pixel, and the hash of its clip: one of a clip that was rendered anew is
refused. A few clips go through the model in every run of the suite, which shows that the records are what it sees.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from poise.app.tracking import track_of
from poise.io.sidecars import find_sidecars, load_sidecar
from poise.io.specs import load_spec
from poise.io.tracks import Track
from small_track import digest, read_small, write_small

SAMPLES = Path(__file__).parents[1] / "sample_videos"
FOLDER = Path(__file__).parent / "tracks"
HINT = "record it with: python tests/recorded.py"


def recorded(clip: Path) -> Track:
    """The recorded track of a sample clip.

    Raises:
        ValueError: There is none, or it is that of an earlier rendering.
    """
    path = FOLDER / f"{clip.stem}.npz"
    if not path.exists():
        raise ValueError(f"{clip.name} has no recorded track; {HINT}")
    try:
        return read_small(path, clip.name, digest(clip))
    except ValueError as error:
        raise ValueError(f"{error}; {HINT}") from error


def record(clip: Path) -> None:
    """Write the track of a sample clip, with outlines where its exercise, or every exercise, is tried with them."""
    sidecar = load_sidecar(clip.with_suffix(".yaml"))
    masks = sidecar.negative or load_spec(sidecar.spec).needs_outline
    write_small(FOLDER / f"{clip.stem}.npz", track_of(clip, masks=masks), digest(clip))


def main() -> None:
    """Record what is missing or out of date."""
    for clip in find_sidecars(SAMPLES):
        try:
            recorded(clip)
        except ValueError:
            sys.stdout.write(f"recording {clip.name}\n")
            sys.stdout.flush()
            record(clip)
    known = {clip.stem for clip in find_sidecars(SAMPLES)}
    for path in FOLDER.glob("*.npz"):
        if path.stem not in known:
            path.unlink()


if __name__ == "__main__":
    main()
