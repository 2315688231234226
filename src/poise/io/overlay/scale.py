"""The scale on which somebody says how much it hurts: 0 to 10, each with its key."""

from __future__ import annotations

from poise.core.types import ByteArray
from poise.core.words import Words
from poise.io.overlay.ink import CAP, LEADING, draw_panel, fit, width_of, write
from poise.io.overlay.style import INK, QUIET, SKY, VERMILION, WHITE, Box, Colour

KEYS = "0123456789x"


def draw_scale(picture: ByteArray, box: Box, words: Words, size: int) -> None:
    """Eleven bars, the more pain the higher and the redder, with their keys below and both ends in words.

    Args:
        picture: Changed in place.
        box: Where.
        words: The person's language.
        size: Font size of the words.
    """
    left, top, right, bottom = box
    step = (right - left) / len(KEYS)
    key = max(7, min(round(1.3 * size), round(0.62 * step)))
    foot = bottom - round(1.4 * LEADING * size)
    base = foot - round(LEADING * key)
    for level, name in enumerate(KEYS):
        x = left + round(level * step)
        across = max(1, round(0.82 * step))
        high = round((base - top) * (0.16 + 0.84 * level / 10))
        draw_panel(
            picture, (x, base - high, x + across, base), _between(SKY, VERMILION, level / 10), max(1, across // 6)
        )
        label = str(level)
        at = x + (across - width_of(label, key, 700)) // 2
        inside = base - round(0.35 * key) if high > 1.5 * key else base - high - round(0.3 * key)
        write(picture, label, (at, inside), key, 700, INK if high > 1.5 * key else WHITE)
        small = max(7, round(0.75 * key))
        at = x + (across - width_of(name, small, 500)) // 2
        write(picture, name, (at, base + round(0.25 * key) + round(CAP * small)), small, 500, QUIET)
    for words_of_end, share in ((words("no pain"), 0.0), (words("the worst pain"), 1.0)):
        (line, *_), fitted = fit(words_of_end, size, 500, (right - left) // 2, 1)
        x = left + round(share * (right - left - width_of(line, fitted, 500)))
        write(picture, line, (x, bottom - round(0.2 * fitted)), fitted, 500, QUIET)


def _between(one: Colour, other: Colour, share: float) -> Colour:
    blue, green, red = (round((1 - share) * a + share * b) for a, b in zip(one, other, strict=True))
    return blue, green, red
