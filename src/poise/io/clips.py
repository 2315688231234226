"""Clips below a folder, of this machine or of any storage that fsspec knows."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from poise.errors import LOOK_AGAIN, SourceError
from poise.files import PendingFile

#: What a video is called. Not .ts: it is far more often a program than a recording.
SUFFIXES: Final = (
    ".3g2", ".3gp", ".asf", ".avi", ".flv", ".gif", ".m2ts", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".mts",
    ".mxf", ".ogv", ".vob", ".webm", ".wmv",
)  # fmt: skip
_STORAGE_ERRORS: Final = (OSError, ImportError, ValueError, RuntimeError, NotImplementedError)
_FORBIDDEN: Final = set('\\/:*?"<>|')
_LONGEST_BYTES: Final = 200  # of a folder's name; systems take 255


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip and what it is called.

    Attributes:
        place: Absolute path, or address with ``://``.
        name: Path below the folder that was searched, with ``/`` between its parts.
        size: Bytes, 0 where that is not known.
    """

    place: str
    name: str
    size: int

    @property
    def folder(self) -> PurePosixPath:
        """Where its results belong below the folder of all results: the same tree, and a folder for each clip.

        No name leads out of that folder, none is one that some system forbids, and no two are the same.
        """
        return PurePosixPath(*(_harmless(part) for part in self.name.split("/") if part))


def is_address(text: str) -> bool:
    """Whether a text is an address rather than a path."""
    return "://" in text


def find_clips(place: str, besides: Path | None = None) -> list[Clip]:
    """Every video below a folder, or the one video itself, in order of names.

    Args:
        place: A folder, a file, or the address of either.
        besides: A folder that is left out, such as that of the results. So are hidden files, and results of others.

    Raises:
        SourceError: There is none, or it cannot be looked through.
    """
    found = _find_remote(place) if is_address(place) else _find_local(Path(place), besides)
    if not found:
        raise SourceError(f"there is no video below {place}", f"videos end in {' '.join(SUFFIXES)}")
    return sorted(found, key=lambda clip: clip.name)


@contextmanager
def at_hand(place: str, folder: Path) -> Iterator[Path]:
    """The clip as a file of this machine: itself, or a copy that is removed afterwards.

    Args:
        place: Its path or address.
        folder: That of its results. A copy goes there: what a killed run leaves is where the next one tidies up, and
            a disk that takes results is larger than many a system's temporary one.

    Raises:
        SourceError: It cannot be read.
        OutputError: It cannot be copied.
    """
    if not is_address(place):
        yield Path(place)
        return
    storage, there = _storage(place)
    copy = PendingFile(folder / "copy")
    try:
        try:
            storage.get_file(there, str(copy.temporary))
        except _STORAGE_ERRORS as error:
            raise _unreachable(place, error) from error
        yield copy.temporary
    finally:
        copy.discard()
        with suppress(OSError):
            folder.rmdir()  # where nothing came of it


def fingerprint(place: str) -> str:
    """What changes when the clip does: a hash of its content, or what the storage says of it without a copy.

    Raises:
        SourceError: It cannot be read.
    """
    try:
        if is_address(place):
            storage, there = _storage(place)
            return f"{place} {storage.ukey(there)}"
        with Path(place).open("rb") as file:
            return hashlib.file_digest(file, "blake2b").hexdigest()
    except _STORAGE_ERRORS as error:
        raise _unreachable(place, error) from error


def _find_local(root: Path, besides: Path | None) -> list[Clip]:
    if root.is_file():
        return [Clip(str(root.absolute()), root.name, root.stat().st_size)]
    if not root.is_dir():
        raise SourceError(f"{root} does not exist", LOOK_AGAIN)
    left_out = besides.resolve() if besides else None
    found = []
    for folder, folders, files in os.walk(root):
        here = Path(folder)
        folders[:] = [name for name in folders if not name.startswith(".") and (here / name).resolve() != left_out]
        if "session.json" in files:  # an annotated video beside it is a result
            continue
        for name in files:
            path = here / name
            if path.suffix.lower() in SUFFIXES and not name.startswith(".") and path.exists():
                below = path.relative_to(root).as_posix()
                found.append(Clip(str(path.absolute()), below, path.stat().st_size))
    return found


def _find_remote(place: str) -> list[Clip]:
    storage, root = _storage(place)
    try:
        if storage.isfile(root):
            return [Clip(place, PurePosixPath(root).name, int(storage.size(root) or 0))]
        details = storage.find(root, detail=True)
    except _STORAGE_ERRORS as error:
        raise _unreachable(place, error) from error
    return [
        Clip(storage.unstrip_protocol(path), path.removeprefix(root).lstrip("/"), int(detail.get("size") or 0))
        for path, detail in details.items()
        if PurePosixPath(path).suffix.lower() in SUFFIXES and not PurePosixPath(path).name.startswith(".")
    ]


def _storage(place: str) -> tuple[Any, str]:
    """The storage, and the place in it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise SourceError("addresses need fsspec, which is not installed", 'pip install "poise[dask]"') from error
    try:
        storage, there = url_to_fs(place)
    except _STORAGE_ERRORS as error:
        raise _unreachable(place, error) from error
    return storage, str(there)


def _unreachable(place: str, error: Exception) -> SourceError:
    said = (str(error) or type(error).__name__).splitlines()[0]
    return SourceError(f"{place} cannot be read: {said}", "check the address, and that its storage is installed")


def _harmless(part: str) -> str:
    """A name for a folder; another name never gives the same one."""
    kept = "".join("_" if c in _FORBIDDEN or not c.isprintable() else c for c in part)
    if kept == part and kept.strip(". ") == part and len(part.encode()) <= _LONGEST_BYTES:
        return part
    mark = hashlib.blake2b(part.encode("utf-8", "surrogateescape"), digest_size=5).hexdigest()
    short = kept.encode("utf-8", "replace")[:_LONGEST_BYTES].decode("utf-8", "ignore").strip(". ")
    return f"{short or 'clip'}~{mark}"
