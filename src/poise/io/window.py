"""A window on the screen, and its keys."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Final, Protocol

import cv2

from poise.core.types import ByteArray
from poise.errors import DisplayError

_HINT: Final = "run it on the desktop, or use `poise analyze` on a recorded clip"
_LARGEST: Final = (1280, 760)
_KEYS: Final = {27: "q", 32: "space", 13: "enter"}


class Screen(Protocol):
    """Where live coaching shows pictures and takes keys from."""

    @property
    def room(self) -> tuple[int, int] | None:
        """Width and height that a picture fills; drawn at this size its words are sharp. None where any will do."""
        ...

    def show(self, bgr: ByteArray) -> None:
        """Show a picture."""
        ...

    def key(self) -> str | None:
        """The key that was pressed since the last call ("q" also when the window was closed), or None.

        A screen may keep keys to itself, as a window does with "f", which turns full screen on and off.
        """
        ...

    def close(self) -> None:
        """Take the window away; may be called twice."""
        ...


def check_display() -> str:
    """What display there is.

    OpenCV's window library ends the whole process when it finds no display, so this must be known before.

    Raises:
        DisplayError: There is none.
    """
    if not sys.platform.startswith("linux"):
        return sys.platform
    # OpenCV's wheel brings no window library for Wayland: there it goes through X11, as under XWayland.
    name = os.environ.get("DISPLAY", "")
    if not name:
        raise DisplayError("there is no display", _HINT)
    if not _answers(name):
        raise DisplayError(f"the display {name} does not answer", _HINT)
    return f"X11 {name}"


def _answers(display: str) -> bool:
    """Connect as the window library will: by name, with the user's key, to this machine or another.

    The connection stays open: a server that loses its only client starts anew, and meanwhile refuses the window.
    """
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:  # without it no window can be opened either
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    return not xcb.xcb_connection_has_error(connection)


class Window:
    """An OpenCV window that keeps the picture's shape; its key "f" turns full screen on and off.

    Args:
        title: What its frame says.
        full: Whether it begins by filling the screen.
        largest: Width and height that it begins with at most.

    Attributes:
        full: Whether it fills the screen now.

    Raises:
        DisplayError: There is no display, or no window can be opened on it.
    """

    def __init__(self, title: str, *, full: bool = False, largest: tuple[int, int] = _LARGEST) -> None:
        check_display()
        # The wheel brings no fonts for its window library, which then complains about each; our text is drawn by us.
        os.environ.setdefault("QT_LOGGING_RULES", "*.warning=false;*.info=false")
        if sys.platform.startswith("linux"):
            os.environ["QT_QPA_PLATFORM"] = "xcb"  # the only one in the wheel; asked for another, it ends the process
        self._title = title
        self._sized = False
        self.full = full
        self._largest = largest
        self._open = True
        try:
            cv2.namedWindow(title, cv2.WINDOW_NORMAL | cv2.WINDOW_KEEPRATIO | cv2.WINDOW_GUI_NORMAL)
        except cv2.error as error:
            raise DisplayError(f"no window can be opened: {error.err}", _HINT) from error

    @property
    def room(self) -> tuple[int, int]:
        """Width and height that a picture fills: the window's, and before it is shown the largest that it will have."""
        if not self._sized or not self._visible():
            return self._largest
        try:
            _, _, width, height = cv2.getWindowImageRect(self._title)
        except cv2.error:  # a window library that does not tell
            return self._largest
        return (width, height) if width > 0 and height > 0 else self._largest

    def show(self, bgr: ByteArray) -> None:
        """Show a picture; the first one decides the window's size."""
        if not self._sized:
            # As large as a laptop's screen shows whole: it is read from two metres away.
            scale = min(self._largest[0] / bgr.shape[1], self._largest[1] / bgr.shape[0])
            cv2.resizeWindow(self._title, round(bgr.shape[1] * scale), round(bgr.shape[0] * scale))
            self._sized = True
            self._fill()
        cv2.imshow(self._title, bgr)

    def key(self) -> str | None:
        """The key that was pressed since the last call, "q" when the window was closed, or None."""
        code = cv2.waitKey(1) & 0xFF
        if not self._visible():
            return "q"
        if code == 0xFF:
            return None
        key = _KEYS.get(code, chr(code).lower())
        if key != "f":
            return key
        self.full = not self.full
        self._fill()
        return None

    def close(self) -> None:
        """Take the window away; may be called twice."""
        if self._visible():
            cv2.destroyWindow(self._title)
            cv2.waitKey(1)
        self._open = False

    def _fill(self) -> None:
        mode = cv2.WINDOW_FULLSCREEN if self.full else cv2.WINDOW_NORMAL
        cv2.setWindowProperty(self._title, cv2.WND_PROP_FULLSCREEN, mode)

    def _visible(self) -> bool:
        try:
            return self._open and cv2.getWindowProperty(self._title, cv2.WND_PROP_VISIBLE) >= 1
        except cv2.error:  # the library's word for it when the user has closed its last window
            return False
