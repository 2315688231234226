"""Catalogues of sentences, one gettext file for each language, as translators and their tools know them.

English needs none: its sentences are the keys. How to add a language is in ``docs/translating.md``.
"""

from __future__ import annotations

import locale
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from poise.core.suggestions import printable
from poise.core.words import ENGLISH, Words
from poise.errors import SettingError

FOLDER: Final = Path(__file__).parents[1] / "words"
_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")  # in the order in which POSIX asks for them


def languages() -> list[str]:
    """The languages that there are, by their two letters."""
    return sorted({ENGLISH.language, *(path.stem for path in FOLDER.glob("*.po"))})


def read_words(language: str) -> Words:
    """The sentences in a language, by its two letters.

    Raises:
        SettingError: There is no such language, or its catalogue cannot be read.
    """
    if language not in languages():
        known = ", ".join(languages())
        raise SettingError(f"there is no language '{printable(language, 20)}'", f"there are: {known}")
    if language == ENGLISH.language:
        return ENGLISH
    import polib  # takes its time, and who speaks English needs none of it

    path = FOLDER / f"{language}.po"
    try:
        catalogue = polib.pofile(str(path), encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"the words of the language '{language}' cannot be read: {printable(str(error), 200)}",
                           "install Poise again, or use --language en") from error  # fmt: skip
    return Words(language, {entry.msgid: entry.msgstr for entry in catalogue.translated_entries()})


def system_language(surroundings: Mapping[str, str] = os.environ) -> str:
    """The language of the person's system where there is a catalogue for it, otherwise English."""
    named = next((surroundings[name] for name in _VARIABLES if surroundings.get(name)), None)
    language = (named or locale.getlocale()[0] or "").replace("-", "_").partition("_")[0].lower()
    return language if language in languages() else ENGLISH.language
