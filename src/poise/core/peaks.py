"""What a repetition's peaks are called: for each step but the first, the farthest value of its leading measure."""

from __future__ import annotations

from collections.abc import Iterable

from poise.core.measures import CATALOGUE, Measure, measures_of
from poise.core.refs import MeasureRef
from poise.core.spec import Spec


def peak_names(leads: Iterable[tuple[str, MeasureRef]]) -> dict[str, str]:
    """By step, the measure as a spec names it, with the step in brackets where two steps share it.

    Args:
        leads: The id and the leading measure of each step but the first.
    """
    leads = list(leads)
    refs = [ref for _, ref in leads]
    return {step: str(ref) if refs.count(ref) == 1 else f"{ref} ({step})" for step, ref in leads}


def peaks_of(spec: Spec) -> dict[str, str]:
    """By step, what its peak is called in the sessions of an exercise."""
    return peak_names((step.id, MeasureRef.parse(next(iter(step.where)))) for step in spec.steps[1:])


def ref_of_peak(name: str) -> MeasureRef:
    """The measure that a peak is about."""
    return MeasureRef.parse(name.partition(" (")[0])


def measure_of_peak(name: str, spec: Spec | None) -> Measure | None:
    """The same in the catalogue; None when it is the exercise's own and the exercise is not known."""
    return (measures_of(spec) if spec else CATALOGUE).get(ref_of_peak(name).name)
