"""`main.py demo` as a newcomer starts it: two tasks of a directive, by working days, the whole way in three chats."""

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, shoot

pytestmark = [pytest.mark.browser, pytest.mark.journey]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo in a process of its own, in a folder where an office's .env lies that must not disturb it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("office")
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
    """One of the three chats."""

    def __init__(self, page: Page, who: str) -> None:
        self._page = page
        self._box = f"#nv-demo-{who}"
        self.heard = page.locator(f"{self._box} .nv-theirs")

    def says(self, text: str) -> None:
        self._page.fill(f"{self._box} textarea", text)
        self._page.press(f"{self._box} textarea", "Enter")

    def hears(self, text: str) -> None:
        """The last message has this in it, within seconds."""
        expect(self.heard.last).to_contain_text(text, timeout=8000)

    def presses(self, label: str) -> None:
        self._page.locator(f"{self._box} button", has_text=label).last.click()

    def attaches(self, path: Path) -> None:
        self._page.set_input_files(f"{self._box} input[type=file]", str(path))


def _move(page: Page, instant: str, shown: str) -> None:
    page.fill(".nv-instant input", instant)
    page.click(".nv-instant button")
    expect(page.locator(".nv-clockday")).to_contain_text(shown)


def test_two_tasks_of_a_directive_go_all_the_way(demo: str, chromium: Browser, tmp_path: Path) -> None:
    photo = tmp_path / "quyet-dinh.png"
    context = chromium.new_context(base_url=demo, viewport={"width": 1440, "height": 900}, locale="vi-VN")
    page = context.new_page()
    page.goto("/demo")
    page.wait_for_selector("#nv-demo-office textarea", state="attached")
    page.screenshot(path=photo)
    _move(page, "2026-03-02T08:00", "02/03/2026")
    office, head, officer = (Chat(page, who) for who in ("office", "head", "officer"))

    office.says(
        "giao Phạm Thị Dung; 5 ngày làm việc; Trình công bố danh mục thủ tục hành chính của tỉnh (điểm 1.c.1) #PAR"
    )
    office.hears("thứ Hai, 09/03/2026 (còn 05 ngày làm việc)")
    office.presses("Giao việc")
    office.hears("Đã giao nhiệm vụ số 1")
    officer.hears("Người giao: Nguyễn Thị Lan")
    officer.presses("Đã nhận")
    officer.hears("tiếp nhận nhiệm vụ số 1")
    office.says(
        "giao Phạm Thị Dung; 10 ngày làm việc; Trình công bố quy trình nội bộ giải quyết thủ tục (điểm 1.c.2) #PAR"
    )
    office.hears("thứ Hai, 16/03/2026 (còn 10 ngày làm việc)")
    office.says("đồng ý")
    officer.hears("(điểm 1.c.2)")
    shoot(page, "command-assigned")

    _move(page, "2026-03-06T07:30", "06/03/2026")
    officer.hears("xin nhắc")
    officer.hears("còn 01 ngày làm việc")
    officer.says("tien do 1 60% dang trinh")
    officer.hears("60%")
    officer.attaches(photo)
    officer.says("da xong 1 a, so 45/QD-UBND")
    officer.hears("hoàn thành (đúng hạn)")
    head.hears("báo hoàn thành nhiệm vụ số 1")
    expect(head.heard.last.locator("img")).to_have_count(1)
    shoot(page, "command-claimed")
    head.presses("Trả lại")
    head.hears("Vì sao trả lại")
    head.says("Thiếu phụ lục")
    head.hears("Đã trả lại")
    officer.hears("Thiếu phụ lục")
    officer.says("xong 1 đã bổ sung phụ lục")
    head.hears("đã bổ sung phụ lục")
    head.presses("Xác nhận")
    head.hears("Đã xác nhận")
    officer.hears("đã xác nhận: nhiệm vụ số 1 hoàn thành")
    shoot(page, "command-confirmed")

    _move(page, "2026-03-16T07:30", "16/03/2026")
    officer.hears("đến hạn hôm nay")
    officer.hears("(điểm 1.c.2)")
    expect(officer.heard.last).not_to_contain_text("(điểm 1.c.1)")
    officer.says("hoàn thành nhiệm vụ số 2")
    officer.hears("hoàn thành (đúng hạn)")
    head.hears("nhiệm vụ số 2")
    head.says("xac nhan 2")
    officer.hears("nhiệm vụ số 2 hoàn thành")
    officer.says("viec")
    officer.hears("không còn nhiệm vụ nào")
    context.close()
