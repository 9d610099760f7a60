"""A sheet of paper as official papers have it, and the bytes of what is written on it."""

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT, MARGIN = "Times New Roman", 2.0
"""Centimetres."""


def blank(size: int) -> "Document":
    """An empty document of A4 sheets; `size` of its letters is in points."""
    # imported only now: no start of the assistant has to wait for it
    import docx
    from docx.shared import Cm, Pt

    paper = docx.Document()
    paper.styles["Normal"].font.name = FONT
    paper.styles["Normal"].font.size = Pt(size)
    for section in paper.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(MARGIN)
    return paper


def as_bytes(paper: "Document") -> bytes:
    """The document as a DOCX file."""
    kept = BytesIO()
    paper.save(kept)
    return kept.getvalue()
