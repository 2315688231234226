"""Makes the helper modules in this folder importable from every test, in whatever folder it is."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# OpenCV reads this once, when it first opens a stream; here a test may do so before the camera module does.
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")

# What the developer has chosen for their own sessions, and has done in them, is none of a test's business.
CHOICES = Path(tempfile.mkdtemp(prefix="poise-config-"))
os.environ["POISE_CONFIG"] = str(CHOICES)
PAST = Path(tempfile.mkdtemp(prefix="poise-data-"))
for _folder in (CHOICES, PAST):
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["POISE_DATA"] = str(PAST)
os.environ["LC_ALL"] = "C.UTF-8"


def pytest_runtest_teardown() -> None:
    """Nor does one test remember what another has chosen."""
    (CHOICES / "settings.json").unlink(missing_ok=True)
