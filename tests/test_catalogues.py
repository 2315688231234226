"""Catalogues: complete, with the same places to fill in, and nothing in them that is no longer said."""

from __future__ import annotations

import re
from string import Formatter

import polib
import pytest

from catalogues import sentences
from poise.core.words import ENGLISH
from poise.errors import SettingError
from poise.io.words import FOLDER, languages, read_words, system_language

OTHERS = [language for language in languages() if language != "en"]


@pytest.fixture(scope="module")
def said() -> set[str]:
    """Every sentence that there is to translate."""
    return set(sentences())


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_is_complete_and_has_nothing_else(language: str, said: set[str]) -> None:
    """Every sentence of code and exercises is translated; an entry that nobody says is gone.

    Mended with ``python tests/catalogues.py`` and a translation of what it leaves empty.
    """
    known = set(read_words(language).messages)
    assert said - known == set()
    assert known - said == set()
    assert not any(entry.fuzzy or entry.obsolete for entry in polib.pofile(str(FOLDER / f"{language}.po")))


@pytest.mark.parametrize("language", OTHERS)
def test_places_to_fill_in_agree(language: str) -> None:
    """A translation has every place of its sentence, and invents none."""
    for english, other in read_words(language).messages.items():
        if not english.startswith("{side} ="):
            assert places(other) == places(english), other
            assert (other.strip() == other) == (english.strip() == english), other


def places(sentence: str) -> set[str]:
    """The names in curly brackets."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_german_sentences_name_the_sides() -> None:
    """Stems and endings make words: left is never "link"."""
    words = read_words("de")
    for english, german in words.messages.items():
        if "{side}" in german and not english.startswith("{side} ="):
            for side in ("left", "right"):
                filled = words.with_side(german, side)  # type: ignore[arg-type]
                assert not re.search(r"\b(link|recht)\b", filled, re.IGNORECASE), filled
    assert words.with_side(words.translate("Ear toward your {side} shoulder"), "left") == "Ohr zur linken Schulter"


def test_an_unknown_language_is_told_with_those_there_are() -> None:
    """One line, and what to choose from."""
    with pytest.raises(SettingError, match="no language 'tlh'") as raised:
        read_words("tlh")
    assert "de, en" in raised.value.hint


@pytest.mark.parametrize(
    ("surroundings", "language"),
    [
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "de"}, "de"),
        ({"LANG": "xx_YY"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "de_DE", "LANG": "en_US"}, "de"),
    ],
)
def test_the_systems_language_is_taken(surroundings: dict[str, str], language: str) -> None:
    """As POSIX asks for it; what there is no catalogue for is English."""
    assert system_language(surroundings) == language


def test_english_needs_no_catalogue() -> None:
    """Its sentences are the keys."""
    assert read_words("en") is ENGLISH
