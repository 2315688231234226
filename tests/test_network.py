"""Nothing leaves this machine: an analysis under a trace of every system call that concerns the network."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from poise.io.encode import VideoWriter
from poise.io.video import VideoFile
from pose_material import cached_model

ROOT = Path(__file__).parents[1]
CLIP = ROOT / "sample_videos" / "upper-trapezius-stretch.mp4"
SECONDS = 8.0

Traced = Callable[[Sequence[str], Path, float], list[str]]


@pytest.fixture
def traced() -> Traced:
    """The benchmark's own tracer, so that what is proven here is what is measured there."""
    if not shutil.which("strace"):
        pytest.skip("strace is not installed")
    if subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False).returncode:
        pytest.skip("strace may not trace processes here")
    spec = importlib.util.spec_from_file_location("network_trace", ROOT / "benchmarks" / "network_trace.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast(Traced, module.traced)


@pytest.mark.parametrize(
    "code",
    [
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
        "socket.socket(socket.AF_INET6, socket.SOCK_STREAM)",
        "socket.getaddrinfo('example.invalid', 80)",
    ],
    ids=["sending", "a socket of the newer kind", "asking for a name"],
)
def test_an_attempt_would_be_noticed(code: str, traced: Traced, tmp_path: Path) -> None:
    """The filter sees a datagram to this machine, a mere socket, and a question for a name, also in a child."""
    inner = f"import socket\ntry:\n    {code}\nexcept OSError:\n    pass"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}], check=True)"
    assert traced([sys.executable, "-c", outer], tmp_path / "trace", 60)


def test_talking_to_a_window_is_no_attempt(traced: Traced, tmp_path: Path) -> None:
    """Sockets that stay on the machine, such as that of the display, are not counted."""
    code = "import socket; socket.socket(socket.AF_UNIX).close()"
    assert traced([sys.executable, "-c", code], tmp_path / "trace", 60) == []


@pytest.mark.model
def test_an_analysis_tries_to_reach_nothing(traced: Traced, tmp_path: Path) -> None:
    """With the model in place, finding poses and writing the video opens no socket to anywhere."""
    cached_model()
    clip = tmp_path / "clip.mp4"
    source = VideoFile(CLIP)
    with VideoWriter(clip, (source.info.width, source.info.height)) as writer:
        for frame in source:
            if frame.t_s > SECONDS:
                break
            writer.write(np.ascontiguousarray(frame.bgr), frame.t_s)
    with clip.open("ab") as file:
        file.write(os.urandom(16))  # a clip that was looked at before needs no model
    out = tmp_path / "out"
    command = [sys.executable, "-m", "poise", "analyze", str(clip), "--exercise", "upper-trapezius-stretch"]
    assert traced([*command, "--out", str(out)], tmp_path / "trace", 200) == []
    assert (out / "clip" / "session.json").stat().st_size > 1000
    assert (out / "clip" / "annotated.mp4").stat().st_size > 10_000
