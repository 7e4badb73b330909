"""A real browser: Chromium by Playwright, that of CHROMIUM or on the PATH; skipped where there is none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

__all__ = ["browser", "opened", "watched"]

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser with an empty profile, for all tests of a module."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("no Chromium: install it, or name it by the environment variable CHROMIUM")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield started
        started.close()


@contextmanager
def opened(browser: Browser, *, width: int = 1280, scheme: str = "light", **options: Any) -> Iterator[Page]:
    """A page of a browser context of its own."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, **options)
    try:
        yield context.new_page()
    finally:
        context.close()


def watched(page: Page) -> list[str]:
    """What a page must not do, as it does it: dialogs, errors, refused scripts, new windows."""
    seen: list[str] = []

    def dialog(each: Any) -> None:
        seen.append(f"dialog: {each.message}")
        each.dismiss()

    page.on("dialog", dialog)
    page.on("pageerror", lambda each: seen.append(f"error: {each}"))
    page.on("console", lambda each: seen.append(f"{each.type}: {each.text}") if each.type == "error" else None)
    page.on("popup", lambda each: seen.append(f"popup: {each.url}"))
    return seen
