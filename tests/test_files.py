"""A file is there when it is complete, and nothing is left of one that is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from poise.errors import OutputError
from poise.files import writing


def test_a_file_appears_when_it_is_complete(tmp_path: Path) -> None:
    """Until then the older one stands; folders on the way are made."""
    path = tmp_path / "new" / "a.txt"
    for text in ("old", "young"):
        with writing(path) as temporary:
            temporary.write_text(text)
            assert not path.exists() or path.read_text() == "old"
    assert path.read_text() == "young"
    assert [one.name for one in path.parent.iterdir()] == ["a.txt"]


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    """The system's error becomes one line about the final place."""
    with pytest.raises(OutputError, match=r"a\.txt cannot be written: No space left"), writing(tmp_path / "a.txt"):
        raise OSError(28, "No space left on device")
    assert not list(tmp_path.iterdir())


def test_an_interruption_leaves_nothing(tmp_path: Path) -> None:
    """Ctrl-C in the middle of a picture."""

    def save(path: Path) -> None:
        with writing(path) as temporary:
            temporary.write_bytes(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        save(tmp_path / "a.png")
    assert not list(tmp_path.iterdir())
