"""Pictures of numbers: measures over time, why a moment counted or not, and how far each number of a spec can go."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from poise.core.author.sweep import FRAGILE, Swept
from poise.core.body import SIDES, Side
from poise.core.curves import Curves
from poise.core.explain.evidence import Strip
from poise.core.explain.why import Explanation
from poise.core.measures import CATALOGUE
from poise.core.suggestions import printable
from poise.files import writing

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BLUE, VERMILION, GREEN, GREY = "#0072B2", "#D55E00", "#009E73", "#333333"  # told apart by the colour-blind, too
LIGHT_BLUE = "#9ecae1"

#: Colour and style of a line by side: told apart without colour too.
LINES: dict[Side | None, tuple[str, str]] = {"left": (BLUE, "-"), "right": (VERMILION, "--"), None: (GREY, "-")}

SHOWN = 20.0  # grains: more room than this is drawn as much


def write_measures_plot(path: Path, title: str, measured: Curves) -> None:
    """One strip per measure that was seen, left and right in one strip.

    Raises:
        OutputError: It cannot be written.
    """
    seen = [curve for curve in measured.curves if any(value == value for value in curve.values)]
    names = list(dict.fromkeys(curve.measure.name for curve in seen))
    figure = _figure(12, 1.0 + 1.5 * max(1, len(names)))
    figure.suptitle(printable(title, 80), parse_math=False)  # a file's name is no formula
    strips = _strips(figure, len(names))
    for name, axes in zip(names, strips, strict=False):
        for curve in (curve for curve in seen if curve.measure.name == name):
            colour, style = LINES[curve.side]
            axes.plot(measured.times_s, curve.values, color=colour, linestyle=style, linewidth=1.4)
        axes.set_ylabel(f"{name}\n{_unit_words(name)}", rotation=0, ha="right", va="center", fontsize=9)
        axes.grid(alpha=0.3)
    for side in SIDES:
        strips[0].plot([], [], color=LINES[side][0], linestyle=LINES[side][1], label=side)
    figure.legend(loc="upper right", ncols=2, fontsize=9, frameon=False)
    _save(figure, path)


def write_why_plot(path: Path, title: str, why: Explanation) -> None:
    """The measures that decided, each with what was asked of it.

    Raises:
        OutputError: It cannot be written.
    """
    figure = _figure(9, 1.2 + 2.0 * max(1, len(why.strips)))
    figure.suptitle(printable(title, 140), fontsize=10, x=0.01, ha="left", parse_math=False)
    for strip, axes in zip(why.strips, _strips(figure, len(why.strips)), strict=False):
        _draw_strip(axes, strip, why)
    _save(figure, path)


def write_sweep_plot(path: Path, title: str, numbers: Sequence[Swept]) -> None:
    """One bar a number, to the left and to the right of what it is; fragile ones hatched and in another colour.

    Raises:
        OutputError: It cannot be written.
    """
    figure = _figure(12, 1.6 + 0.42 * len(numbers))
    axes = figure.subplots()
    for row, one in enumerate(numbers):
        _draw_room(axes, row, one)
    axes.axvline(0, color="black", linewidth=1)
    axes.axvspan(-FRAGILE, FRAGILE, color=VERMILION, alpha=0.07, linewidth=0)
    labels = [printable(f"{one.knob.name} {one.knob.value:g}", 60) for one in numbers]
    axes.set_yticks(range(len(numbers)), labels, fontsize=9)
    axes.set_ylim(len(numbers) - 0.4, -0.6)
    axes.set_xlim(-SHOWN - 4, SHOWN + 4)
    axes.set_xlabel("room, in noises of the measure (times: 0.05 s); light: nothing gave way as far as was tried")
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.set_title(printable(title, 140), fontsize=11, loc="left", parse_math=False)
    _save(figure, path)


def _figure(width_in: float, height_in: float) -> Figure:
    """A figure without a window. Matplotlib is slow to load: only where something is drawn."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width_in, height_in), layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def _strips(figure: Figure, count: int) -> Any:
    """Axes below one another with one axis of time; one where there would be none."""
    strips = figure.subplots(max(1, count), 1, sharex=True, squeeze=False)[:, 0]
    for axes in strips:
        axes.spines[["top", "right"]].set_visible(False)
    strips[-1].set_xlabel("seconds")
    return strips


def _save(figure: Figure, path: Path) -> None:
    with writing(path) as temporary:
        figure.savefig(temporary, format="png", dpi=110)


def _unit_words(name: str) -> str:
    """Unit of a measure, short enough for an axis."""
    return CATALOGUE[name].unit.replace("% of shoulder width", "% shoulder").replace("% of torso length", "% torso")


def _draw_strip(axes: Axes, strip: Strip, why: Explanation) -> None:
    axes.plot(strip.times_s, strip.values, color=BLUE, linewidth=1.8)
    axes.margins(x=0)
    bounds = [bound for bound in (strip.target.low, strip.target.high) if abs(bound) != float("inf")]
    low, high = axes.get_ylim()
    room = 0.08 * (max(high, *bounds) - min(low, *bounds))
    low, high = min(low, *bounds) - room, max(high, *bounds) + room
    for begin, end in wanted(strip, low, high):
        axes.axhspan(begin, end, color=GREEN, alpha=0.12, linewidth=0)
    for bound in bounds:
        axes.axhline(bound, color=GREEN, linewidth=1.2)
    axes.set_ylim(low, high)
    axes.axvspan(why.from_s, why.to_s, color=GREY, alpha=0.06, linewidth=0)
    axes.axvline(why.t_s, color=VERMILION, linewidth=1.2, linestyle="--")
    axes.plot(*strip.best, marker="o", color=VERMILION, markersize=6)
    axes.set_title(strip.title, loc="left", fontsize=9)
    axes.grid(alpha=0.25)


def wanted(strip: Strip, low: float, high: float) -> Sequence[tuple[float, float]]:
    """The values between two limits that meet what is asked."""
    begin, end = max(low, strip.target.low), min(high, strip.target.high)
    return ((low, begin), (end, high)) if strip.target.inverted else ((begin, end),)


def _draw_room(axes: Axes, row: int, one: Swept) -> None:
    for sense, room in ((-1, one.lower), (1, one.upper)):
        grains = min(SHOWN, abs(room.value - one.knob.value) / one.knob.grain)
        close = room.by is not None and grains < FRAGILE
        colour = LIGHT_BLUE if room.by is None else VERMILION if close else BLUE
        axes.barh(row, sense * max(grains, 0.12), height=0.62, color=colour, hatch="///" if close else None)
        said = f"{room.value:g}" + ("" if room.by else " and on")
        align = "right" if sense < 0 else "left"
        axes.text(sense * (grains + 0.3), row, said, va="center", ha=align, fontsize=8)
