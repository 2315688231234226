"""Pictures of exercises, in the terminal."""

from __future__ import annotations

import io

import numpy as np
from rich.console import Console

from poise.cli.picture import TALLEST, drawn
from poise.io.pictures import FOLDERS, picture_of
from poise.io.specs import find_specs


def test_two_pixels_make_one_character() -> None:
    """A red row over a blue row is one row of half blocks, red on blue."""
    picture = np.zeros((2, 4, 3), np.uint8)
    picture[0] = (0, 0, 255)
    picture[1] = (255, 0, 0)
    screen = Console(file=io.StringIO(), force_terminal=True, color_system="truecolor", width=4)
    screen.print(drawn(picture, 4))
    assert screen.file.getvalue().count("38;2;255;0;0;48;2;0;0;255m▀") == 4  # type: ignore[attr-defined]


def test_a_tall_picture_fits_the_screen() -> None:
    """No more lines than a screen has, whatever the shape."""
    screen = Console(file=io.StringIO(), width=80)
    screen.print(drawn(np.zeros((900, 300, 3), np.uint8), 80))
    assert screen.file.getvalue().count("\n") <= TALLEST + 1  # type: ignore[attr-defined]


def test_every_exercise_with_a_clip_has_a_picture() -> None:
    """The strip of key poses is there, unless the package was installed without the pictures."""
    have = [name for name in find_specs() if picture_of(name) is not None]
    assert "squat" in have
    assert picture_of("no-such-exercise") is None
    assert any(folder.is_dir() for folder in FOLDERS)
