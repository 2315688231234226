"""Find out which exercise of the library a clip shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from poise.app.options import AUTO
from poise.app.progress import Progress
from poise.app.tracking import KEPT_S, blank_session, track_of
from poise.core.problems import NO_MOVEMENT
from poise.core.recognise import Candidate, asks_only_presence, recognise
from poise.core.session import Recognised
from poise.errors import SourceError
from poise.io.model.fetch import Progress as FetchProgress
from poise.io.signatures import load_signatures
from poise.io.specs import load_library
from poise.io.tracks import Track

LONGEST_S = KEPT_S  # ten minutes tell which exercise it is
SHORTEST_S = 1.0  # no repetition is shorter
PRESENCE = 0.5  # as sure as that somebody is there can make of an exercise
NAMED = 3  # of the candidates: the rest is noise


@dataclass(frozen=True, slots=True)
class Finding:
    """What a clip may show.

    Attributes:
        track: The poses in the clip, or in the first part of a long one.
        whole: Whether it is all of the clip.
        candidates: The exercises that explain something of it, the likeliest first; at least one.
    """

    track: Track
    whole: bool
    candidates: list[Candidate]

    def named(self) -> list[Recognised]:
        """The likeliest exercises, for the session file."""
        return [
            Recognised(exercise=candidate.spec.id, confidence=round(_confidence(candidate), 3))
            for candidate in self.candidates[:NAMED]
        ]

    def remarks(self) -> list[str]:
        """What has to be known about the likeliest one."""
        return [NO_MOVEMENT] if asks_only_presence(self.candidates[0].spec) else []


def _confidence(candidate: Candidate) -> float:
    """Where nothing else fits, all evidence speaks for who only asks for somebody: still, it is hardly any."""
    return min(candidate.confidence, PRESENCE) if asks_only_presence(candidate.spec) else candidate.confidence


def recognise_clip(
    clip: Path,
    *,
    fresh: bool = False,
    every: int = 1,
    workers: int = 1,
    model: str | None = None,
    progress: Progress | None = None,
    fetching: FetchProgress | None = None,
) -> Finding:
    """Try every exercise of the library on a clip, of a long one on its first ten minutes.

    Args:
        clip: The video file.
        fresh: Run the model even when the poses are known.
        every: Look at every n-th frame only.
        workers: Look at so many pieces of a long clip at the same time.
        model: lite, full, heavy, or the path of a bundle.
        progress: Told how the model's work goes; not called when the clip is known.
        fetching: Told when the model has to be fetched.

    Raises:
        PoiseError: The clip, the model or an exercise cannot be read, or the clip shows none of the exercises.
    """
    specs = load_library()
    # Without silhouettes, which cost a third more time: only corrections look at them.
    track = track_of(
        clip, fresh=fresh, every=every, workers=workers, until_s=LONGEST_S, model=model, progress=progress,
        fetching=fetching,
    )  # fmt: skip
    candidates = recognise(track.poses, specs, blank_session(clip, AUTO, track), load_signatures())
    if not candidates:
        raise _nothing_found(clip, track)
    return Finding(track, track.poses[-1].t_s <= LONGEST_S, candidates)


def _nothing_found(clip: Path, track: Track) -> SourceError:
    """Why no exercise was found, as far as that can be told."""
    if not any(pose.found for pose in track.poses):
        return SourceError(f"{clip} shows nobody", "film all of the person, in good light, or name another clip")
    lasts_s = track.poses[-1].t_s - track.poses[0].t_s
    if lasts_s < SHORTEST_S:
        hint = "name a longer clip, or the exercise with --exercise"
        return SourceError(f"{clip} is too short to tell an exercise: {lasts_s:.1f} s", hint)
    return SourceError(f"{clip} shows none of the exercises", "name one with --exercise; see `poise list`")
