"""What the plots of a page show, as plain data for its script: rounded, thinned, None for what is not known."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from poise.core.body import SIDES
from poise.core.conditions import Target
from poise.core.curves import Curve, Curves
from poise.core.measures import measures_of
from poise.core.refs import MeasureRef
from poise.core.results.review import farthest, leading_targets, sign, target_words, whose_words, words_of
from poise.core.session import Repetition, Session
from poise.core.spec import Condition, Fault, Spec, Step
from poise.core.words import ENGLISH, Words
from poise.io.report.thinning import Thinning

WORDS = (  # that the script of the report says
    "left", "right", "both", "repetition", "held", "near miss", "short", "target", "seconds", "of",
)  # fmt: skip
MOST_ROWS = 2  # that are shown at first; the others at a click


def timeline(session: Session, spec: Spec, curves: Curves, words: Words = ENGLISH) -> dict[str, Any]:
    """Everything that happened, by its time, and the measures that were judged."""
    thinning = Thinning(curves.times_s)
    names = dict.fromkeys(curve.name for curve in curves.curves)
    first = curves.times_s[0] if curves.times_s else 0.0
    return {
        "start": first,
        "end": max(first + session.duration_s, first + 0.1),
        "t": thinning.times_s(),
        "rows": [_row(name, spec, curves, thinning, words) for name in names],
        "repetitions": [_repetition(rep, spec, curves) for rep in session.repetitions],
        "holds": [hold.model_dump() for hold in session.holds],
        "faults": [fault.model_dump() for fault in session.faults],
        "misses": [
            miss.model_dump() | {"words": words_of(miss.measure, words), "unit": sign_of(miss.measure, spec)}
            for miss in session.near_misses
        ],
        "framing": [framing.model_dump() for framing in session.framing],
    }


def _repetition(rep: Repetition, spec: Spec, curves: Curves) -> dict[str, Any]:
    """A repetition, with the moment in which it went farthest."""
    target = next(iter(leading_targets(spec.steps[-1:], measures_of(spec)).values()))
    curve = curves.of(_plain(str(target.ref)), rep.side or "left")
    best_s, _ = farthest(target, curves.times_s, curve.values, rep.start_s, rep.end_s) if curve else (math.nan, 0)
    shown = {} if best_s != best_s else {"best_s": round(best_s, 3)}
    reached = [f"{value:.0f}{sign_of(name.partition(' (')[0], spec)}" for name, value in rep.peak.items()]
    return rep.model_dump(exclude={"peak"}) | shown | {"best": ", ".join(reached[-1:])}


def sign_of(name: str, spec: Spec) -> str:
    """The unit of a measure as a spec names it, as a short sign."""
    ref = MeasureRef.parse(name)
    return sign(measures_of(spec)[ref.name]) + ("/s" if ref.transform == "speed" else "")


def _row(name: str, spec: Spec, curves: Curves, thinning: Thinning, words: Words) -> dict[str, Any]:
    shown = [curve for curve in curves.curves if curve.name == name]
    steps = spec.steps[1:] or spec.steps
    judged = list(dict.fromkeys(_plain(text) for step in steps for text in step.where))[:MOST_ROWS]
    return {
        "name": words_of(name, words),
        "meaning": shown[0].measure.meaning if words.language == ENGLISH.language else "",
        "unit": sign_of(name, spec),
        "measured_in": _unit(shown[0], words),
        "shown": name in judged,
        "curves": [{"side": curve.side, "values": thinning.values(curve.values)} for curve in shown],
        "targets": [*_targets(name, spec, spec.steps, words), *_targets(name, spec, spec.faults, words)],
    }


def _unit(curve: Curve, words: Words) -> str:
    unit = words.translate(curve.measure.unit)
    return words("{unit} a second", unit=unit) if curve.transform == "speed" else unit


def _plain(name: str) -> str:
    """A measure without whose it is, as curves are named."""
    ref = MeasureRef.parse(name)
    return str(MeasureRef(ref.name, ref.transform))


def _targets(name: str, spec: Spec, blocks: Iterable[Step | Fault], words: Words) -> Iterable[dict[str, Any]]:
    """The thresholds of one measure, as this person is asked for them: where a step is met, and a fault is one."""
    for number, block in enumerate(blocks):
        kind = "fault" if isinstance(block, Fault) else "rest" if number == 0 and len(spec.steps) > 1 else "step"
        for text, condition, whose in _asked(block, spec):
            if _plain(text) != name:
                continue
            target = Target.compile(text, condition, measures_of(spec))
            asked = f"{whose_words(target.ref, words)}: {target_words(target, sign_of(text, spec), words)}"
            yield {
                "kind": kind,
                "label": f"{block.id.replace('-', ' ')}{f', {words(whose)}' * bool(whose)}{asked}",
                "at": [bound for bound in (target.low, target.high) if math.isfinite(bound)],
            }


def _asked(block: Step | Fault, spec: Spec) -> Iterable[tuple[str, Condition, str]]:
    """Every condition; those fitted to the person once for each side where they differ."""
    if isinstance(block, Fault) or block.personal is None or not spec.sided:
        where = block.where if isinstance(block, Fault) else block.of(None).where
        yield from ((text, condition, "") for text, condition in where.items())
        return
    left, right = (block.of(side).where for side in SIDES)
    for text in block.where:
        alike = left[text] == right[text]
        yield text, left[text], "" if alike else "left"
        if not alike:
            yield text, right[text], "right"
