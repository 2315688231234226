"""``poise calibrate``."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from poise.app.calibrate import HurtNotes, calibrate_clip
from poise.app.remembering import load_past, now
from poise.cli.choices import add_choices, choose, language_of
from poise.cli.console import FrameBar, console, fetch_progress, frame_progress, messages, safe, table
from poise.cli.live_session import Plan, add_sound, run_session
from poise.cli.options import add_model
from poise.core.body import SIDES, Side
from poise.core.history.past import Past, Range
from poise.core.history.personal import REPETITIONS, calibration, can_be_calibrated, measured_ranges, personalised
from poise.core.measures import measures_of
from poise.core.peaks import peaks_of
from poise.core.refs import MeasureRef
from poise.core.results.review import sign, words_of
from poise.core.session import Session
from poise.core.spec import Spec
from poise.core.words import Words
from poise.errors import PoiseError, SourceError
from poise.io.specs import LoadedSpec, find_specs, read_spec
from poise.io.store import open_store, save_ranges

EXAMPLES = f"""\
Do {REPETITIONS} slow repetitions on each side, each as far as it goes without pain, and stay there for a moment. From
then on the exercise asks for 80 % of that, within the bounds of its file, and never for more. Measure again when it has
become easier; `poise history` shows the course. Whatever hurts during an exercise lowers its target by itself.

examples:
  poise calibrate                                       what is measured, and what can be
  poise calibrate neck-rotation                         with the camera
  poise calibrate neck-rotation --clip turning.mp4      from a recorded clip
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("exercise", metavar="ID", nargs="?", help="an exercise whose target can be fitted")
    parser.add_argument("--clip", type=Path, metavar="FILE", help="measure a recorded clip instead")
    add_choices(parser)
    add_sound(parser)
    add_model(parser)


def run(options: argparse.Namespace) -> int:
    """Measure, keep, and tell what the exercise asks for from now on.

    Raises:
        PoiseError: The exercise has no target to fit, or too little was seen to measure anything.
    """
    words = language_of(options)
    if options.exercise is None:
        return _overview(words)
    loaded = read_spec(options.exercise)
    if not can_be_calibrated(loaded.spec):
        raise PoiseError(
            f"{loaded.spec.id} has no target that is fitted to a person", "`poise calibrate` lists those that have"
        )
    with open_store() as store:  # first: what cannot be kept need not be measured
        if store.notice:
            messages.print(safe(store.notice))
        begun = now()
        session, hurt = _clip(options, loaded.spec) if options.clip else _live(options, loaded)
        ranges = [found for found in measured_ranges(session, loaded.spec, begun) if found.side not in hurt]
        for side in sorted(hurt, key=str):
            why = words("it hurt, so nothing was measured; try again another day")
            console.print(f"[yellow]{words(side or 'both sides')}[/]: {why}")
        if not ranges:
            raise SourceError(
                f"too few repetitions were seen to measure {loaded.spec.id}",
                f"do {REPETITIONS} slow ones on each side, and stay for a moment where it still does not hurt",
            )
        save_ranges(store, ranges)
    _tell(ranges, loaded.spec, load_past()[0], begun, words)
    for side in sorted(set(SIDES if loaded.spec.sided else ()) - {found.side for found in ranges} - hurt):
        why = words("too few repetitions were seen to measure; what was asked for before stays")
        console.print(f"[yellow]{words(side)}[/]: {why}")
    return 0


def _clip(options: argparse.Namespace, spec: Spec) -> tuple[Session, set[Side | None]]:
    with fetch_progress() as fetching, frame_progress() as progress:
        bar = FrameBar(progress, options.clip.name)
        return calibrate_clip(options.clip, spec, model=options.model, progress=bar, fetching=fetching), set()


def _live(options: argparse.Namespace, loaded: LoadedSpec) -> tuple[Session, set[Side | None]]:
    """Measure in front of the camera; a side that hurt is told."""
    notes = HurtNotes()
    done: list[tuple[Spec, Session]] = []
    choices = choose(options)
    console.print(choices.words("{n} slow repetitions on each side, as far as it goes without pain.", n=REPETITIONS))
    spec = calibration(loaded.spec.in_words(choices.words.translate), choices.words)
    run_session(Plan(spec.name, [(spec, loaded.sha256)]), choices, options, done.extend, lambda _: notes)
    if not done:
        raise SourceError("nobody was seen", "`poise doctor` shows what the camera sees")
    return done[0][1], {hurt.side for hurt in notes.hurts}


def _tell(ranges: list[Range], spec: Spec, past: Past, at: datetime, words: Words) -> None:
    """What was measured, and what is asked for from now on."""
    targets = {(fit.step, fit.side): fit.target for fit in personalised(spec, past, at).fits}
    steps = {step.id: step for step in spec.steps}
    figures = (words("painless"), words("of"), words("target"), words("usual"))
    rows = table(words("measured"), words("side"), *(f">{head}" for head in figures))
    for found in ranges:
        target, unit = targets.get((found.step, found.side)), _unit(found, spec)
        rows.add_row(
            _named(found, spec, words), words(found.side or "both"), _painless(found, unit), str(found.count),
            _far(target, unit) if target is not None else "-", _far(steps[found.step].target or 0.0, unit),
        )  # fmt: skip
    console.print(rows)
    error, unit = max(
        ((found.error, _unit(found, spec)) for found in ranges if found.error == found.error), default=(0.0, "")
    )
    if error:
        off = words(
            "The measure may be off by {error}, always the same way, which makes no difference to what is asked for.",
            error=_far(error, unit),
        )
        console.print(f"[dim]{words('± is from one repetition to the next.')} {off}[/]")
    if None in targets.values():
        console.print(words("Where there is no target the exercise is left out: the camera cannot judge so little."))
    console.print(words("Kept. `poise live {exercise}` asks for this from now on.", exercise=spec.id))


def _overview(words: Words) -> int:
    """What is measured, and what can be."""
    past, notice = load_past()
    if notice:
        messages.print(safe(notice))
    latest = {(r.exercise, r.step, r.side): r for r in past.ranges}
    rows = table(words("exercise"), words("measured"), words("side"), f">{words('painless')}", words("on"))
    for name in find_specs():
        spec = read_spec(name).spec
        if not can_be_calibrated(spec):
            continue
        found = [one for (exercise, _, _), one in latest.items() if exercise == name]
        for index, one in enumerate(found):
            label = safe(name) if index == 0 else ""
            painless = _painless(one, _unit(one, spec))
            rows.add_row(
                label,
                _named(one, spec, words),
                words(one.side or "both"),
                painless,
                words.day(one.at, year=True),
            )
        if not found:
            rows.add_row(safe(name), f"[dim]{words('not yet')}[/]")
    console.print(rows)
    return 0


def _painless(found: Range, unit: str) -> str:
    """A range with what it changes by from one repetition to the next."""
    return f"{abs(found.reached):.0f} ±{max(1, round(found.spread))}{unit}"


def _far(value: float, unit: str) -> str:
    """How far, whichever way: as in the history."""
    return f"{abs(value):.0f}{unit}"


def _named(found: Range, spec: Spec, words: Words) -> str:
    """The measure in words, with its step where two steps share it, as the two ways of a nod."""
    return safe(words_of(peaks_of(spec).get(found.step, found.measure), words))


def _unit(found: Range, spec: Spec) -> str:
    return sign(measures_of(spec)[MeasureRef.parse(found.measure).name])
