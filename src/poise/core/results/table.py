"""Sessions as tables: by name, one list for each column."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from poise.core.body import SIDES
from poise.core.curves import Curve, Curves
from poise.core.measures import CATALOGUE, measures_of
from poise.core.refs import MeasureRef
from poise.core.session import Session
from poise.core.spec import Spec


def repetition_columns(*sessions: Session) -> dict[str, list[Any]]:
    """One row for each repetition of each session; what was reached has a column for each measure."""
    rows = [(session, rep) for session in sessions for rep in session.repetitions]
    columns: dict[str, list[Any]] = {
        "source": [session.source for session, _ in rows],
        "exercise": [session.exercise for session, _ in rows],
        "n": [rep.n for _, rep in rows],
        "side": [rep.side for _, rep in rows],
        "start_s": [rep.start_s for _, rep in rows],
        "end_s": [rep.end_s for _, rep in rows],
        "duration_s": [round(rep.end_s - rep.start_s, 3) for _, rep in rows],
        "held_s": [rep.held_s for _, rep in rows],
    }
    for name in _in_order(name for _, rep in rows for name in rep.peak):
        columns[f"peak {name}"] = [rep.peak.get(name) for _, rep in rows]
    columns["faults"] = ["; ".join(rep.faults) for _, rep in rows]
    return columns


def measure_columns(curves: Curves) -> dict[str, Sequence[Any]]:
    """One row for each frame: its time, and each measure that the exercise asks for, side by side."""
    return {"t_s": curves.times_s} | {curve.title: curve.values for curve in curves.curves}


def curves_from(columns: Mapping[str, Sequence[Any]], spec: Spec | None = None) -> Curves:
    """The measures over time from their table; columns of measures that are not known are left out.

    Raises:
        ValueError: It is no such table.
    """
    if "t_s" not in columns:
        raise ValueError("no column t_s")
    catalogue = measures_of(spec) if spec else CATALOGUE
    curves = []
    for title, cells in columns.items():
        side = next((side for side in SIDES if title.startswith(f"{side}.")), None)
        name = title.removeprefix(f"{side}.")
        ref = MeasureRef.parse(name)
        if ref.name in catalogue:
            values = [math.nan if cell is None else float(cell) for cell in cells]
            curves.append(Curve(catalogue[ref.name], side, values, ref.transform))
    return Curves([float(cell) for cell in columns["t_s"]], tuple(curves))


def _in_order(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
