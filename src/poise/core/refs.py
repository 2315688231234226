"""How a spec names a measure: ``neck_tilt``, ``other.shoulder_raise``, ``speed.neck_tilt``, ``both.knee_flexion``."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple, get_args

Transform = Literal["value", "speed", "steadiness", "difference"]
Whose = Literal["working", "other", "left", "right", "both", "either"]

TRANSFORMS: tuple[Transform, ...] = get_args(Transform)[1:]
WHOSE: tuple[Whose, ...] = get_args(Whose)[1:]


class MeasureRef(NamedTuple):
    """A measure as a spec names it. Values are looked up by it many times a frame: a tuple is hashed quickly.

    Attributes:
        name: The catalogue's name.
        transform: The value itself; its ``speed`` (per second, unsigned); its ``steadiness`` (standard deviation over
            the last second); or the ``difference`` between left and right (unsigned).
        whose: Whose value it is; ``working`` when the spec says nothing.
    """

    name: str
    transform: Transform = "value"
    whose: Whose = "working"

    @classmethod
    @cache
    def parse(cls, text: str) -> MeasureRef:
        """Read ``[speed.|steadiness.|difference.][other.|left.|right.|both.|either.]name``, prefixes in any order.

        Raises:
            ValueError: A prefix is unknown or comes twice; the message names it.
        """
        *prefixes, name = text.split(".")
        transform: Transform = "value"
        whose: Whose = "working"
        for prefix in prefixes:
            if prefix in TRANSFORMS and transform == "value":
                transform = prefix
            elif prefix in WHOSE and whose == "working":
                whose = prefix
            else:
                raise ValueError(f"unknown prefix '{prefix}.' (known: {', '.join((*TRANSFORMS, *WHOSE))})")
        if transform == "difference" and whose != "working":
            raise ValueError(f"'difference.' compares left and right and takes no '{whose}.'")
        return cls(name, transform, whose)

    def __str__(self) -> str:
        prefixes = [self.transform] * (self.transform != "value") + [self.whose] * (self.whose != "working")
        return ".".join([*prefixes, self.name])
