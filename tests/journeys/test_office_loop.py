"""The Office's loop over real HTTP, on the rehearsal clock, through a week with a holiday in it.

A directive goes to three units of twenty-five people, is acknowledged, asked about again and attested; a difficulty
goes up to a leader and back; deadlines are extended, people stand in, a slip is undone; mornings bring digests, and
what is late is carried up.
"""

import io
import os
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import openpyxl
import pytest

from domain.people import Role
from tests.cast import Line
from tests.documents.papers import pdf
from tests.journeys.assistant import Assistant, assistant
from tests.journeys.phones import Phone, codes_for_all
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


class Office:
    """Everybody's phone, by given name."""

    def __init__(self, sim: TelegramSimulator, running: Assistant) -> None:
        self.sim = sim
        self.running = running
        self.phones = {line.name: Phone(sim, running, 101 + n) for n, line in enumerate(ROSTER)}

    def __getitem__(self, name: str) -> Phone:
        return next(phone for full, phone in self.phones.items() if full.endswith(name))

    async def enrol(self, codes: dict[str, str]) -> None:
        for name, phone in self.phones.items():
            self.sim.person(phone.user, name)
            phone.says(f"/start {codes[name]}")
        for name, phone in self.phones.items():
            await phone.finds("Chào mừng", name)

    async def all_find(self, people: Sequence[str], *parts: str) -> None:
        for name in people:
            await self.phones[name].finds(*parts)

    async def from_(self, instant: str) -> None:
        """The assistant is started again, at another instant of the week."""
        if self.running.process is not None:
            await self.running.stop()
        await self.running.start("--rehearse-from", f"{instant}+07:00")


@pytest.fixture
async def sim() -> AsyncIterator[TelegramSimulator]:
    async with TelegramSimulator(repeat_stretch=0.05, conflict_delay=0.05) as started:
        yield started


@pytest.fixture
async def office(sim: TelegramSimulator, database_url: str, tmp_path: Path) -> AsyncIterator[Office]:
    """Everybody connected, on Monday 23 November 2026 at nine; the 24th is a holiday."""
    async with assistant(sim, database_url, tmp_path) as running:
        made = Office(sim, running)
        codes = await codes_for_all(running, tmp_path, ROSTER)
        await made.from_("2026-11-23T09:00:00")
        await made.enrol(codes)
        yield made
        await running.stop()
        assert sim.token not in running.log_text()


# -- a directive to three units ----------------------------------------------------------------------------------------

DIRECTIVE = (
    "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
    "Số: 77/SKHCN-VP",
    "Đông Giang, ngày 20 tháng 11 năm 2026",
    "V/v chuẩn bị tài liệu kiểm chứng cải cách hành chính năm 2026",
    "Kính gửi: Các phòng, đơn vị thuộc Sở.",
    "Đề nghị các phòng, đơn vị chuẩn bị tài liệu kiểm chứng theo từng tiêu chí được phân công.",
)
SILENT_AT_FIRST = 10


def samples() -> list[tuple[str, bytes]]:
    """Our own document; with NHACVIEC_SAMPLES set to a folder, each document in it as well."""
    folder = os.environ.get("NHACVIEC_SAMPLES")
    theirs = sorted(Path(folder).glob("*.*")) if folder else []
    return [("77-SKHCN-VP.pdf", pdf(*DIRECTIVE)), *((one.name, one.read_bytes()) for one in theirs)]


async def _published(office: Office, name: str, content: bytes) -> None:
    """The Office drops a document, and answers whatever it is asked, until it has been published."""
    lan = office["Lan"]
    answers = {
        "Số, ký hiệu": "88/SKHCN-VP",
        "Ngày ban hành": "20/11/2026",
        "trích yếu": "Triển khai nhiệm vụ",
        "Gửi tới ai": ", ".join(UNITS),
    }
    office.sim.send_document(lan.user, name, content, caption="chỉ đạo")
    for _ in range(len(answers) + 1):
        asked = await lan.hears()
        if "kiểm tra trước khi phát hành" in asked:
            assert f"Số người nhận: {len(RECIPIENTS)} (Telegram {len(RECIPIENTS)})" in asked
            lan.presses("Phát hành")
            return
        lan.says(next(answer for words, answer in answers.items() if words in asked))
    raise AssertionError("the questions do not end")


