"""The studio's truth, checked by numbers that can be derived by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from poise.core.landmarks import INDEX
from studio.body import Body, body_names, load_body
from studio.camera import Camera
from studio.clip import props_of, sidecar
from studio.floor import AllFours
from studio.held import held
from studio.limbs import LEG, limb_lengths
from studio.motion import Motion, load_motion
from studio.person import Character, Person
from studio.pose import posed
from studio.room import PROPS
from studio.rotation import about, angle_between, fraction, pitch, shortest, tilt, turn, two_bone
from studio.silhouette import silhouette
from studio.stances import STANCES
from studio.timeline import Timeline, eased, time_at
from studio.truth import euler, joint_angles, measures, write_truth
from studio.upright import Seated, Standing
from studio.words import MotionError, channels, pose_channels

MOTIONS = sorted((Path(__file__).parents[1] / "sample_videos" / "motions").glob("*.yaml"))


@pytest.fixture(scope="module")
def person() -> Person:
    """One person, made once: making the clothes takes a moment."""
    return Person(Character("woman-slim"))


def true_values(person: Person, stance: type, pose: dict[str, float], side: str | None = "left") -> dict[str, float]:
    """Measures of a pose seen from the front."""
    made = stance(person.body)
    transforms = posed(person.body, made, pose_channels(pose, side))  # type: ignore[arg-type]
    world = person.landmarks(transforms)
    return measures(person.body, transforms, world, Camera((0, 1, 3), (0, 1, 0)).project(world))


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


class TestTruth:
    """What the joints say is what the words asked for."""

    @pytest.mark.parametrize(("word", "value"), [("neck_tilt", 33), ("neck_turn", 50), ("neck_nod", 25)])
    def test_neck(self, person: Person, word: str, value: float) -> None:
        """A word of the neck alone comes back exactly, and the others stay 0."""
        found = true_values(person, Seated, {word: value})
        for name in ("neck_tilt", "neck_turn", "neck_nod"):
            assert found[name] == pytest.approx(value if name == word else 0, abs=1e-6)

    def test_right_is_the_mirror_image(self, person: Person) -> None:
        """A tilt to the right has the opposite sign, and the right ear is the lower one."""
        found = true_values(person, Seated, {"neck_tilt": 33}, side="right")
        assert found["neck_tilt"] == pytest.approx(-33)
        transforms = posed(person.body, Seated(person.body), pose_channels({"neck_tilt": 33}, "right"))
        ears = person.landmarks(transforms)[[INDEX["left_ear"], INDEX["right_ear"]]]
        assert ears[1][1] < ears[0][1] - 0.03

    def test_shoulder_raise_is_in_shoulder_widths(self, person: Person) -> None:
        """A shrug of 20 % lifts the shoulder joint by 20 % of the shoulder width, the other not at all."""
        found = true_values(person, Standing, {"left.shoulder_raise": 20})
        assert found["left.shoulder_raise"] == pytest.approx(20, abs=1e-6)
        assert found["right.shoulder_raise"] == pytest.approx(0, abs=1e-6)

    @pytest.mark.parametrize("value", [0, 45, 90, 130])
    def test_elbow(self, person: Person, value: float) -> None:
        """The angle between upper arm and forearm is the elbow's flexion."""
        assert true_values(person, Standing, {"elbow_flexion": value})["left.elbow_flexion"] == pytest.approx(
            value, abs=0.02
        )

    def test_goalpost(self, person: Person) -> None:
        """Upper arms level, elbows at 90, turned outward: the forearms point straight up."""
        pose = {"shoulder_abduction": 90, "elbow_flexion": 90, "arm_rotation": 90}
        world = person.landmarks(posed(person.body, Standing(person.body), pose_channels(pose, None)))
        for side in ("left", "right"):
            forearm = world[INDEX[f"{side}_wrist"]] - world[INDEX[f"{side}_elbow"]]
            assert angle_between(forearm, (0, 1, 0)) == pytest.approx(0, abs=1e-4)

    @pytest.mark.parametrize("value", [30, 60, 100])
    def test_squat(self, person: Person, value: float) -> None:
        """Both knees bend by what was asked (2 degrees soft at rest), and the ankles stay where they are."""
        found = true_values(person, Standing, {"knee_flexion": value}, side=None)
        assert found["left.knee_flexion"] == pytest.approx(value + 2, abs=0.5)
        assert found["right.knee_flexion"] == pytest.approx(value + 2, abs=0.5)
        still, deep = (
            person.landmarks(posed(person.body, Standing(person.body), pose_channels({"knee_flexion": v}, None)))
            for v in (0, value)
        )
        for ankle in ("left_ankle", "right_ankle"):
            assert deep[INDEX[ankle]] == pytest.approx(still[INDEX[ankle]], abs=2e-3)

    def test_trunk_pitch_is_a_hinge_in_the_hips(self, person: Person) -> None:
        """A pitch of 40 degrees moves the trunk line by 40 degrees and the hips not at all."""
        upright, bent = (true_values(person, Standing, {"trunk_pitch": v}) for v in (0, 40))
        assert bent["trunk_pitch"] - upright["trunk_pitch"] == pytest.approx(40, abs=1e-3)

    def test_joint_angles_of_a_drawn_figure(self) -> None:
        """Upright figure, arms level, forearms up, one knee at a right angle."""
        points = np.zeros((33, 2))
        for side, x in (("left", 1.0), ("right", -1.0)):
            for name, place in {
                "hip": (x, 0), "shoulder": (x, 3), "elbow": (3 * x, 3), "wrist": (3 * x, 5), "knee": (x, -2),
                "ankle": (x, -4) if side == "left" else (x - 2, -2),
            }.items():  # fmt: skip
                points[INDEX[f"{side}_{name}"]] = place
        found = joint_angles(points)
        assert found["left.shoulder_abduction"] == pytest.approx(90)
        assert found["left.elbow_flexion"] == pytest.approx(90)
        assert found["left.knee_flexion"] == pytest.approx(0)
        assert found["right.knee_flexion"] == pytest.approx(90)


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


