"""The signatures of the library's exercises, by which ``poise.core.recognise`` tells them apart."""

from __future__ import annotations

import json
from pathlib import Path

PATH = Path(__file__).parents[1] / "signatures.json"


def load_signatures() -> dict[str, dict[str, float]]:
    """For each exercise, how much of its sample clips every exercise explains; learned by ``benchmarks/signatures.py``.

    A part of the package: whatever is wrong with it is a broken installation.
    """
    read = json.loads(PATH.read_text(encoding="utf-8"))
    return {str(name): {str(other): float(share) for other, share in row.items()} for name, row in read.items()}
