"""The accuracy table: its sums, checked on small inputs whose figures can be derived by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from accuracy_report import catalogue_figures, document, draw
from core.figures import BACK, FRONT, RIGHT_SIDE_ON, STANDING, Motion
from core.measuring import body_of
from exercise_errors import ClipResult, FaultErrors, exercise_errors, fault_errors, matched, total_faults
from measure_errors import Series, errors_of, fit, series_of, view_of
from poise.core.measures import CATALOGUE
from poise.core.measures.measured import MEASURED
from poise.core.session import FaultRecord, NearMiss, Repetition, Reps, Session
from poise.core.spec import View
from poise.io.specs import load_spec
from truth_files import TrueRepetition, Truth, load_truth, truth_clips

SAMPLES = Path(__file__).parents[1] / "sample_videos"
RAMP = np.linspace(0.0, 100.0, 101)


def truth_of(motion: Motion, values: dict[str, float], **known: Any) -> Truth:
    """A clip of this motion whose joint angles go from 0 to these values as the motion goes from 1 to 2 s."""
    poses = motion.poses()
    t_s = np.array([pose.t_s for pose in poses])
    share = (1 - np.cos(np.pi * np.clip(t_s - 1, 0, 1))) / 2
    world = np.array([pose.world_m for pose in poses]) * (1, -1, -1)
    return Truth(
        Path("made.mp4"), "somebody", "tune", t_s, np.array([pose.xy_px for pose in poses]), world,
        {name: value * share for name, value in values.items()}, **known,
    )  # fmt: skip


class TestMeasures:
    """Measures against the truth."""

    @pytest.mark.parametrize(
        ("facing", "views", "seen"),
        [
            (FRONT, ("front", "back", "side"), "front"),
            (BACK, ("front", "back", "side"), "back"),
            (40.0, ("front", "oblique", "side"), "oblique"),
            (40.0, ("front", "side"), "front"),
            (50.0, ("front", "side"), "side"),
            (RIGHT_SIDE_ON, ("front", "oblique", "side"), "side"),
        ],
    )
    def test_the_nearest_view_is_the_one_it_is_seen_from(
        self, facing: float, views: tuple[View, ...], seen: View
    ) -> None:
        """By the body's yaw, among the views that the measure has."""
        assert view_of(body_of(STANDING.but(facing=facing)), views) == seen

    @pytest.mark.parametrize(
        ("name", "change", "true"),
        [
            ("neck_tilt", {"neck_tilt": 20}, {"neck_tilt": 20}),
            ("neck_turn", {"neck_turn": 25}, {"neck_turn": 20, "trunk_turn": 5}),
            ("neck_nod", {"neck_nod": 40 / 3}, {"neck_nod": 20}),  # the model draws two thirds of a nod
            ("trunk_lean", {"trunk_lean": 20}, {"trunk_lean": 20}),
            ("trunk_turn", {"trunk_turn": 20}, {"trunk_turn": 20}),
            ("shoulder_line", {"left_shoulder_raise": 26.8}, {"shoulder_line": 15}),  # arctan 0.268, left higher
            ("shoulder_raise", {"left_shoulder_raise": 20}, {"left.shoulder_raise": 20, "right.shoulder_raise": 0}),
        ],
    )
    def test_joint_truth_has_the_sign_and_the_zero_of_the_measure(
        self, name: str, change: dict[str, float], true: dict[str, float]
    ) -> None:
        """A figure that moves to its left, found without error, is measured as the joints say on either side."""
        motion = Motion(STANDING).stay(1).go(1, **change).stay(2)
        values = dict.fromkeys(load_truth(truth_clips(SAMPLES)[0]).values, 0.0) | true
        truth = truth_of(motion, values)
        rows = [one for one in series_of(truth, motion.poses()) if one.measure.name == name]
        assert rows
        for one in rows:
            assert float(np.abs(one.error[-10:]).max()) < 2.5

    def test_pictures_found_without_error_have_none(self) -> None:
        """Where the landmarks are the true ones, what a measure reads in the picture is the truth."""
        motion = Motion(STANDING).stay(1).go(1, left_shoulder_abduction=90, left_elbow_flexion=60).stay(1)
        values = dict.fromkeys(load_truth(truth_clips(SAMPLES)[0]).values, 0.0)
        rows = list(series_of(truth_of(motion, values), motion.poses()))
        moved = {one.measure.name: one for one in rows if one.moves}
        assert {"shoulder_abduction", "elbow_flexion", "wrist_height"} <= moved.keys()
        assert np.allclose(moved["elbow_flexion"].error, 0.0)

    def test_error_bias_slope_and_noise(self) -> None:
        """Found is 0.8 true + 3 over a ramp from 0 to 100: a mean error of 3 - 10, and a gain of 1.25 mends it."""
        row = series(RAMP, 0.8 * RAMP + 3)
        found = next(one for one in errors_of([row], ["tune"]) if one.clips)
        assert (found.clips, found.people, found.view) == (1, 1, "side")
        assert found.bias == pytest.approx(3 - 0.2 * 50)
        assert found.slope == pytest.approx(0.8)
        assert found.change == pytest.approx(0.2 * 25 * 102 / 101)  # mean distance from the middle of the ramp
        assert found.fitted == pytest.approx(0, abs=1e-9)
        assert found.noise == pytest.approx(float(np.std(-0.2 * RAMP[:10])))
        assert fit([row]) == pytest.approx((1.25, -3.75))

    def test_a_relative_measure_gets_no_offset(self) -> None:
        """Its zero is the person's own."""
        relative = series(RAMP, 0.5 * RAMP, name="neck_tilt")
        assert fit([relative]) == pytest.approx((2.0, 0.0))
        assert fit([]) is None

    def test_what_does_not_move_is_not_judged(self) -> None:
        """A still person gives noise and no error."""
        still = series(np.zeros(101), np.zeros(101))
        found = next(one for one in errors_of([still], ["tune"]) if one.noise is not None)
        assert (found.clips, found.error, found.slope, found.fitted) == (0, None, None, None)

    def test_the_catalogue_states_errors_of_its_own_measures(self) -> None:
        """Every figure belongs to a measure and a view in which it is valid."""
        for name, views in MEASURED.items():
            assert set(views) <= set(CATALOGUE[name].views)


