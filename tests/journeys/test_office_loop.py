"""The Office's loop over real HTTP, on the rehearsal clock, through a week with a holiday in it.

A directive goes to three units of twenty-five people, is acknowledged, asked about again and attested; a difficulty
goes up to a leader and back; deadlines are extended, people stand in, a slip is undone; mornings bring digests, and
what is late is carried up.
"""

import io
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import openpyxl
import pytest

from domain.people import Role
from tests.cast import Line
from tests.documents.papers import pdf
from tests.journeys.assistant import assistant
from tests.journeys.phones import Phones, codes_for_all
from tests.journeys.samples import theirs
from tests.simulators.telegram import TelegramSimulator

pytestmark = pytest.mark.journey

BOARD, OFFICE = "Ban Giám đốc Sở", "Văn phòng Sở"
UNITS = {
    "Phòng Cải cách hành chính": (
        "Trần Văn Bình", "Phạm Thị Dung", "Hoàng Văn Nam", "Trương Thị Quyên", "Lương Văn Sáng", "Hà Thị Thơm",
        "Ông Văn Ước", "Cù Thị Vân", "Quách Văn Xuyên",
    ),
    "Phòng Kế hoạch - Tài chính": (
        "Vũ Mạnh Hùng", "Đặng Thị Khánh", "Hồ Văn Tài", "Đinh Thị Uyên", "Tô Văn Phát", "La Thị Nga", "Âu Văn Lực",
        "Khúc Thị Sen",
    ),
    "Trung tâm Công nghệ số": (
        "Phan Đức Minh", "Lý Thị Mai", "Chu Văn Yên", "Phùng Thị Ánh", "Kiều Văn Bách", "Nghiêm Thị Cúc",
        "Lại Văn Đạt", "Thái Thị Giang",
    ),
}  # fmt: skip
"""Each with its head first."""


def _unit(name: str, people: tuple[str, ...]) -> list[Line]:
    head, *officers = people
    return [
        Line(head, name, "Trưởng phòng", Role.UNIT_HEAD, BOARD),
        *(Line(officer, name, "Chuyên viên", Role.OFFICER, BOARD) for officer in officers),
    ]


ROSTER = (
    Line("Đỗ Minh Hải", BOARD, "Phó Giám đốc", Role.LEADER, None),
    Line("Nguyễn Thị Lan", OFFICE, "Chuyên viên tổng hợp", Role.OFFICE, BOARD),
    *(line for name, people in UNITS.items() for line in _unit(name, people)),
)
RECIPIENTS = [name for people in UNITS.values() for name in people]


class Office(Phones):
    """What the week asks of everybody."""

    async def all_find(self, people: Sequence[str], *parts: str) -> None:
        for name in people:
            await self.phones[name].finds(*parts)

    async def hears_nothing_on(self, instant: str) -> None:
        """The assistant is started at an instant, does what is due, and nobody but who asks hears anything."""
        await self.from_(instant)
        before = {name: len(phone.unheard()) for name, phone in self.phones.items()}
        # the picture that follows is made by the last of the ticks
        self["Lan"].says("tình hình")
        await self["Lan"].finds("Tình hình thực hiện nhiệm vụ")
        await self["Lan"].finds_photo()
        others = [name for name in before if name != "Nguyễn Thị Lan"]
        assert [name for name in others if len(self.phones[name].unheard()) > before[name]] == []


@pytest.fixture
async def sim() -> AsyncIterator[TelegramSimulator]:
    async with TelegramSimulator(repeat_stretch=0.05, conflict_delay=0.05) as started:
        yield started


@pytest.fixture
async def office(sim: TelegramSimulator, database_url: str, tmp_path: Path) -> AsyncIterator[Office]:
    """Everybody connected, on Monday 23 November 2026 at nine; the 24th is a holiday."""
    async with assistant(sim, database_url, tmp_path) as running:
        made = Office(sim, running, ROSTER)
        codes = await codes_for_all(running, tmp_path, ROSTER)
        await made.from_("2026-11-23T09:00:00")
        await made.enrol(codes)
        yield made
        await running.stop()
        assert sim.token not in running.log_text()


