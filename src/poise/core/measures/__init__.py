"""What can be measured on a body. To add a measure: write it in the file of its region, and add one row there.

``CATALOGUE`` maps each name to its row; specs use these names only.
"""

from __future__ import annotations

from poise.core.measures import arms, legs, neck, place, shoulders, trunk
from poise.core.measures.catalogue import Measure, Neutral, own_measure
from poise.core.spec import Spec

CATALOGUE: dict[str, Measure] = {
    row.name: row for module in (neck, shoulders, arms, trunk, legs, place) for row in module.MEASURES
}

__all__ = ["CATALOGUE", "Measure", "Neutral", "measures_of"]


def measures_of(spec: Spec) -> dict[str, Measure]:
    """The catalogue with the spec's own measures."""
    return CATALOGUE | {name: own_measure(name, block) for name, block in spec.measures.items()}
