"""The poses in a clip, by the model: in one go, or in pieces at the same time."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from functools import partial

from poise.app.pipeline import ahead, joined
from poise.core.types import Frame, Pose, PoseBackend
from poise.io.video import VideoFile, opencv_on_one_thread

#: Frames in a piece: enough that its warm-up is a small part of it, so few that the poses of all those under way fit
#: into some ten megabytes, however long the clip.
LEAST, MOST = 120, 1800

OpenBackend = Callable[[], PoseBackend]
Seen = tuple[Frame | None, Pose]


class Poses:
    """The poses in a clip, in order of time, each with its frame where frames are wanted.

    In one go, every pose follows from all frames before it: the same on every machine. In pieces, each by a model of
    its own, which sets out on the frames before the piece: faster, and for a moment not quite the same at the seams.

    Args:
        source: The clip; its ``problems`` are complete once the poses are.
        open_backend: Makes what finds poses; called for each piece.
        at_once: How many pieces to look at at the same time; 1 is one go.
        frames: Whether the frames are wanted too.

    Attributes:
        pieces: How many there are; short clips are not cut.

    Raises:
        SourceError: The clip cannot be read.
    """

    def __init__(self, source: VideoFile, open_backend: OpenBackend, *, at_once: int = 1, frames: bool = True) -> None:
        self._source = source
        self._open_backend = open_backend
        self._at_once = at_once
        self._pieces = self._source.pieces(at_once, least=LEAST, most=MOST) if at_once > 1 else []
        self._frames = frames
        self._estimated = [0] * len(self._pieces)
        self.pieces = max(1, len(self._pieces))

    def __iter__(self) -> Generator[Seen]:
        with opencv_on_one_thread(), closing(self._looked_at()) as seen:
            yield from seen

    def estimated(self, taken: int) -> int:
        """How many poses the model has found, when so many have been taken."""
        return sum(self._estimated) if self._pieces else taken

    def _looked_at(self) -> Generator[Seen]:
        if not self._pieces:
            return ahead(self._in_one_go())
        seen = joined([self._piece(number) for number in range(self.pieces)], self._at_once)
        return self._with_frames(seen) if self._frames else seen

    def _in_one_go(self) -> Generator[Seen]:
        # The model sets the pace: a decoder that gets in its way makes everybody wait.
        with (
            closing(self._open_backend()) as backend,
            closing(ahead(self._begun(backend), most=1, yielding=True)) as begun,
        ):
            for frame, look in begun:
                yield frame, look()

    def _begun(self, backend: PoseBackend) -> Generator[tuple[Frame | None, Callable[[], Pose]]]:
        """Each frame, if frames are wanted, and what finds its pose, for which all is prepared that can be."""
        prepare = getattr(backend, "prepare", lambda frame: partial(backend.estimate, frame))
        for frame in self._source:
            yield frame if self._frames else None, prepare(frame)

    def _piece(self, number: int) -> Generator[Seen]:
        """The poses of a piece; frames only of the first, whose turn it is now: all others would take gigabytes."""
        shown = self._frames and number == 0
        with closing(self._open_backend()) as backend:
            for frame, counts in self._source.frames_of(self._pieces[number]):
                pose = backend.estimate(frame)
                if counts:
                    self._estimated[number] += 1
                    yield frame if shown else None, pose

    def _with_frames(self, seen: Generator[Seen]) -> Generator[Seen]:
        """Reads all pieces but the first once more."""
        with closing(seen), closing(ahead(self._read_again())) as frames:
            for frame, pose in seen:
                yield frame or next(frames, None), pose

    def _read_again(self) -> Generator[Frame]:
        again = VideoFile(self._source.info.path, every=self._source.every)
        for piece in self._pieces[1:]:
            yield from (frame for frame, _ in again.frames_of(piece.alone()))
