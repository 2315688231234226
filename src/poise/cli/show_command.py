"""``poise show``."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from poise.cli.choices import add_language, language_of
from poise.cli.console import console, safe, table
from poise.cli.list_command import dose, held, minutes
from poise.cli.picture import drawn
from poise.core.measures import CATALOGUE
from poise.core.refs import MeasureRef
from poise.core.spec import Condition, Spec
from poise.core.words import ENGLISH, Words
from poise.io.pictures import picture_of
from poise.io.routines import is_routine, read_routine
from poise.io.specs import read_spec

EXAMPLES = """\
examples:
  poise show squat                       how it is done, how often, what counts, what is corrected, when to leave it out
  poise show neck-relief                 a routine: its exercises and how long it takes
  poise show squat --language de         auf Deutsch
  poise show my-stretch.yaml             an exercise of your own
"""

WORDS = {
    "safety": "Move slowly, stop at a mild stretch, never into pain.",
    "front": "from the front",
    "side": "from the side",
    "oblique": "half from the side",
    "back": "from behind",
}
SAFETY_FIRST = WORDS["safety"]


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("exercise", metavar="ID", help="an exercise or routine of `poise list`, or a .yaml file")
    parser.add_argument("--no-picture", action="store_true", help="words only")
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Print the guide of one exercise (how, how much, what counts, what is corrected, safety), or a routine."""
    if is_routine(options.exercise):
        return _show_routine(options.exercise, language_of(options))
    words, loaded = language_of(options), read_spec(options.exercise)
    spec = loaded.spec.in_words(words.translate)
    console.print(f"[bold]{safe(spec.name)}[/]  [dim]{spec.id}[/]\n")
    picture = picture_of(spec.id) if console.is_terminal and not options.no_picture else None
    if picture is not None:
        console.print(drawn(picture, console.width))
    console.print(f"{safe(spec.guide)}\n")
    _print_facts(spec, words)
    console.print(f"\n[bold]{words('What counts')}[/]")
    steps = table("", "", "")
    for number, step in enumerate(spec.steps, 1):
        hold = f", {words('hold {n} s', n=f'{spec.hold_s(step):g}')}" if step.hold else ""
        if step.personal:
            near, far = f"{step.personal.from_:g}", f"{step.personal.to:g}"
            hold += f", {words('yours: {near} to {far}, by `poise calibrate`', near=near, far=far)}"
        steps.add_row(f"  {number}", safe(plain(step.say, words)), f"[dim]{conditions(step.where)}{hold}[/]")
    console.print(steps)
    if spec.faults:
        console.print(f"\n[bold]{words('What is corrected')}[/]")
        for fault in spec.faults:
            console.print(f"  {safe(plain(fault.say, words))}  [dim]{conditions(fault.where)}[/]")
    _print_safety(spec, words)
    console.print(f"\n[dim]{safe(loaded.path)}[/]", soft_wrap=True)
    return 0


def _print_facts(spec: Spec, words: Words) -> None:
    console.print(f"[bold]{words('Dose'):<8}[/]{dose(spec)}{growth(spec, words)}")
    *others, last = (words(WORDS[view]) for view in spec.camera.views)
    views = f"{', '.join(others)}{words(' or ')}{last}" if others else last
    console.print(f"[bold]{words('Camera'):<8}[/]{views}. {safe(spec.camera.advice or '')}")
    if spec.sees_note:
        console.print(f"[bold]{words('Judged'):<8}[/]{safe(spec.sees_note)}")
    if errors := measured_errors(spec):
        console.print(f"[bold]{words('Errors'):<8}[/]{errors}")


def _show_routine(name: str, words: Words) -> int:
    """Print a routine: when it helps, and its exercises with their doses."""
    loaded = read_routine(name)
    routine = loaded.routine.in_words(words.translate)
    console.print(f"[bold]{safe(routine.name)}[/]  [dim]{routine.id}[/]\n")
    console.print(f"{safe(routine.guide)}\n")
    rows = table("", "exercise", "dose", "minutes", "camera")
    for number, spec in enumerate(loaded.specs, 1):
        rows.add_row(f"  {number}", spec.id, dose(spec), minutes(spec.duration_s), spec.camera.views[0])
    console.print(rows)
    about = words("About {n} minutes.", n=minutes(loaded.duration_s))
    console.print(f"\n{about} {words(SAFETY_FIRST)}")
    console.print(f"\n[dim]{safe(loaded.path)}[/]", soft_wrap=True)
    return 0


def _print_safety(spec: Spec, words: Words) -> None:
    console.print(f"\n[bold]{words('Safety')}[/]")
    console.print(f"  {words(SAFETY_FIRST)}")
    if spec.safety.stop_if:
        console.print(f"  {safe(words('Stop with {signs}', signs=', '.join(spec.safety.stop_if)))}.")
    if spec.safety.avoid_if:
        console.print(f"  {safe(words('Leave it out with {reasons}', reasons=', '.join(spec.safety.avoid_if)))}.")


def plain(sentence: str, words: Words = ENGLISH) -> str:
    """A sentence of a spec for both sides at once, or as it is for the left one, where a language bends its words."""
    if words.language == ENGLISH.language:
        return sentence.replace("{side}", "left or right").replace("{other}", "other")
    return words.with_side(sentence, "left")


def growth(spec: Spec, words: Words = ENGLISH) -> str:
    """Where the dose goes as it becomes easy, in words; nothing where the spec does not say."""
    goal = spec.dose.grow_to
    parts = [
        words("{n} sets", n=goal.sets) if goal and goal.sets else "",
        words("{n} repetitions", n=goal.reps) if goal and goal.reps else "",
        held(goal.hold) if goal and goal.hold else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f"; {words('as it gets easy, grow to {dose}', dose=said)}" if said else ""


def measured_errors(spec: Spec) -> str:
    """The measured error of each measure that the steps are judged by, from the view that is meant first."""
    said = {}
    for name in (MeasureRef.parse(text).name for step in spec.steps for text in step.where):
        measure = CATALOGUE.get(name)
        if measure is not None and spec.camera.views[0] in measure.errors:
            unit = "°" if measure.unit == "degrees" else " " + measure.unit
            said[name] = f"{name} ±{measure.errors[spec.camera.views[0]]:g}{unit}"
    return ", ".join(said.values())


def conditions(where: Mapping[str, Condition]) -> str:
    """Conditions in words: ``neck_tilt above 14°``."""
    parts = []
    for name, condition in where.items():
        measure = CATALOGUE.get(MeasureRef.parse(name).name)
        unit = "°" if measure is None or measure.unit == "degrees" else "%"
        for word in ("above", "below"):
            if getattr(condition, word) is not None:
                parts.append(f"{name} {word} {getattr(condition, word):g}{unit}")
        for word in ("between", "outside"):
            if getattr(condition, word) is not None:
                low, high = getattr(condition, word)
                parts.append(f"{name} {word} {low:g} and {high:g}{unit}")
    return ", ".join(parts)
