"""Two versions of an exercise: reading an earlier one, and what they count differently."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from poise.app.author.workbench import Change, Workbench
from poise.core.author.knobs import knobs
from poise.core.spec import Spec
from poise.errors import SpecError
from poise.io.specs import LoadedSpec, parse_spec, read_spec

GIT_HINT = "a file, an id of `poise list`, or REVISION:PATH as git writes it, such as HEAD~3:exercise_specs/x.yaml"
COMMIT_HINT = "commit it first, or name both versions: poise diff OLD NEW"
GIT_TIMEOUT_S = 30


def version_of(text: str) -> LoadedSpec:
    """An exercise by its file, its id, or ``REVISION:PATH`` of the git repository around here.

    Raises:
        SpecError: There is none, or it has mistakes.
    """
    if ":" not in text or Path(text).exists():
        return read_spec(text)
    told = _git("show", text, folder=Path())
    if told.returncode:
        raise SpecError(f"git has no {text}", GIT_HINT)
    return parse_spec(told.stdout, Path(text.partition(":")[2]))


def committed(path: Path) -> LoadedSpec:
    """The last committed version of a file.

    Raises:
        SpecError: There is none, or it has mistakes.
    """
    told = _git("show", f"HEAD:./{path.name}", folder=path.absolute().parent)
    if told.returncode:
        raise SpecError(f"git has no earlier version of {path}", COMMIT_HINT)
    return parse_spec(told.stdout, path)


def _git(*words: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *words], cwd=folder, capture_output=True, timeout=GIT_TIMEOUT_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SpecError("git cannot be asked", "name two files: poise diff OLD NEW") from error


def numbers_changed(old: Spec, new: Spec) -> Iterator[str]:
    """Every threshold and time that is another one, is new, or is gone, in words."""
    before, after = ({knob.name: knob for knob in knobs(spec)} for spec in (old, new))
    for name in {**before, **after}:
        was, now = before.get(name), after.get(name)
        if was is None and now is not None:
            yield f"{name} {now.value:g} (new)"
        elif now is None and was is not None:
            yield f"{name} {was.value:g} (gone)"
        elif was and now and was.value != now.value:
            yield f"{name} {was.value:g} → {now.value:g}"


def compared(old: Spec, new: Spec, bench: Workbench) -> Iterator[Change]:
    """Both versions on every clip of the exercise, and on those in which nobody exercises.

    Raises:
        PoiseError: A clip or its sidecar cannot be read.
    """
    for clip in bench.clips_of(new.id):
        yield Change(bench.tried(old, clip), bench.tried(new, clip))
