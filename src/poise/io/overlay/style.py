"""Colours and sizes, in one place.

The colours are those of Okabe and Ito, which people of any colour vision tell apart, and each goes with a shape or a
word of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from poise.core.cues import CueKind

Colour = tuple[int, int, int]  # blue, green, red
Box = tuple[int, int, int, int]  # left, top, right, bottom; right and bottom excluded
Icon = Literal["octagon", "triangle", "frame", "chevrons", "check", "diamond"]

WHITE: Colour = (255, 255, 255)
INK: Colour = (28, 22, 18)
GREY: Colour = (120, 114, 108)
QUIET: Colour = (214, 210, 206)
SKY: Colour = (233, 180, 86)
BLUE: Colour = (178, 114, 0)
ORANGE: Colour = (0, 159, 230)
VERMILION: Colour = (0, 94, 213)


@dataclass(frozen=True, slots=True)
class CueStyle:
    """How one kind of cue looks.

    Attributes:
        icon: Shape beside the words.
        fill: Colour behind them, or None for none.
        words: Colour of the words.
        shape: Colour of the icon.
    """

    icon: Icon | None
    fill: Colour | None = None
    words: Colour = WHITE
    shape: Colour = SKY


#: What must change now stands on a colour of its own; all else stays calm.
CUE_STYLES: dict[CueKind, CueStyle] = {
    "stop": CueStyle("octagon", VERMILION, WHITE, WHITE),
    "framing": CueStyle("frame", BLUE, WHITE, WHITE),
    "fix": CueStyle("triangle", ORANGE, INK, INK),
    "release": CueStyle("check"),
    "missed": CueStyle("chevrons"),
    "tip": CueStyle("diamond"),
    "count": CueStyle("check"),
    "next": CueStyle(None),
}


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes in pixels for one picture, legible from two metres when the picture fills a laptop's screen in height.

    Attributes:
        unit: 1 in a picture of 640 x 480; lines and gaps grow with it.
        margin: Between the edge of a panel and what stands in it.
        count: Font size of the repetition count; capitals are 0.75 of a font size.
        text: Font size of the cue.
        small: Font size of what may be read from nearby only.
        value, goal: Font sizes of the measure at its joint.
        ring: Radius of the hold ring.
        stacked: Whether the words stand below the count, for want of room beside it.
    """

    unit: float
    margin: int
    count: int
    text: int
    small: int
    value: int
    goal: int
    ring: int
    stacked: bool

    @classmethod
    def of(cls, width: int, height: int) -> Sizes:
        """For a picture of that size."""
        unit = min(width / 640, height / 480) if width >= height else width / 480
        stacked = width < 1.2 * height
        return cls(
            unit=unit,
            margin=max(2, round(12 * unit)),
            count=max(10, round((0.085 if stacked else 0.115) * height)),
            text=max(8, round(0.058 * height)),
            small=max(7, round((0.028 if stacked else 0.037) * height)),
            value=max(8, round(27 * unit)),
            goal=max(7, round(18 * unit)),
            ring=max(6, round((0.042 if stacked else 0.062) * height)),
            stacked=stacked,
        )

    def line(self, thickness: float) -> int:
        """A line thickness for this picture, given for 640 x 480."""
        return max(1, round(thickness * self.unit))
