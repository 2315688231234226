"""JSON Schemas of the files that people and programs write, generated from the models.

An editor completes and checks a file whose first line names its schema:
``# yaml-language-server: $schema=spec.json``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from poise.core.author.sidecar import Sidecar
from poise.core.measures import CATALOGUE
from poise.core.routine import Routine
from poise.core.session import Session
from poise.core.spec import MEASURE_PATTERN, Spec
from poise.errors import OutputError

FOLDER = Path(__file__).parents[1] / "schemas"
DIALECT = "https://json-schema.org/draft/2020-12/schema"

#: Every schema in the package, by the name of its file.
MODELS: Mapping[str, type[BaseModel]] = {"spec": Spec, "routine": Routine, "sidecar": Sidecar, "session": Session}


def schema_text(model: type[BaseModel]) -> str:
    """The JSON Schema of a model as the text of its file."""
    schema = {"$schema": DIALECT, **_completing(model.model_json_schema(by_alias=True, mode="validation"))}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def write_schemas(folder: Path = FOLDER, models: Mapping[str, type[BaseModel]] = MODELS) -> list[Path]:
    """Write ``NAME.json`` for each model.

    Raises:
        OutputError: The folder cannot be written to.
    """
    paths = [folder / f"{name}.json" for name in models]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, model in zip(paths, models.values(), strict=True):
            path.write_text(schema_text(model), encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{folder} cannot be written: {error.strerror}") from error
    return paths


def schema_line(name: str, path: Path) -> str:
    """The comment by which an editor finds the schema of a file, as seen from where the file is."""
    away = os.path.relpath(FOLDER / f"{name}.json", path.parent.resolve())
    return f"# yaml-language-server: $schema={Path(away).as_posix()}"


def _completing(schema: Any) -> Any:
    """The schema with the catalogue's names wherever a measure is named, so that an editor can complete them."""
    if isinstance(schema, list):
        return [_completing(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    by_name = schema.get("patternProperties", {})
    if MEASURE_PATTERN in by_name:
        listed = dict.fromkeys(sorted(CATALOGUE), by_name[MEASURE_PATTERN])
        return {**schema, "properties": listed, "additionalProperties": False}
    return {key: _completing(part) for key, part in schema.items()}
