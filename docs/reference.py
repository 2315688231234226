"""Writes spec-reference.md from the models and cli.md from the parsers, so that neither can fall behind the code.

usage: python docs/reference.py
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from poise.cli.main import COMMANDS, GROUPS, START
from poise.core.author.lint_rules import RULES
from poise.core.author.sidecar import Sidecar
from poise.core.measures import CATALOGUE
from poise.core.routine import Routine
from poise.core.spec import Spec

FOLDER = Path(__file__).parent
GENERATED = "<!-- Written by docs/reference.py; do not edit. -->"
LARGE = 10_000  # a bound that only keeps slips of the pen out
PREFIXES = """\
Before any measure: `speed.` (per second, unsigned), `steadiness.` (how much it wavers over the last second),
`difference.` (between left and right, unsigned); `other.` (the side that does not work), `left.`, `right.`, `both.`
(the two meet it; side on, a far one that is hidden is left out), `either.`. Left is the person's left. Without a prefix
the working side is meant."""


def main() -> None:
    """Write both pages."""
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


def pages() -> dict[str, str]:
    """The text of each page by the name of its file."""
    return {"spec-reference.md": "".join(_reference()), "cli.md": "".join(_cli())}


def _reference() -> Iterator[str]:
    yield f"# Every key of an exercise, a sidecar and a routine\n\n{GENERATED}\n\n"
    yield "[writing-a-spec.md](writing-a-spec.md) is the way in. Unknown keys are errors. A time is\n"
    yield "written `15 s`, `2 min` or as a number of seconds. Editors know all of this: `poise schema`.\n"
    for title, model in (("Exercise", Spec), ("Sidecar of a clip", Sidecar), ("Routine", Routine)):
        yield from _model(title, model)
    yield "\n## Measures\n\n| measure | what it is | unit | seen from | sides |\n|---|---|---|---|---|\n"
    for row in CATALOGUE.values():
        sides = "left, right" if row.sided else ""
        yield f"| `{row.name}` | {row.meaning} | {row.unit} | {', '.join(row.views)} | {sides} |\n"
    yield f"\n{PREFIXES}\n\nHow exact each is: [accuracy.md](accuracy.md), or `poise measures`.\n"
    yield "\n## What the linter advises\n\n| rule | why |\n|---|---|\n"
    for rule, why in RULES.items():
        yield f"| `{rule}` | {why} |\n"


def _model(title: str, model: type[BaseModel]) -> Iterator[str]:
    """A section for a kind of file, with one table for each block in it."""
    schema = model.model_json_schema(by_alias=True)
    blocks = {title: schema, **schema.get("$defs", {})}
    for name, block in blocks.items():
        if block.get("type") != "object":
            continue
        level = "##" if block is schema else "###"
        said = block.get("description", "").split("\n")[0].replace("``", "`")
        yield f"\n{level} {name if block is schema else _words(name)}\n\n{said}\n\n"
        yield "| key | value | default | |\n|---|---|---|---|\n"
        for key, field in block["properties"].items():
            default = "" if key in block.get("required", []) else _default(field)
            meaning = field.get("description", "").replace("|", "\\|")
            yield f"| `{key}` | {_value(field)} | {default} | {meaning} |\n"


def _words(name: str) -> str:
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip().capitalize()


def _default(field: dict[str, Any]) -> str:
    value = field.get("default")
    return "" if value in (None, [], {}) or isinstance(value, dict) else f"`{str(value).lower()}`"


def _value(field: dict[str, Any]) -> str:
    """What a key may be, in words."""
    if "$ref" in field:
        return _words(field["$ref"].rsplit("/", 1)[1])
    if "anyOf" in field:
        return " or ".join(dict.fromkeys(_value(one) for one in field["anyOf"] if one.get("type") != "null"))
    if "const" in field or "enum" in field:
        return ", ".join(f"`{one}`" for one in field.get("enum", [field.get("const")]))
    if field.get("type") == "array":
        pair = field.get("prefixItems")
        return f"[{', '.join(_value(one) for one in pair)}]" if pair else f"list of {_value(field['items'])}"
    if field.get("type") == "object":
        inner = field.get("additionalProperties") or next(iter(field.get("patternProperties", {"": {}}).values()))
        return f"name: {_value(inner)}" if isinstance(inner, dict) and inner else "names"
    kind = {"number": "number", "integer": "whole number", "boolean": "true, false", "string": "words"}
    word = kind.get(field.get("type", ""), "anything")
    low, high = field.get("minimum"), field.get("maximum")
    if field.get("type") == "string" and "pattern" in field:
        return "time" if "sec" in field["pattern"] else "name"
    return f"{word}, {low:g} to {high:g}" if low is not None and high is not None and high < LARGE else word


def _cli() -> Iterator[str]:
    yield f"# The command line\n\n{GENERATED}\n\n"
    yield f"```text\n{START.strip()}\n```\n\n| command | |\n|---|---|\n"
    for title, group in GROUPS.items():
        yield f"| **{title}** | |\n"
        yield from (f"| [`poise {name}`](#poise-{name}) | {summary} |\n" for name, summary in group.items())
    for name, summary in COMMANDS.items():
        parser = argparse.ArgumentParser(prog=f"poise {name}", add_help=False)
        importlib.import_module(f"poise.cli.{name}_command").configure(parser)
        yield f"\n## poise {name}\n\n{summary[0].upper()}{summary[1:]}.\n\n"
        actions = [action for action in parser._actions if action.help != argparse.SUPPRESS]
        if actions:
            yield "| | |\n|---|---|\n"
        for action in actions:
            yield f"| {_option(action)} | {(action.help or '').replace('|', chr(92) + '|')} |\n"
        if parser.epilog:
            yield f"\n```text\n{parser.epilog.strip()}\n```\n"
    yield (
        "\nExit codes: 0 all went well; 1 a check failed; 2 something was wrong, told in one line with a hint; "
        "130 interrupted.\n"
    )


def _option(action: argparse.Action) -> str:
    value = action.metavar if isinstance(action.metavar, str) else "" if action.nargs == 0 else action.dest.upper()
    more = " ..." if action.nargs in ("*", "+") else ""
    if not action.option_strings:
        return f"`{value}{more}`" if action.nargs not in ("?", "*") else f"`[{value}{more}]`"
    return f"`{', '.join(action.option_strings)}{' ' * bool(value)}{value}{more}`"


if __name__ == "__main__":
    main()
