"""Routine files: where they are, and reading them with their exercises."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from poise.core.findings import Finding, quoted
from poise.core.routine import Routine
from poise.core.spec import Spec
from poise.core.suggestions import did_you_mean, printable
from poise.documents import Document, read_document
from poise.errors import SpecError
from poise.io.specs import ROUTINES, SUFFIXES, find_specs, library_files, load_spec


@dataclass(frozen=True, slots=True)
class LoadedRoutine:
    """A routine with its exercises, each with the dose that the routine gives it."""

    routine: Routine
    path: Path
    specs: tuple[Spec, ...]

    @property
    def duration_s(self) -> float:
        """About how long it takes."""
        return sum(spec.duration_s for spec in self.specs)


def find_routines() -> dict[str, Path]:
    """The file of every routine in the library by its id."""
    return {name: path for name, path in library_files().items() if path.parent.name == ROUTINES}


def is_routine(name: str | Path) -> bool:
    """Whether a name given for an exercise means a routine: one in the library, or a file in a folder of routines."""
    return str(name) in find_routines() or (Path(name).suffix in SUFFIXES and Path(name).parent.name == ROUTINES)


def read_routine(path_or_id: str | Path) -> LoadedRoutine:
    """The routine of that id in the library, or in that ``.yaml`` file.

    Raises:
        SpecError: There is no such routine, its file has mistakes, or one of its exercises has.
    """
    path = Path(path_or_id)
    if path.suffix not in SUFFIXES:
        routines = find_routines()
        if str(path_or_id) not in routines:
            name = str(path_or_id)
            raise SpecError(
                f"there is no routine {quoted(name)}{did_you_mean(name, routines)}", hint="see `poise list`"
            )
        path = routines[str(path_or_id)]
    document = read_document(path)
    routine = document.as_model(Routine)
    document.refuse(_mistakes(routine, path))
    return LoadedRoutine(routine, path, tuple(_dosed_specs(routine, document)))


def _mistakes(routine: Routine, path: Path) -> list[Finding]:
    """A name that is not the file's, and exercises that do not exist."""
    findings = []
    if routine.id != path.stem:
        message = f"found {quoted(routine.id)}, expected '{printable(path.stem)}', the name of its file"
        findings.append(Finding(("id",), message))
    known = find_specs()
    for index, item in enumerate(routine.exercises):
        if item.exercise not in known:
            message = f"there is no exercise {quoted(item.exercise)}{did_you_mean(item.exercise, known)}"
            findings.append(Finding(("exercises", index, "exercise"), message))
    return findings


def _dosed_specs(routine: Routine, document: Document) -> list[Spec]:
    specs = []
    for index, item in enumerate(routine.exercises):
        spec = load_spec(item.exercise)
        if item.hold is not None and not any(step.hold for step in spec.steps):
            message = f"{spec.id} has no hold to set"
            document.refuse([Finding(("exercises", index, "hold"), message, on_key=True)])
        specs.append(item.applied_to(spec))
    return specs
