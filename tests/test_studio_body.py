"""The studio's people: how they bend, what they stand on and touch, checked by numbers that can be derived by hand."""

from __future__ import annotations

import numpy as np
import pytest

from poise.core.landmarks import INDEX
from studio.body import Body, body_names, load_body
from studio.clip import props_of
from studio.floor import AllFours
from studio.held import held
from studio.limbs import LEG, limb_lengths
from studio.person import Character, Person
from studio.pose import posed
from studio.room import PROPS
from studio.rotation import about, angle_between, fraction, pitch, shortest, tilt, turn, two_bone
from studio.stances import STANCES
from studio.truth import euler
from studio.upright import Seated, Standing
from studio.words import pose_channels


@pytest.fixture(scope="module")
def person() -> Person:
    """One person, made once: making the clothes takes a moment."""
    return Person(Character("woman-slim"))


class TestRotation:
    """Signs and shares of rotations."""

    def test_signs(self) -> None:
        """Pitch bends the head forward, turn shows the left, tilt leans to the left (x)."""
        up, ahead = np.array([0.0, 1, 0]), np.array([0.0, 0, 1])
        assert pitch(90) @ up == pytest.approx([0, 0, 1])
        assert turn(90) @ ahead == pytest.approx([1, 0, 0])
        assert tilt(90) @ up == pytest.approx([1, 0, 0])

    def test_fraction_of_a_rotation(self) -> None:
        """A third of 90 degrees about an axis is 30 degrees about the same axis."""
        assert fraction(about((1, 2, 3), 90), 1 / 3) == pytest.approx(about((1, 2, 3), 30))

    def test_shortest_turns_one_direction_into_the_other(self) -> None:
        """Also where the two are opposite, and nothing turns where they are equal."""
        for start, end in (((1, 0, 0), (0, 1, 0)), ((0, 0, 1), (0, 0, -1)), ((1, 1, 0), (1, 1, 0))):
            assert shortest(start, end) @ np.array(start, float) == pytest.approx(np.array(end, float))

    def test_two_bones_make_a_right_triangle(self) -> None:
        """Bones of 3 and 4 that reach 5 have a right angle between them, the joint on the pole's side."""
        upper, lower = two_bone(np.array([5.0, 0, 0]), (0, 0, 1), 3, 4)
        assert angle_between(upper, lower) == pytest.approx(90)
        assert 3 * upper + 4 * lower == pytest.approx([5, 0, 0])
        assert upper[2] > 0

    @pytest.mark.parametrize("angles", [(0, 33, 0), (50, 0, 0), (0, 0, 25), (40, -20, 15)])
    def test_euler_undoes_the_product(self, angles: tuple[float, float, float]) -> None:
        """Turn, tilt and pitch are read back from their product."""
        assert euler(turn(angles[0]) @ tilt(angles[1]) @ pitch(angles[2])) == pytest.approx(angles)