# -- the week ----------------------------------------------------------------------------------------------------------


async def test_a_week_of_the_office_with_a_holiday_in_it(office: Office) -> None:
    """One person's task is late, another's is done, a third's is stuck; meanwhile a directive goes round."""
    await _monday_a_directive_goes_to_three_units(office)
    await _assigned(office, "Nam", "25/11", "Báo cáo tháng")
    await _assigned(office, "Quyên", "27/11", "Lập danh mục")
    office["Quyên"].says("xong 2 số 7/BC-SKHCN")
    await office["Bình"].finds("báo hoàn thành nhiệm vụ số 2")
    await _assigned(office, "Dung", "27/11", "Rà soát danh mục thủ tục hành chính")
    await _a_difficulty_goes_up_to_a_leader_and_back(office)
    await _a_deadline_moves_a_slip_is_undone_and_somebody_stands_in(office)
    # Tuesday is a holiday
    await office.hears_nothing_on("2026-11-24T07:45:00")
    await office.from_("2026-11-25T07:44:56")
    await _wednesday_the_silent_are_asked_and_heads_told(office)
    await office.from_("2026-11-27T07:44:56")
    await _friday_what_is_late_is_brought_to_the_head(office)
    await office.from_("2026-11-30T07:44:56")
    await _monday_the_week_is_told_and_a_head_attests(office)
    await office.from_("2026-12-01T07:44:56")
    await office["Lan"].finds("Báo cáo tháng", "Hoàng Văn Nam")
    await office.from_("2026-12-07T07:44:56")
    await office["Hải"].finds("mới quá hạn từ 07 ngày làm việc: nhiệm vụ số 1 (Phòng Cải cách hành chính)")
    for name, content in samples()[1:]:
        await _published(office, name, content)
        await office.all_find(RECIPIENTS, "đề nghị đồng chí tiếp nhận và thực hiện")


async def _assigned(office: Office, to: str, due: str, content: str) -> None:
    """The Office assigns a task to somebody, who has received it."""
    lan = office["Lan"]
    lan.says(f"giao {to}; {due}; {content} #PAR theo 1")
    await lan.finds("kiểm tra trước khi giao", content)
    lan.presses("Giao việc")
    await lan.finds("Đã giao nhiệm vụ")
    await office[to].finds("được giao nhiệm vụ", content)
    office[to].presses("Đã nhận")
    await office[to].finds("tiếp nhận nhiệm vụ")


# -- a directive to three units ----------------------------------------------------------------------------------------

DIRECTIVE = (
    "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
    "Số: 77/SKHCN-VP",
    "Đông Giang, ngày 20 tháng 11 năm 2026",
    "V/v chuẩn bị tài liệu kiểm chứng cải cách hành chính năm 2026",
    "Kính gửi: Các phòng, đơn vị thuộc Sở.",
    "Đề nghị các phòng, đơn vị chuẩn bị tài liệu kiểm chứng theo từng tiêu chí được phân công.",
)


MOST_QUESTIONS = 50


def samples() -> list[tuple[str, bytes]]:
    """Our own document, and those of a folder, where there is one."""
    return [("77-SKHCN-VP.pdf", pdf(*DIRECTIVE)), *theirs()]


def _silent() -> list[str]:
    """Who does not acknowledge at once: the last of every unit, and one head."""
    return [person for people in UNITS.values() for person in people[-3:]] + ["Trần Văn Bình"]


