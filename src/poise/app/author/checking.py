"""Everything that can be said about files without a clip: exercises, routines and sidecars, each by what is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from poise.documents import read_document
from poise.errors import SpecError
from poise.io.routines import read_routine
from poise.io.sidecars import CLIP_SUFFIXES, load_sidecar
from poise.io.specs import SUFFIXES, find_specs, library_files, lint_spec, load_spec, read_spec


@dataclass(frozen=True, slots=True)
class Checked:
    """One file.

    Attributes:
        path: The file.
        mistakes: What is wrong, one line each, with file, line, column and what is expected.
        advice: What will disappoint, the same.
    """

    path: Path
    mistakes: tuple[str, ...]
    advice: tuple[str, ...]


def files_of(names: list[str]) -> list[Path]:
    """The files that are meant: by path, by folder, by the id of an exercise; the whole library when none is named.

    Raises:
        SpecError: There is none of that name.
    """
    if not names:
        return list(library_files().values())
    return [path for name in names for path in _files(name)]


def _files(name: str) -> list[Path]:
    path = Path(name)
    if path.is_dir():
        return sorted(one for one in path.rglob("*") if one.suffix in SUFFIXES and _is_ours(one))
    if path.suffix in SUFFIXES:
        return [path]
    known = find_specs()
    if name not in known:
        load_spec(name)  # says what is near
    return [known[name]]


def _is_ours(path: Path) -> bool:
    """Whether a file in a folder means to be one of Poise's; one that cannot be read is told."""
    try:
        data = read_document(path).data
    except SpecError:
        return True
    return isinstance(data, dict) and bool(
        {"poise", "steps", "expect", "exercises"} & set(data) or _beside_a_clip(path)
    )


def _beside_a_clip(path: Path) -> bool:
    return any(path.with_suffix(suffix).is_file() for suffix in CLIP_SUFFIXES)


def all_checked(paths: list[Path]) -> list[Checked]:
    """What is wrong with files, or will disappoint; a mistake of an exercise is told once, not at each of its clips."""
    found = [checked(path) for path in paths]
    wrong = {one.path.resolve() for one in found if one.mistakes}
    return [replace(one, mistakes=()) if one.mistakes and _only_its_exercise(one.path, wrong) else one for one in found]


def _only_its_exercise(path: Path, wrong: set[Path]) -> bool:
    """Whether a file is a sidecar without mistakes of its own, of an exercise that is wrong."""
    try:
        exercise = find_specs().get(load_sidecar(path).spec)
    except SpecError:
        return False
    return exercise is not None and exercise.resolve() in wrong


def checked(path: Path) -> Checked:
    """What is wrong with a file, or will disappoint."""
    advice: list[str] = []
    try:
        data = read_document(path).data
        keys = set(data) if isinstance(data, dict) else set()
        check: Callable[[Path], Iterator[str]] = _spec
        if "exercises" in keys:
            check = _routine
        elif "expect" in keys or (_beside_a_clip(path) and "steps" not in keys):
            check = _sidecar
        advice += check(path)
    except SpecError as error:
        return Checked(path, tuple(map(str, error.problems)) or (error.message,), ())
    return Checked(path, (), tuple(advice))


def _spec(path: Path) -> Iterator[str]:
    known = find_specs().get(path.stem)
    if known is not None and known.resolve() == path.resolve():
        read_spec(path.stem)  # by its name it must be found under its id
    yield from map(str, lint_spec(path))


def _routine(path: Path) -> Iterator[str]:
    read_routine(path)
    yield from ()


def _sidecar(path: Path) -> Iterator[str]:
    load_sidecar(path, load_spec)
    yield from ()
