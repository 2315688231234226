"""The people and rooms that motion files name, read from ``cast.yaml``."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass
from ruamel.yaml import YAML

from studio.person import Character
from studio.room import Room
from studio.words import MotionError

CAST_FILE = Path(__file__).with_name("cast.yaml")


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class Cast:
    """Everybody and everything by name."""

    people: dict[str, Character]
    rooms: dict[str, Room]

    def person(self, name: str) -> Character:
        """The person of that name; raises ``MotionError`` for nobody."""
        if name not in self.people:
            raise MotionError(_unknown("person", name, list(self.people)))
        return self.people[name]

    def room(self, name: str) -> Room:
        """The room of that name; raises ``MotionError`` for none."""
        if name not in self.rooms:
            raise MotionError(_unknown("room", name, list(self.rooms)))
        return self.rooms[name]


def load_cast(path: Path = CAST_FILE) -> Cast:
    """Read the cast file."""
    return TypeAdapter(Cast).validate_python(YAML(typ="safe").load(path.read_text(encoding="utf-8")))


def _unknown(what: str, name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return (
        f"no {what} {name!r}; did you mean {near[0]!r}?"
        if near
        else f"no {what} {name!r}; there are {', '.join(known)}"
    )