def series(true: np.ndarray, found: np.ndarray, name: str = "knee_flexion") -> Series:
    """One series seen from the first view of a measure, still in its first ten frames."""
    measure = CATALOGUE[name]
    still = np.arange(len(true)) < 10
    return Series(measure, measure.views[0], "somebody", "tune", "made", true, found, still)


def found_repetition(n: int, start_s: float, end_s: float, held_s: float = 0.0, *faults: str) -> Repetition:
    """One repetition as a session has it."""
    return Repetition(n=n, side=None, start_s=start_s, end_s=end_s, peak={}, held_s=held_s, faults=list(faults))


def result(true: list[TrueRepetition], found: list[Repetition], hold_s: float | None = None) -> ClipResult:
    """A clip of the upper trapezius stretch."""
    spec = load_spec("upper-trapezius-stretch")
    nothing = np.zeros((1, 33, 3))
    truth = Truth(Path("made.mp4"), "x", "tune", np.zeros(1), nothing[..., :2], nothing, {}, tuple(true))
    miss = NearMiss(t_s=1, step="tilt", measure="neck_tilt", best=1, short_by=1, side=None)
    session = Session(poise="0", source="x", exercise=spec.id, model="x", reps=Reps(total=len(found)))
    return ClipResult(
        spec, truth, session.model_copy(update={"repetitions": found, "near_misses": [miss]}), hold_s
    )  # fmt: skip


