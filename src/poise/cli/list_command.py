"""``poise list``."""

from __future__ import annotations

import argparse

from poise.cli.console import console, safe, table
from poise.cli.options import positive
from poise.core.spec import Spec
from poise.errors import SpecError
from poise.io.routines import find_routines, read_routine
from poise.io.specs import find_specs, read_spec

#: What somebody can do now, and the positions of exercises that this allows.
ABLE = {
    "seated": ("seated", "any"),
    "standing": ("standing", "hanging", "any"),
    "floor": ("floor", "all-fours", "lying", "any"),
}
#: Columns whose entries stand in one line, so that 80 columns are enough; what is needed may take several.
WHOLE = ("position", "camera", "dose", "min", "judged")
ANYTHING = tuple({position for allowed in ABLE.values() for position in allowed})

EXAMPLES = """\
judged: full = the movement itself is measured; part = a sign of it is (the guide says which); timer = time only

examples:
  poise list                             everything, by region
  poise list neck                        what has this word in id, name, region or muscles
  poise list --can seated --minutes 5    what fits now: at the desk, in five minutes each
  poise list --can floor --no-equipment
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("word", nargs="?", metavar="WORD",
                        help="only exercises with this word in id, name, region or muscles")  # fmt: skip
    parser.add_argument("--can", action="append", choices=tuple(ABLE), metavar="POSITION",
                        help=f"only what can be done so: {', '.join(ABLE)} (may be given again)")  # fmt: skip
    parser.add_argument("--minutes", type=positive, metavar="N", help="only what its whole dose fits into")
    parser.add_argument("--no-equipment", action="store_true", help="only what needs nothing but a chair or a floor")


def run(options: argparse.Namespace) -> int:
    """List the exercises by region, then the routines.

    Raises:
        SpecError: Nothing fits.
    """
    fitting = _exercises(options)
    rows = table("exercise", "position", "needs", "camera", "dose", "min", "judged", whole=WHOLE)
    rows.padding = (0, 1, 0, 0)
    for region in dict.fromkeys(region for region, _ in fitting):
        rows.add_row(f"[bold]{safe(region)}[/]")
        for spec in (spec for where, spec in fitting if where == region):
            equipment = safe(", ".join(spec.equipment)) or "-"
            time = minutes(spec.duration_s)
            rows.add_row(f" {spec.id}", spec.position, equipment, spec.camera.views[0], dose(spec), time, spec.sees)
    routines = _routines(options)
    if routines:
        rows.add_row("[bold]routines[/]")
    for row in routines:
        rows.add_row(*row)
    if not fitting and not routines:
        raise SpecError("nothing in the library fits", hint="ask for less: `poise list` shows everything")
    console.print(rows)
    return 0


def _exercises(options: argparse.Namespace) -> list[tuple[str, Spec]]:
    """Region and exercise of everything that fits, by region."""
    paths = sorted(find_specs().values(), key=lambda path: (path.parent.name, path.name))
    specs = [(path.parent.name, read_spec(path).spec) for path in paths]
    word = (options.word or "").lower()
    return [
        (region, spec)
        for region, spec in specs
        if word in f"{spec.id} {spec.name} {region} {spec.muscles}".lower() and _fits(spec, options)
    ]


def _fits(spec: Spec, options: argparse.Namespace) -> bool:
    positions = {position for able in options.can or () for position in ABLE[able]} or ANYTHING
    if options.no_equipment and any(item not in ("chair", "mat", "wall") for item in spec.equipment):
        return False
    if options.minutes is not None and spec.duration_s > 60 * options.minutes:
        return False
    return spec.position in positions


def _routines(options: argparse.Namespace) -> list[tuple[str, ...]]:
    """A row for each routine of which every exercise fits, and which fits as a whole."""
    rows: list[tuple[str, ...]] = []
    for name in find_routines():
        loaded = read_routine(name)
        whole = f"{name} {loaded.routine.name}".lower()
        if (options.word or "").lower() not in whole or not all(_fits(spec, options) for spec in loaded.specs):
            continue
        if options.minutes is not None and loaded.duration_s > 60 * options.minutes:
            continue
        positions = "\n".join(dict.fromkeys(spec.position for spec in loaded.specs))
        equipment = ", ".join(dict.fromkeys(item for spec in loaded.specs for item in spec.equipment)) or "-"
        views = "\n".join(dict.fromkeys(spec.camera.views[0] for spec in loaded.specs))
        amount = f"{len(loaded.specs)} exercises"
        rows.append((f" {name}", positions, safe(equipment), views, amount, minutes(loaded.duration_s), ""))
    return rows


def minutes(duration_s: float) -> str:
    """A duration in minutes, such as "2.5"; below one in tenths, above ten without."""
    return f"{duration_s / 60:.0f}" if duration_s >= 600 else f"{duration_s / 60:.1f}"


def dose(spec: Spec) -> str:
    """The dose in short, such as "3 x 10", "3/side, 15 s" or "20 min": repetitions, and how long each is held."""
    amount = spec.dose
    per = "/side" if spec.sides in ("each", "alternate") else ""
    if amount.hold and amount.reps == 1 and not per:
        return f"{amount.sets} x {held(amount.hold)}" if amount.sets > 1 else held(amount.hold)
    reps = f"{amount.sets} x {amount.reps}" if amount.sets > 1 else f"{amount.reps}"
    return f"{reps}{per}, {held(amount.hold)}" if amount.hold else f"{reps}{per}"


def held(seconds: float) -> str:
    """How long something is held, such as "15 s" or "20 min"."""
    return f"{seconds / 60:g} min" if seconds >= 120 else f"{seconds:g} s"
