"""What a person has chosen once and need not choose again: a small JSON file in their configuration folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Final

from platformdirs import user_config_path
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from poise.core.suggestions import printable
from poise.errors import OutputError, SettingError
from poise.files import writing

FOLDER_VARIABLE: Final = "POISE_CONFIG"
_LARGEST_BYTES: Final = 64 * 1024


class Settings(BaseModel):
    """Choices that are remembered; every command line option goes before them, and is remembered in its turn.

    Attributes:
        camera: A camera's name or number, a stream's address, or None for the first camera.
        size: Width and height to ask a camera for, in pixels.
        mirror: Whether the picture is shown as a mirror does.
        full_screen: Whether the window fills the screen.
        still: Whether nothing loops or pulses on the screen.
        voice: Whether sentences are spoken.
        language: Two letters, or None for the system's language.
    """

    model_config = ConfigDict(frozen=True)  # keys of another version are left out, not refused

    camera: Annotated[str, Field(max_length=500)] | None = None
    size: tuple[Annotated[int, Field(ge=160, le=7680)], Annotated[int, Field(ge=120, le=4320)]] = (640, 480)
    mirror: bool = True
    full_screen: bool = False
    still: bool = False
    voice: bool = True
    language: Annotated[str, Field(pattern="^[a-z]{2}$")] | None = None

    def but(self, **changes: object) -> Settings:
        """The same with some choices changed; None leaves a choice as it was."""
        return self.model_copy(update={name: value for name, value in changes.items() if value is not None})


def settings_path() -> Path:
    """Where the choices are kept: in the folder of ``POISE_CONFIG``, or else in the user's own for programs."""
    named = os.environ.get(FOLDER_VARIABLE)
    return (Path(named) if named else user_config_path("poise")) / "settings.json"


def read_settings() -> tuple[Settings, str | None]:
    """The choices, and one line about a file that could not be understood; then they are the usual ones."""
    path = settings_path()
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_BYTES)
        return Settings.model_validate_json(content), None
    except FileNotFoundError:
        return Settings(), None
    except OSError as error:
        reason = error.strerror or str(error)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        reason = f"{field}: {first['msg']}" if field else "it is no JSON"
    return Settings(), f"{printable(str(path), 200)} is left out: {printable(reason, 200)}"


def keep_settings(settings: Settings) -> None:
    """Remember the choices.

    Raises:
        SettingError: They cannot be written.
    """
    path = settings_path()
    try:
        with writing(path) as temporary:
            temporary.write_text(settings.model_dump_json(indent=2, exclude_defaults=True) + "\n", "utf-8")
    except OutputError as error:
        raise SettingError(f"the settings cannot be kept: {error.message}", error.hint) from error
