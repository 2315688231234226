"""Every measure of a clip over time, as a table and a picture."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import cv2
import numpy as np
import pytest

from core.figures import STANDING, Figure, Motion
from poise.app.measuring import curves_of
from poise.core.curves import Curves
from poise.core.measures import CATALOGUE
from poise.core.results.table import measure_columns
from poise.core.types import Pose
from poise.errors import OutputError
from poise.io.plots import write_measures_plot
from poise.io.tables import write_table

TIMES_S = [i / 30 for i in range(31)]


def bending() -> list[Pose]:
    """The left elbow bends from long to 90 degrees; then nobody is there for a while."""
    motion = Motion(STANDING).stay(0.5).go(0.5, left_elbow_flexion=90)
    return [*motion.poses_at(TIMES_S), Pose.missing(1.1, (1280, 960))]


def test_there_is_a_curve_for_each_measure_and_side() -> None:
    """Left and right where a measure has sides, one value per pose, and the angle that was shown."""
    curves = {curve.title: curve for curve in curves_of(bending()).curves}
    wanted = [f"{side}{name}" for name, m in CATALOGUE.items() for side in (("left.", "right.") if m.sided else ("",))]
    assert list(curves) == wanted
    assert all(len(curve.values) == 32 for curve in curves.values())
    assert curves["left.elbow_flexion"].values[0] == pytest.approx(0, abs=3)
    assert curves["left.elbow_flexion"].values[30] == pytest.approx(90, abs=5)
    assert curves["right.elbow_flexion"].values[30] == pytest.approx(0, abs=3)


def test_what_is_relative_counts_from_the_persons_own_rest() -> None:
    """As an exercise judges it: nothing while standing still, also before rest was found, and what is raised after."""
    motion = Motion(STANDING).stay(1).go(0.5, shoulder_raise=20)
    curves = {curve.title: curve for curve in curves_of(motion.poses(30)).curves}
    raised = curves["left.shoulder_raise"].values
    assert raised[0] == pytest.approx(0, abs=1)
    assert raised[-1] == pytest.approx(20, abs=4)


def test_nobody_is_no_value_and_never_zero(tmp_path: Path) -> None:
    """A frame without a person is NaN in the curves and an empty cell in the table; that nobody is there is known."""
    measured = curves_of(bending())
    last = {curve.title: curve.values[-1] for curve in measured.curves}
    assert last.pop("in_view") == 0
    assert all(math.isnan(value) for value in last.values())
    write_table(tmp_path / "a.csv", measure_columns(measured))
    with (tmp_path / "a.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 32
    assert float(rows[-1].pop("in_view")) == 0
    assert set(rows[-1].values()) == {"1.100", ""}
    assert float(rows[30]["left.elbow_flexion"]) == pytest.approx(90, abs=5)
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize("title", ["clip.mp4", "$\\frac$ $x.mp4", "a\nb\x1b[31m.mp4", "a\udcff.mp4", "x" * 250])
def test_any_name_can_stand_over_the_picture(tmp_path: Path, title: str) -> None:
    """A file's name is neither a formula nor a command."""
    measured = curves_of(bending()[:4])
    write_measures_plot(tmp_path / "a.png", title, Curves(measured.times_s, measured.curves[:4]))
    picture = cv2.imread(str(tmp_path / "a.png"))
    assert picture is not None
    assert picture.shape[1] == 12 * 110
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]


@pytest.mark.parametrize("count", [0, 1])
def test_a_clip_of_nothing_gives_an_empty_table_and_picture(tmp_path: Path, count: int) -> None:
    """No frame at all, or one without a person."""
    poses = [Pose.missing(0.0, (64, 48))] * count
    measured = curves_of(poses)
    write_table(tmp_path / "a.csv", measure_columns(measured))
    write_measures_plot(tmp_path / "a.png", "nobody", measured)
    assert len((tmp_path / "a.csv").read_text().splitlines()) == 1 + count
    assert np.asarray(cv2.imread(str(tmp_path / "a.png"))).size


def test_the_table_of_one_figure_has_each_measure_that_a_front_view_shows(tmp_path: Path) -> None:
    """What can be seen from the front has a value in the first frame of somebody who stands there."""
    pose = Figure().pose()
    measured = curves_of([pose])
    seen = {curve.measure.name for curve in measured.curves if not math.isnan(curve.values[0])}
    assert {"neck_tilt", "shoulder_abduction", "elbow_flexion"} <= seen
    write_measures_plot(tmp_path / "a.png", "all", measured)
    assert (tmp_path / "a.png").stat().st_size > 10_000


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A file in place of the folder, for both."""
    (tmp_path / "out").touch()
    with pytest.raises(OutputError, match="cannot be written"):
        write_table(tmp_path / "out" / "a.csv", measure_columns(curves_of([])))
    with pytest.raises(OutputError, match="cannot be written"):
        write_measures_plot(tmp_path / "out" / "a.png", "", curves_of([]))
