"""Does Poise try to reach anything? Runs `poise analyze` and `poise live` under strace and looks at every system call.

usage: python benchmarks/network_trace.py [--seconds 130] [--clip CLIP] [--only analyze|live]

Newer MediaPipe versions call out after a minute, so each run lasts longer than two. `live` plays the clip in place of
a camera and needs a display (Xvfb will do). Exit code 1 when anything tried to connect or to resolve a name.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
CLIP = ROOT / "sample_videos" / "upper-trapezius-stretch.mp4"
EXERCISE = "upper-trapezius-stretch"

#: A call that names an address beyond this machine, or opens a socket for one. Unix sockets (X11) stay on the machine.
_REACHES_OUT = re.compile(r"AF_INET6?\b|AF_NETLINK.*NETLINK_ROUTE")


def traced(command: Sequence[str], trace: Path, timeout_s: float) -> list[str]:
    """Run a command under strace; every line of the trace that reaches beyond this machine.

    Raises:
        subprocess.CalledProcessError: The command itself failed.
        subprocess.TimeoutExpired: It ran too long.
    """
    strace = ["strace", "--follow-forks", "--seccomp-bpf", "--trace=%network", f"--output={trace}"]
    subprocess.run([*strace, *command], check=True, timeout=timeout_s, stdout=subprocess.DEVNULL)
    return [line for line in trace.read_text(errors="replace").splitlines() if _REACHES_OUT.search(line)]


def _longer(clip: Path, seconds: float, path: Path) -> None:
    """The clip over and over, until it has that many seconds."""
    from poise.io.encode import VideoWriter
    from poise.io.video import VideoFile

    source = VideoFile(clip)
    start_s = 0.0
    with VideoWriter(path, (source.info.width, source.info.height), source.info.fps) as writer:
        while start_s < seconds:
            t_s = 0.0
            for frame in source:
                t_s = frame.t_s
                writer.write(frame.bgr, start_s + t_s)
            start_s += t_s + 1 / source.info.fps


def main() -> int:
    """Trace both commands and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=130.0, help="how long each run must last")
    parser.add_argument("--clip", type=Path, default=CLIP)
    parser.add_argument("--only", choices=("analyze", "live"))
    options = parser.parse_args()
    if not shutil.which("strace"):
        print("strace is needed: apt-get install strace")
        return 2
    found = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for what in [options.only] if options.only else ["analyze", "live"]:
            found += _trace_one(what, options, folder)
    return 1 if found else 0


def _trace_one(what: str, options: argparse.Namespace, folder: Path) -> int:
    # An analysis runs several times faster than the clip, a live session exactly as fast.
    clip = folder / f"{what}.mp4"
    _longer(options.clip, options.seconds * (6 if what == "analyze" else 1) + 5, clip)
    command = [sys.executable, "-m", "poise", what]
    command += [str(clip), "--exercise", EXERCISE, "--out", str(folder)] if what == "analyze" else [
        EXERCISE, "--camera", str(clip)
    ]  # fmt: skip
    started_s = time.monotonic()
    lines = traced(command, folder / f"{what}.trace", 20 * options.seconds)
    took_s = time.monotonic() - started_s
    print(f"poise {what}: {took_s:.0f} s, {len(lines)} attempts to reach anything", flush=True)
    for line in lines[:20]:
        print("   ", line)
    if took_s < options.seconds:
        print(f"    too short: {took_s:.0f} of {options.seconds:.0f} s", os.linesep)
        return 1
    return len(lines)


if __name__ == "__main__":
    sys.exit(main())
