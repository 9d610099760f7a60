"""From paper to tasks over real HTTP: the Office drops a directive, confirms what was read, and publishes it.

Then a decision of the ministry starts the clocks that waited for it, across the new year's days and a Saturday that is
worked; and a change of the calendar moves them, and says so.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.people import Role
from tests.cast import Line
from tests.documents.papers import letter
from tests.journeys.assistant import assistant
from tests.journeys.phones import Phones, codes_for_all
from tests.journeys.samples import theirs
from tests.simulators.telegram import TelegramSimulator

pytestmark = pytest.mark.journey

BOARD, OFFICE = "Ban Giám đốc Sở", "Văn phòng Sở"
REFORM, PLANNING, CENTRE = "Phòng Cải cách hành chính", "Phòng Kế hoạch - Tài chính", "Trung tâm Công nghệ số"
ROSTER = (
    Line("Đỗ Minh Hải", BOARD, "Phó Giám đốc", Role.LEADER, None),
    Line("Nguyễn Thị Lan", OFFICE, "Chuyên viên tổng hợp", Role.OFFICE, BOARD),
    Line("Lê Quang Chánh", OFFICE, "Chánh Văn phòng", Role.UNIT_HEAD, BOARD),
    Line("Trần Văn Bình", REFORM, "Trưởng phòng", Role.UNIT_HEAD, BOARD),
    Line("Phạm Thị Dung", REFORM, "Chuyên viên", Role.OFFICER, BOARD),
    Line("Vũ Mạnh Hùng", PLANNING, "Trưởng phòng", Role.UNIT_HEAD, BOARD),
    Line("Phan Đức Minh", CENTRE, "Giám đốc Trung tâm", Role.UNIT_HEAD, BOARD),
)
HEADS = ("Chánh", "Bình", "Hùng", "Minh")

DIRECTIVE = (
    "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
    "Số: 31/SKHCN-VP",
    "Đông Giang, ngày 05 tháng 02 năm 2026",
    "V/v nâng cao kết quả cải cách hành chính năm 2026",
    "Kính gửi: Các phòng, đơn vị thuộc Sở.",
    "Căn cứ Công văn số 212/UBND-NC ngày 28/01/2026 của UBND tỉnh, Giám đốc Sở đề nghị các phòng, đơn vị:",
    "1. Về Chỉ số cải cách hành chính (PAR INDEX)",
    "a) Soát lại kế hoạch cải cách hành chính của đơn vị mình và gửi kết quả về Văn phòng Sở trước ngày 27/02/2026.",
    "b) Phòng Cải cách hành chính chủ trì, phối hợp với Trung tâm Công nghệ số thực hiện: (1) Trình công bố danh mục"
    " thủ tục hành chính trong 05 ngày làm việc kể từ ngày có quyết định công bố của Bộ Khoa học và Công nghệ;"
    " (2) Trình quy trình nội bộ trong 10 ngày làm việc kể từ ngày có quyết định công bố của Bộ Khoa học và Công nghệ.",
    "2. Về Chỉ số hài lòng (SIPAS)",
    "a) Phòng KH-TC tổng hợp số phiếu khảo sát, báo cáo trước ngày 20 hằng tháng.",
    "b) Tổ Một cửa niêm yết mã quét tại nơi tiếp công dân.",
    "3. Giao Văn phòng Sở đôn đốc việc thực hiện công văn này.",
    "Nơi nhận: Như trên; Lưu: VT.",
)
NAME = "31-SKHCN-VP.pdf"


@pytest.fixture
async def agency(database_url: str, tmp_path: Path) -> AsyncIterator[Phones]:
    """Everybody connected, on Monday 9 February 2026 at nine; the new year's days are from the 16th to the 20th."""
    async with (
        TelegramSimulator(repeat_stretch=0.05, conflict_delay=0.05) as sim,
        assistant(sim, database_url, tmp_path) as running,
    ):
        made = Phones(sim, running, ROSTER)
        codes = await codes_for_all(running, tmp_path, ROSTER)
        await made.from_("2026-02-09T09:00:00")
        await made.enrol(codes)
        yield made
        await running.stop()
        assert sim.token not in running.log_text()


