"""The screens of a live session: nothing is cut in any language, no face is covered, and they cost little."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any, get_args

import cv2
import numpy as np
import pytest
from coaching import ARM_RAISE, TILT
from figures import SITTING, STANDING, Figure

from drawing import HD, LAPTOP, NOBODY, PORTRAIT, frame_of, longest_run, pose_of
from poise.app.live import KEYS
from poise.core.coach import Coach
from poise.core.cues import Cue
from poise.core.history.red_flags import WORDS
from poise.core.live.moment import Moment, Phase
from poise.core.live.summary import Done, Reach, Summary
from poise.core.spec import Spec
from poise.core.types import ByteArray
from poise.core.words import ENGLISH
from poise.io.overlay import Overlay, Screens, card, ink, style
from poise.io.pictures import picture_of
from poise.io.specs import find_specs, load_spec
from poise.io.words import languages, read_words

PHASES: tuple[Phase, ...] = get_args(Phase)
CARDS: tuple[Phase, ...] = ("pain-before", "ready", "rest", "pain-after", "summary")
TIMED: tuple[Phase, ...] = ("neutral", "ready", "rest")
SIZES = [LAPTOP, (640, 360), (360, 640)]


def moment(phase: Phase, spec: Spec = TILT, figure: Figure = SITTING, size_px: Any = LAPTOP, **changes: Any) -> Moment:
    """A moment of a session in which somebody is seen for the first time."""
    words = changes.pop("words", ENGLISH)
    snapshot = Coach(spec, words).step(pose_of(figure, size_px))
    if "cue" in changes:
        snapshot = replace(snapshot, cue=changes.pop("cue"), state=replace(snapshot.state, problem="far"))
    changes.setdefault("left_s", 3.0 if phase in TIMED else None)
    changes.setdefault("summary", summary(spec) if phase == "summary" else None)
    return Moment(0.0, phase, spec, snapshot, **changes)


def summary(*specs: Spec) -> Summary:
    """Everything was done."""
    done = [Done(spec.name, spec.sided, (20, 10, 10), 10, 100.0, Reach(30.0, 28.0, "°")) for spec in specs]
    return Summary(
        tuple(done), 600.0, max((fault.say for spec in specs for fault in spec.faults), key=len, default=None)
    )


@cache
def library() -> tuple[Spec, ...]:
    """Every exercise, read once."""
    return tuple(load_spec(name) for name in find_specs())


@pytest.fixture
def cuts(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every line of words that is cut, and every paragraph that is left out."""
    cut: list[str] = []
    cut_line, draw_lines = ink._cut, card.draw_lines

    def watched_cut(line: str, size: int, weight: int, width: int) -> str:
        shown = cut_line(line, size, weight, width)
        if shown != line or line.endswith("…"):
            cut.append(line)
        return shown

    def watched_lines(picture: ByteArray, box: style.Box, lines: Any, size: int) -> bool:
        whole = draw_lines(picture, box, lines, size)
        if not whole:
            cut.append(" / ".join(line.words for line in lines))
        return whole

    monkeypatch.setattr(ink, "_cut", watched_cut)
    monkeypatch.setattr("poise.io.overlay.screens.draw_lines", watched_lines)
    return cut


@pytest.mark.parametrize("size_px", SIZES)
@pytest.mark.parametrize("language", languages())
def test_nothing_is_cut_in_any_language(language: str, size_px: tuple[int, int], cuts: list[str]) -> None:
    """Every exercise on every screen that tells of it, as the longest thing that it can say there."""
    words, frame = read_words(language), frame_of(size_px)
    specs = [spec.in_words(words.translate) for spec in library()]
    for before, spec in zip([specs[-1], *specs], specs, strict=False):
        screens = Screens(words, pictures=picture_of)
        for phase in ("placing", "neutral", "ready"):
            screens.draw(frame, moment(phase, spec, size_px=size_px, words=words, of=5))
        screens.draw(frame, moment("ready", spec, size_px=size_px, words=words, left_s=None))
        still = Screens(words, pictures=picture_of, still=True)
        still.draw(frame, moment("rest", before, size_px=size_px, words=words, following=spec))
    for phase in PHASES:
        Screens(words).draw(frame, moment(phase, specs[0], size_px=size_px, words=words, of=5))
        notice = max((spec.name for spec in specs), key=len), words(KEYS)
        Screens(words).draw(frame, moment(phase, specs[0], size_px=size_px, words=words), notice=notice)
    told = (words("You have told of pain since {day}, for more than two weeks.", day="2026-11-03"), *map(words, WORDS))
    ill = replace(summary(*specs[:6]), doctor=told)
    Screens(words).draw(frame, moment("summary", specs[0], size_px=size_px, words=words, summary=ill))
    for routine in (specs[:6], sorted(specs, key=lambda spec: len(spec.name))[-6:]):
        Screens(words).draw(frame, moment("summary", routine[0], size_px=size_px, summary=summary(*routine)))
    assert cuts == []


