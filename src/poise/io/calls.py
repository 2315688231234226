"""Whether somebody is in a call: another program has the camera or the microphone open.

Linux tells which files a program has open, and devices are files; of programs of other users it does not tell. The
sound server tells of microphones that are no file, such as a headset's without a cable. Other systems keep all this to
themselves.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from poise.core.suggestions import printable

PROC: Final = Path("/proc")
_PATIENCE_S: Final = 2.0
_DEVICES: Final = {"camera": re.compile(r"/dev/video\d+"), "microphone": re.compile(r"/dev/snd/pcmC\d+D\d+c")}


def can_tell() -> bool:
    """Whether calls can be noticed on this system."""
    return sys.platform.startswith("linux") and (PROC / "self" / "fd").is_dir()


def call(proc: Path = PROC) -> str | None:
    """What is in use and by which program, such as "camera: firefox"; None when nothing is.

    Args:
        proc: Where the system tells of its programs.
    """
    own = os.getpid()
    for process in proc.glob("[0-9]*"):
        if int(process.name) == own:
            continue
        for target in _open_files(process):
            for device, pattern in _DEVICES.items():
                if pattern.fullmatch(target):
                    return f"{device}: {_name(process)}"
    return None


def recording() -> str | None:
    """That a program records, as the sound server (PulseAudio, PipeWire) tells; None when none does, or none tells."""
    if not shutil.which("pactl"):
        return None
    command = ["pactl", "list", "short", "source-outputs"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE_S, check=False)
    except (OSError, subprocess.SubprocessError):
        return None
    return "microphone: recording" if done.returncode == 0 and done.stdout.strip() else None


def _open_files(process: Path) -> Iterator[str]:
    try:
        with os.scandir(process / "fd") as entries:
            links = [entry.path for entry in entries]
    except OSError:  # it has ended, or belongs to somebody else
        return
    for link in links:
        try:
            yield str(Path(link).readlink())
        except OSError:
            continue


def _name(process: Path) -> str:
    try:
        return printable((process / "comm").read_text("utf-8", "replace").strip(), 60)
    except OSError:
        return "a program"
