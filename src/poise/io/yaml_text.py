"""Writes YAML that people read: small blocks on one line, and a comment beside what needs one."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from poise.core.findings import FieldPath
from poise.documents import parse_document
from poise.files import writing

WIDTH = 118
COMMENTS_AT = 46  # column of the comments
SPACED = ("steps", "faults", "safety", "expect")  # blocks with an empty line before them


def annotated(data: Mapping[str, Any], comments: Mapping[FieldPath, str], heading: str = "") -> str:
    """The text of a file.

    Args:
        data: Plain mappings, lists, words and numbers.
        comments: Words that stand behind a key, by its path.
        heading: Lines before the first key, each with its ``#``.
    """
    yaml = YAML()
    yaml.width = WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    yaml.dump(_block(data), out)
    document = parse_document(out.getvalue().encode(), Path("text"))
    lines = out.getvalue().splitlines()
    for place, words in comments.items():
        number = document.locate(place, on_key=True)[0] - 1
        line = lines[number]
        beside = f"{line:{COMMENTS_AT}}  # {words}"
        indent = line[: len(line) - len(line.lstrip())]
        lines[number] = beside if len(beside) <= WIDTH else f"{indent}# {words}\n{line}"
    for key in SPACED:
        if key in data:
            number = document.locate((key,), on_key=True)[0] - 1
            lines[number] = "\n" + lines[number]
    return "\n".join([*heading.splitlines(), *lines]) + "\n"


def write_text(path: Path, text: str) -> None:
    """Write a text file that appears when it is complete.

    Raises:
        OutputError: It cannot be written.
    """
    with writing(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def _block(value: Any, top: bool = True) -> Any:
    """As the library's own types, blocks without blocks in them on one line."""
    if isinstance(value, Mapping):
        made = CommentedMap({key: _block(one, top=False) for key, one in value.items()})
        if not top and not any(isinstance(one, Mapping) for one in value.values()):
            made.fa.set_flow_style()
        return made
    if isinstance(value, (list, tuple)):
        listed = CommentedSeq([_block(one, top=False) for one in value])
        if not any(isinstance(one, Mapping) for one in value):
            listed.fa.set_flow_style()
        return listed
    return int(value) if isinstance(value, float) and value.is_integer() else value
