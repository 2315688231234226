"""What can be measured on a body. To add a measure: write it in the file of its region, and add one row there.

``CATALOGUE`` maps each name to its row; specs use these names only.
"""

from __future__ import annotations

from poise.core.measures import arms, legs, neck, place, shoulders, trunk
from poise.core.measures.catalogue import Measure, Neutral

CATALOGUE: dict[str, Measure] = {
    row.name: row for module in (neck, shoulders, arms, trunk, legs, place) for row in module.MEASURES
}

__all__ = ["CATALOGUE", "Measure", "Neutral"]
