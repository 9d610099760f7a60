"""The lines of a PDF's pages as they are printed: words put together by where they stand, ruled tables kept."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from documents.reading.pdf_rules import Box, Grid, grids_of
from documents.reading.pdf_words import Row, Word, rows_of, words_of
from domain.reading.blocks import Cell, Line, Table
from domain.reading.letters import bare

MOST_TEXT = 1_000_000
MOST_PAGES = 1000
MARGIN = 0.085
"""How much of a page's height, at its top and its bottom, page numbers and running heads stand in."""


@dataclass(slots=True)
class Page:
    """What stands on a page, from top to bottom."""

    rows: list[Row | tuple[float, Table]]
    width: float
    height: float


def lines_of_pdf(document: Any) -> list[Line | Table]:
    """The document's lines and ruled tables in order."""
    pages: list[Page] = []
    length = 0
    for number, page in enumerate(document):
        if number >= MOST_PAGES or length > MOST_TEXT:
            break
        read = _page(page, number)
        length += sum(len(word.text) for row in read.rows if isinstance(row, Row) for word in row.words)
        pages.append(read)
    furniture = _furniture(pages)
    result: list[Line | Table] = []
    edge = _right_edge(pages)
    for number, page in enumerate(pages):
        rows = [one for one in page.rows if not (isinstance(one, Row) and _key(one, page) in furniture)]
        rows = [one for one in rows if not (isinstance(one, Row) and _is_page_number(one, page))]
        if number == 0:
            result += _header(rows, page)
        _add(result, rows, edge, first=number > 0)
    return result


# -- words and rows ----------------------------------------------------------------------------------------------------


def _page(page: Any, number: int) -> Page:
    width, height = page.get_size()
    words = words_of(page)
    grids = grids_of(page, width, height)
    tables: list[tuple[float, Table]] = []
    for grid in grids:
        inside = [word for word in words if grid.box.holds((word.left + word.right) / 2, word.middle)]
        if inside:
            words = [word for word in words if word not in inside] if len(inside) < 200 else _others(words, inside)
            tables.append((grid.box.top, _table(grid, inside)))
    rows: list[Row | tuple[float, Table]] = [*rows_of(words, number), *tables]
    rows.sort(key=lambda one: -(one.middle if isinstance(one, Row) else one[0]))
    return Page(rows, width, height)


def _others(words: list[Word], inside: list[Word]) -> list[Word]:
    taken = {id(word) for word in inside}
    return [word for word in words if id(word) not in taken]


# -- what a page has beside its text -----------------------------------------------------------------------------------


def _key(row: Row, page: Page) -> str | None:
    """What a running head is known by; None for a line in the middle of a page."""
    place = row.middle / page.height
    if MARGIN < place < 1 - MARGIN:
        return None
    return bare("".join("#" if char.isdigit() else char for char in row.text))


def _furniture(pages: Sequence[Page]) -> set[str | None]:
    seen = Counter(
        key for page in pages for key in {_key(row, page) for row in page.rows if isinstance(row, Row)} if key
    )
    return {key for key, times in seen.items() if times >= 2}


def _is_page_number(row: Row, page: Page) -> bool:
    place = row.middle / page.height
    text = row.text.strip("- ").replace(" ", "")
    return text.isdigit() and len(text) <= 3 and not MARGIN * 1.3 < place < 1 - MARGIN * 1.3


def _right_edge(pages: Sequence[Page]) -> float:
    """How far a full line reaches."""
    rights = sorted(row.right for page in pages for row in page.rows if isinstance(row, Row) and len(row.text) > 40)
    return rights[int(len(rights) * 0.9)] if rights else 0.0


# -- lines -------------------------------------------------------------------------------------------------------------


