"""Kill a live session at random moments, and see what the store has lost.

usage: python benchmarks/kill_store.py [--kills 50] [--seed 1]

A process keeps the moments of a coached session at their own pace, as `poise live` does, and is killed (SIGKILL) at a
random moment. Then the store must open without having been damaged, and hold every moment that was handed over more
than a second before the kill, with the repetitions and holds of that time. One store is used for all kills.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from poise.io.store import open_store

ROOT = Path(__file__).parents[1]
#: Prints, for each moment, when it was handed over (monotonic) and its time in the session.
CHILD = """
import sys, time
from pathlib import Path
from remembering import header, moments
from poise.io.store import StoreRecorder, open_store
session = list(moments(3))
open_store(Path(sys.argv[1])).close()
recorder = StoreRecorder(Path(sys.argv[1]), header())
begun = time.monotonic()
print("begun", flush=True)
for moment in session:
    time.sleep(max(0.0, begun + moment.t_s - time.monotonic()))
    recorder.add(moment)
    print(time.monotonic(), moment.t_s, flush=True)
"""


@dataclass(frozen=True)
class Kill:
    """What one kill came to: seconds missing at the end, whether the store was whole, rows that it kept."""

    after_s: float
    missing_s: float
    whole: bool
    events: int


def kill_once(store: Path, after_s: float) -> Kill:
    """Run a session, kill it after so many seconds, and look."""
    folders = os.pathsep.join(str(ROOT / folder) for folder in ("tests", "tests/core", "src"))
    command = [sys.executable, "-c", CHILD, str(store)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": folders}
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "begun\n"
        time.sleep(after_s)
        child.send_signal(signal.SIGKILL)
        lines = child.stdout.read().splitlines()
    given = [float(line.split()[1]) for line in lines if line.count(" ") == 1]
    with open_store(store) as opened:
        (check,) = opened.connection.execute("PRAGMA integrity_check").fetchone()
        (last_s,) = opened.connection.execute("SELECT last_s FROM session ORDER BY id DESC LIMIT 1").fetchone() or (
            0.0,
        )
        (events,) = opened.connection.execute("SELECT count(*) FROM event").fetchone()
        whole = check == "ok" and not opened.notice
    return Kill(after_s, max(given, default=0.0) - last_s, whole, events)


def main() -> int:
    """Print what every kill came to; fails when more than a second is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    kills = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.kills):
            kill = kill_once(Path(folder) / "poise.sqlite", chance.uniform(1.0, 8.0))
            kills.append(kill)
            print(f"{number + 1:3d}: after {kill.after_s:.2f} s, {kill.missing_s:.2f} s missing, {kill.events} events")
    missing = [kill.missing_s for kill in kills]
    whole = sum(kill.whole for kill in kills)
    print(
        f"\n{platform.machine()}, Python {platform.python_version()}, {len(kills)} kills: {whole} stores whole; ",
        end="",
    )
    print(f"missing median {statistics.median(missing):.2f} s, most {max(missing):.2f} s")
    return 0 if whole == len(kills) and max(missing) <= 1.0 else 1


if __name__ == "__main__":
    sys.exit(main())
