"""A source as a PDF, printed by Chromium as an office's word processor does; or as a picture of its text, a scan."""

import io
import re
import time
from html import escape
from itertools import groupby

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import PdfMargins, sync_playwright

from tests.browser.conftest import CHROMIUM, SWITCHES
from tests.directives.as_docx import _table_kind
from tests.directives.as_text import _lines
from tests.directives.source import Block, Source

STYLE = """
body { font: 14pt/1.45 "Liberation Serif"; margin: 0; text-align: justify }
p { margin: 0 0 5pt; text-indent: 1cm }
p.title { text-align: center; text-indent: 0 }
p.page { break-before: page; margin: 0 }
table.columns { width: 100%; border-collapse: collapse; margin-bottom: 8pt }
table.columns td { width: 44%; font-size: 12pt; text-align: center; vertical-align: top }
table.columns td + td { width: 56% }
table.rows { width: 100%; border-collapse: collapse; font-size: 11pt; line-height: 1.2 }
table.rows td { border: 0.7pt solid black; padding: 2pt 4pt; text-align: left; vertical-align: middle }
"""
FONT = "<style>* { font-family: Liberation Serif }</style>"
PAGE_NUMBER = (
    FONT + '<div style="width: 100%; text-align: center; font-size: 11px">{head}<span class="pageNumber"></span></div>'
)
MARGIN: PdfMargins = {"top": "2cm", "bottom": "2cm", "left": "3cm", "right": "1.5cm"}


def as_pdf(source: Source) -> bytes:
    return _scan(source) if "scan" in source.options else _printed(source)


def _printed(source: Source) -> bytes:
    head = escape(source.options.get("head", ""))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        page = browser.new_page()
        page.set_content(_html(source))
        content = page.pdf(
            format="A4",
            margin=MARGIN,
            display_header_footer=True,
            header_template=PAGE_NUMBER.replace("{head}", f"{head}<br>" if head else ""),
            footer_template=FONT,
        )
        browser.close()
    return re.sub(rb"(/(?:Creation|Mod)Date \(D:)\d{14}", rb"\g<1>20260101000000", content)


def _html(source: Source) -> str:
    parts = []
    for kind, group in groupby(source.blocks, key=_table_kind):
        blocks = list(group)
        parts += {"columns": _columns, "table": _table}.get(kind, _paragraphs)(blocks)
    return f'<html lang="vi"><style>{STYLE}</style><body>{"".join(parts)}</body></html>'


def _paragraphs(blocks: list[Block]) -> list[str]:
    return [f'<p class="{block.kind}">{escape(block.text)}</p>' for block in blocks]


def _columns(blocks: list[Block]) -> list[str]:
    rows = ["".join(f"<td>{escape(cell)}</td>" for cell in block.cells) for block in blocks]
    return ['<table class="columns">', *(f"<tr>{row}</tr>" for row in rows), "</table>"]


def _table(blocks: list[Block]) -> list[str]:
    width = max(len(block.cells) for block in blocks)
    rows = []
    for at, block in enumerate(blocks):
        if block.kind == "group":
            rows.append(f'<td colspan="{width}">{escape(block.text)}</td>')
        else:
            rows.append("".join(_cell(blocks, at, column) for column in range(width)))
    return ['<table class="rows">', *(f"<tr>{row}</tr>" for row in rows), "</table>"]


def _cell(blocks: list[Block], at: int, column: int) -> str:
    text = blocks[at].cells[column]
    if text == "^":
        return ""
    spanned = 1
    while at + spanned < len(blocks) and blocks[at + spanned].cells[column : column + 1] == ("^",):
        spanned += 1
    return f'<td rowspan="{spanned}">{escape(text)}</td>'


def _scan(source: Source) -> bytes:
    picture = Image.new("1", (1240, 1754), 1)
    font = ImageFont.truetype("LiberationSerif-Regular.ttf", 28)
    lines = [line for block in source.blocks for line in _lines(block, 76)]
    ImageDraw.Draw(picture).multiline_text((140, 120), "\n".join(lines), fill=0, font=font, spacing=10)
    saved = io.BytesIO()
    always = time.struct_time((2026, 1, 1, 0, 0, 0, 3, 1, 0))
    picture.save(saved, "PDF", resolution=150, creationDate=always, modDate=always)
    return saved.getvalue()
