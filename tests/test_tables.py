"""Tables of repetitions and measures: CSV and Parquet."""

from __future__ import annotations

import importlib.util
import math
from pathlib import Path

import pytest

from disks import full_disk
from poise.errors import OutputError, SourceError
from poise.io import tables
from poise.io.tables import check_format, read_table, write_table

COLUMNS = {"t_s": [0.0, 0.04, 0.08], "neck_tilt": [1.23456, math.nan, -3.0], "side": ["left", None, "right"]}


def test_csv_is_rounded_and_leaves_empty_what_is_not_known(tmp_path: Path) -> None:
    """Three digits, and neither NaN nor None nor 0 for what nobody saw."""
    write_table(tmp_path / "a.csv", COLUMNS)
    text = (tmp_path / "a.csv").read_text()
    assert text.splitlines() == ["t_s,neck_tilt,side", "0.000,1.235,left", "0.040,,", "0.080,-3.000,right"]
    assert read_table(tmp_path / "a.csv")["neck_tilt"] == ["1.235", None, "-3.000"]


def test_parquet_keeps_every_digit(tmp_path: Path) -> None:
    """Numbers are numbers, and what is not known is null."""
    write_table(tmp_path / "a.parquet", COLUMNS)
    assert read_table(tmp_path / "a.parquet") == COLUMNS | {"neck_tilt": [1.23456, None, -3.0]}


def test_a_text_is_no_formula(tmp_path: Path) -> None:
    """A clip called =cmd.mp4 is a name in every spreadsheet; quotes, commas and new lines stay in their cell."""
    names = ["=cmd|'/c calc'!A1.mp4", "@a", 'a"b,c\nd.mp4', "plain.mp4", "a\udcff.mp4"]
    write_table(tmp_path / "a.csv", {"source": names, "n": [-1, 2, 3, 4, 5]})
    back = read_table(tmp_path / "a.csv")
    assert back["source"] == ["'=cmd|'/c calc'!A1.mp4", "'@a", 'a"b,c\nd.mp4', "plain.mp4", "a\\udcff.mp4"]
    assert back["n"][0] == "-1"


def test_a_missing_library_is_told_before_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the way to mend it."""
    monkeypatch.setattr(tables, "find_spec", lambda _: None)
    with pytest.raises(OutputError, match="pyarrow") as caught:
        check_format("parquet")
    assert "poise[parquet]" in caught.value.hint
    check_format("csv")
    assert importlib.util.find_spec("pyarrow")


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_full_disk_leaves_no_table(tmp_path: Path, kind: str) -> None:
    """Nothing half-written under its name."""
    numbers = [math.sin(i) for i in range(50_000)]
    with full_disk(1000), pytest.raises(OutputError, match="cannot be written"):
        write_table(tmp_path / f"a.{kind}", {"a": numbers})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_columns_of_unequal_length_are_a_mistake_that_leaves_nothing(tmp_path: Path, kind: str) -> None:
    """A programmer's error is not dressed up, and no file remains."""
    with pytest.raises(ValueError, match=r"(?i)length|argument"):
        write_table(tmp_path / f"a.{kind}", {"a": [1, 2], "b": [1]})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("kind", "content"), [("parquet", b"nothing"), ("csv", b"a,b\n1\n"), ("csv", b"\xff\xfe\n")])
def test_a_damaged_table_is_told(tmp_path: Path, kind: str, content: bytes) -> None:
    """In one line, with what to do."""
    path = tmp_path / f"a.{kind}"
    path.write_bytes(content)
    with pytest.raises(SourceError, match="damaged") as caught:
        read_table(path)
    assert caught.value.hint
    with pytest.raises(SourceError, match="cannot be read"):
        read_table(tmp_path / f"nowhere.{kind}")


def test_an_empty_table_has_its_columns(tmp_path: Path) -> None:
    """No repetition: the header alone; a file of nothing is a table of nothing."""
    write_table(tmp_path / "a.csv", {"n": [], "side": []})
    assert read_table(tmp_path / "a.csv") == {"n": [], "side": []}
    (tmp_path / "b.csv").touch()
    assert read_table(tmp_path / "b.csv") == {}
