"""YAML files as plain data that remembers where everything stood. Reading calls the YAML library here and nowhere else.

Files come from anywhere, so they are read as text and nothing else: no tags, no anchors, no aliases, one document,
and bounds on size, nesting and number of entries that hold before memory is spent. Words that could act on a terminal
(control characters, text that turns the reading direction) are refused here, for every kind of file at once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StringMark, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from poise.core.findings import FieldPath, Finding, Model, field_name, quoted, validated
from poise.core.suggestions import printable
from poise.errors import LOOK_AGAIN, SpecError, SpecProblem

LARGEST_BYTES = 256 * 1024
DEEPEST = 20
MOST_NODES = 5_000
MOST_PROBLEMS = 50

_HARMFUL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_NUMBER = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}

#: What the library says of the mistakes that people make, and what is to be done.
_MENDS = {
    "mapping values are not allowed": "put words with a colon in quotes, and indent a line as its neighbours",
    "found character '\\t'": "use spaces, never tabs",
    "expected <block end>": "indent this line as those of its block",
    "could not find expected ':'": "this line lacks a colon, or words that go on from the line before need quotes",
    "expected ',' or": "close the bracket, or put a comma between its entries",
    "that cannot start any token": "put words that begin with this sign in quotes",
}

Position = tuple[int, int]


class _UnreadableError(Exception):
    """The file cannot be read past this place."""

    def __init__(self, position: Position, message: str) -> None:
        super().__init__(message)
        self.position = position


@dataclass(slots=True)
class Document:
    """A file as plain data, with the line and column of every key and value.

    Attributes:
        path: The file.
        sha256: Hash of its bytes, in hexadecimal.
        data: None, bool, int, float, str, list, or dict with keys of str.
        problems: What is wrong with the file as YAML.
    """

    path: Path
    sha256: str
    data: Any = None
    problems: list[SpecProblem] = field(default_factory=list)
    _keys: dict[FieldPath, Position] = field(default_factory=dict)
    _values: dict[FieldPath, Position] = field(default_factory=dict)

    def locate(self, place: FieldPath, on_key: bool = False) -> Position:
        """Line and column, from 1, of a value or its key; of the block around it when it is missing."""
        while place and place not in self._values:
            place, on_key = place[:-1], True
        found = self._keys.get(place) if on_key else None
        return found or self._values.get(place, (1, 1))

    def problem(self, finding: Finding) -> SpecProblem:
        """A finding with its file, line and column."""
        return SpecProblem(
            self.path, *self.locate(finding.field, finding.on_key), field_name(finding.field), finding.message
        )

    def as_model(self, model: type[Model], also: Iterable[Finding] = ()) -> Model:
        """The data as a model; raises ``SpecError`` as ``refuse`` does, for the findings in ``also`` as well."""
        fitted, findings = validated(model, self.data)
        self.refuse([*findings, *also])
        assert fitted is not None  # without findings the data fits
        return fitted

    def refuse(self, findings: Iterable[Finding]) -> None:
        """Raise for the file's own problems and the findings together; return when there are none.

        Raises:
            SpecError: With at most ``MOST_PROBLEMS`` problems, one for each place, in order of lines.
        """
        everything = [*self.problems, *(self.problem(finding) for finding in findings)]
        places = {(problem.line, problem.column): problem for problem in reversed(everything)}  # the first one wins
        problems = [places[place] for place in sorted(places)][:MOST_PROBLEMS]
        if problems:
            more = f"{len(problems) - 1} more in this file" if len(problems) > 1 else ""
            raise SpecError(str(problems[0]), hint=more, problems=problems)


def read_document(path: Path) -> Document:
    """Read a YAML file.

    Raises:
        SpecError: There is no such file, it is too large or too deep, or it is no YAML. Mistakes that leave the rest
            readable are kept in ``Document.problems``.
    """
    return parse_document(read_content(path), path)


def read_content(path: Path) -> bytes:
    """The bytes of a file; of one that is too large, enough for ``parse_document`` to see that.

    Raises:
        SpecError: There is no such file.
    """
    try:
        if path.exists() and not path.is_file():  # a pipe or device would never end
            raise SpecError(f"{printable(str(path), 200)} is not a file")
        with path.open("rb") as file:
            return file.read(LARGEST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        hint = LOOK_AGAIN if isinstance(error, FileNotFoundError) else ""
        raise SpecError(f"{printable(str(path), 200)} cannot be read: {reason}", hint) from error


def parse_document(content: bytes, path: Path) -> Document:
    """Read YAML from memory; ``path`` is only told in problems. Raises as ``read_document``."""
    document = Document(path, hashlib.sha256(content).hexdigest())
    try:
        text = _text(content)
        _Composer(document, _events(text)).compose()
    except _UnreadableError as error:
        document.problems.append(SpecProblem(path, *error.position, "", str(error)))
        document.refuse([])
    return document


def _text(content: bytes) -> str:
    if len(content) > LARGEST_BYTES:
        raise _UnreadableError((1, 1), f"the file is larger than {LARGEST_BYTES // 1024} kB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", "replace")
        raise _UnreadableError(_position_after(before), "the text is not UTF-8") from error
    if harmful := _HARMFUL.search(text):
        raise _UnreadableError(
            _position_after(text[: harmful.start()]), f"found the control character {_code(harmful)}"
        )
    return text


def _position_after(text: str) -> Position:
    return text.count("\n") + 1, len(text) - (text.rfind("\n") + 1) + 1


def _code(harmful: re.Match[str]) -> str:
    return f"U+{ord(harmful[0]):04X}"


def _events(text: str) -> Iterator[Event]:
    """The file as a stream of events, with the library's complaints translated."""
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as error:
        unclosed = "quoted scalar" in (error.context or "")  # told where the quote was opened
        mark = error.context_mark if unclosed else error.problem_mark or error.context_mark
        raise _UnreadableError(_position(mark), f"this is not YAML: {_mend(error, unclosed)}") from error
    except (YAMLError, ValueError, OverflowError) as error:
        raise _UnreadableError((1, 1), f"this is not YAML: {printable(str(error), 200)}") from error


