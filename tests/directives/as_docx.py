"""A source as a Word file, with Word's own numbers, bullets and merged cells."""

import io
import zipfile
from itertools import groupby

from docx import Document
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from tests.directives.source import Block, Source

LEVELS = {
    "roman": (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)")),
    "decimal": (("decimal", "%1."), ("decimal", "%1.%2."), ("lowerLetter", "%3)")),
    "letters": (("decimal", "%1."), ("lowerLetter", "%2)"), ("lowerRoman", "%3)")),
    "articles": (("decimal", "Điều %1."), ("decimal", "%2."), ("lowerLetter", "%3)")),
}
NUMBERS, BULLETS = 71, 72
ALWAYS = (2026, 1, 1, 0, 0, 0)


def as_docx(source: Source) -> bytes:
    document = Document()
    _define(document, NUMBERS, LEVELS[source.options.get("numbering", "roman")])
    _define(document, BULLETS, (("bullet", "-"),))
    for tabular, group in groupby(source.blocks, key=lambda block: _table_kind(block)):
        blocks = list(group)
        if tabular == "columns":
            _columns(document, blocks)
        elif tabular == "table":
            _table(document, blocks)
        else:
            for block in blocks:
                _paragraph(document, block)
    return _same_bytes(document)


def _table_kind(block: Block) -> str:
    return {"columns": "columns", "row": "table", "group": "table"}.get(block.kind, "")


def _paragraph(document: WordFile, block: Block) -> None:
    if block.kind == "page":
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        return
    paragraph = document.add_paragraph()
    run = paragraph.add_run(block.text)
    if block.kind == "title":
        run.bold = True
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif block.kind == "number":
        _numbered(paragraph, NUMBERS, block.level)
    elif block.kind == "bullet":
        _numbered(paragraph, BULLETS, 0)


def _numbered(paragraph: Paragraph, number: int, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = number


def _define(document: WordFile, number: int, levels: tuple[tuple[str, str], ...]) -> None:
    numbering = document.part.numbering_part.element
    told = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (form, text) in enumerate(levels)
    )
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{told}</w:abstractNum>')
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))


def _columns(document: WordFile, blocks: list[Block]) -> None:
    """The header and the signature are a table without lines, one paragraph a line in each of its two cells."""
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    for column, cell in enumerate(cells):
        lines = [block.cells[column] for block in blocks if block.cells[column]]
        cell.text = lines[0] if lines else ""
        for line in lines[1:]:
            cell.add_paragraph(line)


def _table(document: WordFile, blocks: list[Block]) -> None:
    width = max(len(block.cells) for block in blocks)
    table = document.add_table(rows=len(blocks), cols=width, style="Table Grid")
    grid = [list(row.cells) for row in table.rows]
    for row, block in enumerate(blocks):
        if block.kind == "group":
            grid[row][0].merge(grid[row][-1]).text = block.text
            continue
        for column, text in enumerate(block.cells):
            if text != "^":
                grid[row][column].text = text
    _merge_down(table, grid, blocks)


def _merge_down(table: Table, grid: list[list[_Cell]], blocks: list[Block]) -> None:
    for column in range(len(table.columns)):
        top = 0
        for row, block in enumerate([*blocks, Block("row")]):
            if block.kind == "row" and len(block.cells) > column and block.cells[column] == "^":
                continue
            if row - top > 1:
                text = grid[top][column].text
                grid[top][column].merge(grid[row - 1][column]).text = text
            top = row


def _same_bytes(document: WordFile) -> bytes:
    """A zip file tells when it was written; this one always tells the same."""
    _without_thumbnail(document)
    saved, same = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(same, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, ALWAYS), old.read(name), zipfile.ZIP_DEFLATED)
    return same.getvalue()


def _without_thumbnail(document: WordFile) -> None:
    """The library's empty page carries a picture of itself."""
    relations = document.part.package.rels
    for name in [name for name, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        relations.pop(name)
