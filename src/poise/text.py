"""Text of unknown origin: names of files, and words in them, must not steer a terminal."""

from __future__ import annotations


def escaped(text: str, keep: str = "") -> str:
    """The text, with everything written out that does not print: control characters, marks of direction.

    Args:
        text: Any text.
        keep: Control characters that may stay.
    """
    return "".join(c if c.isprintable() or c in keep else c.encode("unicode_escape").decode() for c in text)
