"""Every error that Poise raises on purpose.

    PoiseError                 something the user can act on: one line, and a hint what to do next
    ├── SpecError              an exercise file is wrong (file, line, column, field, nearest name)
    ├── SourceError            a camera, clip or stream cannot be opened or read
    ├── ModelError             the pose model is missing, damaged or cannot run
    ├── OutputError            a result cannot be written
    └── DisplayError           no window can be opened

The command line prints ``error: message`` and ``hint: hint`` and exits with 2. Errors of other libraries are
translated where they arise, in the module that calls that library, and nowhere else.
"""

from __future__ import annotations


class PoiseError(Exception):
    """Base of all errors that Poise raises on purpose.

    Args:
        message: What is wrong, in one line.
        hint: What to do next, in one line, or empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class SpecError(PoiseError):
    """An exercise file is wrong."""


class SourceError(PoiseError):
    """A camera, clip or stream cannot be opened or read."""


class ModelError(PoiseError):
    """The pose model is missing, damaged or cannot run."""


class OutputError(PoiseError):
    """A result cannot be written."""


class DisplayError(PoiseError):
    """No window can be opened."""