async def _published(office: Office, name: str, content: bytes) -> None:
    """The Office drops a document, and answers whatever it is asked, until it has been published."""
    lan = office["Lan"]
    answers = {
        "số, ký hiệu văn bản là gì": "88/SKHCN-VP",
        "ngày ban hành văn bản?": "20/11/2026",
        "trích yếu văn bản là gì": "Triển khai nhiệm vụ",
        "gửi tới ai": ", ".join(UNITS),
        "chưa giao việc nào khi đồng chí chưa xác nhận": "không giao việc",
    }
    office.sim.send_document(lan.user, name, content, caption="chỉ đạo")
    for _ in range(MOST_QUESTIONS):
        asked = await lan.hears()
        if "kiểm tra trước khi phát hành" in asked:
            assert f"Số người nhận: {len(RECIPIENTS)} (Telegram {len(RECIPIENTS)})" in asked
            lan.presses("Phát hành")
            return
        # what came before the first question is passed over
        if answer := next((answer for words, answer in answers.items() if words in asked.lower()), None):
            lan.says(answer)
    raise AssertionError("the questions do not end")


async def _monday_a_directive_goes_to_three_units(office: Office) -> None:
    lan = office["Lan"]
    name, content = samples()[0]
    await _published(office, name, content)
    for person in RECIPIENTS:
        letter = await office.phones[person].finds("đề nghị đồng chí tiếp nhận và thực hiện", "tài liệu kiểm chứng")
        assert person in letter
        assert office.phones[person].last["document"]["name"] == name
    assert office["Hải"].unheard() == []
    prompt = [person for person in RECIPIENTS if person not in _silent()]
    for person in prompt:
        office.phones[person].presses("Đã nhận")
    await office.all_find(prompt, "Đã ghi nhận: đồng chí đã nhận chỉ đạo 1")
    lan.says("chỉ đạo 1")
    card = await lan.finds("Phòng Cải cách hành chính: 5/9", "Trung tâm Công nghệ số: 5/8")
    assert "Trần Văn Bình" in card
    assert "Phạm Thị Dung" not in card


async def _wednesday_the_silent_are_asked_and_heads_told(office: Office) -> None:
    """The first working day after the directive: its silent are asked once more."""
    await office.all_find(_silent(), "đề nghị đồng chí xác nhận đã nhận văn bản", "chuẩn bị tài liệu kiểm chứng")
    office["Ước"].presses("Đã nhận")
    await office["Ước"].finds("đã nhận chỉ đạo 1")
    await office["Nam"].finds("xin nhắc", "đến hạn hôm nay")
    await office["Bình"].finds("thứ Tư, 25/11/2026", "Chờ đồng chí xác nhận", "Lập danh mục")
    office["Bình"].presses("Xác nhận 2")
    await office["Quyên"].finds("đã xác nhận: nhiệm vụ số 2 hoàn thành")
    assert not [text for text in office["Hùng"].unheard() if "25/11/2026" in text]


async def _friday_what_is_late_is_brought_to_the_head(office: Office) -> None:
    """The third working day after the directive, and the second on which a task is overdue."""
    silent = [person for person in _silent() if person != "Ông Văn Ước"]
    await office.all_find(silent, "đề nghị đồng chí xác nhận đã nhận văn bản")
    told = await office["Bình"].finds("thứ Sáu, 27/11/2026", "Chuyển đến đồng chí", "Báo cáo tháng")
    assert "Hoàng Văn Nam" in told
    await office["Sáng"].finds("xin nhắc", "Rà soát danh mục", "còn 03 ngày làm việc")
    office["Sáng"].says("tien do 3 60 dang trinh")
    await office["Sáng"].finds("60%")
    office["Sáng"].says("viec 3")
    await office["Sáng"].finds("Vướng mắc", "trình lãnh đạo", "02/12/2026")


