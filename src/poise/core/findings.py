"""What is wrong with a block of data, in words that its author understands.

A finding names its place as a path of keys and positions, such as ``("steps", 1, "where", "neck_tilt")``; the module
that read the file knows the line and column of each path.
"""

from __future__ import annotations

import re
import types
from dataclasses import dataclass
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, to_json

from poise.core.suggestions import did_you_mean, mended, printable

FieldPath = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)


#: What each of pydantic's complaints means to somebody who writes a spec. ``{name}`` is filled from its context.
_EXPECTED = {
    "string_type": "words",
    "string_too_short": "words",
    "string_too_long": "at most {max_length} characters",
    "float_type": "a number",
    "finite_number": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "a block of `key: value` lines",
    "model_type": "a block of `key: value` lines",
    "model_attributes_type": "a block of `key: value` lines",
    "greater_than": "more than {gt:g}",
    "greater_than_equal": "{ge:g} or more",
    "less_than_equal": "{le:g} or less",
    "too_short": "at least {min_length}",
    "too_long": "at most {max_length}",
    "literal_error": "{expected}",
}

#: Blocks that are often taken for a number or words, by the names of their models.
_SUCH_AS = {
    "Condition": "a condition such as {above: 20}",
    "Dose": "a block such as {sets: 1, reps: 5}",
    "Holds": "a block such as {seconds: 3, within: 0.5}",
    "Reps": "a block such as {left: 2, right: 2} or {total: 4}",
    "Safety": "a block such as {stop_if: [pain, dizziness]}",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong at one place.

    Attributes:
        field: Where.
        message: What was found and what was expected, in one line.
        on_key: Whether the key itself is wrong rather than its value.
    """

    field: FieldPath
    message: str
    on_key: bool = False


def field_name(field: FieldPath) -> str:
    """A path as a reader would name it: ``steps[1].where.neck_tilt``."""
    parts = [f"[{part}]" if isinstance(part, int) else f".{printable(part)}" for part in field]
    return "".join(parts).removeprefix(".")


def quoted(value: Any) -> str:
    """A value as found in a file, short and harmless."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case str():
            return f"'{printable(value)}'"
        case dict():
            return "a block"
        case list():
            return "a list"
    return printable(str(value))


def validated(model: type[Model], data: Any) -> tuple[Model | None, list[Finding]]:
    """The data as a model, or every reason why it is none.

    Args:
        model: The model that the data should fit.
        data: Plain data, as JSON could hold it. A quoted number is no number, and ``true`` is not 1.
    """
    try:
        return model.model_validate_json(to_json(data, inf_nan_mode="constants"), strict=True), []
    except ValidationError as error:
        return None, _explained(model, data, error.errors(include_url=False))


def _explained(model: type[BaseModel], data: Any, errors: list[ErrorDetails]) -> list[Finding]:
    """One finding for each place, with the branches of a union told as alternatives."""
    places: dict[FieldPath, list[ErrorDetails]] = {}
    for error in errors:
        places.setdefault(_path_in(data, error), []).append(error)
    deeper = {path[:length] for path in places for length in range(len(path))}
    findings = []
    for path, found in places.items():
        branches = [error for error in found if len(error["loc"]) > len(path)]
        if path in deeper and branches:  # another branch of this union got further, and says more
            continue
        findings.append(_finding(model, path, found))
    return [finding for finding in findings if not _misspelt(finding, findings)]


def _misspelt(missing: Finding, findings: list[Finding]) -> bool:
    """Whether a key that is missing is there under a name that is told already."""
    block, name = missing.field[:-1], missing.field[-1:]
    hint = f"(did you mean '{name[0]}'?)" if name and "found nothing" in missing.message else None
    return any(hint and one.on_key and one.field[:-1] == block and hint in one.message for one in findings)


def _path_in(data: Any, error: ErrorDetails) -> FieldPath:
    """Where an error stands in the data: its location without pydantic's own marks for unions and keys."""
    path: list[str | int] = []
    for part in error["loc"]:
        inside = part in data if isinstance(data, dict) else isinstance(data, list) and part in range(len(data))
        if inside:
            data = data[part]
            path.append(part)
    return (*path, error["loc"][-1]) if error["type"] == "missing" else tuple(path)


def _finding(model: type[BaseModel], path: FieldPath, errors: list[ErrorDetails]) -> Finding:
    first = errors[0]
    if first["type"] == "missing":
        what = "one more entry" if isinstance(path[-1], int) else f"'{path[-1]}'"
        return Finding(path, f"found nothing, expected {what}")
    if first["type"] == "extra_forbidden":
        known = _keys_of(model, path[:-1])
        hint = did_you_mean(str(path[-1]), known) or f" (known: {', '.join(known)})"
        return Finding(path, f"found an unknown key{hint}", on_key=True)
    expected = list(dict.fromkeys(_expectation(error) for error in errors))
    names = [name for error in errors for name in re.findall(r"'([^']*)'", error.get("ctx", {}).get("expected", ""))]
    value = first["input"]
    hint = (did_you_mean(value, names) if isinstance(value, str) else "") or mended(value, expected)
    found = "" if isinstance(value, dict) and first["type"] == "value_error" else f"found {quoted(value)}, "
    on_key = first["loc"][-1:] == ("[key]",)
    return Finding(path, f"{found}expected {' or '.join(expected)}{hint}", on_key)


def _expectation(error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    if error["type"] == "value_error":
        return str(context["error"]).removesuffix(" is expected")
    if error["type"] == "string_pattern_mismatch":
        joint = "underscores" if "_" in context["pattern"] else "hyphens"
        return f"small letters and digits, joined by {joint}"
    if such := _SUCH_AS.get(context.get("class_name", "")):
        return such
    template = _EXPECTED.get(error["type"])
    return template.format(**context) if template else printable(error["msg"], 200)


def _keys_of(model: type[BaseModel], path: FieldPath) -> list[str]:
    """The keys that the block at a path may have."""
    kind: Any = model
    for part in path:
        if _is_model(kind):
            fields = kind.model_fields.items()
            kind = next((field.annotation for name, field in fields if part in (name, field.alias)), None)
        else:  # an entry of a list or a mapping
            kind = get_args(kind)[-1] if get_args(kind) else None
        kind = _member(kind)
    return [field.alias or name for name, field in kind.model_fields.items()] if _is_model(kind) else []


def _member(kind: Any) -> Any:
    """Of a union the member that is a block or holds blocks; any other type as it is."""
    if get_origin(kind) in (Union, types.UnionType):
        members = [_member(member) for member in get_args(kind)]
        return next((member for member in members if _is_model(member) or get_origin(member)), None)
    return kind


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
