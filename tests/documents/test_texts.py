"""The text of documents, read aside: what is broken, locked, huge or slow is said to be so, and harms nobody."""

import asyncio
import io
import unicodedata
import zipfile
from datetime import date

import pytest

from documents.reading import texts
from documents.reading.texts import Reader, ReadFault, Reading, read_here
from domain.headers import Header
from tests.documents.papers import pdf, word

LINES = ("Số: 12/UBND-NC", "Hưng Yên, ngày 10 tháng 5 năm 2024", "Kính gửi: các sở")

LOCKED = (
    b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\n"
    b"4 0 obj\n<</Filter/Standard/V 1/R 2/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">/P -4>>\nendobj\n"
    b"trailer\n<</Root 1 0 R/Size 5/Encrypt 4 0 R/ID[<41><41>]>>\n"
)


async def test_a_pdf_is_read_in_another_process() -> None:
    reading = await Reader().read(pdf(*LINES), "cv.PDF", "")
    assert reading == Reading("\n".join(LINES), Header("12/UBND-NC", date(2024, 5, 10)))


def test_a_hyphen_at_the_end_of_a_line_of_a_pdf_is_read_and_control_characters_are_none() -> None:
    reading = read_here("pdf", pdf("Số: 1238/UBND-", "NC", "Kính gửi: các sở"))
    assert reading.header == Header("1238/UBND-NC")
    assert read_here("txt", "Trực\x00 \x02lễ\ufffe".encode()).text == "Trực lễ"


async def test_a_marked_text_does_not_leave_the_other_process() -> None:
    assert await Reader().read(pdf("TỐI MẬT", *LINES), "cv.pdf", "") == Reading(secret=True)


async def test_a_word_document_is_read_with_its_tables_and_page_headers() -> None:
    mime = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    content = word("THÔNG BÁO", "Lịch trực", row=("UBND TỈNH\nSố: 5/TB-UBND", LINES[1]), header="HỎA TỐC")
    reading = await Reader().read(content, "no name", mime)
    assert reading is not None
    assert reading.text.split() == f"HỎA TỐC UBND TỈNH Số: 5/TB-UBND {LINES[1]} THÔNG BÁO Lịch trực".split()
    assert reading.header is not None
    assert reading.header.number == "5/TB-UBND"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_plain_text_is_read_in_the_usual_encodings_and_composed(encoding: str) -> None:
    content = unicodedata.normalize("NFD", "Về việc trực lễ").encode(encoding)
    assert read_here("txt", content) == Reading("Về việc trực lễ", Header(subject="trực lễ"))


def test_old_windows_text_is_read() -> None:
    # that encoding has letters and marks apart
    assert read_here("txt", "Về vi".encode("cp1258", "ignore") + b" \xf0").text.endswith("đ")


@pytest.mark.parametrize(
    ("content", "kind", "fault"),
    [
        (b"%PDF-1.7 nothing", "pdf", ReadFault.UNREADABLE),
        (b"", "pdf", ReadFault.UNREADABLE),
        (b"PK\x03\x04 nothing", "docx", ReadFault.UNREADABLE),
        (b"\xd0\xcf\x11\xe0 locked", "docx", ReadFault.ENCRYPTED),
        (LOCKED, "pdf", ReadFault.ENCRYPTED),
        (b" \n", "txt", ReadFault.NO_TEXT_LAYER),
    ],
)
def test_what_cannot_be_read_is_named(content: bytes, kind: str, fault: ReadFault) -> None:
    assert read_here(kind, content) == Reading(fault=fault)


def test_a_picture_in_a_pdf_is_no_text() -> None:
    assert read_here("pdf", pdf()) == Reading(fault=ReadFault.NO_TEXT_LAYER)


def test_a_document_that_unpacks_to_a_mountain_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "MOST_UNPACKED", 1 << 20)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (2 << 20))
    assert read_here("docx", content.getvalue()) == Reading(fault=ReadFault.TOO_BIG)


async def test_memory_is_limited() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word("x"))) as source, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.namelist():
            filler = b"<w:p/>" * (30 << 20) if part == "word/document.xml" else b""
            archive.writestr(part, source.read(part).replace(b"<w:p>", filler + b"<w:p>", 1))
    reading = await Reader().read(bomb.getvalue(), "a.docx", "")
    assert reading is not None
    assert reading.fault in (ReadFault.TOO_BIG, ReadFault.UNREADABLE)


async def test_what_takes_too_long_is_broken_off() -> None:
    async with asyncio.timeout(5):
        assert await Reader(seconds=0.01).read(pdf(*LINES), "a.pdf", "") == Reading(fault=ReadFault.TOO_BIG)


async def test_other_files_are_not_read() -> None:
    assert await Reader().read(b"anything", "anh.jpg", "image/jpeg") is None
