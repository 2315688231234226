"""What is rendered for ``variants.py``: what no sample clip shows, derived from the motion files of the sample clips.

Each fault slight and strong, by another person before another camera than in the sample clips; and people who are
filmed from behind, or by a wide camera from an angle.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np

from studio.body import load_body
from studio.cast import load_cast
from studio.motion import CameraPlan, Key, Motion, Step, Strength, load_motion
from studio.timeline import EXACT_UNITS, STRENGTHS
from studio.words import WORDS

#: What the sample clips show of a fault everywhere is the clear one.
WANTED: tuple[Strength, ...] = ("slight", "strong")
#: How the camera of a variant differs: share of the distance, metres of height, degrees of turn.
FARTHER, HIGHER_M, TURNED_DEG = 1.06, 0.05, 4.0
SEED_OFFSET = 1000
#: Who shows smaller than this is asked to come nearer, and does: shares of the torso in the picture's shorter side.
TOO_SMALL, NEAR_ENOUGH = 0.15, 0.17
#: What is filmed from where else, by the end of the name.
TURNED: Mapping[str, tuple[str, ...]] = {
    "-behind": (
        "upper-trapezius-stretch", "shrug", "lateral-raise", "overhead-press", "overhead-side-reach", "jumping-jack",
        "squat", "seated-rotation", "elbow-touch", "face-pull", "overhead-side-reach-faults",
    ),
    "-oblique": ("shrug", "shoulder-roll", "scapular-squeeze"),
}  # fmt: skip
#: How the names of variants end: where they are filmed from, what they show.
ENDINGS = (*TURNED, "-slight", "-strong")
FPS = 12
#: What else is different about the camera of a view: from an angle it is one with a wide picture.
CAMERAS: Mapping[str, Mapping[str, object]] = {
    "-behind": {"turn": 180.0},
    "-oblique": {"turn": 40.0, "size": (1280, 720), "field": 82.0},
}
#: Bounds of what is asked of anybody: seconds in a pose, and how fast against the clear fault.
LEAST_STAY_S, SLOWEST, FASTEST = 0.2, 0.2, 2.0


def plan(folder: Path, rendered: Path) -> dict[str, Motion]:
    """All variants of a folder of motion files, by name.

    Args:
        folder: The motion files.
        rendered: Where those of the variants lie that there are already.
    """
    motions = {path.stem: load_motion(path) for path in sorted(folder.glob("*.yaml"))}
    people = {path.stem: load_motion(path).who for path in sorted(rendered.glob("*.yaml"))}
    return strengths(motions, people) | turned(motions)


def turned(motions: Mapping[str, Motion]) -> dict[str, Motion]:
    """Exercises that move what can be seen from another view, once to each side, by the same people."""
    return {
        f"{name}{ending}": _turned(motions[name], CAMERAS[ending])
        for ending, names in TURNED.items()
        for base in names
        for name in (base, f"{base}-b")
    }


def _turned(motion: Motion, changes: Mapping[str, object]) -> Motion:
    script: list[Step] = []
    done = set[tuple[str, str | None]]()
    for step in motion.script:
        if step.rep and not step.faults and not step.miss and (step.rep, step.side) not in done:
            done.add((step.rep, step.side))
            script.append(step.model_copy(update={"times": 1}))
    script = [Step(wait=1.5), *script, Step(wait=0.5)]
    camera = motion.camera.model_copy(update={"fps": min(motion.camera.fps, FPS), **changes})
    return motion.model_copy(
        update={"seed": motion.seed + SEED_OFFSET, "camera": camera, "known": None, "script": tuple(script)}
    )


def strengths(motions: Mapping[str, Motion], people: Mapping[str, str] = MappingProxyType({})) -> dict[str, Motion]:
    """Every fault slight and strong.

    It is taken from the first motion that shows it, those of set check first, and only at the strengths at which no
    sample clip shows it.

    Args:
        motions: The motion files by name.
        people: Who is in the variants that there are already, by name: they stay, so that a change of one motion file
            changes no other variant.
    """
    ordered = sorted(motions.items(), key=lambda item: item[1].set != "check")
    shown = {(one.spec or "", fault, step.strength) for one in motions.values() for step, fault in _faults(one)}
    variants: dict[str, Motion] = {}
    for name, motion in ordered:
        missing = [
            (fault, strength)
            for _, fault in _faults(motion)
            for strength in WANTED
            if (motion.spec, fault, strength) not in shown
        ]
        shown |= {(motion.spec or "", fault, strength) for fault, strength in missing}
        for ending, part in _clips(motion, missing).items():
            who = people.get(f"{name}{ending}", motion.who)
            if who == motion.who:
                who = _somebody_else(motions.values(), motion, Counter(one.who for one in variants.values()))
            variants[f"{name}{ending}"] = variant(motion, part, who)
    return dict(sorted(variants.items()))


def _faults(motion: Motion) -> Iterator[tuple[Step, str]]:
    return ((step, fault) for step in motion.script if step.rep for fault in step.faults)


def _clips(motion: Motion, missing: Collection[tuple[str, str]]) -> dict[str, set[tuple[str, str]]]:
    """What is missing, by the end of the name of the clip that shows it.

    Where the whole clip is one repetition (to be there is to do it), each strength needs a clip of its own.
    """
    if not missing:
        return {}
    if any(_is_good(step) for step in motion.script):
        return {"": set(missing)}
    return {f"-{strength}": {one for one in missing if one[1] == strength} for strength in WANTED}


def _somebody_else(motions: Iterable[Motion], motion: Motion, used: Mapping[str, int]) -> str:
    """Of those kept for checking, who is in the fewest clips of this exercise, and then has done least so far."""
    motions = list(motions)
    seen = Counter(one.who for one in motions if one.spec == motion.spec)
    keepers = sorted({one.who for one in motions if one.set == "check" and one.spec})
    return min(keepers, key=lambda who: (seen[who], used[who]))


def variant(motion: Motion, missing: set[tuple[str, str]], who: str) -> Motion:
    """A motion with one good repetition and each missing fault once at each missing strength.

    Args:
        motion: What it is derived from.
        missing: Faults with their strengths.
        who: Name of the person who does it.
    """
    moves, script, good, taken = dict(motion.moves), list[Step](), False, set[tuple[str, ...]]()
    for step in motion.script:
        if step.rep is None or (not step.faults and not step.miss and not good):
            script.append(step.model_copy(update={"times": 1}))
            good = good or step.rep is not None
        elif step.faults and step.faults not in taken:
            taken.add(step.faults)
            for strength in WANTED:
                if any((fault, strength) in missing for fault in step.faults):
                    script.append(_at_strength(motion, step, strength, moves))
    return _elsewhere(motion.model_copy(update={"moves": moves, "script": tuple(script)}), who)


def _is_good(step: Step) -> bool:
    return step.rep is not None and not step.faults and not step.miss


def _elsewhere(motion: Motion, who: str) -> Motion:
    """A motion done by somebody else, before a camera that stands elsewhere, kept for checking."""
    camera = motion.camera
    turn = camera.turn + (TURNED_DEG if abs(camera.turn) < 45 else -TURNED_DEG if camera.turn > 0 else TURNED_DEG)
    place = {"distance": camera.distance * FARTHER, "height": camera.height + HIGHER_M}
    moved = camera.model_copy(update={"turn": turn} | {name: round(value, 2) for name, value in place.items()})
    changes = {"who": who, "seed": motion.seed + SEED_OFFSET, "set": "check", "known": None}
    return motion.model_copy(update={**changes, "camera": _near_enough(moved, who)})


def _near_enough(plan: CameraPlan, who: str) -> CameraPlan:
    """A camera to which somebody small has come as near as the product asks for."""
    body = load_body(load_cast().person(who).body)
    shoulders = (body.joint("upperarm01.L") + body.joint("upperarm01.R")) / 2
    torso_px = float(np.linalg.norm(shoulders - body.hip_centre)) * plan.camera.focal_px / plan.distance
    share = torso_px / min(plan.size)
    if share >= TOO_SMALL:
        return plan
    return plan.model_copy(update={"distance": round(plan.distance * share / NEAR_ENOUGH, 2)})


def _at_strength(motion: Motion, step: Step, strength: Strength, moves: dict[str, tuple[Key, ...]]) -> Step:
    """A fault's step at another strength: the words under ``also``, else the haste, else the move, changed as much."""
    share = STRENGTHS[strength]
    if step.also:
        return step.model_copy(update={"strength": strength, "times": 1})
    if step.tempo != 1:
        return step.model_copy(
            update={"strength": strength, "times": 1, "tempo": round(1 + (step.tempo - 1) * share, 2)}
        )
    name = f"{step.rep}-{strength}"
    moves[name] = _scaled(motion, motion.moves[step.rep or ""], _good_move(motion, step), share)
    return step.model_copy(update={"strength": strength, "times": 1, "rep": name})


