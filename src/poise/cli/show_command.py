"""``poise show``."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from poise.cli.console import console, safe, table
from poise.cli.list_command import dose
from poise.core.measures import CATALOGUE
from poise.core.refs import MeasureRef
from poise.core.spec import Condition, Spec
from poise.io.specs import read_spec


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("exercise", metavar="ID", help="an exercise of `poise list`, or a .yaml file")


def run(options: argparse.Namespace) -> int:
    """Print the guide of one exercise: how, how much, what counts, what is corrected, safety."""
    loaded = read_spec(options.exercise)
    spec = loaded.spec
    console.print(f"[bold]{safe(spec.name)}[/]  [dim]{spec.id}[/]\n")
    console.print(f"{safe(spec.guide)}\n")
    console.print(f"[bold]Dose[/]    {dose(spec)}")
    console.print(f"[bold]Camera[/]  {', '.join(spec.camera.views)} view. {safe(spec.camera.advice or '')}")
    if spec.sees_note:
        console.print(f"[bold]Judged[/]  {spec.sees}: {safe(spec.sees_note)}")
    console.print("\n[bold]What counts[/]")
    steps = table("", "", "")
    for number, step in enumerate(spec.steps, 1):
        hold = f", hold {spec.hold_s(step):g} s" if step.hold else ""
        steps.add_row(f"  {number}", safe(_plain(step.say)), f"[dim]{conditions(step.where)}{hold}[/]")
    console.print(steps)
    if spec.faults:
        console.print("\n[bold]What is corrected[/]")
        for fault in spec.faults:
            console.print(f"  {safe(_plain(fault.say))}  [dim]{conditions(fault.where)}[/]")
    _print_safety(spec)
    console.print(f"\n[dim]{safe(loaded.path)}[/]", soft_wrap=True)
    return 0


def _print_safety(spec: Spec) -> None:
    console.print("\n[bold]Safety[/]")
    console.print("  Move slowly, stop at a mild stretch, never into pain.")
    if spec.safety.stop_if:
        console.print(f"  Stop if you feel {safe(', '.join(spec.safety.stop_if))}.")
    if spec.safety.avoid_if:
        console.print(f"  Leave it out with {safe(', '.join(spec.safety.avoid_if))}.")


def _plain(words: str) -> str:
    return words.replace("{side}", "one").replace("{other}", "other")


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
