"""What was expected and what was found in a clip, on one time axis of plain characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from poise.core.author.sidecar import Expect
from poise.core.session import Session

WIDTH = 72  # characters of the axis
LABEL = 10  # characters before it
STEPS_S = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 3600)
TICKS = 8  # at most


def timeline(session: Session, expect: Expect) -> list[str]:
    """Lines that show the repetitions that were expected and found, the faults and the near misses.

    Args:
        session: What was found.
        expect: What was expected; its repetitions are drawn where their times are known.
    """
    end_s = max(
        [session.duration_s, 1.0, *(rep.end_s for rep in session.repetitions), *(end for _, end in expect.at or [])]
    )
    lines = [_axis(end_s)]
    if expect.at:
        lines += _spans("expected", [(str(n), *span) for n, span in enumerate(expect.at, 1)], end_s)
    reps = [(f"{rep.n}{(rep.side or '')[:1].upper()}", rep.start_s, rep.end_s) for rep in session.repetitions]
    lines += _spans("found", reps, end_s)
    lines += _marks("near miss", [miss.t_s for miss in session.near_misses], end_s)
    lines += _marks("fault", [fault.t_s for fault in session.faults], end_s)
    lines += _spans("not seen", [("", one.t_s, one.until_s) for one in session.framing], end_s, always=False)
    return lines


def _column(t_s: float, end_s: float) -> int:
    return max(0, min(WIDTH - 1, int(t_s / end_s * WIDTH)))


def _axis(end_s: float) -> str:
    step_s = next((step for step in STEPS_S if end_s / step <= TICKS), STEPS_S[-1])
    cells = [" "] * (WIDTH + 8)
    for tick in range(int(end_s / step_s) + 1):
        text = f"|{tick * step_s}" + (" s" if tick == 0 else "")
        column = _column(tick * step_s, end_s)
        cells[column : column + len(text)] = text
    return f"{'':{LABEL}}{''.join(cells).rstrip()}"


def _spans(label: str, spans: Sequence[tuple[str, float, float]], end_s: float, always: bool = True) -> list[str]:
    """One line of spans ``[==1==]``; a second one where they overlap."""
    rows: list[list[str]] = []
    for name, start_s, stop_s in spans:
        first, last = _column(start_s, end_s), max(_column(start_s, end_s) + 1, _column(stop_s, end_s))
        row = next((row for row in rows if not "".join(row[first : last + 1]).strip()), None)
        if row is None:
            row = [" "] * (WIDTH + 1)
            rows.append(row)
        row[first : last + 1] = "[" + "=" * (last - first - 1) + "]"
        middle = (first + last + 1 - len(name)) // 2
        if len(name) <= last - first - 1:
            row[middle : middle + len(name)] = name
    if not rows and always:
        return [f"{label:{LABEL}}(none)"]
    return [f"{label if n == 0 else '':{LABEL}}{''.join(row).rstrip()}" for n, row in enumerate(rows)]


def _marks(label: str, times_s: Iterable[float], end_s: float) -> list[str]:
    cells = [" "] * WIDTH
    for t_s in times_s:
        cells[_column(t_s, end_s)] = "x"
    text = "".join(cells).rstrip()
    return [f"{label:{LABEL}}{text}"] if text else []
