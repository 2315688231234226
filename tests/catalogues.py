"""Catalogues of sentences: what there is to be translated, found in the code and in the exercises.

usage: python tests/catalogues.py [LANGUAGE...]   adds what is missing, empty, and takes out what is no longer said

A sentence of the code is found where it is put through the person's words, ``words("...")`` or ``self._words("...")``,
in a template in the same way, or in a module's ``WORDS``; one of a number of things in ``words.counted``.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import polib

from poise.core.measures import CATALOGUE
from poise.core.parts import BodyPart
from poise.core.peaks import peaks_of
from poise.io.routines import find_routines, read_routine
from poise.io.specs import find_specs, load_spec
from poise.io.words import FOLDER, languages

SOURCES = Path(__file__).parents[1] / "src" / "poise"
CALLED = ("words", "_words", "self")  # the last in Words itself
IN_PAGE = re.compile(r'\bwords\("([^"]+)"')
SIDES = ("{side} = left", "{side} = right")  # what a language fills in for the sides


def sentences() -> dict[str, list[str]]:
    """Every English sentence that is read or heard live, with the places that say it, in a lasting order."""
    found: dict[str, list[str]] = {}
    for path in sorted(SOURCES.rglob("*.py")):
        for sentence in _of_code(ast.parse(path.read_text())):
            found.setdefault(sentence, []).append(path.relative_to(SOURCES).as_posix())
    for path in sorted(SOURCES.rglob("*.j2")):
        for sentence in IN_PAGE.findall(path.read_text()):
            found.setdefault(sentence, []).append(path.relative_to(SOURCES).as_posix())
    for name in CATALOGUE:
        for sentence in (name.replace("_", " "), CATALOGUE[name].unit):
            found.setdefault(sentence, []).append("core/measures")
    for sentence in (*SIDES, *get_args(BodyPart)):
        found.setdefault(sentence, []).append("core/words.py" if sentence in SIDES else "core/parts.py")
    library = [(name, load_spec(name)) for name in find_specs()]
    for name, spec in library:  # which of several positions a peak is of
        for peak in peaks_of(spec).values():
            if "(" in peak:
                found.setdefault(peak.partition("(")[2].rstrip(")").replace("-", " "), []).append(name)
    for name, item in [*library, *((name, read_routine(name).routine) for name in find_routines())]:
        said: list[str] = []
        item.in_words(lambda sentence, said=said: said.append(sentence) or sentence)
        for sentence in said:
            found.setdefault(sentence, []).append(name)
    return {sentence: list(dict.fromkeys(places)) for sentence, places in found.items()}


def _of_code(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and _name(node.func) in CALLED:
            yield from _literals(node.args[0])
        elif isinstance(node, ast.Call) and _name(node.func) == "counted":
            yield from (sentence for form in node.args[1:] for sentence in _literals(form))
    for statement in tree.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == "WORDS" for target in targets):
            value = statement.value  # type: ignore[attr-defined]
            for one in value.values if isinstance(value, ast.Dict) else value.elts:
                yield from _literals(one)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _literals(value: ast.expr) -> Iterator[str]:
    """The sentences that an expression may come to; a key that is looked up is none."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from _literals(value.body)
        yield from _literals(value.orelse)


def update(language: str) -> None:
    """Bring one catalogue up to date."""
    path = FOLDER / f"{language}.po"
    old = {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))} if path.exists() else {}
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Project-Id-Version": "Poise",
        "Language": language,
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    for sentence, places in sentences().items():
        catalogue.append(
            polib.POEntry(msgid=sentence, msgstr=old.get(sentence, ""), occurrences=[(place, "") for place in places])
        )
    catalogue.save(str(path))
    sys.stdout.write(f"{path.name}: {len(catalogue)} sentences, {catalogue.percent_translated()} % translated\n")


if __name__ == "__main__":
    for wanted in sys.argv[1:] or languages():
        if wanted != "en":
            update(wanted)