class TestExercises:
    """Counts, holds, times and faults."""

    def test_the_same_repetition_is_the_one_that_shares_most_time(self) -> None:
        """The found ones of 1-3 and 6-7 s are the true ones of 1.1-3 and 5-7 s; nothing is found at 9 s."""
        true = [TrueRepetition(1.1, 3, True), TrueRepetition(5, 7, True), TrueRepetition(9, 10, True)]
        found = [found_repetition(1, 1, 3), found_repetition(2, 6, 7)]
        assert [(one.start_s, other.n) for one, other in matched(true, found)] == [(1.1, 1), (5, 2)]

    def test_sums(self) -> None:
        """One of two repetitions is found, 0.2 s early and held 0.5 s too long; an attempt falls short."""
        true = [TrueRepetition(1, 3, True), TrueRepetition(5, 7, True), TrueRepetition(9, 10, False)]
        row = exercise_errors("stretch", [result(true, [found_repetition(1, 0.8, 3, 5.5)], hold_s=5.0)])
        assert (row.clips, row.true, row.found, row.exact, row.near) == (1, 2, 1, 0, 1)
        assert (row.misses_true, row.misses_found) == (1, 1)
        assert row.hold_mean_s == row.hold_worst_s == pytest.approx(0.5)
        assert (row.start_s, row.end_s) == (pytest.approx(0.2), 0)

    def test_faults_by_strength(self) -> None:
        """Told of the strong one and of one that does not show it, not of the slight one."""
        true = [
            TrueRepetition(1, 2, True, ("shrug",), "slight"), TrueRepetition(3, 4, True, ("shrug",), "strong"),
            TrueRepetition(5, 6, True), TrueRepetition(7, 8, True),
        ]  # fmt: skip
        found = [
            found_repetition(1, 1, 2), found_repetition(2, 3, 4, 0, "shrug"), found_repetition(3, 5, 6, 0, "shrug"),
            found_repetition(4, 7, 8),
        ]  # fmt: skip
        row = next(one for one in fault_errors([result(true, found)]) if one.fault == "shrug")
        assert row.shown == {"slight": 1, "clear": 0, "strong": 1}
        assert row.told == {"slight": 0, "clear": 0, "strong": 1}
        assert (row.clean, row.false) == (2, 1)
        assert row.precision == 0.5
        assert row.recall() == 0.5
        assert row.recall("clear", "strong") == 1.0
        assert row.recall("clear") is None
        assert total_faults("all", [row, row]).shown["strong"] == 2

    def test_a_fault_told_in_an_attempt_counts_as_told(self) -> None:
        """Two are not counted: one is told of its fault, one is no repetition on the true landmarks either."""
        true = [TrueRepetition(t, t + 2, True, ("shrug",), "strong") for t in (1, 5)]
        made = result(true, [])
        told = FaultRecord(id="shrug", repetition=None, t_s=2, severity="fix", say="", side=None)
        seen = made.session.model_copy(update={"faults": [told]})
        row = next(one for one in fault_errors([replace(made, session=seen, ideal=seen)]) if one.fault == "shrug")
        assert (row.shown["strong"], row.told["strong"], row.clean, row.false) == (1, 1, 0, 0)
        assert row.short_of == {"strong": "tilt"}
        assert "strong: `tilt` is not reached" not in document([], [], [row], [])  # another one shows it so strongly

    def test_a_hold_that_another_fault_cuts_short_is_neither_right_nor_wrong(self) -> None:
        """The true landmarks show it short as well."""
        rushed = TrueRepetition(1, 3, True, ("rushed",))
        made = result([rushed], [found_repetition(1, 1, 3, 1, "rushed", "hold-short")])
        row = next(one for one in fault_errors([replace(made, ideal=made.session)]) if one.fault == "hold-short")
        assert (row.clean, row.false) == (0, 0)

    def test_nothing_told_has_no_precision(self) -> None:
        """A fault that no clip shows and nobody was told of."""
        none = {"slight": 0, "clear": 0, "strong": 0}
        assert FaultErrors("squat", "heels", none, none, 4, 0).precision is None


class TestReport:
    """The document, the picture and the figures of the catalogue."""

    def test_everything_has_its_place(self, tmp_path: Path) -> None:
        """Measures that moved have a row, the others are named as not told; every table has as many cells as heads."""
        rows = errors_of([series(RAMP, RAMP + 2)], ["tune", "check"])
        clip = result([TrueRepetition(1, 3, True)], [found_repetition(1, 1, 3)])
        text = document(rows, [exercise_errors("stretch", [clip])], fault_errors([clip]), ["Nothing was counted."])
        assert (
            "| `knee_flexion` | degrees | picture | side | tune | 1 | 1 | 2.0 | 2.0 | 2.0 | 1.00 | 0.0 | 0.0 | 0.0 |"
            in text
        )
        assert "`neck_tilt` (front)" in text
        assert "Nothing was counted." in text
        for block in text.split("\n\n"):
            assert len({line.count("|") for line in block.splitlines() if line.startswith("|")}) <= 1
        draw(tmp_path / "accuracy.png", rows)
        assert (tmp_path / "accuracy.png").read_bytes().startswith(b"\x89PNG")

    def test_figures_of_the_catalogue_are_python(self) -> None:
        """The written module holds the rounded errors of what was judged."""
        written: dict[str, Any] = {}
        text = catalogue_figures(errors_of([series(RAMP, RAMP + 2.04)], ["all"]))
        exec(text, written)
        assert written["MEASURED"] == {"knee_flexion": {"side": 2.0}}


@pytest.mark.parametrize("clip", truth_clips(SAMPLES), ids=lambda clip: clip.stem)
def test_truth_files_load(clip: Path) -> None:
    """Every shipped clip has its person, its set, its times and what its repetitions show."""
    truth = load_truth(clip)
    assert truth.who
    assert truth.set in ("tune", "check")
    assert all(rep.strength in ("slight", "clear", "strong") for rep in truth.repetitions)
    assert len(truth.poses((640, 480))) == len(truth.t_s)
