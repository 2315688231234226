"""Files that appear under their final name only when they are complete."""

from __future__ import annotations

import errno
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from poise.errors import DiskFullError, OutputError

_LEFT_S = 3600.0  # of work that goes on, no file is left alone for so long


class PendingFile:
    """A file that is written beside its final place and moved there in one step when complete.

    A reader, or the next run after a crash, never meets half a file under the final name.

    Args:
        path: Final place; folders on the way are created, an older file there is replaced by ``commit``.

    Attributes:
        path: Final place.
        temporary: Where to write meanwhile: an empty file in the same folder.

    Raises:
        OutputError: Nothing can be written there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.temporary = path.with_name(f".{secrets.token_hex(8)}.part")
        if path.is_dir():
            raise OutputError(f"{path} is a folder", "name a file")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.temporary.touch(exist_ok=False)
        except OSError as error:
            raise output_error(path, error) from error

    def commit(self) -> None:
        """Move the file to its final place.

        Raises:
            OutputError: It cannot be moved; the temporary file is gone.
        """
        try:
            self.temporary.replace(self.path)
        except OSError as error:
            self.discard()
            raise output_error(self.path, error) from error

    def discard(self) -> None:
        """Remove what was written; may be called twice, and after ``commit``."""
        self.temporary.unlink(missing_ok=True)


@contextmanager
def writing(path: Path) -> Iterator[Path]:
    """Where to write a file that appears when the block ends, and leaves nothing behind when the block fails.

    Raises:
        OutputError: It cannot be written.
    """
    pending = PendingFile(path)
    try:
        yield pending.temporary
    except OSError as error:
        pending.discard()
        raise output_error(path, error) from error
    except BaseException:  # such as Ctrl-C
        pending.discard()
        raise
    pending.commit()


def sweep(folder: Path) -> None:
    """Remove what killed work had begun in a folder: nobody writes to it any more."""
    with suppress(OSError):
        for path in folder.glob(".*.part"):
            if time.time() - path.stat().st_mtime > _LEFT_S:
                path.unlink(missing_ok=True)


def is_folder(path: Path) -> bool:
    """Whether there is such a folder; a name that the system refuses, such as one that is too long, is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def output_error(path: Path, error: OSError) -> OutputError:
    """The same failure in the user's words: disk full, folder read-only, name too long."""
    kind = DiskFullError if error.errno in (errno.ENOSPC, errno.EDQUOT) else OutputError
    message = f"{path} cannot be written: {error.strerror or error}"
    return kind(message, "free some space there, or choose another folder")
