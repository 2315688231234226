"""A routine as a file: exercises in the order in which they are done, with their doses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import Field

from poise.core.spec import Block, DoseOverride, Identifier, Words


class RoutineItem(DoseOverride):
    """One exercise of a routine; what it says of the dose goes before what the exercise itself says."""

    exercise: Identifier


class Routine(Block):
    """Exercises in order. That each of them exists is checked when the file is read."""

    poise: Literal[1] = Field(description="Format version.")
    id: Identifier
    name: Words
    guide: Words = Field(description="When it helps, and what to keep in mind.")
    exercises: Annotated[list[RoutineItem], Field(min_length=1, max_length=30)]
    source: Words | None = None

    def in_words(self, translate: Callable[[str], str]) -> Routine:
        """The same routine with its sentences put through ``translate``."""
        return self.model_copy(update={"name": translate(self.name), "guide": translate(self.guide)})
