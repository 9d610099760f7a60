"""In the browser: a directive is confirmed and published; a decision starts its clocks, and the calendar moves them."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.conftest import shoot
from tests.browser.demo_page import DemoPage
from tests.documents.papers import letter

pytestmark = pytest.mark.browser

DIRECTIVE = (
    "SỞ NỘI VỤ TỈNH ĐÔNG GIANG",
    "Số: 7/SNV-VP",
    "Đông Giang, ngày 28 tháng 01 năm 2027",
    "V/v công bố thủ tục hành chính theo quyết định của Bộ",
    "Kính gửi: Các phòng, đơn vị thuộc Sở.",
    "Giám đốc Sở đề nghị các phòng, đơn vị thực hiện các nhiệm vụ sau:",
    "1. Phòng Cải cách hành chính chủ trì, phối hợp với Trung tâm Công nghệ số thực hiện: (1) Trình công bố danh mục"
    " thủ tục hành chính trong 05 ngày làm việc kể từ ngày có quyết định công bố của Bộ Nội vụ;"
    " (2) Trình quy trình nội bộ trong 10 ngày làm việc kể từ ngày có quyết định công bố của Bộ Nội vụ.",
    "2. Phòng Tổ chức công chức lập danh sách công chức tiếp nhận hồ sơ.",
    "Nơi nhận: Như trên; Lưu: VT.",
)


def test_a_directive_becomes_deadlines_that_move_with_the_calendar(context: BrowserContext, tmp_path: Path) -> None:
    """The new year's days of 2027 are from 4 to 10 February."""
    desk = DemoPage(context)
    desk.move_to("2027-02-01T09:00", "01/02/2027")
    _confirmed_and_published(desk, tmp_path / "7-SNV-VP.pdf")
    desk.head.has_heard("giao đồng chí 2 nhiệm vụ")
    desk.head.has_heard("Chờ quyết định")
    _across_the_new_year_and_a_swapped_saturday(desk)
    office = desk.office
    office.says("/lich nghi 16/02/2027 theo 20/VPCP-KGVX")
    office.hears("Số thời hạn phải tính lại: 2")
    office.presses("Ghi lại")
    office.hears("Đang tính lại")
    desk.move_to("2027-02-01T09:20", "01/02/2027")
    desk.head.has_heard("Theo 20/VPCP-KGVX: thứ Ba, 16/02/2027 là ngày nghỉ")
    desk.head.has_heard("thứ Ba, 16/02/2027 → thứ Tư, 17/02/2027")
    desk.head.has_heard("thứ Hai, 22/02/2027 → thứ Ba, 23/02/2027")
    office.has_heard("Đã tính lại xong")
    shoot(desk.page, "reading-loop")


def _confirmed_and_published(desk: DemoPage, path: Path) -> None:
    office = desk.office
    path.write_bytes(letter(*DIRECTIVE))
    office.attaches(path)
    office.says("chỉ đạo")
    office.hears("Nhiệm vụ: 3")
    shoot(desk.page, "reading-card")
    office.presses("Danh sách")
    office.hears("Việc 1–3 trong 3")
    office.says("sửa 3 hạn 26/02/2027")
    office.hears("Hạn: thứ Sáu, 26/02/2027")
    office.says("nhận hết")
    office.hears("Gửi tới ai")
    office.presses("Nơi được giao việc")
    office.hears("Nhiệm vụ: giao 3 việc cho")
    office.presses("Phát hành")
    office.has_heard("Đã phát hành chỉ đạo 1")
    desk.move_to("2027-02-01T09:10", "01/02/2027")
    office.has_heard("Đã giao việc theo chỉ đạo 1")


def _across_the_new_year_and_a_swapped_saturday(desk: DemoPage) -> None:
    office = desk.office
    office.says("/lich nghi 15/02/2027 thay 20/02/2027 theo 15/VPCP-KGVX")
    office.hears("thứ Bảy, 20/02/2027: ngày làm việc")
    office.presses("Ghi lại")
    office.hears("Đã sửa lịch")
    desk.move_to("2027-02-01T09:15", "01/02/2027")
    office.says("/quyetdinh 15/QĐ-BNV 01/02/2027")
    office.hears("kiểm tra trước khi mở")
    office.presses("Mở")
    desk.head.has_heard("theo Quyết định số 15/QĐ-BNV")
    desk.head.has_heard("Hạn: thứ Ba, 16/02/2027")
    desk.head.has_heard("Hạn: thứ Hai, 22/02/2027")
    desk.head.has_heard("làm bù: 20/02/2027")
