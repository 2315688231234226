"""How long work tells how far it has come."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told how work on a clip goes."""

    def __call__(self, frames: int, of: int | None, /) -> None:
        """Take the number of frames done and the estimated number of all, None where it is unknown."""
        ...


def second_look(progress: Progress | None, of: int | None) -> tuple[Progress | None, Progress | None]:
    """Progress for two looks at the same clip, so that it goes on at the second rather than back to the beginning.

    Args:
        progress: Told of both together: each is half of it.
        of: How many frames the clip has, about; None where it is unknown.

    Returns:
        What the first look tells, and what the second does.
    """
    if progress is None or of is None:
        return progress, progress
    whole = of

    def first(frames: int, of: int | None, /) -> None:
        progress(min(frames * whole // (of or whole), whole) // 2, whole)

    def second(frames: int, _: int | None, /) -> None:
        progress((whole + min(frames, whole)) // 2, whole)

    return first, second
