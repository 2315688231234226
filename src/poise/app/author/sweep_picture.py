"""The picture of a sweep: for each number how far it can go, in noises of its measure."""

from __future__ import annotations

from pathlib import Path

from poise.app.author.sweeping import Sweep
from poise.core.findings import printable
from poise.core.sweep import FRAGILE, Swept
from poise.files import PendingFile, output_error

SHOWN = 20.0  # grains: more room than this is drawn as much
STEADY, FRAGILE_COLOUR, OPEN = "#0072B2", "#D55E00", "#9ecae1"


def write_sweep_plot(path: Path, result: Sweep) -> None:
    """One bar a number, to the left and to the right of what it is; fragile ones hatched and in another colour.

    Raises:
        OutputError: It cannot be written.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    numbers = result.numbers
    figure = Figure(figsize=(12, 1.6 + 0.42 * len(numbers)), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    for row, one in enumerate(numbers):
        for sense, room in ((-1, one.lower), (1, one.upper)):
            grains = min(SHOWN, abs(room.value - one.knob.value) / one.knob.grain)
            close = room.by is not None and grains < FRAGILE
            colour = OPEN if room.by is None else FRAGILE_COLOUR if close else STEADY
            axes.barh(row, sense * max(grains, 0.12), height=0.62, color=colour, hatch="///" if close else None)
            said = f"{room.value:g}" + ("" if room.by else " and on")
            align = "right" if sense < 0 else "left"
            axes.text(sense * (grains + 0.3), row, said, va="center", ha=align, fontsize=8)
    axes.axvline(0, color="black", linewidth=1)
    axes.axvspan(-FRAGILE, FRAGILE, color="#D55E00", alpha=0.07, linewidth=0)
    axes.set_yticks(range(len(numbers)), [_label(one) for one in numbers], fontsize=9)
    axes.set_ylim(len(numbers) - 0.4, -0.6)
    axes.set_xlim(-SHOWN - 4, SHOWN + 4)
    axes.set_xlabel("room, in noises of the measure (times: 0.05 s); light: nothing gave way as far as was tried")
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    title = f"{result.spec.id}: how far each number can go before one of {result.clips} clips is judged otherwise"
    axes.set_title(printable(title, 140), fontsize=11, loc="left", parse_math=False)
    pending = PendingFile(path)
    try:
        figure.savefig(pending.temporary, format="png", dpi=110)
    except OSError as error:
        pending.discard()
        raise output_error(path, error) from error
    pending.commit()


def _label(one: Swept) -> str:
    return printable(f"{one.knob.name} {one.knob.value:g}", 60)
