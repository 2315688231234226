"""Desktop notifications, by the program that the system has for them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from typing import Final

_PATIENCE_S: Final = 5.0
#: The words are handed over as arguments, so that nothing in them can end the script.
_SCRIPT: Final = ("on run argv", "display notification (item 2 of argv) with title (item 1 of argv)", "end run")


class Notifier:
    """Shows notifications.

    Args:
        program: Its name.
        command: What to run for a title and a text.
    """

    def __init__(self, program: str, command: Callable[[str, str], list[str]]) -> None:
        self.program = program
        self._command = command

    def show(self, title: str, text: str) -> bool:
        """Show one; returns whether the desktop took it."""
        try:
            done = subprocess.run(self._command(title, text), capture_output=True, timeout=_PATIENCE_S, check=False)
        except (OSError, subprocess.SubprocessError):
            return False
        return done.returncode == 0


def find_notifier() -> Notifier | None:
    """What shows notifications here, or None."""
    if sys.platform == "darwin":
        lines = [part for line in _SCRIPT for part in ("-e", line)]
        return Notifier("osascript", lambda title, text: ["osascript", *lines, title, text])
    if shutil.which("notify-send"):
        return Notifier("notify-send", lambda title, text: ["notify-send", "--app-name=Poise", "--", title, text])
    return None
