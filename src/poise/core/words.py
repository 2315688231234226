"""Every sentence that a person reads or hears, in their language.

English is the key, as with gettext: code and specs say the English sentence, and a catalogue knows the others. What a
catalogue does not know stays English, so that nothing is ever silent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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


ENGLISH = Words()
