"""Documents made for the tests: PDF and DOCX with given lines."""

import io
import textwrap
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


LETTERS_A_LINE = 92
LINES_A_PAGE = 40


def letter(*paragraphs: str) -> bytes:
    """A letter as an office prints it: its paragraphs wrapped, over as many pages as it takes."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

    lines = [line for paragraph in paragraphs for line in textwrap.wrap(paragraph, LETTERS_A_LINE)]
    content = io.BytesIO()
    with rc_context({"pdf.fonttype": 42}), PdfPages(content) as made:
        for start in range(0, len(lines), LINES_A_PAGE):
            figure = Figure(figsize=(8.3, 11.7))
            for at, line in enumerate(lines[start : start + LINES_A_PAGE]):
                figure.text(0.1, 0.95 - at * 0.022, line, fontsize=10)
            made.savefig(figure)
    return content.getvalue()


POINTS_A_PAGE = 12


def pages(count: int) -> bytes:
    """A plan of so many full pages, as a PDF with text."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

    head = ["UBND TỈNH LAM SƠN", "Số: 15/KH-UBND", "Lam Sơn, ngày 05 tháng 01 năm 2026", "KẾ HOẠCH", "Rà soát hồ sơ"]
    head += ["Thực hiện Kế hoạch số 3/KH-UBND ngày 02/01/2026, UBND tỉnh yêu cầu các đơn vị thực hiện:"]
    content = io.BytesIO()
    with rc_context({"pdf.fonttype": 42}), PdfPages(content) as made:
        for page in range(count):
            lines = list(head) if page == 0 else []
            for number in range(page * POINTS_A_PAGE + 1, (page + 1) * POINTS_A_PAGE + 1):
                lines += [f"{number}. Sở Nội vụ chủ trì, phối hợp với Sở Tài chính, các sở, ngành rà soát, thống kê đủ"]
                lines += [
                    f"hồ sơ, tài liệu của cơ quan số {number}, lập danh mục, gửi về Văn phòng UBND tỉnh để theo dõi và"
                ]
                lines += [f"đôn đốc; báo cáo kết quả trước ngày {number % 28 + 1}/3/2026."]
            figure = Figure(figsize=(8.3, 11.7))
            for at, line in enumerate(lines):
                figure.text(0.1, 0.95 - at * 0.02, line, fontsize=9)
            made.savefig(figure)
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