@pytest.mark.parametrize(("name", "content"), samples(), ids=lambda value: value if isinstance(value, str) else "")
async def test_a_directive_is_received_by_three_units_or_asked_for_until_their_heads_attest(
    office: Office, name: str, content: bytes
) -> None:
    lan, binh = office["Lan"], office["Bình"]
    await _published(office, name, content)
    for person in RECIPIENTS:
        letter = await office.phones[person].finds("đề nghị đồng chí tiếp nhận và thực hiện")
        assert person in letter
        assert office.phones[person].last["document"]["name"] == name
    assert office["Hải"].unheard() == []

    silent = _silent()
    prompt = [person for person in RECIPIENTS if person not in silent]
    for person in prompt:
        office.phones[person].presses("Đã nhận")
    for person in prompt:
        await office.phones[person].finds("Đã ghi nhận: đồng chí đã nhận chỉ đạo 1")
    lan.says("chỉ đạo 1")
    card = await lan.finds("Phòng Cải cách hành chính: 5/9", "Trung tâm Công nghệ số: 5/8")
    assert "Trần Văn Bình" in card
    assert "Phạm Thị Dung" not in card

    # the first working day after it: the 24th is a holiday
    await office.from_("2026-11-25T07:29:58")
    await office.all_find(silent, "đề nghị đồng chí xác nhận đã nhận văn bản", "chuẩn bị tài liệu kiểm chứng")
    office["Ước"].presses("Đã nhận")
    await office["Ước"].finds("đã nhận chỉ đạo 1")
    silent.remove("Ông Văn Ước")

    # the third: once more; the day after it their heads are told, once and with names
    await office.from_("2026-11-27T07:29:58")
    await office.all_find(silent, "đề nghị đồng chí xác nhận đã nhận văn bản")
    await office.from_("2026-11-30T07:29:58")
    told = await binh.finds("Cù Thị Vân", "Quách Văn Xuyên")
    assert "Ông Văn Ước" not in told
    await office["Hùng"].finds("La Thị Nga", "Âu Văn Lực", "Khúc Thị Sen")
    binh.says("quán triệt 1")
    await binh.finds("đã quán triệt chỉ đạo 1", "áp dụng cho 3 người")
    heads = [people[0] for people in UNITS.values()]
    assert [name for name in prompt if office.phones[name].unheard() and name not in heads] == []
    await _counted_with_proof(office)


async def _counted_with_proof(office: Office) -> None:
    """What the Office sees in the end, and the list as a file."""
    lan = office["Lan"]
    lan.says("chỉ đạo 1")
    await lan.finds("Phòng Cải cách hành chính: 9/9", "Trung tâm Công nghệ số: 5/8")
    lan.presses("Danh sách (XLSX)")
    await lan.finds_file(".xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(lan.last["document"]["bytes"])).worksheets[0]
    cells = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    listed = [row for row in cells if set(row) & set(RECIPIENTS)]
    assert len(listed) == len(RECIPIENTS)


def _silent() -> list[str]:
    """The last of every unit, and one head."""
    return [person for people in UNITS.values() for person in people[-3:]] + ["Trần Văn Bình"]


async def test_deadlines_move_people_stand_in_and_slips_are_undone(office: Office) -> None:
    lan, binh, dung = office["Lan"], office["Bình"], office["Dung"]
    lan.says("giao Phạm Thị Dung; 27/11; Rà soát danh mục thủ tục hành chính #PAR")
    await lan.finds("thứ Sáu, 27/11/2026")
    lan.presses("Giao việc")
    await dung.finds("được giao nhiệm vụ", "Rà soát danh mục")
    dung.says("gia hạn 1 2/12 chờ ý kiến của sở bạn")
    await dung.finds("Đã gửi đề nghị gia hạn", "02/12/2026")
    await lan.finds("Phạm Thị Dung", "02/12/2026", "chờ ý kiến của sở bạn")
    lan.presses("Đồng ý")
    await dung.finds("02/12/2026")
    await binh.finds("02/12/2026")
