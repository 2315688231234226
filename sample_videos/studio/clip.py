"""From a motion file to a clip with its sidecar and its truth."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from pathlib import Path

import numpy as np
from ruamel.yaml import YAML

from poise.io.specs import find_specs, load_spec
from studio.body import Floats
from studio.cast import load_cast
from studio.encode import write_video
from studio.held import held
from studio.light import LIGHTS
from studio.motion import Motion, Strength, load_motion
from studio.person import Person
from studio.placement import Stance
from studio.pose import posed
from studio.render import Picture
from studio.scene import Scene
from studio.silhouette import silhouette
from studio.stances import STANCES
from studio.timeline import Repetition, Timeline
from studio.truth import measures, write_truth
from studio.words import MotionError

#: The first line of a sidecar, by which editors find its schema.
SCHEMA = "# yaml-language-server: $schema=../src/poise/schemas/sidecar.json"
#: Within how many seconds a hold must be measured.
HOLD_WITHIN_S = 0.5

Progress = Callable[[int, int], None]


class Clip:
    """A motion made ready to be filmed."""

    def __init__(self, motion: Motion) -> None:
        cast = load_cast()
        if motion.light not in LIGHTS:
            raise MotionError(f"no light {motion.light!r}; there are {', '.join(LIGHTS)}")
        self.motion = motion
        self.person = Person(cast.person(motion.who))
        self.person.surfaces += held(self.person.body, motion.held)
        self.stance: Stance = STANCES[motion.stance](self.person.body)
        self.timeline = Timeline(motion, self.stance.rest)
        self.camera = motion.camera.camera
        self.scene = Scene(
            person=self.person,
            camera=self.camera,
            room=cast.room(motion.room),
            light=LIGHTS[motion.light],
            facing_deg=-motion.camera.turn,
            props=props_of(self.stance.props, motion.props),
            seat_m=self.stance.seat_m,
            seed=motion.seed,
        )
        #: Whether the truth holds outlines: only for an exercise that is judged by them, since each takes a while.
        self.outlined = motion.spec in find_specs() and load_spec(str(motion.spec)).needs_outline

    @property
    def frame_count(self) -> int:
        """How many pictures the clip has."""
        return int(self.timeline.duration_s * self.motion.camera.fps)

    def film(self, times: list[float], report: Report) -> Iterator[Picture]:
        """Pictures at the given times; what is true in each goes into the report."""
        for t_s in times:
            channels = self.timeline.at(t_s)
            transforms = self.scene.staged(posed(self.person.body, self.stance, channels))
            world = self.person.landmarks(transforms)
            report.add(
                t_s,
                world,
                self.camera.project(world),
                measures(self.person.body, transforms, world, self.camera.project(world)),
            )
            if self.outlined:
                report.outlines.append(silhouette(self.person.surfaces, transforms, self.camera))
            yield self.scene.picture(transforms, channels["blink"])


def props_of(own: tuple[str, ...], added: tuple[str, ...]) -> tuple[str, ...]:
    """The furniture of a stance and a motion; a chair of the motion's takes the place of the stance's."""
    seats = [prop for prop in added if prop.endswith(("chair-left", "chair-right"))]
    return (*(prop for prop in own if not (seats and prop == "chair")), *added)


class Report:
    """What was true in each picture of a clip."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.world: list[Floats] = []
        self.picture: list[Floats] = []
        self.values: list[dict[str, float]] = []
        self.outlines: list[Floats] = []

    def add(self, t_s: float, world: Floats, picture: Floats, values: dict[str, float]) -> None:
        """Note one picture."""
        self.times.append(t_s)
        self.world.append(world)
        self.picture.append(picture)
        self.values.append(values)

    def write(self, path: Path, repetitions: list[Repetition]) -> None:
        """Write the truth file."""
        write_truth(
            path, self.times, np.array(self.world), np.array(self.picture), self.values, repetitions, self.outlines
        )


def sidecar(motion: Motion, timeline: Timeline) -> dict[str, object]:
    """What must be found in the clip."""
    counted = [r for r in timeline.repetitions if r.counts]
    missed = len(timeline.repetitions) - len(counted)
    expect: dict[str, object] = {"reps": _reps(counted)}
    if motion.dose.hold is not None:
        expect["holds"] = {"seconds": motion.dose.hold, "within": HOLD_WITHIN_S}
    if motion.spec is not None:
        expect["faults"] = _faults(counted, ("clear", "strong"))
        if may := _faults(counted, ("slight",)):
            expect["may"] = may
        expect["near_misses"] = missed
        if motion.times_within is not None:
            expect["at"] = [[round(r.start_s, 2), round(r.end_s, 2)] for r in counted]
            expect["at_within"] = motion.times_within
    dose: dict[str, object] = {}
    if motion.dose.hold is not None:
        dose["hold"] = f"{motion.dose.hold:g} s"
    if motion.dose.reps is not None:
        dose["reps"] = motion.dose.reps
    head: dict[str, object] = {"spec": motion.spec or "none", "made_by": "studio", "set": motion.set}
    known = {"known": motion.known} if motion.known else {}
    return {**head, **known, **({"dose": dose} if dose else {}), "expect": expect}


def _faults(counted: list[Repetition], strengths: Container[Strength]) -> dict[str, list[int]]:
    """Each fault with the numbers of the repetitions that show it so strongly."""
    faults: dict[str, list[int]] = {}
    for number, repetition in enumerate(counted, start=1):
        for fault in repetition.faults if repetition.strength in strengths else ():
            faults.setdefault(fault, []).append(number)
    return faults


def _reps(counted: list[Repetition]) -> Mapping[str, int]:
    """Counts by side, or in total where no side works."""
    sides = [r.side for r in counted if r.side]
    if not sides:
        return {"total": len(counted)}
    return {side: sides.count(side) for side in ("left", "right")}


def render(motion_file: Path, folder: Path, progress: Progress) -> Path:
    """Render a motion file into ``NAME.mp4``, ``NAME.yaml`` and ``NAME.truth.npz``.

    Args:
        motion_file: The motion file; its name without ending is the clip's.
        folder: Where the three files go; made if it is not there.
        progress: Called with pictures done and pictures in all.

    Returns:
        The clip.

    Raises:
        MotionError: The motion file is wrong.
        StudioError: This machine cannot draw.
    """
    motion = load_motion(motion_file)
    clip = Clip(motion)
    report = Report()
    times = [index / motion.camera.fps for index in range(clip.frame_count)]

    def counted(pictures: Iterator[Picture]) -> Iterator[Picture]:
        for done, picture in enumerate(pictures, start=1):
            progress(done, len(times))
            yield picture

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{motion_file.stem}.mp4"
    # A rendering takes minutes: nobody shall find half a clip under the clip's name.
    unfinished = path.with_name(f".{path.name}")
    write_video(unfinished, counted(clip.film(times, report)), clip.camera.size_px, motion.camera.fps)
    unfinished.replace(path)
    report.write(path.with_name(f"{motion_file.stem}.truth.npz"), clip.timeline.repetitions)
    writer = YAML()
    writer.default_flow_style = None
    with path.with_suffix(".yaml").open("w", encoding="utf-8") as file:
        file.write(f"{SCHEMA}\n")
        writer.dump(sidecar(motion, clip.timeline), file)
    clip.scene.renderer.close()
    return path
