"""The session as a JSON file."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from poise.core.session import Session
from poise.errors import OutputError, SourceError
from poise.files import PendingFile, output_error, sweep, writing


def save_session(path: Path, session: Session) -> None:
    """Write ``session.json``, complete or not at all.

    Raises:
        OutputError: It cannot be written.
    """
    with writing(path) as temporary:
        temporary.write_text(session.model_dump_json(indent=2) + "\n", encoding="utf-8")


def load_session(path: Path) -> Session:
    """Read a session again.

    Raises:
        SourceError: It cannot be read, or is no session of this format.
    """
    try:
        return Session.model_validate_json(path.read_bytes())
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}", "check its name and permissions") from error
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise SourceError(f"{path} is no Poise session ({where or 'not JSON'})", "analyze the clip again") from error


def source_text(name: str | Path) -> str:
    """A file's name as a session can hold it: what is no text in it is written out."""
    return str(name).encode("utf-8", "backslashreplace").decode("utf-8")


def results_folder(parent: Path, clip: str, exercise: str) -> Path:
    """A folder for the results of a clip: its own when it was analysed before, never that of another clip.

    Raises:
        OutputError: Nothing can be written there, which is told before the work rather than after it.
    """
    stem = Path(clip).stem.strip(".") or "clip"  # a clip may be called "...mp4", and ".." is no folder of ours
    for number in range(1, 1000):
        folder = parent / (stem if number == 1 else f"{stem}-{number}")
        if _is_free(folder / "session.json", clip, exercise):
            PendingFile(folder / "session.json").discard()
            sweep(folder)
            return folder
    raise OutputError(f"{parent} holds a thousand results of clips named {stem}", "choose another folder with --out")


def check_folder(folder: str | Path | None) -> None:
    """Whether results can be written below a folder, before the work rather than after it.

    Raises:
        OutputError: Nothing can be written there.
    """
    if folder:
        PendingFile(Path(folder) / "session.json").discard()


def _is_free(path: Path, clip: str, exercise: str) -> bool:
    """Whether a session file is not there yet, or is of the same clip and exercise."""
    try:
        if not path.exists():
            return True
        session = load_session(path)
    except OSError as error:
        raise output_error(path, error) from error
    except SourceError:
        return False
    return (session.source, session.exercise) == (clip, exercise)
