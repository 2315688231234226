"""Which exercise `--exercise auto` takes each clip for: right, wrong, and what for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from poise.app.tracking import track_of
from poise.core.recognise import recognise
from poise.core.session import Session
from poise.core.spec import Spec
from poise.io.sidecars import load_sidecar
from poise.io.signatures import load_signatures
from poise.io.specs import load_library


@dataclass(frozen=True)
class Recognition:
    """What one clip was taken for.

    Attributes:
        clip: Its name.
        set: tune or check.
        shown: The exercise that it shows.
        named: The exercise that it was taken for, or "none".
        confidence: Of that, 0 to 1.
        second: The next likeliest.
    """

    clip: str
    set: str
    shown: str
    named: str
    confidence: float
    second: str

    @property
    def right(self) -> bool:
        """Whether it was taken for what it shows."""
        return self.shown == self.named


def recognitions(clips: Iterable[Path]) -> list[Recognition]:
    """Try the whole library on every clip that shows an exercise."""
    specs = load_library()
    found = []
    for clip in clips:
        sidecar = load_sidecar(clip.with_suffix(".yaml"))
        if sidecar.negative:
            continue
        named = _named(clip, specs)
        found.append(Recognition(clip.stem, sidecar.set or "", sidecar.spec, *named))
    return found


def _named(clip: Path, specs: Sequence[Spec]) -> tuple[str, float, str]:
    track = track_of(clip)
    blank = Session(poise="benchmark", source=clip.name, exercise="auto", model=track.model)
    candidates = recognise(track.poses, specs, blank, load_signatures())
    if not candidates:
        return "none", 0.0, ""
    return candidates[0].spec.id, candidates[0].confidence, candidates[1].spec.id if len(candidates) > 1 else ""


def confusion_markdown(found: Sequence[Recognition]) -> str:
    """The table of exercises: how many clips of each, how many were named rightly, what the others were taken for."""
    right = sum(one.right for one in found)
    lines = [f"{right} of {len(found)} clips ({right / max(1, len(found)):.0%}) are taken for what they show:"]
    for which in ("tune", "check"):
        some = [one for one in found if one.set == which]
        lines[0] += f" {sum(one.right for one in some)} of {len(some)} of set {which}" + (
            "," if which == "tune" else "."
        )
    lines += ["", "| exercise | clips | right | taken for | mean confidence |", "| --- | ---: | ---: | --- | ---: |"]
    for shown in sorted({one.shown for one in found}):
        some = [one for one in found if one.shown == shown]
        wrong = Counter(one.named for one in some if not one.right)
        taken = ", ".join(f"{name} ({count})" if count > 1 else name for name, count in wrong.most_common())
        mean = sum(one.confidence for one in some) / len(some)
        lines.append(f"| {shown} | {len(some)} | {sum(one.right for one in some)} | {taken} | {mean:.0%} |")
    return "\n".join(lines) + "\n"
