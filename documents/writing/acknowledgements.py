"""The proof of a broadcast: a spreadsheet of who has received a directive, with a sheet of counts by unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Cell = str | int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: lines above the table, its headings, its rows; `widths` are in characters."""

    name: str
    above: Sequence[str]
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as an XLSX file. Nothing in it is a formula, whatever a name begins with."""
    # imported only now: no start of the assistant has to wait for it
    from xlsxwriter import Workbook

    kept = BytesIO()
    # in memory: a temporary file of names is nobody's to find
    with Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        heading = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"})
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name), sheet, bold, heading, cell)
    return kept.getvalue()


def _write(page: "Worksheet", sheet: Sheet, bold: object, heading: object, cell: object) -> None:
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    for row, line in enumerate(sheet.above):
        page.write(row, 0, line, bold)
    top = len(sheet.above) + 1
    page.write_row(top, 0, sheet.headings, heading)
    for row, values in enumerate(sheet.rows, start=top + 1):
        page.write_row(row, 0, values, cell)
    page.freeze_panes(top + 1, 0)
    page.autofilter(top, 0, top + len(sheet.rows), len(sheet.headings) - 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(top)
