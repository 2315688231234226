"""Reads clips: every frame upright, with square pixels and its real presentation time.

PyAV rather than ``cv2.VideoCapture``: OpenCV ignores non-square pixels, guesses the colour matrix, and reports a
truncated file as an ordinary end. Both wheels bundle their own FFmpeg under private names and do not clash.

Only true video containers and the ``file`` protocol are allowed: no crafted clip makes the reader open a connection.
"""

import cv2  # noqa: F401 -- first: loaded after PyAV's libraries, OpenCV's window library never comes back

from poise.io.video.decoding import VideoInfo
from poise.io.video.file import VideoFile
from poise.io.video.picture import opencv_on_one_thread
from poise.io.video.pieces import Piece

__all__ = ["Piece", "VideoFile", "VideoInfo", "opencv_on_one_thread"]
