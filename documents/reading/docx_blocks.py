"""The paragraphs and tables of a DOCX in order, with numbers as Word prints them and merged cells filled."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from documents.reading.docx_numbers import Numbers, W, numbers_of
from domain.headers import above_the_text
from domain.reading.blocks import Block, Cell, Paragraph, Source, Table
from domain.reading.directive import is_decomposed
from domain.reading.letters import bare
from domain.reading.tables import columns_of

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SAID = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_HEADER = re.compile(r"cong hoa xa hoi|doc lap\W+tu do|dang cong san|(?:^|\n)\s*so\s*:")
_LAYOUT = re.compile(r"noi nhan|kinh gui|(?:^|\n)\s*(?:tm|kt|tl|tuq)\s*\.")
MOST_DEPTH = 6
MOST_CELLS = 200_000
MOST_HEAD = 40


def source_of_docx(document: Any) -> Source:
    """A document as blocks, and the lines above its text."""
    numbers = numbers_of(document)
    running = [part._element for one in document.sections[:1] for part in (one.first_page_header, one.header)]
    blocks: list[Block] = [
        block
        for root in running
        for block in _blocks(root, numbers, 0)
        if isinstance(block, Paragraph) and _HEADER.search(bare(block.text))
    ]
    blocks += list(_blocks(document.element.body, numbers, 0))
    raw = "".join(
        one.text if isinstance(one, Paragraph) else "".join(cell.text for row in one.rows for cell in row)
        for one in blocks
    )
    composed = [_composed(block) for block in blocks]
    first_table = next((at for at, one in enumerate(composed) if isinstance(one, Table)), len(composed))
    top = [one.text for one in composed[: min(first_table, MOST_HEAD)] if isinstance(one, Paragraph)]
    count = above_the_text(top)
    return Source(tuple(top[:count]), tuple(composed[count:]), is_decomposed(raw))


def _composed(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return Paragraph(unicodedata.normalize("NFC", block.text), block.bullet)
    return Table(
        tuple(
            tuple(Cell(unicodedata.normalize("NFC", cell.text), cell.continued) for cell in row) for row in block.rows
        )
    )


def _blocks(root: Any, numbers: Numbers, depth: int) -> Iterator[Block]:
    for child in root:
        if child.tag == f"{W}p":
            yield from _paragraphs(child, numbers)
        elif child.tag == f"{W}tbl" and depth < MOST_DEPTH:
            yield from _table_blocks(child, numbers)
        elif (
            child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}smartTag", f"{W}customXml")
            and depth < MOST_DEPTH * 3
        ):
            yield from _blocks(child, numbers, depth + 1)


def _paragraphs(element: Any, numbers: Numbers) -> Iterator[Paragraph]:
    text = _text(element)
    if not text.strip():
        return
    label, is_bullet = numbers.label(element)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for at, line in enumerate(lines):
        yield Paragraph(" ".join((f"{label} {line}" if label and not at else line).split()), is_bullet and not at)


def _text(element: Any) -> str:
    found = (one for one in element.iter(f"{W}t", *_SAID) if next(one.iterancestors(_FALLBACK), None) is None)
    return "".join(_SAID.get(one.tag) or one.text or "" for one in found)


def _table_blocks(element: Any, numbers: Numbers) -> Iterator[Block]:
    table = Table(tuple(_rows(element, numbers)))
    if not table.rows:
        return
    columns = [
        [row[at].text for row in table.rows if at < len(row) and not row[at].continued]
        for at in range(len(table.rows[0]))
    ]
    whole = bare("\n".join(text for column in columns for text in column))
    is_frame = (
        len(table.rows[0]) == 1 or bool(_LAYOUT.search(whole)) or (len(table.rows) <= 5 and bool(_HEADER.search(whole)))
    )
    if columns_of(table) is None and is_frame:
        for column in columns:
            seen = ""
            for text in column:
                if text != seen:
                    yield from (Paragraph(" ".join(line.split())) for line in text.split("\n") if line.strip())
                seen = text
        return
    yield table


def _rows(element: Any, numbers: Numbers) -> Iterator[tuple[Cell, ...]]:
    above: list[str] = []
    total = 0
    for row in _within(element, f"{W}tr"):
        cells: list[Cell] = []
        skipped = row.find(f"{W}trPr/{W}gridBefore")
        cells += [Cell("")] * (_count(skipped) if skipped is not None else 0)
        for cell in _within(row, f"{W}tc"):
            properties = cell.find(f"{W}tcPr")
            span, merged = 1, None
            if properties is not None:
                wide, merged = properties.find(f"{W}gridSpan"), properties.find(f"{W}vMerge")
                span = _count(wide) if wide is not None else 1
            is_continued = merged is not None and merged.get(f"{W}val", "continue") == "continue"
            at = len(cells)
            text = above[at] if is_continued and at < len(above) else _cell_text(cell, numbers)
            cells += [Cell(text, is_continued)] * span
        total += len(cells)
        if total > MOST_CELLS:
            return
        above = [cell.text for cell in cells]
        yield tuple(cells)


def _within(element: Any, tag: str) -> Iterator[Any]:
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _within(child, tag)


def _count(element: Any) -> int:
    value = element.get(f"{W}val", "1")
    return min(int(value), 60) if value.isdigit() and int(value) > 0 else 1


def _cell_text(cell: Any, numbers: Numbers) -> str:
    lines: list[str] = []
    for paragraph in cell.iter(f"{W}p"):
        text = _text(paragraph)
        label, _ = numbers.label(paragraph)
        if text.strip() or label:
            lines.append(f"{label} {text}".strip() if label else text)
    return "\n".join(lines)