def _header(rows: list[Row | tuple[float, Table]], page: Page) -> list[Line]:
    """The two columns above the text, one after the other; the rows are taken out of what follows."""
    middle = page.width / 2
    columns: tuple[list[str], list[str]] = ([], [])
    count = 0
    for row in rows[:16]:
        if not isinstance(row, Row):
            break
        parts = _split_by_gap(row)
        if len(parts) == 2 and parts[0][-1].right < middle * 1.25 and parts[1][0].left > middle * 0.7:
            columns[0].append(_said(parts[0]))
            columns[1].append(_said(parts[1]))
        elif columns[1] and row.right < middle * 1.1 and row.left < middle * 0.6:
            columns[0].append(row.text)
        elif columns[1] and row.left > middle * 0.85:
            columns[1].append(row.text)
        elif columns[1]:
            break
        else:
            columns[0].append(row.text)
            if len(columns[0]) > 6:
                return []
        count += 1
    if not columns[1]:
        return []
    del rows[:count]
    return [Line(text, False) for text in [*columns[0], *columns[1]]]


def _split_by_gap(row: Row) -> list[list[Word]]:
    gaps = [
        (after.left - before.right, at)
        for at, (before, after) in enumerate(zip(row.words, row.words[1:], strict=False))
    ]
    if not gaps:
        return [row.words]
    widest, at = max(gaps)
    return [row.words[: at + 1], row.words[at + 1 :]] if widest > 1.6 * row.height else [row.words]


def _said(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _add(result: list[Line | Table], rows: Sequence[Row | tuple[float, Table]], edge: float, *, first: bool) -> None:
    pitches = sorted(pitch for pitch in _pitches(rows) if pitch > 0)
    usual = pitches[len(pitches) // 4] if pitches else 0.0
    before: Row | None = None
    for at, one in enumerate(rows):
        if not isinstance(one, Row):
            _add_table(result, one[1], is_next=first and before is None)
            before = None
            continue
        following = rows[at + 1] if at + 1 < len(rows) else None
        first_word = following.words[0].right - following.words[0].left if isinstance(following, Row) else 0.0
        full = (
            one.right + 0.3 * one.height + first_word > edge - 2
            if isinstance(following, Row)
            else one.right > edge * 0.9
        )
        blank = before is not None and usual > 0 and before.middle - one.middle > 1.32 * usual
        result.append(Line(one.text, full, blank, first and before is None, int(one.left)))
        before = one


def _pitches(rows: Sequence[Row | tuple[float, Table]]) -> Iterator[float]:
    for before, after in pairwise(rows):
        if isinstance(before, Row) and isinstance(after, Row):
            yield before.middle - after.middle


def _add_table(result: list[Line | Table], table: Table, *, is_next: bool) -> None:
    """A table at the top of a page goes on with the one that the page before ended with."""
    last = result[-1] if result else None
    if not (is_next and isinstance(last, Table) and len(last.rows[0]) == len(table.rows[0])):
        result.append(table)
        return
    rows, more = list(last.rows), list(table.rows)
    head = [cell.text.split() for cell in rows[0]]
    if [cell.text.split() for cell in more[0]] == head:
        more = more[1:]
    if more and rows and not more[0][0].text.strip() and any(cell.text.strip() for cell in more[0]):
        rows[-1] = tuple(
            Cell(f"{up.text} {down.text}".strip(), up.continued) for up, down in zip(rows[-1], more[0], strict=True)
        )
        more = more[1:]
    result[-1] = Table((*rows, *more))


# -- tables ------------------------------------------------------------------------------------------------------------


def _table(grid: Grid, words: Sequence[Word]) -> Table:
    texts: dict[tuple[int, int], str] = {}
    by_cell: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        cell = grid.cell_at((word.left + word.right) / 2, word.middle)
        if cell:
            by_cell.setdefault(grid.owner[cell], []).append(word)
    for cell, inside in by_cell.items():
        texts[cell] = "\n".join(row.text for row in rows_of(inside, 0))
    rows: list[tuple[Cell, ...]] = []
    for row in range(len(grid.ys) - 1):
        cells = []
        for column in range(len(grid.xs) - 1):
            owner = grid.owner[row, column]
            cells.append(Cell(texts.get(owner, ""), continued=owner[0] < row))
        rows.append(tuple(cells))
    return Table(tuple(rows))


__all__ = ["Box", "lines_of_pdf"]
