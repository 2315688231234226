"""Many clips, analysed by one thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from poise.app.batch import Outcome, Standing, analyze_all
from poise.app.options import Options
from poise.io.clips import find_clips

HOW = Options(exercise="arm-raise", report=False, data=None)
BARE = Options(exercise="arm-raise", video=False, report=False, data=None)


def put(clip: Path, path: Path) -> None:
    """A copy that differs from every other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(clip.read_bytes() + path.as_posix().encode())


def run(
    place: Path | str, out: Path, how: Options = BARE, tell: Callable[[Standing], None] = lambda _: None
) -> tuple[dict[str, Outcome], bool]:
    """Analyse by one thread; outcomes by name, and whether it was interrupted."""
    with ThreadPoolExecutor(1) as executor:
        outcomes, interrupted = analyze_all(find_clips(str(place), out), out, how, executor, tell=tell)
    return {outcome.clip: outcome for outcome in outcomes}, interrupted


def statuses(outcomes: dict[str, Outcome]) -> dict[str, str]:
    """What came of each clip."""
    return {name: outcome.status for name, outcome in outcomes.items()}
