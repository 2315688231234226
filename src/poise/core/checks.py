"""Mistakes in a spec that one block alone cannot show: names that lead nowhere, sides that do not exist.

Works on the plain data of a file, so that these mistakes are told together with those of the single blocks: whatever
has the wrong shape is skipped here, because the model complains about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from poise.core.faults import HOLD_SHORT
from poise.core.findings import FieldPath, Finding, quoted
from poise.core.landmarks import LANDMARKS
from poise.core.measures import CATALOGUE
from poise.core.refs import TRANSFORMS, WHOSE, MeasureRef
from poise.core.suggestions import did_you_mean

WHOLE_REPETITION = "rep"
RESERVED = {"steps": WHOLE_REPETITION, "faults": HOLD_SHORT}
PLACEHOLDERS = ("side", "other")

#: Landmarks by name, and without a side for the working one.
LANDMARK_NAMES = frozenset(LANDMARKS) | {name.removeprefix("left_") for name in LANDMARKS if name.startswith("left_")}

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def mistakes(data: Any) -> list[Finding]:
    """Every name in a spec that leads nowhere, and every pair of blocks that contradict each other.

    Args:
        data: A spec as plain data, of any shape.
    """
    if not isinstance(data, dict):
        return []
    return [
        *_repeated_ids(data),
        *_incomplete(data),
        *_personal(data),
        *_own_measures(data),
        *_measures(data),
        *_steps_meant(data),
        *_words(data),
    ]


def _items(data: dict[str, Any], key: str) -> Iterator[tuple[FieldPath, dict[str, Any]]]:
    """The blocks in a list or mapping of blocks, with their places."""
    entries = data.get(key)
    pairs = enumerate(entries) if isinstance(entries, list) else entries.items() if isinstance(entries, dict) else ()
    for place, entry in pairs:
        if isinstance(entry, dict):
            yield (key, place), entry


def _repeated_ids(data: dict[str, Any]) -> Iterator[Finding]:
    for key in ("steps", "faults"):
        seen: set[str] = set()
        for place, item in _items(data, key):
            name = item.get("id")
            if isinstance(name, str) and name in seen:
                yield Finding((*place, "id"), f"found {quoted(name)} again, expected an id of its own")
            elif name == RESERVED[key]:
                message = f"found '{name}', which has a meaning of its own, expected another name"
                yield Finding((*place, "id"), message)
            elif isinstance(name, str):
                seen.add(name)


def _held(step: Any) -> bool:
    """Whether a step is held: then it is an exercise by itself, as a plank is, and counts when its time is done."""
    return isinstance(step, dict) and bool(step.get("hold"))


def _incomplete(data: dict[str, Any]) -> Iterator[Finding]:
    sees = data.get("sees")
    steps = data.get("steps")
    if sees in ("full", "part") and isinstance(steps, list) and len(steps) == 1 and not _held(steps[0]):
        yield Finding(("steps",), "found one step without a hold, expected two or more (or `sees: timer`)", True)
    if sees in ("part", "timer") and not data.get("sees_note"):
        yield Finding(("sees",), f"found {quoted(sees)}, expected `sees_note` to say what the camera cannot judge")
    dose = data.get("dose", {})
    holds = isinstance(dose, dict) and dose.get("hold", 0) not in (0, None, "0", "0 s")
    for place, step in _items(data, "steps"):
        if step.get("hold") == "dose" and not holds:
            yield Finding((*place, "hold"), "found 'dose', expected `dose: {hold: ...}` to say how long")


def _personal(data: dict[str, Any]) -> Iterator[Finding]:
    """A personal target needs one threshold to move, bounds on one side of rest around it, and sides that there are."""
    sided = data.get("sides", "both") != "both"
    for place, step in _items(data, "steps"):
        personal, where = step.get("personal"), step.get("where")
        if not (isinstance(personal, dict) and isinstance(where, dict) and where):
            continue
        here = (*place, "personal")
        (name, first), *_ = where.items()
        usual = first.get("above", first.get("below")) if isinstance(first, dict) else 0
        near, far = personal.get("from"), personal.get("to")
        if usual is None:
            message = f"found a first condition ({quoted(name)}) with two thresholds, expected above or below"
            yield Finding(here, message, on_key=True)
        elif isinstance(first, dict) and not _outward(near, usual, far, "above" in first):
            message = f"found from {quoted(near)} to {quoted(far)}, expected bounds away from 0 around {quoted(usual)}"
            yield Finding(here, message, on_key=True)
        for side in (side for side in ("left", "right", "both") if side in personal):
            if sided == (side == "both"):
                expected = "left and right" if sided else "both"
                yield Finding((*here, side), f"found '{side}', expected {expected} with these `sides`", on_key=True)
            elif usual and isinstance(first, dict) and not _outward(near, personal[side], far, "above" in first):
                message = f"found {quoted(personal[side])}, expected a target from {quoted(near)} to {quoted(far)}"
                yield Finding((*here, side), message)


def _outward(near: Any, target: Any, far: Any, above: bool) -> bool:
    """Whether the three follow one another away from 0, in the direction of the threshold; also if one is no number."""
    if not all(isinstance(value, int | float) for value in (near, target, far)):
        return True  # which the model complains about
    return bool(0 < near <= target <= far if above else 0 > near >= target >= far)


def _own_measures(data: dict[str, Any]) -> Iterator[Finding]:
    for place, block in _items(data, "measures"):
        if place[1] in CATALOGUE:
            yield Finding(place, f"found {quoted(place[1])}, which the catalogue has, expected another name", True)
        for kind in ("angle", "incline", "distance"):
            points = block.get(kind)
            for index, name in enumerate(points if isinstance(points, list) else ()):
                if isinstance(name, str) and name not in LANDMARK_NAMES:
                    hint = did_you_mean(name, LANDMARK_NAMES)
                    yield Finding((*place, kind, index), f"found {quoted(name)}, expected a landmark{hint}")


def _measures(data: dict[str, Any]) -> Iterator[Finding]:
    own = data.get("measures")
    own_names = set(own) if isinstance(own, dict) else set()
    for key in ("steps", "faults"):
        for place, item in _items(data, key):
            where = item.get("where")
            for text in where if isinstance(where, dict) else ():
                if message := _wrong_measure(text, own_names, sided=data.get("sides", "both") != "both"):
                    yield Finding((*place, "where", text), message, on_key=True)


def _wrong_measure(text: str, own_names: set[str], sided: bool) -> str:
    """What is wrong with a measure as a spec names it, or nothing."""
    *prefixes, name = text.split(".")
    known = {*CATALOGUE, *own_names}
    if name in (*TRANSFORMS, *WHOSE) and prefixes[-1:] and prefixes[-1] in known:
        return f"found {quoted(text)}, expected the side first (did you mean '{name}.{prefixes[-1]}'?)"
    for prefix in prefixes:
        if prefix not in (*TRANSFORMS, *WHOSE):
            hint = did_you_mean(prefix, (*TRANSFORMS, *WHOSE)) or f" ({', '.join((*TRANSFORMS, *WHOSE))})"
            return f"found the prefix {quoted(prefix)}, expected a known one{hint}"
    if name not in known:
        return f"found {quoted(name)}, expected a measure{did_you_mean(name, known)}"
    try:
        ref = MeasureRef.parse(text)
    except ValueError as error:
        return f"found {quoted(text)}: {error}"
    if name in CATALOGUE and not CATALOGUE[name].sided and (ref.whose != "working" or ref.transform == "difference"):
        return f"found {quoted(text)}, but {name} has no sides, expected it without '{prefixes[-1]}.'"
    if ref.whose == "other" and not sided:
        return "found 'other.' in an exercise with `sides: both`, expected left., right., both. or either."
    return ""


def _steps_meant(data: dict[str, Any]) -> Iterator[Finding]:
    ids = {WHOLE_REPETITION, *(str(step.get("id")) for _, step in _items(data, "steps"))}
    for place, fault in _items(data, "faults"):
        during = fault.get("during", WHOLE_REPETITION)
        if isinstance(during, str) and during not in ids:
            hint = did_you_mean(during, ids)
            yield Finding((*place, "during"), f"found {quoted(during)}, expected the id of a step, or 'rep'{hint}")


def _words(data: dict[str, Any]) -> Iterator[Finding]:
    for key in ("steps", "faults"):
        for place, item in _items(data, key):
            say = item.get("say")
            for name in _PLACEHOLDER.findall(say) if isinstance(say, str) else ():
                if name not in PLACEHOLDERS:
                    message = f"found {{{quoted(name)[1:-1]}}}, expected {{side}} or {{other}}"
                elif data.get("sides", "both") == "both":
                    message = f"found {{{name}}} in an exercise with `sides: both`, which has no working side"
                else:
                    continue
                yield Finding((*place, "say"), message)
