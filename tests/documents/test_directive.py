"""Directives from files: what is in them is read, and what is broken, locked, huge or no document is said to be so."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.reading import ocr
from documents.reading.directive import DirectiveReader, Refusal, read_here
from domain.reading.values import SCANNED, Anomaly, Code, Reading
from tests.documents.papers import pdf
from tests.documents.test_texts import LOCKED
from tests.domain.reading.papers import BODY_LINES, HEAD, TAIL, calendar, codes

TEXT = HEAD + "\n".join(BODY_LINES) + TAIL


def word(fill: Callable[[docx.document.Document], None]) -> bytes:
    made = docx.Document()
    fill(made)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


async def test_a_file_is_read_in_another_process() -> None:
    found = await DirectiveReader().read(TEXT.encode(), "cv.txt", calendar())
    assert found is not None
    assert (found.number, found.issued_on) == ("120/SNV-VP", date(2026, 3, 10))
    assert [task.point for task in found.tasks] == ["1", "2"]
    assert found.tasks[1].deadline.due_date == date(2026, 3, 18)  # by the calendar that was given


async def test_what_is_no_document_is_not_read() -> None:
    assert await DirectiveReader().read(b"anything", "anh.jpg", calendar()) is None


async def test_a_reader_that_takes_too_long_is_stopped() -> None:
    found = await DirectiveReader(seconds=0.01).read(TEXT.encode(), "cv.txt", calendar())
    assert found is not None
    assert [one.note for one in found.anomalies] == [Refusal.TOO_BIG]


def test_a_pdf_is_read() -> None:
    found = read_here("pdf", pdf(*TEXT.split("\n")), calendar())
    assert found.number == "120/SNV-VP"
    assert [task.point for task in found.tasks] == ["1", "2"]


@pytest.mark.parametrize(
    ("kind", "data", "code", "note"),
    [
        ("txt", b"", Code.EMPTY_FILE, ""),
        ("txt", b" \r\n\r\n ", Code.EMPTY_FILE, ""),
        ("pdf", LOCKED, Code.NO_TEXT_LAYER, "encrypted"),
        ("pdf", b"%PDF-1.7 nothing", Code.NO_TEXT_LAYER, "unreadable"),
        ("docx", b"PK\x03\x04 nothing", Code.NO_TEXT_LAYER, "unreadable"),
        ("txt", bytes(range(128, 256)) * 9, Code.NO_TEXT_LAYER, "unknown_letters"),
    ],
)
def test_what_cannot_be_read_is_said(kind: str, data: bytes, code: Code, note: str) -> None:
    found = read_here(kind, data, calendar())
    assert (found.readable, found.directive, found.tasks) == (False, False, ())
    assert [(one.code, one.note) for one in found.anomalies] == [(code, note)]


def test_a_zip_bomb_is_not_unpacked() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * (201 << 20))
    assert [one.note for one in read_here("docx", content.getvalue(), calendar()).anomalies] == [Refusal.TOO_BIG]


def test_a_word_file_has_its_header_in_columns_and_its_cells_merged() -> None:
    def fill(made: docx.document.Document) -> None:
        top = made.add_table(1, 2)
        top.cell(0, 0).text = "UBND TỈNH LAM SƠN\nSỞ NỘI VỤ\nSố: 120/SNV-VP\nV/v chấn chỉnh"
        top.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nLam Sơn, ngày 10 tháng 3 năm 2026"
        for line in (
            "Kính gửi: Các phòng.",
            "Đề nghị các phòng thực hiện:",
            "1. Rà soát hồ sơ.",
            "Nơi nhận:",
            "PHỤ LỤC",
        ):
            made.add_paragraph(line)
        rows = [("STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"), ("I", "Hồ sơ", "", ""), ("1", "Rà soát", "Phòng A", "")]
        table = made.add_table(4, 4)
        for row, texts in enumerate([*rows, ("2", "Niêm yết", "Phòng B", "")]):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
        table.cell(2, 3).merge(table.cell(3, 3)).text = "Quý II/2026"

    found = read_here("docx", word(fill), calendar())
    assert (found.number, found.issuer, found.subject) == ("120/SNV-VP", "SỞ NỘI VỤ", "chấn chỉnh")
    assert [task.point for task in found.tasks] == ["1", "PL.I.1", "PL.I.2"]
    assert {str(task.deadline.on) for task in found.tasks[1:]} == {"2026-06-30"}
    assert Code.MERGED_CELL_DEADLINE in codes(found)


def test_numbers_that_word_prints_by_itself_are_points() -> None:
    def fill(made: docx.document.Document) -> None:
        for line in HEAD.strip().split("\n"):
            made.add_paragraph(line)
        for text, style in (
            ("Văn phòng Sở:", "List Number"),
            ("Rà soát hồ sơ.", "List Bullet"),
            ("Sửa quy chế.", "List Bullet"),
        ):
            made.add_paragraph(text, style=style)

    found = read_here("docx", word(fill), calendar())
    assert [(task.point, task.lead) for task in found.tasks] == [
        ("1.-1", ("Văn phòng Sở",)),
        ("1.-2", ("Văn phòng Sở",)),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_read_in_every_form_of_unicode(encoding: str) -> None:
    assert len(read_here("txt", TEXT.encode(encoding), calendar()).tasks) == 2


def test_old_vietnamese_letters_are_converted() -> None:
    tcvn3 = "C«ng v¨n cña Së Néi vô vÒ viÖc b¸o c¸o c¸c nhiÖm vô th¸ng n¨m".encode("latin-1")
    vni = "Coâng vaên cuûa Sôû Noäi vuï veà vieäc baùo caùo caùc nhieäm vuï thaùng naêm".encode("latin-1")
    from documents.reading.old_letters import decoded

    assert decoded(tcvn3) == decoded(vni) == "Công văn của Sở Nội vụ về việc báo cáo các nhiệm vụ tháng năm"


@given(st.binary(max_size=2000), st.sampled_from(["pdf", "docx", "txt"]))
@settings(max_examples=120, deadline=3000)
def test_no_bytes_are_too_strange(data: bytes, kind: str) -> None:
    assert isinstance(read_here(kind, data, calendar()), Reading)


def scan_of(content: bytes) -> bytes:
    """A document as a copier gives it: pictures of its pages."""
    pages = [page.render(scale=2.5, grayscale=True).to_pil() for page in pypdfium2.PdfDocument(content)]
    scanned = io.BytesIO()
    pages[0].save(scanned, "PDF", save_all=True, append_images=pages[1:], resolution=180)
    return scanned.getvalue()


@pytest.mark.skipif(not ocr.is_available(), reason="Tesseract with Vietnamese is not installed")
async def test_a_scan_is_read_and_every_word_is_to_be_checked() -> None:
    content = (Path(__file__).parents[1] / "directives" / "documents" / "ket-luan-kiem-tra.pdf").read_bytes()
    asked = await DirectiveReader().read(content, "in.pdf", calendar())
    found = await DirectiveReader().read(scan_of(content), "quet.pdf", calendar())
    assert asked is not None
    assert found is not None
    assert (found.readable, found.number, found.issued_on) == (True, asked.number, asked.issued_on)
    points = {task.point for task in asked.tasks}
    assert len(points & {task.point for task in found.tasks}) >= 0.8 * len(points)
    assert Anomaly(Code.NO_TEXT_LAYER, "", "ocr") in found.anomalies
    told = found.facts()
    assert told["confidence"] == SCANNED
    assert {task["confidence"] for task in told["tasks"]} == {SCANNED}  # type: ignore[attr-defined]
    assert "confidence" not in asked.facts()


@pytest.mark.skipif(not ocr.is_available(), reason="Tesseract with Vietnamese is not installed")
def test_a_scan_of_more_pages_than_can_be_read_is_refused_rather_than_half_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ocr, "MOST_PAGES", 0)
    content = (Path(__file__).parents[1] / "directives" / "documents" / "ban-quet.pdf").read_bytes()
    found = read_here("pdf", content, calendar())
    assert (found.readable, found.anomalies[0].note) == (False, Refusal.TOO_BIG.value)
