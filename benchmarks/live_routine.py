"""A whole routine as a person would hear it, on sample clips: from the raised hand to the summary, untouched.

usage: python benchmarks/live_routine.py [EXERCISE...] [--language CODE] [--hand CLIP]

The exercises are those of the desk break, that of the person who raises the hand first. Their sample clips are played
one after another to the flow that ``poise live`` runs, each waiting with its last picture until the person is placed
for the next. Prints every sentence and tone at its time, and
whether the session of each exercise is what the clip's sidecar says. Poses come from the cache of tracks, or from the
model; nothing is shown and nothing waits, so that ten minutes take one. An exercise ends with its dose: what a clip
shows after that, as some show a near miss, is not in its session.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from poise.app.tracking import track_of
from poise.core.author.sidecar import Sidecar
from poise.core.author.verdict import differences
from poise.core.live.announcer import Announcer
from poise.core.live.flow import Flow
from poise.core.live.moment import Moment
from poise.core.live.sounds import RATE, Sound
from poise.core.session import Session
from poise.core.spec import Spec
from poise.core.types import Pose
from poise.errors import SoundError
from poise.io.sidecars import load_sidecar
from poise.io.specs import load_spec
from poise.io.voice import Voice
from poise.io.words import read_words

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "sample_videos"
HAND = ROOT / "tests" / "clips" / "raised-hand.mp4"
EXERCISES = (
    "upper-trapezius-stretch", "neck-flexion-extension", "neck-rotation", "elbow-touch", "overhead-reach-up",
    "overhead-side-reach",
)  # fmt: skip
LONGEST_S = 200.0  # that a last picture may stand


@dataclass
class Take:
    """One clip of the routine.

    Attributes:
        poses: Of the person in it.
        spec: The exercise, with the dose that the clip shows; None for the clip of the hand.
        sidecar: What is to be found.
        clock_s: The exercise's clock when the clip began.
    """

    poses: tuple[Pose, ...]
    spec: Spec | None = None
    sidecar: Sidecar | None = None
    clock_s: float = 0.0


class Listener:
    """Hears what the announcer says, with a voice that takes its time."""

    def __init__(self, language: str) -> None:
        self._announcer = Announcer(read_words(language))
        self._free_s = 0.0
        self._phase = ""
        try:
            self._voice: Voice | None = Voice(language)
        except SoundError:
            self._voice = None

    def take(self, moment: Moment) -> None:
        """Print what begins to be heard in this moment."""
        stage = f"{moment.phase} {moment.number}/{moment.of} {moment.spec.id}"
        if stage != self._phase:
            self._phase = stage
            print(f"{'':8s}---- {stage}")
        sound = self._announcer.take(moment, moment.t_s < self._free_s)
        if sound:
            minutes, seconds = divmod(moment.t_s, 60)
            cut = " (cuts off what is said)" if sound.interrupts and moment.t_s < self._free_s else ""
            print(f"{minutes:3.0f}:{seconds:04.1f} {sound.text or f'♪ {sound.tone}'}{cut}")
            self._free_s = moment.t_s + self._seconds(sound)

    def _seconds(self, sound: Sound) -> float:
        return len(self._voice.samples(sound.text)) / RATE if self._voice and sound.text else sound.seconds


def main() -> None:
    """Play the routine, print the cue log and the verdicts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("exercises", nargs="*", default=EXERCISES)
    parser.add_argument("--language", default="en")
    parser.add_argument("--hand", type=Path, default=HAND, help="a clip in which somebody raises a hand")
    options = parser.parse_args()
    words = read_words(options.language)
    takes = [Take(track_of(options.hand).poses), *map(take_of, options.exercises)]
    plan = [
        (take.spec.in_words(words.translate), Session(poise="", source="", exercise=take.spec.id, model=""))
        for take in takes
        if take.spec
    ]
    flow, listener = Flow(plan, words), Listener(options.language)
    for moment in play(flow, takes):
        listener.take(moment)
    print()
    sessions = {session.exercise: session for _, session in flow.sessions}
    wrong = [line for take in takes[1:] for line in verdict(take, sessions)]
    print("every session equals its sidecar" if not wrong else f"{len(wrong)} differences")


def take_of(exercise: str) -> Take:
    """The first sample clip of an exercise, with the dose that its sidecar counts."""
    sidecar = load_sidecar(SAMPLES / f"{exercise}.yaml", load_spec)
    reps, own = sidecar.expect.reps, sidecar.applied_to(load_spec(exercise))
    most = max(reps.left or 0, reps.right or 0, 0 if own.sided else reps.total or 0) if reps else 1
    poses = track_of(SAMPLES / f"{exercise}.mp4", masks=own.needs_outline).poses
    return Take(poses, own.with_dose(reps=max(1, most), sets=1), sidecar)


def play(flow: Flow, takes: list[Take]) -> Iterator[Moment]:
    """The moments of the whole session; an exercise that its clip does not finish is left after four seconds."""
    now_s = 0.0
    for number, take in enumerate(takes):
        step_s = take.poses[1].t_s - take.poses[0].t_s
        for i, pose in enumerate(take.poses):
            moment = flow.step(replace(pose, t_s=now_s + pose.t_s))
            if i == 0:
                take.clock_s = moment.snapshot.t_s
            yield moment
        now_s += take.poses[-1].t_s
        last, still_s = take.poses[-1], 0.0
        while still_s < LONGEST_S and not _wants(moment, number):
            still_s += step_s
            if moment.phase == "work" and abs(still_s - 4.0) < step_s / 2:
                flow.command("next")
            moment = flow.step(replace(last, t_s=now_s + still_s))
            yield moment
            if flow.over:
                return
        now_s += still_s + step_s


def _wants(moment: Moment, number: int) -> bool:
    """Whether the person is being placed for the exercise of the next clip."""
    return moment.phase in ("placing", "neutral", "ready") and moment.number == number + 1


def verdict(take: Take, sessions: dict[str, Session]) -> Iterator[str]:
    """What is not as the sidecar says, printed and given back."""
    assert take.spec is not None
    assert take.sidecar is not None
    session = sessions.get(take.spec.id)
    if session is None:
        found = ["nothing was done"]
    else:
        for repetition in session.repetitions:
            repetition.start_s -= take.clock_s
            repetition.end_s -= take.clock_s
        for hold in session.holds:
            hold.start_s -= take.clock_s
        found = differences(session, take.sidecar.expect.model_copy(update={"near_misses": None}))
    print(f"{take.spec.id:28s}{'as its sidecar says' if not found else ''}")
    for line in found:
        print(f"{'':4s}{line}")
    yield from found


if __name__ == "__main__":
    main()
