"""Feeds the loader with broken exercises, routines and sidecars: no crash, no hang, no growth, nothing executed.

usage: python benchmarks/fuzz_specs.py [--inputs N] [--seed N]

Each input is a real file with a few random edits: bytes changed, lines doubled, moved or cut, words swapped for hostile
ones (tags that would execute, anchors, bombs, terminal escapes, huge numbers). Whatever it is, the answer must be an
exercise or a ``SpecError``. While it runs, opening other files for writing, starting programs and importing what a tag
names would be told by Python's audit hooks, and counts as a failure.
"""

from __future__ import annotations

import argparse
import platform
import random
import resource
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from poise.core.author.lint import lint
from poise.core.author.sidecar import Sidecar, contradictions
from poise.core.checks import mistakes
from poise.core.routine import Routine
from poise.core.spec import Spec
from poise.documents import parse_document
from poise.errors import SpecError

ROOT = Path(__file__).parents[1]
SLOWEST_S = 2.0
FORBIDDEN = (
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.remove",
    "os.rename",
    "socket.connect",
    "exec",
    "ctypes.dlopen",
)
HOSTILE = (
    "!!python/object/apply:os.system ['true']", "!!python/name:os.system", "&a [*a, *a]", "*a", "<<: *a", "? {a: b}",
    "{" * 60, "[" * 60, "1e999", "-1e999", ".nan", ".inf", "9" * 400, "0x1F", "1_000", "\x1b[2J", "\u202e", "\x00",
    "'", '"', "|", ">", "%YAML 1.1", "---", "...", "@", "`", "~", "null", "yes", "{a: {a: {a: 1}}}", "a" * 5000,
    "\t", "\r",
    "../../etc/passwd", "<script>alert(1)</script>", "{side}", "{__class__}", "${HOME}", "%n", "", "steps", "where",
)  # fmt: skip


def main() -> None:
    """Feed the loader and print what came of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--inputs", type=int, default=100_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    options = parser.parse_args()
    files = [path.read_bytes() for path in sorted((ROOT / "exercise_specs").rglob("*.yaml"))]
    files += [path.read_bytes() for path in sorted((ROOT / "sample_videos").glob("*.yaml"))[:40]]
    chance = random.Random(options.seed)
    executed: list[str] = []
    outcomes: Counter[str] = Counter()
    slowest_s = 0.0
    for content in files:  # what is loaded on the way is loaded before anybody listens
        _load(content)
    "\x00".encode("unicode_escape")  # and so is the codec that quotes what cannot be printed

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if event in FORBIDDEN and _LISTENING:
            executed.append(f"{event} {getattr(arguments[0], 'co_filename', arguments[0]) if arguments else ''}")

    sys.addaudithook(hear)
    before_mb = _peak_mb()
    began_s = time.perf_counter()
    for number in range(options.inputs):
        content = mutated(chance.choice(files), chance)
        one_s = time.perf_counter()
        _LISTENING.append(True)
        try:
            outcomes[_load(content)] += 1
        except Exception:
            Path("fuzz-failure.yaml").write_bytes(content)
            print(f"input {number} of seed {options.seed} is no SpecError; it is in fuzz-failure.yaml")
            raise
        finally:
            _LISTENING.clear()
        slowest_s = max(slowest_s, time.perf_counter() - one_s)
        if number == options.inputs // 10:
            before_mb = _peak_mb()  # by then every kind of input has been met
    took_s = time.perf_counter() - began_s
    print(f"{platform.platform()}, Python {platform.python_version()}; seed {options.seed}")
    print(f"{options.inputs} inputs in {took_s:.0f} s: {dict(outcomes)}; no crash")
    print(f"slowest {slowest_s:.2f} s ({'no hang' if slowest_s < SLOWEST_S else 'TOO SLOW'})")
    print(f"peak memory {before_mb:.0f} MB after a tenth, {_peak_mb():.0f} MB at the end")
    print("nothing executed" if not executed else f"EXECUTED {Counter(executed)}")


_LISTENING: list[bool] = []


def _load(content: bytes) -> str:
    """Read a file as all three kinds; what came of it."""
    good = 0
    try:
        document = parse_document(content, Path("fuzz.yaml"))
    except SpecError as error:
        return _refused(error)
    for model, checks in ((Spec, mistakes), (Sidecar, contradictions), (Routine, _none)):
        try:
            fitted = document.as_model(model, also=checks(document.data))
        except SpecError as error:
            _refused(error)
            continue
        good += 1
        if isinstance(fitted, Spec):
            lint(fitted)
    return "read" if good else "refused"


def _refused(error: SpecError) -> str:
    if any("\n" in str(problem) for problem in error.problems):
        raise ValueError(f"a problem of several lines: {error.problems}")
    return "refused"


def _none(_: Any) -> list[Any]:
    return []


def mutated(content: bytes, chance: random.Random) -> bytes:
    """A file with one to six random edits."""
    for _ in range(chance.randint(1, 6)):
        content = chance.choice((_byte, _line_doubled, _line_cut, _line_moved, _word, _word, _cut_off, _indented))(
            content, chance
        )
    return content


def _byte(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + bytes([chance.randrange(256)]) + content[at + chance.randint(0, 1) :]


def _line_doubled(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    at = chance.randrange(len(lines))
    return b"\n".join([*lines[:at], *lines[at : at + 1] * chance.choice((2, 2, 50)), *lines[at:]])


def _line_cut(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    del lines[chance.randrange(len(lines))]
    return b"\n".join(lines)


def _line_moved(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    line = lines.pop(chance.randrange(len(lines)))
    lines.insert(chance.randrange(len(lines) + 1), line)
    return b"\n".join(lines)


def _word(content: bytes, chance: random.Random) -> bytes:
    words = content.split(b" ")
    words[chance.randrange(len(words))] = chance.choice(HOSTILE).encode()
    return b" ".join(words)


def _cut_off(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) // 2, len(content) + 1)]


def _indented(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    at = chance.randrange(len(lines))
    lines[at] = b" " * chance.randrange(1, 9) + lines[at]
    return b"\n".join(lines)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