class TestCamera:
    """A pinhole."""

    def test_projection(self) -> None:
        """From 2 m with 90 degrees of view, 1 m to the left of the person is half way to the picture's right edge."""
        camera = Camera((0, 1, 2), (0, 1, 0), (640, 480), field_deg=90)
        assert camera.focal_px == pytest.approx(320)
        assert camera.project([0, 1, 0]) == pytest.approx([320, 240], abs=0.1)
        assert camera.project([1, 1, 0]) == pytest.approx([480, 240], abs=0.1)
        assert camera.project([0, 2, 0]) == pytest.approx([320, 80], abs=0.1)

    def test_an_outline_goes_round_the_person(self, person: Person) -> None:
        """Somebody who stands reaches from the top of the head to the feet, and no landmark lies outside."""
        camera = Camera((0, 0.9, 3), (0, 0.9, 0))
        transforms = posed(person.body, Standing(person.body), {})
        outline = silhouette(person.surfaces, transforms, camera)
        points = camera.project(person.landmarks(transforms))
        assert (outline.min(axis=0) <= points.min(axis=0) + 1).all()
        assert (outline.max(axis=0) >= points.max(axis=0) - 1).all()
        height_m = np.ptp(person.body.vertices[:, 1])
        assert np.ptp(outline[:, 1]) == pytest.approx(camera.focal_px * height_m / 3, rel=0.08)  # toes are nearer


class TestWords:
    """Sides and prefixes."""

    def test_sides(self) -> None:
        """The working side, the other one, both, and a sign for what leans to a side."""
        assert channels("neck_tilt", 30, "right") == {"neck_tilt": -30}
        assert channels("left.neck_tilt", 30, "right") == {"neck_tilt": 30}
        assert channels("shoulder_raise", 9, "left") == {"left.shoulder_raise": 9}
        assert channels("other.shoulder_raise", 9, "left") == {"right.shoulder_raise": 9}
        assert channels("elbow_flexion", 9, None) == {"left.elbow_flexion": 9, "right.elbow_flexion": 9}

    def test_unknown_words_name_the_nearest(self) -> None:
        """A slip of the pen is answered with the word that was meant."""
        with pytest.raises(MotionError, match="neck_tilt"):
            channels("neck_tlit", 30, "left")

    def test_other_needs_a_side(self) -> None:
        """Without a working side there is no other one."""
        with pytest.raises(MotionError, match="working side"):
            channels("other.shoulder_raise", 9, None)