@pytest.mark.parametrize("size_px", SIZES)
@pytest.mark.parametrize("language", languages())
def test_no_cue_is_cut_in_any_language(language: str, size_px: tuple[int, int], cuts: list[str]) -> None:
    """Every step and every correction of every exercise, beside the counts and the clock of a hold."""
    words, frame = read_words(language), frame_of(size_px)
    for spec in (spec.in_words(words.translate) for spec in library()):
        at = moment("work", spec, NOBODY, size_px, words=words).snapshot
        state = replace(at.state, problem=None, hold_s=5.0 if spec.dose.hold else None, hold_target_s=20.0)
        overlay = Overlay(spec, words)
        for say in {words.with_side(block.say, "right") for block in (*spec.steps, *spec.faults)}:
            cue = Cue("fix", say, 0.0)
            overlay.draw(frame, replace(at, state=replace(state, next_words=say), cue=cue))
    assert cuts == []


@pytest.mark.parametrize("phase", ["placing", "neutral", "work", "paused"])
@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("down", [-200.0, 0.0, 250.0, 450.0])
def test_no_face_is_covered(phase: Phase, mirrored: bool, down: float) -> None:
    """Whatever lies over the camera's picture keeps off the face, with a raised hand and a notice as well."""
    figure = SITTING.but(scale=0.7, shift=(30.0, down))
    frame = frame_of(LAPTOP)
    at = moment(phase, TILT, figure, raised=0.6)
    for notice in (None, ("No sound here", "everything else goes on")):
        picture = Screens().draw(frame, at, mirrored=mirrored, notice=notice)
        face = pose_of(figure, LAPTOP).xy_px[:11]
        if mirrored:
            face = np.abs([LAPTOP[0] - 1, 0] - face)
        (x0, y0), (x1, y1) = face.min(axis=0).astype(int), np.ceil(face.max(axis=0)).astype(int)
        assert (picture[max(0, y0) : y1 + 1, x0 : x1 + 1] == 128).all()


@pytest.mark.parametrize("language", languages())
def test_a_raised_hand_in_a_pause_covers_no_words(language: str) -> None:
    """The ring stands below the notice of the pause: not a pixel of the notice changes."""
    words, frame = read_words(language), frame_of(LAPTOP)
    at = moment("paused", TILT, SITTING.but(scale=0.7, shift=(30.0, 100.0)), words=words)
    calm, raised = (Screens(words).draw(frame, replace(at, raised=share)) for share in (0.0, 0.6))
    changed = (calm != raised).any(axis=2)
    assert changed.any()
    assert (calm[changed] == 128).mean() > 0.99


