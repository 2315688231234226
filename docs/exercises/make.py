"""Makes the gallery of exercises from the specs and the sample clips: pages, strips of key poses, pictures of faults.

usage: python docs/exercises/make.py [ID...]

Landmarks come from the cache where a clip is known; otherwise the pose model runs once. Without ids, everything is made
anew; with ids, the pictures of these exercises only, and the pages.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from jinja2 import Environment, FileSystemLoader
from numpy.typing import NDArray
from rich.progress import track

from poise.app.tracking import track_of
from poise.cli.list_command import dose, minutes
from poise.cli.show_command import SAFETY_FIRST, growth, measured_errors, plain
from poise.core.coach import Coach, Snapshot
from poise.core.conditions import Position
from poise.core.events import FaultSeen, RepDone
from poise.core.geometry import is_missing
from poise.core.measures import measures_of
from poise.core.spec import Spec, Step
from poise.io.routines import find_routines, read_routine
from poise.io.sidecars import load_sidecar
from poise.io.specs import find_specs, load_spec
from poise.io.video import VideoFile

HERE = Path(__file__).parent
IMAGES = HERE / "images"
SAMPLES = HERE.parents[1] / "sample_videos"
HEIGHT_PX = 300
GAP_PX = 6
MARGIN = 0.22  # of the larger side of the body's frame
SHAPE = (0.62, 1.5)  # narrowest and widest crop, width over height

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Moments:
    """When a clip shows what the gallery wants to show: seconds of each step's best moment, and of each fault."""

    steps: dict[str, float]
    faults: dict[str, float]
    box: tuple[float, float, float, float]


def main() -> None:
    """Make the pictures, then the pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ids", nargs="*", metavar="ID")
    wanted = parser.parse_args().ids
    IMAGES.mkdir(exist_ok=True)
    specs = {path.parent.name + "/" + name: load_spec(name) for name, path in find_specs().items()}
    shown = [spec for spec in specs.values() if not wanted or spec.id in wanted]
    for spec in track(shown, description="pictures"):
        make_pictures(spec)
    write_pages(specs)


def make_pictures(spec: Spec) -> None:
    """The strip of key poses of an exercise and one small picture for each of its faults."""
    clip = SAMPLES / f"{spec.id}.mp4"
    if not clip.exists():
        return
    moments = find_moments(clip, load_sidecar(clip.with_suffix(".yaml")).applied_to(spec))
    pictures = pictures_at(clip, [*moments.steps.values(), *moments.faults.values()])
    steps = [crop(pictures[t_s], moments.box) for t_s in moments.steps.values()]
    if steps:
        gap = np.full((HEIGHT_PX, GAP_PX, 3), 255, np.uint8)
        strip = [part for step in steps for part in (step, gap)][:-1]
        save(IMAGES / f"{spec.id}.jpg", np.hstack(strip))
    for fault, t_s in moments.faults.items():
        whole = crop(pictures[t_s], moments.box)
        small = cv2.resize(whole, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA)
        save(IMAGES / f"{spec.id}--{fault}.jpg", small)


def find_moments(clip: Path, spec: Spec) -> Moments:
    """The best moment of every step in the first repetition without a fault, and the first of every fault.

    Where sides are counted apart it is one of the left: live coaching mirrors the pictures for the right.
    """
    coach = Coach(spec)
    snapshots = [coach.step(pose) for pose in track_of(clip, masks=spec.needs_outline).poses]
    events = [(snapshot, event) for snapshot in snapshots for event in snapshot.events]
    faults = {event.fault: snapshot.t_s for snapshot, event in reversed(events) if isinstance(event, FaultSeen)}
    reps = sorted((event for _, event in events if isinstance(event, RepDone)), key=lambda rep: rep.side == "right")
    spans = [(rep.start_s, rep.t_s) for rep in reps]
    spans = [span for span in spans if not any(span[0] <= t_s <= span[1] for t_s in faults.values())] or spans
    steps: dict[str, float] = {}
    if spans:
        start_s, end_s = spans[0]
        steps[spec.steps[0].id] = max(0.0, start_s - 0.15)
        for step in spec.steps[1:]:
            during = [one for one in snapshots if start_s <= one.t_s <= end_s and one.state.step == step.id]
            if during:
                steps[step.id] = best_moment(during, spec, step)
    elif snapshots:  # a timer: there is nothing to reach
        steps[spec.steps[0].id] = snapshots[len(snapshots) // 2].t_s
    known = {fault.id for fault in spec.faults}
    faults = {fault: t_s for fault, t_s in faults.items() if fault in known}
    times = {*steps.values(), *faults.values()}
    near = [snapshot for snapshot in snapshots if any(abs(snapshot.t_s - t_s) < 0.2 for t_s in times)]
    return Moments(steps, faults, frame_of(near or snapshots))


def best_moment(during: Iterable[Snapshot], spec: Spec, step: Step) -> float:
    """When a step is reached most fully, by its leading condition."""
    target = Position.compile(step.where, measures_of(spec)).leading

    def depth(snapshot: Snapshot) -> float:
        value = target.depth(snapshot.reading.value(target.ref, snapshot.state.side))
        return value if value == value else -math.inf

    return max(during, key=depth).t_s


def frame_of(snapshots: Iterable[Snapshot]) -> tuple[float, float, float, float]:
    """Left, top, right, bottom in pixels around the person in all these moments, with a margin, of a pleasant shape."""
    points = [point for one in snapshots for point in one.reading.body.points if not is_missing(point)]
    if not points:
        return 0, 0, 1e6, 1e6
    (left, top), (right, bottom) = np.min(points, axis=0), np.max(points, axis=0)
    margin = MARGIN * max(right - left, bottom - top)
    left, top, right, bottom = left - margin, top - margin, right + margin, bottom + margin
    width, height, narrow, wide = right - left, bottom - top, *SHAPE
    grow_x, grow_y = max(0.0, narrow * height - width) / 2, max(0.0, width / wide - height) / 2
    return left - grow_x, top - grow_y, right + grow_x, bottom + grow_y


def pictures_at(clip: Path, times: list[float]) -> dict[float, Picture]:
    """The first picture at or after each time."""
    found: dict[float, Picture] = {}
    for frame in VideoFile(clip):
        for t_s in times:
            if t_s not in found and frame.t_s >= t_s - 1e-6:
                found[t_s] = frame.bgr.copy()
        if len(found) == len(set(times)):
            break
    return found


def crop(picture: Picture, box: tuple[float, float, float, float]) -> Picture:
    """The part of a picture inside a box, as far as there is any, at the gallery's height."""
    height, width = picture.shape[:2]
    left, top, right, bottom = (round(value) for value in box)
    part = picture[max(0, top) : min(height, bottom), max(0, left) : min(width, right)]
    scale = HEIGHT_PX / part.shape[0]
    return np.asarray(cv2.resize(part, (round(part.shape[1] * scale), HEIGHT_PX), interpolation=cv2.INTER_AREA))


