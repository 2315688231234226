"""What every pose backend promises, proved on the real one and on the fake."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import pytest

from poise.core.types import ByteArray, Frame, Pose, PoseBackend
from poise.errors import ModelError
from poise.io.mediapipe_backend import MediaPipeBackend
from poise.testing import FakeBackend
from pose_material import cached_model, private_clip

SIZE_PX = (720, 1280)


def standing(_t_s: float) -> np.ndarray:
    """Some landmarks well inside the picture."""
    return np.column_stack([np.linspace(200.0, 500.0, 33), np.linspace(100.0, 1200.0, 33)])


@pytest.fixture(params=["fake", pytest.param("mediapipe", marks=pytest.mark.model)])
def kind(request: pytest.FixtureRequest) -> str:
    """Which backend the promise is proved on."""
    return str(request.param)


@pytest.fixture
def backend(kind: str) -> Iterator[PoseBackend]:
    """A backend that finds somebody in ``picture`` (the fake one: always)."""
    made = FakeBackend(standing) if kind == "fake" else MediaPipeBackend(cached_model())
    yield made
    made.close()


@pytest.fixture
def empty_room_backend(kind: str) -> Iterator[PoseBackend]:
    """A backend that finds nobody in a blank picture (the fake one: never anybody)."""
    made = FakeBackend([]) if kind == "fake" else MediaPipeBackend(cached_model())
    yield made
    made.close()


@pytest.fixture
def picture(kind: str) -> ByteArray:
    """A picture with one person in it for the real backend; the fake one does not look."""
    if kind == "fake":
        return blank(SIZE_PX)
    capture = cv2.VideoCapture(str(private_clip("tensorflow__tfjs-models__pose_squats.mp4")))
    bgr = capture.read()[1]
    capture.release()
    return np.asarray(bgr, np.uint8)


def blank(size_px: tuple[int, int]) -> ByteArray:
    """An empty room."""
    return np.zeros((size_px[1], size_px[0], 3), np.uint8)


def arrays_of(pose: Pose) -> list[np.ndarray]:
    """Every array of a pose."""
    return [pose.xy_px, pose.visibility, pose.world_m]


def test_a_pose_belongs_to_its_frame(backend: PoseBackend, picture: ByteArray) -> None:
    """Time and size are the frame's own, to the last bit."""
    pose = backend.estimate(Frame(0, 1 / 3, picture))
    assert (pose.t_s, pose.size_px) == (1 / 3, SIZE_PX)


def test_landmarks_are_pixels_of_a_known_shape(backend: PoseBackend, picture: ByteArray) -> None:
    """33 landmarks in double precision, spread over the picture and not over 0 to 1."""
    pose = backend.estimate(Frame(0, 0.0, picture))
    assert [array.shape for array in arrays_of(pose)] == [(33, 2), (33,), (33, 3)]
    assert {array.dtype for array in arrays_of(pose)} == {np.dtype(np.float64)}
    assert pose.found
    assert np.ptp(pose.xy_px[:, 1]) > SIZE_PX[1] / 3


def test_visibility_is_between_0_and_1(backend: PoseBackend, picture: ByteArray) -> None:
    """Visibility is a share of certainty."""
    visibility = backend.estimate(Frame(0, 0.0, picture)).visibility
    assert np.all((visibility >= 0) & (visibility <= 1))


def test_nobody_in_view_is_nan_and_never_zero(empty_room_backend: PoseBackend) -> None:
    """A blank picture gives a pose of the frame in which nothing is known."""
    pose = empty_room_backend.estimate(Frame(0, 0.5, blank((640, 480))))
    assert not pose.found
    assert (pose.t_s, pose.size_px) == (0.5, (640, 480))
    assert all(np.isnan(array).all() for array in arrays_of(pose))


def test_arrays_are_read_only(backend: PoseBackend, picture: ByteArray) -> None:
    """Nobody downstream can change what was seen."""
    for array in arrays_of(backend.estimate(Frame(0, 0.0, picture))):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0.0


def test_the_frame_is_left_as_it_was(backend: PoseBackend, picture: ByteArray) -> None:
    """The overlay draws on the same picture later."""
    before = picture.copy()
    backend.estimate(Frame(0, 0.0, picture))
    np.testing.assert_array_equal(picture, before)


def test_times_that_stall_or_step_back_are_no_error(backend: PoseBackend, picture: ByteArray) -> None:
    """A source with broken times costs precision, not the session; each pose keeps its frame's time."""
    times_s = [1.0, 1.0, 1.0004, 0.2, 1.0005]
    poses = [backend.estimate(Frame(index, t_s, picture)) for index, t_s in enumerate(times_s)]
    assert [pose.t_s for pose in poses] == times_s
    assert all(pose.found for pose in poses)


@pytest.mark.parametrize("size_px", [(1, 1), (641, 479), (17, 900)])
def test_any_size_of_picture_is_taken(empty_room_backend: PoseBackend, size_px: tuple[int, int]) -> None:
    """Odd, tiny and narrow pictures are pictures."""
    assert empty_room_backend.estimate(Frame(0, 0.0, blank(size_px))).size_px == size_px


def test_closing_twice_is_fine(backend: PoseBackend) -> None:
    """Whoever cleans up need not know who else does."""
    backend.close()
    backend.close()


def test_a_closed_backend_says_so(backend: PoseBackend, picture: ByteArray) -> None:
    """Use after closing is a clear error and no crash."""
    backend.close()
    with pytest.raises(ModelError, match="closed"):
        backend.estimate(Frame(0, 0.0, picture))
