"""What is drawn on a picture: legible, never over the face, and never by colour alone."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import cv2
import numpy as np
import pytest
from coaching import ARM_RAISE, CURL, TILT, exercise
from figures import SITTING, SIZE_PX, STANDING, STANDING_SIDE_ON, Figure
from hypothesis import given, settings
from hypothesis import strategies as st

from drawing import (
    HD,
    LAPTOP,
    NOBODY,
    PORTRAIT,
    SMALL,
    Size,
    count_of,
    drawn,
    frame_of,
    longest_run,
    pose_of,
    snapshot_of,
)
from poise.core.coach import Coach
from poise.core.cues import CueKind
from poise.core.spec import Spec
from poise.core.types import ByteArray
from poise.io.overlay import Overlay, draw_notice
from poise.io.overlay.style import GREY, ORANGE, SKY

KINDS: tuple[CueKind, ...] = get_args(CueKind)


@settings(deadline=None)
@given(
    scale=st.floats(0.4, 1.6),
    right=st.floats(-1.0, 1.0),
    down=st.floats(0.0, 1.0),
    size_px=st.sampled_from([(320, 240), (640, 360), (270, 480), (240, 240)]),
    spec=st.sampled_from([ARM_RAISE, TILT]),
    kind=st.sampled_from(KINDS),
    mirrored=st.booleans(),
)
def test_the_face_is_never_covered(
    scale: float, right: float, down: float, size_px: Size, spec: Spec, kind: CueKind, mirrored: bool
) -> None:
    """Wherever the head is in the upper or in the lower half of the picture, nothing is drawn on the face."""
    height_px, half_px = SIZE_PX[1], 0.3 * 200 * scale  # of the head
    head_y = half_px + down * (height_px - 2 * half_px)
    if abs(head_y / height_px - 0.5) < 0.12 + half_px / height_px:
        head_y = half_px if down < 0.5 else height_px - half_px
    figure = SITTING.but(scale=scale, shift=(200 * right, head_y - 520 + 1.434 * 200 * scale))
    snapshot = snapshot_of(figure, size_px, spec, cue=(kind, "Let your other shoulder drop"))
    frame = frame_of(size_px)
    picture = Overlay(spec).draw(frame, snapshot, mirrored=mirrored)
    face = pose_of(figure, size_px).xy_px[:11]
    face = face[((face >= 0) & (face < size_px)).all(axis=1)]
    if len(face) < 5:
        return
    if mirrored:
        face = np.abs([size_px[0] - 1, 0] - face)
    (x0, y0), (x1, y1) = face.min(axis=0).astype(int), np.ceil(face.max(axis=0)).astype(int)
    assert (picture[y0 : y1 + 1, x0 : x1 + 1] == 128).all()


@pytest.mark.parametrize("aside", [-550.0, -530.0, 530.0, 550.0])
def test_at_the_edge_of_the_picture_the_value_gives_way_to_the_head(aside: float) -> None:
    """Where there is no room beside the neck, the value is not drawn on the face instead."""
    figure = SITTING.but(scale=0.8, shift=(aside, 0.0))
    picture = drawn(figure, LAPTOP, TILT, side=None)
    face = pose_of(figure, LAPTOP).xy_px[:11]
    (x0, y0), (x1, y1) = face.min(axis=0).astype(int), np.ceil(face.max(axis=0)).astype(int)
    assert (picture[y0 : y1 + 1, x0 : x1 + 1] == 128).all()
    assert count_of(picture, GREY) > 0, "the value is drawn, elsewhere"


def test_the_band_stays_until_the_head_comes() -> None:
    """The band leaves the bottom when the head comes there, and does not jump back when the head has gone."""
    overlay = Overlay(ARM_RAISE)

    def at_top(figure: Figure) -> bool:
        picture = overlay.draw(frame_of(LAPTOP), snapshot_of(figure))
        return bool(picture[10, -3, 0] < 100)

    low = STANDING.but(shift=(0.0, 650.0))
    middle = STANDING.but(shift=(0.0, 250.0))
    assert [at_top(figure) for figure in (middle, low, middle, STANDING.but(shift=(0.0, -200.0)))] == [
        False, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize("size_px", [LAPTOP, HD, PORTRAIT])
def test_count_and_cue_are_legible_from_two_metres(size_px: Size) -> None:
    """Capitals of the cue are at least 4 % of the picture's height, digits of the count at least 5 %."""
    width, height = size_px
    picture = drawn(NOBODY, size_px, cue=("next", "HHHH"), problem=None, reps=(8, 0, 0))
    inked = (picture >= 250).all(axis=2)
    band = np.flatnonzero((picture != 128).any(axis=(1, 2)))[0]
    stacked = height > width
    words = inked[band:, width // 6 : width // 3] if not stacked else inked[band + (height - band) // 2 :, : width // 4]
    count = inked[band:, : width // 12] if not stacked else inked[band : band + (height - band) // 2, : width // 10]
    assert longest_run(words.any(axis=1)) >= 0.04 * height
    assert longest_run(count.any(axis=1)) >= 0.05 * height


@pytest.mark.parametrize("words", ["H" * 4000, "Donaudampfschifffahrt " * 20, "H H " * 900])
@pytest.mark.parametrize("size_px", [LAPTOP, (353, 641)])
def test_endless_words_are_cut_and_stay_legible_in_their_place(words: str, size_px: Size) -> None:
    """Words without end cover neither the hold nor the edge, and are cut rather than set in tiny letters."""
    hold = {"hold_s": 3.0, "hold_target_s": 10.0, "problem": None}
    picture = drawn(NOBODY, size_px, TILT, cue=("next", words), **hold)
    usual = drawn(NOBODY, size_px, TILT, cue=("next", "H"), **hold)
    edge = size_px[0] - (110 if size_px == LAPTOP else 6)  # the ring stands beside the words or, with less room, above
    from_below = size_px[1] // 8
    assert np.array_equal(picture[-from_below:, edge:], usual[-from_below:, edge:])
    inked = (picture[:, size_px[0] // 3 : edge] >= 250).all(axis=2)
    assert longest_run(inked.any(axis=1)) >= 0.03 * size_px[1]


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_mirror_shows_the_persons_left_at_its_left(mirrored: bool) -> None:
    """The working left side is blue: at the left of a mirrored picture, at the right of an upright one."""
    picture = drawn(STANDING, HD, CURL, mirrored, side="left", aim=None, reps=(0, 0, 0))
    body = picture[: HD[1] // 2]
    left, right = body[:, : HD[0] // 2], body[:, HD[0] // 2 :]
    blue = (count_of(left, SKY), count_of(right, SKY))
    assert (blue if mirrored else blue[::-1]) == (max(blue), 0)


def test_words_are_never_mirrored() -> None:
    """With nobody in view a mirrored picture of a plain frame is the same as an upright one."""
    assert np.array_equal(drawn(NOBODY, mirrored=True), drawn(NOBODY, mirrored=False))


@pytest.mark.parametrize("size_px", [LAPTOP, (270, 480), (160, 120), (97, 331), (31, 17), (2, 2)])
@pytest.mark.parametrize("figure", [STANDING, STANDING_SIDE_ON, SITTING.but(hidden=("hip", "elbow")), NOBODY])
def test_everything_draws_at_any_size(size_px: Size, figure: Figure) -> None:
    """Every kind of cue, with and without a hold, in pictures of odd and tiny sizes, and never on the frame itself."""
    frame = frame_of(size_px)
    for kind in KINDS:
        for hold_s in (None, 0.0, 4.2, 99.0):
            snapshot = snapshot_of(
                figure, size_px, TILT, cue=(kind, "Größe, 10° further"), hold_s=hold_s, hold_target_s=10.0
            )
            picture = Overlay(TILT).draw(frame, snapshot, mirrored=True)
            assert picture.shape == frame.shape
    assert (frame == 128).all()


def test_kinds_of_cues_differ_without_colour() -> None:
    """With the same words, what must change, what may, and what cannot be seen differ in grey as well."""
    kinds: tuple[CueKind, ...] = ("stop", "fix", "framing", "tip", "missed", "release", "next")
    greys = [
        cv2.cvtColor(drawn(NOBODY, cue=(kind, "Stay tall"), problem=None), cv2.COLOR_BGR2GRAY).astype(int)
        for kind in kinds
    ]
    for i, one in enumerate(greys):
        for other in greys[:i]:
            assert (np.abs(one - other) > 60).sum() > 40


def test_a_framing_problem_is_a_band_from_edge_to_edge() -> None:
    """What to do about the camera stands on blue over the whole width, with no angle to distract from it."""
    picture = drawn(NOBODY, cue=("framing", "Come closer to the camera"))
    for x in (2, LAPTOP[0] - 3):
        blue, green, red = picture[LAPTOP[1] - 4, x].tolist()
        assert blue > green > red


def tilted(degrees: float) -> Figure:
    """Somebody who sits with the head tilted to the left."""
    return SITTING.but(neck_tilt=degrees, scale=1.5, shift=(0.0, 150.0))


def test_the_gauge_fills_on_the_way_and_turns_blue() -> None:
    """From rest to target the orange grows; at the target all is blue."""
    overlay, coach = Overlay(TILT), Coach(TILT)
    oranges, blues = [], []
    for i, degrees in enumerate([0.0] * 20 + [6.0, 11.0, 15.0, 18.0] + [30.0] * 20):
        snapshot = coach.step(pose_of(tilted(degrees), SMALL, i / 10))
        snapshot = replace(snapshot, state=replace(snapshot.state, hold_s=None, side=None))
        picture = overlay.draw(frame_of(SMALL), snapshot)
        oranges.append(count_of(picture[: SMALL[1] * 3 // 4], ORANGE))
        blues.append(count_of(picture[: SMALL[1] * 3 // 4], SKY))
    assert oranges[19] < oranges[21] < oranges[23]
    assert blues[23] == 0
    assert oranges[-1] == 0 < blues[-1]


def test_the_arc_is_as_wide_as_the_angle() -> None:
    """An arm that is lifted farther has a longer arc at its shoulder."""
    areas = []
    for degrees in (30.0, 60.0, 100.0):
        picture = drawn(STANDING.but(shoulder_abduction=degrees), HD)
        areas.append(count_of(picture, ORANGE) + count_of(picture, SKY))
    assert areas[0] < areas[1] < areas[2]


def test_the_hold_ring_fills() -> None:
    """The longer somebody holds, the more of the ring is blue, and at the end it is all."""
    shares = []
    for held_s in (1.0, 4.0, 8.0, 10.0):
        state = {"hold_s": held_s, "hold_target_s": 10.0, "aim": None, "problem": None, "side": None}
        picture = drawn(NOBODY, HD, TILT, cue=("next", "x"), **state)
        shares.append(count_of(picture, SKY))
    assert shares == sorted(set(shares))


def test_the_count_begins_anew_with_each_set() -> None:
    """After a set of ten, the twelfth repetition is the second of its set."""
    spec = ARM_RAISE.with_dose(sets=3, reps=10)

    def digits(reps: int, sets: int) -> ByteArray:
        picture: ByteArray = drawn(NOBODY, spec=spec, cue=("next", "Up"), problem=None, reps=(reps, 0, 0), sets=sets)
        return picture[400:448, :60]

    assert np.array_equal(digits(12, 1), digits(2, 0))
    assert not np.array_equal(digits(12, 1), digits(12, 0))


def test_nobody_is_looked_for() -> None:
    """Before anybody was ever found the words say so, instead of asking an empty room to sit tall."""
    searching = drawn(NOBODY)
    asking = drawn(NOBODY, problem=None)
    assert not np.array_equal(searching, asking)


@pytest.mark.parametrize("size_px", [LAPTOP, PORTRAIT, (64, 48), (3, 3)])
def test_a_notice_lies_in_the_middle(size_px: Size) -> None:
    """A title and a line in the middle; what lies above and below stays as it was."""
    picture = frame_of(size_px)
    draw_notice(picture, ("Paused", "space go on · q quit"))
    rows = np.flatnonzero((picture != 128).any(axis=(1, 2)))
    assert len(rows) > 0
    assert abs(rows.mean() - (size_px[1] - 1) / 2) <= 2


@pytest.mark.parametrize("down", [-450, -300, -150, 0, 150, 300, 450])
def test_a_notice_keeps_off_the_head(down: int) -> None:
    """Somebody who pauses still sees their face."""
    figure = STANDING.but(scale=0.7, shift=(0.0, float(down)))
    snapshot = snapshot_of(figure)
    overlay, frame = Overlay(ARM_RAISE), frame_of(LAPTOP)
    with_notice = overlay.draw(frame, snapshot, notice=("Paused", "q quit"))
    changed = (with_notice != overlay.draw(frame, snapshot)).any(axis=(1, 2))
    face = pose_of(figure, LAPTOP).xy_px[:11, 1].clip(0, LAPTOP[1] - 1).astype(int)
    assert changed.any()
    assert not changed[face.min() : face.max() + 1].any()


def test_a_landmark_with_a_side_is_that_side() -> None:
    """A measure of the spec's own that names the left elbow is drawn there, whatever side works."""
    spec = exercise(
        {"where": {"arm": {"below": 20}}},
        {"where": {"arm": {"above": 90}}},
        measures={"arm": {"angle": ["left_shoulder", "left_elbow", "left_wrist"]}},
    )
    picture = drawn(STANDING.but(left_elbow_flexion=60), HD, spec)
    right_of_the_picture = picture[: HD[1] * 3 // 4, HD[0] // 2 :]
    assert count_of(right_of_the_picture, ORANGE) > 0
    assert count_of(picture[:, : HD[0] // 2], ORANGE) == 0


def test_drawing_over_the_frame_gives_the_same_picture() -> None:
    """Without the copy, which a clip's frames can do without; otherwise the frame stays as it is."""
    frame, snapshot = frame_of(LAPTOP), snapshot_of(STANDING)
    picture = Overlay(ARM_RAISE).draw(frame, snapshot)
    assert (frame == 128).all()
    assert Overlay(ARM_RAISE).draw(frame, snapshot, ground=frame) is frame
    assert np.array_equal(frame, picture)
