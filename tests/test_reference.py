"""Generated pages are what the code says now, and every command and key is on them."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from poise.cli.main import COMMANDS
from poise.core.measures import CATALOGUE
from poise.core.spec import Spec
from poise.io.schemas import MODELS, schema_text

DOCS = Path(__file__).parents[1] / "docs"


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    """The script that writes the pages."""
    found = importlib.util.spec_from_file_location("reference", DOCS / "reference.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["spec-reference.md", "cli.md"])
def test_a_generated_page_is_fresh(page: str, reference: ModuleType) -> None:
    """When this fails: python docs/reference.py."""
    assert (DOCS / page).read_text() == reference.pages()[page]


def test_every_command_is_documented() -> None:
    """A command without a section fails here, not at a reader."""
    page = (DOCS / "cli.md").read_text()
    assert [name for name in COMMANDS if f"\n## poise {name}\n" not in page] == []


def test_every_key_and_measure_is_in_the_reference() -> None:
    """And every key of an exercise says what it means."""
    page = (DOCS / "spec-reference.md").read_text()
    assert [name for name in (*Spec.model_fields, *CATALOGUE) if f"| `{name}` |" not in page] == []
    assert [name for name, field in Spec.model_fields.items() if not field.description and not field.metadata] == []


@pytest.mark.parametrize("name", MODELS)
def test_the_shipped_schemas_are_fresh(name: str) -> None:
    """When this fails: poise schema --out src/poise/schemas."""
    path = DOCS.parent / "src" / "poise" / "schemas" / f"{name}.json"
    assert path.read_text() == schema_text(MODELS[name])
