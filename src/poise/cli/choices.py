"""Options of live coaching that are remembered from one time to the next."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from poise.cli.console import console, messages, safe
from poise.core.words import Words
from poise.errors import SettingError, SourceError
from poise.io.cameras import NamedCamera, find_cameras, matching
from poise.io.settings import Settings, keep_settings, read_settings
from poise.io.words import languages, read_words, system_language

#: Options that are settings of the same name.
OPTIONS: Final = ("size", "mirror", "full_screen", "still", "voice", "language")

CAMERA_HELP: Final = (
    "a camera by its name, part of it, or its number; the URL of a stream; or a file in place of a camera"
)


@dataclass(frozen=True, slots=True)
class Choices:
    """What is chosen for this session.

    Attributes:
        settings: What is remembered.
        words: The person's language.
        camera: A camera's number, a stream's address, or a file: what ``open_source`` takes.
    """

    settings: Settings
    words: Words
    camera: str


def add_choices(parser: argparse.ArgumentParser, *, screens: bool = True) -> None:
    """``--camera``, ``--list-cameras``, ``--size``, ``--mirror``, ``--still``, ``--voice``, ..."""
    group = parser.add_argument_group("remembered", "what you choose here is kept for the next time")
    group.add_argument("--camera", metavar="CAMERA", help=f"{CAMERA_HELP} (at first: 0)")
    group.add_argument("--size", type=_size, metavar="WxH", help="what to ask a camera for (at first: 640x480)")
    switch = argparse.BooleanOptionalAction
    group.add_argument("--mirror", action=switch, help="show the picture as a mirror does (at first: yes)")
    if screens:
        group.add_argument("--full-screen", action=switch, help="fill the screen; the key f turns it on and off")
        group.add_argument("--still", action=switch, help="no looping pictures on the screen")
    group.add_argument("--voice", action=switch, help="speak (at first: yes)")
    add_language(group)
    parser.add_argument("--list-cameras", action=_ListCameras, nargs=0, help="list the cameras by name, and end")


def add_language(parser: argparse._ActionsContainer) -> None:
    """``--language``."""
    parser.add_argument("--language", metavar="CODE", help=f"{' or '.join(languages())} (at first: your system's)")


def language_of(options: argparse.Namespace) -> Words:
    """The language that was asked for, or is remembered, or is the system's.

    Raises:
        SettingError: There is no such language as was asked for.
    """
    remembered = read_settings()[0].language
    if options.language is None and remembered is not None and remembered not in languages():
        messages.print(
            f"[dim]the language '{safe(remembered)}' is not there; your system's is taken[/]", soft_wrap=True
        )
        remembered = None
    return read_words(options.language or remembered or system_language())


def choose(options: argparse.Namespace, *, listed: list[NamedCamera] | None = None) -> Choices:
    """What was asked for on the command line, and otherwise what is remembered.

    Raises:
        SettingError: There is no such language.
        SourceError: No camera is called so, or several are.
    """
    settings, problem = read_settings()
    if problem:
        messages.print(f"[dim]{safe(problem)}[/]", soft_wrap=True)
    asked = {name: getattr(options, name, None) for name in OPTIONS}
    words = language_of(options)
    chosen = settings.but(**asked)
    camera = camera_chosen(options.camera, settings, listed)
    if options.camera is None:
        return Choices(chosen, words, camera)
    # A file in place of a camera is for this once, and a password in an address is nobody's business tomorrow.
    lasting = camera != options.camera or camera.isdigit() or ("://" in camera and "@" not in camera)
    return Choices(chosen.but(camera=options.camera) if lasting else chosen, words, camera)


def remember(choices: Choices, left: Mapping[str, object] | None = None) -> None:
    """Keep what was chosen, as the keys have left it; a folder that cannot be written is told, and no more."""
    settings = choices.settings.but(**(left or {}))
    if settings == read_settings()[0]:
        return
    try:
        keep_settings(settings)
    except SettingError as error:
        messages.print(f"[dim]{safe(error.message)}[/]", soft_wrap=True)


def camera_chosen(asked: str | None, settings: Settings, listed: list[NamedCamera] | None = None) -> str:
    """What to open: the camera that is asked for, or else the one that is remembered.

    Raises:
        SourceError: No camera is called as is asked, or several are.
    """
    return _remembered_camera(settings.camera, listed) if asked is None else camera_of(asked, listed)


def camera_of(name: str, listed: list[NamedCamera] | None = None) -> str:
    """What to open for what somebody calls a camera.

    Raises:
        SourceError: No camera is called so, or several are.
    """
    if (name.isascii() and name.isdigit()) or "://" in name or Path(name).exists() or Path(name).suffix:
        return name
    cameras = find_cameras() if listed is None else listed
    found = matching(name, cameras)
    if len(found) == 1:
        return str(found[0].number)
    there = ", ".join(f"{camera.number} {camera.name}" for camera in cameras) or "no camera that tells its name"
    if found:
        raise SourceError(f"several cameras are called '{name}'", f"choose by number: {there}")
    raise SourceError(f"there is no camera or file '{name}'", f"there is: {there}")


class _ListCameras(argparse.Action):
    """Prints the cameras by name, and ends the program as ``--help`` does."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        cameras = find_cameras()
        for camera in cameras:
            console.print(f"{camera.number}  {safe(camera.name)}")
        if not cameras:
            console.print("no camera tells its name here; try --camera 0, and `poise doctor`")
        parser.exit(0 if cameras else 1)


def _remembered_camera(name: str | None, listed: list[NamedCamera] | None) -> str:
    if name is None:
        return "0"
    try:
        return camera_of(name, listed)
    except SourceError:
        messages.print(f"[dim]the camera '{safe(name)}' is not there; camera 0 is taken[/]", soft_wrap=True)
        return "0"


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{3,4})[xX](\d{3,4})", text)
    if not match:
        raise argparse.ArgumentTypeError("a width and a height such as 1280x720 are expected")
    return int(match[1]), int(match[2])