class TestContact:
    """What touches the floor stays there."""

    @pytest.mark.parametrize("name", body_names())
    def test_soles_on_the_floor(self, name: str) -> None:
        """Every body stands with its ankles as high over the floor as over its own soles."""
        body = load_body(name)
        placed = posed(body, Standing(body), Standing.rest)
        for side in ("L", "R"):
            assert body.joint_at(placed, f"foot.{side}")[1] == pytest.approx(body.sole_m, abs=2e-3)

    @pytest.mark.parametrize("round_deg", [-45, 0, 55])
    def test_all_fours(self, round_deg: float) -> None:
        """Cat and cow move neither hands nor knees, and the shoulders stay over the hands."""
        body = load_body("man-average")
        stance = AllFours(body)
        still, moving = (posed(body, stance, {"back_round": value}) for value in (0.0, round_deg))
        for bone in ("wrist.L", "wrist.R", "lowerleg01.L", "lowerleg01.R"):
            assert body.joint_at(moving, bone) == pytest.approx(body.joint_at(still, bone), abs=0.012)

    @pytest.mark.parametrize(
        ("stance", "pose", "still"),
        [
            ("all-fours", {"hips_back": 62, "chest_down": 0.3, "back_round": 20}, "lowerleg01 wrist"),
            ("all-fours", {"chest_down": 0.15}, "wrist lowerleg01 upperleg01"),
            ("supine", {"hip_lift": 25}, "foot upperarm01"),
            ("supine", {"back_round": 40}, "foot upperleg01"),
            ("support", {"left.elbow_flexion": 90, "right.elbow_flexion": 90}, "wrist foot"),
            ("knee-support", {"left.elbow_flexion": 90, "right.elbow_flexion": 90}, "wrist lowerleg01"),
            ("forearm-support", {"hip_sag": 25}, "lowerarm01 wrist foot"),
            ("hips-high", {"trunk_pitch": 35, "shoulders_back": 30}, "lowerarm01 wrist foot"),
        ],
    )
    def test_on_the_floor(self, stance: str, pose: dict[str, float], still: str) -> None:
        """What carries the body in a floor stance moves by less than a thumb's width."""
        body = load_body("man-average")
        placed = STANCES[stance](body)
        before, after = (posed(body, placed, {**placed.rest, **words}) for words in ({}, pose))
        for bone in (f"{name}.{side}" for name in still.split() for side in "LR"):
            assert body.joint_at(after, bone) == pytest.approx(body.joint_at(before, bone), abs=0.03), bone

    @pytest.mark.parametrize("side", ["left", "right"])
    def test_side_support(self, side: str) -> None:
        """On one forearm the elbow is on the floor under its shoulder, and lifting the hips moves no foot."""
        body = load_body("woman-tall")
        stance = STANCES["side-support"](body)
        low, high = (posed(body, stance, {f"{side}.propped": 1, "hip_sag": sag}) for sag in (34, 0))
        suffix = ".L" if side == "left" else ".R"
        elbow, shoulder = (body.joint_at(high, name + suffix) for name in ("lowerarm01", "upperarm01"))
        assert elbow[1] == pytest.approx(0.05, abs=0.01)
        assert elbow[[0, 2]] == pytest.approx(shoulder[[0, 2]], abs=0.01)
        assert body.joint_at(high, "foot" + suffix) == pytest.approx(body.joint_at(low, "foot" + suffix), abs=0.06)

    def test_standing_up_leaves_the_feet_where_they_are(self) -> None:
        """Rising from the seat lifts the hips to the legs' length and moves no ankle."""
        body = load_body("woman-old")
        stance = Seated(body)
        sitting, standing = (posed(body, stance, {"rise": value}) for value in (0.0, 1.0))
        for bone in ("foot.L", "foot.R"):
            assert body.joint_at(standing, bone) == pytest.approx(body.joint_at(sitting, bone), abs=5e-3)
        hips = body.joint_at(standing, "upperleg01.L")[1]
        assert hips == pytest.approx(sum(limb_lengths(body, "left", LEG)) + body.sole_m, abs=0.02)

    def test_a_lunge_leaves_the_foot_behind_where_it_stands(self) -> None:
        """The front foot goes 0.76 m ahead; with its knee square the hips lie over the middle of the step."""
        body = load_body("man-average")
        stance, step = Standing(body), 0.38
        pose = {"step_ahead": step, "other.step_ahead": -step, "away": -step, "knee_flexion": 90.0}
        before, after = (posed(body, stance, pose_channels(p, "left")) for p in ({}, pose))
        front, behind = (body.joint_at(after, bone) for bone in ("foot.L", "foot.R"))
        assert front[2] - body.joint_at(before, "foot.L")[2] == pytest.approx(2 * step, abs=0.02)
        assert front[1] == pytest.approx(body.sole_m, abs=0.005)
        assert behind[1] > 1.5 * body.sole_m  # the heel has come up, the ball of the foot stays
        assert 0 < behind[2] - body.joint_at(before, "foot.R")[2] < 0.15
        hips = (body.joint_at(after, "upperleg01.L") + body.joint_at(after, "upperleg01.R")) / 2
        assert hips[2] == pytest.approx(step, abs=0.02)

    def test_sitting_against_a_wall_slides_straight_down(self) -> None:
        """Feet a thigh's length ahead: with the knees square the thighs are level, and the hips came straight down."""
        body = load_body("man-average")
        thigh = limb_lengths(body, "left", LEG)[0]
        stance = Standing(body)
        high, low = (
            posed(body, stance, {f"{s}.{w}": v for s in ("left", "right") for w, v in pose.items()})
            for pose in ({"step_ahead": thigh}, {"step_ahead": thigh, "knee_flexion": 88.0})
        )
        hip, knee = (body.joint_at(low, bone) for bone in ("upperleg01.L", "lowerleg01.L"))
        assert hip[1] == pytest.approx(knee[1], abs=0.04)
        assert hip[2] == pytest.approx(body.joint_at(high, "upperleg01.L")[2], abs=0.01)
        assert body.joint_at(low, "foot.L") == pytest.approx(body.joint_at(high, "foot.L"), abs=0.01)

    def test_a_foot_may_be_lifted_on_its_way(self) -> None:
        """The other foot carries the body: it stays as high as it stands."""
        body = load_body("man-average")
        stance = Standing(body)
        pose = pose_channels({"step_ahead": 0.2, "step_lift": 0.08, "knee_flexion": 40}, "left")
        placed = posed(body, stance, pose)
        assert body.joint_at(placed, "foot.L")[1] == pytest.approx(body.sole_m + 0.08, abs=0.005)
        assert body.joint_at(placed, "foot.R")[1] == pytest.approx(body.sole_m, abs=0.005)

    def test_skeleton_keeps_its_lengths(self) -> None:
        """No pose stretches a thigh."""
        body = load_body("man-heavy")
        placed = posed(body, Standing(body), {"left.knee_flexion": 90, "right.knee_flexion": 90})
        thigh = body.joint_at(placed, "lowerleg01.L") - body.joint_at(placed, "upperleg01.L")
        assert float(np.linalg.norm(thigh)) == pytest.approx(limb_lengths(body, "left", LEG)[0], rel=1e-4)