def motion(**changes: object) -> Motion:
    """A small motion: one arm raise of 2 s up, 3 s held, 2 s down, after 1 s of rest."""
    plan: dict[str, object] = {
        "spec": "arm-raise", "set": "tune", "seed": 1, "who": "mara", "room": "study", "stance": "standing",
        "camera": {"distance": 2, "height": 1, "aim": 1}, "lively": 0,
        "moves": {"up": [{"pose": {"shoulder_abduction": 100}, "over": 2, "stay": "3 s"}, {"pose": "rest", "over": 2}]},
        "script": [{"wait": 1}, {"rep": "up", "side": "left", "fault": "shrug"}],
    }  # fmt: skip
    return Motion.model_validate({**plan, **changes})


class TestTimeline:
    """From key poses to a pose at any time."""

    def test_holds_and_moves(self) -> None:
        """Rest before, half way in the middle of the movement, the whole during the hold, rest after."""
        made = Timeline(motion(), {"left.shoulder_abduction": 10})
        asked = {0.5: 10, 2.0: 55, 3.0: 100, 5.9: 100, 8.0: 10}
        for t_s, value in asked.items():
            assert made.written(t_s)["left.shoulder_abduction"] == pytest.approx(value)
        assert made.duration_s == pytest.approx(8)

    def test_repetition_times(self) -> None:
        """A repetition is seen to begin when a tenth of its first movement is done."""
        (repetition,) = Timeline(motion(), {}).repetitions
        assert repetition.held_from_s == pytest.approx(3)
        assert repetition.held_until_s == pytest.approx(6)
        assert repetition.start_s == pytest.approx(1 + 2 * time_at(0.1))
        assert repetition.end_s == pytest.approx(8 - 2 * time_at(0.1))
        assert repetition.faults == ("shrug",)

    def test_share_scales_from_rest(self) -> None:
        """Half of the way from 10 to 100 is 55."""
        half = motion(script=[{"rep": "up", "side": "left", "share": 0.5, "miss": True}])
        made = Timeline(half, {"left.shoulder_abduction": 10})
        assert made.written(3.0)["left.shoulder_abduction"] == pytest.approx(55)
        assert not made.repetitions[0].counts

    @pytest.mark.parametrize(("strength", "bent", "raised"), [("slight", 12, 6), ("clear", 20, 10), ("strong", 30, 15)])
    def test_strength_scales_what_a_fault_changes(self, strength: str, bent: float, raised: float) -> None:
        """Away from the pose without it (elbow at rest 0; shoulder left out of the pose); touching stays whole."""
        also = {"elbow_flexion": 20, "shoulder_raise": 10, "hand_on_hip": 1}
        made = Timeline(motion(script=[{"rep": "up", "side": "left", "also": also, "strength": strength}]), {})
        held = made.written(3.0)
        assert held["left.elbow_flexion"] == pytest.approx(bent)
        assert held["left.shoulder_raise"] == pytest.approx(raised)
        assert held["left.hand_on_hip"] == 1
        assert held["left.shoulder_abduction"] == 100

    def test_strength_is_measured_from_the_pose_itself(self) -> None:
        """An arm that goes to 140 in place of 100 goes to 124 when that is slight."""
        step = {"rep": "up", "side": "left", "also": {"shoulder_abduction": 140}, "strength": "slight"}
        assert Timeline(motion(script=[step]), {}).written(3.0)["left.shoulder_abduction"] == pytest.approx(124)

    def test_movement_starts_and_ends_gently(self) -> None:
        """Least jerk: symmetric, and almost still at both ends."""
        assert eased(0.5) == pytest.approx(0.5)
        assert eased(0.1) < 0.01
        assert eased(0.9) > 0.99

    def test_same_seed_same_movement(self) -> None:
        """Irregularities come from the seed alone."""
        lively = [Timeline(motion(lively=1, seed=seed), {}).at(2.2) for seed in (5, 5, 6)]
        assert lively[0] == lively[1]
        assert lively[0] != lively[2]

    def test_a_step_is_one_thing(self) -> None:
        """Waiting and moving at once is refused, and so is a move that is not there."""
        with pytest.raises(ValueError, match="exactly one"):
            motion(script=[{"wait": 1, "rep": "up"}])
        with pytest.raises(ValueError, match="'down'"):
            motion(script=[{"rep": "down"}])


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

    def test_a_stick_needs_both_hands(self) -> None:
        """One hand cannot hold its two ends."""
        with pytest.raises(ValueError, match="both hands"):
            motion(held={"left": "stick"})


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


