"""A real browser for the pages that esm writes: Chromium of the system, headless and without a network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

FOLLOW = """async targets => {
    const rows = document.getElementById('rows'), counts = [];
    const shown = () => new Promise(done => {
        new MutationObserver(done).observe(rows, {attributeFilter: ['data-shown']});
        setTimeout(done, 5000);
    });
    for (const target of targets) {
        if (location.hash === target) location.hash = '';
        delete rows.dataset.shown;
        location.hash = target;
        await shown();
        const isThere = rows.dataset.shown === target;
        counts.push(isThere ? Number(rows.querySelector('[role=status]').dataset.count) : -1);
    }
    return counts;
}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser; without one the test is skipped, unless ESM_TEST_BROWSER says that it is required."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        message = "no Chromium on the PATH: the pages are not tried in a browser"
        if os.environ.get("ESM_TEST_BROWSER") == "required":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@dataclass
class Opened:
    """A page with everything that it complained of, and every address that it asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    def count_of(self, target: str) -> int:
        """Follow a link to rows and return how many it leads to."""
        (count,) = self.counts_of([target])
        return count

    def counts_of(self, targets: Sequence[str]) -> list[int]:
        """Follow links to rows, one after the other, and return how many each leads to; -1 where it leads nowhere."""
        counts: list[int] = self.page.evaluate(FOLLOW, targets)
        return counts


@contextmanager
def opened(browser: Browser, file: Path, **options: Any) -> Iterator[Opened]:
    """Open a file in a context of its own."""
    context = browser.new_context(offline=True, **options)
    page = context.new_page()
    found = Opened(page)
    page.on("console", lambda message: found.complaints.append(message.text))
    page.on("pageerror", lambda error: found.complaints.append(str(error)))
    page.on("request", lambda request: found.addresses.append(request.url))
    page.goto(file.as_uri())
    yield found
    context.close()