async def test_from_a_directive_on_paper_to_deadlines_that_move_with_the_calendar(agency: Phones) -> None:
    await _the_office_confirms_what_was_read(agency)
    await _everybody_has_their_tasks(agency)
    await agency.from_("2026-02-11T09:00:00")
    await _a_decision_opens_the_chain_across_the_new_year_and_a_swapped_saturday(agency)
    await _a_change_of_the_calendar_moves_it_and_says_so(agency)


@pytest.mark.skipif(not theirs(), reason="there are no documents but our own")
async def test_documents_that_are_not_ours_become_tasks_too(agency: Phones) -> None:
    """Also as a PDF, where they are text: whatever they leave open is answered for all at once."""
    for number, (name, content) in enumerate(_also_as_pdf(theirs()), 1):
        await _published_with_tasks(agency, name, content, f"{number}/SKHCN-VP")
        for head in HEADS:
            await agency[head].finds("đề nghị đồng chí tiếp nhận và thực hiện", f"{number}/SKHCN-VP")
            await agency[head].finds(f"chỉ đạo {number} ", "giao đồng chí")
        await agency["Lan"].finds(f"Đã giao việc theo chỉ đạo {number}")


def _also_as_pdf(documents: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    texts = [
        (f"{name}.pdf", letter(*content.decode().split("\n"))) for name, content in documents if name.endswith("txt")
    ]
    return [*documents, *texts]


MOST_QUESTIONS = 20


async def _published_with_tasks(agency: Phones, name: str, content: bytes, number: str) -> None:
    lan = agency["Lan"]
    answers = {
        "chưa giao việc nào khi đồng chí chưa xác nhận": "nhận hết",
        "ai chủ trì": "các phòng, đơn vị cho tất cả",
        "thời hạn là khi nào": "không hạn cho tất cả",
        "chu kỳ": "hằng quý cho tất cả",
        "số, ký hiệu văn bản là gì": number,
        "ngày ban hành văn bản?": "05/02/2026",
        "trích yếu văn bản là gì": "Triển khai nhiệm vụ",
        "gửi tới ai": "nơi được giao việc",
    }
    agency.sim.send_document(lan.user, name, content, caption="chỉ đạo")
    for _ in range(MOST_QUESTIONS):
        asked = await lan.hears()
        if "kiểm tra trước khi phát hành" in asked:
            assert "Nhiệm vụ: giao" in asked
            lan.presses("Phát hành")
            await lan.finds("Đã phát hành chỉ đạo")
            return
        if answer := next((answer for words, answer in answers.items() if words in asked.lower()), None):
            lan.says(answer)
    raise AssertionError("the questions do not end")


async def _the_office_confirms_what_was_read(agency: Phones) -> None:
    lan = agency["Lan"]
    agency.sim.send_document(lan.user, NAME, letter(*DIRECTIVE), caption="chỉ đạo")
    card = await lan.finds("Số, ký hiệu: 31/SKHCN-VP; ngày: 05/02/2026")
    assert "Nhiệm vụ: 6" in card
    assert "ai thực hiện: 1 việc; thời hạn: 2 việc" in card
    lan.presses("Danh sách")
    listed = await lan.finds("Việc 1–6 trong 6")
    assert "Văn phòng Sở, Phòng Cải cách hành chính, Phòng Kế hoạch - Tài chính, Trung tâm Công nghệ số" in listed
    assert "trước ngày 20 hằng tháng" in listed
    lan.says("sửa 1 hạn 26/02/2026")
    await lan.finds("26/02/2026")
    lan.says("sửa 4 nội dung Tổng hợp phiếu khảo sát sự hài lòng của quý")
    await lan.finds("Tổng hợp phiếu khảo sát", "Văn bản ghi")
    lan.says("bỏ 6 Văn phòng Sở làm thường xuyên")
    await lan.finds("Đã bỏ việc 6")
    lan.says("nhận hết")
    await lan.finds("Ai chủ trì nhiệm vụ này?", "Tổ Một cửa")
    lan.says("Trung tâm CNS")
    await lan.finds("Thời hạn là khi nào?", "niêm yết mã quét")
    lan.presses("Không có hạn")
    await lan.finds("Gửi tới ai?")
    lan.presses("Nơi được giao việc")
    preview = await lan.finds("kiểm tra trước khi phát hành")
    assert "Nhiệm vụ: giao 5 việc cho" in preview
    assert "bỏ 1" in preview
    lan.presses("Phát hành")
    await lan.finds("Đã phát hành chỉ đạo 1")


async def _everybody_has_their_tasks(agency: Phones) -> None:
    own = ("Soát lại kế hoạch", "Điểm 1.a", "Hạn: thứ Năm, 26/02/2026", "Văn bản ghi: “trước ngày 27/02/2026”")
    for head in HEADS:
        await agency[head].finds("đề nghị đồng chí tiếp nhận và thực hiện", "31/SKHCN-VP")
    await agency["Chánh"].finds("giao đồng chí 1 nhiệm vụ", *own)
    await agency["Bình"].finds("giao đồng chí 3 nhiệm vụ", *own, "Chờ quyết định", "Điểm 1.b.(1)", "Điểm 1.b.(2)")
    await agency["Hùng"].finds("giao đồng chí 2 nhiệm vụ", *own, "Định kỳ", "Tổng hợp phiếu khảo sát", "13/02/2026")
    await agency["Minh"].finds(
        "giao đồng chí 2 nhiệm vụ", *own, "niêm yết mã quét", "không có thời hạn", "Phối hợp", f"Chủ trì: {REFORM}"
    )
    await agency["Lan"].finds("Đã giao việc theo chỉ đạo 1", "nhiệm vụ có số: 5", "chờ quyết định: 2", "định kỳ: 1")
    # nothing goes to whoever is named in no task
    assert [text for text in agency["Dung"].unheard() if "giao đồng chí" in text] == []
    binh = agency["Bình"]
    binh.says("việc 2")
    await binh.finds("Soát lại kế hoạch", "1.a", "trước ngày 27/02/2026")


async def _a_decision_opens_the_chain_across_the_new_year_and_a_swapped_saturday(agency: Phones) -> None:
    lan, binh = agency["Lan"], agency["Bình"]
    lan.says("/lich nghi 23/02/2026 thay 28/02/2026 theo 15/VPCP-KGVX")
    await lan.finds("kiểm tra trước khi sửa lịch", "thứ Bảy, 28/02/2026: ngày làm việc")
    lan.presses("Ghi lại")
    await lan.finds("Đã sửa lịch")
    lan.says("/quyetdinh 15/QĐ-BKHCN 10/02/2026")
    await lan.finds("kiểm tra trước khi mở", "15/QĐ-BKHCN")
    lan.presses("Mở")
    await lan.finds("Đã mở theo Quyết định số 15/QĐ-BKHCN: 2 nhiệm vụ", "25/02/2026", "03/03/2026")
    chain = await binh.finds("theo Quyết định số 15/QĐ-BKHCN (ký ngày 10/02/2026)")
    assert "Hạn: thứ Tư, 25/02/2026" in chain
    assert "Hạn: thứ Ba, 03/03/2026" in chain
    assert "17/02/2026 (Tết Nguyên Đán)" in chain
    assert "làm bù: 28/02/2026" in chain
    assert "Mốc nội bộ: dự thảo" in chain


async def _a_change_of_the_calendar_moves_it_and_says_so(agency: Phones) -> None:
    lan, binh = agency["Lan"], agency["Bình"]
    lan.says("/lich nghi 24/02/2026 theo 20/VPCP-KGVX")
    await lan.finds("Số thời hạn phải tính lại: 2")
    lan.presses("Ghi lại")
    await lan.finds("Đã tính lại xong, số thời hạn thay đổi: 2")
    await binh.finds(
        "Theo 20/VPCP-KGVX: thứ Ba, 24/02/2026 là ngày nghỉ",
        "thứ Tư, 25/02/2026 → thứ Năm, 26/02/2026",
        "thứ Ba, 03/03/2026 → thứ Tư, 04/03/2026",
    )
    lan.says("/chidao 1")
    card = await lan.finds("Việc theo từng điểm: 5")
    assert "Điểm 1.b.(1)" in card
    assert "26/02/2026" in card
    assert "04/03/2026" in card
    assert "không giao: Văn phòng Sở làm thường xuyên" in card
