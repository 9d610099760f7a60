"""The roster: every file that offices make of it, every fault with its row, and no file that breaks the reader."""

import io
import tomllib
import unicodedata
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.protection import WorkbookProtection

from documents.reading import roster, roster_sheets
from documents.reading.roster import RosterFault, RosterReading, RosterRow, read_roster
from domain.people import Role

HEADINGS = ("Họ và tên", "Đơn vị", "Chức vụ", "Vai trò", "Đơn vị cấp trên")
HOA = ("Nguyễn Thị Hoa", "Văn phòng", "Chánh Văn phòng", "Trưởng đơn vị", "Sở Nội vụ")
AN = ("Trần Văn An", "Sở Nội vụ", "Giám đốc", "Lãnh đạo", "")
Cells = Sequence[object]


def xlsx(*rows: Cells, merged: Sequence[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def lines(*rows: Cells, by: str = ",") -> str:
    return "\r\n".join(by.join(f'"{cell}"' for cell in row) for row in rows)


def faults(reading: RosterReading) -> list[tuple[int, RosterFault, str]]:
    return [(problem.line, problem.key, problem.value) for problem in reading.problems]


def names(reading: RosterReading) -> list[str]:
    return [row.name for row in reading.rows]


def test_focal_people_are_marked_in_a_column_of_their_own() -> None:
    rows = [(f"{HOA[0]} {mark}", *HOA[1:], mark) for mark in ("x", "", "Có", "không")]
    reading = read_roster(lines((*HEADINGS, "Đầu mối"), *rows, ("Sở", "Sở Nội vụ", "", "", "", "")).encode(), "a.csv")
    assert [row.focal for row in reading.rows] == [True, False, True, False, False]
    assert [row.focal for row in read_roster(lines(HEADINGS, HOA, AN).encode(), "a.csv").rows] == [None, None]


def test_a_workbook_is_read(tmp_path: Path) -> None:
    (tmp_path / "danh sach.xlsx").write_bytes(xlsx(HEADINGS, HOA, AN))
    reading = read_roster(tmp_path / "danh sach.xlsx", "danh sách.xlsx")
    assert reading.problems == ()
    assert reading.rows == (
        RosterRow(2, "Nguyễn Thị Hoa", "Văn phòng", "Chánh Văn phòng", Role.UNIT_HEAD, "Sở Nội vụ"),
        RosterRow(3, "Trần Văn An", "Sở Nội vụ", "Giám đốc", Role.LEADER, None),
    )


def test_headings_may_stand_below_a_title_in_any_spelling_and_order() -> None:
    file = xlsx(
        ("UBND TỈNH", None),
        ("DANH SÁCH CÁN BỘ",),
        (),
        ("STT", "  HO  VA TEN (*)", "chuc vu", "Phòng / Đơn vị", "Ghi chú"),
        (1, "Lê Văn Bình", "Chuyên viên", "Phòng Tổ chức", "x"),
        merged=["A2:E2"],
    )
    assert read_roster(file, "a.xlsx").rows == (
        RosterRow(5, "Lê Văn Bình", "Phòng Tổ chức", "Chuyên viên", Role.OFFICER, None),
    )


def test_the_first_visible_sheet_with_the_headings_is_read() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Hướng dẫn"])
    for title, who in (("Cũ", "Người Cũ"), ("Mới", "Người Mới"), ("Khác", "Người Khác")):
        sheet = book.create_sheet(title)
        sheet.append(["Họ tên", "Phòng"])
        sheet.append([who, "Phòng A"])
        sheet.sheet_state = "hidden" if title == "Cũ" else "visible"
    assert names(read_roster(saved(book), "a.xlsx")) == ["Người Mới"]


def test_rows_that_are_about_nobody_are_passed_over() -> None:
    file = xlsx(
        HEADINGS,
        ("I. VĂN PHÒNG", None, None, None, None),
        HOA,
        (None, None, None, None, None, "chỉ là ghi chú"),
        (" ", "\u200b", None, "\n", ""),
        HEADINGS,
        AN,
        merged=["A2:E2"],
    )
    reading = read_roster(file, "a.xlsx")
    assert reading.problems == ()
    assert [row.line for row in reading.rows] == [3, 7]


def test_a_unit_merged_downwards_counts_for_every_row() -> None:
    file = xlsx(
        ("Đơn vị", "Họ và tên"), ("Phòng A", "Một"), (None, "Hai"), (None, "Ba"), ("Phòng B", "Bốn"), merged=["A2:A4"]
    )
    reading = read_roster(file, "a.xlsx")
    assert [(row.name, row.unit) for row in reading.rows] == [
        ("Một", "Phòng A"),
        ("Hai", "Phòng A"),
        ("Ba", "Phòng A"),
        ("Bốn", "Phòng B"),
    ]


def test_a_name_merged_over_two_columns_is_a_person() -> None:
    file = xlsx(
        ("Họ và tên", None, "Đơn vị"),
        ("Một", None, "Phòng A"),
        ("Hai", None, "Phòng A"),
        merged=["A1:B1", "A2:B2", "A3:B3"],
    )
    assert names(read_roster(file, "a.xlsx")) == ["Một", "Hai"]


@pytest.mark.parametrize("by", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_text_is_read_in_every_encoding_and_with_every_separator(by: str, encoding: str) -> None:
    reading = read_roster(lines(("Danh sách",), HEADINGS, HOA, AN, by=by).encode(encoding), "a.CSV")
    assert faults(reading) == []
    assert names(reading) == ["Nguyễn Thị Hoa", "Trần Văn An"]


def test_the_vietnamese_code_page_of_old_windows_is_read() -> None:
    # that code page has the tones as letters of their own
    text = unicodedata.normalize("NFD", lines(("Họ tên", "Đơn vị"), ("Nguyễn Thị Hoa", "Sở Nội vụ")))
    file = b"".join(_cp1258(text))
    (row,) = read_roster(file, "a.csv").rows
    assert (row.name, row.unit) == ("Nguyễn Thị Hoa", "Sở Nội vụ")


def _cp1258(text: str) -> list[bytes]:
    kept: list[bytes] = []
    for char in text:
        try:
            kept.append(char.encode("cp1258"))
        except UnicodeEncodeError:
            # circumflex, breve and horn exist only together with their letter there
            base = kept.pop().decode("cp1258")
            tone = b""
            if unicodedata.combining(base):
                tone, base = base.encode("cp1258"), kept.pop().decode("cp1258")
            kept += [unicodedata.normalize("NFC", base + char).encode("cp1258"), tone]
    return kept


def test_decomposed_letters_and_stray_spaces_come_out_clean() -> None:
    file = xlsx(
        HEADINGS,
        tuple(unicodedata.normalize("NFD", cell) for cell in HOA),
        ("  Trần\u00a0 Văn\nAn\u200b ", "SỞ  NỘI VỤ", None, "LANH DAO", None),
    )
    first, second = read_roster(file, "a.xlsx").rows
    assert (first.name, first.unit, first.parent) == ("Nguyễn Thị Hoa", "Văn phòng", "SỞ NỘI VỤ")
    assert (second.name, second.unit, second.role) == ("Trần Văn An", "SỞ NỘI VỤ", Role.LEADER)


def test_a_unit_is_called_as_where_it_is_named_first() -> None:
    file = xlsx(HEADINGS, ("Một", "Phòng A"), ("Hai", "PHÒNG A"), ("Ba", "Phòng B", "", "", "phòng a"))
    rows = read_roster(file, "a.xlsx").rows
    assert [row.unit for row in rows] == ["Phòng A", "Phòng A", "Phòng B"]
    assert rows[2].parent == "Phòng A"


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("", Role.OFFICER),
        ("Cán bộ", Role.OFFICER),
        ("công chức", Role.OFFICER),
        ("VIÊN CHỨC", Role.OFFICER),
        ("Chuyên viên", Role.OFFICER),
        ("nhan vien", Role.OFFICER),
        ("Trưởng đơn vị", Role.UNIT_HEAD),
        ("Trưởng  phòng", Role.UNIT_HEAD),
        ("Giám đốc Trung tâm", Role.UNIT_HEAD),
        ("Chánh Văn phòng", Role.UNIT_HEAD),
        ("Văn phòng", Role.OFFICE),
        ("Lãnh đạo", Role.LEADER),
        ("Quản trị", Role.ADMIN),
        ("officer", Role.OFFICER),
        ("unit_head", Role.UNIT_HEAD),
    ],
)
def test_roles_are_known_by_the_words_of_the_office(word: str, role: Role) -> None:
    (row,) = read_roster(xlsx(HEADINGS, ("Một", "Phòng A", "", word)), "a.xlsx").rows
    assert row.role is role


def test_no_word_stands_for_two_roles_or_two_columns() -> None:
    kept = tomllib.loads(Path(roster.__file__).with_name("roster_words.toml").read_text("utf-8"))
    for kinds in kept.values():
        words = [(roster._folded(word), kind) for kind, group in kinds.items() for word in group]
        assert sorted({word for word, _ in words}) == sorted(word for word, _ in set(words))


def test_every_fault_names_its_row() -> None:
    file = xlsx(
        HEADINGS,
        AN,
        ("", "Phòng A"),
        ("Hai", ""),
        ("Ba", "Phòng A", "", "phó trưởng phòng"),
        ("TRẦN VĂN AN", "sở nội vụ"),
        ("Bốn", "=A1"),
        ("Năm", "Phòng A", "=CONCATENATE(A1)", "=A2"),
        ("Sáu", "Phòng C", "", "", "Không có"),
        ("Bảy", "Phòng D", "", "", "phòng d"),
    )
    reading = read_roster(file, "a.xlsx")
    assert faults(reading) == [
        (3, RosterFault.NO_NAME, "Phòng A"),
        (4, RosterFault.NO_UNIT, "Hai"),
        (5, RosterFault.UNKNOWN_ROLE, "phó trưởng phòng"),
        (6, RosterFault.DUPLICATE, "TRẦN VĂN AN"),
        (7, RosterFault.FORMULA, "=A1"),
        (8, RosterFault.FORMULA, "=CONCATENATE(A1)"),
        (8, RosterFault.FORMULA, "=A2"),
        (9, RosterFault.PARENT_UNKNOWN, "Không có"),
        (10, RosterFault.PARENT_SELF, "phòng d"),
    ]
    assert names(reading) == ["Trần Văn An"]


def test_units_in_a_circle_are_named_and_those_below_are_not() -> None:
    file = xlsx(
        HEADINGS,
        ("Một", "A", "", "", "B"),
        ("Hai", "B", "", "", "C"),
        ("Ba", "C", "", "", "A"),
        ("Bốn", "D", "", "", "A"),
    )
    assert [(line, key) for line, key, _ in faults(read_roster(file, "a.xlsx"))] == [
        (line, RosterFault.PARENT_CIRCLE) for line in (2, 3, 4)
    ]


def test_one_unit_below_two_others_is_a_fault() -> None:
    file = xlsx(HEADINGS, ("Một", "A"), ("Hai", "B"), ("Ba", "C", "", "", "A"), ("Bốn", "C"), ("Năm", "C", "", "", "B"))
    assert faults(read_roster(file, "a.xlsx")) == [(6, RosterFault.PARENT_DIFFERS, "B")]


def test_missing_headings_are_named() -> None:
    assert faults(read_roster(xlsx(("Tên người", "Chức vụ")), "a.xlsx")) == [
        (0, RosterFault.HEADING_MISSING, "Họ và tên"),
        (0, RosterFault.HEADING_MISSING, "Đơn vị"),
    ]
    assert faults(read_roster(b"Ho ten;Chuc vu\r\nA;B", "a.csv")) == [(0, RosterFault.HEADING_MISSING, "Đơn vị")]


def test_headings_without_people_are_a_fault() -> None:
    assert faults(read_roster(xlsx(HEADINGS), "a.xlsx")) == [(0, RosterFault.NO_ROWS, "")]


def test_a_formula_in_text_is_a_fault_too() -> None:
    reading = read_roster(lines(HEADINGS, ('=HYPERLINK(""x"")', "A")).encode(), "a.csv")
    assert [key for _, key, _ in faults(reading)] == [RosterFault.FORMULA]


def zipped(**parts: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return kept.getvalue()


def locked() -> bytes:
    """What Excel writes when a password is asked for: no zip, but a container with one stream of that name."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("file", "name", "fault"),
    [
        (b"", "a.xlsx", RosterFault.UNREADABLE),
        (b"not a workbook", "a.xlsx", RosterFault.UNREADABLE),
        (b"PK\x03\x04 broken", "a.xlsx", RosterFault.UNREADABLE),
        (zipped(a=b"b"), "a.xlsx", RosterFault.UNREADABLE),
        (xlsx(HEADINGS, HOA)[:-200], "a.xlsx", RosterFault.UNREADABLE),
        (xlsx(HEADINGS, HOA)[:3000], "a.xlsx", RosterFault.UNREADABLE),
        (locked(), "a.xlsx", RosterFault.LOCKED),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "a.xlsx", RosterFault.UNREADABLE),
        (b"\x00\x01\x02", "a.csv", RosterFault.UNREADABLE),
        (b"\x00\x00\x02\x03", "a.csv", RosterFault.UNREADABLE),
        (b"\x81\x8a\xd2", "a.csv", RosterFault.UNREADABLE),
        (b'"' + b"x" * 200_000, "a.csv", RosterFault.UNREADABLE),
        (b"\xff\xfe\x00", "a.csv", RosterFault.UNREADABLE),
        (b"x", "a.pdf", RosterFault.NOT_A_ROSTER),
        (b"x", "a.xls", RosterFault.NOT_A_ROSTER),
        (b"x", "", RosterFault.NOT_A_ROSTER),
        (b" " * (10 * 1024 * 1024 + 1), "a.csv", RosterFault.TOO_LARGE),
        (zipped(bomb=b"\0" * (64 * 1024 * 1024)), "a.xlsx", RosterFault.TOO_LARGE),
        (zipped(**{f"part{n}": b"" for n in range(2001)}), "a.xlsx", RosterFault.TOO_LARGE),
    ],
)
def test_a_file_that_is_no_roster_is_refused_in_one_word(file: bytes, name: str, fault: RosterFault) -> None:
    reading = read_roster(file, name)
    assert (reading.rows, faults(reading)) == ((), [(0, fault, name)])


def with_sheet(change: bytes) -> bytes:
    """A workbook whose first sheet's source is replaced."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(HEADINGS, HOA))) as old, zipfile.ZipFile(kept, "w") as new:
        for part in old.infolist():
            new.writestr(part.filename, change if part.filename == "xl/worksheets/sheet1.xml" else old.read(part))
    return kept.getvalue()


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
ROW = '<row r="{}"><c r="A{}" t="inlineStr"><is><t>{}</t></is></c><c r="B{}" t="inlineStr"><is><t>{}</t></is></c></row>'


def rows_of_xml(*rows: tuple[int, str, str]) -> str:
    return "".join(ROW.format(number, number, first, number, second) for number, first, second in rows)


def test_a_sheet_that_breaks_off_is_unreadable_even_after_good_rows() -> None:
    broken = SHEET.format(f"<sheetData>{rows_of_xml((1, 'Họ tên', 'Đơn vị'), (2, 'Một', 'A'))}<row").encode()
    assert faults(read_roster(with_sheet(broken), "a.xlsx")) == [(0, RosterFault.UNREADABLE, "a.xlsx")]


def test_a_sheet_that_claims_endless_rows_ends() -> None:
    far = rows_of_xml((1, "Họ tên", "Đơn vị"), (2, "Một", "A"), (99_999_999_999, "Hai", "A"))
    size = '<dimension ref="A1:XFD1048576"/>'
    assert names(read_roster(with_sheet(SHEET.format(f"{size}<sheetData>{far}</sheetData>").encode()), "a.xlsx")) == [
        "Một"
    ]


def test_a_sheet_is_read_no_further_than_a_roster_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roster_sheets, "MOST_LINES", 50)
    wide = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 52))
    sheet = SHEET.format(f"<sheetData>{wide}</sheetData>").encode()
    assert faults(read_roster(with_sheet(sheet), "a.xlsx")) == [(0, RosterFault.TOO_LARGE, "a.xlsx")]


