"""``poise sweep``."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.text import Text

from poise.app.author.sweeping import Sweep, sweep
from poise.cli.clips import CLIPS_HELP, clips_in
from poise.cli.console import console, safe, table, work_progress
from poise.cli.options import add_model, add_out, positive
from poise.core.author.sweep import FRAGILE, Room, Swept
from poise.io.plots import write_sweep_plot
from poise.io.specs import load_spec

EXAMPLES = f"""\
Each threshold and time is moved both ways until a clip is no longer judged as its sidecar says. Every clip counts as
recorded, mirrored, at 15 and 10 frames a second, with a tenth of the frames dropped, and with jittering landmarks.
Fragile is what has less room than {FRAGILE:g} times the noise of its measure: the next person may fall beyond it.
A number that nothing holds on one side is tested by no clip there: add one that turns back, or shows the fault.

examples:
  poise sweep squat                      over the clips of sample_videos that show it
  poise sweep my-stretch clips/ --out .  my-stretch.sweep.png here
"""

CELLS = 7  # of a bar, on each side


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("exercise", metavar="ID", help="an exercise of `poise list`, or a .yaml file")
    parser.add_argument("clips", nargs="*", type=Path, metavar="CLIP",
                        help=CLIPS_HELP)  # fmt: skip
    add_out(parser, "where the picture goes")
    parser.add_argument("--workers", type=positive, metavar="N", help="processes (default: as many as there are cores)")
    add_model(parser)


def run(options: argparse.Namespace) -> int:
    """Sweep an exercise, print and draw the room of every number; exit code 1 when one is fragile."""
    spec = load_spec(options.exercise)
    sidecars = clips_in(options.clips, options.exercise)
    with work_progress() as progress:
        task = progress.add_task(safe(spec.id), total=None)

        def show(done: int, of: int) -> None:
            progress.start()
            progress.update(task, completed=done, total=of)

        result = sweep(spec, sidecars, model=options.model, workers=options.workers, progress=show)
    _print(result)
    path = options.out / f"{spec.id}.sweep.png"
    title = f"{spec.id}: how far each number can go before one of {result.clips} clips is judged otherwise"
    write_sweep_plot(path, title, result.numbers)
    console.print(f"\nwrote {safe(path)}", soft_wrap=True)
    return 1 if result.fragile else 0


def _print(result: Sweep) -> None:
    rows = table("number", ">least", "", ">now", "", ">most")
    for one in result.numbers:
        now = f"{one.knob.value:g}{_unit(one.knob.unit)}"
        rows.add_row(
            safe(one.knob.name),
            _end(one.lower),
            _bar(one.lower, one, -1),
            now,
            _bar(one.upper, one, 1),
            _end(one.upper),
        )
    console.print(rows)
    for one in result.fragile:
        console.print(
            f"[bold]Fragile[/]  {safe(one.knob.name)} {one.knob.value:g}: {safe(_cause(one))}", soft_wrap=True
        )
    for name, line in result.wrong.items():
        console.print(f"[bold]Left out[/] {safe(name)}: {safe(line)}, with no number moved", soft_wrap=True)
    if not result.fragile:
        console.print("Nothing is fragile.")


def _end(room: Room) -> str:
    return f"{room.value:g}" if room.by else "open"


def _unit(unit: str) -> str:
    short = {"degrees": "°", "s": " s"}.get(unit.removesuffix(" per s"), "%")
    return f"{short}/s" if unit.endswith(" per s") else short


def _bar(room: Room, one: Swept, sense: int) -> Text:
    """The room as a bar that grows away from the number; one cell for each noise, open ones dotted."""
    grains = abs(room.value - one.knob.value) / one.knob.grain
    cells = min(CELLS, round(grains))
    full = ("·" if room.by is None else "━") * max(1, cells)
    style = "dim" if room.by is None else "bold red" if grains < FRAGILE else "cyan"
    return Text(full.rjust(CELLS) if sense < 0 else full.ljust(CELLS), style=style)


def _cause(one: Swept) -> str:
    rooms = [room for room in (one.lower, one.upper) if room.by is not None]
    return min(rooms, key=lambda room: abs(room.value - one.knob.value)).by or ""
