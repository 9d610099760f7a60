"""Directives from files, read in a process of its own with limits on time and memory.

From Python, alone:

    from documents.reading.directive import read_here
    reading = read_here("pdf", data, calendar)
    print(reading.tasks)
"""

import asyncio
import json
import sys
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import date
from enum import StrEnum, auto
from typing import Any

from documents.reading import ocr, texts
from documents.reading.docx_blocks import source_of_docx
from documents.reading.old_letters import NotVietnamese, decoded
from documents.reading.texts import (
    MOST_TEXT,
    MOST_UNPACKED,
    child_process,
    ended,
    kind_of,
    limit,
    talk,
    without_controls,
)
from domain.headers import Header
from domain.reading.blocks import Line, Source
from domain.reading.directive import is_decomposed, read, secret, source_of_lines, source_of_text, text_of, unread
from domain.reading.values import Anomaly, Code, Reading, WholeReading
from domain.workdays import CalendarDay, WorkCalendar

SECONDS = 20.0
WITH_TEXT = "text"
"""Said to the other process: it gives back the text as well."""
FIRST_YEAR, LAST_YEAR = 2015, 2040
"""The years for which the other process is told the calendar."""


class Refusal(StrEnum):
    """Why a file cannot be read, in the note of its anomaly."""

    ENCRYPTED = auto()
    UNREADABLE = auto()
    TOO_BIG = auto()
    UNKNOWN_LETTERS = auto()


class DirectiveReader:
    """Reads directives, a few at a time."""

    def __init__(self, seconds: float = SECONDS, at_once: int = 2) -> None:
        self._seconds = seconds
        self._free = asyncio.Semaphore(at_once)

    async def read(self, data: bytes, name: str, calendar: WorkCalendar, mime: str = "") -> Reading | None:
        """What a file says, None where it is none that can be read. Raises nothing."""
        found = await self._read(data, name, calendar, mime)
        return found.reading if found else None

    async def read_whole(self, data: bytes, name: str, calendar: WorkCalendar, mime: str = "") -> WholeReading | None:
        """The same, with the text of the document and its header; of a secret one neither leaves the other process."""
        return await self._read(data, name, calendar, mime, WITH_TEXT)

    async def _read(self, data: bytes, name: str, calendar: WorkCalendar, mime: str, *more: str) -> WholeReading | None:
        kind = kind_of(name, mime)
        if kind is None:
            return None
        async with self._free:
            try:
                return await self._ask(data, calendar, kind, *more)
            except OSError:
                return WholeReading(refused(Refusal.UNREADABLE))

    async def _ask(self, data: bytes, calendar: WorkCalendar, *what: str) -> WholeReading:
        child = await child_process("documents.reading.directive", *what)
        days = json.dumps(_days(calendar)).encode()
        try:
            async with asyncio.timeout(self._seconds + (ocr.seconds() if what[0] == "pdf" else 0)):
                answer = await talk(child, len(days).to_bytes(4, "big") + days + data)
        except TimeoutError:
            return WholeReading(refused(Refusal.TOO_BIG))
        finally:
            await ended(child)
        try:
            return _from_json(json.loads(answer))
        except (ValueError, TypeError, KeyError):
            why = Refusal.TOO_BIG if not answer and len(data) > 1_000_000 else Refusal.UNREADABLE
            return WholeReading(refused(why))


def _from_json(said: dict[str, Any]) -> WholeReading:
    header = said["header"]
    if header:
        header = Header(**header | {"issued_on": date.fromisoformat(day) if (day := header["issued_on"]) else None})
    return WholeReading(Reading.from_facts(said["reading"]), str(said["text"]), header)


def refused(why: Refusal) -> Reading:
    """The answer to a file that cannot be read."""
    return Reading(readable=False, anomalies=(Anomaly(Code.NO_TEXT_LAYER, "", why.value),))


def _days(calendar: WorkCalendar) -> list[list[object]]:
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    return [[day.day.isoformat(), day.working, day.name] for year in years for day in calendar.year(year).values()]


# -- in the other process, or in this one ------------------------------------------------------------------------------


def read_here(kind: str, data: bytes, calendar: WorkCalendar) -> Reading:
    """What a file ("pdf", "docx", "txt") says, in this process."""
    return _read_source(kind, data, calendar).reading


def read_whole_here(kind: str, data: bytes, calendar: WorkCalendar) -> WholeReading:
    """The same, with its text and its header; secret is also what bears its mark where no task is looked for."""
    plain = texts.read_here(kind, data)
    if plain.secret:
        return WholeReading(secret())
    found = _read_source(kind, data, calendar)
    return replace(found, header=plain.header or _header(found.reading))