def test_slight_faults_may_be_told_or_not() -> None:
    """The sidecar expects the strong fault and leaves the slight one open."""
    fault = {"rep": "up", "side": "left", "fault": "shrug"}
    plan = motion(script=[{**fault, "strength": "slight"}, {**fault, "strength": "strong"}])
    expect = sidecar(plan, Timeline(plan, {}))["expect"]
    assert expect["faults"] == {"shrug": [2]}
    assert expect["may"] == {"shrug": [1]}


def test_what_is_known_not_to_be_found_goes_into_the_sidecar() -> None:
    """A motion without such a note gives a sidecar without one."""
    noted = motion(known="the far arm is hidden")
    assert sidecar(noted, Timeline(noted, {}))["known"] == "the far arm is hidden"
    assert "known" not in sidecar(motion(), Timeline(motion(), {}))


def test_the_truth_keeps_faults_and_their_strength(tmp_path: Path) -> None:
    """Several faults of one repetition are one text; a repetition without any has an empty one."""
    both = {"rep": "up", "side": "left", "fault": ["shrug", "bent"], "strength": "strong"}
    made = Timeline(motion(script=[both, {"rep": "up", "side": "left"}]), {})
    path = tmp_path / "clip.truth.npz"
    nothing = (np.zeros((1, 33, 3)), np.zeros((1, 33, 2)), [{"neck_tilt": 0.0}])
    write_truth(path, [0.0], *nothing, made.repetitions, [np.array([[3.0, 4.0], [5.0, 6.0]])])
    with np.load(path) as truth:
        assert truth["outline"].tolist() == [[3, 4], [5, 6]]
        assert truth["outline_len"].tolist() == [2]
        assert truth["faults"].tolist() == ["shrug bent", ""]
        assert truth["strength"].tolist() == ["strong", "clear"]


def test_mistakes_in_a_motion_file_are_named(tmp_path: Path) -> None:
    """A file that is missing, is no YAML, or has an unknown key is refused with its name and the field."""
    path = tmp_path / "wave.yaml"
    with pytest.raises(MotionError, match=r"wave\.yaml cannot be read"):
        load_motion(path)
    path.write_text("spec: [")
    with pytest.raises(MotionError, match=r"wave\.yaml"):
        load_motion(path)
    path.write_text("{spec: null, set: tune, sed: 1}")
    with pytest.raises(MotionError, match=r"wave\.yaml: (seed|sed|who)"):
        load_motion(path)


@pytest.mark.parametrize("path", MOTIONS, ids=lambda path: path.stem)
def test_motion_files_are_whole(path: Path) -> None:
    """Every motion file loads and its words are known; it has a repetition unless it is a negative clip."""
    plan = load_motion(path)
    stance = STANCES[plan.stance]
    made = Timeline(plan, stance.rest)
    assert bool(made.repetitions) == (plan.spec is not None)
    assert 5 < made.duration_s < 75


def test_body_at_rest_is_life_sized() -> None:
    """Grown people are between 1.45 and 1.95 m tall, and their left is at +x."""
    for name in body_names():
        body: Body = load_body(name)
        heights = body.vertices[np.unique(body.parts["body"]), 1]
        assert 1.45 < float(np.ptp(heights)) < 1.95
        assert body.joint("upperarm01.L")[0] > 0 > body.joint("upperarm01.R")[0]
