"""What a row of the catalogue says of its own accuracy."""

from __future__ import annotations

from dataclasses import replace

from poise.core.measures import CATALOGUE
from poise.core.measures.measured import MEASURED


def test_a_measure_knows_its_measured_errors() -> None:
    """Those of its own name; one that was never measured has none."""
    assert CATALOGUE["knee_flexion"].errors == MEASURED["knee_flexion"]
    assert replace(CATALOGUE["knee_flexion"], name="unheard-of").errors == {}


def test_what_is_coarse_or_was_never_measured_is_seen_in_part() -> None:
    """Good up to an error of 4 in its unit, in part beyond that, and in part where nothing is known."""
    views = {"side": 4.0, "oblique": 4.1}
    MEASURED["made-up"] = views  # type: ignore[assignment]
    try:
        made_up = replace(CATALOGUE["knee_flexion"], name="made-up", views=("side", "oblique", "front"))
        assert made_up.part == ("oblique", "front")
    finally:
        del MEASURED["made-up"]
