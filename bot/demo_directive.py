"""The sample document that the Office of the demo drops into its chat: a Word file, made when it is asked for."""

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

TEXT = Path(__file__).with_name("demo_directive.txt")
NAME = "CV-315-SNV-VP.docx"
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
COLUMNS = " | "
DUE_IN = timedelta(days=21)


def directive(issued_on: date) -> bytes:
    """The document as of a day. Takes a while: not for the event loop."""
    # a heavy import that most visits never need
    from docx import Document

    document = Document()
    days = {"day": issued_on.day, "month": issued_on.month, "year": issued_on.year, "due": issued_on + DUE_IN}
    text = TEXT.read_text("utf-8").format(**days)
    table: Any = None
    for line in text.splitlines():
        if COLUMNS in line:
            table = table or document.add_table(rows=0, cols=2)
            for cell, part in zip(table.add_row().cells, line.split(COLUMNS), strict=True):
                cell.text = part.strip()
        else:
            table = None
            document.add_paragraph(line)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()
