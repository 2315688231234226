"""Makes the helper modules in this folder importable from every test, in whatever folder it is."""

import os

# OpenCV reads this once, when it first opens a stream; here a test may do so before the camera module does.
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