def test_entities_that_multiply_are_unreadable() -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "ha">{lol}]>' + SHEET.format(
        f"<sheetData>{rows_of_xml((1, '&l11;', 'x'))}</sheetData>"
    )
    assert faults(read_roster(with_sheet(bomb.encode()), "a.xlsx")) == [(0, RosterFault.UNREADABLE, "a.xlsx")]


def test_more_people_than_an_agency_has_is_too_large() -> None:
    people = "".join(f"P{n},A\n" for n in range(20_001))
    assert faults(read_roster(b"ho ten,don vi\n" + people.encode(), "a.csv")) == [(0, RosterFault.TOO_LARGE, "a.csv")]
    fewer = people.rpartition("P")[0]
    assert len(read_roster(b"ho ten,don vi\n" + fewer.encode(), "a.csv").rows) == 20_000


def test_a_file_that_is_not_there_is_unreadable(tmp_path: Path) -> None:
    for path in (tmp_path / "none.xlsx", tmp_path):
        assert [key for _, key, _ in faults(read_roster(path, "a.xlsx"))] == [RosterFault.UNREADABLE]


def test_a_workbook_protected_against_changes_can_still_be_read() -> None:
    book = openpyxl.Workbook()
    book.security = WorkbookProtection(workbookPassword="1234", lockStructure=True)
    sheet = book.worksheets[0]
    for row in (HEADINGS, AN):
        sheet.append(list(row))
    sheet.protection.enable()
    assert names(read_roster(saved(book), "a.xlsx")) == ["Trần Văn An"]
