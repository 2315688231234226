"""What a row of the catalogue says of its own accuracy."""

from __future__ import annotations

from dataclasses import replace

import pytest
from figures import STANDING_SIDE_ON
from measuring import body_of

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


def test_what_the_model_reads_too_much_is_taken_off() -> None:
    """A bend of 60 degrees that the model is known to read 7 too small counts as 67."""
    body = body_of(STANDING_SIDE_ON.but(hip_flexion=60))
    plain = replace(CATALOGUE["hip_flexion"], bias=0.0)
    assert plain.value(body, body.near) == pytest.approx(60)
    assert replace(plain, bias=-7.0).value(body, body.near) == pytest.approx(67)
