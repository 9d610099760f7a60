"""`main.py demo` as a newcomer starts it, and its page as a visitor uses it: four chats, the clock, the steps."""

import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.browser.conftest import ROOT

MOVED_WITHIN = 60_000
"""Milliseconds within which the clock is moved, also on a busy machine."""


@contextmanager
def running_demo(folder: Path) -> Iterator[str]:
    """The demo in a process of its own, in a folder where an office's .env lies that must not disturb it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / ".env").write_text("NHACVIEC_TELEGRAM_TOKEN=wrong\n", encoding="utf-8")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "main.py"), "demo", "--port", str(port)],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "HOME": str(folder)},
            stdout=log,
            stderr=log,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(url, process, folder / "log")
        yield url
        process.terminate()
        assert process.wait(20) == 0, (folder / "log").read_text()
    finally:
        process.kill()
        process.wait()


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=1).close()
        except (urllib.error.URLError, OSError):
            assert process.poll() is None, log.read_text()
            _pause(process)
        else:
            return
    raise AssertionError(f"the demo does not answer: {log.read_text()}")


def _pause(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(0.1)
    except subprocess.TimeoutExpired:
        return


class Chat:
    """One of the four chats."""

    def __init__(self, page: Page, who: str) -> None:
        self._page = page
        self.box = f"#nv-demo-{who}"
        self.heard = page.locator(f"{self.box} .nv-theirs")

    def says(self, text: str) -> None:
        self._page.fill(f"{self.box} textarea", text)
        self.sends()

    def sends(self) -> None:
        """Send what stands in the box."""
        expect(self._page.locator(f"{self.box}.nv-sending")).to_have_count(0)
        expect(self._page.locator(f"{self.box} textarea")).not_to_have_value("")
        self._page.press(f"{self.box} textarea", "Enter")

    def hears(self, text: str) -> None:
        """The last message has this in it, within seconds."""
        expect(self.heard.last).to_contain_text(text)

    def has_heard(self, text: str) -> None:
        """Some message has this in it, within seconds."""
        expect(self.heard.filter(has_text=text).last).to_be_attached()

    def presses(self, label: str) -> None:
        self._page.locator(f"{self.box} button", has_text=label).last.click()

    def attaches(self, path: Path) -> None:
        self._page.set_input_files(f"{self.box} input[type=file]", str(path))

    def picture(self) -> bytes:
        """The chat alone, with whose it is, once nothing moves any more."""
        column = self._page.locator(f".nv-column:has({self.box})")
        return column.screenshot(animations="disabled")


class DemoPage:
    """The whole page."""

    def __init__(self, context: BrowserContext, width: int = 1440, height: int = 900) -> None:
        self.page = context.new_page()
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.goto("/demo")
        self.page.wait_for_selector("#nv-demo-office textarea", state="attached")
        # the page fills it once it is up: over whatever was typed before
        expect(self.page.locator(".nv-instant input")).not_to_have_value("")
        self.office, self.head, self.officer, self.leader = (
            Chat(self.page, who) for who in ("office", "head", "officer", "leader")
        )

    def move_to(self, instant: str, shown: str) -> None:
        """Move the clock, and wait until everything that comes due has been done."""
        box = self.page.locator(".nv-instant input")
        box.fill(instant)
        # the box is filled again once the clock has been moved
        box.evaluate("box => { box.parentElement.querySelector('button').click(); box.value = '' }")
        expect(box).not_to_have_value("", timeout=MOVED_WITHIN)
        expect(self.page.locator(".nv-clockday")).to_contain_text(shown)

    def table(self) -> Page:
        """The table that the card of the Office's document links to, in a window of its own."""
        link = self.office.heard.locator('a[href*="/de-xuat/"]').last
        with self.page.context.expect_page() as opened:
            link.click()
        opened.value.wait_for_selector(".nv-prow")
        return opened.value

    def press(self, number: int) -> None:
        """Press the button of a step, which shows itself once it is next."""
        row = self.page.locator(f".nv-steps li:nth-child({number})")
        expect(row).to_have_class(re.compile("nv-stepopen"))
        self.page.click(".nv-do")

    def is_done(self, number: int) -> None:
        done = self.page.locator(f".nv-steps li.nv-stepdone:nth-child({number})")
        expect(done).to_have_count(1)


def visit(browser: Browser, url: str, *, sharp: float = 1) -> DemoPage:
    """A visitor of the demo with a desk's screen."""
    screen: ViewportSize = {"width": 1440, "height": 900}
    return DemoPage(browser.new_context(base_url=url, viewport=screen, locale="vi-VN", device_scale_factor=sharp))
