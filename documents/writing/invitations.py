"""Invitations to print: a strip for each person, to be cut off, with a QR code and the steps to take."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from documents.writing.papers import as_bytes, blank

if TYPE_CHECKING:
    from docx.document import Document

SIZE, QR_WIDTH, TEXT_WIDTH = 12, 3.6, 13.4
"""Points, centimetres."""


@dataclass(frozen=True, slots=True)
class Strip:
    """What one person gets: a heading, lines below it, and what the QR code says."""

    heading: str
    lines: Sequence[str]
    scanned: str


def document(strips: Sequence[Strip]) -> bytes:
    """The strips as a DOCX file; none is divided between two pages."""
    paper = blank(SIZE)
    for strip in strips:
        _write(paper, strip)
    return as_bytes(paper)


def _write(paper: "Document", strip: Strip) -> None:
    from docx.shared import Cm

    row = paper.add_table(rows=1, cols=2, style="Table Grid").rows[0]
    for cell, width in zip(row.cells, (QR_WIDTH, TEXT_WIDTH), strict=True):
        cell.width = Cm(width)
    row.cells[0].paragraphs[0].add_run().add_picture(BytesIO(_qr(strip.scanned)), width=Cm(QR_WIDTH - 0.4))
    words = row.cells[1]
    words.paragraphs[0].add_run(strip.heading).bold = True
    for line in strip.lines:
        words.add_paragraph(line)
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.space_after = 0
            # a strip stays in one piece
            paragraph.paragraph_format.keep_together = paragraph.paragraph_format.keep_with_next = True
    paper.add_paragraph()


def _qr(text: str) -> bytes:
    """A QR code as a PNG."""
    import segno

    kept = BytesIO()
    segno.make(text, error="m", micro=False).save(kept, kind="png", scale=8, border=1)
    return kept.getvalue()