async def _monday_the_week_is_told_and_a_head_attests(office: Office) -> None:
    lan, binh, hai = office["Lan"], office["Bình"], office["Hải"]
    silent = await binh.finds("Cù Thị Vân", "Quách Văn Xuyên")
    assert "Ông Văn Ước" not in silent
    await office["Hùng"].finds("La Thị Nga", "Âu Văn Lực", "Khúc Thị Sen")
    binh.says("quán triệt 1")
    await binh.finds("đã quán triệt chỉ đạo 1", "xác nhận thay cho 3 người")
    week = office.sim.sent(binh.user)
    assert [one for one in week if one["kind"] == "photo" and "30/11/2026" in str(one["text"])]
    await lan.finds("Tình hình thực hiện nhiệm vụ", "quá hạn")
    assert [one for one in office.sim.sent(lan.user) if one["kind"] == "photo"]
    await hai.finds("Đỏ: 1 nhiệm vụ quá hạn", "Đơn vị chậm: Phòng Cải cách hành chính (1)")
    lan.says("chỉ đạo 1")
    await lan.finds("Phòng Cải cách hành chính: 9/9", "Trung tâm Công nghệ số: 5/8")
    lan.presses("Danh sách (XLSX)")
    await lan.finds_file(".xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(lan.last["document"]["bytes"])).worksheets[0]
    cells = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert len([row for row in cells if set(row) & set(RECIPIENTS)]) == len(RECIPIENTS)


# -- what keeps a task from its deadline -------------------------------------------------------------------------------


async def _a_difficulty_goes_up_to_a_leader_and_back(office: Office) -> None:
    lan, binh, dung, hai = (office[name] for name in ("Lan", "Bình", "Dung", "Hải"))
    dung.says("vướng mắc 3 chưa có ý kiến của đơn vị phối hợp")
    await dung.finds("Đã ghi nhận vướng mắc", "hết thứ Năm, 26/11/2026")
    await binh.finds("Để đồng chí biết", "vướng mắc")
    await lan.finds("báo vướng mắc", "chưa có ý kiến")
    lan.presses("Trình lãnh đạo")
    await lan.hears()
    lan.says("Đề nghị Lãnh đạo Sở có công văn đôn đốc")
    await lan.finds("Đã trình vướng mắc", "Đỗ Minh Hải")
    await hai.finds("trình lãnh đạo cho ý kiến", "Đề nghị Lãnh đạo Sở có công văn đôn đốc")
    hai.presses("Đồng ý")
    await hai.finds("Đã ghi nhận đồng chí đồng ý")
    for phone in (dung, binh, lan):
        await phone.finds("đồng ý với đề xuất", "công văn đôn đốc")


async def _a_deadline_moves_a_slip_is_undone_and_somebody_stands_in(office: Office) -> None:
    lan, binh, dung = office["Lan"], office["Bình"], office["Dung"]
    dung.says("gia hạn 3 2/12 chờ ý kiến của đơn vị phối hợp")
    await dung.finds("Đã gửi đề nghị gia hạn", "02/12/2026")
    await lan.finds("Phạm Thị Dung", "02/12/2026", "chờ ý kiến của đơn vị phối hợp")
    lan.presses("Đồng ý")
    await dung.finds("đã đồng ý gia hạn", "Hạn cũ: thứ Sáu, 27/11/2026", "02/12/2026")
    await binh.finds("đã gia hạn nhiệm vụ số 3")
    dung.says("xong 3 đã trình")
    await dung.finds("hoàn thành (đúng hạn)")
    await binh.finds("báo hoàn thành nhiệm vụ số 3")
    claim = binh.message
    dung.says("hoàn tác")
    await dung.finds("Đã hoàn tác")
    await binh.finds("đã hoàn tác nội dung vừa báo")
    binh.presses("Xác nhận", claim)
    await binh.finds("Nhiệm vụ số 3 không ở trạng thái chờ xác nhận")
    dung.says("nghỉ 26/11 đến 30/11 thay bằng Sáng")
    await dung.finds("Đã ghi nhận lịch nghỉ", "Lương Văn Sáng")
    await office["Sáng"].finds("phân công thay", "Phạm Thị Dung")
    for phone in (lan, binh):
        await phone.finds("lịch nghỉ", "Phạm Thị Dung")