def _mend(error: MarkedYAMLError, unclosed: bool) -> str:
    """What to do about a complaint of the library, or the complaint where nothing better is known."""
    if unclosed:
        return "the quote that opens here is not closed"
    said = f"{error.problem} {error.context or ''}".strip()
    return next((mend for part, mend in _MENDS.items() if part in said), printable(said, 180))


def _position(mark: StringMark | None) -> Position:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


class _Composer:
    """Builds plain data from events. Recursion is safe: the depth is checked before each descent."""

    def __init__(self, document: Document, events: Iterator[Event]) -> None:
        self._document = document
        self._events = events
        self._nodes = 0
        self._documents = 0

    def compose(self) -> None:
        """Fill the document; raises ``_UnreadableError`` where reading must stop."""
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                self._documents += 1
                if self._documents > 1:
                    raise _UnreadableError(_position(event.start_mark), "found a second document, expected one")
            elif isinstance(event, (AliasEvent, ScalarEvent, MappingStartEvent, SequenceStartEvent)):
                self._document.data = self._node(event, ())

    def _node(self, event: Event, place: FieldPath) -> Any:
        position = _position(event.start_mark)
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise _UnreadableError(position, f"the file has more than {MOST_NODES} entries")
        if len(place) >= DEEPEST:
            raise _UnreadableError(position, f"found blocks nested deeper than {DEEPEST}")
        self._document._values[place] = position
        if getattr(event, "anchor", None) is not None:
            self._complain(position, place, "found an anchor or alias (& or *), expected the words written out")
        if getattr(event, "tag", None) is not None:
            self._complain(position, place, "found a tag (!), expected plain words and numbers")
        match event:
            case MappingStartEvent():
                return self._mapping(place)
            case SequenceStartEvent():
                return self._sequence(place)
            case ScalarEvent():
                return self._scalar(event, place)
        return None  # an alias, complained about above

    def _mapping(self, place: FieldPath) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not isinstance(event := next(self._events), MappingEndEvent):
            position = _position(event.start_mark)
            if not isinstance(event, ScalarEvent):
                raise _UnreadableError(position, "found a block as a key, expected a name")
            key = self._harmless(event, place)
            if key in mapping:
                line = self._document.locate((*place, key), on_key=True)[0]
                self._complain(position, (*place, key), f"found this key again (first in line {line})")
                self._node(next(self._events), (*place, key, "again"))
                continue
            mapping[key] = None
            self._document._keys[*place, key] = position
            mapping[key] = self._node(next(self._events), (*place, key))
            if mapping[key] is None:  # what was left out stands nowhere
                self._document._values[*place, key] = position
        return mapping

    def _sequence(self, place: FieldPath) -> list[Any]:
        sequence: list[Any] = []
        while not isinstance(event := next(self._events), SequenceEndEvent):
            sequence.append(self._node(event, (*place, len(sequence))))
        return sequence

    def _scalar(self, event: ScalarEvent, place: FieldPath) -> Any:
        text = self._harmless(event, place)
        return _plain(text) if event.style is None else text

    def _harmless(self, event: ScalarEvent, place: FieldPath) -> str:
        """The text, with a complaint about the first harmful character, and all of them replaced."""
        text = str(event.value)
        if harmful := _HARMFUL.search(text):
            message = f"found the control character {_code(harmful)} in {quoted(text)}"
            self._complain(_position(event.start_mark), place, message)
        return _HARMFUL.sub("\ufffd", text)

    def _complain(self, position: Position, place: FieldPath, message: str) -> None:
        self._document.problems.append(SpecProblem(self._document.path, *position, field_name(place), message))


def _plain(text: str) -> Any:
    """What an unquoted word means: nothing, true, false, a number, or itself."""
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if not _NUMBER.fullmatch(text):
        return text
    return int(text) if len(text) < 16 and text.lstrip("+-").isdigit() else float(text)
