"""``poise why``."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from poise.app.explaining import explain_moment, judge_clip, recognised
from poise.app.options import AUTO
from poise.cli.console import FrameBar, console, fetch_progress, frame_progress, safe, table
from poise.cli.options import add_exercise, add_hold, add_model, add_out
from poise.cli.sketch import sketched
from poise.core.explain.evidence import Check
from poise.core.explain.why import Explanation, uncounted
from poise.core.explain.witness import Judged
from poise.io.plots import write_why_plot
from poise.io.specs import load_spec

EXAMPLES = """\
Says which condition of which step was met and which was not, by how much it was missed, what was waited for, and what
was watched for meanwhile; the measures that decided are drawn here and in a picture. The clip's poses come from the
cache when it was looked at before, so that this is quick.

examples:
  poise why squats.mp4                                     every repetition and every attempt, in a table
  poise why squats.mp4 --exercise squat --at 12.5          why did this one not count?
  poise why neck.mp4 --exercise neck-rotation --at 1:02 --side left
"""
_TIME = re.compile(r"^(?:(\d+):)?(\d+(?:\.\d+)?)$")


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("clip", metavar="CLIP", type=Path, help="a video file")
    add_exercise(parser, "an exercise")
    parser.add_argument("--at", type=_time, metavar="TIME", help="the moment: seconds, or minutes:seconds")
    parser.add_argument("--side", choices=("left", "right"), help="the side that is meant (default: what fits best)")
    add_out(parser, "where the picture goes")
    add_hold(parser)
    add_model(parser)


def run(options: argparse.Namespace) -> int:
    """Explain one moment, or list all that could be explained."""
    named = None if options.exercise == AUTO else load_spec(options.exercise)  # a wrong name is told before the work
    with fetch_progress() as fetching, frame_progress() as progress:
        bar = FrameBar(progress, options.clip.name)
        spec = named or recognised(options.clip, model=options.model, progress=bar, fetching=fetching)
        spec = spec.with_dose(hold=options.hold)
        told = judge_clip(options.clip, spec, model=options.model, progress=bar, fetching=fetching)
    console.print(f"\n[bold]{safe(spec.name)}[/]" + " (found out from the movement)" * (named is None))
    if options.at is None:
        _print_all(told)
        return 0
    why = explain_moment(told, options.at, options.side)
    _print(why)
    if why.strips:
        path = options.out / f"{options.clip.stem}.why-{options.at:.1f}.png"
        write_why_plot(path, f"{options.clip.name} at {options.at:.1f} s. {why.headline}", why)
        console.print(f"\nwrote {safe(path)}", soft_wrap=True)
    return 0


def _time(text: str) -> float:
    match = _TIME.match(text)
    if not match:
        raise argparse.ArgumentTypeError("seconds such as 12.5, or minutes and seconds such as 1:02.5, are expected")
    return 60.0 * float(match[1] or 0) + float(match[2])


def _print(why: Explanation) -> None:
    console.print(f"\n[bold]{safe(why.headline)}[/]\n", soft_wrap=True)
    if why.checks:
        rows = table("  ", "asked", "nearest", "at", "")
        for check in why.checks:
            rows.add_row(_mark(check), safe(check.asked), safe(check.value), _at(check), safe(check.remark))
        console.print(rows)
    for remark in why.remarks:
        console.print(f"  {safe(remark)}")
    missed = next((i for i, check in enumerate(why.checks) if not check.met), 0)
    if why.strips:
        strip = why.strips[missed]
        console.print(f"\n[dim]{safe(strip.title)}; │ {why.t_s:.1f} s[/]")
        for line in sketched(strip, why.t_s, min(console.width, 100)):
            console.print(safe(line), soft_wrap=True)
    if why.faults:
        console.print("\n[bold]What was watched for[/]")
        rows = table("  ", "", "", "")
        for fault in why.faults:
            rows.add_row("▼" if fault.met else " ", safe(fault.asked), safe(fault.value), _at(fault))
        console.print(rows)


def _mark(check: Check) -> str:
    return "?" if check.met is None else "✓" if check.met else "✗"


def _at(check: Check) -> str:
    return f"{check.at_s:.1f} s" if check.at_s == check.at_s else ""


def _print_all(told: Judged) -> None:
    """Every repetition and every attempt, in order of time."""
    found = [
        (rep.start_s, rep.end_s, rep.side, f"counted: repetition {rep.n}", ", ".join(dict.fromkeys(rep.faults)))
        for rep in told.session.repetitions
    ]
    for attempt in uncounted(told):
        from_s, to_s = told.times_s[attempt.first], told.times_s[attempt.last]
        why = explain_moment(told, (from_s + to_s) / 2, attempt.side)
        missed = [f"{check.asked}: {check.value}" for check in why.checks if not check.met] or list(why.remarks)
        found.append((from_s, to_s, attempt.side, "not counted", "; ".join(missed)))
    found += [(one.t_s, one.until_s, None, "not judged", one.say) for one in told.session.framing]
    rows = table(">from", ">to", "side", "", "")
    for from_s, to_s, side, verdict, remark in sorted(found, key=lambda row: row[0]):
        rows.add_row(f"{from_s:.1f} s", f"{to_s:.1f} s", side or "", verdict, safe(remark))
    console.print(rows if found else "Nothing was done here that looks like this exercise.")
    console.print("\n[dim]--at TIME explains one of them[/]")
