"""The sheets of a roster file, as plain lines of text: XLSX or CSV in, and no broken file gets further than this."""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl import Workbook

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 32 * 1024 * 1024
MOST_PARTS = 2000
MOST_COLUMNS = 64
MOST_LINES = 30_000
LAST_LINE = 1_048_576
"""No sheet of Excel goes further; LibreOffice often leaves an empty row there."""

_MOST_MERGED = 400_000
_LAST_MERGED = 30_000
_XLSX = (".xlsx", ".xlsm")
_TEXT = (".csv", ".tsv", ".txt")
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')


_Piece = tuple[int, int, bool]
"""What a merged area covers of one line: its first and last column, and whether it continues from above."""


class RosterFault(StrEnum):
    """What is wrong with a roster; the caller has the sentence."""

    NOT_A_ROSTER = "not_a_roster"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    LOCKED = "locked"
    HEADING_MISSING = "heading_missing"
    NO_ROWS = "no_rows"
    NO_NAME = "no_name"
    NO_UNIT = "no_unit"
    UNKNOWN_ROLE = "unknown_role"
    DUPLICATE = "duplicate"
    FORMULA = "formula"
    PARENT_UNKNOWN = "parent_unknown"
    PARENT_SELF = "parent_self"
    PARENT_CIRCLE = "parent_circle"
    PARENT_DIFFERS = "parent_differs"


class SheetError(Exception):
    """The whole file cannot be read."""

    def __init__(self, fault: RosterFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet: its number from 1, its cells as clean text, and which runs of columns are merged into one."""

    number: int
    cells: tuple[str, ...]
    spans: tuple[tuple[int, int], ...] = ()


def clean(text: str) -> str:
    """Composed letters, single spaces, and none of the characters that cannot be seen."""
    composed = unicodedata.normalize("NFC", text)
    seen = (" " if char.isspace() else char for char in composed)
    return " ".join("".join(char for char in seen if unicodedata.category(char) not in ("Cc", "Cf", "Cs")).split())


def sheets(data: bytes, name: str) -> Generator[Iterator[Line], None, None]:
    """The sheets in order; of a CSV file, what each separator makes of it. Raises SheetError, also while reading."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in _XLSX + _TEXT:
        raise SheetError(RosterFault.NOT_A_ROSTER)
    if len(data) > MOST_BYTES:
        raise SheetError(RosterFault.TOO_LARGE)
    if data.startswith(_ZIP):
        yield from _workbook(data)
    elif data.startswith(_OLE):
        raise SheetError(RosterFault.LOCKED if _ENCRYPTED in data else RosterFault.UNREADABLE)
    elif suffix in _XLSX:
        raise SheetError(RosterFault.UNREADABLE)
    else:
        text = _decoded(data)
        yield from (_separated(text, separator) for separator in (",", ";", "\t"))


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in data:
        encodings = ["utf-16-le"]
    else:
        encodings = ["utf-8-sig", "cp1258"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise SheetError(RosterFault.UNREADABLE)


def _separated(text: str, separator: str) -> Iterator[Line]:
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1):
            yield Line(number, tuple(clean(cell) for cell in row[:MOST_COLUMNS]))
    except csv.Error:
        raise SheetError(RosterFault.UNREADABLE) from None


def _workbook(data: bytes) -> Iterator[Iterator[Line]]:
    _weigh(data)
    import openpyxl  # it takes a while to load, and most days bring no roster

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    except Exception:
        # whatever can be wrong with a file, the library answers with another exception
        raise SheetError(RosterFault.UNREADABLE) from None
    try:
        yield from (_sheet(book, sheet) for sheet in book.worksheets if sheet.sheet_state == "visible")
    finally:
        book.close()


def _weigh(data: bytes) -> None:
    """Refuse what would unpack to more than a roster can be, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise SheetError(RosterFault.UNREADABLE) from None
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise SheetError(RosterFault.TOO_LARGE)
    if any(part.flag_bits & 1 for part in parts):
        raise SheetError(RosterFault.LOCKED)


def _sheet(book: "Workbook", sheet: Any) -> Iterator[Line]:
    try:
        # the size that a sheet states of itself is often wrong
        sheet.reset_dimensions()
        merged = _merged(_source(book, sheet))
        above: dict[int, str] = {}
        for number, row in _filled(sheet.iter_rows()):
            yield _line(number, [_text(cell) for cell in row[:MOST_COLUMNS]], merged.get(number, ()), above)
    except SheetError:
        raise
    except Exception:
        raise SheetError(RosterFault.UNREADABLE) from None


def _filled(rows: Iterable[Sequence[Any]]) -> Iterator[tuple[int, Sequence[Any]]]:
    count = 0
    for number, row in enumerate(rows, start=1):
        if number > LAST_LINE:
            break
        if row:
            count += 1
            yield number, row
        if count > MOST_LINES:
            raise SheetError(RosterFault.TOO_LARGE)


def _source(book: Any, sheet: Any) -> bytes:
    # read sheet by sheet, the library does not tell which cells are merged, so its source is asked
    source: bytes = book._archive.read(sheet._worksheet_path)
    return source


def _merged(source: bytes) -> dict[int, list[_Piece]]:
    """For each line, the merged areas on it."""
    from openpyxl.utils import column_index_from_string as column

    found: dict[int, list[_Piece]] = {}
    pieces = 0
    for left, top, right, bottom in _MERGED.findall(source):
        first, last = column(left.decode()) - 1, column(right.decode()) - 1
        for number in range(int(top), min(int(bottom), _LAST_MERGED) + 1):
            found.setdefault(number, []).append((first, last, number > int(top)))
            pieces += 1
            if pieces > _MOST_MERGED:
                return found
    return found


def _line(number: int, cells: list[str], merged: Iterable[_Piece], above: dict[int, str]) -> Line:
    """The line with areas merged downwards repeated on it; `above` remembers what stood at their top."""
    for first, _, continued in merged:
        if continued and first < MOST_COLUMNS:
            cells += [""] * (first + 1 - len(cells))
            cells[first] = above.get(first, "")
        elif first < len(cells):
            above[first] = cells[first]
    return Line(number, tuple(cells), tuple((first, last) for first, last, _ in merged if last > first))


def _text(cell: Any) -> str:
    value = cell.value
    if cell.data_type in ("f", "e"):
        return "=" + clean(str(value)).lstrip("=")  # an error such as #REF! is what a formula left
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else clean(str(value))
