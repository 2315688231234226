"""Makes ``pytest exercise_specs/ sample_videos/`` check exercises and clips: one test for each file.

pytest imports this module in every run of everybody who has Poise installed, so it imports nothing of Poise before a
file turns out to be an exercise or the sidecar of a clip.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from poise.app.trial import Trial

SUFFIXES = (".yaml", ".yml")
HEAD_BYTES = 4096  # what an exercise or a sidecar is shows in its first lines


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """An exercise file or a sidecar as tests; any other file is left alone."""
    if file_path.suffix not in SUFFIXES or not file_path.is_file():
        return None
    keys = _keys(file_path)
    if {"poise", "steps", "camera"} <= keys:
        return SpecFile.from_parent(parent, path=file_path)
    if {"spec", "made_by", "expect"} <= keys and _clip_of(file_path):
        return SidecarFile.from_parent(parent, path=file_path)
    return None


def _keys(path: Path) -> set[str]:
    """The keys at the left margin, without reading the file as YAML."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES).decode("utf-8", "replace")
    return {line.split(":", 1)[0] for line in head.splitlines() if ":" in line and line[:1].isalpha()}


def _clip_of(sidecar: Path) -> Path | None:
    from poise.io.sidecars import CLIP_SUFFIXES

    return next((sidecar.with_suffix(end) for end in CLIP_SUFFIXES if sidecar.with_suffix(end).is_file()), None)


class SpecFile(pytest.File):
    """An exercise file: it can be read, and the linter has nothing to say."""

    def collect(self) -> Iterator[pytest.Item]:
        """One test."""
        yield SpecItem.from_parent(self, name="lint")


class SpecItem(pytest.Item):
    """The test of an exercise file."""

    def runtest(self) -> None:
        """Fail with every mistake and every piece of advice, one a line."""
        from poise.errors import SpecError
        from poise.io.specs import lint_spec

        try:
            advice = [str(one) for one in lint_spec(self.path)]
        except SpecError as error:
            advice = [str(problem) for problem in error.problems] or [error.message]
        if advice:
            raise NotAsExpectedError("\n".join(advice))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The lines alone: a traceback would say nothing about the file."""
        return _told(excinfo) or super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where it stands."""
        return self.path, 0, f"lint: {self.path.stem}"


class SidecarFile(pytest.File):
    """A sample clip with its sidecar."""

    def collect(self) -> Iterator[pytest.Item]:
        """One test."""
        yield ClipItem.from_parent(self, name="clip")


class ClipItem(pytest.Item):
    """The test of a clip: it shows what its sidecar says."""

    def runtest(self) -> None:
        """Judge the clip from its cached landmarks, or by the model the first time."""
        from poise.app.author.failure import report
        from poise.app.trial import try_clip
        from poise.errors import PoiseError
        from poise.io.sidecars import load_sidecar
        from poise.io.specs import load_spec

        clip = _clip_of(self.path)
        assert clip is not None  # it was there when it was collected
        try:
            said = load_sidecar(self.path, load_spec)
            trials = list(try_clip(clip, self.path))
            failed = [trial for trial in trials if not trial.passed]
            told = [] if said.known else [_headed(trial, list(report(trial, said))) for trial in failed]
        except PoiseError as error:
            raise NotAsExpectedError("\n".join([error.message, error.hint]).strip()) from error
        if failed and said.known:
            pytest.xfail(said.known)
        if failed:
            raise NotAsExpectedError("\n\n".join(told))
        if said.known:
            raise NotAsExpectedError(f"it passes, but its sidecar says `known: {said.known}`: take that line out")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The report alone."""
        return _told(excinfo) or super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where it stands."""
        return self.path, 0, f"clip: {self.path.stem}"


class NotAsExpectedError(Exception):
    """A file is not as it should be; its text is the report."""


def _headed(trial: Trial, lines: list[str]) -> str:
    return "\n".join([f"{trial.clip.name} with {trial.spec.id}", *(f"  {line}".rstrip() for line in lines)])


def _told(excinfo: pytest.ExceptionInfo[BaseException]) -> str:
    return str(excinfo.value) if isinstance(excinfo.value, NotAsExpectedError) else ""
