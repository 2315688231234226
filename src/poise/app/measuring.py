"""Every measure of a clip over time, as a table and a picture."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from pathlib import Path

from poise.core.body import SIDES, BodyTracker, Side
from poise.core.curves import Curve
from poise.core.findings import printable
from poise.core.measures import CATALOGUE
from poise.core.types import Pose
from poise.files import PendingFile, output_error

#: Colour and style of a line by side: told apart without colour too.
LINES: dict[Side | None, tuple[str, str]] = {
    "left": ("#0072B2", "-"),
    "right": ("#D55E00", "--"),
    None: ("#333333", "-"),
}


def curves_of(poses: Sequence[Pose]) -> list[Curve]:
    """All measures of the catalogue, absolute (no neutral taken off)."""
    tracker = BodyTracker()
    bodies = [tracker.track(pose) for pose in poses]
    curves = []
    for measure in CATALOGUE.values():
        sides: tuple[Side | None, ...] = SIDES if measure.sided else (None,)
        curves += [
            Curve(measure, side, tuple(measure.value(body, side or "left") for body in bodies)) for side in sides
        ]
    return curves


def write_table(path: Path, times_s: Sequence[float], curves: Sequence[Curve]) -> None:
    """CSV: one row per frame, one column per measure and side, empty where it could not be seen.

    Raises:
        OutputError: It cannot be written.
    """
    pending = PendingFile(path)
    try:
        with pending.temporary.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["t_s", *(curve.title for curve in curves)])
            for i, t_s in enumerate(times_s):
                writer.writerow([f"{t_s:.3f}", *(_cell(curve.values[i]) for curve in curves)])
    except OSError as error:
        pending.discard()
        raise output_error(path, error) from error
    pending.commit()


def _cell(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.2f}"


def write_plot(path: Path, title: str, times_s: Sequence[float], curves: Sequence[Curve]) -> None:
    """A picture: one strip per measure that was seen, left and right in one strip.

    Raises:
        OutputError: It cannot be written.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    seen = [curve for curve in curves if any(value == value for value in curve.values)]
    names = list(dict.fromkeys(curve.measure.name for curve in seen))
    figure = Figure(figsize=(12, 1.0 + 1.5 * max(1, len(names))), layout="constrained")
    FigureCanvasAgg(figure)
    figure.suptitle(printable(title, 80), parse_math=False)  # a file's name is no formula
    strips = figure.subplots(max(1, len(names)), 1, sharex=True, squeeze=False)[:, 0]
    for name, axes in zip(names, strips, strict=False):
        for curve in (curve for curve in seen if curve.measure.name == name):
            colour, style = LINES[curve.side]
            axes.plot(times_s, curve.values, color=colour, linestyle=style, linewidth=1.4)
        axes.set_ylabel(f"{name}\n{unit_words(name)}", rotation=0, ha="right", va="center", fontsize=9)
        axes.grid(alpha=0.3)
        axes.spines[["top", "right"]].set_visible(False)
    for side in SIDES:
        strips[0].plot([], [], color=LINES[side][0], linestyle=LINES[side][1], label=side)
    figure.legend(loc="upper right", ncols=2, fontsize=9, frameon=False)
    strips[-1].set_xlabel("seconds")
    pending = PendingFile(path)
    try:
        figure.savefig(pending.temporary, format="png", dpi=110)
    except OSError as error:
        pending.discard()
        raise output_error(path, error) from error
    pending.commit()


def unit_words(name: str) -> str:
    """Unit of a measure, short enough for an axis."""
    return CATALOGUE[name].unit.replace("% of shoulder width", "% shoulder").replace("% of torso length", "% torso")
