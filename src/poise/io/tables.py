"""Tables for spreadsheets and data frames: CSV, or Parquet where pyarrow is there."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, get_args

from poise.errors import OutputError, SourceError
from poise.files import writing

TableFormat = Literal["csv", "parquet"]
FORMATS: tuple[TableFormat, ...] = get_args(TableFormat)

#: By name, one sequence for each column, all of one length; None and NaN are cells with nothing in them.
Columns = Mapping[str, Sequence[Any]]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what makes a spreadsheet compute a text


def check_format(kind: TableFormat) -> None:
    """Tell before the work rather than after it when a format cannot be written here.

    Raises:
        OutputError: A library is missing.
    """
    if kind == "parquet" and find_spec("pyarrow") is None:
        raise OutputError("Parquet needs pyarrow, which is not installed", 'pip install "poise[parquet]", or use CSV')


def write_table(path: Path, columns: Columns) -> None:
    """Write a table, complete or not at all; the suffix of the path (.csv, .parquet) chooses the format.

    Raises:
        OutputError: It cannot be written, or a library is missing.
    """
    parquet = path.suffix == ".parquet"
    check_format("parquet" if parquet else "csv")
    with writing(path) as temporary:
        (_write_parquet if parquet else _write_csv)(temporary, columns)


def read_table(path: Path) -> dict[str, list[Any]]:
    """Read a table that ``write_table`` wrote; of a CSV every cell is a text, or None where there is nothing.

    Raises:
        SourceError: It cannot be read, is damaged, or a library is missing.
    """
    try:
        return (_read_parquet if path.suffix == ".parquet" else _read_csv)(path)
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror or error}", "check its name and permissions") from (
            error
        )
    except (ValueError, csv.Error) as error:  # pyarrow's errors are ValueErrors
        raise SourceError(f"{path} is damaged, or no table", "analyze the clip again") from error


def _write_csv(path: Path, columns: Columns) -> None:
    with path.open("w", newline="", encoding="utf-8", errors="backslashreplace") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(map(_cell, row) for row in zip(*columns.values(), strict=True))


def _cell(value: Any) -> Any:
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.3f}"
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value  # a clip may be called "=cmd.mp4"
    return "" if value is None else value


def _read_csv(path: Path) -> dict[str, list[Any]]:
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.reader(file)
        names = next(reader, [])
        columns: dict[str, list[Any]] = {name: [] for name in names}
        for row in reader:
            for name, cell in zip(names, row, strict=True):
                columns[name].append(cell or None)
    return columns


def _write_parquet(path: Path, columns: Columns) -> None:
    import pyarrow
    from pyarrow import parquet

    empty: Callable[[Any], bool] = lambda value: value is None or (isinstance(value, float) and math.isnan(value))  # noqa: E731
    arrays = {name: [None if empty(value) else value for value in column] for name, column in columns.items()}
    parquet.write_table(pyarrow.table(arrays), path, compression="zstd")


def _read_parquet(path: Path) -> dict[str, list[Any]]:
    check_format("parquet")
    from pyarrow import parquet

    columns: dict[str, list[Any]] = parquet.read_table(path).to_pydict()
    return columns