@pytest.mark.parametrize("phase", CARDS)
def test_a_card_shows_the_camera_whole_beside_its_words(phase: Phase) -> None:
    """The camera's picture is small on a card, and nothing is drawn on it."""
    frame = frame_of(LAPTOP, 77)
    notice = ("Waiting for the camera", "the session goes on when it comes back")
    picture = Screens(pictures=picture_of).draw(frame, moment(phase, raised=0.5), notice=notice)
    inset = (picture == 77).all(axis=2)
    rows, columns = np.flatnonzero(inset.any(axis=1)), np.flatnonzero(inset.any(axis=0))
    whole = inset[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    assert whole.all()
    assert whole.shape[1] / whole.shape[0] == pytest.approx(4 / 3, abs=0.03)
    assert whole.shape[1] > LAPTOP[0] / 4


@pytest.mark.parametrize("size_px", [LAPTOP, (1280, 720), HD, PORTRAIT])
def test_titles_are_legible_from_two_metres(size_px: tuple[int, int]) -> None:
    """Capitals of a card's title are at least 4.3 % of the picture's height, 2 % in portrait."""
    spec = ARM_RAISE.model_copy(update={"name": "HHH"})
    picture = Screens().draw(frame_of(size_px), moment("ready", spec, size_px=size_px))
    inked = (picture == 255).all(axis=2).any(axis=1)
    assert longest_run(inked) >= (0.043 if size_px[0] > size_px[1] else 0.02) * size_px[1]


def test_rings_show_how_much_is_left_and_how_far_a_hand_is() -> None:
    """The blue of a countdown shrinks, that of a raised hand grows."""
    screens, frame = Screens(), frame_of(LAPTOP)

    def blue(**changes: Any) -> int:
        picture = screens.draw(frame, moment("rest", following=TILT, **changes))
        return int((picture[LAPTOP[1] // 2 :] == style.SKY).all(axis=2).sum())

    left = [blue(left_s=left_s) for left_s in (10.0, 7.0, 3.0, 1.0)]
    assert left == sorted(left, reverse=True)
    raised = [blue(left_s=5.0, raised=share) for share in (0.1, 0.5, 0.9)]
    assert raised == sorted(raised)
    assert len({*left, *raised}) == 7


def test_the_move_loops_unless_motion_is_not_wanted() -> None:
    """A picture of the strip after the other is the bright one; with ``still`` all are, and nothing changes."""
    frame, spec = frame_of(LAPTOP), load_spec("neck-rotation")
    looping, still = Screens(pictures=picture_of), Screens(pictures=picture_of, still=True)
    times = [replace(moment("ready", spec, left_s=None), t_s=t_s) for t_s in (0.0, 0.1, 1.5, 3.0)]
    one, same, other, again = (looping.draw(frame, at) for at in times)
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)
    assert np.array_equal(one, again)
    first, *others = (still.draw(frame, at) for at in times)
    assert all(np.array_equal(first, picture) for picture in others)


def test_words_are_drawn_at_the_size_of_the_window() -> None:
    """In a larger room the picture fills it in the camera's shape; the body is where it is in the frame."""
    frame, at = frame_of(LAPTOP), moment("work")
    picture = Screens(room=(1280, 760)).draw(frame, at)
    assert picture.shape == (760, 1013, 3)
    small = cv2.resize(picture, LAPTOP, interpolation=cv2.INTER_AREA).astype(int)
    own = Screens().draw(frame, at).astype(int)
    assert np.abs(small - own).mean() < 6.0


def test_the_longest_time_is_the_whole_of_a_countdown() -> None:
    """Each countdown begins with a full ring, also the second one of the same kind."""
    screens, frame = Screens(), frame_of(LAPTOP)
    full = screens.draw(frame, moment("ready", left_s=3.0))
    assert not np.array_equal(full, screens.draw(frame, moment("ready", left_s=2.6)))
    screens.draw(frame, moment("work"))
    assert np.array_equal(full, screens.draw(frame, moment("ready", left_s=3.0)))


#: What is left of linear red, green and blue without the middle cones (Vienot, Brettel and Mollon 1999).
DEUTERANOPIA = np.array([[0.29275, 0.70725, 0.0], [0.29275, 0.70725, 0.0], [-0.02234, 0.02234, 1.0]])
PROTANOPIA = np.array([[0.11238, 0.88762, 0.0], [0.11238, 0.88762, 0.0], [0.00401, -0.00401, 1.0]])


def lab(bgr: style.Colour, cones: Any) -> Any:
    """A colour as somebody with these cones sees it, in CIELAB."""
    linear = (np.array(bgr[::-1]) / 255.0) ** 2.2
    seen = np.clip(cones @ linear, 0.0, 1.0) ** (1 / 2.2)
    return cv2.cvtColor(seen[None, None].astype(np.float32), cv2.COLOR_RGB2LAB)[0, 0]


@pytest.mark.parametrize(
    "cones", [np.eye(3), DEUTERANOPIA, PROTANOPIA], ids=["all cones", "deuteranopia", "protanopia"]
)
def test_colours_that_mean_something_are_told_apart(cones: Any) -> None:
    """On the way and there, right and wrong, fill and ground: at least 20 units of CIELAB apart for any eyes."""
    pairs = [
        (style.SKY, style.ORANGE), (style.SKY, style.GREY), (style.SKY, style.VERMILION), (style.BLUE, style.INK),
        (style.ORANGE, style.BLUE), (style.VERMILION, style.BLUE), (style.WHITE, style.SKY), (style.SKY, card.GROUND),
    ]  # fmt: skip
    for one, other in pairs:
        assert np.linalg.norm(lab(one, cones) - lab(other, cones)) > 20


@pytest.mark.parametrize("size_px", [(64, 48), (48, 64), (3, 3), (97, 331), (1, 40)])
@pytest.mark.parametrize("phase", PHASES)
def test_every_screen_draws_at_any_size(phase: Phase, size_px: tuple[int, int]) -> None:
    """Tiny and odd pictures are no reason to fail; the frame is left as it is."""
    frame = frame_of(size_px)
    for figure in (STANDING, NOBODY):
        at = moment(phase, load_spec("squat"), figure, size_px, raised=0.5)
        assert Screens(pictures=picture_of).draw(frame, at, mirrored=True).shape == frame.shape
    assert (frame == 128).all()


def test_the_move_is_shown_as_the_person_sees_themselves() -> None:
    """Pictures show the left side: as in a mirror where the person's own picture is one, and turned for the right."""
    strip = np.zeros((40, 106, 3), np.uint8)
    strip[:, 0:20] = 100  # of two pictures with a white gap: what is at the left of each of them
    strip[:, 50:56] = 255
    strip[:, 56:76] = 200
    turned = card.turned_strip(strip, True, "left")
    assert (turned[:, 30:50] == 100).all()
    assert (turned[:, 86:106] == 200).all()
    assert (turned[:, 50:56] == 255).all()
    for mirrored, side in ((False, "left"), (False, None), (True, "right")):
        assert card.turned_strip(strip, mirrored, side) is strip  # type: ignore[arg-type]
    assert np.array_equal(card.turned_strip(strip, False, "right"), turned)
    assert np.array_equal(card.turned_strip(strip, True, None), turned)


def test_every_step_of_every_exercise_has_its_picture() -> None:
    """So that each picture has its step below it."""
    for spec in library():
        strip = picture_of(spec.id)
        assert strip is not None
        assert len(card.strip_parts(strip)) == len(spec.steps), spec.id
