"""The studio's truth: angles and outlines, checked by numbers that can be derived by hand."""

from __future__ import annotations

import numpy as np
import pytest

from poise.core.landmarks import INDEX
from studio.camera import Camera
from studio.person import Character, Person
from studio.pose import posed
from studio.rotation import angle_between
from studio.silhouette import silhouette
from studio.truth import joint_angles, measures
from studio.upright import Seated, Standing
from studio.words import pose_channels


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
