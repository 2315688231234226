"""Exercise files: where they are, and reading them with every mistake named by line and column."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

from platformdirs import user_data_path

from poise.core.author.lint import lint
from poise.core.author.lint_rules import Advice
from poise.core.checks import mistakes
from poise.core.findings import Finding, quoted
from poise.core.spec import Spec
from poise.core.suggestions import did_you_mean, printable
from poise.documents import Document, parse_document, read_content
from poise.errors import SpecError

SUFFIXES = (".yaml", ".yml")
FOLDERS_VARIABLE = "POISE_SPECS"
HERE = "exercise_specs"  # below the current folder: where an author works
ROUTINES = "routines"  # the folder of files that are no exercises


@dataclass(frozen=True, slots=True)
class LoadedSpec:
    """A spec, and the file that it came from.

    Attributes:
        spec: The exercise.
        path: Its file.
        sha256: Hash of the file's bytes in hexadecimal, which a session records.
        document: Line and column of every field.
    """

    spec: Spec
    path: Path
    sha256: str
    document: Document


def load_spec(path_or_id: str | Path) -> Spec:
    """The exercise of that id in the library, or in that ``.yaml`` file.

    Raises:
        SpecError: There is no such exercise, or its file has mistakes; ``problems`` has them all.
    """
    return read_spec(path_or_id).spec


def read_spec(path_or_id: str | Path) -> LoadedSpec:
    """As ``load_spec``, with the file's path, hash and lines."""
    if Path(path_or_id).suffix in SUFFIXES:
        return parse_spec(read_content(Path(path_or_id)), Path(path_or_id))
    return _of_library(_path_of(str(path_or_id)))


def load_library() -> list[Spec]:
    """Every exercise of the library, by id; raises as ``load_spec``."""
    return [_of_library(path).spec for path in find_specs().values()]


def _of_library(path: Path) -> LoadedSpec:
    loaded = parse_spec(read_content(path), path)
    if loaded.spec.id != path.stem:
        message = f"found {quoted(loaded.spec.id)}, expected '{printable(path.stem)}', the name of its file"
        loaded.document.refuse([Finding(("id",), message)])
    return loaded


def spec_sha256(path_or_id: str | Path) -> str:
    """Hash of an exercise file's bytes in hexadecimal, which a session records; raises as ``load_spec``."""
    return read_spec(path_or_id).sha256


def find_specs() -> dict[str, Path]:
    """The file of every exercise in the library by its id; the first of ``spec_folders`` that has it wins."""
    return {name: path for name, path in library_files().items() if path.parent.name != ROUTINES}


def library_files() -> dict[str, Path]:
    """Every file of the library, exercises and routines, by the id that its name gives it."""
    found: dict[str, Path] = {}
    for folder in spec_folders():
        for path in sorted(chain.from_iterable(folder.rglob(f"*{suffix}") for suffix in SUFFIXES)):
            found.setdefault(path.stem, path)
    return dict(sorted(found.items()))


def spec_folders() -> list[Path]:
    """Folders of exercises that exist: those in ``POISE_SPECS``, ``exercise_specs`` here, the user's, the library."""
    named = [Path(folder) for folder in os.environ.get(FOLDERS_VARIABLE, "").split(os.pathsep) if folder]
    named.append(Path(HERE))
    package = Path(__file__).parents[1]
    in_wheel, in_checkout = package / "exercise_specs", package.parents[1] / "exercise_specs"
    library = in_wheel if in_wheel.is_dir() else in_checkout
    return [folder for folder in (*named, own_folder(), library) if folder.is_dir()]


def own_folder() -> Path:
    """The user's own exercises, wherever Poise is started; it need not exist."""
    return user_data_path("poise") / "specs"


def _path_of(name: str) -> Path:
    specs = find_specs()
    if name not in specs:
        near = set(library_files()) - {name}  # most that take an exercise take a routine, too
        raise SpecError(
            f"there is no exercise {quoted(name)}{did_you_mean(name, near)}",
            hint="`poise list` shows all exercises; the name of a file ends in .yaml",
        )
    return specs[name]


@lru_cache(maxsize=256)  # for every clip of a folder, the whole library is tried
def parse_spec(content: bytes, path: Path) -> LoadedSpec:
    """An exercise from memory, such as an earlier version of a file; ``path`` is only told in problems.

    Raises:
        SpecError: It has mistakes.
    """
    document = parse_document(content, path)
    spec = document.as_model(Spec, also=mistakes(document.data))
    return LoadedSpec(spec, path, document.sha256, document)


@dataclass(frozen=True, slots=True)
class LocatedAdvice:
    """Advice on a spec with the place in its file."""

    path: Path
    line: int
    column: int
    advice: Advice

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.advice}"


def lint_spec(path_or_id: str | Path) -> list[LocatedAdvice]:
    """Advice on a file without mistakes, in order of its lines; raises as ``load_spec``."""
    loaded = read_spec(path_or_id)
    located = [
        LocatedAdvice(loaded.path, *loaded.document.locate(advice.field, on_key=True), advice)
        for advice in lint(loaded.spec)
    ]
    return sorted(located, key=lambda item: (item.line, item.column))
