"""The system's Chromium, driven by playwright, which brings no browser of its own here."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser; the test is skipped where there is none."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Shown:
    """A page as somebody sees it.

    Attributes:
        page: The page itself.
        asked_for: Every address that it asked for, its own and those in it left out.
        errors: What went wrong in it: errors of scripts, things that the content policy refused, dialogs.
    """

    def __init__(self, browser: Any, path: Path, **options: Any) -> None:
        self.page = browser.new_context(**options).new_page()
        self.asked_for: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", self._request)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.page.on("dialog", lambda dialog: (self.errors.append(dialog.message), dialog.dismiss()))
        self._own = path.as_uri()
        self.page.goto(self._own)

    def _request(self, request: Any) -> None:
        if request.url.partition("#")[0] != self._own and not request.url.startswith(("blob:", "data:")):
            self.asked_for.append(request.url)

    def wait_for(self, condition: str) -> None:
        """Wait until a condition of the page's script holds."""
        for _ in range(300):  # not by the page's own timers: its content policy refuses what playwright would put there
            if self.page.evaluate(condition):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"never came true: {condition}")
