"""How accurate measures, counts, holds and faults are, on rendered clips with exactly known truth.

usage: python benchmarks/accuracy.py [FOLDER] [--dry]

Prints the sums and writes docs/accuracy.md, docs/images/accuracy.png and the errors that the catalogue of measures
states (src/poise/core/measures/measured.py). Takes two minutes once the clips' landmark tracks are cached.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from accuracy_report import catalogue_figures, document, draw
from confusion import confusion_markdown, recognitions
from exercise_errors import ClipResult, exercise_errors, fault_errors, total_faults
from measure_errors import Series, errors_of, series_of
from poise.app.tracking import track_of
from poise.app.trial import Trial, judge, try_clip
from poise.cli.console import FrameBar, frame_progress
from poise.core.author.sidecar import Sidecar
from poise.core.faults import HOLD_SHORT
from poise.core.spec import Spec
from poise.errors import SpecError
from poise.io.sidecars import load_sidecar
from poise.io.specs import load_spec
from poise.io.tracks import Track
from short_holds import short_holds
from truth_files import Truth, load_truth, truth_clips, variant_track, variants

ROOT = Path(__file__).parents[1]
VARIANTS = Path(__file__).with_name("variants")


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "sample_videos")
    parser.add_argument("--dry", action="store_true", help="print only")
    options = parser.parse_args()
    series: list[Series] = []
    results: list[ClipResult] = []
    strengths: list[ClipResult] = []
    nobody: list[Trial] = []
    with frame_progress() as progress:
        for clip in truth_clips(options.folder):
            truth = load_truth(clip)
            bar = FrameBar(progress, clip.name)
            track = track_of(clip, masks=bool(truth.outlines), progress=bar)
            series += series_of(truth, track.poses)
            try:
                trials = list(try_clip(clip, clip.with_suffix(".yaml"), progress=bar))
            except SpecError as error:  # filmed for another state of its exercise
                print(f"left out: {error}", file=sys.stderr)
                continue
            if truth.repetitions:
                results.append(ClipResult.of(truth, trials[0], track.poses, sidecar_of(clip)))
                strengths += cut_short(truth, track, trials[0].spec)
            else:
                nobody += trials
    for clip in variants(VARIANTS):
        truth, track, said = load_truth(clip), variant_track(clip), sidecar_of(clip)
        series += series_of(truth, track.poses)
        if any(rep.faults for rep in truth.repetitions):
            strengths.append(ClipResult.of(truth, judge(clip, track, said, load_spec(said.spec)), track.poses, said))
    named = confusion_markdown(recognitions(truth_clips(options.folder)))
    text = report(series, results, strengths, nobody, named)
    print(text)
    if not options.dry:
        (ROOT / "docs" / "accuracy.md").write_text(text, encoding="utf-8")
        draw(ROOT / "docs" / "images" / "accuracy.png", errors_of(series, ("tune", "check")))
        figures = catalogue_figures(errors_of(series, ("all",)))
        (ROOT / "src" / "poise" / "core" / "measures" / "measured.py").write_text(figures, encoding="utf-8")


def cut_short(truth: Truth, track: Track, spec: Spec) -> Iterator[ClipResult]:
    """What is found where the holds of a clip are let go too early."""
    said = sidecar_of(truth.clip)
    for short, poses in short_holds(truth, track.poses, said.applied_to(spec)):
        trial = judge(truth.clip, replace(track, poses=tuple(poses)), said, spec)
        yield ClipResult.of(short, trial, poses, said, about=HOLD_SHORT)


def sidecar_of(clip: Path) -> Sidecar:
    """What must be found in a clip or a variant."""
    return load_sidecar(clip.with_suffix(".yaml"))


def report(
    series: Sequence[Series],
    results: Sequence[ClipResult],
    strengths: Sequence[ClipResult],
    nobody: Sequence[Trial],
    recognition: str,
) -> str:
    """The document from everything that was measured.

    Args:
        series: Of measures.
        results: Of the sample clips.
        strengths: Of what shows faults slight and strong; only the faults are reported.
        nobody: Of clips in which nobody exercises.
        recognition: What each exercise was taken for, in Markdown.
    """
    ids = sorted({one.spec.id for one in results})
    exercises = [exercise_errors(name, [one for one in results if one.spec.id == name]) for name in ids]
    faults = []
    for name, label in (("tune", "all, set tune"), ("check", "all, set check")):
        chosen = [one for one in results if one.truth.set == name]
        exercises.append(exercise_errors(label, chosen))
        shown = [one for one in strengths if one.truth.set == name]
        faults.append(total_faults(label, fault_errors([*chosen, *shown])))
    faults = sorted(fault_errors([*results, *strengths]), key=lambda row: row.exercise) + faults
    return document(errors_of(series, ("tune", "check")), exercises, faults, _nobody(nobody), recognition)


def _nobody(trials: Sequence[Trial]) -> list[str]:
    """What was counted on clips in which nobody exercises."""
    clips, specs = {trial.clip for trial in trials}, {trial.spec.id for trial in trials}
    counted = Counter({f"{one.spec.id} in {one.clip.stem}": one.session.reps.total for one in trials})
    wrong = [f"{count} of {what}" for what, count in counted.items() if count]
    said = ", ".join(wrong) if wrong else "nothing was counted"
    return [f"On {len(clips)} clips in which nobody exercises, tried as each of {len(specs)} exercises: {said}."]


if __name__ == "__main__":
    main()
