"""The accuracy table as a document, as a picture, and as the figures that the catalogue of measures states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from exercise_errors import ExerciseErrors, FaultErrors
from measure_errors import JOINT_TRUTH, MOVES, Errors
from poise.core.measures.catalogue import GOOD_ERROR
from truth_files import STRENGTHS

#: Up to here the picture reaches; what is farther off has its figure at the edge.
FARTHEST = 30.0

HEAD = """\
# How accurate it is

Made by `python benchmarks/accuracy.py` from the rendered clips in `sample_videos/`, whose people have exactly known
joints (see [studio.md](studio.md)). It takes two minutes once the clips' landmark tracks are in the cache. Thresholds
may be tuned on set *tune*; set *check* shows other people in other rooms.
"""

MEASURES = f"""\
## Measures

Every measure in every view it is valid in. The truth is the angle of the joints where one says what the measure means
(*joint*), else what the measure reads on the true landmarks (*picture*). A measure is judged on clips in which it moves
by at least {MOVES:.0f}; `clips` and `people` count these, variants included. `error` is the mean absolute error,
`middle` its median over the clips (one clip in which somebody is not recognised moves it little), `bias` the mean
error, `slope` the change measured for a true change of 1, `change` the error of how far it has changed (what is left
when each clip's own mean error is taken off), `fitted` the error that a gain and an offset fitted on set tune would
leave, `noise` the standard deviation of the error of a person who keeps still. Relative measures start at zero in the
first second. Frames in which a landmark that is needed lies outside the picture are left out. What the model reads too
much or too little of `hip_flexion`, `neck_flexion` and `heel_gap` was found on set tune and is taken off.

![Mean error of each measure](images/accuracy.png)
"""

EXERCISES = """\
## Exercises

`exact` and `off by one` count clips. Holds, starts and ends: mean absolute error in seconds, and the worst hold.
`found` is the share of the frames with head and shoulders in the picture in which the person was found, in the clip
that has the fewest.
"""

FAULTS = """\
## Faults

For each strength, in how many of the repetitions that show the fault it was told. `recall` is over the clear and the
strong ones. A slight fault has 0.6 and a strong one 1.5 times the size of a clear one; a hold that is slightly, clearly
and strongly short lasts 0.7, 0.5 and 0.25 of what is asked for. Many slight ones are too small to be faults: `beyond`
counts those that a pose model without error (the true landmarks) would have told, and how many of these were. `clean`
are the repetitions without the fault, `false` those of them in which it was told all the same (a hold that another
fault truly cut short counts as neither). Some faults cannot be stronger, or they make another movement of it: where
even the true landmarks show no repetition and no fault, `why not` names the step that is not reached.

What the sample clips do not show is in `benchmarks/variants/`: the same motions with each fault slight and strong, by
other people before other cameras, rendered by `benchmarks/variants.py`, of which only landmarks are kept. Short holds
are made from the good ones of every clip, by leaving out moments in the middle (`benchmarks/short_holds.py`). Where to
be there is the whole exercise (`walking-break`, `foam-roll-thoracic`), a shorter hold is none; `seated-posture` has no
good repetition in its clips to cut.
"""

RECOGNITION = """\
## Recognition

Which exercise `--exercise auto` takes each clip for. The signatures by which it tells them apart are learned on set
tune (`benchmarks/signatures.py`), so only set check shows how well it does on others.
"""


def document(
    measures: Sequence[Errors],
    exercises: Sequence[ExerciseErrors],
    faults: Sequence[FaultErrors],
    nobody: Sequence[str],
    recognition: str = "",
) -> str:
    """The whole document in Markdown.

    Args:
        measures: Rows of sets tune and check.
        exercises: One row for each exercise, and sums.
        faults: One row for each fault, and sums.
        nobody: What was counted where nobody exercises, one line each.
        recognition: What each exercise was taken for, in Markdown.
    """
    return "\n".join(
        [HEAD, MEASURES, *_measures(measures), "", EXERCISES, *_exercises(exercises), "", *nobody, "",
         FAULTS, *_faults(faults), "", RECOGNITION, recognition]
    )  # fmt: skip


def _measures(rows: Sequence[Errors]) -> Iterator[str]:
    yield from _head(
        "measure", "unit", "truth", "view", "set", ">clips", ">people", ">error", ">middle", ">bias", ">slope",
        ">change", ">fitted", ">noise",
    )  # fmt: skip
    for row in rows:
        if row.clips or row.noise is not None:
            measure = row.measure
            yield _row(
                f"`{measure.name}`", measure.unit, "joint" if measure.name in JOINT_TRUTH else "picture", row.view,
                row.set, str(row.clips), str(row.people), _number(row.error), _number(row.middle), _number(row.bias),
                _number(row.slope, 2), _number(row.change), _number(row.fitted), _number(row.noise),
            )  # fmt: skip
    seen = {(row.measure.name, row.view) for row in rows if row.clips}
    unseen = [f"`{row.measure.name}` ({row.view})" for row in rows if (row.measure.name, row.view) not in seen]
    if unseen:
        yield "\nNo clip moves these enough to tell: " + ", ".join(dict.fromkeys(unseen)) + "."


def _exercises(rows: Sequence[ExerciseErrors]) -> Iterator[str]:
    yield from _head(
        "exercise", ">clips", ">repetitions", ">counted", ">exact", ">off by one", ">near misses", ">told",
        ">hold", ">worst hold", ">start", ">end", ">found",
    )  # fmt: skip
    for row in rows:
        yield _row(
            row.name, *map(str, (row.clips, row.true, row.found, row.exact, row.near, row.misses_true)),
            str(row.misses_found), _number(row.hold_mean_s, 2), _number(row.hold_worst_s, 2), _number(row.start_s, 2),
            _number(row.end_s, 2), _number(row.seen, 3),
        )  # fmt: skip


def _faults(rows: Sequence[FaultErrors]) -> Iterator[str]:
    yield from _head(
        "exercise", "fault", *(f">{one}" for one in STRENGTHS), ">beyond", ">recall", ">clean", ">false", ">precision",
        "why not",
    )  # fmt: skip
    for row in rows:
        told = (f"{row.told[one]} of {row.shown[one]}" if row.shown[one] else "" for one in STRENGTHS)
        yield _row(
            row.exercise, row.fault, *told, f"{row.beyond_told} of {row.beyond}" if row.beyond else "",
            _number(row.recall("clear", "strong"), 2), str(row.clean), str(row.false), _number(row.precision, 2),
            "; ".join(f"{one}: `{step}` is not reached" for one, step in row.short_of.items() if not row.shown[one]),
        )  # fmt: skip


def _head(*columns: str) -> Iterator[str]:
    """Names of columns and the line below; a name that starts with ">" is set to the right."""
    yield _row(*(name.lstrip(">") for name in columns))
    yield _row(*("---:" if name.startswith(">") else "---" for name in columns))


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def _number(value: float | None, digits: int = 1) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def catalogue_figures(rows: Iterable[Errors]) -> str:
    """The module that holds the measured errors for the catalogue.

    Args:
        rows: Rows over all clips.
    """
    known: dict[str, dict[str, float]] = {}
    for row in rows:
        if row.error is not None:
            known.setdefault(row.measure.name, {})[row.view] = round(row.error, 1)
    lines = []
    for name, views in known.items():
        figures = ", ".join(f'"{view}": {error}' for view, error in views.items())
        lines.append(f'    "{name}": {{{figures}}},\n')
    return (
        '"""How far each measure is from the truth on rendered people. Written by benchmarks/accuracy.py."""\n\n'
        "from __future__ import annotations\n\nfrom poise.core.spec import View\n\n"
        "#: Mean absolute error of each measure and view, in the measure's unit; what no clip shows is left out.\n"
        "MEASURED: dict[str, dict[View, float]] = {\n" + "".join(lines) + "}\n"
    )


def draw(path: Path, rows: Sequence[Errors]) -> None:
    """A picture: mean error of each measure and view, on both sets, beside the error that is still good."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    judged = [(f"{row.measure.name}, {row.view}", row.set, row.error) for row in rows if row.error is not None]
    names = list(dict.fromkeys(name for name, _, _ in judged))
    figure = Figure(figsize=(9, 1.4 + 0.24 * len(names)), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    for name, colour, marker in (("tune", "#0072B2", "o"), ("check", "#D55E00", "D")):
        points = [(error, names.index(label)) for label, chosen, error in judged if chosen == name]
        x, y = [point[0] for point in points], [point[1] for point in points]
        for error, place in zip(x, y, strict=True):
            if error > FARTHEST:
                axes.text(FARTHEST - 0.5, place, f"{error:.0f}", ha="right", va="center", fontsize=8)
        x = [min(error, FARTHEST) for error in x]
        axes.scatter(x, y, color=colour, marker=marker, s=28, label=f"set {name}")
    axes.axvline(GOOD_ERROR, color="#666666", linestyle="--", linewidth=1, label=f"good: {GOOD_ERROR:g} and less")
    axes.set_yticks(range(len(names)), names, fontsize=8)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xlim(0, FARTHEST + 1)
    axes.set_xlabel("mean absolute error, degrees or %")
    axes.grid(alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(fontsize=8, loc="lower right")
    figure.savefig(path, format="png", dpi=100)
