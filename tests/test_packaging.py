"""What is installed is whole, whatever it was built from."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_a_wheel_can_be_built_from_the_source_distribution() -> None:
    """Every folder that goes into the wheel is in the source distribution, too."""
    built = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]
    packed = [Path(place) for place in built["sdist"]["include"]]
    for wanted in (*built["wheel"]["packages"], *built["wheel"]["force-include"]):
        assert (ROOT / wanted).is_dir()
        assert any(Path(wanted).is_relative_to(place) for place in packed), wanted
