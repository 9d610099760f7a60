"""Tables of which only text was left: rows put together again from their cells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from domain.reading.blocks import Cell, Line, Table
from domain.reading.bodies import begins_body
from domain.reading.letters import bare
from domain.reading.markers import roman
from domain.reading.run_together import GROUP, ROW, SECTION, STOP, WHEN, by_words, made, words_of_heads
from domain.reading.tables import column_kind

MOST_HEAD_LINES = 12
LONGEST_HEAD = 45
_GAP = re.compile(r"\s*\|\s*|\t+|\s{3,}")
_NUMBER_HEAD = re.compile(r"(?:s?tt|so tt)\b")


def with_tables(lines: Sequence[Line]) -> Iterator[list[Line] | Table]:
    """The lines, in pieces, with the tables that were found between them."""
    start = at = 0
    while at < len(lines):
        found = _table(lines, at)
        if found is None:
            at += 1
            continue
        table, end = found
        if at > start:
            yield list(lines[start:at])
        yield table
        start = at = end
    if start < len(lines):
        yield list(lines[start:])


def _table(lines: Sequence[Line], at: int) -> tuple[Table, int] | None:
    first = lines[at].text
    if not _NUMBER_HEAD.match(bare(first)):
        return None
    cells = [cell.strip() for cell in _GAP.split(first.strip("| "))]
    if len(cells) >= 3 and _is_head(cells):
        return _by_gaps(lines, at, cells)
    if len(first.split()) == 1 or len(cells) == 2:
        heads, following = _head_lines(lines, at)
        if _is_head(heads):
            return _by_lines(lines, following, heads)
    heads, following = words_of_heads(lines, at)
    return by_words(lines, following, heads) if heads else None


def _is_head(cells: Sequence[str]) -> bool:
    kinds = [column_kind(cell) for cell in cells]
    return "number" in kinds and "task" in kinds and ("lead" in kinds or "deadline" in kinds)


# -- cells side by side ------------------------------------------------------------------------------------------------


def _by_gaps(lines: Sequence[Line], at: int, heads: list[str]) -> tuple[Table, int]:
    """Cells with bars, tabs or wide gaps between them; what is below a gap is told by where it stands."""
    starts = _starts(lines[at])
    rows: list[list[str]] = []
    end = at + 1
    while end < len(lines):
        line = lines[end]
        if STOP.match(bare(line.text)):
            break
        is_barred = "|" in line.text
        is_tabbed = 1 < line.text.count("\t") + 1 <= len(heads) == lines[at].text.count("\t") + 1
        cells = line.text.split("\t") if is_tabbed else [text for _, text in _placed(line)]
        cells = _GAP.split(line.text.strip("| ")) if is_barred else cells
        is_row = bool(ROW.match(line.text) or GROUP.match(line.text))
        if not is_row and len(cells) == 1 and (not rows or SECTION.match(line.text) or line.indent < starts[1][0] - 3):
            break
        if is_row and len(cells) == 1 and SECTION.match(line.text):
            break
        placed = dict(enumerate(cells)) if is_barred or is_tabbed else _columns(line, [place for place, _ in starts])
        if is_row:
            rows.append([placed.get(column, "") for column in range(len(heads))])
        elif rows:
            for column, text in placed.items():
                rows[-1][column] = f"{rows[-1][column]} {text}".strip()
        end += 1
    table = made(heads, rows)
    return (_with_merged(table) if lines[at].text.count("\t") == len(heads) - 1 else table), end


def _with_merged(table: Table) -> Table:
    """A table with tabs in which a time that is left out is that of the row above, as merged cells leave it."""
    column = next((at for at, cell in enumerate(table.rows[0]) if column_kind(cell.text) == "deadline"), None)
    if column is None:
        return table
    rows = [list(row) for row in table.rows]
    for above, row in pairwise(rows[1:]):
        is_pair = above[0].text.isdigit() and row[0].text.isdigit()
        if is_pair and above[column].text and not row[column].text:
            row[column] = Cell(above[column].text, continued=True)
    return replace(table, rows=tuple(map(tuple, rows)))


def _placed(line: Line) -> list[tuple[int, str]]:
    """The cells of a line with where they begin."""
    result: list[tuple[int, str]] = []
    place = 0
    for piece in re.split(r"(\t+|\s{3,}|\s*\|\s*)", line.text):
        if piece.strip(" \t|"):
            result.append((line.indent + place, piece.strip()))
        place += len(piece.expandtabs(8))
    return result


def _starts(line: Line) -> list[tuple[int, str]]:
    return _placed(line)


def _columns(line: Line, starts: Sequence[int]) -> dict[int, str]:
    placed: dict[int, str] = {}
    for number, (place, text) in enumerate(_placed(line)):
        if number == 0 and (first := ROW.match(text) or GROUP.match(text)) and first.end() < len(text):
            placed[0], text, place = first[1], text[first.end() :], place + first.end()
            if not text:
                continue
        column = min(range(len(starts)), key=lambda at: abs(starts[at] - place))
        placed[column] = f"{placed.get(column, '')} {text}".strip()
    return placed


# -- cells one under the other -----------------------------------------------------------------------------------------


def _head_lines(lines: Sequence[Line], at: int) -> tuple[list[str], int]:
    heads: list[str] = []
    end = at
    for line in lines[at : at + MOST_HEAD_LINES]:
        text = line.text.strip()
        if ROW.fullmatch(text) or GROUP.fullmatch(text) or len(text) > LONGEST_HEAD:
            break
        if heads and text[:1].islower():
            heads[-1] += f" {text}"
        elif not heads or column_kind(text):
            heads += [part for part in _GAP.split(text) if part]
        else:
            break
        end += 1
    return heads, end


def _by_lines(lines: Sequence[Line], start: int, heads: list[str]) -> tuple[Table, int] | None:
    rows: list[tuple[str, list[str]]] = []
    end = start
    number = group = 0
    while end < len(lines):
        text = lines[end].text.strip()
        if STOP.match(bare(text)):
            break
        alone = ROW.match(text)
        grouped = GROUP.match(text)
        if alone and alone[1].isdigit() and int(alone[1]) in (number + 1, 1) and _is_new(text, alone, rows):
            number = int(alone[1])
            rows.append((alone[1], [rest] if (rest := text[alone.end() :].strip()) else []))
        elif grouped and roman(grouped[1].lower()) == group + 1 and (not rows or len(rows[-1][1]) > 1):
            group += 1
            rows.append((grouped[1], [rest] if (rest := text[grouped.end() :].strip()) else []))
        elif rows:
            rows[-1][1].append(text)
        else:
            break
        end += 1
    if not rows:
        return None
    rows = _without_page_numbers(rows, len(heads) - 1)
    filled = [[number, *_assigned(heads[1:], cells, is_group=number.isalpha())] for number, cells in rows]
    return made(heads, filled), end


def _without_page_numbers(rows: list[tuple[str, list[str]]], wide: int) -> list[tuple[str, list[str]]]:
    """A page number within a row looks like the next row: both halves are too short then, and fit together."""
    kept: list[tuple[str, list[str]]] = []
    for number, cells in rows:
        before = kept[-1] if kept else None
        if before and before[0].isdigit() and number.isdigit() and 0 < len(cells) < wide - 1 <= wide:
            is_half = len(before[1]) < wide and len(before[1]) + len(cells) == wide
            if is_half and int(number) == int(before[0]) + 1:
                kept[-1] = (before[0], [*before[1], *cells])
                continue
        kept.append((number, cells))
    return kept


def _is_new(text: str, found: re.Match[str], rows: Sequence[tuple[str, list[str]]]) -> bool:
    if found.end() == len(text):
        return True
    return not rows or len(rows[-1][1]) > 1 or rows[-1][0].isalpha()


def _assigned(heads: Sequence[str], lines: Sequence[str], *, is_group: bool) -> list[str]:
    """The lines of a row as its cells, by their number or else by what they look like."""
    if is_group:
        return [" ".join(lines), *[""] * (len(heads) - 1)]
    cells = list(lines)
    if len(cells) != len(heads):
        cells = []
        for line in lines:
            goes_on = cells and (line[:1].islower() or cells[-1].endswith((",", "-"))) and not WHEN.match(bare(line))
            if goes_on:
                cells[-1] += f" {line}"
            else:
                cells.append(line)
    if len(cells) == len(heads):
        return cells
    return _guessed(heads, cells)


def _guessed(heads: Sequence[str], cells: Sequence[str]) -> list[str]:
    kinds = [column_kind(head) for head in heads]
    result = [""] * len(heads)

    def put(kind: str, text: str) -> bool:
        if kind not in kinds:
            return False
        column = kinds.index(kind)
        result[column] = f"{result[column]} {text}".strip()
        return True

    seen = "task"
    for number, cell in enumerate(cells):
        low = bare(cell)
        if number and WHEN.match(low):
            seen = "deadline"
        elif number and seen != "deadline" and cell[:1].isupper() and begins_body(cell, low, 0):
            seen = "coordinate" if seen in ("lead", "coordinate") and "coordinate" in kinds else "lead"
        elif seen == "deadline":
            seen = "other"
        put(seen, cell)
    return result
