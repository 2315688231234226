"""Where a long clip may be cut, so that its pieces can be looked at at the same time.

A piece begins with frames of the one before it, in which the model finds the person again, and all its frames have the
index and the time that they have in the whole clip.
"""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Final

import av

from poise.io.video.decoding import opened, video_stream

#: Frames before a piece in which the model finds the person: a second at the usual rate.
WARM_UP: Final = 30


@dataclass(frozen=True, slots=True)
class Piece:
    """Some consecutive frames of a clip, by their presentation times in the file's unit.

    Attributes:
        origin_s: Seconds in the file at the clip's first frame.
        index: Of the frame to begin with, in the whole clip.
        warm_up: Time of that frame.
        first: Time of the first frame that counts; those before it warm up.
        end: Time of the first frame of the next piece, or None in the last.
        first_index: Of the first frame that counts, in the whole clip.
    """

    origin_s: float
    index: int
    warm_up: int
    first: int
    end: int | None
    first_index: int

    def alone(self) -> Piece:
        """The same without frames to warm up."""
        return replace(self, index=self.first_index, warm_up=self.first)


def split(path: Path, *, every: int, most: int, least: int, at_once: int) -> list[Piece]:
    """Pieces of about equal length; none when the clip is short, or its times do not tell which frame is which.

    Args:
        path: The clip.
        every: Every n-th frame is looked at.
        most: Frames looked at in a piece, at most.
        least: And at least: below, the warm-up would eat up what is won.
        at_once: How many pieces are looked at at the same time.

    Raises:
        SourceError: The file cannot be read.
    """
    times, unit = _times(path)
    looked_at = len(times) // every
    number = min(at_once * math.ceil(looked_at / (at_once * most)), looked_at // least)
    if number < 2:
        return []
    bounds = [every * round(looked_at * i / number) for i in range(number)]
    ends = [*(times[first] for first in bounds[1:]), None]
    origin_s = float(times[0]) * float(unit.numerator) / float(unit.denominator)  # as PyAV has it, to the last digit
    warm = [max(0, first - every * WARM_UP) for first in bounds]
    return [
        Piece(origin_s, i, times[i], times[first], end, first) for i, first, end in zip(warm, bounds, ends, strict=True)
    ]


def _times(path: Path) -> tuple[array[int], Fraction]:
    """Presentation times of all frames in order, without decoding one; empty where some are missing or the same."""
    times, nothing = array("q"), (array("q"), Fraction(1))
    with opened(path) as container:
        stream = video_stream(container, path)
        try:
            for packet in container.demux(stream):
                if packet.size and not packet.is_discard:
                    if packet.pts is None:
                        return nothing
                    times.append(packet.pts)
        except av.FFmpegError:  # damaged: pieces would not join to what one reading gives
            return nothing
        ordered = array("q", sorted(times))
        unique = all(ordered[i] < ordered[i + 1] for i in range(len(ordered) - 1))
        return (ordered, stream.time_base) if unique and stream.time_base else nothing
