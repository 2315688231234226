"""Puts scripts, styles, pictures and videos into one HTML file that needs nothing else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from poise.core.words import ENGLISH, MONTHS, Words
from poise.files import output_error, writing
from poise.text import clock

FOLDER = Path(__file__).parent
#: A larger video stays beside the page, which then points to it: a page of a gigabyte opens in no browser.
LARGEST_EMBEDDED = 64_000_000

_TYPES = {".mp4": "video/mp4", ".webm": "video/webm", ".jpg": "image/jpeg", ".png": "image/png"}


def write_page(path: Path, template: str, scripts: Iterable[str], words: Words = ENGLISH, **values: Any) -> None:
    """Fill in a template of this package and write it, complete or not at all.

    Everything that is filled in is escaped. The page carries a content policy under which it may run these scripts
    alone and ask for nothing: what an exercise or a clip is called cannot become a program, nor reach a network.

    Raises:
        OutputError: It cannot be written.
    """
    texts = [(FOLDER / name).read_text(encoding="utf-8") for name in scripts]
    page = _template(template).stream(
        scripts=[Markup(text) for text in texts],
        style=Markup((FOLDER / "page.css").read_text(encoding="utf-8")),
        policy=_policy(texts),
        words=words,
        clock=clock,
        **values,
    )
    with writing(path) as temporary, temporary.open("wb") as file:
        page.dump(file, encoding="utf-8", errors="backslashreplace")


@lru_cache(maxsize=8)  # for every clip of a folder, the same one is filled in
def _template(name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)


def script_words(words: Words, said: Iterable[str]) -> dict[str, Any]:
    """What the script of a page needs to speak a language: nothing in English."""
    if words.language == ENGLISH.language:
        return {}
    return {
        "words": {english: words.translate(english) for english in said},
        "months": [words(name) for name in MONTHS],
    }


def _policy(scripts: Iterable[str]) -> str:
    hashes = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts)
    allowed = " ".join(f"'sha256-{one}'" for one in hashes)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:; "
        "media-src blob: 'self' file:; base-uri 'none'; form-action 'none'"
    )


def jpeg_url(content: bytes) -> str:
    """A JPEG as an address that holds it."""
    return f"data:image/jpeg;base64,{base64.b64encode(content).decode()}"


def data_url(path: Path) -> str:
    """A small file as an address that holds it."""
    return f"data:{_TYPES[path.suffix]};base64,{base64.b64encode(path.read_bytes()).decode()}"


@dataclass(frozen=True, slots=True)
class Film:
    """How a page shows a video.

    Attributes:
        type: As browsers call it.
        name: Of the file beside the page.
        parts: Its bytes as base64, piece by piece; None where it stays beside the page.
    """

    type: str
    name: str
    parts: Iterator[str] | None


def film(path: Path | None, embed: bool = True) -> Film | None:
    """A video with its bytes in the page, or by its name where that is wanted, or it is too large.

    Raises:
        OutputError: The video cannot be read back.
    """
    if path is None:
        return None
    try:
        inside = path.stat().st_size <= LARGEST_EMBEDDED and embed
    except OSError as error:
        raise output_error(path, error) from error
    return Film(_TYPES[path.suffix], path.name, _pieces(path) if inside else None)


def _pieces(path: Path) -> Iterator[str]:
    """Piece by piece, so that memory stays flat; of a multiple of three bytes, so that they can be joined."""
    with path.open("rb") as file:
        while piece := file.read(3 * 2**18):
            yield base64.b64encode(piece).decode()
