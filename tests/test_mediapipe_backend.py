"""What only the MediaPipe backend does: outlines, quiet starts, and clear words where it cannot run."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from contextlib import closing
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
import pytest

from poise.core.landmarks import INDEX
from poise.core.types import Frame
from poise.errors import ModelError
from poise.io import mediapipe_backend
from poise.io.mediapipe_backend import MediaPipeBackend
from poise.io.model.bundle import build_bundle
from poise.io.video import VideoFile
from pose_material import cached_model, private_clip
from tiny_networks import tiny_networks

SQUATS = "tensorflow__tfjs-models__pose_squats.mp4"


def run_python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a fresh process."""
    command = [sys.executable, "-c", textwrap.dedent(code), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True)


@pytest.mark.model
@pytest.mark.private
def test_the_outline_surrounds_the_body() -> None:
    """With masks the pose has a polygon in pixels, and the hips lie inside it."""
    capture = cv2.VideoCapture(str(private_clip(SQUATS)))
    backend = MediaPipeBackend(cached_model(masks=True), masks=True)
    pose = backend.estimate(Frame(0, 0.0, capture.read()[1]))
    backend.close()
    assert pose.outline is not None
    assert pose.outline.shape[1] == 2
    assert not pose.outline.flags.writeable
    contour = pose.outline.astype(np.float32)
    for hip in ("left_hip", "right_hip"):
        x, y = pose.xy_px[INDEX[hip]]
        assert cv2.pointPolygonTest(contour, (float(x), float(y)), measureDist=False) > 0


@pytest.mark.model
def test_masks_of_every_width_can_be_read() -> None:
    """A picture whose rows of mask are not whole blocks of memory ends no process, and points stay where they are.

    In a process of its own, because what it guards against cannot be caught.
    """
    code = """
        import sys
        from pathlib import Path
        import cv2
        from poise.core.types import Frame
        from poise.io.mediapipe_backend import MediaPipeBackend
        from poise.io.video import VideoFile
        whole = next(iter(VideoFile(Path(sys.argv[2])))).bgr
        noses = []
        for width in (636, 637, 638):
            backend = MediaPipeBackend(Path(sys.argv[1]), masks=True)
            pose = backend.estimate(Frame(0, 0.0, whole[:, :width].copy()))
            backend.close()
            assert pose.outline is not None, width
            noses.append(pose.xy_px[0])
        print(max(abs(noses[0] - nose).max() for nose in noses))
    """
    sample = Path(__file__).parents[1] / "sample_videos" / "upper-trapezius-stretch.mp4"
    apart_px = float(run_python(code, str(cached_model(masks=True)), str(sample)).stdout)
    assert apart_px < 2.0


class Mask:
    """A segmentation mask as mediapipe gives it."""

    def __init__(self, shares: np.ndarray) -> None:
        self._shares = shares[..., np.newaxis]

    def numpy_view(self) -> np.ndarray:
        """(H, W, 1) shares of certainty."""
        return self._shares


def test_the_outline_is_the_largest_patch_of_the_mask() -> None:
    """Specks that the model takes for a person do not become the outline; where all is doubtful there is none."""
    shares = np.full((40, 60), 0.2)
    shares[2:4, 2:4] = 0.9
    shares[10:31, 20:51] = 0.9
    outline = mediapipe_backend._outline([Mask(shares)])
    assert outline is not None
    assert (outline.min(axis=0).tolist(), outline.max(axis=0).tolist()) == ([20, 10], [50, 30])
    assert mediapipe_backend._outline([Mask(np.full((40, 60), 0.5))]) is None


@pytest.mark.model
@pytest.mark.private
def test_a_start_is_quiet() -> None:
    """Nothing of the library's chatter reaches standard error, up to the first person found and beyond."""
    finished = run_python(
        """
        import sys
        from pathlib import Path
        import cv2
        from poise.core.types import Frame
        from poise.io.mediapipe_backend import MediaPipeBackend
        capture = cv2.VideoCapture(sys.argv[2])
        backend = MediaPipeBackend(Path(sys.argv[1]))
        print([backend.estimate(Frame(i, i / 5, capture.read()[1])).found for i in range(3)])
        backend.close()
        """,
        str(cached_model()),
        str(private_clip(SQUATS)),
    )
    assert finished.stdout.strip() == "[True, True, True]"
    assert finished.stderr == ""


@pytest.mark.model
def test_sound_is_left_alone_until_it_is_used() -> None:
    """Making a backend does not search for sound hardware, and mediapipe's audio package still works afterwards."""
    finished = run_python(
        """
        import sys
        from pathlib import Path
        from poise.io.mediapipe_backend import MediaPipeBackend
        MediaPipeBackend(Path(sys.argv[1])).close()
        print("mediapipe.tasks.python.audio.core.audio_record" in sys.modules)
        import mediapipe
        print(mediapipe.tasks.audio.AudioClassifier.__name__)
        """,
        str(cached_model()),
    )
    assert finished.stdout.split() == ["False", "AudioClassifier"]


def test_real_errors_pass_the_filter(capfd: pytest.CaptureFixture[str]) -> None:
    """Only known chatter is dropped; anything else on standard error arrives."""
    with mediapipe_backend._chatter_dropped:
        os.write(2, b"W0000 00:00 a.cc:1] feedback manager\nINFO: Created delegate\nE0000 00:00] disk on fire\n")
    assert capfd.readouterr().err == "E0000 00:00] disk on fire\n"


def test_without_room_for_a_temporary_file_nothing_is_dropped(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk must not stop a session for the sake of quiet."""

    def disk_full() -> None:
        raise FileNotFoundError("No usable temporary directory found")

    monkeypatch.setattr(mediapipe_backend.tempfile, "TemporaryFile", disk_full)
    with mediapipe_backend._chatter_dropped:
        os.write(2, b"INFO: still here\n")
    assert capfd.readouterr().err == "INFO: still here\n"


def test_a_machine_without_mediapipe_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the library cannot be imported, the error says what it exists for."""
    model = tmp_path / "some.task"
    model.write_bytes(b"")
    monkeypatch.setitem(sys.modules, "mediapipe", None)
    with pytest.raises(ModelError, match="does not run on this machine") as caught:
        MediaPipeBackend(model)
    assert "Linux on x86-64" in caught.value.hint


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    """The path is in the message."""
    with pytest.raises(ModelError, match=r"absent\.task"):
        MediaPipeBackend(tmp_path / "absent.task")


@pytest.mark.parametrize("content", [b"", b"not a zip", build_bundle(tiny_networks(), lean=False)])
def test_a_file_that_is_no_working_model_is_one_clear_error(tmp_path: Path, content: bytes) -> None:
    """Nothing, a text, or a bundle of other networks: one line, no stack trace, no crash."""
    model = tmp_path / "wrong.task"
    model.write_bytes(content)
    with pytest.raises(ModelError, match="not a working pose model") as caught:
        MediaPipeBackend(model)
    assert "\n" not in caught.value.message


@pytest.mark.model
def test_what_is_prepared_beforehand_gives_the_same_poses() -> None:
    """With every picture prepared before the model looks at the first, as a thread that reads ahead may do."""
    frames = list(islice(VideoFile(Path(__file__).parents[1] / "sample_videos" / "squat.mp4"), 3))
    with closing(MediaPipeBackend(cached_model())) as backend, closing(MediaPipeBackend(cached_model())) as other:
        looks = [backend.prepare(frame) for frame in frames]
        for frame, look in zip(frames, looks, strict=True):
            assert np.array_equal(look().xy_px, other.estimate(frame).xy_px)