def save(path: Path, picture: Picture) -> None:
    """Write a JPEG."""
    cv2.imwrite(str(path), picture, [cv2.IMWRITE_JPEG_QUALITY, 82])


def write_pages(specs: dict[str, Spec]) -> None:
    """``index.html`` for a browser and ``README.md`` for where Markdown is shown."""
    regions: dict[str, list[dict[str, Any]]] = {}
    for place, spec in sorted(specs.items()):
        regions.setdefault(place.split("/")[0], []).append(page_of(spec))
    routines = [read_routine(name) for name in find_routines()]
    environment = Environment(loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    for template, page in (("gallery.html.j2", "index.html"), ("gallery.md.j2", "README.md")):
        text = environment.get_template(template).render(
            regions=regions, routines=routines, minutes=minutes, safety_first=SAFETY_FIRST
        )
        (HERE / page).write_text(text + "\n", encoding="utf-8")


def page_of(spec: Spec) -> dict[str, Any]:
    """What the pages say of one exercise."""
    return {
        "spec": spec,
        "dose": dose(spec) + growth(spec),
        "errors": measured_errors(spec),
        "minutes": minutes(spec.duration_s),
        "steps": [plain(step.say) for step in spec.steps],
        "faults": list(faults_of(spec)),
        "picture": f"images/{spec.id}.jpg" if (IMAGES / f"{spec.id}.jpg").exists() else None,
    }


def faults_of(spec: Spec) -> Iterator[dict[str, str | None]]:
    """The words for each fault, and its picture if there is one."""
    for fault in spec.faults:
        picture = f"images/{spec.id}--{fault.id}.jpg"
        yield {"say": plain(fault.say), "picture": picture if (HERE / picture).exists() else None}


if __name__ == "__main__":
    main()
