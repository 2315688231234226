"""How well `poise new` drafts: a spec from one person's clip must count that clip and another person's, unedited.

usage: python benchmarks/draft.py [--reps] [--good] [--nobody] [NAME...]

Over the recorded tracks, without the model. ``--reps`` tells the draft how many repetitions the clip shows, as an
author may. The sample clips show faults and attempts that turn back on purpose, which a demonstration does not: a spec
that takes one of those for a repetition counts as wrong here all the same. ``--good`` shows the draft only the part of
the clip before its first fault, where that has two repetitions or more; whole clips are counted as ever. ``--nobody``
counts the drafts that take something for a repetition in the clips in which nobody exercises, too.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import poise
from poise.app.author.drafting import Drafted, drafted
from poise.core.author.lint import lint
from poise.core.author.sidecar import Sidecar
from poise.core.replay import replay
from poise.core.session import Reps, Session
from poise.core.spec import Spec
from poise.core.types import Pose
from poise.errors import SourceError
from poise.io.sidecars import load_sidecar
from small_track import digest, read_small

SAMPLES = Path(__file__).parents[1] / "sample_videos"
TRACKS = Path(__file__).parents[1] / "tests" / "tracks"


def main() -> None:
    """Draft from each clip that has a second person, and count both."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--reps", action="store_true", help="tell how many repetitions the clip shows")
    parser.add_argument("--good", action="store_true", help="show the draft only what comes before the first fault")
    parser.add_argument("--nobody", action="store_true", help="try each draft where nobody exercises, too")
    parser.add_argument("names", nargs="*", metavar="NAME", help="clips (default: all that two people show)")
    options = parser.parse_args()
    stems = options.names or [path.stem for path in sorted(SAMPLES.glob("*.yaml")) if second_of(path.stem).exists()]
    nobody = [poses_of(path.stem) for path in sorted(SAMPLES.glob("nobody-*.yaml"))] if options.nobody else []
    fooled = own = other = both = sides = sided = silent = 0
    for stem in stems:
        sidecar = load_sidecar(SAMPLES / f"{stem}.yaml")
        said, said_other = sidecar.expect.reps, load_sidecar(second_of(stem)).expect.reps
        if said is None or said_other is None:
            continue
        demonstration, shown = poses_of(stem), said.count
        if options.good:
            demonstration, shown = _before_faults(demonstration, sidecar)
        try:
            made = drafted(demonstration, "draft", stem, Path("draft.yaml"), shown if options.reps else None)
        except SourceError as error:
            print(f"     {stem:30s} {error.message}")
            continue
        own_found, found = counted(poses_of(stem), made.spec), counted(poses_of(f"{stem}-b"), made.spec)
        right, right_other = own_found.total == said.count, found.total == said_other.count
        own, other, both = own + right, other + right_other, both + (right and right_other)
        silent += not lint(made.spec)
        fooled += any(counted(poses, made.spec).total for poses in nobody)
        if said_other.total is None and right and right_other:
            sided += 1
            sides += made.spec.sided and (found.left, found.right) == (said_other.left, said_other.right)
        counts = f"own {own_found.total}/{said.count}, other {found.total}/{said_other.count}"
        print(_line(stem, made, counts, right and right_other), flush=True)
    print(f"\n{len(stems)} pairs: own clip exact {own}, second person exact {other}, both {both}; "
          f"sides right in {sides} of {sided} of those; lint silent {silent}")  # fmt: skip
    if nobody:
        print(f"{fooled} count something where nobody exercises")


def _line(stem: str, made: Drafted, counts: str, right: bool) -> str:
    motion = made.draft.motion
    judged = f"{motion.measure.name} {motion.kind} {motion.sense:+d}" if motion else made.draft.steps[0][0].measure
    judged += {1: ", kept", 3: ", across"}.get(len(made.draft.steps), "")
    return f"{'ok' if right else '  '}   {stem:30s} {judged:30s} {counts}"


def _before_faults(poses: tuple[Pose, ...], sidecar: Sidecar) -> tuple[tuple[Pose, ...], int]:
    """The poses up to the first repetition with a fault, and how many repetitions they show; all where too few are."""
    expect = sidecar.expect
    faults = {} if expect.faults == "any" else expect.faults
    numbers = [number for named in (faults, expect.may) for listed in named.values() for number in listed]
    first = min(numbers, default=0)
    total = expect.reps.count if expect.reps else 0
    if not expect.at or first < 3:
        return poses, total
    end_s = (expect.at[first - 2][1] + expect.at[first - 1][0]) / 2
    return tuple(pose for pose in poses if pose.t_s <= end_s), first - 1


def second_of(stem: str) -> Path:
    """The sidecar of the other person's clip of a sample clip's exercise."""
    return SAMPLES / f"{stem}-b.yaml"


def poses_of(stem: str) -> tuple[Pose, ...]:
    """What the model saw in a sample clip."""
    clip = SAMPLES / f"{stem}.mp4"
    return read_small(TRACKS / f"{stem}.npz", clip.name, digest(clip)).poses


def counted(poses: tuple[Pose, ...], spec: Spec) -> Reps:
    """The repetitions that an exercise counts."""
    return replay(poses, spec, Session(poise=poise.__version__, source="", exercise=spec.id, model="")).reps


if __name__ == "__main__":
    main()
