"""The pytest plugin: exercises and clips are tests, failures read like a report, and nobody else is disturbed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from poise.app.author import failure
from poise.io.tracks import Track
from recorded import SAMPLES, recorded

pytest_plugins = ["pytester"]

SQUAT = Path(__file__).parents[1] / "exercise_specs" / "general" / "squat.yaml"


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A folder with an exercise, a clip and its sidecar; the landmarks are known."""

    def known(_: Path, **__: Any) -> Track:
        return recorded(SAMPLES / "squat.mp4")

    monkeypatch.setattr("poise.app.trial.track_of", known)
    monkeypatch.setattr(failure, "track_of", known)
    specs = pytester.mkdir("exercise_specs")
    (specs / "squat.yaml").write_text(SQUAT.read_text())
    (pytester.path / "clip.mp4").write_bytes((SAMPLES / "squat.mp4").read_bytes())
    (pytester.path / "clip.yaml").write_text((SAMPLES / "squat.yaml").read_text())
    return pytester


def test_one_test_for_each_file(project: pytest.Pytester) -> None:
    """An exercise and a clip; ``-k`` chooses by the file's name."""
    project.runpytest_inprocess("-v", "-p", "no:cacheprovider").assert_outcomes(passed=2)
    chosen = project.runpytest_inprocess("-v", "-k", "clip.yaml", "-p", "no:cacheprovider")
    chosen.assert_outcomes(passed=1, deselected=1)
    chosen.stdout.fnmatch_lines(["*clip.yaml::clip PASSED*"])


def test_a_failure_reads_like_a_report(project: pytest.Pytester) -> None:
    """The difference, both time axes, the near miss, and the nearest threshold that would have passed."""
    spec = project.path / "exercise_specs" / "squat.yaml"
    spec.write_text(re.sub(r"both\.hip_drop: \{above.*?\}", "both.hip_drop: {above: 48}", spec.read_text()))
    result = project.runpytest_inprocess("--junitxml=out.xml", "-p", "no:cacheprovider")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*expected 5 repetitions, found*",
            "*|0 s*",
            "*expected *[[]*1*",
            "*found *",
            "*near miss*x*",
            "*almost at * short of 'down'*",
            "*it passes with down: both.hip_drop above * instead of 48*",
        ]
    )
    assert "Traceback" not in result.stdout.str()
    assert "it passes with" in (project.path / "out.xml").read_text()


def test_a_mistake_is_told_by_line_and_column(project: pytest.Pytester) -> None:
    """In the exercise it fails both tests; advice fails the exercise's own."""
    spec = project.path / "exercise_specs" / "squat.yaml"
    text = spec.read_text()
    spec.write_text(text.replace("sides: both", "sides: bth"))
    result = project.runpytest_inprocess("-p", "no:cacheprovider")
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["*squat.yaml:*:8: sides: found 'bth'*"])
    spec.write_text(text.replace("stop_if: [sharp knee pain, dizziness]", "stop_if: []"))
    result = project.runpytest_inprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*no-safety*"])


def test_what_is_known_to_fail_is_expected_to(project: pytest.Pytester) -> None:
    """It fails as the sidecar says, or it is told that it does not any more."""
    sidecar = project.path / "clip.yaml"
    text = sidecar.read_text()
    sidecar.write_text(text.replace("total: 5", "total: 4").replace("expect:", "known: one is slight\nexpect:"))
    sidecar.write_text(
        "\n".join(line for line in sidecar.read_text().splitlines() if "- [" not in line and "at:" not in line)
    )
    project.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes(passed=1, xfailed=1)
    sidecar.write_text(text.replace("expect:", "known: one is slight\nexpect:"))
    result = project.runpytest_inprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*take that line out*"])


def test_it_works_in_several_processes(pytester: pytest.Pytester) -> None:
    """With ``-n``, where every process collects by itself."""
    specs = pytester.mkdir("exercise_specs")
    for name in ("squat", "lunge"):
        (specs / f"{name}.yaml").write_text(SQUAT.with_name(f"{name}.yaml").read_text())
    pytester.runpytest_subprocess("-n", "2", "-p", "no:cacheprovider").assert_outcomes(passed=2)


def test_other_files_are_left_alone(pytester: pytest.Pytester) -> None:
    """YAML of other programs, sidecars without a clip, and what only looks alike."""
    pytester.makefile(".yaml", ci="on: push\njobs: {}\n", alone="spec: x\nmade_by: y\nexpect: {}\n", odd=": :\n")
    pytester.makepyfile("def test_one(): pass")
    pytester.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)


def test_an_ordinary_run_loads_nothing_of_poise() -> None:
    """The module that pytest imports for everybody imports the package alone: no pydantic, no numpy, no core."""
    code = "import sys, poise.pytest_plugin; print([m for m in sys.modules if m[:6] == 'poise.' or m == 'numpy'])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "['poise.pytest_plugin']"
