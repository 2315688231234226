"""Every sentence that a person reads or hears, in their language.

English is the key, as with gettext: code and specs say the English sentence, and a catalogue knows the others. What a
catalogue does not know stays English, so that nothing is ever silent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from poise.core.body import OTHER, SIDES, Side

WORDS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun",
)  # fmt: skip
MONTHS = WORDS[:12]


@dataclass(frozen=True, slots=True)
class Words:
    """Translates sentences into one language.

    Attributes:
        language: Two letters, such as "de".
        messages: English sentence to sentence in that language, both with the same {places} to fill in.
    """

    language: str = "en"
    messages: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, english: str, **values: object) -> str:
        """The sentence in this language, its places filled in.

        Raises:
            KeyError: A place of the sentence was given no value.
        """
        return self.messages.get(english, english).format(**values)

    def translate(self, english: str) -> str:
        """A sentence of an exercise file: its places {side} and {other} are left for ``with_side``."""
        return self.messages.get(english, english)

    def counted(self, number: int, one: str, many: str) -> str:
        """A number of things: ``words.counted(2, "1 day", "{n} days")``; both are sentences of the catalogue."""
        return self(one) if number == 1 else self(many, n=number)

    def day(self, day: date, *, year: bool = False) -> str:
        """A date, such as "21 Nov"."""
        return self("{day} {month}", day=day.day, month=self(MONTHS[day.month - 1])) + f" {day.year}" * year

    def weekday(self, day: date) -> str:
        """The day of the week in short."""
        return self(WORDS[12 + day.weekday()])

    def with_side(self, sentence: str, side: Side | None) -> str:
        """A sentence of a spec, in this language already, with ``{side}`` and ``{other}`` filled in.

        A language may fill in a stem, to which its sentences add an ending: German has "link" and "recht", and says
        "{side}e Schulter" or "nach {side}s".
        """
        if side is None:
            return sentence
        stems = {one: self.messages.get(f"{{side}} = {one}", one) for one in SIDES}
        filled = sentence.replace("{side}", stems[side]).replace("{other}", stems[OTHER[side]])
        return filled[:1].upper() + filled[1:]


ENGLISH = Words()