def _header(reading: Reading) -> Header | None:
    """The header of pages that were read as pictures."""
    if not reading.readable:
        return None
    return Header(reading.number or "", reading.issued_on, reading.subject or "", reading.issuer or "")


def _read_source(kind: str, data: bytes, calendar: WorkCalendar) -> WholeReading:
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        return WholeReading(unread(Code.EMPTY_FILE))
    try:
        source, is_scan = {"pdf": _pdf, "docx": _docx, "txt": _txt}[kind](data)
        return _told(source, calendar, is_scan=is_scan)
    except _Refused as fault:
        return WholeReading(refused(fault.why))
    except (MemoryError, RecursionError):
        return WholeReading(refused(Refusal.TOO_BIG))
    except Exception:
        # whatever can be wrong with a file, the libraries answer with another exception
        return WholeReading(refused(Refusal.UNREADABLE))


def _told(source: Source | None, calendar: WorkCalendar, *, is_scan: bool) -> WholeReading:
    if source is None:
        return WholeReading(unread(Code.NO_TEXT_LAYER))
    reading = read(source, calendar)
    if reading.secret:
        return WholeReading(reading)
    if is_scan and not reading.directive:
        return WholeReading(unread(Code.NO_TEXT_LAYER))  # what was read from the picture may be anything
    if is_scan and reading.readable:
        reading = replace(reading, anomalies=(Anomaly(Code.NO_TEXT_LAYER, "", "ocr"), *reading.anomalies))
    return WholeReading(reading, text_of(source)[:MOST_TEXT])


class _Refused(Exception):
    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why = why


def _txt(data: bytes) -> tuple[Source, bool]:
    try:
        text = decoded(data)
    except NotVietnamese:
        raise _Refused(Refusal.UNKNOWN_LETTERS) from None
    text = "\f".join(without_controls(page) for page in text[:MOST_TEXT].split("\f"))
    return source_of_text(text), False


def _pdf(data: bytes) -> tuple[Source | None, bool]:
    import pypdfium2

    from documents.reading.pdf_pages import lines_of_pdf

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _Refused(Refusal.ENCRYPTED if "password" in str(error).lower() else Refusal.UNREADABLE) from None
    raw = lines_of_pdf(document)
    if not any((isinstance(one, Line) and one.text.strip()) or not isinstance(one, Line) for one in raw):
        has_pictures = ocr.has_pictures(document)
        try:
            text = ocr.read_scan(document) if has_pictures else ""
        except ocr.TooLong:
            raise _Refused(Refusal.TOO_BIG) from None
        if text.strip():
            return source_of_text(without_controls(text)), True
        return (None, False) if has_pictures else (Source(()), False)
    lines = [_composed(one) for one in raw]
    decomposed = any(isinstance(one, Line) and is_decomposed(one.text) for one in raw)
    return source_of_lines(lines, decomposed=decomposed), False


def _composed(one: Any) -> Any:
    import unicodedata

    from domain.reading.blocks import Cell, Table

    if isinstance(one, Line):
        return replace(one, text=without_controls(unicodedata.normalize("NFC", one.text)))
    return Table(
        tuple(tuple(Cell(unicodedata.normalize("NFC", cell.text), cell.continued) for cell in row) for row in one.rows)
    )


def _docx(data: bytes) -> tuple[Source, bool]:
    import io
    import zipfile

    import docx

    if data.startswith(b"\xd0\xcf\x11\xe0"):  # a locked document is wrapped in the old format
        raise _Refused(Refusal.ENCRYPTED if "EncryptedPackage".encode("utf-16-le") in data else Refusal.UNREADABLE)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > MOST_UNPACKED or len(parts) > 5000:
            raise _Refused(Refusal.TOO_BIG)
    return source_of_docx(docx.Document(io.BytesIO(data))), False


def _calendar(days: list[list[Any]]) -> WorkCalendar:
    by_date = {
        date.fromisoformat(day): CalendarDay(date.fromisoformat(day), bool(working), str(name))
        for day, working, name in days
    }
    return WorkCalendar(lambda year: {day: one for day, one in by_date.items() if day.year == year})


def _main() -> None:
    limit(SECONDS)
    given = sys.stdin.buffer.read()
    length = int.from_bytes(given[:4], "big")
    calendar = _calendar(json.loads(given[4 : 4 + length]))
    data = given[4 + length :]
    if WITH_TEXT in sys.argv[2:]:
        found = read_whole_here(sys.argv[1], data, calendar)
    else:
        found = WholeReading(read_here(sys.argv[1], data, calendar))
    told = {"reading": found.reading.facts(), "text": found.text, "header": found.header and asdict(found.header)}
    with suppress(BrokenPipeError):
        sys.stdout.write(json.dumps(told, default=date.isoformat))


if __name__ == "__main__":
    _main()
