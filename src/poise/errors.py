"""Every error that Poise raises on purpose.

    PoiseError                 something the user can act on: one line, and a hint what to do next
    ├── SpecError              an exercise file is wrong (file, line, column, field, nearest name)
    ├── SourceError            a camera, clip or stream cannot be opened or read
    ├── ModelError             the pose model is missing, damaged or cannot run
    ├── OutputError            a result cannot be written
    │   └── DiskFullError      because the disk is full, as it will be for whatever comes next
    ├── WorkerError            a worker process or a cluster cannot be used
    ├── StoreError             what is remembered cannot be read or kept
    ├── SettingError           a setting is wrong, or cannot be kept
    ├── SoundError             there is no loudspeaker or no voice, or it fails
    └── DisplayError           no window can be opened

The command line prints ``error: message`` and ``hint: hint`` and exits with 2. Errors of other libraries are
translated where they arise, in the module that calls that library, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

#: What to do where a file or folder that somebody named is not there.
LOOK_AGAIN = "check the spelling and the folder you are in"


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


@dataclass(frozen=True, slots=True)
class SpecProblem:
    """One mistake in an exercise file or sidecar, and where it stands.

    Attributes:
        path: The file.
        line: Line, from 1.
        column: Column, from 1.
        field: The field as a reader would name it, such as ``steps[1].where.neck_tilt``; empty for the whole file.
        message: What was found, what was expected, and the nearest valid name, in one line.
    """

    path: Path
    line: int
    column: int
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}"
        return ": ".join(part for part in (place, self.field, self.message) if part)


class SpecError(PoiseError):
    """An exercise file or sidecar is wrong.

    Attributes:
        problems: Every mistake in the file, in order of lines; empty when there is no file to speak of.
    """

    def __init__(self, message: str, hint: str = "", problems: Sequence[SpecProblem] = ()) -> None:
        super().__init__(message, hint)
        self.problems = tuple(problems)


class SourceError(PoiseError):
    """A camera, clip or stream cannot be opened or read."""


class ModelError(PoiseError):
    """The pose model is missing, damaged or cannot run."""


class OutputError(PoiseError):
    """A result cannot be written."""


class DiskFullError(OutputError):
    """A result cannot be written because the disk is full, as it will be for whatever comes next."""


class StoreError(PoiseError):
    """What is remembered cannot be read or kept."""


class SettingError(PoiseError):
    """A setting names something that there is not, or its file cannot be read or written."""


class SoundError(PoiseError):
    """There is no loudspeaker or no voice, or it fails; live coaching goes on without."""


class WorkerError(PoiseError):
    """A worker process or a cluster cannot be used."""


class DisplayError(PoiseError):
    """No window can be opened."""
