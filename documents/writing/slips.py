"""A slip to print: for each person a part with a table of tasks, and a line to sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from documents.writing.papers import as_bytes, blank

if TYPE_CHECKING:
    from docx.document import Document

SIZE = 13
"""Points."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is cut off and handed over: whose it is, the rows of the table, and what is below it."""

    title: str
    rows: Sequence[Sequence[str]]
    below: Sequence[str]


@dataclass(frozen=True, slots=True)
class Slip:
    """One document: lines on top, the headings of every table with widths in centimetres, the parts."""

    above: Sequence[str]
    headings: Sequence[str]
    widths: Sequence[float]
    parts: Sequence[Part]


def document(slip: Slip) -> bytes:
    """The slip as a DOCX file."""
    paper = blank(SIZE)
    for line in slip.above:
        paper.add_paragraph().add_run(line).bold = line == slip.above[0]
    for part in slip.parts:
        _write(paper, slip, part)
    return as_bytes(paper)


def _write(paper: "Document", slip: Slip, part: Part) -> None:
    from docx.shared import Cm

    title = paper.add_paragraph()
    title.add_run(part.title).bold = True
    # a part that is cut off stays in one piece
    title.paragraph_format.keep_with_next = True
    table = paper.add_table(rows=0, cols=len(slip.headings), style="Table Grid")
    table.autofit = False
    for at, values in enumerate([slip.headings, *part.rows]):
        for cell, value, width in zip(table.add_row().cells, values, slip.widths, strict=True):
            cell.width = Cm(width)
            cell.paragraphs[0].add_run(value).bold = at == 0
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    for line in part.below:
        paper.add_paragraph(line).paragraph_format.keep_with_next = line != part.below[-1]
