"""``poise sweep``: how far each number of a spec can move, over its clips and their variations, in processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

import poise
from poise.app.tracking import track_of
from poise.core.author.knobs import Knob, knobs
from poise.core.author.sidecar import Sidecar
from poise.core.author.sweep import Swept, swept
from poise.core.author.variations import VARIATIONS, expected_of
from poise.core.author.verdict import differences
from poise.core.replay import Bodies
from poise.core.session import Session
from poise.core.spec import Spec
from poise.core.types import Pose
from poise.errors import SpecError
from poise.io.sidecars import load_sidecar
from poise.io.specs import load_spec

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Seen:
    """One clip as it is seen in one way.

    Attributes:
        name: Clip and variation, for reports.
        bodies: Its bodies.
        said: What must be found in it.
    """

    name: str
    bodies: Bodies
    said: Sidecar

    def wrong(self, spec: Spec) -> str | None:
        """The first thing that is not as the sidecar says, or None."""
        blank = Session(poise=poise.__version__, source=self.name, exercise=spec.id, model="")
        session = self.bodies.judged(self.said.applied_to(spec), blank)
        return next(iter(differences(session, self.said.expect)), None)


@dataclass(frozen=True, slots=True)
class Sweep:
    """The result.

    Attributes:
        spec: The exercise.
        numbers: Every number with its room.
        clips: How many clips it was tried on.
        wrong: Clips and variations that are not as their sidecars say even as it is, and how; they are left out.
    """

    spec: Spec
    numbers: tuple[Swept, ...]
    clips: int
    wrong: dict[str, str]

    @property
    def fragile(self) -> list[Swept]:
        """The numbers that have too little room, the most fragile first."""
        return sorted((one for one in self.numbers if one.fragile), key=lambda one: one.margin)


def sweep(
    spec: Spec,
    sidecars: Mapping[Path, Path],
    *,
    model: str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Sweep:
    """Move every number of an exercise until one of its clips is not as its sidecar says any more.

    Args:
        spec: The exercise.
        sidecars: Its clips.
        model: The model whose landmarks are used.
        workers: Processes; as many as there are processors when left out. 1 works in this process.
        progress: Told how many numbers are done, and of how many.

    Raises:
        PoiseError: A clip or sidecar cannot be read, or none is judged as its sidecar says.
    """
    poses = {clip: track_of(clip, model=model, masks=spec.needs_outline).poses for clip in sidecars}
    said = {clip: load_sidecar(sidecar, load_spec) for clip, sidecar in sidecars.items()}
    clips: list[_Clip] = [(clip.name, poses[clip], said[clip]) for clip in sidecars]
    todo = knobs(spec)
    count = min(workers or os.cpu_count() or 1, len(todo))
    wrong = {one.name: found for one in _seen(clips) if (found := one.wrong(spec))}
    if len(wrong) == len(clips) * len(VARIATIONS):
        name, line = next(iter(wrong.items()))
        raise SpecError(f"no clip is judged as its sidecar says; {name}: {line}", "mend first what `poise test` tells")
    done: dict[Knob, Swept] = {}
    for one in _all_swept(spec, todo, clips, count):
        done[one.knob] = one
        if progress:
            progress(len(done), len(todo))
    return Sweep(spec, tuple(done[knob] for knob in todo), len(clips), wrong)


_Clip = tuple[str, Sequence[Pose], Sidecar]
_SEEN: list[Seen] = []  # in a worker: made once, when it starts


def _all_swept(spec: Spec, todo: list[Knob], clips: list[_Clip], count: int) -> Iterator[Swept]:
    if count == 1:
        seen = [one for one in _seen(clips) if one.wrong(spec) is None]
        yield from (swept(spec, knob, _breaker(seen)) for knob in todo)
        return
    with ProcessPoolExecutor(count, initializer=_start, initargs=(spec, clips)) as executor:
        for future in as_completed([executor.submit(_swept, spec, knob) for knob in todo]):
            yield future.result()


def _seen(clips: Iterable[_Clip]) -> Iterator[Seen]:
    for name, poses, said in clips:
        for variation, varied in VARIATIONS.items():
            # When a repetition begins and ends moves with every threshold, and is nothing that anybody counts.
            expect = expected_of(said.expect, variation).model_copy(update={"at": None})
            yield Seen(f"{name}, {variation}", Bodies(varied(poses)), said.model_copy(update={"expect": expect}))


def _start(spec: Spec, clips: list[_Clip]) -> None:
    _SEEN[:] = [one for one in _seen(clips) if one.wrong(spec) is None]


def _swept(spec: Spec, knob: Knob) -> Swept:
    return swept(spec, knob, _breaker(_SEEN))


def _breaker(seen: list[Seen]) -> Callable[[Spec], str | None]:
    """Tells what a spec breaks; what broke last is asked first, because it breaks most."""
    order = list(seen)

    def breaks(spec: Spec) -> str | None:
        for index, one in enumerate(order):
            if found := one.wrong(spec):
                order.insert(0, order.pop(index))
                return f"{one.name}: {found}"
        return None

    return breaks
