"""Drafting from a demonstration: what moves, from where to where, on which side, how long it is held."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from figures import ALL_FOURS, BACK, LEFT_SIDE_ON, SITTING, STANDING, STANDING_SIDE_ON, Figure, Motion

from poise.core.author.attempts import HALF_DONE, LOWEST, USUAL, Excursion, where_targets_begin
from poise.core.author.bounds import posture, rest, target
from poise.core.author.demonstration import MEASURES, Demonstration, watch
from poise.core.author.draft import Draft, draft, drafts
from poise.core.author.motion import Motion as Shown
from poise.core.author.motion import motions
from poise.core.author.worth import SIDED, worth
from poise.core.body import SIDES, Side
from poise.core.measures import CATALOGUE
from poise.core.measures.catalogue import seen_from
from poise.core.types import FloatArray, Pose


def shown(motion: Motion, fps: float = 12) -> Demonstration:
    """The motion as a demonstration."""
    found = watch(motion.poses(fps))
    assert found is not None
    return found


def drafted(motion: Motion, reps: int | None = None) -> Draft:
    """What is drafted from it."""
    found = draft(shown(motion), reps)
    assert found is not None
    return found


def moved(made: Draft | None) -> Shown:
    """What it is judged by."""
    assert made is not None
    assert made.motion is not None
    return made.motion


def raises(times: int, pause_s: float = 0.2) -> Motion:
    """Both arms out and up to 160 degrees and back, so many times."""
    motion = Motion(STANDING).stay(1)
    return motion.times(
        times, lambda m: m.go(0.8, shoulder_abduction=160).stay(pause_s).go(0.8, shoulder_abduction=0).stay(0.5)
    ).stay(0.5)


def tilts(first: float, second: float) -> Motion:
    """Ear to one shoulder and held for three seconds, then the other."""
    motion = Motion(SITTING).stay(1)
    for angle in (first, second):
        motion.go(0.8, neck_tilt=angle).stay(3).go(0.8, neck_tilt=0).stay(1)
    return motion


def test_both_arms_up_three_times() -> None:
    """Three repetitions of a measure of both arms; rest below a third of the way, the target about half-way."""
    made = drafted(raises(3))
    motion = moved(made)
    assert (motion.kind, len(motion.excursions), made.held) == ("both", 3, False)
    assert motion.sided is False
    near, far = ("below", "above") if motion.sense > 0 else ("above", "below")
    (back,), (there, along, stands) = made.steps
    assert back.condition == {near: pytest.approx(motion.at(0.3), abs=0.6)}
    assert there.condition == {far: pytest.approx(motion.at(motion.enter), abs=0.6)}
    assert (stands.measure, stands.condition, made.upright) == ("trunk_incline", {"below": 50.0}, True)
    assert "3 repetitions" in there.why
    assert along.measure != motion.measure.name
    assert "goes along" in along.why
    assert made.views[0] == "front"
    assert "shoulders" in made.sees


def test_a_tilt_to_each_side_is_sided_and_held() -> None:
    """One to the left and one to the right, with a middle between both."""
    made = drafted(tilts(35, -35))
    motion = moved(made)
    assert (motion.measure.name, motion.kind, made.held) == ("neck_tilt", "mirror", True)
    assert [one.side for one in motion.excursions] == ["left", "right"]
    low, high = made.steps[0][0].condition["between"]  # type: ignore[misc]
    assert -low == high == pytest.approx(0.3 * motion.reach, abs=0.6)
    assert motion.still_s == pytest.approx(3.2, abs=0.5)


def test_one_arm_and_then_the_other() -> None:
    """Each side for itself: two on the left, one on the right."""
    motion = Motion(STANDING).stay(1)
    for arm in ("left", "right", "left"):
        motion.go(0.8, **{f"{arm}_elbow_flexion": 120}).stay(0.5).go(0.8, **{f"{arm}_elbow_flexion": 0}).stay(0.5)
    made = drafted(motion)
    assert moved(made).kind == "each"
    assert sorted(str(one.side) for one in moved(made).excursions) == ["left", "left", "right"]


def test_what_shrinks_toward_the_target() -> None:
    """A demonstration that begins with the arms up: the target is down, and below."""
    motion = Motion(STANDING.but(shoulder_abduction=160)).stay(1)
    motion.times(2, lambda m: m.go(0.8, shoulder_abduction=40).stay(0.4).go(0.8, shoulder_abduction=160).stay(0.5))
    (arms,) = (one for one in motions(shown(motion)) if one.measure.name == "shoulder_abduction")
    assert (arms.kind, arms.sense) == ("both", -1)
    assert arms.at(0) > arms.at(0.5) > arms.at(1)
    assert list(rest(arms).condition) == ["above"]
    assert list(target(arms, "front").condition) == ["below"]


def test_on_the_floor() -> None:
    """A trunk that is level all the time is said to be, so that standing up counts for nothing."""
    motion = Motion(ALL_FOURS).stay(1)
    motion.times(2, lambda m: m.go(0.8, hip_flexion=10).stay(0.5).go(0.8, hip_flexion=90).stay(0.5))
    made = drafted(motion)
    assert (made.upright, made.views[0]) == (False, "side")
    assert made.steps[1][-1].condition == {"above": 45.0}


def test_a_trunk_that_moves_says_nothing_of_posture() -> None:
    """Bowing from upright to level is neither upright nor on the floor."""
    motion = Motion(STANDING_SIDE_ON).stay(1)
    motion.times(2, lambda m: m.go(1, trunk_pitch=85).stay(0.5).go(1, trunk_pitch=0).stay(0.5))
    made = drafted(motion)
    assert posture(shown(motion), CATALOGUE["in_view"]) == (None, ())
    assert made.upright is None
    assert not any("vertical" in bound.why for bound in made.steps[1])
    assert made.others


def test_the_told_number_decides_between_attempts_and_repetitions() -> None:
    """Two whole raises and one to 60 %: three when nothing is told of it or three are told, two when two are."""
    motion = Motion(STANDING).stay(1)
    for angle in (160, 98, 160):
        motion.go(0.8, shoulder_abduction=angle).stay(0.4).go(0.8, shoulder_abduction=0).stay(0.5)
    assert len(moved(drafted(motion, reps=2)).excursions) == 2
    assert len(moved(drafted(motion, reps=3)).excursions) == 3


def times(shares: Sequence[float], still_s: Sequence[float] = ()) -> list[Excursion]:
    """Times that somebody went so far, one after the other, and stayed there for so long."""
    stays = still_s or [0.0] * len(shares)
    return [Excursion(3.0 * n, 3.0 * n + 2, share, stays[n], None) for n, share in enumerate(shares)]


@pytest.mark.parametrize(
    ("shares", "reps", "begins"),
    [
        ([1.0, 1.0, 1.0], None, USUAL),  # about half-way
        ([1.0, 0.9, 0.3], None, USUAL),  # between 0.9 and an attempt at 0.3 it is half-way too
        ([1.0, 0.9, 0.6], None, 0.675),  # one of them turned back: a quarter of the gap above it
        ([1.0, 0.9, 0.6, 0.55], None, 0.675),
        ([1.0, 0.8, 0.72, 0.65], None, USUAL - 0.0325),  # each a little shorter: well below the shortest
        ([1.0, 0.5], 1, 0.625),  # a quarter of the gap above the attempt
        ([1.0, 0.7], 1, 0.75),  # farther than another person may go
        ([1.0, 0.5], 2, LOWEST),
        ([1.0, 0.9], 1, USUAL),  # no threshold that others reach too tells them apart
        ([1.0], 4, USUAL),  # fewer than told
    ],
)
def test_where_targets_begin(shares: list[float], reps: int | None, begins: float) -> None:
    """In the widest gap between what went far and what did not, never far from half-way."""
    assert where_targets_begin(times(shares), reps) == pytest.approx(begins)


@pytest.mark.parametrize(
    ("still_s", "begins"),
    [([3, 3, 2.5], LOWEST), ([3, 3, 1], 0.675), ([1, 1, 1], 0.675)],
)
def test_who_stays_half_way_has_done_it(still_s: list[float], begins: float) -> None:
    """A hold that is kept at 60 % is a repetition done badly; one that is left at once has been turned back from."""
    assert where_targets_begin(times([1.0, 0.9, 0.6], still_s), None) == pytest.approx(begins)


def test_rest_is_in_the_middle_of_what_goes_both_ways() -> None:
    """Chin down, back, up and back, three times over: rest is where it began, and the way is one of the two."""
    motion = Motion(SITTING).stay(1)
    motion.times(3, lambda m: [m.go(0.8, neck_nod=angle).stay(0.3) for angle in (30, 0, -30, 0)][-1]).stay(0.5)
    demonstration = shown(motion)
    began = demonstration.start(demonstration.values["neck_nod", "left"])
    nods = [one for one in motions(demonstration, 3) if one.measure.name == "neck_nod"]
    assert [one.sense for one in nods] in ([1, -1], [-1, 1])
    assert [one.rest for one in nods] == pytest.approx([began, began], abs=7)
    assert [len(one.excursions) for one in nods] == [3, 3]


def test_a_measure_that_tells_the_sides_is_preferred() -> None:
    """The head turns to each side: what tells left from right is judged by."""
    motion = Motion(SITTING).stay(1)
    for angle in (60, -60, 60, -60):
        motion.go(0.8, neck_turn=angle).stay(0.5).go(0.8, neck_turn=0).stay(0.8)
    made = drafted(motion, 4)
    assert (moved(made).sided, moved(made).measure.name) == (True, "neck_turn")


def test_one_side_alone_tells_no_sides() -> None:
    """Turns to both sides are worth more for it; of turns to the left alone nobody knows that there is a right."""
    worths = []
    for turns in ((60, -60, 60, -60), (60, 60, 60, 60)):
        motion = Motion(SITTING).stay(1)
        for angle in turns:
            motion.go(0.8, neck_turn=angle).stay(0.5).go(0.8, neck_turn=0).stay(0.8)
        found = motions(shown(motion))
        (turn,) = [one for one in found if one.measure.name == "neck_turn"]
        worths.append(worth(turn, [turn], None))
    assert worths[0] == pytest.approx(SIDED * worths[1], rel=0.05)


def test_a_movement_seen_once_is_drafted_too() -> None:
    """One repetition is all there is to go by."""
    made = drafted(Motion(STANDING).stay(1).go(0.8, elbow_flexion=120).go(0.8, elbow_flexion=0).stay(1), reps=1)
    assert len(moved(made).excursions) == 1


def test_standing_still_is_no_exercise() -> None:
    """Nothing goes away from rest and comes back."""
    assert draft(shown(Motion(STANDING).stay(4))) is None


def test_a_movement_that_never_comes_back_is_none() -> None:
    """Arms that go up and stay there are no repetition."""
    found = motions(shown(Motion(STANDING).stay(1).go(0.8, elbow_flexion=120).stay(2)))
    assert "elbow_flexion" not in [one.measure.name for one in found]


def test_nobody_cannot_be_watched() -> None:
    """No frames, an empty picture, or somebody for less than a second."""
    assert watch([]) is None
    assert watch([Pose.missing(t / 10, (640, 480)) for t in range(30)]) is None
    assert watch(Motion(STANDING).stay(0.6).poses(20)) is None


def test_frames_without_anybody_are_left_out() -> None:
    """A gap in the middle is no movement."""
    poses = [Pose.missing(p.t_s, p.size_px) if 2 < p.t_s < 2.3 else p for p in raises(2).poses(20)]
    found = watch(poses)
    assert found is not None
    assert len(found.t_s) < len(poses)


def test_a_measure_that_is_hardly_seen_is_not_spoken_of() -> None:
    """With the hands hidden for most of the time nothing is said of the elbows."""
    poses = Motion(Figure(hidden=("wrist",))).stay(1)
    poses.times(2, lambda m: m.go(0.8, elbow_flexion=120).go(0.8, elbow_flexion=0).stay(0.5))
    assert all(one.measure.name != "elbow_flexion" for one in motions(shown(poses)))


@pytest.mark.parametrize(
    ("yaw_deg", "back", "view"),
    [(0, False, "front"), (30, False, "front"), (45, False, "oblique"), (80, False, "side"), (10, True, "back")],
)
def test_from_where_it_is_seen(yaw_deg: float, back: bool, view: str) -> None:
    """The view whose middle is nearest: front and back are around 25, oblique 42.5, side 65."""
    assert seen_from(yaw_deg, back) == view


@pytest.mark.parametrize(("facing", "view"), [(BACK, "back"), (LEFT_SIDE_ON, "side")])
def test_the_view_of_a_demonstration(facing: float, view: str) -> None:
    """As the person was seen when it began."""
    assert shown(Motion(STANDING.but(facing=facing)).stay(2)).view == view


def test_the_start_is_what_was_seen_first() -> None:
    """The median of the first half second, whatever came later, and without what was not seen."""
    t_s = np.arange(0, 2, 0.1)
    values = np.where(t_s < 0.6, 5.0, 90.0)
    values[0] = math.nan
    assert Demonstration(t_s, {}, "front").start(values) == 5.0


def alone(t_s: FloatArray, shows: Mapping[tuple[str, Side], FloatArray]) -> Demonstration:
    """A demonstration from the front in which nothing else is seen."""
    nothing = np.full(len(t_s), math.nan)
    everything: dict[tuple[str, Side | None], FloatArray] = {
        (one.name, side): nothing for one in MEASURES for side in (*SIDES, None)
    }
    together = {(name, None): values for (name, _), values in shows.items()}
    return Demonstration(t_s, everything | dict(shows) | together, "front")


def waves(name: str, high: float, rest: float = 0.0, flicker: bool = False) -> Demonstration:
    """A demonstration of one measure alone: two seconds at rest and one away from it, three times over.

    With ``flicker`` there is one wrong frame in every rest, and nothing is seen for a moment while it is away.
    """
    t_s = np.arange(0, 10, 0.05)
    away = (t_s % 3 > 2) & (t_s < 9)
    values = np.where(away, high, rest)
    if flicker:
        values[(np.arange(len(t_s)) % 60) == 20] = high
        values[(np.arange(len(t_s)) % 60) == 50] = math.nan
    return alone(t_s, {(name, "left"): values, (name, "right"): values})


def test_one_measure_is_enough() -> None:
    """Three times nine tenths of a second away from rest; nothing is known of the posture."""
    made = draft(waves("elbow_gap", 160))
    assert made is not None
    assert [one.still_s for one in moved(made).excursions] == pytest.approx([0.95, 0.95, 0.95], abs=0.06)
    assert (made.upright, made.others, moved(made).signal > 1) == (None, (), True)


def test_one_wrong_frame_is_no_excursion_and_a_gap_ends_none() -> None:
    """As in coaching: what is not seen is neither there nor back."""
    made = draft(waves("elbow_gap", 160, flicker=True))
    assert made is not None
    assert len(moved(made).excursions) == 3


def test_a_measure_out_of_its_posture_is_left_out() -> None:
    """A chin that is far from its usual rest while resting is measured in a posture that it is not meant for."""
    assert motions(waves("chin_drop", 60)) != []
    assert motions(waves("chin_drop", 140, rest=80)) == []


def test_what_goes_hardly_farther_than_it_wobbles_is_left_out() -> None:
    """A head that turns by 9, of which half is what the measure wobbles: rest and target cannot be told apart."""
    assert motions(waves("neck_turn", 9)) == []
    assert motions(waves("neck_turn", 20)) != []


def test_rest_is_nearer_where_a_measure_wobbles() -> None:
    """A third of the way for most; less, where the target would otherwise be within the noise of it."""
    (sure, *_), (unsure, *_) = motions(waves("elbow_gap", 160)), motions(waves("neck_turn", 12))
    assert sure.back == pytest.approx(0.3)
    assert unsure.back == pytest.approx(USUAL - unsure.measure.margin / unsure.reach - 0.02)


def rolls(*firsts: float, half: int | None = None) -> Motion:
    """Ear to one shoulder, chin across the chest, ear to the other shoulder; one of them turns back at the chest."""
    motion = Motion(SITTING).stay(1)
    for n, first in enumerate(firsts):
        motion.go(0.8, neck_tilt=first).stay(2).go(0.8, neck_tilt=0, neck_nod=40, neck_flexion=35).stay(0.2)
        if n != half:
            motion.go(0.8, neck_tilt=-first, neck_nod=0, neck_flexion=0).stay(2)
        motion.go(0.8, neck_tilt=0, neck_nod=0, neck_flexion=0).stay(1.5)
    return motion


def test_a_roll_is_drafted_in_three_positions() -> None:
    """Out to one side, across and back from the other; the side is the first, and what turned back is left out."""
    made = drafted(rolls(35, -35, 35, -35, half=3))
    motion = moved(made)
    start, first, across = made.steps
    assert [bound.measure for bound in start] == [made.others[0], "neck_tilt"]
    assert (first[0].measure, across[0].measure) == ("neck_tilt", "neck_tilt")
    assert first[0].condition["above"] == -across[0].condition["below"]  # type: ignore[operator]
    assert [one.side for one in motion.excursions] == ["left", "right", "left"]
    assert (motion.sided, made.held) == (True, True)


def of_two(name: str, ends: Sequence[float], cover: str = "elbow_gap") -> Demonstration:
    """Two seconds at rest, then a cover that is away for three, while a measure goes to its two ends, for each pair."""
    t_s = np.arange(0, 5 * len(ends) / 2 + 2, 0.05)
    away, values = np.zeros(len(t_s)), np.zeros(len(t_s))
    for n in range(len(ends) // 2):
        now_s = t_s - 5 * n
        away[(now_s > 2) & (now_s < 5)] = 160.0
        values[(now_s > 2) & (now_s < 3)] = ends[2 * n]
        values[(now_s > 4) & (now_s < 5)] = ends[2 * n + 1]
    return alone(t_s, {(cover, "left"): away, (name, "left"): values, (name, "right"): values})


def test_a_circle_has_a_direction() -> None:
    """First to one end and then to the other, with the arms away; once the other way round, which is no repetition."""
    made = draft(of_two("shoulder_abduction", [90, -90] * 3 + [-90, 90]))
    assert made is not None
    start, first, across = made.steps
    assert [bound.measure for bound in start] == ["elbow_gap", "shoulder_abduction"]
    assert (list(start[1].condition), list(first[0].condition), list(across[0].condition)) == (
        ["between"], ["above"], ["below"],
    )  # fmt: skip
    assert len(moved(made).excursions) == 3


@pytest.mark.parametrize(
    ("ends", "reps"),
    [
        ([90, -90] * 3 + [90, 0], None),  # done badly once, or something else once: who knows
        ([90, -90] * 3, 2),  # the author says otherwise
        ([90, -90, -90, 90], None),  # no direction
    ],
)
def test_what_is_no_flow(ends: list[float], reps: int | None) -> None:
    """There and back is told by two positions, where three would be a guess."""
    made = draft(of_two("shoulder_abduction", ends), reps)
    assert made is not None
    assert len(made.steps) == 2


def test_a_posture_that_is_kept_is_one_step() -> None:
    """Nothing goes there and back for ten seconds: the time is what counts, told by how the person is placed."""
    made = draft(shown(Motion(ALL_FOURS).stay(10)))
    assert made is not None
    assert (made.motion, made.held, made.upright, len(made.steps)) == (None, True, False, 1)
    assert all(list(bound.condition) == ["between"] for bound in made.steps[0])
    assert len(made.steps[0]) == 3


def test_a_posture_of_which_nothing_is_seen_is_none() -> None:
    """Nothing can be said of how somebody is placed when no measure is seen."""
    t_s = np.arange(0, 10, 0.1)
    assert draft(alone(t_s, {})) is None


def test_several_drafts_are_to_be_tried() -> None:
    """The likeliest first, each by another measure."""
    tried = [moved(one).measure.name for one in drafts(shown(raises(3)))]
    assert len(tried) == len(set(tried)) == 3
    assert tried[0] == moved(drafted(raises(3))).measure.name


def test_out_of_the_picture() -> None:
    """Somebody goes away for five of nine seconds: that is the exercise, from wherever it is seen."""
    poses = [Pose.missing(p.t_s, p.size_px) if 2 < p.t_s < 7 else p for p in Motion(STANDING).stay(9).poses(10)]
    found = watch(poses)
    assert found is not None
    (made,) = drafts(found)
    assert made.steps[0][0].measure == "in_view"
    assert len(made.views) == 4


def test_half_way_in_all_of_the_body_is_no_repetition() -> None:
    """Three times there and once half-way, and as long: one that is whole in another measure is done badly instead."""
    t_s = np.arange(0, 18, 0.05)
    away = (t_s % 4 > 2) & (t_s < 16)
    short = np.where(away, np.where(t_s < 12, 160.0, 90.0), 0.0)
    whole = np.where(away, 60.0, 0.0)
    gap: tuple[str, Side] = ("elbow_gap", "left")
    (alike,) = (one for one in motions(alone(t_s, {gap: short})) if one.measure.name == "elbow_gap")
    assert (len(alike.excursions), alike.enter > 90 / 160) == (3, True)
    nods = alone(t_s, {gap: short, ("shoulder_span", "left"): whole})
    (differs,) = (one for one in motions(nods) if one.measure.name == "elbow_gap")
    assert (len(differs.excursions), differs.enter < HALF_DONE) == (4, True)
