"""Documents made for the tests: PDF and DOCX with given lines."""

import io
from collections.abc import Sequence

import docx


def pdf(*lines: str) -> bytes:
    """A page with these lines, as text; with none it has no text layer."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_pdf import FigureCanvasPdf
    from matplotlib.figure import Figure

    content = io.BytesIO()
    with rc_context({"pdf.fonttype": 42}):
        figure = Figure()
        for at, line in enumerate(lines):
            figure.text(0.05, 0.95 - at * 0.04, line, fontsize=8)
        FigureCanvasPdf(figure).print_figure(content)
    return content.getvalue()


def word(*lines: str, row: Sequence[str] = (), header: str = "") -> bytes:
    """A Word document: a table with one row, if any, and these paragraphs; `header` is printed above every page."""
    made = docx.Document()
    if row:
        table = made.add_table(1, len(row))
        for cell, text in zip(table.rows[0].cells, row, strict=True):
            cell.text = text
    for line in lines:
        made.add_paragraph(line)
    if header:
        made.sections[0].header.paragraphs[0].text = header
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()