class TestHeld:
    """Things in hands."""

    def test_a_cup_goes_with_its_hand(self, person: Person) -> None:
        """However the arm is bent, it is where the hand is; the other hand holds nothing."""
        (cup,) = held(person.body, {"right": "cup"})
        bent = posed(person.body, Standing(person.body), pose_channels({"elbow_flexion": 90}, "right"))
        wrist = person.body.joint_at(bent, "wrist.R")
        points, _ = cup.posed(bent)
        assert float(np.linalg.norm(points.mean(axis=0) - wrist)) < 0.12

    def test_a_stick_reaches_from_hand_to_hand(self, person: Person) -> None:
        """Its ends are in the palms, also where one arm is raised."""
        (stick,) = held(person.body, {"both": "stick"})
        raised = posed(person.body, Standing(person.body), pose_channels({"shoulder_abduction": 120}, "left"))
        points, _ = stick.posed(raised)
        for side, name in (("left", "L"), ("right", "R")):
            nearest = np.linalg.norm(points - person.body.joint_at(raised, f"wrist.{name}"), axis=1).min()
            assert nearest < 0.1, side


class TestTouches:
    """Hands that rest on the own body or on the chair."""

    @pytest.mark.parametrize("side", ["left", "right"])
    def test_a_hand_on_the_other_knee_crosses_the_middle(self, person: Person, side: str) -> None:
        """Bent forward, each hand lies near the knee of the other leg, within a hand's length."""
        channels = pose_channels({"trunk_pitch": 48, "back_round": 48, "knee_flexion": 40}, None)
        crossed = {**channels, f"{side}.hand_on_other_knee": 1.0}
        world = person.landmarks(posed(person.body, Standing(person.body), crossed))
        other = "right" if side == "left" else "left"
        assert np.linalg.norm(world[INDEX[f"{side}_wrist"]] - world[INDEX[f"{other}_knee"]]) < 0.25

    @pytest.mark.parametrize(("side", "sign"), [("left", 1.0), ("right", -1.0)])
    def test_both_hands_lie_on_the_backrest_beside_a_turned_trunk(self, person: Person, side: str, sign: float) -> None:
        """The backrest is 25 cm to the side, as high as the lower ribs; both wrists come to it."""
        other = "right" if side == "left" else "left"
        touch = {f"{side}.hand_on_backrest": 1.0, f"{other}.hand_across_backrest": 1.0}
        turned = pose_channels({"trunk_turn": 45}, side)  # type: ignore[arg-type]
        world = person.landmarks(posed(person.body, Seated(person.body), {**turned, **touch}))
        for wrist in (world[INDEX["left_wrist"]], world[INDEX["right_wrist"]]):
            assert wrist[0] * sign == pytest.approx(0.275, abs=0.06)

    def test_elbows_ahead_close_before_the_face(self, person: Person) -> None:
        """Hands behind the head stay there; the elbows come nearer to each other and forward."""
        behind = pose_channels({"hand_behind_head": 1}, None)
        wide = person.landmarks(posed(person.body, Seated(person.body), behind))
        ahead = pose_channels({"hand_behind_head": 1, "elbow_ahead": 1}, None)
        close = person.landmarks(posed(person.body, Seated(person.body), ahead))
        left, right = INDEX["left_elbow"], INDEX["right_elbow"]
        assert close[left][0] - close[right][0] < 0.8 * (wide[left][0] - wide[right][0])
        assert close[left][2] > wide[left][2] + 0.05
        assert close[INDEX["left_wrist"]] == pytest.approx(wide[INDEX["left_wrist"]], abs=0.005)


@pytest.mark.parametrize(("prop", "side"), [("side-chair-left", 1.0), ("side-chair-right", -1.0)])
def test_a_chair_to_sit_on_sideways_has_its_backrest_at_the_side(prop: str, side: float) -> None:
    """What is highest is the back: 25 cm to the left (x) or right, and level with the person."""
    back = max(PROPS[prop](0.45), key=lambda box: box.centre[1])
    assert back.centre[0] * side == pytest.approx(0.25)
    assert back.centre[2] == pytest.approx(0)


def test_a_chair_of_the_motions_own_takes_the_place_of_the_stances() -> None:
    """Nobody sits on two chairs; other props come in addition."""
    assert props_of(("chair",), ("side-chair-left",)) == ("side-chair-left",)
    assert props_of(("chair",), ("doorway",)) == ("chair", "doorway")


def test_body_at_rest_is_life_sized() -> None:
    """Grown people are between 1.45 and 1.95 m tall, and their left is at +x."""
    for name in body_names():
        body: Body = load_body(name)
        heights = body.vertices[np.unique(body.parts["body"]), 1]
        assert 1.45 < float(np.ptp(heights)) < 1.95
        assert body.joint("upperarm01.L")[0] > 0 > body.joint("upperarm01.R")[0]
