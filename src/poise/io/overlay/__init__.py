"""What is drawn on the picture: skeleton, the angle that matters now, count, hold, and one thing to do.

``Overlay.draw`` is the whole of it for an exercise, and ``Screens.draw`` for the live session around it. No two colours
differ by red and green alone (Okabe and Ito), and every colour goes with a shape or a word.
"""

from poise.io.overlay.demonstration import draw_demonstration
from poise.io.overlay.overlay import Notice, Overlay, draw_notice
from poise.io.overlay.posture import PostureView
from poise.io.overlay.screens import Screens
from poise.io.overlay.telling import Spoken

__all__ = ["Notice", "Overlay", "PostureView", "Screens", "Spoken", "draw_demonstration", "draw_notice"]
