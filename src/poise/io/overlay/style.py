"""Colours and sizes, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from poise.core.cues import CueKind

Colour = tuple[int, int, int]  # blue, green, red

WHITE: Colour = (255, 255, 255)
INK: Colour = (28, 22, 18)
QUIET: Colour = (205, 200, 195)
SKY: Colour = (233, 180, 86)
BLUE: Colour = (178, 114, 0)
ORANGE: Colour = (0, 159, 230)
VERMILION: Colour = (0, 94, 213)

#: Sign and colour of each kind of cue: never a colour alone.
SIGN: dict[CueKind, tuple[str, Colour]] = {
    "stop": ("■", VERMILION),
    "framing": ("●", ORANGE),
    "fix": ("▲", ORANGE),
    "release": ("✓", SKY),
    "missed": ("△", SKY),
    "tip": ("◆", SKY),
    "count": ("✓", SKY),
    "next": ("", WHITE),
}


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes in pixels for one picture, chosen to be legible from two metres."""

    unit: float  # 1 at 480 pixels of height (or of width, where that is less)
    margin: int
    band: int
    count: int
    text: int
    small: int
    ring: int
    bone: int

    @classmethod
    def of(cls, width: int, height: int) -> Sizes:
        """For a picture of that size."""
        unit = min(width, height) / 480
        return cls(
            unit=unit,
            margin=max(2, round(14 * unit)),
            band=max(24, round(104 * unit)),
            count=max(12, round(76 * unit)),
            text=max(8, round(30 * unit)),
            small=max(7, round(20 * unit)),
            ring=max(8, round(37 * unit)),
            bone=max(1, round(2.2 * unit)),
        )
