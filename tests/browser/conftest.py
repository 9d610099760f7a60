"""A served assistant and the system's Chromium; where there is none, these tests say loudly that they did not run."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[2]
SCREENS = ROOT / "build" / "screens"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SWITCHES = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


class Server:
    """The assistant as a program; it can be stopped and started again on the same port and data."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None
        self.url = ""
        self.start()

    def start(self) -> None:
        port = self.url.rpartition(":")[2] or "0"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.browser.served", str(self._folder), port],
            cwd=ROOT,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.url = self._read()
        assert self.url.startswith("http"), "the server did not start"

    def stop(self) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        try:
            assert self._process.wait(15) == 0
        finally:
            self._process.kill()
            self._process.wait()
            self._process.stdout.close()

    def tell(self, line: str) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def keeps(self, *, nothing: bool) -> None:
        """Whether from now on nothing can be kept of what is said."""
        self.tell("deaf" if nothing else "hears")
        self._read()

    def code(self, name: str) -> str:
        self.tell(f"code {name}")
        return self._read()

    def proposed(self, name: str) -> int:
        """A document that was read for somebody: its number."""
        self.tell(f"propose {name}")
        return int(self._read())

    def _read(self) -> str:
        assert self._process is not None
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("served"))
    yield made
    made.stop()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("NO CHROMIUM: the web chat has not been tried in a browser (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser, server: Server) -> Iterator[BrowserContext]:
    """One person's browser. A page that asks another machine for anything, or fails in its script, fails the test."""
    made = chromium.new_context(base_url=server.url, viewport={"width": 1100, "height": 760}, locale="vi-VN")
    strange: list[str] = []
    made.on("request", lambda request: None if request.url.startswith(_ours(server)) else strange.append(request.url))
    made.on("weberror", lambda error: strange.append(str(error.error)))
    yield made
    made.close()
    assert strange == []


def _ours(server: Server) -> tuple[str, ...]:
    return server.url, server.url.replace("http", "ws", 1), "data:", "blob:"


Enter = Callable[..., Page]


@pytest.fixture
def enter(context: BrowserContext, server: Server) -> Enter:
    """Lets somebody in by a link; gives the page with the chat."""

    def let_in(name: str = "Phạm Thị Dung") -> Page:
        page = context.new_page()
        page.goto(f"/vao/{server.code(name)}")
        page.click("button[type=submit]")
        page.wait_for_selector(".nv-panel textarea")
        return page

    return let_in


def shoot(page: Page, name: str) -> None:
    """Keep a picture of the page, to be looked at."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}.png", animations="disabled")
