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
from poise.core.author.rejudging import Walk
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

    def blank(self, spec: Spec) -> Session:
        """A session of it in which nothing is found yet."""
        return Session(poise=poise.__version__, source=self.name, exercise=spec.id, model="")

    def wrong(self, spec: Spec) -> str | None:
        """The first thing that is not as the sidecar says, or None."""
        return self.differs(self.bodies.judged(self.said.applied_to(spec), self.blank(spec)))

    def walk(self, spec: Spec) -> Walk:
        """What an exercise makes of it, kept to judge faults again."""
        return Walk(self.bodies, self.said.applied_to(spec), self.blank(spec))

    def differs(self, session: Session) -> str | None:
        """The first thing in a session that is not as the sidecar says, or None."""
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
    seen = list(_seen((clip.name, poses[clip], said[clip]) for clip in sidecars))
    wrong = {one.name: found for one in seen if (found := one.wrong(spec))}
    if len(wrong) == len(seen):
        name, line = next(iter(wrong.items()))
        raise SpecError(f"no clip is judged as its sidecar says; {name}: {line}", "mend first what `poise test` tells")
    bench = Bench(spec, [one for one in seen if one.name not in wrong])
    todo = knobs(spec)
    if progress:
        progress(0, len(todo))
    done: dict[Knob, Swept] = {}
    for one in _all_swept(bench, todo, min(workers or os.cpu_count() or 1, len(todo))):
        done[one.knob] = one
        if progress:
            progress(len(done), len(todo))
    return Sweep(spec, tuple(done[knob] for knob in todo), len(sidecars), wrong)


class Bench:
    """The clips of a sweep, and an exercise whose numbers are moved.

    Args:
        spec: The exercise as it is.
        seen: Its clips in every variation that is judged as its sidecar says.
    """

    def __init__(self, spec: Spec, seen: Sequence[Seen]) -> None:
        self._spec, self._seen = spec, seen
        self._walks: dict[str, Walk] = {}

    def swept(self, knob: Knob) -> Swept:
        """The room of one number. What broke last is asked first, because it breaks most."""
        order = list(self._seen)

        def breaks(spec: Spec) -> str | None:
            for index, one in enumerate(order):
                if found := self._wrong(one, spec, knob):
                    order.insert(0, order.pop(index))
                    return f"{one.name}: {found}"
            return None

        return swept(self._spec, knob, breaks)

    def _wrong(self, one: Seen, spec: Spec, knob: Knob) -> str | None:
        """What is wrong when a number is moved; that of a fault changes nothing but this fault."""
        block, index, *_ = knob.place
        if block != "faults":
            return one.wrong(spec)
        if one.name not in self._walks:
            self._walks[one.name] = one.walk(self._spec)
        return one.differs(self._walks[one.name].with_fault(spec.faults[int(index)]))


_BENCH: list[Bench] = []  # in a worker: handed over when it starts


def _all_swept(bench: Bench, todo: list[Knob], count: int) -> Iterator[Swept]:
    if count == 1:
        yield from map(bench.swept, todo)
        return
    with ProcessPoolExecutor(count, initializer=_BENCH.append, initargs=(bench,)) as executor:
        for future in as_completed([executor.submit(_swept, knob) for knob in todo]):
            yield future.result()


def _swept(knob: Knob) -> Swept:
    return _BENCH[0].swept(knob)


def _seen(clips: Iterable[tuple[str, Sequence[Pose], Sidecar]]) -> Iterator[Seen]:
    for name, poses, said in clips:
        for variation, varied in VARIATIONS.items():
            # When a repetition begins and ends moves with every threshold, and is nothing that anybody counts.
            expect = expected_of(said.expect, variation).model_copy(update={"at": None})
            yield Seen(f"{name}, {variation}", Bodies(varied(poses)), said.model_copy(update={"expect": expect}))