def _good_move(motion: Motion, step: Step) -> tuple[Key, ...]:
    """The move of the good repetitions that has most words in common with a fault's own move; none where none is."""
    wrong = _words(motion.moves[step.rep or ""])
    names = dict.fromkeys(one.rep for one in motion.script if one.rep and not one.faults and not one.miss)
    moves = [motion.moves[name] for name in names if name]
    return max(moves, key=lambda keys: len(_words(keys) & wrong), default=())


def _words(keys: Iterable[Key]) -> set[str]:
    return {word for key in keys if key.pose != "rest" for word in key.pose}


def _scaled(motion: Motion, wrong: tuple[Key, ...], good: tuple[Key, ...], share: float) -> tuple[Key, ...]:
    """A fault's own move, with more or less of what sets it apart from the good one, key pose by key pose.

    Where the two have other numbers of key poses, words that the good one uses too are left as they are.
    """
    if len(wrong) == len(good):
        return tuple(_key(motion, key, right, share, set()) for key, right in zip(wrong, good, strict=True))
    return tuple(_key(motion, key, None, share, _words(good)) for key in wrong)


def _key(motion: Motion, wrong: Key, good: Key | None, share: float, kept: Collection[str]) -> Key:
    over, stay = wrong.over, wrong.stay
    if good and good.over and wrong.over:
        speed = (1 + (good.over / wrong.over - 1) * share) * wrong.over / good.over
        over = round(wrong.over / min(max(speed, SLOWEST), FASTEST), 2)
        stay = round(max(good.stay + (wrong.stay - good.stay) * share, LEAST_STAY_S if wrong.stay else 0.0), 2)
    if wrong.pose == "rest":
        return Key(pose="rest", over=over, stay=stay)
    start = {} if good is None or good.pose == "rest" else good.pose
    pose = {
        word: value if word in kept else _part(word, start.get(word, motion.rest.get(word, 0.0)), value, share)
        for word, value in wrong.pose.items()
    }
    return Key(pose=pose, over=over, stay=stay)


def _part(word: str, start: float, end: float, share: float) -> float:
    exact = WORDS[word.rpartition(".")[2]].unit in EXACT_UNITS
    return end if exact else round(start + (end - start) * share, 3)
