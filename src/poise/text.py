"""Texts that are not sentences: names of unknown origin, which must not steer a terminal, and times."""

from __future__ import annotations


def escaped(text: str, keep: str = "") -> str:
    """The text, with everything written out that does not print: control characters, marks of direction.

    Args:
        text: Any text.
        keep: Control characters that may stay.
    """
    return "".join(c if c.isprintable() or c in keep else c.encode("unicode_escape").decode() for c in text)


def clock(t_s: float) -> str:
    """A moment of a clip: "9.5 s", from a minute on "1:05.5", from an hour on "1:01:05.5"."""
    minutes, tenths = divmod(round(10 * t_s), 600)
    if minutes <= 0:
        return f"{t_s:.1f} s"
    hours, minutes = divmod(minutes, 60)
    return (f"{hours}:{minutes:02d}" if hours else str(minutes)) + f":{tenths // 10:02d}.{tenths % 10}"
