"""`main.py demo` as a newcomer starts it: two tasks of a directive, by working days, the whole way in the chats."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import shoot
from tests.browser.demo_page import running_demo, visit

pytestmark = [pytest.mark.browser, pytest.mark.journey]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_demo(tmp_path_factory.mktemp("office")) as url:
        yield url


def test_two_tasks_of_a_directive_go_all_the_way(demo: str, chromium: Browser, tmp_path: Path) -> None:
    photo = tmp_path / "quyet-dinh.png"
    desk = visit(chromium, demo)
    page, office, head, officer = desk.page, desk.office, desk.head, desk.officer
    page.screenshot(path=photo)
    desk.move_to("2026-03-02T08:00", "02/03/2026")

    office.says(
        "giao Phạm Thị Dung; 5 ngày làm việc; Trình công bố danh mục thủ tục hành chính của tỉnh (điểm 1.c.1) #PAR"
    )
    office.hears("thứ Hai, 09/03/2026 (còn 05 ngày làm việc)")
    office.presses("Giao việc")
    office.hears("Đã giao nhiệm vụ số 12")
    officer.hears("Người giao: Nguyễn Thị Lan")
    officer.presses("Đã nhận")
    officer.hears("tiếp nhận nhiệm vụ số 12")
    office.says(
        "giao Phạm Thị Dung; 10 ngày làm việc; Trình công bố quy trình nội bộ giải quyết thủ tục (điểm 1.c.2) #PAR"
    )
    office.hears("thứ Hai, 16/03/2026 (còn 10 ngày làm việc)")
    office.says("đồng ý")
    officer.hears("(điểm 1.c.2)")
    shoot(page, "command-assigned")

    desk.move_to("2026-03-06T07:30", "06/03/2026")
    officer.hears("xin nhắc")
    officer.hears("còn 01 ngày làm việc")
    officer.says("tien do 12 60% dang trinh")
    officer.hears("60%")
    officer.attaches(photo)
    officer.says("da xong 12 a, so 45/QD-UBND")
    officer.hears("hoàn thành (đúng hạn)")
    head.hears("báo hoàn thành nhiệm vụ số 12")
    expect(head.heard.last.locator("img")).to_have_count(1)
    shoot(page, "command-claimed")
    head.presses("Trả lại")
    head.hears("Vì sao trả lại")
    head.says("Thiếu phụ lục")
    head.hears("Đã trả lại")
    officer.hears("Thiếu phụ lục")
    officer.says("xong 12 đã bổ sung phụ lục")
    head.hears("đã bổ sung phụ lục")
    head.presses("Xác nhận")
    head.hears("Đã xác nhận")
    officer.hears("đã xác nhận: nhiệm vụ số 12 hoàn thành")
    shoot(page, "command-confirmed")

    desk.move_to("2026-03-16T07:30", "16/03/2026")
    officer.hears("đến hạn hôm nay")
    officer.hears("(điểm 1.c.2)")
    expect(officer.heard.last).not_to_contain_text("(điểm 1.c.1)")
    officer.says("hoàn thành nhiệm vụ số 13")
    officer.hears("hoàn thành (đúng hạn)")
    head.hears("nhiệm vụ số 13")
    head.says("xac nhan 13")
    officer.hears("nhiệm vụ số 13 hoàn thành")
    officer.says("viec")
    officer.hears("không còn nhiệm vụ nào")
    page.context.close()
