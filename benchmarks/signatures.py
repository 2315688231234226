"""Learns the signatures by which exercises are told apart, from the sample clips of set tune, and writes them.

usage: python benchmarks/signatures.py

Run it again when an exercise or a clip has changed; `python benchmarks/accuracy.py` shows how well it works.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from rich.progress import track

from poise.app.tracking import track_of
from poise.core.recognise import explanations, signature_of
from poise.core.session import Session
from poise.core.spec import Spec
from poise.io.sidecars import find_sidecars, load_sidecar
from poise.io.signatures import PATH
from poise.io.specs import load_library

SAMPLES = Path(__file__).parents[1] / "sample_videos"
LEAST = 0.02  # smaller shares say nothing


def shares(clip: Path, specs: list[Spec]) -> dict[str, float]:
    """How much of the time in which somebody is seen each exercise explains."""
    blank = Session(poise="benchmark", source=clip.name, exercise="auto", model="full")
    return explanations(track_of(clip).poses, specs, blank)[1]


def main() -> None:
    """Learn and write."""
    specs = load_library()
    seen: dict[str, list[dict[str, float]]] = defaultdict(list)
    for clip, sidecar in track(list(find_sidecars(SAMPLES).items()), description="clips"):
        said = load_sidecar(sidecar)
        if said.set == "tune" and not said.negative:
            seen[said.spec].append(shares(clip, specs))
    learned = {
        name: {other: round(share, 3) for other, share in sorted(signature_of(rows).items()) if share >= LEAST}
        for name, rows in sorted(seen.items())
    }
    PATH.write_text(json.dumps(learned, indent=1) + "\n", encoding="utf-8")
    print(f"wrote the signatures of {len(learned)} exercises to {PATH.name}")


if __name__ == "__main__":
    main()
