"""`poise analyze` against the plain tutorial loop, in one run.

usage: python benchmarks/analyze.py [CLIP] [--exercise ID] [--bundle STOCK.task] [--rounds N] [--quick]

Runs are interleaved, so that whatever else the machine does weighs on all; judge by the ratios of one round. The clip
is laid end to end until it has 700 frames, without coding it anew. Goals, in multiples of the plain loop's speed (whose
mp4v file no browser plays): annotated 1.8, in pieces 2.3; without video 1.6, in pieces 2.3, every second frame in
pieces 3.7. At the seams of pieces angles differ by at most 0.3 degrees on average, and counts never; a worker takes at
most 300 MB, however long the clip; and a folder goes faster with every worker. Takes some seven minutes on two cores.

What bounds each way on two cores: in one go the network, which runs on one thread and waits for nothing else; in pieces
the processor time of everything together, so that annotated pieces, whose later pictures are decoded twice, win little.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Executor
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path
from typing import Any

import av
import numpy as np

import poise
from poise.app.batch import Job, analyze_all, work
from poise.app.batch.work import recipe_of
from poise.app.options import Options
from poise.app.processes import Processes
from poise.io.clips import find_clips
from poise.io.encode import VideoWriter
from poise.io.model.find import resolve_model
from poise.io.video import VideoFile

sys.path.insert(0, str(Path(__file__).parent))
import plain

SAMPLES = Path(__file__).parents[1] / "sample_videos"
FRAMES = 700
CORES = os.cpu_count() or 1
#: Name, goal, and options of ``poise.analyze``.
WAYS: tuple[tuple[str, float, dict[str, Any]], ...] = (
    ("annotated", 1.8, {"video": True}),
    ("annotated, in pieces", 2.3, {"video": True, "workers": CORES}),
    ("no video", 1.6, {"video": False}),
    ("no video, in pieces", 2.3, {"video": False, "workers": CORES}),
    ("no video, in pieces, every second frame", 3.7, {"video": False, "workers": CORES, "every": 2}),
)
#: Of a folder: short and long clips, as they come.
FOLDER = ("arm-raise", "biceps-curl", "cat-cow", "jumping-jack", "neck-rotation", "push-up", "squat", "squat-b",
          "upper-trapezius-stretch", "wall-angel-b")  # fmt: skip
ANY = Options(exercise="squat", video=False, embed=False, fresh=True)
SEAMS = (("squat-b", "squat"), ("wall-angel-b", "wall-angel"), ("upper-trapezius-stretch", "upper-trapezius-stretch"))


def main() -> None:
    """Print machine, versions, medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clip", nargs="?", type=Path, default=SAMPLES / "squat-b.mp4")
    parser.add_argument("--exercise", default="squat")
    parser.add_argument("--bundle", type=Path, help="the stock bundle for the plain loop (default: the cached one)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="the speed of one file only")
    options = parser.parse_args()
    bundle = options.bundle or resolve_model("full", masks=True).path
    packages = ", ".join(f"{name} {version(name)}" for name in ("mediapipe", "opencv-python", "av"))
    print(f"{platform.platform()}, {CORES} cores, Python {platform.python_version()}, {packages}, {options.clip.name}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clip = lay_end_to_end(options.clip, folder / f"long{options.clip.suffix}", FRAMES)
        speed(clip, options.exercise, bundle, options.rounds, folder)
        if not options.quick:
            seams()
            memory(options.clip, options.exercise, folder)
            throughput(folder)


def lay_end_to_end(clip: Path, path: Path, least: int) -> Path:
    """A clip again and again, until it has so many frames; its pictures are copied as they are."""
    with av.open(str(clip)) as source:
        stream = source.streams.video[0]
        packets = [(packet.pts, packet.dts, bytes(packet), packet.is_keyframe) for packet in source.demux(stream)][:-1]
        rate, unit = stream.average_rate or Fraction(25), stream.time_base or Fraction(1, 90_000)
        span = round(len(packets) / rate / unit)
        with av.open(str(path), "w") as target:
            out = target.add_stream_from_template(stream)
            out.time_base = unit
            for turn in range(-(-least // len(packets))):
                for pts, dts, data, key in packets:
                    packet = av.Packet(data)
                    packet.stream, packet.time_base, packet.is_keyframe = out, unit, key
                    packet.pts, packet.dts = (pts or 0) + turn * span, (dts or 0) + turn * span
                    target.mux_one(packet)
    return path


def speed(clip: Path, exercise: str, bundle: Path, rounds: int, folder: Path) -> None:
    """Every way against the plain loop: time, and processor time, which a busy machine changes least."""
    frames, _ = plain.analyze(clip, bundle, None)  # reads the files into memory
    costs: dict[str, list[tuple[float, float]]] = {}

    def one(name: str, work: Callable[[], object]) -> None:
        """All that a user waits for, the model's start included."""
        before_s, started_s = time.process_time(), time.perf_counter()
        work()
        costs.setdefault(name, []).append((time.perf_counter() - started_s, time.process_time() - before_s))

    for _ in range(rounds):
        for video in (True, False):
            written = folder / "plain.mp4" if video else None
            one(f"plain, {'annotated' if video else 'no video'}", lambda: plain.analyze(clip, bundle, written))  # noqa: B023
        for name, _, how in WAYS:
            one(name, lambda: ours(clip, exercise, folder, how))  # noqa: B023
    for name, took in costs.items():
        took_ms, cpu_ms = (1000 * statistics.median(column) / frames for column in zip(*took, strict=True))
        print(f"  {name:42s}{took_ms:7.2f} ms a frame, {cpu_ms:6.2f} ms of processors")
    for name, goal, how in WAYS:
        against = costs[f"plain, {'annotated' if how['video'] else 'no video'}"]
        ratio = statistics.median(theirs / ours for (theirs, _), (ours, _) in zip(against, costs[name], strict=True))
        print(f"{name:44s}{ratio:6.2f} times as fast (goal {goal}: {verdict(ratio >= goal)})")


def ours(clip: Path, exercise: str, folder: Path, how: dict[str, Any]) -> None:
    """One analysis, from the clip to its results."""
    poise.analyze(clip, exercise, out=folder / "out", report=False, data=None, fresh=True, **how)


def seams() -> None:
    """How much the measures of an exercise differ in pieces, and whether anything else does."""
    for name, exercise in SEAMS:
        clip = SAMPLES / f"{name}.mp4"
        one, parts = (poise.analyze(clip, exercise, workers=number, fresh=True) for number in (1, 2))
        pairs = [
            (np.nan_to_num(a.values), np.nan_to_num(b.values))
            for a, b in zip(one.curves.curves, parts.curves.curves, strict=True)
            if a.transform == "value" and a.measure.unit == "degrees"
        ]
        # Before the first seam everything is the same, which must not make the mean look better.
        first = min((int(np.argmax(a != b)) for a, b in pairs if (a != b).any()), default=0)
        differences = [float(np.mean(np.abs(a - b)[first:])) for a, b in pairs]
        mean = statistics.mean(differences) if differences else 0.0
        same = counted(one) == counted(parts)
        print(
            f"seam, {name:38s}{mean:6.2f} degrees mean behind it (goal 0.3: {verdict(mean <= 0.3)}), "
            f"{one.session.reps.total} and {parts.session.reps.total} repetitions, "
            f"counts, holds and faults {'the same' if same else 'not the same'}"
        )


def counted(result: poise.Analysis) -> tuple[object, ...]:
    """What is counted, without times."""
    session = result.session
    return session.reps, len(session.holds), [(fault.id, fault.repetition) for fault in session.faults]


def memory(clip: Path, exercise: str, folder: Path) -> None:
    """The most that a process of its own takes for each of its workers, for a clip and for one four times as long."""
    for name, words, workers in (
        ("annotated", [], 1),
        ("no video", ["--no-video"], 1),
        ("in pieces", ["--workers", "2"], 2),
    ):
        most = []
        for times in (1, 4):
            long = lay_end_to_end(clip, folder / f"times{times}{clip.suffix}", times * 250)
            command = [str(long), "--exercise", exercise, "--no-report", "--fresh", *words, "--out", str(folder / "m")]
            most.append(peak_mb(command) / workers)
        ok = verdict(max(most) <= 300)
        print(f"memory, {name:36s}{most[0]:6.0f} MB, {most[1]:.0f} MB for four times the frames (goal 300: {ok})")


def peak_mb(words: list[str]) -> float:
    """Peak resident memory of ``poise analyze`` in megabytes; Linux tells it."""
    # Not ru_maxrss: that is handed down, and begins with what this benchmark itself takes.
    code = (
        "import sys; from pathlib import Path; from poise.cli import main; main(['analyze', *sys.argv[1:]]); "
        "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
    )
    run = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
    return int(run.stdout.split()[-1]) / 1e3


def throughput(folder: Path) -> None:
    """A folder of clips of 12 to 49 s by one worker and by as many as there are cores; and what each clip costs."""
    (folder / "in").mkdir()
    for name in FOLDER:
        shutil.copy(SAMPLES / f"{name}.mp4", folder / "in")
    took: dict[int, float] = {}
    for workers in (1, CORES):
        with Processes(workers) as executor:
            warm(executor, workers)
            took[workers] = timed(lambda executor=executor: whole(folder, executor))  # type: ignore[misc]
    ratio, goal = took[1] / took[CORES], 0.9 * CORES
    ok = verdict(ratio >= goal)
    print(f"folder of {len(FOLDER)} clips, {CORES} workers against 1 {ratio:13.2f} times as fast (goal {goal:g}: {ok})")
    print(f"each clip costs, besides its pictures {processor_ms(folder):19.0f} ms of processors")


def warm(executor: Executor, workers: int) -> None:
    """Let every process start, load its libraries and make a model: a folder of thousands does so once."""
    clip = SAMPLES / "arm-raise.mp4"
    for future in [executor.submit(poise.analyze, clip, "arm-raise", every=20, fresh=True) for _ in range(workers)]:
        future.result()


def processor_ms(folder: Path) -> float:
    """Processor time of one of many clips of a single picture, with its report and tables."""
    many = folder / "many"
    many.mkdir()
    picture = next(iter(VideoFile(SAMPLES / "squat-b.mp4")))
    for number in range(20):
        with VideoWriter(many / f"{number}.mp4", picture.size_px) as writer:
            writer.write(picture.bgr, number / 10)
    clips, times = find_clips(str(many)), list[float]()
    recipe = recipe_of(ANY)
    for clip in clips:
        before_s = time.process_time()
        outcome = work(Job(clip, folder / "single" / clip.name, ANY, recipe))
        times.append(time.process_time() - before_s)
        assert outcome.status == "done", outcome.note
    return 1000 * statistics.median(times[1:])


def whole(folder: Path, executor: Executor) -> None:
    """Analyse the folder from the beginning, each clip to its report and tables."""
    shutil.rmtree(folder / "results", ignore_errors=True)
    analyze_all(find_clips(str(folder / "in")), folder / "results", ANY, executor)


def timed(work: Callable[[], None]) -> float:
    """Seconds."""
    started_s = time.perf_counter()
    work()
    return time.perf_counter() - started_s


def verdict(reached: bool) -> str:
    """In a word."""
    return "reached" if reached else "missed"


if __name__ == "__main__":
    main()
